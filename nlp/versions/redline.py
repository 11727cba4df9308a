"""Redline: two wordings → edits that make the later of the earlier, word by word, exact to the character.

Reads: two strings. Writes: ``Edit`` s on the earlier one. ``apply(old, edits(old, new)) == new`` always holds.
``nlp.changes.words`` tells which words matter; here every character counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_PAIRS = 250_000  # pieces against pieces; longer stretches that differ are replaced as a whole (bounded work)


class Op(StrEnum):
    """What is shown of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in the place of [start, end) of the earlier wording."""

    start: int
    end: int
    text: str


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """Edits in order, without overlaps; blanks between changed words belong to them."""
    one, two = _PIECE.findall(old), _PIECE.findall(new)
    first, last = _common(one, two)
    middle = _blocks(one[first : len(one) - last], two[first : len(two) - last])
    offsets = [0]
    for piece in one:
        offsets.append(offsets[-1] + len(piece))
    made: list[Edit] = []
    for i1, i2, j1, j2 in middle:
        start, end = offsets[first + i1], offsets[first + i2]
        text = "".join(two[first + j1 : first + j2])
        if made and not old[made[-1].end : start].strip():
            before = made.pop()
            start, text = before.start, before.text + old[before.end : start] + text
        made.append(Edit(start, end, text))
    return tuple(made)


def apply(old: str, changes: Sequence[Edit]) -> str:
    """The later wording."""
    return "".join(text for op, text in pieces(old, changes) if op is not Op.GONE)


def pieces(old: str, changes: Sequence[Edit]) -> Iterator[tuple[Op, str]]:
    """What is the same, gone and new, in the order in which it is read."""
    at = 0
    for edit in changes:
        for op, text in ((Op.SAME, old[at : edit.start]), (Op.GONE, old[edit.start : edit.end]), (Op.NEW, edit.text)):
            if text:
                yield op, text
        at = edit.end
    if old[at:]:
        yield Op.SAME, old[at:]


def _common(one: Sequence[str], two: Sequence[str]) -> tuple[int, int]:
    """How many pieces are the same at the beginning and at the end."""
    most = min(len(one), len(two))
    first = next((n for n in range(most) if one[n] != two[n]), most)
    last = next((n for n in range(most - first) if one[-1 - n] != two[-1 - n]), most - first)
    return first, last


def _blocks(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int, int, int]]:
    if not one and not two:
        return []
    if len(one) * len(two) > _PAIRS:
        return [(0, len(one), 0, len(two))]
    found = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in found if tag != "equal"]
