"""Ordinals of quoted clauses and indents, as the instruction names them: «дополнить частью восьмой»."""

from __future__ import annotations

from nlp.structure.act import UnitKind
from nlp.structure.amendments.reading import read_instructions
from nlp.structure.nodes import Node
from nlp.structure.operations import Piece
from nlp.structure.wording import language_of

_COUNTED = (UnitKind.CLAUSE, UnitKind.INDENT)


def number_quoted(root: Node, text: str) -> None:
    """Give the unnumbered units of new wording below ``root`` the ordinals they will have (methodology 5.3).

    Reads the words of the amending unit; where it names no ordinal («дополнить частью следующего содержания»), or
    other units than the wording has, nothing is changed and they are counted in the quotation.
    """
    queue = [root]
    while queue:
        node = queue.pop()
        queue += node.children
        quoted = [child for child in node.children if child.quoted]
        if not node.quoted and quoted and all(child.kind in _COUNTED and not child.number for child in quoted):
            _number(quoted, _named(text[node.own[0] : node.own[1]]))


def _named(instruction: str) -> list[tuple[UnitKind, int]]:
    """Clauses and indents that the last instruction replaces or adds, by kind and ordinal."""
    clauses = read_instructions(instruction, language_of(instruction, "ru")).clauses
    if not clauses:
        return []
    paths = clauses[-1].added or clauses[-1].objects
    steps = [path[-1] for path in paths if path]
    if any(isinstance(step.kind, Piece) or step.kind not in _COUNTED or not step.number.isdigit() for step in steps):
        return []
    return [(step.kind, int(step.number)) for step in steps if not isinstance(step.kind, Piece)]


def _number(quoted: list[Node], named: list[tuple[UnitKind, int]]) -> None:
    if len(named) == 1:  # an indent may bring the lines of its list with it
        kind, first = named[0]
        named = [(kind, first + n) for n in range(len(quoted))]
    if len(named) != len(quoted):
        return
    for node, (kind, number) in zip(quoted, named, strict=True):
        node.number = str(number)
        if not node.children:
            node.kind = kind
