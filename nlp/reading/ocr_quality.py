"""How well a page was recognised.

Reads: words with the confidence of Tesseract. Writes: ``Quality``. Confidence alone is not to be trusted (a page read
upside down is often recognised with some); words that no dictionary of the two languages knows are the second witness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nlp import language

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEAST_LETTERS = 3
_POOR_CONFIDENCE = 80
_POOR_KNOWN = 0.80
_DOUBTFUL_CONFIDENCE = 60
_MOST_DOUBTFUL = 0.02  # of the words; clean pages have none, a stamp over the text makes three or four in a hundred
_FEW_DOUBTFUL = 3
_HOPELESS_CONFIDENCE = 60
_HOPELESS_KNOWN = 0.50
_FEW_WORDS = 8  # fewer tell nothing


@dataclass(frozen=True, slots=True)
class Quality:
    """``confidence``: mean of Tesseract's, 0 to 100, by characters; ``known``: share of words in a dictionary.

    ``doubtful``: words of low confidence among all that have letters or figures (``pieces``).
    """

    characters: int
    confidence: float
    words: int
    known: float
    pieces: int = 0
    doubtful: int = 0

    @property
    def poor(self) -> bool:
        """Whether the page must be read by a person word by word."""
        if not self.characters:
            return False
        if self.doubtful >= _FEW_DOUBTFUL and self.doubtful > _MOST_DOUBTFUL * self.pieces:
            return True
        return self.confidence < _POOR_CONFIDENCE or (self.words >= _FEW_WORDS and self.known < _POOR_KNOWN)

    @property
    def hopeless(self) -> bool:
        """Whether the page was probably not read at all: turned, or no text."""
        if self.words < _FEW_WORDS:
            return True
        return self.confidence < _HOPELESS_CONFIDENCE or self.known < _HOPELESS_KNOWN

    @property
    def shares(self) -> tuple[tuple[str, str], ...]:
        """What a notice says: confidence, words of low confidence, words in a dictionary, all in per cent."""
        doubtful = 100 * self.doubtful / max(self.pieces, 1)
        return (
            ("confidence", f"{self.confidence:.0f}"),
            ("doubtful", f"{doubtful:.0f}"),
            ("known", f"{100 * self.known:.0f}"),
        )

    @property
    def better(self) -> float:
        """A figure to compare two readings of one page by."""
        return self.words * self.known * self.confidence


def quality_of(words: Iterable[tuple[str, int]]) -> Quality:
    """The quality of a page from (text, confidence) of its words."""
    characters = weight = counted = known = pieces = doubtful = 0
    for text, confidence in words:
        length = sum(map(str.isalnum, text))
        characters += length
        pieces += length > 0
        doubtful += length > 0 and confidence < _DOUBTFUL_CONFIDENCE
        weight += length * confidence
        for match in _LETTERS.finditer(text):
            if len(match.group()) >= _LEAST_LETTERS:
                counted += 1
                known += is_known(match.group())
    mean, share = weight / max(characters, 1), known / max(counted, 1)
    return Quality(characters, mean, counted, share, pieces, doubtful)


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Whether a dictionary of either language has the word, or all parts of a compound one."""
    if any(language.of(code).known(word) for code in ("ru", "kk")):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(len(part) > 1 and is_known(part) for part in parts)
