"""A picture of a page → its words: set straight, recognised, turned and recognised again where it lies on its side.

Reads: pictures. Writes: ``ScannedPage``s. Runs in the parser child, which cannot start programs: ``ask`` carries a
question to the parent and brings Tesseract's page back. One picture is held at a time.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.ocr_hocr import lines_of_page, quarters_of
from nlp.reading.ocr_picture import Picture
from nlp.reading.ocr_rules import without_rules
from nlp.reading.ocr_skew import straightened
from nlp.reading.ocr_wire import Kind, Question
from nlp.reading.ocr_words import ScannedPage, page_of

Ask = Callable[[Question], bytes | ReadingError]
_MISSING = "reading.program_missing"


class Recogniser:
    """Recognises the pages of one file.

    ``missing`` is set when Tesseract turned out to be absent: then nothing more is asked. ``pages`` counts the pages
    that were asked about; ``full`` tells that ``limits.ocr_pages`` are used up.
    """

    def __init__(self, ask: Ask, limits: Limits) -> None:
        self._ask = ask
        self._limits = limits
        self.missing: ReadingError | None = None
        self.failure: ReadingError | None = None
        self.pages = 0

    @property
    def dpi(self) -> float:
        """The density at which pages are best rendered."""
        return float(self._limits.ocr_dpi)

    @property
    def most_pixels(self) -> int:
        """Pixels of the largest picture that is asked about."""
        return self._limits.ocr_pixels

    @property
    def limit(self) -> int:
        """Pages of one file that are recognised at most."""
        return self._limits.ocr_pages

    @property
    def full(self) -> bool:
        """Whether no further page will be recognised."""
        return self.missing is not None or self.pages >= self._limits.ocr_pages

    def page(self, picture: Picture) -> ScannedPage | None:
        """The words of a picture; None where nothing could be asked, or Tesseract gave up on it (``failure``)."""
        self.failure = None
        if self.full:
            return None
        self.pages += 1
        picture = straightened(_fitting(picture, self._limits.ocr_pixels))
        found = self._recognised(picture)
        if found is None or not found.quality.hopeless:
            return found
        said = self._said(Kind.TURN, picture)
        quarters = quarters_of(said) if said else 0
        if not quarters:
            return found
        again = self._recognised(straightened(picture.turned(quarters)))
        if again is None or again.quality.better <= found.quality.better:
            return found
        return again

    def _recognised(self, picture: Picture) -> ScannedPage | None:
        picture, grids = without_rules(picture)
        said = self._said(Kind.TEXT, picture)
        return None if said is None else page_of(lines_of_page(said), picture, grids)

    def _said(self, kind: Kind, picture: Picture) -> bytes | None:
        pixels = picture.pixels.tobytes()
        said = self._ask(Question(kind, picture.width, picture.height, round(picture.dpi), pixels))
        if isinstance(said, bytes):
            return said
        if said.code == _MISSING:
            self.missing = said
        elif kind is Kind.TEXT:
            self.failure = said
        return None


def _fitting(picture: Picture, most: int) -> Picture:
    pixels = picture.width * picture.height
    if pixels <= most:
        return picture
    factor = math.sqrt(most / pixels)
    width = min(max(int(picture.width * factor), 1), most)
    return picture.resized(width, min(max(int(picture.height * factor), 1), most // width))
