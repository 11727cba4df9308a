"""Types of an alignment: which units of two texts are one, and what happened to them between the texts.

Neutral in language and purpose: used for two authentic texts, two versions, a draft and the adopted act
(DESIGN 1, 3.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from nlp.structure.act import Act, Role, Unit, UnitKind


class Change(StrEnum):
    """What became of units of the left text in the right one."""

    SAME = "same"
    CHANGED = "changed"  # other words in the same place
    MOVED = "moved"  # below another unit
    RENUMBERED = "renumbered"
    SPLIT = "split"  # one unit on the left, several on the right
    MERGED = "merged"
    DELETED = "deleted"
    INSERTED = "inserted"


class Pass(StrEnum):
    """Which pass of the alignment made a pair; a pair by number is surer than one by words alone."""

    ROOT = "root"
    WORDS = "words"  # the same to the word, within a language
    NUMBER = "number"
    ORDER = "order"  # by words, between neighbours that are paired
    ELSEWHERE = "elsewhere"  # by words, anywhere in the text
    PARTS = "parts"  # joined or parted
    REST = "rest"  # left over


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as alignment sees it. ``words`` are its own, or those of its children where it has none."""

    address: str
    kind: UnitKind
    number: str
    words: str
    parent: int
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedUnits:
    """Units of both texts that are one norm; addresses are unique in their text, one side is empty where the other
    stands alone. ``score``: 0…1 by the similarity that was asked; ``made_by``: the pass."""

    change: Change
    left: tuple[str, ...]
    right: tuple[str, ...]
    score: float
    made_by: Pass


@dataclass(frozen=True, slots=True)
class Alignment:
    """All units of both texts, each in one entry: in the order of the left text, what the right alone has last."""

    pairs: tuple[AlignedUnits, ...]
    _left: dict[str, AlignedUnits] = field(default_factory=dict, repr=False, compare=False)
    _right: dict[str, AlignedUnits] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._left.update((address, pair) for pair in self.pairs for address in pair.left)
        self._right.update((address, pair) for pair in self.pairs for address in pair.right)

    def of_left(self, address: str) -> AlignedUnits | None:
        """The entry of a unit of the left text."""
        return self._left.get(address)

    def of_right(self, address: str) -> AlignedUnits | None:
        """The entry of a unit of the right text."""
        return self._right.get(address)


class Similarity(Protocol):
    """How alike units are; made for two given texts. ``same``: the score from which words count as unchanged (0: two
    languages, of which alignment itself cannot tell)."""

    same: float

    def score(self, left: Sequence[int], right: Sequence[int]) -> float:
        """0…1 for units of the left against units of the right text, given by their places in the lists of nodes."""
        ...

    def tells(self, left: int, right: int) -> bool:
        """Whether both units have words enough for the score to mean something."""
        ...


_LONGEST = 4_000  # characters of the words of a unit that has none of its own
_APART = frozenset({Role.CURRENT, Role.REASON, Role.SIGNATURE, Role.STAMP})


def nodes(act: Act) -> tuple[Node, ...]:
    """The units of an act in document order; without what is no norm (stamps, signatures, wording in force)."""
    made: list[Node] = []
    _grow(act, act.root, -1, made)
    return tuple(made)


def opening(act: Act, unit: Unit) -> Unit:
    """The paragraph with which a unit begins: its first clause where it has several and no words of its own.

    Whether a unit is one paragraph or several differs between texts; so its first clause is not a node by itself."""
    first = unit.children[0] if unit.children else unit
    if first.kind is UnitKind.CLAUSE and not act.text(unit.own).strip() and unit.heading == (0, 0):
        return first
    return unit


def _grow(act: Act, unit: Unit, parent: int, made: list[Node]) -> int:
    at = len(made)
    made.append(Node(unit.address, unit.kind, unit.number, "", parent))
    first = opening(act, unit)
    below = (*first.children, *unit.children[1:]) if first is not unit else unit.children
    children = tuple(_grow(act, child, at, made) for child in below if child.role not in _APART)
    words = act.text(first.own) or act.text(unit.heading)
    if not words.strip():
        words = " ".join(act.text(child.own) for child in unit.children)[:_LONGEST]
    made[at] = Node(unit.address, unit.kind, unit.number, words, parent, children)
    return at
