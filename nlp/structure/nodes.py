"""Node: a unit while the tree grows. Frozen units are made of nodes once everything is known (``addresses``)."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.structure.act import Role, Span, UnitKind
from nlp.structure.lines import Line


@dataclass(slots=True)
class Node:
    """A growing unit. ``style`` is the style of its label, ``mark`` the punctuation its last words end with."""

    kind: UnitKind
    number: str = ""
    start: int = 0
    end: int = 0
    own: Span = (0, 0)
    heading: Span = (0, 0)
    role: Role = Role.NORM
    style: str = ""
    mark: str = ""
    children: list[Node] = field(default_factory=list)
    quoted: bool = False
    address: str = ""
    parent: Node | None = None

    def add(self, child: Node) -> Node:
        """Append and return the child."""
        child.parent = self
        child.quoted = child.quoted or self.quoted
        self.children.append(child)
        return child

    def stretch(self, end: int, mark: str) -> None:
        """The own words go on to ``end``."""
        self.own = (self.own[0], end) if self.own != (0, 0) else self.own
        self.end = max(self.end, end)
        self.mark = mark

    def of_kind(self, *kinds: UnitKind) -> list[Node]:
        """Direct children of these kinds."""
        return [child for child in self.children if child.kind in kinds]


def node_of(kind: UnitKind, line: Line, number: str = "", role: Role = Role.NORM, own: bool = True) -> Node:
    """A node over one line; its own words are what follows the label (none with ``own=False``)."""
    span = (line.body, line.end) if own and line.body < line.end else (0, 0)
    style = line.label.style if line.label else ""
    return Node(kind, number, line.start, line.end, span, role=role, style=style, mark=line.mark)
