"""Rest: units that no list has paired – moved elsewhere, written anew, parts of a neighbour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.alignment.alignment import Node, Pass
from nlp.alignment.anchors import said, unique
from nlp.alignment.lists import CELLS, Lists
from nlp.structure.act import UnitKind

_ELSEWHERE = 0.5
_ELSEWHERE_WITHIN = 0.3  # within a language likeness is not watered down by translation
_IN_PLACE = 0.1  # worth of standing between the same neighbours
_BEGINNING = 0.1  # … and of beginning with the same words, which name what a norm is about
_TIE = 0.02  # by which the best must be better than the next
_OTHER_KIND = 0.7  # an item and a paragraph of one language are one only where they say nearly the same
_PARTS = 0.05  # by how much a joined unit must be more like
_A_PART = 0.3  # likeness within a language of a part that stands beside the rest of its unit
_REWRITTEN = 0.1  # of what stands under the same number with nothing better on either side
_ITEMS = frozenset({UnitKind.SUBPOINT, UnitKind.ROW})
_WORDS = 2  # with which norms begin alike


class Rest(Lists):
    """What is left after lists."""

    def elsewhere(self) -> None:
        """The same norm below another unit: each the most alike of the other, and very much so."""
        if self.within:
            self._same_elsewhere()
        mine, other = self.alone()
        if len(mine) * len(other) > CELLS:
            return
        scores = {
            (a, b): self._worth_of(a, b) for a in mine for b in other
            if self.of_a_kind(a, b) and self.like.tells(a, b)
        }  # fmt: skip
        least = _ELSEWHERE_WITHIN if self.within else _ELSEWHERE
        for (a, b), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            if score < least:
                return
            if a in self.pairs or b in self.paired or (self.within and self._ties(scores, a, b)):
                continue
            if self.within and self.left[a].kind is not self.right[b].kind and score < _OTHER_KIND:
                continue
            self.pair(a, b, Pass.ORDER if self.within and self.in_place(a, b) else Pass.ELSEWHERE)
            self.below(a, b)

    def _worth_of(self, a: int, b: int) -> float:
        score = self.score(a, b)
        if not self.within or not score:
            return score
        begins = said(self.left[a])[1].split()[:_WORDS] == said(self.right[b])[1].split()[:_WORDS]
        return score + _IN_PLACE * self.in_place(a, b) + _BEGINNING * begins

    def _same_elsewhere(self) -> None:
        """The same to the word, once in each text."""
        mine, other = self.alone()
        there = unique([said(self.right[n]) for n in other])
        for words, place in unique([said(self.left[n]) for n in mine]).items():
            a, b = mine[place], other[there[words]] if words in there else -1
            if b >= 0 and self.like.tells(a, b) and a not in self.pairs and b not in self.paired:
                self.pair(a, b, Pass.ELSEWHERE)
                self.below(a, b)

    def _ties(self, scores: Mapping[tuple[int, int], float], a: int, b: int) -> bool:
        """Another free pair of either unit is as good: which of them it is a person decides."""
        rivals = [
            score for (c, d), score in scores.items()
            if (c == a) != (d == b) and c not in self.pairs and d not in self.paired
        ]  # fmt: skip
        return max(rivals, default=0.0) > scores[a, b] - _TIE

    def rewritten(self) -> None:
        """Under one number, below one parent, and neither has another: the norm was written anew."""
        mine, other = self.alone()
        free = {(self.right[b].parent, self.right[b].kind, self.right[b].number): b for b in other}
        for a in mine:
            one = self.left[a]
            parent = self.pairs.get(one.parent)
            b = free.get((parent[0], one.kind, one.number)) if parent is not None and one.number else None
            if b is None or b in self.paired:  # numbers may stand twice in one list
                continue
            if self._are_last(mine, other, a, b) or self.score(a, b) >= _REWRITTEN:
                self.pair(a, b, Pass.NUMBER)
                self.below(a, b)

    def _are_last(self, mine: Sequence[int], other: Sequence[int], a: int, b: int) -> bool:
        """Items that alone of their lists have no pair."""
        if self.left[a].kind not in _ITEMS:
            return False
        one = sum(self.left[n].parent == self.left[a].parent for n in mine)
        two = sum(self.right[n].parent == self.right[b].parent for n in other)
        return one == two == 1

    def neighbours(self) -> None:
        """A unit left alone that makes the neighbour's pair more alike is a part of it."""
        mine, other = self.alone()
        for b in other:
            for near in self.near_right(b):
                a = self.paired.get(near)
                if a is not None and a not in self.parts and self._is_split(a, near, b):
                    self.parts[a] = tuple(sorted((near, b)))
                    break
        for a in mine:
            for near in self.near_left(a):
                pair = self.pairs.get(near)
                if pair is None or pair[0] in self.joined or near in self.parts:
                    continue
                if self._is_merged(near, pair[0], a):
                    self.joined[pair[0]] = tuple(sorted((near, a)))
                    break

    def _is_split(self, a: int, near: int, b: int) -> bool:
        if self._is_whole(a):
            return False
        if self.like.score((a,), (near, b)) >= self.score(a, near) + _PARTS:
            return True
        return self.within and (self._holds(self.left[a], self.right[near], self.right[b]) or self._is_like(a, b))

    def _is_merged(self, near: int, b: int, a: int) -> bool:
        if self._is_whole(near):
            return False
        if self.like.score((near, a), (b,)) >= self.score(near, b) + _PARTS:
            return True
        return self.within and (self._holds(self.right[b], self.left[near], self.left[a]) or self._is_like(a, b))

    def _is_whole(self, a: int) -> bool:
        """Within a language what is the same to the word has no further part; rows of a table have none at all."""
        return self.within and (self.pairs[a][1] is Pass.WORDS or self.left[a].kind is UnitKind.ROW)

    def _is_like(self, a: int, b: int) -> bool:
        return self.of_a_kind(a, b) and self.like.tells(a, b) and self.score(a, b) >= _A_PART

    def _holds(self, whole: Node, kept: Node, other: Node) -> bool:
        """One unit has another to the word, and beside it a sentence that begins as the third."""
        words, part, begins = said(whole)[1], said(kept)[1], said(other)[1].split()[:_WORDS]
        rest = words.replace(part, "", 1).split() if part and part in words else []
        return len(begins) == len(rest[:_WORDS]) == _WORDS and begins == rest[:_WORDS]
