"""What Tesseract saw, from the page it writes (hOCR 1.2 with boxes of characters).

Reads: bytes of hOCR. Writes: ``ScannedLine``s in its order. The page was made from a hostile picture: whatever does not
look as expected is passed over, nothing is raised.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_PIECE = re.compile(
    r"<span class='(?P<line>ocr_line|ocr_header|ocr_caption|ocr_textfloat)'[^>]* title=\"(?P<line_title>[^\"]*)\""
    r"|<span class='(?P<word>ocrx_word)'[^>]* title='(?P<word_title>[^']*)'"
    r"|<span class='(?P<char>ocrx_cinfo)' title='(?P<char_title>[^']*)'>(?P<text>[^<]*)<"
)
_BOX = re.compile(r"x?_?bbox(?:es)? (\d{1,6}) (\d{1,6}) (\d{1,6}) (\d{1,6})")
_BASE = re.compile(r"baseline (-?\d{1,4}(?:\.\d{1,9})?) (-?\d{1,5}(?:\.\d{1,9})?)")
_SIZE = re.compile(r"x_size (\d{1,5}(?:\.\d{1,9})?)")
_ANGLE = re.compile(r"textangle (-?\d{1,3})")
_CONFIDENCE = re.compile(r"x_wconf (\d{1,3})")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels, y growing downwards."""


@dataclass(frozen=True, slots=True)
class ScannedChar:
    """One character (or what Tesseract took for one)."""

    text: str
    box: Box


@dataclass(slots=True)
class ScannedWord:
    """``confidence``: 0 to 100."""

    box: Box
    confidence: int
    chars: list[ScannedChar]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(char.text for char in self.chars)


@dataclass(slots=True)
class ScannedLine:
    """``slope`` and ``offset`` give the base line from the lower left corner of the box; ``turned`` lines stand upright
    only when the page is turned."""

    box: Box
    slope: float
    offset: float
    size: float
    turned: bool
    words: list[ScannedWord]

    def base(self, x: float) -> float:
        """The base line at ``x``, in pixels from the top."""
        return self.box[3] + self.offset + self.slope * (x - self.box[0])


def lines_of_page(page: bytes) -> list[ScannedLine]:
    """All lines with at least one word."""
    lines: list[ScannedLine] = []
    for piece in _PIECE.finditer(page.decode("utf-8", "replace")):
        if piece["line"]:
            lines.extend(_line(piece["line_title"]))
        elif piece["word"] and lines:
            lines[-1].words.extend(_word(piece["word_title"]))
        elif piece["char"] and lines and lines[-1].words:
            box = _box(piece["char_title"])
            text = _CONTROL.sub("", html.unescape(piece["text"]))
            if box and text:
                lines[-1].words[-1].chars.append(ScannedChar(text, box))
    for line in lines:
        line.words = [word for word in line.words if word.chars]
    return [line for line in lines if line.words]


def _line(title: str) -> list[ScannedLine]:
    box, base, size, angle = _box(title), _BASE.search(title), _SIZE.search(title), _ANGLE.search(title)
    if box is None:
        return []
    slope, offset = (float(base[1]), float(base[2])) if base else (0.0, 0.0)
    height = float(size[1]) if size else float(box[3] - box[1])
    turned = angle is not None and int(angle[1]) % 360 != 0
    return [ScannedLine(box, slope, offset, max(height, 1.0), turned, [])]


def _word(title: str) -> list[ScannedWord]:
    box, confidence = _box(title), _CONFIDENCE.search(title)
    if box is None:
        return []
    return [ScannedWord(box, min(int(confidence[1]), 100) if confidence else 0, [])]


def _box(title: str) -> Box | None:
    found = _BOX.search(title)
    if found is None:
        return None
    x0, y0, x1, y1 = (int(figure) for figure in found.groups())
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def quarters_of(said: bytes) -> int:
    """Quarters against the clock by which a page must be turned, as Tesseract judged its script; 0 where unsure."""
    rotate = re.search(rb"^Rotate: (0|90|180|270)\s*$", said, re.MULTILINE)
    sure = re.search(rb"^Orientation confidence: (\d{1,4})", said, re.MULTILINE)
    if rotate is None or sure is None or int(sure[1]) < _SURE:
        return 0
    return -int(rotate[1]) // 90 % 4


_SURE = 2
