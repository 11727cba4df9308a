"""Boxes of single characters, by the ink itself.

Reads: a recognised word and the pixels of its page. Writes: the word with better boxes. Tesseract's boxes of characters
slip by one now and then; figures, hyphens and brackets are each one piece of ink, so that as many of them as stand at
the beginning of a word can be counted off from the left.
"""

from __future__ import annotations

import numpy as np

from nlp.reading.ocr_hocr import Box, ScannedChar, ScannedWord
from nlp.reading.ocr_picture import Pixels

_ONE_PIECE = frozenset("0123456789-–()[].,/")
_LEAST_INK = 3  # pixels
_LEAST_CONTRAST = 40


def refine(word: ScannedWord, pixels: Pixels) -> None:
    """Set the boxes of the figures at the beginning of a word; nothing where ink and characters do not agree."""
    count = next((at for at, char in enumerate(word.chars) if char.text not in _ONE_PIECE), len(word.chars))
    if not any(char.text.isdigit() for char in word.chars[:count]):
        return
    pieces = _pieces(word.box, pixels)
    whole = count == len(word.chars)
    if (len(pieces) != count) if whole else (len(pieces) <= count):
        return
    for at in range(count):
        word.chars[at] = ScannedChar(word.chars[at].text, pieces[at])


def _pieces(box: Box, pixels: Pixels) -> list[Box]:
    """Ink parted by empty columns, from left to right."""
    x0, y0, x1, y1 = box
    part = pixels[y0:y1, x0:x1]
    if not part.size or int(part.max()) - int(part.min()) < _LEAST_CONTRAST:
        return []
    dark = part < (int(part.max()) + int(part.min())) / 2
    columns = np.concatenate(([False], dark.any(axis=0), [False]))
    edges = np.flatnonzero(np.diff(columns.astype(np.int8)))
    found: list[Box] = []
    for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        piece = dark[:, left:right]
        if int(piece.sum()) >= _LEAST_INK:
            rows = np.flatnonzero(piece.any(axis=1))
            found.append((x0 + left, y0 + int(rows[0]), x0 + right, y0 + int(rows[-1]) + 1))
    return found
