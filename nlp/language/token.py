"""Tokens: what every later room sees of a language. No other linguistic type leaves ``nlp/language``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, label or mark.

    ``start``/``end`` are offsets in the analysed string. ``norm`` is the lower-case surface (ё→е, Latin look-alikes
    mended). ``lemmas`` are the candidate dictionary forms, the most likely first; never empty (a mark's lemma is
    itself). ``tags`` holds features of the first candidate, as short words shared by both languages:

    - pos: noun verb adj adv pron num prep (Kazakh postpositions too) conj part pred punct; every verb form has verb and
      one of finite infinitive (ru infinitive, kk verbal noun in -у) participle converb; abbr, fixed (never changes);
    - case: nom gen dat acc loc abl ins; number: sing plur; gender (ru): masc fem neut; poss (kk);
    - person: 1 2 3; tense: pres past fut; mood: imp cond (kk -са); aspect (ru): perf impf; neg (kk); pass;
      refl (ru -ся); caus recip (kk); short (ru short adjectives and participles); comp;
    - label: an enumeration label («3-1)», also num); ordinal: a numbered unit («10-бабының», lemma «бап»).

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

SHARED_FEATURES = frozenset(
    {
        "noun", "verb", "adj", "adv", "pron", "num", "prep", "conj", "part", "pred", "punct", "finite",
        "infinitive", "participle", "converb", "abbr", "fixed", "nom", "gen", "dat", "acc", "loc", "ins", "sing",
        "plur", "1", "2", "3", "pres", "past", "fut", "imp", "pass", "comp", "label", "ordinal",
    }
)  # fmt: skip
"""What tokens of both languages may bear."""


class TokenRow(tuple[Token, ...]):
    """The tokens of one analysed string, equal to any tuple of the same tokens.

    ``kept``: what the matcher has looked up for these very tokens; it goes when they go.
    """

    kept: Any = None


class Language(Protocol):
    """One interface over Russian and Kazakh (``nlp.language.of(code)`` gives it)."""

    code: str
    features: frozenset[str]  # all that ``Token.tags`` may hold in this language

    def analyse(self, text: str) -> Tokens:
        """Tokens of ``text`` in order; deterministic, cached per word."""
        ...

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Candidate dictionary forms of one word, the most likely first."""
        ...

    def known(self, word: str) -> bool:
        """Whether the dictionary has this form; guessed readings do not count."""
        ...
