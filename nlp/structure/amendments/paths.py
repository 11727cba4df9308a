"""Paths into an amended act: which unit lies in which, and how a frame («в статье 5:») is carried on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from nlp.structure.act import UnitKind
from nlp.structure.amendments.tokens import Token
from nlp.structure.operations import Piece, Step

Path = tuple[Step, ...]
MOST_PATHS = 400  # targets of one instruction

_WIDTH: dict[UnitKind | Piece, float] = {
    UnitKind.ANNEX: -1, UnitKind.PART: 0, UnitKind.SECTION: 1, UnitKind.SUBSECTION: 2, UnitKind.TASK: 2.4,
    UnitKind.TEXT: 2.5,
    UnitKind.CHAPTER: 3, UnitKind.PARAGRAPH: 4, UnitKind.ARTICLE: 5, UnitKind.TABLE: 5.5, Piece.NOTE: 6,
    UnitKind.POINT: 7, UnitKind.CLAUSE: 7.5, UnitKind.SUBPOINT: 8, UnitKind.ROW: 8, Piece.COLUMN: 8.5,
    UnitKind.INDENT: 9, Piece.SENTENCE: 10, Piece.HEADING: 11, Piece.PREAMBLE: 5,
}  # fmt: skip
_HEADED = 6  # points and narrower units have no headings
_ALONE = (UnitKind.ANNEX, Piece.PREAMBLE)  # never inside another unit that a frame names


def width(kind: UnitKind | Piece) -> float:
    """How wide a unit is: the smaller, the wider."""
    return _WIDTH.get(kind, 6.0)


def steps_of(token: Token, text: str) -> list[Step]:
    """The units one token names: one step per number."""
    assert token.unit is not None
    title = " ".join(text[token.title[0] : token.title[1]].split())
    if token.numbers:
        return [Step(token.unit, number, title) for number in token.numbers]
    return [Step(token.unit, "", title)]


def products(chain: Sequence[Token], text: str) -> list[Path]:
    """All paths of a chain of tokens, given from the widest to the narrowest: «пункты 1 и 2 статьи 5» are two."""
    paths = [tuple(found) for found in product(*(steps_of(token, text) for token in chain))]
    return paths[:MOST_PATHS]


def inside(context: Path, own: Path) -> Path:
    """``own`` in the unit that a frame names: steps of the frame that are not wider than its first are left behind.

    In codes a point lies in a part of an article («пункт 2 части первой»), elsewhere a part lies in a point.
    """
    if not own:
        return context
    first = own[0].kind
    if first in _ALONE:
        return own
    codes = first is UnitKind.POINT and all(step.kind is not UnitKind.POINT for step in context)
    codes = codes and any(step.kind is UnitKind.ARTICLE for step in context)
    kept = [
        step for step in context if width(step.kind) < width(first) or (codes and step.kind is UnitKind.CLAUSE)
    ]  # fmt: skip
    return (*kept, *own)


def widened(group: Path, other: Path) -> Path:
    """A coordinated unit lies where its neighbour lies: «абзац второй и часть третью пункта 5»."""
    missing = []
    for step in other[:-1]:
        if width(step.kind) >= min(width(group[0].kind), _HEADED if group[0].kind is Piece.HEADING else 99):
            break
        missing.append(step)
    return (*missing, *group)
