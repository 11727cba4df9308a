"""Structuring is total: any text gives a tree whose spans nest, whose addresses differ, and that can be cited."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.structure import Citations, provisions, structure, to_tree
from nlp.structure.act import Act, Unit
from tests.structure.helpers import source, with_table

NUMBERS = st.sampled_from(["1", "2", "3", "3-1", "10", "37¹", "I", "IV", "0", "999", "2-10", "15-1"])
WORDS = st.sampled_from(
    [
        "Орган рассматривает заявку.", "орган вправе:", "имя заявителя;", "и иное", "«Сбор открыт.»;",
        "«7. Плата", "плата.»;",
        "изложить в следующей редакции:", "мынадай редакцияда жазылсын:", "Общие положения",
        "ОБЩИЕ ПОЛОЖЕНИЯ", "қолданылмайды.",
        "Министр А. Боев", "ПРИКАЗЫВАЮ:", "БҰЙЫРАМЫН:", "Правила сбора", "Су жинау қағидалары", "а | б | в",
        "1\tб\tв", "____ ____ ____",
        "Примечание. Плата взимается.", "СОДЕРЖАНИЕ", "Об утверждении Правил",
        "используются следующие понятия:", "сбор – плата;",
        "\"", "»", "", "İ", "²", "Статья 7 Закона", "2) пункта 3 статьи 4",
    ]
)  # fmt: skip
LABELS = st.builds(
    lambda template, number: template.replace("N", number),
    st.sampled_from(
        [
            "N. ", "N) ", "а) ", "N.N. ", "Статья N. ", "Глава N. ", "Раздел N ", "Параграф N. ",
            "Часть первая ", "N-бап. ",
            "N-тарау. ", "N-бөлім. ", "N-параграф. ", "- ", "", "", "Приложение N к ", "Утверждены приказом ",
            "N-қосымша", "«",
            "СОГЛАСОВАНО ", "№ N бұйрығымен бекітілген", "## ", "**", "Форма",
        ]
    ),
    NUMBERS,
)  # fmt: skip
LINES = st.builds(lambda label, words: label + words, LABELS, WORDS)
DRAFTS = st.lists(LINES, max_size=40).map("\n".join)


def check(act: Act) -> None:
    size = len(act.source.text)
    units = list(act.root.walk())
    assert len({u.address for u in units}) == len(units)
    check_spans(act.root, (0, size))
    found = provisions(act)
    assert len({p.id for p in found}) == len(found)
    for p in found:
        assert act.source.text[p.text_at : p.text_at + len(p.text)] == p.text
    citations = Citations(act)
    for u in units:
        for language in ("ru", "kk"):
            assert citations.cite(u.address, language, "gen").strip()
            assert citations.cite(u.address, language, "loc", "amending").strip()
    assert to_tree(act)["address"] == "act"


def check_spans(unit: Unit, inside: tuple[int, int]) -> None:
    assert inside[0] <= unit.span[0] <= unit.span[1] <= inside[1]
    for words in (unit.own, unit.heading):
        assert words == (0, 0) or unit.span[0] <= words[0] < words[1] <= unit.span[1]
    at = unit.span[0]
    for child in unit.children:
        assert at <= child.span[0], (unit.address, child.address)
        at = child.span[1]
        check_spans(child, unit.span)
        assert unit.own == (0, 0) or unit.own[1] <= child.span[0] or unit.own[0] >= child.span[1]


@settings(max_examples=60)
@given(DRAFTS)
def test_lines_of_labels(text: str) -> None:
    check(structure(source(text)))


@settings(max_examples=60)
@given(DRAFTS, DRAFTS)
def test_after_an_order(head: str, text: str) -> None:
    order = "ПРИКАЗ\nОб утверждении\nНа основании Закона ПРИКАЗЫВАЮ:\n1. Утвердить.\n2. Иное.\nМинистр А. Боев\n"
    check(
        structure(
            source(order + head + "\nУтверждены приказом Министра от 1 марта 2026 года № 5\nПравила сбора\n" + text)
        )
    )


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(structure(source(text)))


@settings(max_examples=40)
@given(st.lists(st.lists(WORDS.filter(bool), min_size=1, max_size=3), max_size=6), DRAFTS)
def test_tables(rows: list[list[str]], after: str) -> None:
    check(structure(with_table("Правила сбора\n1. Сбор.\nПриложение 1 к Правилам\nСроки", rows, after)))


@pytest.mark.parametrize(
    "line",
    [
        "1) список:", "1) пункт;", "1. Норма.", "Статья 1. А", "Глава 1", "Норма.", "слово;", "Приложение 1 к Правилам",
        "Примечание. А", "а) б:", "1.1. Норма.", "«7. Плата", "изложить в следующей редакции:\n«Плата", "а | б",
        "«" * 50,
        "Утверждены приказом Министра от 1 марта 2026 года № 5\nПравила сбора", "- слово:",
    ],
)  # fmt: skip
def test_thousands_of_equal_lines(line: str) -> None:
    """Depth and time stay bounded whatever is repeated."""
    check(structure(source("\n".join([line] * 1500))))
