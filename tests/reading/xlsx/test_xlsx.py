"""Spreadsheets: cells, lines above the table, values, hidden sheets, limits, damaged and hostile workbooks."""

from __future__ import annotations

import contextlib
import datetime
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.child import read_here
from nlp.reading.reader import read_bytes
from nlp.reading.source import BlockKind, SourceText
from nlp.reading.xlsx import text_of

Rows = Sequence[Sequence[object]]


def workbook(rows: Rows, change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of one sheet, changed before it is saved."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(rows: Rows, limits: Limits | None = None, change: Callable[[Workbook], None] | None = None) -> SourceText:
    return read_here(workbook(rows, change), "таблица.xlsx", limits or Limits())


def cells(source: SourceText) -> list[tuple[int, int, int, str]]:
    return [
        (b.place.table, b.place.row, b.place.column, source.text[b.start : b.end])
        for b in source.blocks
        if b.kind is BlockKind.CELL
    ]


def test_cells_with_their_places_and_lines_above_the_table() -> None:
    source = read(
        [
            ["СРАВНИТЕЛЬНАЯ ТАБЛИЦА"],
            ["к проекту закона"],
            [],
            ["№", "Редакция"],
            [1, "1) сбор;\n2) плата."],
            [None, "итог"],
        ]
    )
    assert [source.text[b.start : b.end] for b in source.blocks if b.kind is BlockKind.PARAGRAPH] == [
        "СРАВНИТЕЛЬНАЯ ТАБЛИЦА", "к проекту закона",
    ]  # fmt: skip
    assert cells(source) == [
        (0, 3, 0, "№"), (0, 3, 1, "Редакция"), (0, 4, 0, "1"), (0, 4, 1, "1) сбор;"), (0, 4, 1, "2) плата."),
        (0, 5, 1, "итог"),
    ]  # fmt: skip
    assert (source.format, source.notices) == ("xlsx", ())


def test_the_parser_child_reads_workbooks() -> None:
    data = workbook([["а", "б"], ["в", "г"]])
    source = read_bytes(data, "таблица.xlsx")
    assert source.text == "а\nб\nв\nг"
    assert len(source.sha256) == 64


def test_every_sheet_is_a_table_and_hidden_ones_are_set_aside() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("вторая").append(["в", "г"])
        hidden = book.create_sheet("скрытая")
        hidden.append(["тайное", "слово"])
        hidden.sheet_state = "veryHidden"

    source = read([["а", "б"]], change=change)
    assert cells(source) == [(0, 0, 0, "а"), (0, 0, 1, "б"), (1, 0, 0, "в"), (1, 0, 1, "г")]
    assert [item.text for item in source.dropped] == ["тайное", "слово"]
    assert [(n.code, dict(n.params)) for n in source.notices] == [("reading.hidden_text", {"characters": "11"})]


def test_merged_cells_have_their_words_once_at_the_first_place() -> None:
    source = read(
        [["Закон «О сборах»", None, None], ["1", "2", "3"]],
        change=lambda book: book.active.merge_cells("A1:C1") if book.active else None,
    )
    assert source.text == "Закон «О сборах»\n1\n2\n3"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"), (1.5, "1,5"), (7, "7"), (None, ""), (True, ""), ("#REF!", ""), ("#Н", "#Н"), ("№ 5", "№ 5"),
        (datetime.datetime(2026, 3, 1), "01.03.2026"), (datetime.date(2026, 3, 1), "01.03.2026"), ("а\r\nб", "а\nб"),
        ("а_x000D_\nб", "а\nб"), (1e300, "1e+300"), (float("inf"), "inf"),
    ],
)  # fmt: skip
def test_values(value: object, text: str) -> None:
    assert text_of(value) == text


def test_a_column_of_text_is_paragraphs() -> None:
    source = read([["Статья 1. Сбор"], ["1. Сбор берется."]])
    assert {block.kind for block in source.blocks} == {BlockKind.PARAGRAPH}


def test_formulas_are_not_worked_out() -> None:
    assert read([["а", "=1+1"], ["б", "в"]]).text == "а\nб\nв"


def test_empty_workbook_is_refused() -> None:
    assert refused(workbook([])) == "reading.empty"


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read_here(data, "таблица.xlsx", limits or Limits())
    return caught.value.code


