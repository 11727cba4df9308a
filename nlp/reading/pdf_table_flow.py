"""Tables in the order of the pages → cells: a table that goes on over the page is one table.

Reads: ``Table``s, page by page. Writes: paragraphs of cells to the ``Printer``. The head that a word processor repeats
on every page is set aside. A row broken by the end of the page is one row again, and its paragraphs are joined; so the
last row of a page is held until it is known what follows.
"""

from __future__ import annotations

from nlp.reading.joining import ends_sentence
from nlp.reading.pdf_paragraphs import PlacedRow, continues, metrics_of
from nlp.reading.pdf_print import Printer
from nlp.reading.pdf_rows import Row
from nlp.reading.pdf_rules import GridCell
from nlp.reading.pdf_tables import Table
from nlp.reading.source import DropReason, Place

_SAME_BORDER = 4.0  # points
_Paragraphs = list[list[PlacedRow]]
_Texts = dict[int, str]  # texts of the cells of one row, by column


class TableFlow:
    """Takes tables one after another; ``close`` tells that something else followed."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._number = -1
        self._rows = 0  # rows of the present table on the pages before
        self._borders: tuple[float, ...] = ()
        self._page = 0
        self._head: _Texts = {}
        self._last: _Texts = {}
        self._held: list[tuple[Place, _Paragraphs]] = []

    def close(self) -> None:
        """Print what is held; the next table is another one."""
        self._flush()
        self._borders = ()

    def add(self, table: Table, page: int, quadrant: int) -> None:
        """Take a table of a page."""
        cells = list(table.cells)
        rows = table.grid.rows
        shift = 0
        if self._goes_on(table, page):
            if self._head and _texts(cells, 0) == self._head:
                self._printer.drop(DropReason.HEADER_FOOTER, " ".join(self._head.values()), page)
                cells = [item for item in cells if item[0].row]
                shift = 1
            if self._is_broken(_texts(cells, shift)):
                self._join([item for item in cells if item[0].row == shift], page, quadrant)
                cells = [item for item in cells if item[0].row > shift]
                shift += 1
        else:
            self.close()
            self._number += 1
            self._rows = 0
            self._head = _texts(cells, 0)
        self._borders, self._page = table.grid.borders, page
        if cells:
            self._print(cells, self._rows - shift, page, quadrant)
            self._last = _texts(cells, max(cell.row for cell, _ in cells))
        self._rows += rows - shift

    def _print(self, cells: list[tuple[GridCell, list[Row]]], first: int, page: int, quadrant: int) -> None:
        """Print all rows but the last, which is held."""
        self._flush()
        last = max(cell.row for cell, _ in cells)
        for cell, rows in cells:
            place = Place(0, self._number, first + cell.row, cell.column)
            paragraphs = _joined([], rows, page, quadrant)
            if cell.row == last:
                self._held.append((place, paragraphs))
                continue
            for paragraph in paragraphs:
                self._printer.paragraph(paragraph, place)

    def _flush(self) -> None:
        for place, paragraphs in self._held:
            for paragraph in paragraphs:
                self._printer.paragraph(paragraph, place)
        self._held = []

    def _join(self, cells: list[tuple[GridCell, list[Row]]], page: int, quadrant: int) -> None:
        """Add the second half of a broken row to the first, which is held."""
        for cell, rows in cells:
            for place, paragraphs in self._held:
                if place.column == cell.column:
                    _joined(paragraphs, rows, page, quadrant)
                    break
            else:
                place = Place(0, self._number, self._rows - 1, cell.column)
                self._held.append((place, _joined([], rows, page, quadrant)))
        self._held.sort(key=lambda item: item[0].column)

    def _goes_on(self, table: Table, page: int) -> bool:
        before, now = self._borders, table.grid.borders
        return (
            page == self._page + 1
            and len(before) == len(now)
            and all(abs(a - b) <= _SAME_BORDER for a, b in zip(before, now, strict=True))
        )

    def _is_broken(self, texts: _Texts) -> bool:
        """Whether the first row of a page goes on with the last one of the page before.

        Some cell goes on with a small letter where the cell above is unfinished, and the first cell (the number) is
        empty or goes on in the same way.
        """
        if not self._held or not texts:
            return False
        small = [c for c, text in texts.items() if text[0].islower() and not ends_sentence(self._last.get(c, "."))]
        return bool(small) and (0 not in texts or 0 in small)


def _texts(cells: list[tuple[GridCell, list[Row]]], row: int) -> _Texts:
    return {cell.column: " ".join(line.text for line in rows) for cell, rows in cells if cell.row == row}


def _joined(paragraphs: _Paragraphs, rows: list[Row], page: int, quadrant: int) -> _Paragraphs:
    """Rows of one cell added to its paragraphs."""
    metrics = metrics_of(rows)
    for row in rows:
        placed = PlacedRow(row, page, 0, metrics, quadrant)
        if paragraphs and continues(paragraphs[-1], placed):
            paragraphs[-1].append(placed)
        else:
            paragraphs.append([placed])
    return paragraphs
