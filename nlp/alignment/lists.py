"""Lists: children of paired units, paired by words (within a language), by number, in order.

Lists are compared below paired parents only, so the work is linear in the text; in a long gap it is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nlp.alignment.alignment import Node, Pass, Similarity
from nlp.alignment.anchors import by_words, rising, unique, way
from nlp.alignment.pairing import PARTS_OF, Pairing

_LEAST = 0.15  # of a pair that only its words and its place make
_LEAST_AT_FIRST = 0.4  # within a language, before units that moved are looked for
_GAP = 0.12  # what a pair must bring to be better than two units left alone
_NUMBER_BONUS = 0.1
_LEAST_BY_NUMBER = 0.3  # within a language: less alike, and the number tells nothing
_DOUBT = 0.12  # a neighbour that is so much more like it takes a unit's number from it
_DOUBT_OF_EQUAL_LISTS = 0.4  # … where both lists have the same numbers from the first to the last
_OTHER_KIND = 0.7  # an item and a paragraph of one language are one only where they say nearly the same
_PARTS = 0.05  # by how much a parted unit must be more like than its first paragraph
CELLS = 40_000  # comparisons within one gap

_Both = tuple[tuple[int, ...], tuple[int, ...]]  # units of both texts by their places
Gap = Callable[[Sequence[int], Sequence[int]], list[tuple[int, int, Pass]]]


class Lists(Pairing):
    """Pairs of lists. ``strict``: units that may have moved are not yet paired by weak likeness."""

    def __init__(self, left: Sequence[Node], right: Sequence[Node], similarity: Similarity) -> None:
        super().__init__(left, right, similarity)
        self.strict = self.within

    def below(self, one: int, two: int) -> None:
        """Pair all that stands below a pair."""
        waiting = [(one, two)]
        while waiting:
            a, b = waiting.pop()
            mine, other = self.left[a].children, self.right[b].children
            if self._parted(a, b):
                continue
            for pair in self._children(mine, other):
                if pair[0] not in self.pairs and pair[1] not in self.paired:
                    self.pair(*pair)
                    waiting.append(pair[:2])

    def in_order_again(self) -> None:
        """Units left alone between neighbours that are paired: the norm stands in its place with other words."""
        self.strict = False
        for a, (b, _) in sorted(self.pairs.items()):
            mine, other = self.left[a].children, self.right[b].children
            places = {n: at for at, n in enumerate(other)}
            kept = [(i, places[self.pairs[n][0]]) for i, n in enumerate(mine)
                    if n in self.pairs and self.pairs[n][0] in places]  # fmt: skip
            for pair in self._between(mine, other, rising(kept), Pass.ORDER, self._left_alone):
                if pair[0] not in self.pairs and pair[1] not in self.paired:
                    self.pair(*pair)
                    self.below(*pair[:2])

    def _left_alone(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, Pass]]:
        gone = {n for several in self.joined.values() for n in several}
        come = {n for several in self.parts.values() for n in several}
        one = [n for n in mine if n not in self.pairs and n not in gone]
        return self._gap(one, [n for n in other if n not in self.paired and n not in come])

    def _parted(self, a: int, b: int) -> bool:
        """One unit is a single paragraph here and several there, all of whose words the one paragraph has."""
        mine, other = self.left[a].children, self.right[b].children
        if bool(mine) is bool(other) or not self._adds(((a,), (b,)), ((a, *mine), (b, *other))):
            return False
        if any(each.kind not in PARTS_OF for each in (*(self.left[n] for n in mine), *(self.right[n] for n in other))):
            return False
        if other:
            self.parts[a] = (b, *other)
        else:
            self.joined[b] = (a, *mine)
        return True

    def _adds(self, alone: _Both, together: _Both) -> bool:
        """Whether the further paragraphs leave two units as alike as the first by itself; of one language – more."""
        return self.like.score(*together) >= self.like.score(*alone) + (_PARTS if self.within else 0.0)

    def _children(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, Pass]]:
        """First what is the same to the word, between such units by number, between those in order."""
        if not self.within:
            return self._between(mine, other, self._by_number(mine, other), Pass.NUMBER, self._gap)
        same = by_words([self.left[n] for n in mine], [self.right[n] for n in other])
        return self._between(mine, other, same, Pass.WORDS, self._numbered)

    def _numbered(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, Pass]]:
        return self._between(mine, other, self._by_number(mine, other), Pass.NUMBER, self._gap)

    def _between(
        self, mine: Sequence[int], other: Sequence[int], anchors: Sequence[tuple[int, int]], by: Pass, gap: Gap
    ) -> list[tuple[int, int, Pass]]:
        """Anchors, and what ``gap`` makes of the units between them."""
        found: list[tuple[int, int, Pass]] = []
        before = (-1, -1)
        for i, j in [*anchors, (len(mine), len(other))]:
            found += gap(mine[before[0] + 1 : i], other[before[1] + 1 : j])
            if i < len(mine):
                found.append((mine[i], other[j], by))
            before = (i, j)
        return found

    def _by_number(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int]]:
        """Places of units of one kind and number, in rising order, where no neighbour is more like."""
        places = unique([(self.right[n].kind, self.right[n].number) for n in other])
        own = unique([(self.left[n].kind, self.left[n].number) for n in mine])
        both = [(i, places[key]) for key, i in own.items() if key[1] and key in places]
        doubt = _DOUBT_OF_EQUAL_LISTS if list(own) == list(places) and len(own) == len(mine) else _DOUBT
        return rising([(i, j) for i, j in sorted(both) if self._is_sure(mine, other, i, j, doubt)])

    def _is_sure(self, mine: Sequence[int], other: Sequence[int], i: int, j: int, doubt: float) -> bool:
        if not self.like.tells(mine[i], other[j]):
            return len(mine) == len(other)
        own = self.like.score((mine[i],), (other[j],))
        if self.within and own < _LEAST_BY_NUMBER:
            return False
        rivals = [self.like.score((mine[i],), (other[k],)) for k in (j - 1, j + 1) if 0 <= k < len(other)]
        rivals += [self.like.score((mine[k],), (other[j],)) for k in (i - 1, i + 1) if 0 <= k < len(mine)]
        return own + doubt >= max(rivals, default=0.0)

    def _gap(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, Pass]]:
        """Units in order that are most alike together; in a very long gap the k-th goes with the k-th."""
        if not mine or not other:
            return []
        if len(mine) * len(other) > CELLS:
            rows = zip(mine, other, strict=False)
            return [(a, b, Pass.ORDER) for a, b in rows if self._worth(a, b) > 0]
        best = [[0.0] * (len(other) + 1) for _ in range(len(mine) + 1)]
        worth = [[self._worth(a, b) for b in other] for a in mine]
        for i in range(len(mine) - 1, -1, -1):
            for j in range(len(other) - 1, -1, -1):
                best[i][j] = max(best[i + 1][j], best[i][j + 1], worth[i][j] + best[i + 1][j + 1])
        return [(mine[i], other[j], Pass.ORDER) for i, j in way(best, worth)]

    def _worth(self, a: int, b: int) -> float:
        one, two = self.left[a], self.right[b]
        if not self.of_a_kind(a, b):
            return -1.0
        same_number = bool(one.number) and one.number == two.number
        if not self.like.tells(a, b):
            return _NUMBER_BONUS / 2 if same_number else -1.0
        score = self.score(a, b)
        if self.within and one.kind is not two.kind and score < _OTHER_KIND:
            return -1.0
        least = _LEAST_AT_FIRST if self.strict and not (one.children or two.children) else _LEAST
        return (score - _GAP if score >= least else -1.0) + (_NUMBER_BONUS if same_number else 0.0)
