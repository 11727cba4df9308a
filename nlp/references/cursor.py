"""A reader over tokens that both languages share: numbers, separators, which word stands where."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.references.parts import Number, ranged
from nlp.references.tokens import T, Token
from nlp.references.words import Words

_END = Token(T.MARK, -1, -1, "")


class Cursor:
    """Tokens of one text; all positions are indices of tokens."""

    def __init__(self, text: str, found: Sequence[Token], words: Words) -> None:
        self.text = text
        self.tokens = found
        self._count = len(found)
        self.words = words

    def at(self, place: int) -> Token:
        """The token at a place; an empty mark outside."""
        return self.tokens[place] if 0 <= place < self._count else _END

    def has(self, place: int, mark: str) -> bool:
        """Whether the word at a place may be what the data call ``mark``."""
        return 0 <= place < self._count and mark in self.tokens[place].meaning.marks

    def is_mark(self, place: int, value: str) -> bool:
        """Whether a punctuation mark stands there."""
        if not 0 <= place < self._count:
            return value == _END.value
        token = self.tokens[place]
        return token.value == value and token.kind is T.MARK

    def separator(self, place: int) -> int:
        """The place behind a separator of listed things («,», «и», «, а также», «и (или)»), or ``place`` itself."""
        here = place
        if self.is_mark(here, ","):
            here += 1
        if self.has(here, "also"):
            while self.has(here, "also") or self.is_mark(here, "-"):
                here += 1
            return here
        if self.has(here, "and"):
            here += 1
            if self.is_mark(here, "(") and self.has(here + 1, "and") and self.is_mark(here + 2, ")"):
                here += 3
        return here

    def dash(self, place: int) -> int:
        """The place behind the dash or word of a range («–», « - »), or ``place`` itself."""
        token = self.at(place)
        if token.kind is T.MARK and token.value == "–":
            return place + 1
        if token.kind is T.MARK and token.value == "-":
            before, after = self.at(place - 1), self.at(place + 1)
            spaced = before.end < token.start and token.end < after.start
            return place + 1 if spaced or before.bracket else place
        return place

    def more(self, numbers: list[Number], place: int, last: Token) -> bool:
        """Put the end of a range behind the numbers; False when it is none."""
        found = ranged(numbers[-1], last)
        if found is None:
            numbers[-1] = Number(f"{numbers[-1].value}-{last.value}")
        else:
            numbers += found
        return True

    def phrase(self, start: int, end: int) -> str:
        """Words between two offsets on one line."""
        return " ".join(self.text[start:end].split())
