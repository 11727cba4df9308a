"""Pages one after another → paragraphs in reading order; headers, footers, page numbers and footnotes set aside.

Reads: the words and tables of each page, whether they come from a text layer or from recognition. Writes: the
``Printer``. A few neighbouring pages are held to tell headers from text.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.pdf_columns import regions_of
from nlp.reading.pdf_flow import Flow
from nlp.reading.pdf_marginals import EDGE_ROWS, WINDOW, Edges, edges_of, marginal_counts
from nlp.reading.pdf_notes import footnote_rows
from nlp.reading.pdf_print import Printer
from nlp.reading.pdf_rows import Row, rows_of
from nlp.reading.pdf_tables import Table
from nlp.reading.pdf_words import PageWords
from nlp.reading.source import DropReason, SourceText


@dataclass(slots=True)
class _Page:
    """What is read of one page: rows outside tables from the top down, and tables."""

    number: int  # from 1
    quadrant: int
    rows: list[Row]
    tables: list[Table] = field(default_factory=list)
    pictures: bool = False  # known of pages with hardly any text only


class Pages:
    """Takes the ``total`` pages of a file in order; ``finish`` gives the text."""

    def __init__(self, total: int, limits: Limits) -> None:
        self._total = total
        self._limits = limits
        self._printer = Printer(limits)
        self._flow = Flow(self._printer)
        self._waiting: deque[_Page] = deque()
        self._edges: dict[int, Edges] = {}

    def drop(self, reason: DropReason, text: str, number: int) -> None:
        """Set text of a page aside."""
        self._printer.drop(reason, text, number)

    def take(self, number: int, words: PageWords, tables: list[Table]) -> bool:
        """Take page ``number`` (from 1); whether it has so little text that its pictures matter (``pictures``)."""
        rows = rows_of(words.upright)
        self._edges[number - 1] = edges_of(rows, words.low, words.high)
        self._edges.pop(number - 2 * WINDOW - 2, None)
        self._waiting.append(_Page(number, words.quadrant, rows, tables))
        return len(rows) <= 2 * EDGE_ROWS and not tables

    def pictures(self) -> None:
        """Tell that there are pictures on the page taken last."""
        self._waiting[-1].pictures = True

    def place(self, number: int) -> None:
        """Send on the pages that page ``number`` cannot change any more."""
        while self._waiting and self._waiting[0].number + WINDOW <= number:
            self._place(self._waiting.popleft())

    def finish(self, name: str, form: str) -> SourceText:
        """The text of all pages."""
        while self._waiting:
            self._place(self._waiting.popleft())
        self._flow.close()
        self._check_length()
        return self._printer.source(name, form)

    def _place(self, page: _Page) -> None:
        """Send one page on: its marginal rows aside, the rest in reading order."""
        rows = self._without_marginals(page)
        notes = footnote_rows(rows)
        if notes:
            self._printer.drop(DropReason.FOOTNOTE, " ".join(row.text for row in rows[-notes:]), page.number)
            rows = rows[:-notes]
        at = 0
        for table in page.tables:
            above = at
            while above < len(rows) and rows[above].middle > table.grid.top:
                above += 1
            self._regions(rows[at:above], page)
            self._flow.table(table, page.number, page.quadrant)
            at = above
        self._regions(rows[at:], page)
        self._check_length()

    def _check_length(self) -> None:
        if self._printer.length > self._limits.text_characters:
            raise ReadingError("reading.too_long", characters=self._printer.length, limit=self._limits.text_characters)

    def _regions(self, rows: list[Row], page: _Page) -> None:
        for region in regions_of(rows, self._flow.gutter):
            self._flow.region(region, page.number, page.quadrant)

    def _without_marginals(self, page: _Page) -> list[Row]:
        top, bottom = marginal_counts(page.number - 1, self._edges, self._total)
        rows = page.rows
        if top + bottom >= len(rows) and not page.tables and not page.pictures:
            return self._without_number(page)  # nothing but edges: this is what the page has to say
        bottom = min(bottom, len(rows) - top)
        end = len(rows) - bottom
        for row in (*rows[:top], *rows[end:]):
            self._printer.drop(DropReason.HEADER_FOOTER, row.text, page.number)
        return rows[top:end]

    def _without_number(self, page: _Page) -> list[Row]:
        number = next((row for row in reversed(page.rows) if row.text.strip() == str(page.number)), None)
        if number is not None:
            self._printer.drop(DropReason.HEADER_FOOTER, number.text, page.number)
        return [row for row in page.rows if row is not number]


def listed(pages: list[int]) -> str:
    """«1–3, 7»; a long list ends with an ellipsis."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:_PAGES_NAMED]]
    return ", ".join(shown) + (" …" if len(runs) > _PAGES_NAMED else "")


_PAGES_NAMED = 20
