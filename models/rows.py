"""In what order examples are learned from: batches of like length, the two sides of a pair side by side."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from models.examples import Example, Role
from nlp.classifier.pieces import Encoded

_POOL = 2000  # examples and pairs drawn together, sorted by length


def mates_of(examples: Sequence[Example]) -> dict[int, int]:
    """Row of a side of a pair → row of its other side."""
    sides: dict[tuple[str, str], list[int]] = {}
    for at, example in enumerate(examples):
        if example.role in (Role.FLAWED, Role.SOUND):
            sides.setdefault((example.source, example.group), []).append(at)
    return {one: other for two in sides.values() if len(two) == 2 for one, other in (two, two[::-1])}


def rows_of(
    read: Sequence[Encoded], pieces: int, dice: random.Random, mates: Mapping[int, int] | None = None
) -> Iterator[list[int]]:
    """One pass in an order of chance: rows of batches of about ``pieces`` pieces, sequences of like length together,
    ``mates`` side by side."""
    other = mates or {}
    units = [[at, other[at]] if at in other else [at] for at in range(len(read)) if at <= other.get(at, at)]
    dice.shuffle(units)
    for start in range(0, len(units), _POOL):
        pool = sorted(units[start : start + _POOL], key=lambda unit: max(len(read[at].ids) for at in unit))
        cut: list[list[int]] = [[]]
        for unit in pool:
            if cut[-1] and (len(cut[-1]) + len(unit)) * max(len(read[at].ids) for at in unit) > pieces:
                cut.append([])
            cut[-1] += unit
        dice.shuffle(cut)
        yield from cut
