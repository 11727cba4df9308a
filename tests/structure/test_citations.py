"""Citations in both languages against tables written by hand (methodology 5.4)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from nlp.structure import cite, structure, to_tree
from nlp.structure.act import Act
from nlp.structure.ordinals import ordinal
from tests.structure import drafts
from tests.structure.helpers import source, unit

HERE = Path(__file__).parent


@cache
def act_of(text: str, language: str) -> Act:
    return structure(source(getattr(drafts, f"{text.upper()}_{language.upper()}")))


def rows(language: str) -> list[tuple[str, ...]]:
    lines = (HERE / f"citations_{language}.tsv").read_text("utf-8").splitlines()
    return [(language, *line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("language", "text", "address", "case", "style", "expected"), rows("ru") + rows("kk"))
def test_citation(language: str, text: str, address: str, case: str, style: str, expected: str) -> None:
    act = act_of(text, language)
    unit(act, address)
    assert cite(act, address, language, case, style) == expected


def test_tables_are_large_enough() -> None:
    assert len(rows("ru")) >= 40 and len(rows("kk")) >= 40


def test_a_text_is_cited_in_the_other_language_too() -> None:
    """A bilingual conclusion cites the same unit of the Russian draft in Kazakh."""
    assert cite(act_of("order", "ru"), "doc_1__para_12", "kk") == "Қағидалардың 12-тармағы"
    assert cite(act_of("order", "kk"), "doc_1__para_12", "ru", "ins") == "пунктом 12 Правил"


def test_two_documents_of_one_form_are_told_apart() -> None:
    text = (
        "Утверждены приказом Министра от 1 марта 2026 года № 5\nПравила купания\n1. Купание открыто.\n"
        "Утверждены приказом Министра от 1 марта 2026 года № 5\nПравила плавания\n1. Плавание открыто."
    )
    act = structure(source(text))
    assert cite(act, "doc_1__para_1", "ru") == "пункт 1 Правил купания"
    assert cite(act, "doc_2__para_1", "ru") == "пункт 1 Правил плавания"


def test_subpoints_name_their_clause_where_lists_start_again() -> None:
    text = "Статья 5. Порядок\n1. Орган:\n1) принимает;\n2) выдает.\nЗаявитель:\n1) подает;\n2) получает."
    act = structure(source(text))
    assert cite(act, "art_5__para_1__subpara_2", "ru") == "подпункт 2) части первой пункта 1 статьи 5 Проекта"
    assert cite(act, "art_5__para_1__clause_2__subpara_2", "ru") == "подпункт 2) части второй пункта 1 статьи 5 Проекта"


def test_wrong_arguments() -> None:
    act = act_of("law", "ru")
    with pytest.raises(KeyError):
        cite(act, "art_999", "ru")
    for language, case, style in (
        ("en", "nom", "act"),
        ("ru", "abl", "act"),
        ("kk", "prep", "act"),
        ("ru", "nom", "x"),
    ):
        with pytest.raises(ValueError):
            cite(act, "art_7", language, case, style)


ORDINALS_RU = {
    1: "первая", 2: "вторая", 3: "третья", 4: "четвертая", 6: "шестая", 7: "седьмая", 8: "восьмая", 10: "десятая",
    11: "одиннадцатая", 13: "тринадцатая", 19: "девятнадцатая", 20: "двадцатая", 21: "двадцать первая",
    23: "двадцать третья", 30: "тридцатая", 32: "тридцать вторая", 40: "сороковая", 54: "пятьдесят четвертая",
    90: "девяностая", 100: "сотая", 101: "сто первая", 112: "сто двенадцатая", 200: "двухсотая",
}  # fmt: skip
ORDINALS_KK = {
    1: "бірінші", 2: "екінші", 3: "үшінші", 4: "төртінші", 5: "бесінші", 6: "алтыншы", 7: "жетінші", 8: "сегізінші",
    9: "тоғызыншы", 10: "оныншы", 11: "он бірінші", 19: "он тоғызыншы", 20: "жиырмасыншы", 21: "жиырма бірінші",
    30: "отызыншы", 40: "қырқыншы", 100: "жүзінші", 101: "жүз бірінші", 110: "жүз оныншы",
}  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), ORDINALS_RU.items())
def test_russian_ordinals(value: int, expected: str) -> None:
    assert ordinal(value, "ru", "f") == expected


@pytest.mark.parametrize(("value", "expected"), ORDINALS_KK.items())
def test_kazakh_ordinals(value: int, expected: str) -> None:
    assert ordinal(value, "kk") == expected


@pytest.mark.parametrize(
    ("value", "gender", "case", "expected"),
    [
        (3, "m", "gen", "третьего"), (3, "f", "acc", "третью"), (3, "m", "loc", "третьем"), (2, "m", "nom", "второй"),
        (2, "f", "acc", "вторую"), (22, "m", "dat", "двадцать второму"), (40, "m", "nom", "сороковой"),
        (6, "m", "ins", "шестым"), (1, "m", "nom", "первый"), (30, "m", "gen", "тридцатого"),
        (100, "m", "dat", "сотому"),
    ],
)  # fmt: skip
def test_russian_ordinals_are_declined(value: int, gender: str, case: str, expected: str) -> None:
    assert ordinal(value, "ru", gender, case) == expected


def test_ordinals_have_bounds() -> None:
    for value in (0, 1000, -1):
        with pytest.raises(ValueError):
            ordinal(value, "ru")


def test_tree_cites_every_unit() -> None:
    tree = to_tree(act_of("order", "ru"))
    assert tree["kind"] == "act" and tree["requisites"]["approved_form"] == "rules" and tree["is_act"] is True
    queue, seen = [tree], {}
    while queue:
        branch = queue.pop()
        seen[branch["address"]] = branch
        queue += branch["children"]
    row = seen["annex_2__row_3"]
    assert (row["kind"], row["number"], row["citation"], row["role"]) == ("row", "3", "строка 3 приложения 2", "norm")
    assert seen["doc_1__chp_2"]["heading"] == "Порядок"
    assert seen["doc_1__para_12__subpara_4"]["text"] == "закрывает дорожку."
    assert to_tree(act_of("order", "ru"), "kk")["citation"] == "бұйрық жобасы"
