"""Chapters numbered without their word: «1. Общие положения» over «1. Настоящие Правила …», «2. …» and so on."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.structure.act import UnitKind
from nlp.structure.lines import Line
from nlp.structure.wording import starts_upper

_LONGEST = 150  # characters of a title
_FIGURE = "figure"


def wordless_chapters(lines: Sequence[Line], start: int, stop: int) -> frozenset[int]:
    """Which lines of [start, stop) are such titles (methodology 5.1: «ЕРЕЖЕ» and «ПОЛОЖЕНИЕ» of local bodies).

    A title is short, has no mark at its end and stands right above a point. Titles are numbered 1, 2, 3 …; the points
    below them go on through the text or start again at 1 under each: a number that fits neither makes no title.
    """
    found: list[int] = []
    last = 0  # number of the last point
    place = start
    while place < stop:
        number = _number(lines[place])
        if number is None:
            place += 1
            continue
        below = _number(lines[place + 1]) if place + 1 < stop else None
        begins = below == 1 or (found and below == last + 1)
        if number == len(found) + 1 and begins and _is_title(lines[place]) and below is not None:
            found.append(place)
            last = below
            place += 2
            continue
        last = number
        place += 1
    return frozenset(found)


def _number(line: Line) -> int | None:
    label = line.label
    if label is None or label.kind is not UnitKind.POINT or label.style != _FIGURE or line.table:
        return None
    return int(label.number) if label.number.isascii() and label.number.isdigit() else None


def _is_title(line: Line) -> bool:
    return not line.mark and 0 < len(line.words) <= _LONGEST and starts_upper(line.words)
