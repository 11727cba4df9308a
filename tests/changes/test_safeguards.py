"""Safeguards: the data check themselves, moves are no removals, both languages have the same ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from nlp.changes.check import check_safeguards
from nlp.changes.norms import ChangedNorm
from nlp.changes.restoring import kept_wording
from nlp.changes.safeguards import removed
from nlp.changes.words import compare
from nlp.detection.pack import Pack, load_pack
from nlp.errors import PackError
from nlp.factors import kz_pack
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def norm(before: str, after: str, language: str = "ru", name: str = "1") -> ChangedNorm:
    old = Provision(f"{name}b", language, before) if before else None
    new = Provision(f"{name}a", language, after) if after else None
    spans = tuple(FieldSpan(Field.TEXT, *span) for span in compare(before, after).new)
    return ChangedNorm(old, new, spans, "", (0, 0), lambda start, end: ())


def ids(pack: Pack, *norms: ChangedNorm) -> list[str]:
    return [found.safeguard.id for found in removed(norms, pack)]


def test_the_data_are_sound(pack: Pack) -> None:
    assert check_safeguards(pack) == ()


def test_both_languages_have_the_same_safeguards(pack: Pack) -> None:
    kinds = [
        [(s.id.rpartition(".")[2], s.factor, s.look, s.with_unit) for s in part.safeguards]
        for part in pack.languages.values()
    ]
    assert kinds[0] == kinds[1] and len(kinds[0]) >= 13


def test_texts_have_no_blank_that_nobody_fills(pack: Pack) -> None:
    for part in pack.languages.values():
        for safeguard in part.safeguards:
            for language in ("ru", "kk"):
                text = safeguard.explanation[language]
                for blank in ("{quote}", "{came}", "{instead}"):
                    text = text.replace(blank, "")
                assert "{" not in text and "{" not in safeguard.risk[language]


def test_a_broken_pattern_or_test_is_noticed(pack: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(kz_pack(), folder)
    path = folder / "safeguards.ru.yaml"
    entries = yaml.safe_load(path.read_text("utf-8"))
    appeal = next(entry for entry in entries if entry["id"] == "safeguard.ru.appeal")
    appeal["any"].append("никогда не встречается")
    appeal["tests"]["gone"].append({"before": "Отказ сообщается.", "after": "Отказ."})
    appeal["tests"]["kept"].append({"before": "Отказ обжалуется в суд.", "after": "Отказ сообщается."})
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
    codes = {(problem.rule, problem.code) for problem in check_safeguards(load_pack(folder))}
    assert codes == {
        ("safeguard.ru.appeal", "rules.pattern_untested"),
        ("safeguard.ru.appeal", "rules.test_missed"),
        ("safeguard.ru.appeal", "rules.test_flagged"),
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"factor": "unheard_of"}, "pack.unknown_label"),
        ({"look": "smell"}, "pack.malformed"),
        ({"any": []}, "pack.malformed"),
        ({"any": ["@нет_такого_списка"]}, "pack.unknown_list"),
        ({"id": "safeguard.ru.time_limit"}, "pack.rule_twice"),
        ({"tests": {"gone": []}}, "pack.malformed"),
    ],
)
def test_malformed_data_are_refused(tmp_path: Path, change: dict[str, object], code: str) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(kz_pack(), folder)
    path = folder / "safeguards.ru.yaml"
    entries = yaml.safe_load(path.read_text("utf-8"))
    entries[-1] = {**entries[-1], **change}
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    assert refused.value.code == code


def test_a_pack_without_safeguards_finds_none(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(kz_pack(), folder)
    for code in ("ru", "kk"):
        (folder / f"safeguards.{code}.yaml").unlink()
    assert ids(load_pack(folder), norm("Отказ обжалуется в суд.", "")) == []


def test_moved_words_are_no_removal(pack: Pack) -> None:
    gone = norm("Список утверждается. Список размещается на интернет-ресурсе акимата.", "Список утверждается.")
    moved = norm("", "Утвержденный список размещается на портале акимата.", name="2")
    other = norm("", "Отчет о рыбах размещается на портале.", name="3")
    assert ids(pack, gone) == ["safeguard.ru.publication"]
    assert ids(pack, gone, moved) == []
    assert ids(pack, gone, other) == ["safeguard.ru.publication"]


def test_words_that_stay_are_no_removal(pack: Pack) -> None:
    assert ids(pack, norm("Отказ обжалуется в суд.", "Отказ обжалуется в суд в течение месяца.")) == []
    assert ids(pack, norm("Отказ обжалуется в суд.", "Отказ обжалуется в суд.")) == []
    assert ids(pack, norm("", "Решение окончательное.")) == []


def test_another_language_than_the_packs_is_left_alone(pack: Pack) -> None:
    assert ids(pack, norm("Отказ обжалуется в суд.", "", language="")) == []


@pytest.mark.parametrize(
    ("before", "after", "stood", "kept"),
    [
        ("Орган в течение пяти дней решает.", "Орган решает.", "в течение пяти дней",
         "Орган в течение пяти дней решает."),
        ("Орган в течение пяти дней решает.", "Орган своевременно решает.", "в течение пяти дней",
         "Орган в течение пяти дней решает."),
        ("Орган решает письменно и уведомляет лицо.", "Комитет решает.", "письменно",
         "Комитет решает письменно и уведомляет лицо."),
        ("Отказ обжалуется в суд.", "", "обжалуется", "Отказ обжалуется в суд."),
        ("Список публикуется.", "Перечень утверждает аким.", "публикуется", "Список публикуется."),
    ],
)  # fmt: skip
def test_the_wording_with_the_safeguard_kept(before: str, after: str, stood: str, kept: str) -> None:
    at = before.index(stood)
    assert kept_wording(before, after, [(at, at + len(stood))], []) == kept


def test_words_that_open_a_list_are_taken_out_again() -> None:
    before, after = "Орган отказывает при нарушении.", "Орган отказывает при нарушении и в иных случаях."
    at = after.index("и в иных")
    assert kept_wording(before, after, [], [(at, at + 8)]) == before
