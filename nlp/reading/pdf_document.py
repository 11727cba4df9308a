"""An open PDF: pages one after another, everything closed again.

Reads: bytes. Writes: handles of pdfium for ``pdf_words`` and ``pdf_rules``. Only this module opens and closes; at any
time one page is open, so memory does not grow with the number of pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2  # noqa: F401 - starts the library
import pypdfium2.raw as pdfium

from nlp.errors import ReadingError
from nlp.limits import Limits

_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_FORM_DEPTH = 8
_MOST_OBJECTS = 50_000


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Handles of one page; ``width`` and ``height`` of its visible box in points, ``origin`` its lower left corner.

    ``quadrant``: turns by 90° against the clock that the text of an upright page has in the page's own space.
    """

    page: Any
    text: Any
    origin: tuple[float, float]
    width: float
    height: float
    quadrant: int

    def has_pictures(self) -> bool:
        """Whether an image stands on the page."""
        return any(kind == pdfium.FPDF_PAGEOBJ_IMAGE for _, kind, _ in page_objects(self, _MOST_OBJECTS))


class Pdf:
    """An open document."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self.pages: int = pdfium.FPDF_GetPageCount(handle)

    @contextmanager
    def page(self, index: int) -> Iterator[OpenPage | None]:
        """Page ``index`` (from 0) for as long as the context lasts; None for a page that is damaged."""
        page = pdfium.FPDF_LoadPage(self._handle, index)
        text = pdfium.FPDFText_LoadPage(page) if page else None
        try:
            yield _opened(page, text) if page and text else None
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            if page:
                pdfium.FPDF_ClosePage(page)


@contextmanager
def open_pdf(data: bytes, limits: Limits) -> Iterator[Pdf]:
    """The document in ``data``.

    Raises ``ReadingError``: ``reading.encrypted``, ``reading.pdf_damaged``, ``reading.too_many_pages``.
    """
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        locked = pdfium.FPDF_GetLastError() in _LOCKED
        raise ReadingError("reading.encrypted" if locked else "reading.pdf_damaged")
    try:
        pdf = Pdf(handle)
        if pdf.pages < 1:
            raise ReadingError("reading.pdf_damaged")
        if pdf.pages > limits.pages:
            raise ReadingError("reading.too_many_pages", pages=pdf.pages, limit=limits.pages)
        yield pdf
    finally:
        pdfium.FPDF_CloseDocument(handle)


def _opened(page: Any, text: Any) -> OpenPage:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    # The page is shown turned clockwise; its text stands upright when it is turned the other way.
    quadrant = pdfium.FPDFPage_GetRotation(page) % 4
    return OpenPage(page, text, (box.left, box.bottom), box.right - box.left, box.top - box.bottom, quadrant)


def page_objects(page: OpenPage, limit: int) -> Iterator[tuple[Any, int, list[Any]]]:
    """(object, its type, the forms it is nested in) of the page, forms opened; stops after ``limit`` objects."""
    left = limit
    stack: list[tuple[Any, int, int, list[Any]]] = [(None, pdfium.FPDFPage_CountObjects(page.page), 0, [])]
    while stack:
        form, count, at, forms = stack.pop()
        while at < count and left > 0:
            get = pdfium.FPDFFormObj_GetObject(form, at) if form else pdfium.FPDFPage_GetObject(page.page, at)
            at += 1
            left -= 1
            kind = pdfium.FPDFPageObj_GetType(get)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and len(forms) < _FORM_DEPTH:
                stack.append((form, count, at, forms))
                form, count, at, forms = get, pdfium.FPDFFormObj_CountObjects(get), 0, [*forms, get]
                continue
            yield get, kind, forms
