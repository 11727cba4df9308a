"""PDF files → SourceText.

Reads: bytes of a PDF. Writes: blocks in reading order with the page and the box of every word. Turned stamps, headers,
footers and page numbers are set aside; pages in two columns come out as two runs of blocks, the left column first
(``BlockStyle.column``); ruled tables come out as cells. Pages without a text layer are recognised (``ocr_scans``).
"""

from __future__ import annotations

from dataclasses import replace

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.ocr_page import Recogniser
from nlp.reading.ocr_scans import Scans, has_no_text, is_scan, is_unreadable
from nlp.reading.ocr_words import ScannedPage
from nlp.reading.pdf_document import OpenPage, Pdf, open_pdf
from nlp.reading.pdf_pages import Pages, listed
from nlp.reading.pdf_rules import Grid, grids_of
from nlp.reading.pdf_tables import Table, take_tables
from nlp.reading.pdf_words import PageWords, Word, words_of
from nlp.reading.source import DropReason, Notice, SourceText


def read_pdf(
    data: bytes, name: str = "", limits: Limits | None = None, recogniser: Recogniser | None = None
) -> SourceText:
    """Read a PDF; pages that are pictures are recognised where there is a ``recogniser``.

    Raises ``ReadingError``: ``reading.encrypted``, ``reading.pdf_damaged``, ``reading.too_many_pages``,
    ``reading.scan`` (no page has text), ``reading.program_missing`` (the same, and Tesseract is absent),
    ``reading.empty``, ``reading.too_long``, ``reading.table_too_large``.
    """
    limits = limits or Limits()
    with open_pdf(data, limits) as pdf:
        return _Reader(pdf, limits, recogniser).read(name)


class _Reader:
    """One pass over the pages."""

    def __init__(self, pdf: Pdf, limits: Limits, recogniser: Recogniser | None) -> None:
        self._pdf = pdf
        self._limits = limits
        self._pages = Pages(pdf.pages, limits)
        self._scans = Scans(recogniser)
        self._damaged: list[int] = []
        self._without_tables: list[int] = []
        self._outside = 0
        self._cells = 0

    def read(self, name: str) -> SourceText:
        """All pages."""
        for index in range(self._pdf.pages):
            with self._pdf.page(index) as page:
                self._take(index, page)
            self._pages.place(index + 1)
        source = self._pages.finish(name, "pdf")
        if not source.blocks:
            raise self._no_text()
        return replace(source, notices=(*source.notices, *self._notices()))

    def _no_text(self) -> ReadingError:
        if len(self._damaged) == self._pdf.pages:
            return ReadingError("reading.pdf_damaged")
        return self._scans.error() or ReadingError("reading.empty")

    def _take(self, index: int, page: OpenPage | None) -> None:
        """Read one page into memory."""
        if page is None:
            self._damaged.append(index + 1)
            return
        words = words_of(page)
        scanned = self._scans.read(page, index + 1) if is_scan(page, words) else None
        if scanned is not None:
            words = scanned.words
            for text in scanned.aside:
                self._pages.drop(DropReason.STAMP, text, index + 1)
        elif has_no_text(words):
            if page.has_pictures() or words.unreadable:
                self._scans.unread(index + 1)
            if is_unreadable(words):
                words.upright = []
        self._outside += words.outside
        tables = self._tables(index, page, words, scanned)
        for text in _turned_texts(words.turned):
            self._pages.drop(DropReason.STAMP, text, index + 1)
        if self._pages.take(index + 1, words, tables) and page.has_pictures():
            self._pages.pictures()

    def _tables(self, index: int, page: OpenPage, words: PageWords, scanned: ScannedPage | None) -> list[Table]:
        grids: list[Grid] = []
        if scanned is not None:
            grids = scanned.grids
        elif words.upright:
            grids, skipped = grids_of(page, words.quadrant)
            if skipped:
                self._without_tables.append(index + 1)
        tables = take_tables(grids, words)
        self._cells += sum(len(table.grid.cells) for table in tables)
        if self._cells > self._limits.table_cells:
            raise ReadingError("reading.table_too_large", limit=self._limits.table_cells)
        return tables

    def _notices(self) -> list[Notice]:
        notices = self._scans.notices()
        for code, pages in (
            ("reading.pages_damaged", self._damaged),
            ("reading.tables_not_read", self._without_tables),
        ):
            if pages:
                notices.append(Notice(code, (("count", str(len(pages))), ("pages", listed(pages)))))
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
