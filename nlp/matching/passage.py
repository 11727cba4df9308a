"""Passage: the tokens of one string made ready for searching, with what has been found in it so far.

A string is searched by many sets of patterns, and a lead-in or a heading again for every item under it; so the last
passages are kept and known again by their tokens being the very same object. What its words fit is kept with the tokens
themselves, because every detector walks over the whole act.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.language.token import TokenRow, Tokens
from nlp.matching.vocabulary import VOCABULARY, Fits

PASSAGES_REMEMBERED = 64


class Fitted(NamedTuple):
    """What the words of a string fit, by the vocabulary of ``version``; ``present`` as in ``Passage``."""

    version: int
    fits: tuple[Fits, ...]
    present: int


def fitted(tokens: Tokens) -> Fitted:
    """Looked up once for the tokens of a string, and again where patterns have been compiled since."""
    if not isinstance(tokens, TokenRow):
        return _looked_up(tokens)
    known: Fitted | None = tokens.kept
    if known is None or known.version != VOCABULARY.version:
        known = tokens.kept = _looked_up(tokens)
    return known


def _looked_up(tokens: Tokens) -> Fitted:
    version = VOCABULARY.version
    words = [VOCABULARY.word(token) for token in tokens]
    present = 0
    for word in words:
        present |= word.bits
    return Fitted(version, tuple(word.numbers for word in words), present)


class Passage:
    """Per token its sentence and the numbers of the elements it fits; ``present``: of all elements that some token
    fits, as bits, and ``flags``: the same, one item an element.

    ``found`` holds the answers of sets of patterns that have searched this passage.
    """

    __slots__ = ("_flags", "_places", "fits", "found", "present", "sentences", "tokens", "version")

    def __init__(self, tokens: Tokens) -> None:
        self.version, self.fits, self.present = fitted(tokens)
        self.tokens = tokens
        self.sentences = [token.sentence for token in tokens]
        self.found: dict[object, Any] = {}
        self._places: dict[int, list[int]] = {}
        self._flags: npt.NDArray[np.uint8] | None = None

    @property
    def flags(self) -> npt.NDArray[np.uint8]:
        """Per element of the vocabulary 1 where some token fits it, else 0."""
        if self._flags is None:
            # A word may fit what another thread has compiled since ``version`` was read.
            length = max(self.version, self.present.bit_length()) // 8 + 1
            row = np.frombuffer(self.present.to_bytes(length, "little"), dtype=np.uint8)
            self._flags = np.unpackbits(row, bitorder="little")
        return self._flags

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
