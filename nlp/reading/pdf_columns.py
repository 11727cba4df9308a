"""Rows of a page → regions: full width, or two columns parted by a gutter (bilingual prints).

Reads: visual rows from the top down. Writes: ``Region``s in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from nlp.reading.pdf_rows import Row, rows_of

_GUTTER = 8.0  # points: the least width of the empty band between columns
_FEW_ROWS_GUTTER = 14.0
_MANY_ROWS = 8
_WIDER = 1.6  # than the usual gap between words
_LEAST_ROWS = 4  # of each column
_LEAST_CHARACTERS = 14  # in a row of a column, on average: shorter ones are labels and values
_LEAST_FILL = 0.45  # of the column's width, in the median row
_MIDDLE = (0.25, 0.75)  # of the text's width: where a gutter may lie
_NEARLY = 0.7  # of the most rows that leave one place free
_MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Region:
    """``columns`` holds one list of rows, or two; ``gutter`` is the x of the band between the two, 0 otherwise."""

    columns: tuple[list[Row], ...]
    gutter: float = 0.0


def regions_of(rows: list[Row], hint: float = 0.0) -> list[Region]:
    """Split the rows of one page where two columns begin and end.

    ``hint`` is the gutter of the page before, 0 when it had none: columns that go on need not be long, and one of the
    two may have ended.
    """
    if not rows:
        return []
    spans: list[tuple[int, int]] = []
    gutter = hint
    if hint and (end := _continued(rows, hint)):
        spans = [(0, end)]
    else:
        candidates = [(_column_spans(rows, x), x) for x in _candidates(rows)]
        spans, gutter = max(candidates, key=lambda item: sum(b - a for a, b in item[0]), default=([], 0.0))
    regions: list[Region] = []
    at = 0
    for start, end in spans:
        if start > at:
            regions.append(Region((rows[at:start],)))
        regions.append(_split(rows[start:end], gutter))
        at = end
    if at < len(rows):
        regions.append(Region((rows[at:],)))
    return regions


def _continued(rows: list[Row], gutter: float) -> int:
    """How many rows from the top keep clear of the gutter of the page before; a few rows above full-width ones do not
    count."""
    clear = next((number for number, row in enumerate(rows) if _crosses(row, gutter)), len(rows))
    return clear if clear >= _LEAST_ROWS or clear == len(rows) else 0


def _candidates(rows: list[Row]) -> list[float]:
    """Places that most rows leave free, in the middle of the text."""
    left = min(row.x0 for row in rows)
    right = max(row.x1 for row in rows)
    low, high = left + _MIDDLE[0] * (right - left), left + _MIDDLE[1] * (right - left)
    steps: list[tuple[float, int]] = []
    for row in rows:
        ends = [left - _GUTTER, *(word.x1 for word in row.words)]
        starts = [*(word.x0 for word in row.words), right + _GUTTER]
        for end, start in zip(ends, starts, strict=True):
            if start - end >= _GUTTER and end < high and start > low:
                steps += ((max(end, low), 1), (min(start, high), -1))
    steps.sort(key=lambda step: (step[0], -step[1]))
    free = most = 0
    places: list[tuple[int, float, float]] = []
    for (x, change), (after, _) in pairwise(steps):
        free += change
        if free >= _LEAST_ROWS and after - x >= 1.0 and free >= most * _NEARLY:
            most = max(most, free)
            places.append((free, x, after))
    best = sorted((place for place in places if place[0] >= most * _NEARLY), key=lambda p: (-p[0], p[1] - p[2]))
    return [(x + after) / 2 for _, x, after in best[:_MOST_CANDIDATES]]


def _column_spans(rows: list[Row], x: float) -> list[tuple[int, int]]:
    """Runs of rows that no word crosses at ``x`` and that are two columns of running text."""
    spans: list[tuple[int, int]] = []
    start = -1
    for position, row in enumerate([*rows, None]):
        if row is not None and not _crosses(row, x):
            start = position if start < 0 else start
            continue
        if start >= 0 and (span := _trimmed(rows, start, position, x)):
            spans.append(span)
        start = -1
    return spans


def _crosses(row: Row, x: float) -> bool:
    return any(word.x0 < x + 2 and word.x1 > x - 2 for word in row.words)


def _trimmed(rows: list[Row], start: int, end: int, x: float) -> tuple[int, int] | None:
    """The run without one-sided rows that stand apart at its ends; None when it is not two columns."""
    first = min((p for p in range(start, end) if rows[p].x1 > x), default=end)
    first_left = min((p for p in range(start, end) if rows[p].x0 < x), default=end)
    # rows on one side only above the other column's first row stay full-width text
    begin = max(start, max(first, first_left) - 1)
    if begin >= end:
        return None
    run = rows[begin:end]
    if not _is_prose([_side(row, x, left=True) for row in run]):
        return None
    if not _is_prose([_side(row, x, left=False) for row in run]):
        return None
    left_edge = max(word.x1 for row in run for word in row.words if word.x1 <= x)
    right_edge = min(word.x0 for row in run for word in row.words if word.x0 >= x)
    return (begin, end) if right_edge - left_edge >= _least_gutter(run) else None


def _least_gutter(run: list[Row]) -> float:
    """Gaps between words line up by chance in a few rows: a gutter is wider than they usually are."""
    gaps = [after.x0 - before.x1 for row in run for before, after in pairwise(row.words)]
    usual = median(gaps) if gaps else 0.0
    return max(_GUTTER if len(run) >= _MANY_ROWS else _FEW_ROWS_GUTTER, _WIDER * usual)


def _side(row: Row, x: float, *, left: bool) -> tuple[float, int]:
    """(width, characters) of the part of a row on one side of ``x``."""
    words = [word for word in row.words if (word.x1 <= x) == left]
    if not words:
        return 0.0, 0
    return words[-1].x1 - words[0].x0, sum(len(word.text) + 1 for word in words)


def _is_prose(sides: list[tuple[float, int]]) -> bool:
    filled = [side for side in sides if side[1]]
    if len(filled) < _LEAST_ROWS:
        return False
    widths = [width for width, _ in filled]
    return mean(characters for _, characters in filled) >= _LEAST_CHARACTERS and median(widths) >= _LEAST_FILL * max(
        widths
    )


def _split(rows: list[Row], x: float) -> Region:
    words = [word for row in rows for word in row.words]
    left = rows_of([word for word in words if word.x1 <= x])
    right = rows_of([word for word in words if word.x1 > x])
    return Region((left, right), x)
