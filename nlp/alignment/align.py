"""align(): the units of two texts → which are one, in four passes: number, order, elsewhere, parts.

Reads: nodes of both texts, a similarity. Writes: ``Alignment``. Children are paired below paired parents, so that the
work is linear in the text; where lists are long the window of comparison is bounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from nlp.alignment.alignment import AlignedUnits, Alignment, Change, Node, Pass, Similarity
from nlp.structure.act import UnitKind

_LEAST = 0.15  # of a pair that only its words and its place make
_GAP = 0.12  # what a pair must bring to be better than two units left alone
_NUMBER_BONUS = 0.1
_DOUBT = 0.12  # a neighbour that is so much more like it takes a unit's number from it
_DOUBT_OF_EQUAL_LISTS = 0.4  # … where both lists have the same numbers from the first to the last
_ELSEWHERE = 0.5
_PARTS = 0.05  # by how much a joined unit must be more like
_CELLS = 40_000  # comparisons within one gap
_PARTS_OF = frozenset({UnitKind.CLAUSE, UnitKind.INDENT})
_ALIKE = _PARTS_OF | {UnitKind.SUBPOINT}  # an item may have lost its number in one text


_Both = tuple[tuple[int, ...], tuple[int, ...]]
"""Units of both texts by their places."""


def align(left: Sequence[Node], right: Sequence[Node], similarity: Similarity) -> Alignment:
    """Align two texts; every unit of both is in exactly one entry."""
    return _Aligner(left, right, similarity).run()


class _Aligner:
    def __init__(self, left: Sequence[Node], right: Sequence[Node], similarity: Similarity) -> None:
        self.left, self.right, self.like = left, right, similarity
        self.pairs: dict[int, tuple[int, Pass]] = {}
        self.paired: dict[int, int] = {}  # right → left
        self.parts: dict[int, tuple[int, ...]] = {}  # left → several of the right
        self.joined: dict[int, tuple[int, ...]] = {}  # right → several of the left

    def run(self) -> Alignment:
        if self.left and self.right:
            self._pair(0, 0, Pass.ROOT)
            self._below(0, 0)
        self._elsewhere()
        self._neighbours()
        return Alignment(tuple(self._entries()))

    def _pair(self, one: int, two: int, by: Pass) -> None:
        self.pairs[one] = (two, by)
        self.paired[two] = one

    def _below(self, one: int, two: int) -> None:
        waiting = [(one, two)]
        while waiting:
            a, b = waiting.pop()
            mine, other = self.left[a].children, self.right[b].children
            if self._parted(a, b):
                continue
            for pair in self._children(mine, other):
                self._pair(*pair)
                waiting.append(pair[:2])

    def _parted(self, a: int, b: int) -> bool:
        """One unit is a single paragraph here and several there, all of whose words the one paragraph has."""
        mine, other = self.left[a].children, self.right[b].children
        if bool(mine) is bool(other) or not self._adds(((a,), (b,)), ((a, *mine), (b, *other))):
            return False
        if any(each.kind not in _PARTS_OF for each in (*(self.left[n] for n in mine), *(self.right[n] for n in other))):
            return False
        if other:
            self.parts[a] = (b, *other)
        else:
            self.joined[b] = (a, *mine)
        return True

    def _adds(self, alone: _Both, together: _Both) -> bool:
        """Whether the further paragraphs leave two units as alike as the first by itself."""
        return self.like.score(*together) >= self.like.score(*alone)

    # --- children of paired units -------------------------------------------------------------------------------------

    def _children(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, Pass]]:
        anchors = self._by_number(mine, other)
        found: list[tuple[int, int, Pass]] = []
        before = (-1, -1)
        for i, j in [*anchors, (len(mine), len(other))]:
            found += self._gap(mine[before[0] + 1 : i], other[before[1] + 1 : j])
            if i < len(mine):
                found.append((mine[i], other[j], Pass.NUMBER))
            before = (i, j)
        return found

    def _by_number(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int]]:
        """Places of units of one kind and number, in rising order, where no neighbour is more like."""
        places = _unique([(self.right[n].kind, self.right[n].number) for n in other])
        own = _unique([(self.left[n].kind, self.left[n].number) for n in mine])
        both = [(i, places[key]) for key, i in own.items() if key[1] and key in places]
        doubt = _DOUBT_OF_EQUAL_LISTS if list(own) == list(places) and len(own) == len(mine) else _DOUBT
        return _rising([(i, j) for i, j in sorted(both) if self._is_sure(mine, other, i, j, doubt)])

    def _is_sure(self, mine: Sequence[int], other: Sequence[int], i: int, j: int, doubt: float) -> bool:
        if not self.like.tells(mine[i], other[j]):
            return len(mine) == len(other)
        own = self.like.score((mine[i],), (other[j],))
        rivals = [self.like.score((mine[i],), (other[k],)) for k in (j - 1, j + 1) if 0 <= k < len(other)]
        rivals += [self.like.score((mine[k],), (other[j],)) for k in (i - 1, i + 1) if 0 <= k < len(mine)]
        return own + doubt >= max(rivals, default=0.0)

    def _gap(self, mine: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, Pass]]:
        """Units in order that are most alike together; in a very long gap the k-th goes with the k-th."""
        if not mine or not other:
            return []
        if len(mine) * len(other) > _CELLS:
            rows = zip(mine, other, strict=False)
            return [(a, b, Pass.ORDER) for a, b in rows if self._worth(a, b) > 0]
        best = [[0.0] * (len(other) + 1) for _ in range(len(mine) + 1)]
        worth = [[self._worth(a, b) for b in other] for a in mine]
        for i in range(len(mine) - 1, -1, -1):
            for j in range(len(other) - 1, -1, -1):
                best[i][j] = max(best[i + 1][j], best[i][j + 1], worth[i][j] + best[i + 1][j + 1])
        return [(mine[i], other[j], Pass.ORDER) for i, j in _way(best, worth)]

    def _worth(self, a: int, b: int) -> float:
        one, two = self.left[a], self.right[b]
        if not _are_of_a_kind(one, two):
            return -1.0
        same_number = bool(one.number) and one.number == two.number
        if not self.like.tells(a, b):
            return _NUMBER_BONUS / 2 if same_number else -1.0
        score = self.like.score((a,), (b,))
        return (score - _GAP if score >= _LEAST else -1.0) + (_NUMBER_BONUS if same_number else 0.0)

    # --- what is left -------------------------------------------------------------------------------------------------

    def _alone(self) -> tuple[list[int], list[int]]:
        gone = {n for several in self.joined.values() for n in several}
        come = {n for several in self.parts.values() for n in several}
        return (
            [n for n in range(len(self.left)) if n not in self.pairs and n not in gone],
            [n for n in range(len(self.right)) if n not in self.paired and n not in come],
        )

    def _elsewhere(self) -> None:
        """The same norm below another unit: each the most alike of the other, and very much so."""
        mine, other = self._alone()
        if len(mine) * len(other) > _CELLS:
            return
        scores = {
            (a, b): self.like.score((a,), (b,)) for a in mine for b in other
            if _are_of_a_kind(self.left[a], self.right[b]) and self.like.tells(a, b)
        }  # fmt: skip
        for (a, b), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            if score >= _ELSEWHERE and a not in self.pairs and b not in self.paired:
                self._pair(a, b, Pass.ELSEWHERE)
                self._below(a, b)

    def _neighbours(self) -> None:
        """A unit left alone that makes the neighbour's pair more alike is a part of it."""
        mine, other = self._alone()
        for b in other:
            for near in _near(b, self.right):
                a = self.paired.get(near)
                if a is not None and a not in self.parts and self._is_part((a,), (near,), (a,), (near, b)):
                    self.parts[a] = tuple(sorted((near, b)))
                    break
        for a in mine:
            for near in _near(a, self.left):
                pair = self.pairs.get(near)
                if pair is None or pair[0] in self.joined or near in self.parts:
                    continue
                if self._is_part((near,), (pair[0],), (near, a), (pair[0],)):
                    self.joined[pair[0]] = tuple(sorted((near, a)))
                    break

    def _is_part(
        self, one: tuple[int, ...], two: tuple[int, ...], ones: tuple[int, ...], twos: tuple[int, ...]
    ) -> bool:
        return self.like.score(ones, twos) >= self.like.score(one, two) + _PARTS

    # --- entries ------------------------------------------------------------------------------------------------------

    def _entries(self) -> Iterator[AlignedUnits]:
        told: set[int] = {n for several in self.joined.values() for n in several}
        for a in range(len(self.left)):
            pair = self.pairs.get(a)
            if pair is not None and pair[0] in self.joined:
                several = self.joined[pair[0]]
                yield self._entry(Change.MERGED, several, (pair[0],), Pass.PARTS)
            elif a in self.parts:
                yield self._entry(Change.SPLIT, (a,), self.parts[a], Pass.PARTS)
            elif pair is not None:
                yield self._entry(self._change(a, *pair), (a,), (pair[0],), pair[1])
            elif a not in told:
                yield self._entry(Change.DELETED, (a,), (), Pass.REST)
        come = {n for several in self.parts.values() for n in several}
        for b in range(len(self.right)):
            if b not in self.paired and b not in come:
                yield self._entry(Change.INSERTED, (), (b,), Pass.REST)

    def _entry(self, change: Change, mine: Sequence[int], other: Sequence[int], by: Pass) -> AlignedUnits:
        score = self.like.score(mine, other) if mine and other else 0.0
        left, right = [self.left[n].address for n in mine], [self.right[n].address for n in other]
        return AlignedUnits(change, tuple(left), tuple(right), round(score, 4), by)

    def _change(self, a: int, b: int, by: Pass) -> Change:
        if by is Pass.ELSEWHERE:
            return Change.MOVED
        if self.left[a].number != self.right[b].number:
            return Change.RENUMBERED
        return Change.SAME if self.like.score((a,), (b,)) >= self.like.same else Change.CHANGED


def _are_of_a_kind(one: Node, two: Node) -> bool:
    return one.kind is two.kind or {one.kind, two.kind} <= _ALIKE


def _unique(keys: Sequence[tuple[UnitKind, str]]) -> dict[tuple[UnitKind, str], int]:
    counts = Counter(keys)
    return {key: place for place, key in enumerate(keys) if counts[key] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _way(best: list[list[float]], worth: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(worth) and j < len(worth[0]):
        if worth[i][j] > 0 and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _near(at: int, nodes: Sequence[Node]) -> Iterator[int]:
    """The unit before and the one after, below the same parent."""
    parent = nodes[at].parent
    around = nodes[parent].children if parent >= 0 else ()
    place = bisect_left(around, at)
    yield from (around[p] for p in (place - 1, place + 1) if 0 <= p < len(around))
