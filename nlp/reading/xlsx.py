"""Spreadsheets (XLSX) → SourceText: each sheet is a table, each filled cell a cell of it.

Reads: bytes of a workbook whose archive ``detect`` has checked. Writes: a ``SourceText`` of format ``xlsx``. Lines
above the table (rows of one filled cell) are paragraphs. Values are read as they were saved: formulas are not worked
out.
``Place.paragraph`` counts the lines of filled cells, ``row`` and ``column`` count from 0 as the sheet does, and
``Segment.source`` counts characters of these lines, one after another. Hidden sheets are set aside.
"""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.assembly import Assembly, Paragraph
from nlp.reading.source import BlockKind, BlockStyle, DropReason, Notice, Place, SourceText

_BLANKS = 20  # blank cells are worth so much less than filled ones when a sheet is measured
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
_HEADING_ROWS = 12  # rows of one cell at the top of a sheet that stand above its table


@dataclass(frozen=True, slots=True)
class _Cell:
    """A filled cell; ``lines`` are spans of the printed text."""

    row: int
    column: int
    lines: tuple[tuple[int, int], ...]


def read_xlsx(data: bytes, name: str = "", limits: Limits | None = None) -> SourceText:
    """Read a workbook.

    Raises ``ReadingError``: ``reading.xlsx_damaged``, ``reading.table_too_large`` (more cells than
    ``limits.table_cells``), ``reading.empty``.
    """
    limits = limits or Limits()
    printer = _Printer()
    shown: list[list[_Cell]] = []
    hidden: list[list[_Cell]] = []
    try:
        for visible, rows in _sheets(data, limits):
            (shown if visible else hidden).append([cell for row in rows for cell in printer.row(*row)])
    except _BROKEN:
        raise ReadingError("reading.xlsx_damaged") from None
    assembly = Assembly("".join(printer.pieces), limits)
    line = 0
    for number, cells in enumerate(filter(None, shown)):
        line = _add(assembly, number, cells, line)
    for cells in hidden:
        for cell in cells:
            assembly.drop(DropReason.MARKUP, cell.lines[0][0], cell.lines[-1][1], Place(line))
    source = assembly.source("xlsx", name)
    characters = sum(right - left for cells in hidden for cell in cells for left, right in cell.lines)
    if characters:
        source = replace(source, notices=(Notice("reading.hidden_text", (("characters", str(characters)),)),))
    if not source.text:
        raise ReadingError("reading.empty")
    return source


def _add(assembly: Assembly, table: int, cells: list[_Cell], line: int) -> int:
    """The cells of one sheet; returns the number of lines so far."""
    above = _above(cells)
    for cell in cells:
        kind = BlockKind.PARAGRAPH if cell.row in above else BlockKind.CELL
        for span in cell.lines:
            place = Place(line, table, cell.row, cell.column) if kind is BlockKind.CELL else Place(line)
            assembly.add(Paragraph([span], [], place, kind, BlockStyle()))
            line += 1
    return line


def _above(cells: list[_Cell]) -> frozenset[int]:
    """Rows of one filled cell before the first row of several: title and subtitle of the table."""
    count: dict[int, int] = {}
    for cell in cells:
        count[cell.row] = count.get(cell.row, 0) + 1
    found: list[int] = []
    for row in sorted(count):
        if count[row] > 1:
            return frozenset(found[:_HEADING_ROWS])
        found.append(row)
    return frozenset(found)  # no table at all: a column of paragraphs


class _Printer:
    """The text of all cells, line after line, to which segments point."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._length = 0

    def row(self, number: int, values: Iterable[tuple[int, object]]) -> Iterator[_Cell]:
        """Print the filled cells of a row."""
        for column, value in values:
            lines = tuple(self._print(line) for line in text_of(value).split("\n") if line.strip())
            if lines:
                yield _Cell(number, column, lines)

    def _print(self, line: str) -> tuple[int, int]:
        start = self._length
        self.pieces.append(line + "\n")
        self._length += len(line) + 1
        return start, self._length - 1


def text_of(value: object) -> str:
    """A value as the sheet shows it in its plainest form; "" for nothing and for errors."""
    if value is None or isinstance(value, bool) or (isinstance(value, str) and _ERROR.fullmatch(value)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).replace(".", ",")
    if isinstance(value, datetime.date):  # a moment too
        return value.strftime("%d.%m.%Y")
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def first_sheet(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    """Rows of the first visible sheet with filled cells, as (number from 0, cells with the empty ones between).

    Raises ``ReadingError`` as ``read_xlsx``: ``reading.xlsx_damaged``, ``reading.table_too_large``.
    """
    try:
        for visible, rows in _sheets(data, limits):
            if visible and (found := [(number, _padded(cells)) for number, cells in rows]):
                return found
    except _BROKEN:
        raise ReadingError("reading.xlsx_damaged") from None
    return []


def _padded(cells: Sequence[tuple[int, object]]) -> list[str]:
    """Cells at their own columns, "" where there is none (a sheet has at most 16,384 columns)."""
    row = [""] * (cells[-1][0] + 1)
    for column, value in cells:
        row[column] = text_of(value)
    return row


_Rows = Iterator[tuple[int, list[tuple[int, object]]]]


def _sheets(data: bytes, limits: Limits) -> Iterator[tuple[bool, _Rows]]:
    """Whether a sheet is visible, and its rows."""
    from openpyxl import load_workbook  # slow to load, and most files are no spreadsheets

    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        yield sheet.sheet_state == "visible", _rows(sheet, limits)


# What openpyxl raises for workbooks that no program wrote.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError,
    AssertionError, NotImplementedError, OverflowError,
)  # fmt: skip


def _rows(sheet: Any, limits: Limits) -> _Rows:
    """Filled cells of each row; blank ones count too, so that a sheet of nothing ends soon."""
    sheet.reset_dimensions()  # what the file says of its size is not believed
    filled = blank = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True)):
        row = [(column, value) for column, value in enumerate(cells) if value is not None]
        filled += len(row)
        blank += 1 + len(cells) - len(row)
        if filled > limits.table_cells or blank > limits.table_cells * _BLANKS:
            raise ReadingError("reading.table_too_large", limit=limits.table_cells)
        if row:
            yield number, row
