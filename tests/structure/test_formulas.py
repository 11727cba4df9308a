"""Data files of formulas: both languages say the same things, phrases mean what their head comment says."""

from __future__ import annotations

import re

import pytest

from nlp.structure.forms import form_of_title
from nlp.structure.formulas import formulas, phrase
from nlp.structure.head import read_date
from nlp.structure.wording import fold, is_capitals, language_of, last_mark, roman_value

CASES = {"ru": {"nom", "gen", "dat", "acc", "ins", "loc"}, "kk": {"nom", "gen", "dat", "acc", "loc", "abl", "ins"}}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_word_of_citations_has_all_cases(language: str) -> None:
    citation = formulas().data[language]["citation"]
    for name, unit in citation["units"].items():
        assert set(unit["cases"]) == CASES[language], name
        if language == "kk":
            assert set(unit["plain"]) == CASES["kk"], name
    assert set(citation["draft"]) == set(citation["draft_of"]) == CASES[language]
    for form in formulas().forms:
        if form.language == language:
            assert set(form.cases) == CASES[language], form.id


def test_both_languages_have_the_same_rooms() -> None:
    russian, kazakh = formulas().data["ru"], formulas().data["kk"]
    assert {f.id for f in formulas().forms if f.language == "ru"} == {
        f.id for f in formulas().forms if f.language == "kk"
    }
    assert set(russian["citation"]["units"]) == set(kazakh["citation"]["units"])
    for room in ("head", "enacting", "order_roles", "roles", "amendments", "numbered_parts"):
        assert set(russian[room]) == set(kazakh[room]), room


@pytest.mark.parametrize(
    ("text", "hits", "misses"),
    [
        ("контрол* за", ["контроль за исполнением", "контроля  за"], ["контроль исполнения"]),
        ("внести … изменени*", ["внести изменения", "внести в приказ изменение"], ["вносятся изменения"]),
        ("^утвердить ", ["утвердить правила"], ["не утвердить правила"]),
        ("пункт #", ["пункт 3-1", "пункт 37¹"], ["пункт третий"]),
        ("№ ?#", ["№ 5", "№5"], ["5"]),
        ("^слово\\W*$", ["слово", "слово:"], ["слово и дело"]),
    ],
)
def test_phrases(text: str, hits: list[str], misses: list[str]) -> None:
    pattern = re.compile(phrase(text))
    assert all(pattern.search(hit) for hit in hits)
    assert not [miss for miss in misses if pattern.search(miss)]


def test_unknown_group_is_an_error() -> None:
    with pytest.raises(KeyError):
        formulas().has("no.such.group", "текст")


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Правила сбора воды", "rules"), ("ПРАВИЛА", "rules"), ("Типовые правила сбора", "model_rules"),
        ("Положение о Комитете", "regulation"), ("Антикоррупционный стандарт Министерства", "standard"),
        ("Трудовой кодекс", "code"), ("ПРИКАЗ", "order"), ("О правилах сбора", None), ("Правильный выбор", None),
        ("Су жинау қағидалары", "rules"), ("Су жинаудың үлгілік қағидалары", "model_rules"),
        ("Комитет туралы ереже", "regulation"),
        ("Су жинау тұжырымдамасы", "concept"), ("БҰЙРЫҚ", "order"), ("қағидалары бойынша түсіндірме", None), ("", None),
    ],
)  # fmt: skip
def test_forms_of_titles(title: str, form: str | None) -> None:
    found = form_of_title(title)
    assert (found.id if found else None) == form


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("от 12 августа 2020 года № 255", "2020-08-12"), ("2023 жылғы 16 қаңтардағы № 21", "2023-01-16"),
        ("от 08.06.2022 года", "2022-06-08"), ("от «___» ______ 2026 года", ""), ("32.13.2020", ""), ("", ""),
        ("1 маусым 2024", "2024-06-01"),
    ],
)  # fmt: skip
def test_dates(text: str, date: str) -> None:
    assert read_date(text) == date


def test_fold_keeps_offsets() -> None:
    for text in ("Ёлка İ iI\u00a0–", "ҚАЗАҚСТАН", "", "ﬁ"):
        assert len(fold(text)) == len(text)
    assert fold("Үкiметi Ёж") == "үкіметі еж"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("конец.", "."),
        ("список:", ":"),
        ("«слово».", "."),
        ("«слово.»", "."),
        ("«слово»;", ";"),
        ("слово", ""),
        ("", ""),
    ],
)
def test_last_mark(text: str, mark: str) -> None:
    assert last_mark(text) == mark


def test_languages_of_short_pieces() -> None:
    assert language_of("Уполномоченный орган рассматривает заявку в течение пяти дней.") == "ru"
    assert language_of("Уәкілетті орган өтінімді бес күн ішінде қарайды.") == "kk"
    assert language_of("паспорт", "kk") == "kk" and language_of("паспорт", "ru") == "ru"
    assert language_of("№ 5", "kk") == "kk" and language_of("12345") == ""


def test_roman_numbers_and_capitals() -> None:
    assert [roman_value(n) for n in ("I", "IV", "IX", "XII", "ІХ", "Х", "abc", "")] == [1, 4, 9, 12, 9, 10, 0, 0]
    assert is_capitals("ОБЩИЕ ПОЛОЖЕНИЯ") and not is_capitals("Общие положения") and not is_capitals("РК")
