"""Rows of a comparative table that go on in the next row – over a page break, under a merged number – made one row.

Reads: a ``SourceText``. Writes: the same text with the cells of such rows brought together, column by column, so that a
unit begun in one row and ended in the next is read in one piece. Blocks keep their places in the file (those of a table
inside a cell get the place of the cell); only their order and their offsets in the clean text change. A text without
such rows comes back as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import TypeVar

from nlp.reading.excerpt import excerpt
from nlp.reading.source import Block, BlockKind, SourceText
from nlp.structure.comparative_layout import RowKind, recognise

_Item = TypeVar("_Item")


def with_whole_rows(source: SourceText) -> SourceText:
    """The text with continued rows joined to the rows they continue. Doing it again changes nothing."""
    blocks: list[Block] = []
    flat = _flattened(source)
    changed = flat is not None
    for table, group in groupby(flat or source.blocks, key=_table):
        members = list(group)
        joined = _joined(source.text, members) if table >= 0 else None
        changed = changed or joined is not None
        blocks += joined or members
    return excerpt(source, blocks) if changed else source


def _table(block: Block) -> int:
    return block.place.table if block.kind is BlockKind.CELL else -1


def _flattened(source: SourceText) -> list[Block] | None:
    """Blocks with tables inside the cells of a comparative table as lines of these cells; None when there are none."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, block in enumerate(source.blocks):
        if (table := _table(block)) >= 0:
            first.setdefault(table, at)
            last[table] = at
    found: list[Block] | None = None
    for outer in first:
        span = source.blocks[first[outer] : last[outer] + 1]
        own = [block for block in span if _table(block) == outer]
        if len(own) == len(span) or recognise([_cells(source.text, row) for row in whole_rows(own, _row)]) is None:
            continue
        found = found or list(source.blocks)
        place = span[0].place
        for at, block in enumerate(span, first[outer]):
            if _table(block) == outer:
                place = block.place
            else:
                inside = replace(block.place, table=place.table, row=place.row, column=place.column)
                found[at] = replace(block, kind=BlockKind.CELL, place=inside)
    return found


def _joined(text: str, blocks: list[Block]) -> list[Block] | None:
    """Blocks of a comparative table with continued rows joined; None when no row is continued."""
    rows = whole_rows(blocks, _row)
    cells = [_cells(text, row) for row in rows]
    layout = recognise(cells)
    if layout is None:
        return None
    found: list[list[Block]] = []
    last = -1  # the row that may go on
    joined = False
    for number, (row, texts) in enumerate(zip(rows, cells, strict=True)):
        kind = RowKind.HEAD if number < layout.head else layout.row_kind(texts)
        if kind is RowKind.CONTINUATION and last >= 0:
            found[last] = sorted((*found[last], *row), key=_column)  # sorting is stable: the upper row stays above
            joined = True
            continue
        if kind is not RowKind.HEAD:
            last = -1 if kind is RowKind.TITLE else len(found)
        found.append(row)
    return [block for row in found for block in row] if joined else None


def whole_rows(items: Sequence[_Item], row_of: Callable[[_Item], int]) -> list[list[_Item]]:
    """Items of one table by rows. Rows that have been joined stay in one piece: their items are shuffled together."""
    found: list[list[_Item]] = []
    least = list(accumulate(reversed([row_of(item) for item in items]), min))[::-1]  # the lowest row from here on
    highest = -1
    for item, lowest in zip(items, least, strict=True):
        if not found or lowest > highest:
            found.append([])
        found[-1].append(item)
        highest = max(highest, row_of(item))
    return found


def _row(block: Block) -> int:
    return block.place.row


def _column(block: Block) -> int:
    return block.place.column


def _cells(text: str, row: Sequence[Block]) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in row:
        place, words = block.place.column, text[block.start : block.end]
        found[place] = f"{found[place]} {words}" if place in found else words
    return found
