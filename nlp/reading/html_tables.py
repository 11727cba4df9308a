"""Tables of a page: those that hold data, and those that only lay the page out.

Reads: a ``table`` element. Writes: yes or no, columns of cells, the languages of two columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nlp.reading.html_tree import Element, text_of
from nlp.reading.joining import starts_heading

_SECTIONS = ("thead", "tbody", "tfoot")
_MOST_COLUMNS = 63
_MOST_ROWS = 10_000
_LONG_CELL = 2_000  # characters: a cell that long, in a table of a row or two, is a page
_FEW_ROWS = 2
_COLUMN = 150  # characters: a shorter cell is no column of a page
_DRAWN = re.compile(r"border(?:-\w+)*\s*:\s*(?!none|0|medium none)[^;]*(?:solid|double|dotted|dashed)", re.IGNORECASE)
_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_KAZAKH_SHARE = 0.02  # of the characters of a Kazakh text


def rows_of(table: Element) -> list[Element]:
    """The rows of this very table."""
    rows: list[Element] = []
    for below in table:
        if below.tag == "tr":
            rows.append(below)
        elif below.tag in _SECTIONS:
            rows.extend(row for row in below if row.tag == "tr")
    return rows


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


def holds_data(table: Element) -> bool:
    """Whether a table is one for its reader, and not a means to lay a page out."""
    if table.get("role", "") in ("presentation", "none"):
        return False
    grid = [cells_of(row) for row in rows_of(table)]
    if any(cell.tag == "th" for cells in grid for cell in cells):
        return True
    filled = [[cell for cell in cells if _length(cell)] for cells in grid]
    if max((len(cells) for cells in filled), default=0) < 2:
        return False
    if _is_drawn(table, grid):
        return True
    if any(cell.find(".//table") is not None for cells in filled for cell in cells):
        return False
    return sum(bool(cells) for cells in filled) > _FEW_ROWS or not any(
        _is_page(cell) for cells in filled for cell in cells
    )


def is_bilingual(row: Element) -> bool:
    """Whether a row of a layout table shows one text in two languages side by side."""
    cells = [cell for cell in cells_of(row) if _length(cell) >= _COLUMN]
    return len(cells) == 2 and _is_kazakh(cells[0]) != _is_kazakh(cells[1])


def _length(cell: Element) -> int:
    return len(_text(cell))


def _text(cell: Element) -> str:
    return text_of(cell).strip()


def _is_kazakh(cell: Element) -> bool:
    text = _text(cell)
    return len(_KAZAKH.findall(text)) > _KAZAKH_SHARE * len(text)


def _is_drawn(table: Element, grid: list[list[Element]]) -> bool:
    if table.get("border", "0").strip() not in ("", "0") or _DRAWN.search(table.get("style", "")):
        return True
    return any(_DRAWN.search(cell.get("style", "")) for cells in grid[:2] for cell in cells)


def _is_page(cell: Element) -> bool:
    if _length(cell) > _LONG_CELL:
        return True
    blocks = [block for block in cell.iter("p", "div", "h1", "h2", "h3", "h4") if _length(block)]
    return len(blocks) > 2 and any(starts_heading(_text(block)) for block in blocks)


@dataclass(slots=True)
class Grid:
    """Coordinates of the cells of one table while it is read; ``index`` counts the tables of a page."""

    index: int
    row: int = -1
    _column: int = 0
    _taken: dict[int, int] = field(default_factory=dict)  # column → first row where it is free again

    def next_row(self) -> None:
        """A row begins."""
        self.row += 1
        self._column = 0

    def next_cell(self, cell: Element) -> int:
        """The column of the next cell, past those that cells of rows above reach down into."""
        while self._taken.get(self._column, 0) > self.row:
            self._column += 1
        at = self._column
        down = _span(cell, "rowspan", _MOST_ROWS)
        for column in range(at, at + _span(cell, "colspan", _MOST_COLUMNS)):
            self._taken[column] = self.row + down
        self._column = at + _span(cell, "colspan", _MOST_COLUMNS)
        return at


def _span(cell: Element, name: str, most: int) -> int:
    value = cell.get(name, "1").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 9):
        return 1
    return min(int(value), most) or (most if name == "rowspan" else 1)
