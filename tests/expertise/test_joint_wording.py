"""A norm that several recommendations re-word: one wording with all changes, or that they cannot be made together."""

from __future__ import annotations

from typing import Any

import conclusion_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_comparison import HASH, emphasised, table_of

from expertise.case.conclusion import content
from expertise.documents.comparison import comparison
from expertise.documents.conclusion_table import conclusion_table
from expertise.documents.joint_wording import joint_wordings
from expertise.documents.model import Emphasis
from expertise.documents.words import words

OLD = "Орган вправе в разумный срок рассмотреть иные документы."


def found(number: int, new: str, action: str = "replace", old: str = OLD, **other: Any) -> dict[str, Any]:
    proposal = {"language": "ru", "action": action, "old": old, "label": "", "text": new}
    return {"number": number, "unit": "пункт 1", "proposals": [proposal], **other}


def made(*changes: tuple[str, str]) -> list[dict[str, Any]]:
    return [found(n, OLD.replace(old, new)) for n, (old, new) in enumerate(changes, start=1)]


def said(entries: list[dict[str, Any]], language: str = "ru") -> dict[int, str]:
    joints = joint_wordings(entries, language)
    return {at: "".join(piece for piece, _ in joint.pieces) for at, joint in joints.items()}


def test_all_changes_stand_in_one_wording() -> None:
    entries = made(("вправе", "обязан"), ("в разумный срок", "за пять дней"), ("иные документы", "заявление"))
    assert said(entries) == {3: "Орган обязан за пять дней рассмотреть заявление."}
    joint = joint_wordings(entries, "ru")[3]
    assert joint.numbers == (1, 2, 3)
    assert [piece for piece, is_new in joint.pieces if is_new] == ["обязан", "за пять дней", "заявление"]


def test_the_same_change_asked_twice_is_made_once() -> None:
    assert said(made(("вправе", "обязан"), ("вправе", "обязан"))) == {2: OLD.replace("вправе", "обязан")}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("в разумный срок", "за пять дней"), ("разумный", "десятидневный")),
        (("Орган", "Орган в городе"), ("Орган", "Орган на селе")),
        (("вправе", "обязан"), ("вправе", "не вправе")),
    ],
)
def test_words_that_two_change_otherwise_are_left_to_the_developer(one: tuple[str, str], two: tuple[str, str]) -> None:
    joint = joint_wordings(made(one, two), "ru")[2]
    assert not joint.is_settled and joint.numbers == (1, 2)


def test_a_supplement_follows_the_words_as_they_are_mended() -> None:
    entries = [*made(("вправе", "обязан")), found(2, "О решении сообщается лицу.", "supplement")]
    assert said(entries) == {2: f"{OLD.replace('вправе', 'обязан')} О решении сообщается лицу."}


def test_a_number_is_not_put_in_twice() -> None:
    entries = [found(n, f"1. {OLD.replace(*each)}") for n, each in ((1, ("вправе", "обязан")), (2, ("иные ", "")))]
    for each in entries:
        each["proposals"][0]["label"] = "1."
    joint = joint_wordings(entries, "ru")[2]
    assert (joint.label, "".join(piece for piece, _ in joint.pieces)) == (
        "1.", "Орган обязан в разумный срок рассмотреть документы.",
    )  # fmt: skip


def test_no_joint_wording_of_one_of_other_norms_of_other_languages_or_of_what_goes() -> None:
    assert said(made(("вправе", "обязан"))) == {}
    assert said([*made(("вправе", "обязан")), found(2, "Иное.", old="Другая норма.")]) == {}
    assert said([*made(("вправе", "обязан")), {**found(2, OLD.replace("иные ", "")), "unit": "пункт 2"}]) == {}
    assert said(made(("вправе", "обязан"), ("иные ", "")), "kk") == {}
    assert said([*made(("вправе", "обязан")), found(2, "", "delete")]) == {}
    assert said([found(1, "Новое.", old=""), found(2, "Новое.", old="")]) == {}


_WORDS = st.lists(st.sampled_from(["орган", "лодка", "берег", "и", "в", "срок", ",", "."]), min_size=1, max_size=12)


@given(_WORDS, _WORDS, _WORDS)
def test_one_that_changes_nothing_leaves_the_other_as_it_is(old: list[str], new: list[str], other: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    entries = [found(1, after, old=before), found(2, before, old=before)]
    assert said(entries) == {2: after}
    joint_wordings([found(1, after, old=before), found(2, " ".join(other), old=before)], "ru")


def _two(*changes: tuple[str, str]) -> tuple[list[Any], list[Any]]:
    """The text and two findings of one norm."""
    text = samples.shown("ru", [OLD])
    standing = []
    factors = ("permissive_power", "vague_wording")
    for number, (factor, (quote, new)) in enumerate(zip(factors, changes, strict=True), start=1):
        machine = samples.machine(text, 1, factor, quote)
        machine["recommendation"]["wording"] = f"1. {OLD.replace(quote, new)}"
        standing.append(samples.decided(factor, machine, number))
    return [text], standing


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_comparative_table_tells_it_in_the_last_row_of_the_norm(language: str) -> None:
    two = _two(("вправе", "обязан"), ("в разумный срок", "за пять дней"))
    first, last = table_of(comparison(content(samples.material(*two)), language, HASH)).rows
    told = words(language).say("comparison.joint", numbers="1, 2")
    assert told not in first[3].text
    assert last[3].text.endswith(f"{told}\n1. Орган обязан за пять дней рассмотреть иные документы.")
    assert emphasised(last[3], Emphasis.INSERTED)[-2:] == ["обязан", "за пять дней"]


@pytest.mark.parametrize(
    ("other", "settled"), [(("в разумный срок", "за пять дней"), True), (("вправе", "может"), False)]
)
def test_the_conclusion_tells_it_too(other: tuple[str, str], settled: bool) -> None:
    entries = content(samples.material(*_two(("вправе", "обязан"), other)))["findings"]
    first, last = conclusion_table(entries, words("ru")).rows
    told = words("ru").say("comparison.joint" if settled else "comparison.joint_open", numbers="1, 2")
    proposed = [row[6].text for row in (first, last)]
    assert told not in proposed[0] and told in proposed[1]
    joint = "1. Орган обязан за пять дней рассмотреть иные документы."
    assert proposed[1].endswith(f"{told}\n{joint}" if settled else told)
