"""Pairing: what is known of two trees of units while they are aligned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.alignment.alignment import Node, Pass, Similarity
from nlp.structure.act import UnitKind

PARTS_OF = frozenset({UnitKind.CLAUSE, UnitKind.INDENT})
_ALIKE = PARTS_OF | {UnitKind.SUBPOINT}  # an item may have lost its number in one text


class Pairing:
    """Pairs so far. ``within``: both texts are in one language, where the same words are the same norm."""

    def __init__(self, left: Sequence[Node], right: Sequence[Node], similarity: Similarity) -> None:
        self.left, self.right, self.like = left, right, similarity
        self.within = similarity.same > 0
        self.pairs: dict[int, tuple[int, Pass]] = {}
        self.paired: dict[int, int] = {}  # right → left
        self.parts: dict[int, tuple[int, ...]] = {}  # left → several of the right
        self.joined: dict[int, tuple[int, ...]] = {}  # right → several of the left
        self._place = tuple(_places(nodes) for nodes in (left, right))

    def pair(self, one: int, two: int, by: Pass) -> None:
        """Two units are one."""
        self.pairs[one] = (two, by)
        self.paired[two] = one

    def alone(self) -> tuple[list[int], list[int]]:
        """Units of both texts that have no pair yet."""
        gone = {n for several in self.joined.values() for n in several}
        come = {n for several in self.parts.values() for n in several}
        return (
            [n for n in range(len(self.left)) if n not in self.pairs and n not in gone],
            [n for n in range(len(self.right)) if n not in self.paired and n not in come],
        )

    def score(self, a: int, b: int) -> float:
        """How alike two units are."""
        return self.like.score((a,), (b,))

    def of_a_kind(self, a: int, b: int) -> bool:
        """Whether the kinds of two units let them be one."""
        one, two = self.left[a].kind, self.right[b].kind
        return one is two or {one, two} <= _ALIKE

    def near_left(self, at: int) -> Iterator[int]:
        """The unit before and the one after, below the same parent."""
        return self._near(self.left, 0, at)

    def near_right(self, at: int) -> Iterator[int]:
        """The same in the right text."""
        return self._near(self.right, 1, at)

    def in_place(self, a: int, b: int) -> bool:
        """Whether a pair would keep the order among the nearest paired units of its list."""
        parent = self.pairs.get(self.left[a].parent)
        if parent is None or parent[0] != self.right[b].parent:
            return False
        around = self.left[self.left[a].parent].children
        at, there = self._place[0][a], self._place[1][b]
        before = next((self._order(n) for n in reversed(around[:at]) if self._order(n) >= 0), -1)
        after = next((self._order(n) for n in around[at + 1 :] if self._order(n) >= 0), len(self.right))
        return before < there < after

    def _order(self, a: int) -> int:
        """The place of a unit's partner among its siblings; -1 where it has none below the same parent."""
        pair, parent = self.pairs.get(a), self.pairs.get(self.left[a].parent)
        if pair is None or parent is None or self.right[pair[0]].parent != parent[0]:
            return -1
        return self._place[1][pair[0]]

    def _near(self, nodes: Sequence[Node], side: int, at: int) -> Iterator[int]:
        parent = nodes[at].parent
        around = nodes[parent].children if parent >= 0 else ()
        place = self._place[side][at]
        yield from (around[p] for p in (place - 1, place + 1) if 0 <= p < len(around))


def _places(nodes: Sequence[Node]) -> list[int]:
    places = [0] * len(nodes)
    for node in nodes:
        for place, child in enumerate(node.children):
            places[child] = place
    return places
