"""The units that are open while lines are read, from the text itself to the deepest, and what they may hold."""

from __future__ import annotations

from nlp.structure.act import UnitKind
from nlp.structure.labels import HEADINGS
from nlp.structure.nodes import Node

NOTE = "note"  # style of a node that is a note to an article or a table
RANK = {kind: rank for rank, kind in enumerate(HEADINGS, 1)}
POINT_RANK = len(HEADINGS) + 1
BELOW_POINT = (UnitKind.SUBPOINT, UnitKind.CLAUSE, UnitKind.INDENT)
_BARE_NOTE = 14  # «Примечания.» alone opens a list


class Stack:
    """Open nodes; ``top`` is the deepest."""

    def __init__(self, owner: Node) -> None:
        self.nodes = [owner]

    @property
    def top(self) -> Node:
        """The deepest open node."""
        return self.nodes[-1]

    def push(self, parent: Node, child: Node) -> Node:
        """Close everything below ``parent``, which must be open, and open ``child`` in it."""
        while self.nodes[-1] is not parent:
            self.nodes.pop()
        self.nodes.append(parent.add(child))
        return child

    def put(self, parent: Node, child: Node) -> Node:
        """Like ``push``, but the child is complete and does not stay open."""
        self.push(parent, child)
        self.nodes.pop()
        return child

    def below(self, rank: float) -> Node:
        """The deepest open node that may hold a unit of this rank."""
        return next(node for node in reversed(self.nodes) if rank_of(node) < rank)

    def base(self) -> Node:
        """The numbered unit, or heading, whose clauses and subpoints are being read."""
        return next(node for node in reversed(self.nodes) if node.kind not in BELOW_POINT and not _is_closed_note(node))

    def since_base(self) -> list[Node]:
        """The base and the open nodes in it, from the base down."""
        return self.nodes[self.nodes.index(self.base()) :]

    def container(self) -> Node:
        """The deepest open article, heading, note or text."""
        return next(node for node in reversed(self.nodes) if node.kind not in (*BELOW_POINT, UnitKind.POINT))

    def list_holder(self) -> Node:
        """Whose list an indent belongs to: the unit that opened it."""
        return next(node for node in reversed(self.nodes) if node.kind is not UnitKind.INDENT)

    def note_holder(self) -> Node:
        """What a note belongs to: the article, otherwise the heading or text."""
        inner = (*BELOW_POINT, UnitKind.POINT)
        holders = [node for node in self.nodes if node.style != NOTE and node.kind not in inner]
        return next((node for node in reversed(holders) if node.kind is UnitKind.ARTICLE), holders[-1])

    def note(self) -> Node | None:
        """The open note, if one is open."""
        return next((node for node in self.nodes if node.style == NOTE), None)

    def point(self, number: str) -> Node | None:
        """The open point with this number: «1» for «1.2»."""
        return next(
            (node for node in reversed(self.nodes) if node.kind is UnitKind.POINT and node.number == number), None
        )


def rank_of(node: Node) -> float:
    """How wide a unit is: texts 0, headings 1 … article, note, point, everything below."""
    if node.kind in RANK:
        return RANK[node.kind]
    if node.kind is UnitKind.POINT:
        return POINT_RANK
    if node.style == NOTE:
        return RANK[UnitKind.ARTICLE] + 0.5
    return POINT_RANK + 1 if node.kind in (*BELOW_POINT, UnitKind.TABLE, UnitKind.ROW) else 0


def _is_closed_note(node: Node) -> bool:
    """A note outside articles that has ended: the paragraphs after it are not its own."""
    inside = node.parent is not None and node.parent.kind is UnitKind.ARTICLE
    return node.style == NOTE and not inside and node.mark == "." and node.own[1] - node.own[0] > _BARE_NOTE
