"""One page of a PDF or of an image file, drawn as people see it. Runs in the parser child only.

Reads: bytes of the file. Writes: ``PagePicture``. The space of a page is that of the boxes of its words (``source``).
"""

from __future__ import annotations

import math

import numpy as np

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.detect import detect_format
from nlp.reading.ocr_images import frames_of, opened, picture_at
from nlp.reading.ocr_picture import Pixels, drawn
from nlp.reading.page_wire import PagePicture, no_such_page
from nlp.reading.pdf_document import open_pdf

_DPI = 144  # twice the points of a page: letters are clear on any screen


def paint(data: bytes, name: str, number: int, limits: Limits) -> PagePicture:
    """Page ``number`` (from 1), of at most ``limits.page_pixels``: a large page is drawn with fewer dots to the inch.

    Raises ``ReadingError``: ``reading.without_pages`` for a format that has none, ``reading.no_such_page``,
    ``reading.page_damaged`` {page}, and what opening the file may raise.
    """
    detected = detect_format(data, name, limits)
    if detected.format == "pdf":
        return _of_pdf(data, number, limits)
    if detected.format == "image":
        return _of_image(data, number, limits)
    raise ReadingError("reading.without_pages")


def _of_pdf(data: bytes, number: int, limits: Limits) -> PagePicture:
    with open_pdf(data, limits) as pdf:
        if not 1 <= number <= pdf.pages:
            raise no_such_page(number, pdf.pages)
        with pdf.page(number - 1) as page:
            if page is None:
                raise ReadingError("reading.page_damaged", page=number)
            coloured, _, to_page = drawn(page, _DPI, limits.page_pixels)
        return _packed(coloured[:, :, ::-1], to_page, pdf.pages)


def _of_image(data: bytes, number: int, limits: Limits) -> PagePicture:
    with opened(data, limits) as image:
        pages = frames_of(image, limits)
        if not 1 <= number <= pages:
            raise no_such_page(number, pages)
        picture = picture_at(image, number - 1, limits)
    if picture is None:
        raise ReadingError("reading.page_damaged", page=number)
    pixels = picture.width * picture.height
    factor = min(_DPI / picture.dpi, math.sqrt(limits.page_pixels / pixels), 1.0)
    width, height = max(int(picture.width * factor), 1), max(int(picture.height * factor), 1)
    if width * height > limits.page_pixels:  # a strip one pixel wide
        width, height = min(width, limits.page_pixels), max(limits.page_pixels // width, 1)
    small = picture if factor == 1.0 else picture.resized(width, height)
    return _packed(small.pixels, small.to_page, pages)


def _packed(pixels: Pixels, to_page: tuple[float, float, float, float, float, float], pages: int) -> PagePicture:
    """Without colours where there are none: a third of the bytes."""
    if pixels.ndim == 3 and (pixels[:, :, :1] == pixels).all():
        pixels = pixels[:, :, 0]
    height, width = pixels.shape[:2]
    channels = 1 if pixels.ndim == 2 else 3
    return PagePicture(width, height, channels, pages, to_page, np.ascontiguousarray(pixels).tobytes())
