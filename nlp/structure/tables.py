"""Tables of annexes → TABLE and ROW nodes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from nlp.structure.act import Role, Span, UnitKind
from nlp.structure.lines import Line
from nlp.structure.nodes import Node

_ENOUGH_ROWS = 3
_CELL_SHARE = 0.6
_NUMBER_CELL = re.compile(r"(\d{1,4}(?:[-.]\d{1,3})*)[.)]?")
_HEAD_CELL = re.compile(r"(№|n|р/с|р/н|с/н)(\s*(п/п|р/с|р/н))?\.?|рет\s*№|реттік.*|№.*", re.IGNORECASE)


def table_node(lines: Sequence[Line]) -> Node:
    """TABLE over the lines of one table, with one ROW for each row that has words.

    A row's number is its first cell when that holds a number, otherwise its ordinal among the rows below the head.
    """
    table = Node(UnitKind.TABLE, start=lines[0].start, end=lines[-1].end, mark=".")
    rows = [_cells(list(group)) for _, group in groupby(lines, key=lambda line: line.row)]
    head = _head_rows(rows)
    ordinal = 0
    for place, cells in enumerate(rows):
        text = cells[0][1]
        found = _NUMBER_CELL.fullmatch(text)
        start, end = cells[0][0][0], cells[-1][0][1]
        node = Node(UnitKind.ROW, start=start, end=end, own=(start, end), mark=".")
        if place < head:
            node.role = Role.HEADING
        else:
            ordinal += 1
            node.number = found.group(1) if found else str(ordinal)
            if found and len(cells) > 1:
                node.own = (cells[1][0][0], end)
        table.add(node)
    return table


def _cells(lines: list[Line]) -> list[tuple[Span, str]]:
    """Spans and texts of the cells of a row that have words."""
    if lines[0].cells:
        first = lines[0]
        return [
            ((left, right), first.text[left - first.start : right - first.start].strip()) for left, right in first.cells
        ]
    return [((line.start, line.end), line.text) for line in lines]


def _head_rows(rows: list[list[tuple[Span, str]]]) -> int:
    """How many rows at the top name the columns: those before the first numbered row, when the first is a head."""
    if len(rows) < 2:
        return 0
    first = rows[0][0][1]
    numbered = [bool(_NUMBER_CELL.fullmatch(cells[0][1])) for cells in rows]
    if _HEAD_CELL.fullmatch(first) or (not numbered[0] and all(numbered[1:])):
        columns = [
            cells for cells in rows[1:2] if all(re.fullmatch(r"\d{1,2}", text) for _, text in cells) and len(cells) > 2
        ]
        return 1 + len(columns)
    return 0


def broken_rows(lines: Sequence[Line], start: int, stop: int) -> frozenset[int]:
    """Lines of [start, stop) that are the bare numbers («24.») of rows of a table that was broken into its cells.

    Numbers grow, and most lines between them are pieces of cells: they end with no mark. In a text whose points have
    their numbers on lines of their own the lines are sentences.
    """
    found: list[int] = []
    last = 0
    for place in range(start, stop):
        number = _bare_number(lines[place])
        if number > last:
            found.append(place)
            last = number
    if len(found) < _ENOUGH_ROWS:
        return frozenset()
    between = [line for line in lines[found[0] : found[-1]] if line.label is None]
    open_ended = sum(line.mark in ("", ",") for line in between)
    return frozenset(found) if open_ended > _CELL_SHARE * len(between) else frozenset()


def _bare_number(line: Line) -> int:
    """The number that is all a line says; 0 when there is none."""
    label = line.label
    if label is None or line.table or label.kind is not UnitKind.POINT or line.body < line.end:
        return 0
    return int(label.number) if label.number.isascii() and label.number.isdigit() else 0
