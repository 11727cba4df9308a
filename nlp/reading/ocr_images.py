"""Image files (PNG, JPEG, BMP, TIFF of many pages) → SourceText.

Reads: bytes of an image. Writes: blocks as of a scanned PDF. A page's own space is measured in points from the lower
left corner of the image as it is shown. Runs in the parser child; one page is decoded at a time.
"""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.ocr_page import Recogniser
from nlp.reading.ocr_picture import Picture, grey_of, picture_of
from nlp.reading.ocr_scans import Scans
from nlp.reading.pdf_pages import Pages, listed
from nlp.reading.pdf_tables import take_tables
from nlp.reading.source import DropReason, Notice, SourceText

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "BMP", "TIFF")
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, AttributeError)
_DAMAGED_TOO = (struct.error, ZeroDivisionError, OverflowError, NotImplementedError, RuntimeError, AssertionError)
_LEAST_DPI, _MOST_DPI = 70.0, 1300.0
_LONG_SIDES = (5.0, 24.0)  # inches: of pages that are scanned; other sizes are not believed
_A4 = 11.7  # inches
_NEAR = 1.25  # times the density wanted: near enough


def read_image(
    data: bytes, name: str = "", limits: Limits | None = None, recogniser: Recogniser | None = None
) -> SourceText:
    """Read the text of an image.

    Raises ``ReadingError``: ``reading.image_damaged``, ``reading.image_too_large`` {pixels, limit} (in millions),
    ``reading.too_many_pages``, ``reading.program_missing``, ``reading.image_without_text``, ``reading.too_long``; the
    code of Tesseract's failure where no page could be recognised.
    """
    limits = limits or Limits()
    scans = Scans(recogniser)
    damaged: list[int] = []
    with opened(data, limits) as image:
        total = frames_of(image, limits)
        pages = Pages(total, limits)
        for number in range(1, total + 1):
            if recogniser is None or recogniser.full:
                scans.unread(number)
                continue
            picture = picture_at(image, number - 1, limits)
            if picture is None:
                damaged.append(number)
                continue
            _take(pages, scans, recogniser, picture, number)
    if len(damaged) == total:
        raise ReadingError("reading.image_damaged")
    source = pages.finish(name, "image")
    if not source.blocks:
        error = scans.error()
        raise error if error and error.code != "reading.scan" else ReadingError("reading.image_without_text")
    notices = scans.notices()
    if damaged:
        notices.append(Notice("reading.pages_damaged", (("count", str(len(damaged))), ("pages", listed(damaged)))))
    return replace(source, notices=(*source.notices, *notices))


def _take(pages: Pages, scans: Scans, recogniser: Recogniser, picture: Picture, number: int) -> None:
    scanned = scans.note(number, recogniser.page(picture))
    if scanned is None:
        scans.unread(number)
        return
    for text in scanned.aside:
        pages.drop(DropReason.STAMP, text, number)
    pages.take(number, scanned.words, take_tables(scanned.grids, scanned.words))
    pages.place(number)


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """The image, its pixels not yet decoded.

    Raises ``ReadingError``: ``reading.image_damaged``, ``reading.image_too_large``.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the bound is ours, with a message of ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about odd metadata, to nobody
        try:
            image = Image.open(BytesIO(data), formats=FORMATS)
        except (*_DAMAGED, *_DAMAGED_TOO):
            raise ReadingError("reading.image_damaged") from None
        with image:
            _check_size(image, limits)
            yield image


def frames_of(image: Image.Image, limits: Limits) -> int:
    """How many pages it has; raises ``ReadingError`` ``reading.image_damaged``, ``reading.too_many_pages``."""
    try:
        total = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except (*_DAMAGED, *_DAMAGED_TOO):
        raise ReadingError("reading.image_damaged") from None
    if total > limits.pages:
        raise ReadingError("reading.too_many_pages", pages=total, limit=limits.pages)
    return max(total, 1)


def picture_at(image: Image.Image, index: int, limits: Limits, dpi: float = 0.0) -> Picture | None:
    """Page ``index`` (from 0) of an image, ``dpi`` its density where that is known better than by itself.

    None where it is damaged; raises ``ReadingError`` ``reading.image_too_large``.
    """
    try:
        if image.format == "TIFF":
            image.seek(index)
        _check_size(image, limits)
        image.load()
        return _picture(image, limits, dpi or _dpi(image))
    except (*_DAMAGED, *_DAMAGED_TOO):
        return None


def _check_size(image: Image.Image, limits: Limits) -> None:
    pixels = image.width * image.height
    if pixels > limits.image_pixels:
        found, most = math.ceil(pixels / 10**6), limits.image_pixels // 10**6
        raise ReadingError("reading.image_too_large", pixels=found, limit=most)


def _picture(image: Image.Image, limits: Limits, dpi: float) -> Picture:
    from PIL import Image, ImageOps

    wanted = limits.ocr_dpi
    factor = wanted / dpi if not 1 / _NEAR <= wanted / dpi <= _NEAR else 1.0
    factor = min(factor, math.sqrt(limits.ocr_pixels / (image.width * image.height)))
    shown = ImageOps.exif_transpose(image)
    if shown.mode.startswith(("I", "F")):
        shown = _eight_bits(shown)
    if shown.mode in ("1", "P"):
        shown = shown.convert("L" if shown.mode == "1" else "RGBA")
    if factor < 1:
        size = (max(int(shown.width * factor), 1), max(int(shown.height * factor), 1))
        shown = shown.resize(size, Image.Resampling.BOX)
        dpi *= factor
    if shown.mode in ("RGBA", "LA", "PA"):
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown.convert("RGBA"))
        shown = paper.convert("RGB")
    grey = np.asarray(shown) if shown.mode == "L" else grey_of(np.asarray(shown.convert("RGB")))
    picture = picture_of(np.ascontiguousarray(grey), dpi)
    return picture.scaled(factor) if factor > 1 else picture


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of sixteen bits, or of whole or broken numbers up to 255 or 65535."""
    from PIL import Image

    values = np.asarray(image)
    divisor = 257 if int(values.max(initial=0)) > 255 else 1
    return Image.fromarray(np.clip(values // divisor, 0, 255).astype(np.uint8))


def _dpi(image: Image.Image) -> float:
    """What the file says of its density, where pages have the size that follows; else that of a page of A4."""
    long_side = max(image.size)
    said = image.info.get("dpi")
    if isinstance(said, tuple) and len(said) == 2:
        across, down = (float(value) for value in said)
        even = _LEAST_DPI <= across <= _MOST_DPI and abs(across - down) < 1
        if even and _LONG_SIDES[0] <= long_side / across <= _LONG_SIDES[1]:
            return across
    return max(long_side / _A4, 1.0)
