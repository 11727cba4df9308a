"""Words of a page → visual rows, from the top down, each from left to right.

Reads: upright words (``pdf_words``). Writes: ``Row``; its ``text`` is what a reader sees, superscript figures included.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from nlp.reading.pdf_words import HYPHEN, Word

_ROW = 0.3  # of the size: base lines closer than this are one row
_GLUE = 0.12  # of the size: closer words are one word
_RAISED_GLUE = 0.35
_SUPERSCRIPTS = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_FIGURES = re.compile(r"([0-9]+(?:[-–][0-9]+)?)([.,;:)»\"]*)")  # a mark may be raised along with the figure
_WIDE_GAP = 1.7  # of the usual gap between spaced letters: the gap between two spaced words


class Row:
    """Words on one base line. ``text`` and the spans of its words are made once, when first asked for."""

    __slots__ = ("_spans", "_text", "base", "size", "words", "x0", "x1")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.base = words[0].base
        self.size = max(word.size for word in words)
        self.x0 = min(word.x0 for word in words)
        self.x1 = max(word.x1 for word in words)
        self._text = ""
        self._spans: list[tuple[int, int]] = []

    @property
    def middle(self) -> float:
        """Half the height of its small letters."""
        return self.base + 0.25 * self.size

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        self._print()
        return self._text

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in ``text``."""
        self._print()
        return self._spans

    @property
    def hyphen(self) -> bool:
        """Whether the row ends inside a word, as far as a hyphen shows."""
        text = self.text
        return len(text) > 1 and text[-1] == "-" and text[-2].isalnum()

    def _print(self) -> None:
        if self._text:
            return
        pieces: list[str] = []
        length = 0
        before: Word | None = None
        spaced = _letter_gap(self.words)
        for word in self.words:
            if before is not None:
                blank = _blank(before, word, spaced)
                pieces.append(blank)
                length += len(blank)
            text = _printed(word)
            self._spans.append((length, length + len(text)))
            pieces.append(text)
            length += len(text)
            before = word
        self._text = "".join(pieces)


def rows_of(words: list[Word]) -> list[Row]:
    """Rows from the top down; words that differ a little in their base line are one row."""
    rows: list[list[Word]] = []
    base = size = 0.0
    for word in sorted(words, key=lambda word: (-word.base, word.x0)):
        if rows and base - word.base <= _ROW * min(size, word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
            base, size = word.base, word.size
    return [Row(_in_order(row)) for row in rows]


def _in_order(words: list[Word]) -> list[Word]:
    """From left to right, without what was printed twice to look bold."""
    words.sort(key=lambda word: word.x0)
    kept: list[Word] = []
    for word in words:
        twin = kept and kept[-1].text == word.text and abs(kept[-1].x0 - word.x0) < _ROW * word.size
        if not twin:
            kept.append(word)
    return kept


def _printed(word: Word) -> str:
    text = word.text
    if text[-1] == HYPHEN:
        text = text[:-1] + "-"
    if word.raised and (figures := _FIGURES.fullmatch(text)):
        return figures[1].translate(_SUPERSCRIPTS) + figures[2]
    return text


def _blank(before: Word, word: Word, spaced: float) -> str:
    size = max(before.size, word.size)
    gap = word.x0 - before.x1
    if word.raised and gap < _RAISED_GLUE * size:
        return ""
    if word.glued and word.order == before.order + len(before.text) and gap < size:
        return ""
    if gap < _GLUE * size:  # also where pdfium made up a blank
        return ""
    return "  " if spaced and gap > _WIDE_GAP * spaced else " "


def _letter_gap(words: list[Word]) -> float:
    """The usual gap between single letters of a row in which words are spaced out; 0 where none are."""
    gaps = [
        after.x0 - before.x1
        for before, after in pairwise(words)
        if len(before.text) == 1 and len(after.text) == 1 and before.text.isalpha() and after.text.isalpha()
    ]
    return median(gaps) if len(gaps) >= 2 else 0.0
