"""align(): the units of two texts → which are one, in passes: words (within a language), number, order, elsewhere,
parts.

Reads: nodes of both texts, a similarity. Writes: ``Alignment``. Children are paired below paired parents, so that the
work is linear in the text; where lists are long the window of comparison is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.alignment.alignment import AlignedUnits, Alignment, Change, Node, Pass, Similarity
from nlp.alignment.rest import Rest


def align(left: Sequence[Node], right: Sequence[Node], similarity: Similarity) -> Alignment:
    """Align two texts; every unit of both is in exactly one entry."""
    return _Aligner(left, right, similarity).run()


class _Aligner(Rest):
    def run(self) -> Alignment:
        if self.left and self.right:
            self.pair(0, 0, Pass.ROOT)
            self.below(0, 0)
        self.elsewhere()
        if self.within:
            self.in_order_again()
            self.rewritten()
        self.neighbours()
        return Alignment(tuple(self._entries()))

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
