"""What is learned from: folds part no act and no pair, twins are alike, the shipped weights are those described."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.records import AnnotatedProvision, Corpus, CorpusKind, Label, NeutralNorm, Pair
from models.examples import Example, Role, digest, examples_of, folds_of
from models.recipe import recipe
from models.texts import acts
from models.twins import alike

GROUPS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["", "_kz"])), min_size=1, max_size=40)


def provision(number: int, act: str, labels: tuple[Label, ...] = ()) -> AnnotatedProvision:
    return AnnotatedProvision(
        str(number), "kk" if act.endswith("_kz") else "ru", act, "", "", "", "т", labels, "plain", 1
    )


def of(provisions: list[AnnotatedProvision]) -> list[Example]:
    return list(examples_of(Corpus("c", CorpusKind.PROVISIONS, "", provisions=tuple(provisions))))


@given(GROUPS)
@settings(max_examples=100)
def test_both_languages_of_an_act_are_in_one_fold(named: list[tuple[str, str]]) -> None:
    made = of([provision(number, act + language) for number, (act, language) in enumerate(named)])
    where: dict[str, set[int]] = {}
    for (act, _), fold in zip(named, folds_of(made, 3), strict=True):
        where.setdefault(act, set()).add(fold)
    assert all(len(folds) == 1 for folds in where.values())


def test_every_parting_parts_otherwise_and_evenly() -> None:
    sizes = {f"act{number}": 3 + number % 7 for number in range(40)}
    made = of([provision(number, act) for act, size in sizes.items() for number in range(size)])
    partings = [folds_of(made, 5, parting) for parting in range(4)]
    assert partings[0] == folds_of(made, 5)
    assert len({tuple(folds) for folds in partings}) == 4
    for folds in partings:
        held = [folds.count(fold) for fold in range(5)]
        assert max(held) - min(held) <= max(sizes.values()) * 2
        assert len({(example.group, fold) for example, fold in zip(made, folds, strict=True)}) == len(sizes)


def test_both_sides_of_a_pair_are_in_one_fold_and_one_is_flawed() -> None:
    pair = Pair("p", "ru", "", "", "", "вправе отказать", ("permissive_power",), ("вправе",), "отказывает", "")
    neutral = NeutralNorm("n", "ru", "", "", "", "регистрирует")
    made = list(examples_of(Corpus("c", CorpusKind.PAIRS, "", pairs=(pair,), neutrals=(neutral,))))
    assert [example.role for example in made] == [Role.FLAWED, Role.SOUND, Role.NEUTRAL]
    folds = folds_of(made, 7)
    assert folds[0] == folds[1]
    assert made[0].factors == {"permissive_power"}
    span = made[0].marks[0].spans[0]
    assert made[0].provision.text[span.start : span.end] == "вправе"


def test_the_hash_tells_labels_apart() -> None:
    plain, labelled = of([provision(1, "a")]), of([provision(1, "a", (Label("vague_wording", 1, "т"),))])
    assert digest(plain) != digest(labelled)
    assert digest(plain) == digest(of([provision(1, "a")]))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("в течение 5 дней со дня обращения", "өтініш берілген күннен бастап 5 күн ішінде", True),
        ("в течение 5 дней со дня обращения", "өтініш берілген күннен бастап 6 күн ішінде", False),
        ("в течение пяти дней со дня обращения", "бес күн", False),
        ("в течение пяти дней", "в течение пяти дней " * 3, False),
    ],
)
def test_only_texts_that_may_say_the_same_are_twins(one: str, two: str, same: bool) -> None:
    assert alike(one, two) is same


def test_acts_of_the_development_set_are_left_out_in_both_languages(tmp_path: Path) -> None:
    for name in ("SOURCE", "land", "law_on_notariat", "law_on_notariat_kz"):
        (tmp_path / f"{name}.txt").write_text("", encoding="utf-8")
    assert [path.stem for path in acts(tmp_path, recipe()["left_out"])] == ["land"]
