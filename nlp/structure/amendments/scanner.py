"""Scanning: folded text with masked quotations → tokens. What the two languages share."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence

from nlp.structure.act import Span
from nlp.structure.amendments.grammar import Grammar
from nlp.structure.amendments.tokens import Token, TokenKind
from nlp.structure.quotes import inline_quotes
from nlp.structure.wording import fold

MASK = "\ue000"
_WORD = re.compile(rf"[^\s{MASK},;:()]+")
_BLANKS = re.compile(r"[\s*_#]+")
_MOST_TOKENS = 600  # an instruction longer than this is no instruction


class Scanner(ABC):
    """Tokens of one text in one language."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.grammar = grammar
        self.text = text
        self.quotes = inline_quotes(text)
        self.folded = masked(fold(text), self.quotes)
        self.at_start = {outer[0]: place for place, outer in enumerate(self.quotes)}

    def tokens(self) -> list[Token]:
        """All tokens in order; every word that no table knows is an ``OTHER``."""
        found: list[Token] = []
        at = 0
        while at < len(self.folded) and len(found) < _MOST_TOKENS:
            blank = _BLANKS.match(self.folded, at)
            if blank:
                at = blank.end()
                continue
            token = self._token(at)
            found.append(token)
            at = max(token.end, at + 1)
        return found

    def _token(self, at: int) -> Token:
        for read in (self._special, self._mark, self._verb, self._words, self._unit, self._form, self._small):
            token = read(at)
            if token is not None:
                return token
        word = _WORD.match(self.folded, at)
        end = word.end() if word else at + 1
        return Token(TokenKind.OTHER, at, end, self.folded[at:end])

    @abstractmethod
    def _special(self, at: int) -> Token | None:
        """What must be read before anything else."""

    @abstractmethod
    def _words(self, at: int) -> Token | None:
        """Quoted words with the noun that announces them."""

    @abstractmethod
    def _unit(self, at: int) -> Token | None:
        """A unit with its numbers or title."""

    @abstractmethod
    def _form(self, at: int) -> Token | None:
        """The name of a form of act."""

    def _mark(self, at: int) -> Token | None:
        if not self._at_word(at):
            return None
        best: Token | None = None
        for name, pattern in self.grammar.marks:
            match = pattern.match(self.folded, at)
            if match and (best is None or match.end() > best.end):
                numbers = next((match[key] for key in ("n", "m") if key in match.groupdict() and match[key]), "")
                best = Token(TokenKind.MARK, at, match.end(), name, numbers=tuple(re.findall(r"\d+(?:-\d+)?", numbers)))
        return best

    def _verb(self, at: int) -> Token | None:
        if not self._at_word(at):
            return None
        for name, pattern in self.grammar.verbs:
            match = pattern.match(self.folded, at)
            if match:
                return Token(TokenKind.VERB, at, match.end(), name)
        return None

    def _small(self, at: int) -> Token | None:
        char = self.folded[at]
        if char == MASK:
            outer = self.quotes[self.at_start[at]] if at in self.at_start else (at, at + 1)
            return Token(TokenKind.QUOTE, at, outer[1], quotes=(self._inner(outer),))
        if char == "(":
            return Token(TokenKind.BRACKETS, at, self._bracket_end(at))
        if char in ",;:" or (char == "." and not self.folded[at + 1 : at + 2].isalnum()):
            return Token(TokenKind.SEPARATOR, at, at + 1, char)
        if char == "." and at and self.folded[at - 1].isspace():  # «№ 986 .Жарлығы»
            return Token(TokenKind.FILLER, at, at + 1, ".")
        match = self.grammar.conjunctions.match(self.folded, at)
        if match and self._at_word(at):
            return Token(TokenKind.SEPARATOR, at, match.end(), "and")
        word = _WORD.match(self.folded, at)
        if word and word.group().strip(".") in self.grammar.fillers:
            return Token(TokenKind.FILLER, at, word.end(), word.group())
        return None

    def _bracket_end(self, at: int) -> int:
        """Behind the bracket that closes the one at ``at``; an open bracket alone when none does."""
        depth = 0
        for place in range(at, len(self.folded)):
            depth += {"(": 1, ")": -1}.get(self.folded[place], 0)
            if depth == 0:
                return place + 1
        close = self.folded.find(")", at)
        return close + 1 if close > 0 else at + 1

    def _at_word(self, at: int) -> bool:
        return at == 0 or not self.folded[at - 1].isalnum()

    def _inner(self, outer: Span) -> Span:
        return inner_span(self.text, outer)

    def _quotes_from(self, at: int) -> tuple[list[Span], int]:
        """Quotations that follow each other, joined by commas or conjunctions, from ``at``; and where they end."""
        found: list[Span] = []
        end = at
        while True:
            blank = _BLANKS.match(self.folded, at)
            at = blank.end() if blank else at
            if at not in self.at_start:
                return found, end
            outer = self.quotes[self.at_start[at]]
            found.append(self._inner(outer))
            end = at = outer[1]
            joint = re.compile(rf"\s*,?\s*(?:{self.grammar.conjunctions.pattern})\s*|\s*,\s*").match(self.folded, at)
            at = joint.end() if joint else at


def masked(folded: str, quotes: Sequence[Span]) -> str:
    """The text with every quotation replaced by as many mask characters."""
    pieces, at = [], 0
    for start, end in quotes:
        pieces += [folded[at:start], MASK * (end - start)]
        at = end
    return "".join([*pieces, folded[at:]])


def inner_span(text: str, outer: Span) -> Span:
    """The words of a quotation without its marks."""
    start, end = outer[0] + 1, outer[1] - 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else (outer[0], outer[0])
