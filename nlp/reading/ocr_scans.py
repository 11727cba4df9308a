"""Which pages of a PDF are scans, what became of them, and what the user is told.

Reads: open pages. Writes: ``ScannedPage``s and notices. Poor pages are given like all others, but named: a person must
compare them with the scan.
"""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from nlp.errors import ReadingError
from nlp.reading.ocr_page import Recogniser
from nlp.reading.ocr_picture import rendered
from nlp.reading.ocr_quality import Quality
from nlp.reading.ocr_words import ScannedPage
from nlp.reading.pdf_document import OpenPage, page_objects
from nlp.reading.pdf_pages import listed
from nlp.reading.pdf_words import PageWords
from nlp.reading.source import Notice

_SCAN_CHARACTERS = 12  # a page with fewer letters has no text layer to speak of
_STAMP_CHARACTERS = 300  # so much may be stamped in type on a scan
_SCAN_AREA = 0.5  # of the page, covered by one picture
_UNREADABLE_SHARE = 0.3
_MOST_OBJECTS = 5_000


def has_no_text(words: PageWords) -> bool:
    """Whether a page has no text layer to speak of, or one that cannot be read."""
    return _letters(words) < _SCAN_CHARACTERS or is_unreadable(words)


def is_unreadable(words: PageWords) -> bool:
    """Whether the fonts do not tell what their characters mean."""
    return words.unreadable > _UNREADABLE_SHARE * _letters(words)


def is_scan(page: OpenPage, words: PageWords) -> bool:
    """Whether a page must be recognised: a picture without text, or with no more text than a stamp."""
    if has_no_text(words):
        return bool(words.unreadable) or page.has_pictures()
    return _letters(words) < _STAMP_CHARACTERS and _largest_picture(page) >= _SCAN_AREA


def _letters(words: PageWords) -> int:
    return sum(len(word.text) for word in words.upright)


def _largest_picture(page: OpenPage) -> float:
    """The share of the page that its largest picture covers; pictures inside of forms are passed over."""
    area = page.width * page.height
    found = 0.0
    for obj, kind, forms in page_objects(page, _MOST_OBJECTS):
        if kind != pdfium.FPDF_PAGEOBJ_IMAGE or forms or area <= 0:
            continue
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetBounds(obj, *map(ctypes.byref, (left, bottom, right, top))):
            found = max(found, (right.value - left.value) * (top.value - bottom.value) / area)
    return found


class Scans:
    """The scans of one file."""

    def __init__(self, recogniser: Recogniser | None) -> None:
        self._recogniser = recogniser
        self._unread: list[int] = []
        self._beyond: list[int] = []
        self._failed: list[int] = []
        self._read: list[int] = []
        self._poor: list[tuple[int, Quality]] = []
        self._mended = 0

    def read(self, page: OpenPage, number: int) -> ScannedPage | None:
        """Recognise page ``number`` (from 1) of a PDF; None where that was not possible."""
        recogniser = self._recogniser
        if recogniser is None:
            return None
        picture = None if recogniser.full else rendered(page, recogniser.dpi, recogniser.most_pixels)
        return self.note(number, recogniser.page(picture) if picture else None)

    def note(self, number: int, scanned: ScannedPage | None) -> ScannedPage | None:
        """Keep in mind what became of a page."""
        if scanned is None:
            return None
        self._read.append(number)
        self._mended += scanned.mended
        if scanned.quality.poor:
            self._poor.append((number, scanned.quality))
        return scanned

    def unread(self, number: int) -> None:
        """Keep in mind that a page stays without text."""
        recogniser = self._recogniser
        if recogniser is not None and recogniser.failure:
            self._failed.append(number)
        elif recogniser is not None and recogniser.full and not recogniser.missing:
            self._beyond.append(number)
        else:
            self._unread.append(number)

    def error(self) -> ReadingError | None:
        """What to tell of a file without any text: why its scans gave none."""
        if self._recogniser is not None and self._recogniser.missing:
            return self._recogniser.missing
        if self._recogniser is not None and self._recogniser.failure:
            return self._recogniser.failure
        return ReadingError("reading.scan") if self._unread or self._beyond or self._read else None

    def notices(self) -> list[Notice]:
        """What the user should know."""
        notices: list[Notice] = []
        if self._read:
            notices.append(_pages("reading.recognised", self._read, mended=self._mended))
        for number, quality in self._poor:
            notices.append(Notice("reading.ocr_poor_page", (("page", str(number)), *quality.shares)))
        if self._unread and self._recogniser is not None and self._recogniser.missing:
            packages = self._recogniser.missing.params["packages"]
            notices.append(_pages("reading.ocr_missing", self._unread, packages=packages))
        elif self._unread:
            notices.append(_pages("reading.pages_without_text", self._unread))
        if self._failed:
            notices.append(_pages("reading.pages_not_recognised", self._failed))
        if self._beyond and self._recogniser is not None:
            notices.append(_pages("reading.ocr_pages_over", self._beyond, limit=self._recogniser.limit))
        return notices


def _pages(code: str, pages: list[int], **params: object) -> Notice:
    further = tuple((key, str(value)) for key, value in params.items())
    return Notice(code, (("count", str(len(pages))), ("pages", listed(pages)), *further))
