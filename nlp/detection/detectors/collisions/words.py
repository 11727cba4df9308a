"""Words of one language by which collisions are found, compiled from the pack's data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from nlp.language.token import Token, Tokens

Phrase = tuple[str, ...]
_NOTHING = "(?!)"  # Kazakh has no adjectives of time


class Phrases:
    """Phrases of dictionary forms with labels, found at a place of a text; the longest wins."""

    def __init__(self, labelled: Mapping[str, Sequence[str]]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, str]]] = {}
        self.first: Set[str] = self._by_first.keys()
        """Words that some phrase begins with."""
        for label, phrases in labelled.items():
            for phrase in phrases:
                words = tuple(str(phrase).split())
                self._by_first.setdefault(words[0], []).append((words, label))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: Tokens, position: int) -> tuple[str, int] | None:
        """(label, end) of the longest phrase that begins at a token."""
        if not self._may_begin(tokens[position]):
            return None
        best: tuple[str, int] | None = None
        for form in forms(tokens[position]):
            for words, label in self._by_first.get(form, ()):
                end = position + len(words)
                if (best is None or end > best[1]) and end <= len(tokens) and _is(tokens[position:end], words):
                    best = (label, end)
        return best

    def anywhere(self, tokens: Tokens) -> tuple[int, int] | None:
        """(first, end) of the first phrase in the tokens."""
        for position, token in enumerate(tokens):
            found = self.at(tokens, position) if self._may_begin(token) else None
            if found is not None:
                return position, found[1]
        return None

    def _may_begin(self, token: Token) -> bool:
        return token.norm in self._by_first or not self.first.isdisjoint(token.lemmas)


def root_of(ending: str) -> str:
    """«дневный» → «дневн»: what stands in every form of an adjective of time."""
    return ending[:-2]


def forms(token: Token) -> tuple[str, ...]:
    """The surface and the dictionary forms of a token."""
    return token.norm, *token.lemmas


def _is(tokens: Tokens, words: Phrase) -> bool:
    return all(word in forms(token) for token, word in zip(tokens, words, strict=True))


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of one language; see ``nlp/factors/kz/detectors/collisions``."""

    code: str
    numbers: Mapping[str, int]
    prefixes: tuple[tuple[str, int], ...]  # the longest first
    units: Phrases
    adjectives: tuple[tuple[str, str], ...]
    before: Phrases  # bound → words that stand before a quantity
    after: Phrases
    reach: int
    deeds: Mapping[str, str]  # word → deed
    sets: Mapping[str, frozenset[str]]
    always: Phrases
    excepts: Phrases
    local: Phrases
    term_leads: Phrases
    roots: re.Pattern[str]  # of ``adjectives``
    openers: frozenset[str]  # words of numbers and words that ``before`` begins with

    def may_open_quantity(self, token: Token) -> bool:
        """Whether a quantity can begin at a token: a figure, a number in words, a word of a bound, «пятидневный»."""
        if token.text[:1].isdigit() or self.roots.search(token.lemma) is not None:
            return True
        return token.norm in self.openers or not self.openers.isdisjoint(token.lemmas)

    def has(self, name: str, token: Token) -> bool:
        """Whether a token is one of the words of a set."""
        words = self.sets[name]
        return token.lemma in words or token.norm in words


_SETS = (
    "empty_verbs", "list_deeds", "body_deeds", "term_nouns", "neutral", "telling", "actors", "bodies",
    "modal_words", "heading_neutral",
)  # fmt: skip


def build_words(code: str, data: Mapping[str, Any]) -> Words:
    """Words of one language from ``detectors/collisions/<code>.yaml``."""
    bounds = data["bounds"]
    before = Phrases({name: entry["before"] for name, entry in bounds.items()})
    return Words(
        code=code,
        numbers=data["numbers"],
        prefixes=tuple(sorted(data["prefixes"].items(), key=lambda item: -len(item[0]))),
        units=Phrases(data["units"]),
        adjectives=tuple(data["adjectives"].items()),
        before=before,
        after=Phrases({name: entry["after"] for name, entry in bounds.items()}),
        reach=data["reach"],
        deeds={word: deed for deed, words in data["deeds"].items() for word in words},
        sets={name: frozenset(data[name]) for name in _SETS},
        always=Phrases({"always": data["always"]}),
        excepts=Phrases({"except": data["except"]}),
        local=Phrases({"local": data["local_scopes"]}),
        term_leads=Phrases({"terms": data["term_leads"]}),
        roots=re.compile("|".join(re.escape(root_of(ending)) for ending in data["adjectives"]) or _NOTHING),
        openers=frozenset((*data["numbers"], *before.first)),
    )
