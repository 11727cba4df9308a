"""Parts of a citation – a unit with its numbers – and how they make targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.references.citation import Target
from nlp.references.tokens import T, Token
from nlp.references.words import Named
from nlp.structure.act import UnitKind
from nlp.structure.operations import Piece, Step

MOST = 300  # targets of one citation
_LONGEST_RANGE = 250
_ORDER: dict[Named, int] = {
    Piece.SENTENCE: 0, UnitKind.INDENT: 1, UnitKind.SUBPOINT: 2, UnitKind.CLAUSE: 3, UnitKind.POINT: 4,
    UnitKind.ARTICLE: 5, UnitKind.PARAGRAPH: 6, UnitKind.CHAPTER: 7, UnitKind.SUBSECTION: 8, UnitKind.SECTION: 9,
    UnitKind.ANNEX: 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """One number; ``below`` are units in brackets behind it («статьями 287 (частью первой), …»)."""

    value: str
    inner: bool = False
    below: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with its numbers: «подпункты 1) и 2)»."""

    kind: Named
    numbers: tuple[Number, ...]

    @property
    def width(self) -> int:
        """How wide the unit is; of часть, пункт and подпункт this only tells apart what is not adjacent."""
        return _ORDER[self.kind]


Branch = tuple[Part, ...]  # from the widest to the narrowest


def targets(branches: Iterable[Branch]) -> tuple[Target, ...]:
    """Every unit that the branches name, each once, in order."""
    found: dict[tuple[Step, ...], Target] = {}
    for branch in branches:
        for target in _of(branch):
            found.setdefault(target.path, target)
            if len(found) >= MOST:
                return tuple(found.values())
    return tuple(found.values())


def _of(branch: Sequence[Part]) -> Iterable[Target]:
    paths: list[Target] = [Target(())]
    for part in branch:
        paths = [made for path in paths for number in part.numbers for made in _further(path, part.kind, number)]
        paths = paths[:MOST]
    return paths


def _further(path: Target, kind: Named, number: Number) -> Iterable[Target]:
    here = Target((*path.path, Step(kind, number.value)), path.inner or number.inner)
    if not number.below:
        return [here]
    return [
        Target((*here.path, Step(part.kind, inner.value)), here.inner or inner.inner)
        for part in number.below
        for inner in part.numbers
    ]


def ranged(first: Number, last: Token) -> list[Number] | None:
    """Numbers after ``first`` up to the end of a range; None when the figures make none («33–2» is one number)."""
    if not (first.value.isdecimal() and last.value.isdecimal()):  # «222¹» is a digit to isdigit and none to int
        return [Number(last.value)]
    start, end = int(first.value), int(last.value)
    if end <= start:
        return None
    between = range(start + 1, end) if end - start <= _LONGEST_RANGE else ()
    return [*(Number(str(value), inner=True) for value in between), Number(last.value)]


def completed(branches: Sequence[Branch]) -> list[Branch]:
    """«Пунктом 1, подпунктом 2) пункта 3 статьи 5»: what stands before takes the wider units of what follows."""
    made: list[Branch] = []
    following: Branch = ()
    for branch in reversed(branches):
        wider = tuple(part for part in following[:-1] if _holds(part, branch[0]))
        following = (*wider, *branch)
        made.append(following)
    return made[::-1]


def _holds(part: Part, widest: Part) -> bool:
    """Articles have one numbering through all chapters: a chapter named behind one does not hold it."""
    return part.width > widest.width and (part.width <= _ORDER[UnitKind.ARTICLE] or part.kind is UnitKind.ANNEX)


def inherited(before: Branch, branch: Branch) -> Branch:
    """«5-баптың 1-тармағы, 3-тармағы»: what stands behind takes the wider units of what goes before."""
    return (*(part for part in before if part.width > branch[0].width), *branch)


def number_end(token: Token, kind: Named) -> int:
    """Where a number ends: a bracket belongs to subpoints only."""
    return token.end if kind is UnitKind.SUBPOINT or not token.bracket else token.start + len(token.value)


def is_figure(token: Token) -> bool:
    """A number in figures."""
    return token.kind is T.NUMBER
