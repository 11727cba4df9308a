"""A certificate as a workbook: the figures, the tables, the list of drafts, so that they can be counted again.

Reads: the content of a certificate. Writes: bytes of XLSX. Every text is a text: one that begins with =, +, - or @ is
no formula, not even after somebody has edited the cell beside it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from expertise.documents.certificate_lists import (
    advice,
    conclusion_line,
    norms,
    result,
    risk,
    row_factor,
    title_of,
)
from expertise.documents.certificate_words import (
    PLACES,
    STATES,
    figure,
    figures,
    heads,
    label,
    named_period,
    shown_of,
)
from expertise.documents.naming import dated
from expertise.documents.words import Words, capital, factor_name, words
from expertise.documents.xmltext import clean

_LONGEST = 32_000  # characters of a cell: Excel takes 32,767
_TEXT = "@"
_A4 = 9
_LINE, _HIGHEST = 15.5, 400.0  # points; Excel takes rows up to 409
_FITTING = 0.9  # characters for a unit of width
_THIN = Side(style="thin", color="7F7F7F")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="E7E6E6")
_FONTS = {bold: Font(name="PT Serif", size=11, bold=bold) for bold in (False, True)}
_WORDS = Alignment(wrap_text=True, vertical="top")
_NUMBER = Alignment(horizontal="center", vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")

Content = Mapping[str, Any]
Value = str | int | float | date | None


def certificate_book(content: Content, language: str, content_hash: str) -> bytes:
    """The certificate in Russian or Kazakh. Raises ``ValueError`` for a language that has no words."""
    said = words(language)
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = said.say("certificate.sheet_figures")
    _figures(_Sheet(first, (70, 26)), content, said, content_hash)
    _tables(book, content, said)
    _drafts(book, content, said)
    if content["kind"] == "factors":
        _rows(book, content, said)
    at = datetime.fromisoformat(content["date"])
    book.properties.creator, book.properties.created, book.properties.modified = "Saraptama", at, at
    book.properties.title = " ".join(said.lines(f"certificate.title.{content['kind']}"))
    for sheet in book.worksheets:
        sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = _A4, 0
        sheet.page_setup.orientation = "portrait" if sheet is first else "landscape"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Sheet:
    """A sheet written line by line. It counts them itself: openpyxl looks through all cells for its last row."""

    def __init__(self, of: Worksheet, widths: Sequence[float]) -> None:
        self.of, self.row, self._widths = of, 0, widths
        for position, width in enumerate(widths, start=1):
            of.column_dimensions[get_column_letter(position)].width = width

    def cell(self, column: int) -> Cell | MergedCell:
        """A cell of the last line."""
        return self.of.cell(self.row, column)

    def lines(self, values: Sequence[Value]) -> int:
        """About how many lines the highest cell takes: not every program sets the height of a row by itself."""
        most = 1
        for width, value in zip(self._widths, values, strict=False):
            fitting = max(width * _FITTING, 1)
            words = "" if value is None else str(value)
            most = max(most, sum(max(math.ceil(len(line) / fitting), 1) for line in words.split("\n")))
        return most


def _sheet(book: Workbook, name: str, widths: Sequence[float]) -> _Sheet:
    made = book.create_sheet(name)
    assert isinstance(made, Worksheet)
    return _Sheet(made, widths)


def put(cell: Cell | MergedCell, value: Value, *, bold: bool = False) -> None:
    """A value as what it is: a number is a number, words are words whatever they begin with."""
    if isinstance(value, str):
        cell.value = clean(value)[:_LONGEST]
        cell.data_type = "s"
        cell.number_format = _TEXT
        cell.quotePrefix = True
    else:
        cell.value = value
    cell.font = _FONTS[bold]
    cell.alignment = _WORDS


def _line(sheet: _Sheet, values: Sequence[Value], *, head: bool = False, framed: bool = True) -> None:
    sheet.row += 1
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(column)
        put(cell, value, bold=head)
        if framed:
            cell.border = _BORDER
        if isinstance(value, int | float):
            cell.alignment = _NUMBER
        if head:
            cell.fill = _HEAD
            cell.alignment = _CENTRED
    sheet.of.row_dimensions[sheet.row].height = min(_LINE * sheet.lines(values), _HIGHEST)


def _prose(sheet: _Sheet, lines: Iterable[str], across: int, *, bold: bool = False) -> None:
    for line in lines:
        _line(sheet, [line], framed=False)
        row = sheet.row
        sheet.cell(1).font = Font(name="PT Serif", size=12 if bold else 10, bold=bold)
        sheet.of.merge_cells(start_row=row, end_row=row, start_column=1, end_column=across)
        sheet.of.row_dimensions[row].height = 16.0 * max(1, -(-len(line) // 100))
        if bold:
            sheet.cell(1).alignment = _CENTRED


def _figures(sheet: _Sheet, content: Content, said: Words, content_hash: str) -> None:
    numbered = said.say("certificate.number", number=content["number"], **dated(content["date"], said))
    period = said.say("certificate.for_period", period=named_period(content["period"], said))
    _prose(sheet, [*said.lines(f"certificate.title.{content['kind']}"), numbered, period], 2, bold=True)
    _prose(sheet, [said.say(f"certificate.indicator.{content['kind']}")], 2)
    for name in ("body", "sphere", "act_form"):
        shown = shown_of(name, content["selection"][name], said, all_of=True)
        _line(sheet, [said.say(f"certificate.{name}"), shown])
    _line(sheet, [said.say("certificate.by"), content["by"]["name"]])
    for name, value in figures(content["kind"], content["totals"]):
        _line(sheet, [label(content["kind"], name, said), _scaled(name, value)])
        _format(sheet.cell(2), name)
    _prose(sheet, [said.say("counting.heading")], 2, bold=True)
    _prose(sheet, said.lines("counting.rule"), 2)
    signs = content["signs"]
    _line(sheet, [""], framed=False)
    _line(sheet, [signs["post"] or said.say("certificate.head"), signs["name"] or "_" * 20], framed=False)
    _prose(sheet, [said.say("certificate.who_signs"), said.say("certificate.frozen", hash=content_hash)], 2)


def _scaled(name: str, value: int | None) -> float | int | str:
    """A share or a mean as the number it is; «–» of nothing."""
    if value is None:
        return "–"
    return value / 10 ** PLACES[name] if name in PLACES else value


def _format(cell: Cell | MergedCell, name: str) -> None:
    if name in PLACES and not isinstance(cell.value, str):
        cell.number_format = "0." + "0" * PLACES[name]
    cell.alignment = _NUMBER


def _tables(book: Workbook, content: Content, said: Words) -> None:
    """By factor, by body, by sphere."""
    sheet = _sheet(book, said.say("certificate.sheet_tables"), (46, *([15] * 7)))
    if content["factors"]:
        _line(sheet, [said.say(f"certificate.column_{name}") for name in ("factor", "found", "in_drafts")], head=True)
        for each in content["factors"]:
            name = capital(factor_name(each["factor"], said.language, {each["factor"]: each["factor_name"]}))
            _line(sheet, [name, each["found"], each["drafts"]])
        _line(sheet, [""], framed=False)
    columns = heads(content["kind"])
    for many, one in (("bodies", "body"), ("spheres", "sphere")):
        named = [said.say(f"certificate.{one}"), *(said.say(f"certificate.column_{each}") for each in columns)]
        _line(sheet, named, head=True)
        for group in content[many]:
            numbers = (_scaled(column, figure(group, column)) for column in columns)
            _line(sheet, [shown_of(one, group[one], said), *numbers])
            for position, column in enumerate(columns, start=2):
                _format(sheet.cell(position), column)
        _line(sheet, [""], framed=False)


def _drafts(book: Workbook, content: Content, said: Words) -> None:
    """A row a draft."""
    taken = content["kind"] == "adoption"
    columns = ["number", "draft", "body", "sphere", "act_form", "conclusion", "issued_on", "fate", "reason", "factors"]
    columns += ["issued", *STATES] if taken else ["issued"]
    widths = (6, 44, 26, 20, 13, 16, 12, 14, 26, *([13] * (len(columns) - 9)))
    sheet = _sheet(book, said.say("certificate.sheet_drafts"), widths)
    _line(sheet, [said.say(f"certificate.list_{name}") for name in columns], head=True)
    for draft in content["drafts"]:
        about = [shown_of(name, draft[name], said) for name in ("body", "sphere", "act_form")]
        states = [draft["states"][state] if draft["fate"] == "adopted" else "–" for state in STATES] if taken else []
        _line(
            sheet,
            [
                draft["position"], title_of(draft, said), *about, conclusion_line(draft, said),
                date.fromisoformat(draft["conclusion"]["issued_on"]), said.say(f"certificate.fate.{draft['fate']}"),
                draft["reason"], draft["factors"], draft["recommendations"], *states,
            ],
        )  # fmt: skip
        sheet.cell(columns.index("issued_on") + 1).number_format = "dd.mm.yyyy"
    sheet.of.freeze_panes = "C2"


def _rows(book: Workbook, content: Content, said: Words) -> None:
    """A row a factor, in the columns of the instruction."""
    columns = ("number", "draft", "body", "norm", "factor", "risk", "recommendation", "result")
    sheet = _sheet(book, said.say("certificate.sheet_rows"), (7, 34, 22, 20, 22, 40, 40, 18))
    _line(sheet, [said.say(f"certificate.list_{name}") for name in columns], head=True)
    for draft in content["drafts"]:
        for number, row in enumerate(draft["rows"], start=1):
            parts = (
                "\n".join(each)
                for each in (norms(row, said), [row_factor(row, said)], risk(row, said), advice(row, said))
            )
            named = [f"{draft['position']}.{number}", title_of(draft, said), shown_of("body", draft["body"], said)]
            _line(sheet, [*named, *parts, result(draft["reason"], row, said)])
    sheet.of.freeze_panes = "C2"
