"""Vocabulary: which elements of all patterns of the process a word fits, looked up once a word.

Elements are numbered as they come; equal elements of different patterns, rules and packs share a number. A word is
looked up through its literals, so that the cost of a new word does not grow with the number of patterns. What a word
fits is remembered, because a text repeats its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from threading import Lock
from typing import NamedTuple

from nlp.language.token import Token
from nlp.matching.pattern import Element

Fits = frozenset[int]

WORDS_REMEMBERED = 32_768
"""Words whose fits are kept; when there are more, all are looked up anew."""

_Read = tuple[str, tuple[str, ...], frozenset[str]]


class Word(NamedTuple):
    """What one word fits: the numbers of the elements, and the same numbers as bits of one integer.

    One number is looked for in ``numbers``; of many words and many patterns ``bits`` tell at once what they share.
    """

    numbers: Fits
    bits: int


def bits_of(numbers: Collection[int]) -> int:
    """Numbers as bits of one integer."""
    row = bytearray((max(numbers, default=-1) >> 3) + 1)
    for number in numbers:
        row[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(row, "little")


class Vocabulary:
    """Numbered elements and an index over their literals. ``version``: their number, so it changes with every new
    one."""

    def __init__(self) -> None:
        self.version = 0
        self._elements: list[Element] = []
        self._numbers: dict[Element, int] = {}
        self._growing = Lock()
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_prefix: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._of_numerals: list[int] = []
        self._of_features: list[int] = []
        self._forget()

    def number(self, element: Element) -> int:
        """The number of ``element`` as a test of one word; negation, option and phrases do not enter."""
        plain = element
        if element.negated or element.optional or element.phrases:
            plain = replace(element, negated=False, optional=False, phrases=())
        with self._growing:
            known = self._numbers.get(plain)
            if known is None:
                known = self._numbers[plain] = len(self._elements)
                self._elements.append(plain)
                self._index(known, plain)
                self._forget()
                self.version = len(self._elements)
        return known

    def _index(self, number: int, element: Element) -> None:
        for word in element.words:
            self._by_word[word].append(number)
            self._by_form[word].append(number)
        for form in element.forms:
            self._by_form[form].append(number)
        for prefix in element.prefixes:
            self._by_prefix[len(prefix)][prefix].append(number)
        if element.number:
            self._of_numerals.append(number)
        if element.anything:
            self._of_features.append(number)

    def _forget(self) -> None:
        # New tables, not emptied ones: a look-up of another thread that began before goes to the old ones.
        self._known: dict[_Read, Word] = {}
        self._by_tags: dict[frozenset[str], Fits] = {}
        self._equal: dict[Fits, Word] = {}

    def fits(self, token: Token) -> Fits:
        """Numbers of the elements that the word of ``token`` fits."""
        return self.word(token).numbers

    def word(self, token: Token) -> Word:
        """What the word of ``token`` fits."""
        words = self._known
        read = (token.norm, token.lemmas, token.tags)
        known = words.get(read)
        if known is None:
            if len(words) >= WORDS_REMEMBERED:
                self._forget()
                words = self._known
            equal = self._equal
            numbers = self._look_up(token, self._by_tags)
            known = equal.get(numbers)
            if known is None:
                known = equal[numbers] = Word(numbers, bits_of(numbers))
            words[read] = known
        return known

    def _look_up(self, token: Token, by_tags: dict[frozenset[str], Fits]) -> Fits:
        norm, tags = token.norm, token.tags
        found: set[int] = set()
        for lemma in token.lemmas:
            found.update(self._by_word.get(lemma, ()))
        found.update(self._by_form.get(norm, ()))
        for length, table in self._by_prefix.items():
            found.update(table.get(norm[:length], ()))
        if "num" in tags or norm[:1].isdigit():
            found.update(self._of_numerals)
        elements = self._elements
        literal = {number for number in found if has_tags(elements[number], tags)}
        features = by_tags.get(tags)
        if features is None:
            features = by_tags[tags] = frozenset(n for n in self._of_features if has_tags(elements[n], tags))
        return features | literal


def has_tags(element: Element, tags: frozenset[str]) -> bool:
    """Whether a word with these features has those ``element`` asks for and none it excludes."""
    return element.tags <= tags and not (element.without & tags)


VOCABULARY = Vocabulary()
"""Of this process. It grows with the patterns that are compiled, never with the texts that are read."""
