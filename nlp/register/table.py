"""CSV or XLSX → rows of text. A register comes from anywhere, so the file is as suspect as a draft.

Reads: bytes. Writes: rows with their line numbers as the user's program shows them. Encodings: UTF-8 (with or without a
mark), UTF-16, Windows-1251 and its Kazakh variant; delimiters «;», «,» and tab. Formulas are not worked out.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.detect import detect_format
from nlp.reading.encoding import decode
from nlp.reading.xlsx import first_sheet

_DELIMITERS = ";\t,"
_SAMPLE_LINES = 30
_FORMULA = ("=", "+", "@", "-")  # what a spreadsheet would carry out


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` counts from 1 as the user sees it; ``cells`` are trimmed, blanks inside made single."""

    line: int
    cells: tuple[str, ...]


def read_table(data: bytes, name: str = "", limits: Limits | None = None) -> tuple[Row, ...]:
    """Rows that are not empty.

    Raises ``ReadingError``: ``reading.file_too_large``, ``reading.table_too_large``, ``register.not_a_table`` (another
    type of file), ``register.empty``, and what detecting, decoding or unpacking says.
    """
    limits = limits or Limits()
    form = detect_format(data, name, limits).format
    if form == "xlsx":
        rows = [Row(number + 1, tuple(map(_plain, cells))) for number, cells in first_sheet(data, limits)]
    elif form == "txt":
        rows = _csv(decode(data)[0], limits)
    else:
        raise ReadingError("register.not_a_table", format=form)
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        raise ReadingError("register.empty")
    return tuple(rows)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would work the cell out instead of showing it; a minus before a figure is a number."""
    return cell.startswith(_FORMULA) and not cell[1:2].isdigit() and len(cell) > 1


def _csv(text: str, limits: Limits) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    rows: list[Row] = []
    cells = 0
    line = 1
    try:
        for values in reader:
            cells += len(values) + 1
            if cells > limits.table_cells:
                raise ReadingError("reading.table_too_large", limit=limits.table_cells)
            rows.append(Row(line, tuple(map(_plain, values))))
            line = reader.line_num + 1
    except csv.Error:  # a cell longer than the reader takes: an unclosed quote swallowed the rest
        raise ReadingError("register.broken_line", line=line) from None
    return rows


def _delimiter(text: str) -> str:
    """The delimiter that parts most lines of the beginning into equally many cells, and into more than one."""
    sample = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]

    def quality(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in sample]
        usual = max(counts, key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=quality)


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\0", "").split())
