"""Tokens: what every later room sees of a language. No other linguistic type leaves ``nlp/language``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, label or mark.

    ``start``/``end`` are offsets in the analysed string. ``norm`` is the lower-case surface (ё→е, Latin look-alikes
    mended). ``lemmas`` are the candidate dictionary forms, the most likely first; never empty (a mark's lemma is
    itself). ``tags`` holds features of the first candidate, as short words shared by both languages:
    pos: noun verb adj adv pron num prep conj part participle converb infinitive punct;
    case: nom gen dat acc loc abl ins; number: sing plur; person: 1 2 3; tense: pres past fut; neg; pass; poss.
    ``sentence`` counts sentences of the string from 0.
    """

    text: str
    start: int
    end: int
    norm: str
    lemmas: tuple[str, ...]
    tags: frozenset[str] = frozenset()
    sentence: int = 0

    @property
    def lemma(self) -> str:
        """The most likely dictionary form."""
        return self.lemmas[0]


Tokens = tuple[Token, ...]


class Language(Protocol):
    """One interface over Russian and Kazakh (``nlp.language.of(code)`` gives it)."""

    code: str

    def analyse(self, text: str) -> Tokens:
        """Tokens of ``text`` in order; deterministic, cached per word."""
        ...

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Candidate dictionary forms of one word, the most likely first."""
        ...
