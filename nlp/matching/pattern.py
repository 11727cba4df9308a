"""The pattern language: a line of words that a lawyer can read → a compiled ``Pattern``.

A pattern is elements parted by blanks::

    в разумный срок            a word matches every form of it (lemma) and the form as written
    =вправе                    this form only
    разумн*                    any word that begins so
    a|b|c                      one of
    @public_actors             one entry of a named list; entries may be several words long
    <infinitive>               a token with this feature; <verb+pres!neg>: verb, present, not negated
    отказать<infinitive>       word and feature together
    #                          a number, in figures or in words
    word?                      optional
    ~word                      any token but this (takes one token)
    ...  or  ..4               a gap of at most 6 (or 4) tokens, never over the end of a sentence
    { … }                      only what stands between is marked as the span

Marks of punctuation are words of their own: ``в порядке ,? определяемый``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.errors import PackError

DEFAULT_GAP = 6
_ELEMENT = re.compile(r"^(?P<no>~)?(?P<body>.+?)(?P<tags><[^<>]*>)?(?P<optional>\?)?$")
_GAP = re.compile(r"^\.\.(\.|\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Element:
    """One element. An empty element (no words, forms, prefixes, phrases) with tags matches by features alone."""

    words: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[Element, ...], ...] = ()
    number: bool = False
    anything: bool = False
    tags: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    negated: bool = False
    optional: bool = False
    gap: int = 0  # > 0: takes 0..gap tokens

    @property
    def is_anchor(self) -> bool:
        """Whether the element can be found through the index of words."""
        has_literal = bool(self.words or self.forms or self.prefixes or self.phrases)
        return has_literal and not (self.negated or self.optional or self.gap or self.number)

    @property
    def is_feature(self) -> bool:
        """Whether the element can be found through the index of features («<cond>»)."""
        return bool(self.tags) and self.anything and not (self.negated or self.optional or self.gap)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: ``anchor`` is the element looked up first; ``mark`` the elements that make the span."""

    source: str
    elements: tuple[Element, ...]
    anchor: int
    mark: tuple[int, int]


Lists = Mapping[str, Sequence[str]]


def parse_pattern(source: str, lists: Lists) -> Pattern:
    """Compile one line.

    ``lists`` maps names to entries, each itself a pattern of plain elements. Raises ``PackError`` with a code for an
    empty pattern, an unknown list, a pattern without a word or feature to look up, and unbalanced braces.
    """
    elements: list[Element] = []
    begin, end = -1, -1
    for part in source.split():
        if part == "{":
            begin = len(elements)
        elif part == "}":
            end = len(elements)
        else:
            elements.append(_parse_element(part, source, lists))
    if not elements:
        raise PackError("pack.pattern_empty", pattern=source)
    if (begin < 0) != (end < 0) or (begin >= 0 and end <= begin):
        raise PackError("pack.pattern_braces", pattern=source)
    mark = (begin, end) if begin >= 0 else (0, len(elements))
    return Pattern(source, tuple(elements), _choose_anchor(elements, source), mark)


def _choose_anchor(elements: Sequence[Element], source: str) -> int:
    """The element with the longest shortest literal: long words are rare words."""
    candidates = [(_rarity(element), -position) for position, element in enumerate(elements) if element.is_anchor]
    if candidates:
        return -max(candidates)[1]
    for position, element in enumerate(elements):
        if element.is_feature:
            return position
    raise PackError("pack.pattern_without_word", pattern=source)


def _rarity(element: Element) -> int:
    lengths = [len(word) for word in (*element.words, *element.forms, *element.prefixes)]
    lengths += [
        max((len(word) for part in phrase for word in _literals(part)), default=0) for phrase in element.phrases
    ]
    return min(lengths)


def _literals(element: Element) -> tuple[str, ...]:
    return (*element.words, *element.forms, *element.prefixes)


def _parse_element(part: str, source: str, lists: Lists) -> Element:
    gap = _GAP.match(part)
    if gap:
        return Element(gap=DEFAULT_GAP if gap.group(1) == "." else int(gap.group(1)), anything=True)
    if part in {"?", ".", ","}:
        return Element(words=frozenset({part}))
    if part == ",?":
        return Element(words=frozenset({","}), optional=True)
    shape = _ELEMENT.match(part) or re.match(r"(?P<tags><[^<>]*>)(?P<optional>\?)?(?P<no>)(?P<body>)", part)
    if shape is None:
        raise PackError("pack.pattern_element", pattern=source, element=part)
    body, tags = shape.group("body"), shape.group("tags") or ""
    if not tags and body.startswith("<") and body.endswith(">"):
        body, tags = "", body
    wanted, unwanted = _parse_tags(tags)
    words, forms, prefixes, phrases, number = _parse_alternatives(body, source, lists)
    return Element(
        words=words,
        forms=forms,
        prefixes=prefixes,
        phrases=phrases,
        number=number,
        anything=not (words or forms or prefixes or phrases or number),
        tags=wanted,
        without=unwanted,
        negated=bool(shape.group("no")),
        optional=bool(shape.group("optional")),
    )


def _parse_tags(tags: str) -> tuple[frozenset[str], frozenset[str]]:
    names = re.findall(r"(!?)([a-z0-9_]+)", tags)
    return frozenset(n for no, n in names if not no), frozenset(n for no, n in names if no)


_Alternatives = tuple[frozenset[str], frozenset[str], tuple[str, ...], tuple[tuple[Element, ...], ...], bool]


def _parse_alternatives(body: str, source: str, lists: Lists) -> _Alternatives:
    words: set[str] = set()
    forms: set[str] = set()
    prefixes: set[str] = set()
    phrases: list[tuple[Element, ...]] = []
    number = False
    for alternative in filter(None, body.split("|")):
        if "<" in alternative or ">" in alternative:
            # Features belong to the whole element; «a<x>|b<y>» would be read as words that never occur.
            raise PackError("pack.pattern_element", pattern=source, element=body)
        if alternative == "#":
            number = True
        elif alternative.startswith("@"):
            for entry in _entries(alternative[1:], source, lists):
                parts = _parts(entry, source, lists) if "@" in entry else _plain_parts(entry)
                if not parts or parts[0].gap or parts[-1].gap:
                    raise PackError("pack.list_gap", pattern=source, entry=entry)
                if len(parts) == 1 and not parts[0].tags and not parts[0].phrases:
                    words |= parts[0].words
                    forms |= parts[0].forms
                    prefixes |= set(parts[0].prefixes)
                else:
                    phrases.append(parts)
        elif alternative.startswith("="):
            forms.add(_fold(alternative[1:]))
        elif alternative.endswith("*") and len(alternative) > 1:
            prefixes.add(_fold(alternative[:-1]))
        else:
            words.add(_fold(alternative))
    phrases.sort(key=len, reverse=True)
    return frozenset(words), frozenset(forms), tuple(sorted(prefixes)), tuple(phrases), number


def _parts(entry: str, source: str, lists: Lists) -> tuple[Element, ...]:
    return tuple(_parse_element(part, source, lists) for part in entry.split())


@lru_cache(maxsize=16_384)
def _plain_parts(entry: str) -> tuple[Element, ...]:
    """Elements of an entry that names no list; every pattern that names its list needs them again."""
    return _parts(entry, entry, {})


def _entries(name: str, source: str, lists: Lists) -> Sequence[str]:
    if name not in lists:
        raise PackError("pack.unknown_list", list=name, pattern=source)
    return lists[name]


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")
