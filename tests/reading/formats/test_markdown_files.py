"""Markdown as converters of acts write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ReadingError
from nlp.reading.cleaning import clean_line
from nlp.reading.plain import read_plain
from nlp.reading.source import BlockKind, DropReason, SourceText


def read(text: str) -> SourceText:
    return read_plain(text.encode())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("продолжение *курсив* и _подчёркнутое_ слово", "продолжение курсив и подчёркнутое слово"),
        ("***жирный курсив*** и __жирный__", "жирный курсив и жирный"),
        ("~~зачёркнутое~~ и `код`, ``код``", "зачёркнутое и код, код"),
        ("[Закон][zakon] и [Правила](http://x/y)", "Закон и Правила"),
        ("Норма[^1] права[^note].", "Норма права."),
        ("1\\. Норма 5\\*6", "1. Норма 5*6"),
        ("строка<br>другая<br/>третья", "строка другая третья"),
        ("<u>чёрк</u>нуто <b>жир</b>ный", "чёркнуто жирный"),
        ("> цитата > знака", "цитата > знака"),
        ("snake_case_name, 5*6*7, сумма*, * примечание", "snake_case_name, 5*6*7, сумма*, * примечание"),
        ("«___» ________ 2026 года", "«___» ________ 2026 года"),
        ("[4][5] и [а]", "[4][5] и [а]"),
    ],
)
def test_marks_inside_a_line(line: str, expected: str) -> None:
    assert clean_line(line).text == expected


def test_properties_notes_references_and_fences_are_set_aside() -> None:
    source = read(
        "---\ntitle: Проект\nlang: ru\n---\n\n1. Норма[^1].\n\n[^1]: Слова.\n[закон]: http://x/y\n```\nкод\n```\n"
    )
    assert source.text == "1. Норма.\nкод"
    assert [item.text for item in source.dropped if item.reason is DropReason.FOOTNOTE] == ["Слова."]
    assert [item.text for item in source.dropped if item.reason is DropReason.MARKUP] == [
        "---", "title: Проект", "lang: ru", "---", "[закон]: http://x/y", "```", "```",
    ]  # fmt: skip


def test_lines_of_dashes_that_are_no_properties() -> None:
    assert read("---\n\n1. Норма.\n\n---\n\n2. Норма.").text == "1. Норма.\n2. Норма."


def test_a_list_typed_with_ones_is_counted() -> None:
    source = read("# Правила\n\nОрган:\n1. выдает;\n1. отзывает;\n1. хранит.\n\nСтатья 2\n\n1. Норма.\n\n1. Норма.\n")
    assert source.text.split("\n") == [
        "Правила", "Орган:", "1. выдает;", "2. отзывает;", "3. хранит.", "Статья 2", "1. Норма.", "1. Норма.",
    ]  # fmt: skip
    second = source.blocks[3]
    assert second.number == "2."
    assert second.original_span(second.start, second.start + 2) is None


def test_equal_numbers_of_a_plain_text_stay() -> None:
    assert read("1. Норма.\n1. Норма.\n").text == "1. Норма.\n1. Норма."


def test_cells_with_breaks_and_escaped_pipes() -> None:
    source = read("| № | Орган |\n|---|:---:|\n| 1 | а\\|б<br>в |\n")
    assert [source.text[b.start : b.end] for b in source.blocks] == ["№", "Орган", "1", "а|б в"]
    assert {block.kind for block in source.blocks} == {BlockKind.CELL}


PIECES = [
    "*",
    "**",
    "_",
    "`",
    "~~",
    "[",
    "]",
    "[^1]",
    "[^1]: ",
    "(#)",
    "> ",
    "---\n",
    "```\n",
    "1. ",
    "\n",
    "|",
    "слово",
    " ",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_marks_are_read_and_every_span_is_true(text: str) -> None:
    try:
        source = read(text)
    except ReadingError as error:
        assert error.code == "reading.empty"
        return
    for block in source.blocks:
        for segment in block.segments:
            original = text[segment.source : segment.source + segment.length]
            assert source.text[segment.start : segment.start + segment.length] == original.replace("\n", " ")
