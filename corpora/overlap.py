"""Texts of two splits that are nearly the same: a measure on one would partly be a measure on the other.

Reads: texts with a key. Writes: pairs of keys with their likeness. Texts are compared as sets of normalised words by
the share of common words among all (Jaccard); candidates are found by their rarest words, so that the work stays near
linear in the number of texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

LIKENESS = 0.8
LEAST_WORDS = 8  # shorter texts are formulas that any two acts share

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Overlap(Generic[Key]):
    """A text of the second split, its likest text of the first, and how like they are (0 … 1)."""

    first: Key
    second: Key
    likeness: float


def normalised(text: str) -> tuple[str, ...]:
    """Words in small letters, ё as е, every number as 0, without punctuation."""
    return tuple(_NUMBER.sub("0", word) for word in _WORD.findall(text.lower().replace("ё", "е")))


def overlaps(
    first: Sequence[tuple[Key, str]], second: Sequence[tuple[Key, str]], likeness: float = LIKENESS
) -> list[Overlap[Key]]:
    """For every text of ``second`` that is like one of ``first``: the likest, in the order of ``second``."""
    sides = [[(key, words) for key, text in side if len(words := frozenset(normalised(text))) >= LEAST_WORDS]
             for side in (first, second)]  # fmt: skip
    seen = Counter(word for side in sides for _, words in side for word in words)
    index: dict[str, list[int]] = {}
    for at, (_, words) in enumerate(sides[0]):
        for word in _rarest(words, seen, likeness):
            index.setdefault(word, []).append(at)
    found = []
    for key, words in sides[1]:
        candidates = {at for word in _rarest(words, seen, likeness) for at in index.get(word, ())}
        measured = [(_alike(words, sides[0][at][1]), -at) for at in candidates]
        best, negative = max(measured, default=(0.0, 0))
        if best >= likeness:
            found.append(Overlap(sides[0][-negative][0], key, best))
    return found


def _rarest(words: Iterable[str], seen: Counter[str], likeness: float) -> list[str]:
    """So many of the rarest words that two texts alike enough must share one of them."""
    ordered = sorted(words, key=lambda word: (seen[word], word))
    return ordered[: len(ordered) - ceil(likeness * len(ordered)) + 1]


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
