"""Ruling lines of a page → tables of cells.

Reads: path objects of an open page. Writes: ``Grid``s: boxes of cells with row and column. The geometry (lines →
crossings → cells → tables) is pdfplumber's; it is given the lines that pdfium drew, so that the file is parsed once and
pdfplumber is loaded only for pages that have ruling lines.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from nlp.reading.pdf_document import OpenPage, page_objects
from nlp.reading.pdf_words import turn

_THIN = 2.5  # points: a filled rectangle this thin is a ruling line
_LEAST_LENGTH = 6.0
_TOLERANCE = 3.0
_MOST_OBJECTS = 200_000
_MOST_LINES = 1_200
_MOST_CROSSINGS = 2_500
_MOST_SEGMENTS = 2_000

Line = tuple[float, float, float, float]
"""x0, y0, x1, y1 in upright coordinates; either x0 == x1 or y0 == y1."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """``row`` and ``column`` count from 0; a merged cell has those of its upper left corner."""

    row: int
    column: int
    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the cell."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: cells by row and column, and the x of its column borders."""

    cells: tuple[GridCell, ...]
    borders: tuple[float, ...]

    @property
    def top(self) -> float:
        """Upper edge."""
        return max(cell.y1 for cell in self.cells)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return min(cell.y0 for cell in self.cells)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return 1 + max(cell.row for cell in self.cells)


def grids_of(page: OpenPage, quadrant: int) -> tuple[list[Grid], bool]:
    """Tables from the top down, and whether there were too many lines to look for any."""
    lines: list[Line] = []
    for obj, kind, forms in page_objects(page, _MOST_OBJECTS):
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        lines.extend(_ruling(obj, forms, quadrant))
        if len(lines) > _MOST_LINES:
            return [], True
    return grids_from(lines)


def grids_from(lines: list[Line]) -> tuple[list[Grid], bool]:
    """Tables that ruling lines make, from the top down, and whether there were too many lines to look for any."""
    if len(lines) > _MOST_LINES:
        return [], True
    upright = [line for line in lines if line[0] == line[2]]
    if len(upright) < 2 or len(lines) - len(upright) < 2:
        return [], False
    return _grids(lines)


def _ruling(obj: Any, forms: list[Any], quadrant: int) -> Iterator[Line]:
    """Ruling lines that one path draws."""
    floats = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(obj, *map(ctypes.byref, floats)):
        return
    x0, y0, x1, y1 = (value.value for value in floats)
    if forms:  # bounds of an object in a form are in the form's space
        x0, y0, x1, y1 = _through_box(_matrices(forms), (x0, y0, x1, y1))
    if x1 - x0 < _LEAST_LENGTH and y1 - y0 < _LEAST_LENGTH:
        return
    if min(x1 - x0, y1 - y0) <= _THIN:
        yield from _as_line(quadrant, x0, y0, x1, y1)
        return
    yield from _segments(obj, forms, quadrant)


def _segments(obj: Any, forms: list[Any], quadrant: int) -> Iterator[Line]:
    """Straight sides of a path of several: a frame, a grid drawn at once."""
    count = pdfium.FPDFPath_CountSegments(obj)
    if not 2 <= count <= _MOST_SEGMENTS or not _is_drawn(obj):
        return
    matrices = _matrices([*forms, obj])
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(obj, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _through(matrices, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(quadrant, last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(quadrant, last, start)
            last = start


def _is_drawn(obj: Any) -> bool:
    """Whether the sides show: a path with a stroke. Filled areas are shading."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    ok = pdfium.FPDFPath_GetDrawMode(obj, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(ok and stroke.value)


def _straight(quadrant: int, a: tuple[float, float], b: tuple[float, float]) -> Iterator[Line]:
    x0, x1 = sorted((a[0], b[0]))
    y0, y1 = sorted((a[1], b[1]))
    if min(x1 - x0, y1 - y0) <= 1.0 and max(x1 - x0, y1 - y0) >= _LEAST_LENGTH:
        yield from _as_line(quadrant, x0, y0, x1, y1)


def _as_line(quadrant: int, x0: float, y0: float, x1: float, y1: float) -> Iterator[Line]:
    a, b = turn(quadrant, x0, y0), turn(quadrant, x1, y1)
    left, right = min(a[0], b[0]), max(a[0], b[0])
    low, high = min(a[1], b[1]), max(a[1], b[1])
    if right - left >= high - low:
        yield (left, (low + high) / 2, right, (low + high) / 2)
    else:
        yield ((left + right) / 2, low, (left + right) / 2, high)


def _matrices(objects: list[Any]) -> list[Any]:
    """Matrices to apply one after another, the innermost object's first."""
    found = []
    for obj in reversed(objects):
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFPageObj_GetMatrix(obj, matrix):
            found.append(matrix)
    return found


def _through(matrices: list[Any], x: float, y: float) -> tuple[float, float]:
    for m in matrices:
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y


def _through_box(matrices: list[Any], box: Line) -> Line:
    a, b = _through(matrices, box[0], box[1]), _through(matrices, box[2], box[3])
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _grids(lines: list[Line]) -> tuple[list[Grid], bool]:
    from pdfplumber import table as geometry

    edges = geometry.merge_edges([_edge(line) for line in lines], _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    crossings = geometry.edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MOST_CROSSINGS:
        return [], True
    tables = geometry.cells_to_tables(geometry.intersections_to_cells(crossings))
    grids = [_grid(cells) for cells in tables if len(cells) > 1]
    return sorted(grids, key=lambda grid: -grid.top), False


def _edge(line: Line) -> dict[str, Any]:
    """A line as pdfplumber wants it: ``top`` grows downwards."""
    x0, y0, x1, y1 = line
    return {
        "x0": x0,
        "x1": x1,
        "top": -y1,
        "bottom": -y0,
        "width": x1 - x0,
        "height": y1 - y0,
        "orientation": "v" if x0 == x1 else "h",
        "object_type": "line",
    }


def _grid(cells: list[tuple[float, float, float, float]]) -> Grid:
    columns = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    placed = [GridCell(tops.index(top), columns.index(x0), x0, -bottom, x1, -top) for x0, top, x1, bottom in cells]
    borders = (*columns, max(cell[2] for cell in cells))
    return Grid(tuple(sorted(placed, key=lambda cell: (cell.row, cell.column))), borders)
