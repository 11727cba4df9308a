"""Words of one PDF page with their boxes.

Reads: an open page. Writes: ``PageWords``: the words that stand upright, in upright coordinates (the y axis points up),
and apart from them the turned ones (stamps at the margin, watermarks). pdfium is asked for whole text objects; single
characters are looked at only where an object ends inside a word.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from nlp.reading.pdf_document import OpenPage

HYPHEN = "\x02"  # what pdfium gives for a hyphen at the end of a line
UNREADABLE = "\ufffd"

_NO_LETTERS = re.compile("[\ufffd\ue000-\uf8ff]")  # private characters: glyph numbers of a font that names no letters
_WORD = re.compile("[^\\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_TURNED = math.radians(6)  # lines of recognised scans lean a little
_UPRIGHT_SHARE = 0.2
_SMALL = 0.86  # of the neighbour's size: may be a superscript
_RAISED = (0.12, 0.75)  # of the neighbour's size
_BESIDE = 0.4  # of the neighbour's size
_SAME = 0.3  # of the size: a word printed twice to look bold
_BOLD_WEIGHT = 600

# The declared function wraps every object in a new pointer; the address alone tells whether two are the same.
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


class Word:
    """A run of characters without a blank. ``glued``: no blank stands between it and the word before it.

    ``page_box``: its box in the page's own space, where turning by quarters does not lead there (scans that lean).
    """

    __slots__ = ("base", "bold", "glued", "order", "page_box", "raised", "size", "text", "x0", "x1", "y0", "y1")

    def __init__(
        self,
        text: str,
        box: tuple[float, float, float, float],
        base: float,
        size: float,
        bold: bool,
        order: int,
        glued: bool,
    ) -> None:
        self.text = text
        self.x0, self.y0, self.x1, self.y1 = box
        self.base = base
        self.size = size
        self.bold = bold
        self.order = order
        self.glued = glued
        self.raised = False
        self.page_box: tuple[float, float, float, float] | None = None


@dataclass(slots=True)
class PageWords:
    """``quadrant``: turns by 90° between upright coordinates and the page's own space (``to_page``)."""

    quadrant: int
    upright: list[Word]
    turned: list[Word] = field(default_factory=list)
    unreadable: int = 0  # characters whose meaning the font does not tell
    outside: int = 0  # characters beyond the edge of the page
    low: float = 0.0  # lower and upper edge of the page, in upright coordinates
    high: float = 0.0


@dataclass(slots=True)
class _Run:
    """What all characters of one text object share. ``quadrant`` is -1 for text that leans."""

    size: float
    bold: bool
    quadrant: int


def turn(quadrant: int, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own space in upright coordinates."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quadrant]


def to_page(quadrant: int, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box in upright coordinates → the page's own space."""
    if quadrant == 0:
        return box
    a, b = turn(-quadrant % 4, box[0], box[1]), turn(-quadrant % 4, box[2], box[3])
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def words_of(page: OpenPage) -> PageWords:
    """All words of a page, upright ones in the order of the file."""
    reader = _PageReader(page)
    by_quadrant: dict[int, list[Word]] = reader.words()
    main = _main_quadrant(by_quadrant, page.quadrant)
    upright = by_quadrant.pop(main, [])
    turned = sorted((word for words in by_quadrant.values() for word in words), key=lambda word: word.order)
    if main:
        for word in upright:
            _turn_word(word, main)
    result = PageWords(main, upright, turned, reader.unreadable)
    _drop_outside(result, page)
    _find_raised(result.upright)
    return result


class _PageReader:
    """One pass over the characters of a page."""

    def __init__(self, page: OpenPage) -> None:
        self._page = page
        self._handle = page.text
        self._address = ctypes.cast(page.text, ctypes.c_void_p).value
        self._runs: dict[int | None, _Run] = {}
        self._rect = pdfium.FS_RECTF()
        self._x = ctypes.c_double()
        self._y = ctypes.c_double()
        self._rect_ref = ctypes.byref(self._rect)
        self._x_ref = ctypes.byref(self._x)
        self._y_ref = ctypes.byref(self._y)
        self.unreadable = 0

    def words(self) -> dict[int, list[Word]]:
        """Words by the quadrant they stand in."""
        text = _page_text(self._handle)
        self.unreadable = len(_NO_LETTERS.findall(text))
        found: dict[int, list[Word]] = {}
        end = -1
        for match in _WORD.finditer(text):
            start = match.start()
            for left, right, run in self._pieces(start, match.end()):
                piece = text[left:right]
                word = self._word(piece, left, right, run, left == end)
                if word is not None:
                    found.setdefault(run.quadrant, []).append(word)
                    end = -1 if piece[-1] == HYPHEN else right
        return found

    def _pieces(self, start: int, end: int) -> list[tuple[int, int, _Run]]:
        """Parts of a word, each from one text object."""
        first = _object_at(self._address, start)
        if end - start == 1 or _object_at(self._address, end - 1) == first:
            return [(start, end, self._run(first, start))]
        pieces: list[tuple[int, int, _Run]] = []
        at = start
        for index in range(start + 1, end):
            other = _object_at(self._address, index)
            if other != first:
                pieces.append((at, index, self._run(first, at)))
                at, first = index, other
        pieces.append((at, end, self._run(first, at)))
        return pieces

    def _run(self, key: int | None, index: int) -> _Run:
        run = self._runs.get(key)
        if run is None:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self._handle, index, matrix)
            size = pdfium.FPDFText_GetFontSize(self._handle, index) * math.hypot(matrix.c, matrix.d)
            run = _Run(size or 1.0, self._is_bold(index), _quadrant(matrix.a, matrix.b))
            self._runs[key] = run
        return run

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._handle, index) >= _BOLD_WEIGHT:
            return True
        buffer = (ctypes.c_char * 128)()
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self._handle, index, buffer, 128, ctypes.byref(flags))
        return 0 < length <= 128 and b"bold" in buffer.value.lower()

    def _word(self, text: str, start: int, end: int, run: _Run, glued: bool) -> Word | None:
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._handle, start, self._rect_ref):
            return None
        x0, y0, x1, y1 = rect.left, rect.bottom, rect.right, rect.top
        if end - start > 1 and pdfium.FPDFText_GetLooseCharBox(self._handle, end - 1, self._rect_ref):
            x0, y0 = min(x0, rect.left), min(y0, rect.bottom)
            x1, y1 = max(x1, rect.right), max(y1, rect.top)
        pdfium.FPDFText_GetCharOrigin(self._handle, start, self._x_ref, self._y_ref)
        if not all(map(math.isfinite, (x0, y0, x1, y1, self._y.value, run.size))):
            return None
        base = self._y.value if run.quadrant <= 0 else turn(run.quadrant, self._x.value, self._y.value)[1]
        return Word(text, (x0, y0, x1, y1), base, run.size, run.bold, start, glued)


