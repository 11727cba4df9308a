"""PDF files → SourceText.

Reads: bytes of a PDF with a text layer. Writes: blocks in reading order with the page and the box of every word. Turned
stamps, headers, footers and page numbers are set aside; pages in two columns come out as two runs of blocks, the left
column first (``BlockStyle.column``); ruled tables come out as cells.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.pdf_columns import regions_of
from nlp.reading.pdf_document import OpenPage, Pdf, open_pdf
from nlp.reading.pdf_flow import Flow
from nlp.reading.pdf_marginals import EDGE_ROWS, WINDOW, Edges, edges_of, marginal_counts
from nlp.reading.pdf_notes import footnote_rows
from nlp.reading.pdf_print import Printer
from nlp.reading.pdf_rows import Row, rows_of
from nlp.reading.pdf_rules import Grid, grids_of
from nlp.reading.pdf_tables import Table, take_tables
from nlp.reading.pdf_words import PageWords, Word, words_of
from nlp.reading.source import DropReason, Notice, SourceText

_SCAN_CHARACTERS = 12  # a page with fewer letters has no text layer to speak of
_UNREADABLE_SHARE = 0.3
_PAGES_NAMED = 20


@dataclass(slots=True)
class _Page:
    """What is read of one page: rows outside tables from the top down, and tables."""

    number: int  # from 1
    quadrant: int
    rows: list[Row]
    tables: list[Table] = field(default_factory=list)
    pictures: bool = False  # known of pages with hardly any text only


def read_pdf(data: bytes, name: str = "", limits: Limits | None = None) -> SourceText:
    """Read a PDF with a text layer.

    Raises ``ReadingError``: ``reading.encrypted``, ``reading.pdf_damaged``, ``reading.too_many_pages``,
    ``reading.scan`` (no page has text), ``reading.empty``, ``reading.too_long``, ``reading.table_too_large``.
    """
    limits = limits or Limits()
    with open_pdf(data, limits) as pdf:
        return _Reader(pdf, limits).read(name)


class _Reader:
    """One pass over the pages; a few neighbouring pages are held to tell headers from text."""

    def __init__(self, pdf: Pdf, limits: Limits) -> None:
        self._pdf = pdf
        self._limits = limits
        self._printer = Printer(limits)
        self._flow = Flow(self._printer)
        self._waiting: deque[_Page] = deque()
        self._edges: dict[int, Edges] = {}
        self._without_text: list[int] = []
        self._damaged: list[int] = []
        self._without_tables: list[int] = []
        self._outside = 0
        self._pictures = False
        self._cells = 0

    def read(self, name: str) -> SourceText:
        """All pages."""
        for index in range(self._pdf.pages):
            with self._pdf.page(index) as page:
                self._take(index, page)
            while self._waiting and self._waiting[0].number + WINDOW <= index + 1:
                self._place(self._waiting.popleft())
        while self._waiting:
            self._place(self._waiting.popleft())
        self._flow.close()
        self._check_length()
        source = self._printer.source(name)
        if not source.blocks:
            raise self._no_text()
        return replace(source, notices=(*source.notices, *self._notices()))

    def _no_text(self) -> ReadingError:
        if len(self._damaged) == self._pdf.pages:
            return ReadingError("reading.pdf_damaged")
        return ReadingError("reading.scan" if self._pictures else "reading.empty")

    def _take(self, index: int, page: OpenPage | None) -> None:
        """Read one page into memory."""
        if page is None:
            self._damaged.append(index + 1)
            return
        words = words_of(page)
        self._outside += words.outside
        letters = sum(len(word.text) for word in words.upright)
        if letters < _SCAN_CHARACTERS or words.unreadable > _UNREADABLE_SHARE * letters:
            if page.has_pictures() or words.unreadable:
                self._without_text.append(index + 1)
                self._pictures = True
            if words.unreadable > _UNREADABLE_SHARE * letters:
                words.upright = []
        tables = self._tables(index, page, words)
        rows = rows_of(words.upright)
        for text in _turned_texts(words.turned):
            self._printer.drop(DropReason.STAMP, text, index + 1)
        self._edges[index] = edges_of(rows, words.low, words.high)
        self._edges.pop(index - 2 * WINDOW - 1, None)
        few = len(rows) <= 2 * EDGE_ROWS and not tables
        self._waiting.append(_Page(index + 1, words.quadrant, rows, tables, few and page.has_pictures()))

    def _tables(self, index: int, page: OpenPage, words: PageWords) -> list[Table]:
        grids: list[Grid] = []
        if words.upright:
            grids, skipped = grids_of(page, words.quadrant)
            if skipped:
                self._without_tables.append(index + 1)
        tables = take_tables(grids, words)
        self._cells += sum(len(table.grid.cells) for table in tables)
        if self._cells > self._limits.table_cells:
            raise ReadingError("reading.table_too_large", limit=self._limits.table_cells)
        return tables

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
        top, bottom = marginal_counts(page.number - 1, self._edges, self._pdf.pages)
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

    def _notices(self) -> list[Notice]:
        notices: list[Notice] = []
        for code, pages in (
            ("reading.pages_without_text", self._without_text),
            ("reading.pages_damaged", self._damaged),
            ("reading.tables_not_read", self._without_tables),
        ):
            if pages:
                notices.append(Notice(code, (("count", str(len(pages))), ("pages", _listed(pages)))))
        if self._outside:
            notices.append(Notice("reading.text_off_page", (("characters", str(self._outside)),)))
        return notices


def _turned_texts(words: list[Word]) -> list[str]:
    """Turned words as runs: one for each stamp."""
    texts: list[str] = []
    run: list[Word] = []
    for word in words:
        if run and word.order > run[-1].order + len(run[-1].text) + 3:
            texts.append(_joined(run))
            run = []
        run.append(word)
    if run:
        texts.append(_joined(run))
    return texts


def _joined(words: list[Word]) -> str:
    return "".join(("" if word.glued or not number else " ") + word.text for number, word in enumerate(words))


def _listed(pages: list[int]) -> str:
    """«1–3, 7»; a long list ends with an ellipsis."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:_PAGES_NAMED]]
    return ", ".join(shown) + (" …" if len(runs) > _PAGES_NAMED else "")