def test_one_cell_over_the_limit() -> None:
    rows = [["а", "б"], ["в", "г"]]
    assert read(rows, Limits(table_cells=4)).text
    assert refused(workbook(rows), Limits(table_cells=3)) == "reading.table_too_large"


def test_a_sheet_of_blanks_ends_soon() -> None:
    def change(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"], sheet["XFD1"], sheet["XFD1048576"] = "а", "б", "в"

    assert refused(workbook([], change), Limits(table_cells=500)) == "reading.table_too_large"


def without(data: bytes, name: str, content: bytes | None = None) -> bytes:
    """The archive with one member left out or replaced."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.namelist():
            if member != name:
                target.writestr(member, source.read(member))
            elif content is not None:
                target.writestr(member, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/worksheets/sheet1.xml", None), ("xl/worksheets/sheet1.xml", b"<worksheet"), ("xl/workbook.xml", b"<a/>"),
        ("xl/_rels/workbook.xml.rels", None), ("xl/_rels/workbook.xml.rels", b"<a/>"), ("[Content_Types].xml", None),
        ("xl/styles.xml", b"<styleSheet>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='x'><c r='A1'/></row></sheetData></worksheet>"),
    ],
)  # fmt: skip
def test_damaged_workbooks_are_refused_or_read(name: str, content: bytes | None) -> None:
    data = without(workbook([["Сбор", "Плата"], ["Срок", "Орган"]]), name, content)
    try:
        read_here(data, "таблица.xlsx", Limits())
    except ReadingError as error:
        assert error.code in {"reading.xlsx_damaged", "reading.empty", "reading.format_not_supported"}


def shared_strings(strings: str, cells: str) -> bytes:
    """A workbook as Excel writes it: words stand in a table of strings."""
    book = workbook([["а"]])
    relations = zipfile.ZipFile(BytesIO(book)).read("xl/_rels/workbook.xml.rels").decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="s" Type="{office}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    types = zipfile.ZipFile(BytesIO(book)).read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    book = without(book, "xl/_rels/workbook.xml.rels", relations.replace("</Relationships>", relation).encode())
    book = without(book, "[Content_Types].xml", types.replace("</Types>", listed).encode())
    sheet = f'<worksheet {space}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    book = without(book, "xl/worksheets/sheet1.xml", sheet.encode())
    stream = BytesIO(book)
    with zipfile.ZipFile(stream, "a") as target:
        target.writestr("xl/sharedStrings.xml", f"<sst {space}>{strings}</sst>")
    return stream.getvalue()


def test_shared_strings_with_runs_of_formatting() -> None:
    strings = (
        '<si><t>Сбор</t></si><si><r><t xml:space="preserve">вправе </t></r><r><rPr><b/></rPr><t>взимать</t></r></si>'
    )
    cells = '<c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c>'
    source = read_here(shared_strings(strings, cells), "таблица.xlsx", Limits())
    assert [(b.place.column, source.text[b.start : b.end]) for b in source.blocks] == [
        (0, "Сбор"),
        (2, "вправе взимать"),
    ]


def test_a_string_that_is_not_there() -> None:
    data = shared_strings("<si><t>Сбор</t></si>", '<c r="A1" t="s"><v>7</v></c>')
    assert refused(data) == "reading.xlsx_damaged"


def test_doctypes_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'
    assert refused(without(workbook([["а", "б"]]), "xl/worksheets/sheet1.xml", bomb)) == "reading.doctype"


def test_bombs_are_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", b"<workbook/>")
        target.writestr("xl/sharedStrings.xml", b" " * 5_000_000)
    assert refused(stream.getvalue()) == "reading.archive_bomb"


@settings(max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 6000))
def test_any_damage_is_an_expected_failure(noise: bytes, at: int) -> None:
    data = bytearray(workbook([["№", "Действующая редакция", "Предлагаемая редакция"], [1, "1. А.", "1. Б."]]))
    at %= len(data)
    data[at : at + len(noise)] = noise
    with contextlib.suppress(ReadingError):
        read_here(bytes(data), "таблица.xlsx", Limits())


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
                st.integers(-9, 9),
            ),
            max_size=4,
        ),
        max_size=6,
    )
)
def test_any_values_keep_their_places(rows: list[list[object]]) -> None:
    try:
        source = read(rows)
    except ReadingError as error:
        assert error.code == "reading.empty"
        return
    for block in source.blocks:
        assert source.text[block.start : block.end].strip()
        assert block.segments
