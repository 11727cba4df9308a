"""Units that are the same to the word in two texts of one language: the surest pairs, whatever their numbers are now.

Reads: lists of units below paired parents. Writes: pairs of places in these lists, rising in both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

from nlp.alignment.alignment import Node

Key = TypeVar("Key", bound=Hashable)
_MARKS = re.compile(r"[\W_]+")


def by_words(mine: Sequence[Node], other: Sequence[Node]) -> list[tuple[int, int]]:
    """Places of units with the same words, which no other unit of either list has."""
    there = unique([said(node) for node in other])
    own = unique([said(node) for node in mine])
    return rising(sorted((i, there[words]) for words, i in own.items() if words in there))


def said(node: Node) -> tuple[str, str]:
    """Kind and words of a unit without marks and case."""
    return node.kind.value, _MARKS.sub(" ", node.words.lower()).strip()


def unique(keys: Sequence[Key]) -> dict[Key, int]:
    """Keys that stand once, with their places."""
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1}


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs in which both places rise."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(last[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        last[place : place + 1] = [at]
    at = last[-1] if last else -1
    found = []
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def way(best: list[list[float]], worth: list[list[float]]) -> Iterator[tuple[int, int]]:
    """Pairs along the best way through a table of what pairs are worth."""
    i = j = 0
    while i < len(worth) and j < len(worth[0]):
        if worth[i][j] > 0 and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