def _page_text(handle: Any) -> str:
    """The characters of the page: one for each index that pdfium counts."""
    count = pdfium.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    if got == count + 1:
        text = bytes(buffer)[:-2].decode("utf-16-le", "replace")
        if len(text) == count:
            return text.replace("\ufffe", HYPHEN)
    return "".join(_readable(pdfium.FPDFText_GetUnicode(handle, index)) for index in range(count))


def _readable(code: int) -> str:
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return UNREADABLE
    return HYPHEN if code == 0xFFFE else chr(code)


def _quadrant(a: float, b: float) -> int:
    angle = math.atan2(b, a)
    turns = round(angle / (math.pi / 2))
    return turns % 4 if abs(angle - turns * math.pi / 2) <= _TURNED else -1


def _main_quadrant(words: dict[int, list[Word]], upright: int) -> int:
    """How the text of the page stands: as the page is shown, unless almost all of it is turned."""
    counts = Counter({q: sum(len(word.text) for word in found) for q, found in words.items() if q >= 0})
    total = sum(counts.values())
    if not total or counts[upright] >= _UPRIGHT_SHARE * total:
        return upright
    best, count = counts.most_common(1)[0]
    return best if count >= 200 else upright


def _turn_word(word: Word, quadrant: int) -> None:
    a, b = turn(quadrant, word.x0, word.y0), turn(quadrant, word.x1, word.y1)
    word.x0, word.x1 = min(a[0], b[0]), max(a[0], b[0])
    word.y0, word.y1 = min(a[1], b[1]), max(a[1], b[1])


def _drop_outside(found: PageWords, page: OpenPage) -> None:
    left, bottom = page.origin
    a = turn(found.quadrant, left, bottom)
    b = turn(found.quadrant, left + page.width, bottom + page.height)
    x0, x1, y0, y1 = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
    found.low, found.high = y0, y1
    kept: list[Word] = []
    for word in found.upright:
        if x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.y0 + word.y1) / 2 <= y1:
            kept.append(word)
        else:
            found.outside += len(word.text)
    found.upright = kept


def _find_raised(words: list[Word]) -> None:
    """Small words above the base line of a neighbour are superscripts: they get the neighbour's base line."""
    for position, word in enumerate(words):
        before = words[position - 1] if position else None
        if before is not None and _raises(word, before, word.x0 - before.x1):
            word.raised, word.base = True, before.base
            continue
        after = words[position + 1] if position + 1 < len(words) else None
        if after is not None and _raises(word, after, after.x0 - word.x1):
            word.raised, word.base = True, after.base


def _raises(word: Word, other: Word, gap: float) -> bool:
    if other.raised and word.size <= other.size * 1.05:  # a second piece of the same superscript
        return abs(gap) < 0.1 * word.size and word.y0 > other.base
    size = other.size
    if word.size >= _SMALL * size:
        return False
    return _RAISED[0] * size <= word.base - other.base <= _RAISED[1] * size and -_SAME * size < gap < _BESIDE * size
