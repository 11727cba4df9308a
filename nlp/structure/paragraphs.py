"""Where an unnumbered paragraph or a list item belongs: clause or indent, and of which unit (methodology 5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.structure.act import UnitKind
from nlp.structure.labels import Label
from nlp.structure.lines import Line
from nlp.structure.nodes import Node
from nlp.structure.stack import Stack
from nlp.structure.wording import number_key, starts_lower, starts_upper

_FIRST = ("1", "а", "a")
_DEEPEST = 12  # lists in lists: no act nests deeper, and the depth of the tree stays bounded
_LOOKAHEAD = 60  # lines in which the next number of a list is sought


def place_paragraph(stack: Stack, lines: Sequence[Line], place: int, stop: int) -> tuple[Node, UnitKind]:
    """Parent and kind of the unnumbered paragraph ``lines[place]``.

    A clause (часть) is a full sentence that begins with a capital letter; an indent (абзац) goes on with a list after a
    colon or a semicolon. A paragraph between two items of a list belongs to the item before it.
    """
    line, top, base = lines[place], stack.top, stack.base()
    if top.kind is UnitKind.SUBPOINT and top.mark != ":" and _successor_follows(lines, place, stop, top):
        sentence = starts_upper(line.text) and top.mark != ","
        return top, UnitKind.CLAUSE if sentence else UnitKind.INDENT
    if _continues_list(line, top):
        return stack.list_holder(), UnitKind.INDENT
    if starts_lower(line.text) and top is not base and base.children:
        return base, UnitKind.INDENT
    for node in reversed(stack.nodes):
        if node.kind is UnitKind.SUBPOINT and _successor_follows(lines, place, stop, node):
            return node, UnitKind.CLAUSE
    return base, UnitKind.CLAUSE


def _continues_list(line: Line, top: Node) -> bool:
    if top.mark == ":":
        return True
    if top.kind is UnitKind.INDENT:
        return top.mark in (";", ",", "") or starts_lower(line.text)
    if top.kind in (UnitKind.POINT, UnitKind.ARTICLE, UnitKind.CLAUSE) and top.own != (0, 0):
        return top.mark == ";" or starts_lower(line.text)
    return False


def _successor_follows(lines: Sequence[Line], place: int, stop: int, subpoint: Node) -> bool:
    """Whether the next label goes on with the list of this subpoint."""
    for line in lines[place + 1 : min(stop, place + _LOOKAHEAD)]:
        label = line.label
        if label is None or label.kind is UnitKind.INDENT:
            continue
        if label.kind is not UnitKind.SUBPOINT:
            return False
        if label.style == subpoint.style:
            later = number_key(label.number) > number_key(subpoint.number)
            return later and label.number.lower() not in _FIRST
    return False


def parent_of_subpoint(stack: Stack, label: Label) -> Node:
    """Whose list «1)» opens or «4)» goes on with: the deepest open unit whose numbering it continues.

    A list may start again under a clause or inside a subpoint that ends with a colon.
    """
    base = stack.base()
    clause: Node | None = None
    open_nodes = stack.since_base()
    depth = len(open_nodes)
    for node in reversed(open_nodes):
        if node.kind is UnitKind.INDENT:
            continue
        before = _last_of_list(node, label.style)
        if before is not None and number_key(label.number) > number_key(before.number):
            return node
        if before is None and node is base and label.number.lower() in _FIRST:
            return node
        if before is None and node.mark == ":" and label.number.lower() in _FIRST and depth < _DEEPEST:
            return node
        if before is None and node.kind is UnitKind.CLAUSE and node.mark == ":":
            clause = clause or node
    return clause or _list_in_list(stack, base, label)


def _last_of_list(node: Node, style: str) -> Node | None:
    """The last subpoint of the unit itself, not of wording that it quotes."""
    for child in reversed(node.children):
        if child.kind is UnitKind.SUBPOINT and child.style == style and child.quoted == node.quoted:
            return child
    return None


def _list_in_list(stack: Stack, base: Node, label: Label) -> Node:
    """A number the base already has may belong to an indent that opened a list of its own."""
    open_lists = [node for node in stack.since_base() if node.kind is UnitKind.INDENT and node.mark == ":"]
    if open_lists and label.number in {child.number for child in base.of_kind(UnitKind.SUBPOINT)}:
        return open_lists[-1]
    return base
