"""Ruling lines of a scanned page, for its tables.

Reads: grey pixels of a page that stands straight. Writes: the page without them, and its tables. A rule is a stroke
much longer than any of a letter; it may be broken here and there, as scans break it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nlp.reading.ocr_picture import Picture
from nlp.reading.pdf_rules import Grid, Line, grids_from

_WORKING_DPI = 150
_LEAST_LENGTH = 30.0  # points
_FILLED = 0.92  # of that length is ink
_THICKEST = 5.0  # points: thicker strokes are bars or pictures
_MOST_STROKES = 20_000

_INK = 0.6  # of the paper's lightness: darker is ink

_Stroke = tuple[int, int, int, int]
"""First and last row, first and last column, of a level stroke; for an upright one rows are columns."""
_Ink = npt.NDArray[np.bool_]


def without_rules(picture: Picture) -> tuple[Picture, list[Grid]]:
    """The picture without its ruling lines, which recognition takes for letters; and its tables, from the top down."""
    step = max(int(picture.dpi // _WORKING_DPI), 1)
    height, width = picture.height // step, picture.width // step
    if min(height, width) < 2:
        return picture, []
    blocks = picture.pixels[: height * step, : width * step].reshape(height, step, width, step)
    darkest = blocks.min(axis=(1, 3))
    paper = int(np.percentile(darkest, 80))
    ink: _Ink = darkest < _INK * paper
    unit = picture.points * step
    length = max(int(_LEAST_LENGTH / unit), 4)
    across = _strokes(ink, length, _THICKEST / unit)
    down = _strokes(np.ascontiguousarray(ink.T), length, _THICKEST / unit)
    if not across or not down or len(across) + len(down) > _MOST_STROKES:
        return picture, []
    high = picture.height * picture.points
    lines: list[Line] = []
    for first, last, start, end in across:
        y = high - (first + last + 1) / 2 * unit
        lines.append((start * unit, y, end * unit, y))
    for first, last, start, end in down:
        x = (first + last + 1) / 2 * unit
        lines.append((x, high - end * unit, x, high - start * unit))
    grids = grids_from(lines)[0]
    return (_wiped(picture, across, down, step, paper) if grids else picture), grids


def _wiped(picture: Picture, across: list[_Stroke], down: list[_Stroke], step: int, paper: int) -> Picture:
    pixels = picture.pixels.copy()
    for first, last, start, end in across:
        pixels[max(first - 1, 0) * step : (last + 2) * step, start * step : end * step] = paper
    for first, last, start, end in down:
        pixels[start * step : end * step, max(first - 1, 0) * step : (last + 2) * step] = paper
    return Picture(pixels, picture.dpi, picture.to_page)


def _strokes(ink: _Ink, length: int, thickest: float) -> list[_Stroke]:
    """Level strokes."""
    if ink.shape[1] <= length:
        return []
    sums = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = sums[:, length:] - sums[:, :-length] >= _FILLED * length
    open_: list[list[int]] = []  # first row, last row, first column, last column
    found: list[list[int]] = []
    for row in np.flatnonzero(full.any(axis=1)).tolist():
        still = [stroke for stroke in open_ if stroke[1] >= row - 2]
        found += [stroke for stroke in open_ if stroke[1] < row - 2]
        for first, last in _runs(full[row], length):
            joined = next((s for s in still if s[2] <= last and first <= s[3]), None)
            if joined is None:
                still.append([row, row, first, last])
            else:
                joined[1], joined[2], joined[3] = row, min(joined[2], first), max(joined[3], last)
        open_ = still
        if len(open_) + len(found) > _MOST_STROKES:
            break
    found += open_
    return [(top, bottom, x0, x1) for top, bottom, x0, x1 in found if bottom - top < thickest]


def _runs(marks: _Ink, length: int) -> list[tuple[int, int]]:
    """Columns of the strokes of one row: each mark is the beginning of ``length`` dark pixels."""
    places = np.flatnonzero(marks)
    breaks = np.flatnonzero(np.diff(places) > length)
    firsts = places[np.concatenate(([0], breaks + 1))]
    lasts = places[np.concatenate((breaks, [len(places) - 1]))] + length
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
