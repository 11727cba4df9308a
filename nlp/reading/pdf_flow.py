"""Regions and tables in the order of the pages → paragraphs in reading order.

Reads: ``Region``s and ``Table``s, page by page. Writes: paragraphs to the ``Printer``. A paragraph may go on over a
page break. Pages in two columns that follow one another make one spread: all its left columns are printed first, then
all right ones, so that each language of a bilingual print comes out in one piece.
"""

from __future__ import annotations

from nlp.reading.pdf_columns import Region
from nlp.reading.pdf_paragraphs import Metrics, PlacedRow, continues, metrics_of
from nlp.reading.pdf_print import Printer
from nlp.reading.pdf_rows import Row
from nlp.reading.pdf_table_flow import TableFlow
from nlp.reading.pdf_tables import Table

_SAME_GUTTER = 20.0  # points


class _Stream:
    """Rows of one column, joined into paragraphs; closed ones are printed at once or held."""

    def __init__(self, printer: Printer, *, held: bool = False) -> None:
        self._printer = printer
        self._open: list[PlacedRow] = []
        self._held: list[list[PlacedRow]] | None = [] if held else None
        self._metrics: Metrics | None = None

    def add(self, rows: list[Row], page: int, column: int, quadrant: int) -> None:
        """Take the rows of one column of one page."""
        if not rows:
            return
        self._metrics = metrics_of(rows, self._metrics)
        for row in rows:
            placed = PlacedRow(row, page, column, self._metrics, quadrant)
            if self._open and continues(self._open, placed):
                self._open.append(placed)
            else:
                self._end()
                self._open = [placed]

    def close(self) -> None:
        """Print whatever is open or held."""
        self._end()
        for rows in self._held or ():
            self._printer.paragraph(rows)
        if self._held is not None:
            self._held = []

    def _end(self) -> None:
        if not self._open:
            return
        if self._held is None:
            self._printer.paragraph(self._open)
        else:
            self._held.append(self._open)
        self._open = []


class Flow:
    """Takes regions and tables one after another; ``close`` ends the last paragraph."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._full = _Stream(printer)
        self._spread: tuple[_Stream, _Stream] | None = None
        self._gutter = 0.0
        self._tables = TableFlow(printer)

    @property
    def gutter(self) -> float:
        """The gutter of the columns that are still open; 0 when none are."""
        return self._gutter if self._spread is not None else 0.0

    def close(self) -> None:
        """Print everything that is still open."""
        self._full.close()
        self._close_spread()
        self._tables.close()

    def region(self, region: Region, page: int, quadrant: int) -> None:
        """Take one region of a page."""
        self._tables.close()
        if len(region.columns) == 1:
            self._close_spread()
            self._full.add(region.columns[0], page, 0, quadrant)
            return
        self._full.close()
        if self._spread is not None and abs(region.gutter - self._gutter) > _SAME_GUTTER:
            self._close_spread()
        if self._spread is None:
            self._spread = (_Stream(self._printer), _Stream(self._printer, held=True))
            self._gutter = region.gutter
        for number, (stream, rows) in enumerate(zip(self._spread, region.columns, strict=True), start=1):
            stream.add(rows, page, number, quadrant)

    def _close_spread(self) -> None:
        if self._spread is not None:
            for stream in self._spread:
                stream.close()
        self._spread = None

    def table(self, table: Table, page: int, quadrant: int) -> None:
        """Take a table; one that goes on from the page before keeps its number."""
        self._full.close()
        self._close_spread()
        self._tables.add(table, page, quadrant)
