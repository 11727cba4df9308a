"""Passage: the tokens of one string made ready for searching, with what has been found in it so far.

A string is searched by many sets of patterns, and a lead-in or a heading again for every item under it; so the last
passages are kept and known again by their tokens being the very same object.
"""

from __future__ import annotations

from typing import Any

from nlp.language.token import Tokens
from nlp.matching.vocabulary import VOCABULARY, Fits

PASSAGES_REMEMBERED = 64


class Passage:
    """Per token its sentence and the numbers of the elements it fits; ``present``: of all elements that some token
    fits, as bits.

    ``found`` holds the answers of sets of patterns that have searched this passage.
    """

    __slots__ = ("_places", "fits", "found", "present", "sentences", "tokens", "version")

    def __init__(self, tokens: Tokens) -> None:
        self.version = VOCABULARY.version
        self.tokens = tokens
        words = [VOCABULARY.word(token) for token in tokens]
        self.sentences = [token.sentence for token in tokens]
        self.fits: list[Fits] = [word.numbers for word in words]
        self.present = 0
        for word in words:
            self.present |= word.bits
        self.found: dict[object, Any] = {}
        self._places: dict[int, list[int]] = {}

    def places(self, number: int) -> list[int]:
        """Positions of the tokens that fit element ``number``."""
        known = self._places.get(number)
        if known is None:
            known = self._places[number] = [at for at, fits in enumerate(self.fits) if number in fits]
        return known


_last: dict[int, Passage] = {}


def passage_of(tokens: Tokens) -> Passage:
    """The passage of ``tokens``, made anew where patterns have been compiled since."""
    known = _last.get(id(tokens))
    # A kept passage holds its tokens, so that another object cannot have their id.
    if known is not None and known.tokens is tokens and known.version == VOCABULARY.version:
        return known
    made = Passage(tokens)
    if len(_last) >= PASSAGES_REMEMBERED:
        _last.clear()
    _last[id(tokens)] = made
    return made
