"""Which table is a comparative one, and what its columns and rows are (methodology 5.3; DESIGN 2).

Reads: the texts of the cells. Writes: ``Layout``. The head is recognised by its words, wherever it stands among the
first rows; its cells may be merged, its columns may stand in any order, once or (bilingual tables) twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlp.structure.comparative_words import plain, table_words

Cells = Mapping[int, str]  # column → text of one row

_HEAD_WITHIN = 6  # rows from the top: a title or the name of an act may stand above the head
_LONGEST_HEAD = 200  # characters of one cell of the head
_FIGURE = re.compile(r"\(?\d{1,2}\)?\W*")
_ROW_NUMBER = re.compile(r"\(?(\d{1,4}(?:[.-]\d{1,3})*)[.)]?")


class ColumnKind(StrEnum):
    """What a column of a comparative table holds."""

    NUMBER = "number"
    UNIT = "unit"
    CURRENT = "current"
    PROPOSED = "proposed"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Column:
    """``start`` is the place of the column in the grid, ``block`` counts the languages of a bilingual table from 0."""

    start: int
    kind: ColumnKind
    language: str
    block: int = 0


class RowKind(StrEnum):
    """What a row of a comparative table is."""

    HEAD = "head"
    TITLE = "title"  # a merged row: the act that is amended, a chapter
    ROW = "row"
    CONTINUATION = "continuation"  # goes on with the row above: neither number nor unit of its own


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns from left to right. ``head``: rows up to and with the head; ``head_texts``: its rows, to know repeats.

    ``numbered``: whether rows have numbers of their own.
    """

    columns: tuple[Column, ...]
    head: int
    head_texts: frozenset[tuple[str, ...]]
    numbered: bool = False

    @property
    def language(self) -> str:
        """The language of the (first) proposed column's name."""
        return next(column.language for column in self.columns if column.kind is ColumnKind.PROPOSED)

    def column_at(self, place: int) -> Column | None:
        """The column that a cell beginning at this place of the grid belongs to; None left of all named ones."""
        found = [column for column in self.columns if column.start <= place]
        return found[-1] if found else None

    def by_column(self, cells: Cells) -> dict[Column, str]:
        """Texts of the named columns; cells of one column are joined."""
        found: dict[Column, str] = {}
        for place, text in cells.items():
            column = self.column_at(place)
            if column is not None and text.strip():
                found[column] = f"{found[column]} {text}" if column in found else text
        return found

    def number(self, cells: Cells) -> str:
        """The number of a row, "" when it has none."""
        for column, text in self.by_column(cells).items():
            if column.kind is ColumnKind.NUMBER and (found := _ROW_NUMBER.fullmatch(text.strip())):
                return found.group(1)
        return ""

    def row_kind(self, cells: Cells) -> RowKind:
        """What one row below the head is."""
        if _is_figures(cells) or _texts(cells) in self.head_texts:
            return RowKind.HEAD
        texts = self.by_column(cells)
        kinds = {column.kind for column in texts}
        wording = kinds & {ColumnKind.CURRENT, ColumnKind.PROPOSED}
        if not wording and (len(texts) == 1 or _has_title(texts)) and not self._only_number(texts):
            alone = ColumnKind.REASON in kinds and self.numbered
            return RowKind.CONTINUATION if alone else RowKind.TITLE
        if len(texts) == 1 and self._is_title_over(cells, texts):
            return RowKind.TITLE
        if ColumnKind.UNIT in kinds or ColumnKind.NUMBER in kinds:
            return RowKind.ROW
        named = {column.kind for column in self.columns}
        owned = (ColumnKind.NUMBER in named and self.numbered) or ColumnKind.UNIT in named
        return RowKind.CONTINUATION if owned else RowKind.ROW

    def _is_title_over(self, cells: Cells, texts: Mapping[Column, str]) -> bool:
        """A merged row in a table without number and unit: one cell, at the very left."""
        first = self.columns[0]
        return first.kind is ColumnKind.CURRENT and first in texts and len(cells) == 1

    @staticmethod
    def _only_number(texts: Mapping[Column, str]) -> bool:
        return all(column.kind is ColumnKind.NUMBER and _ROW_NUMBER.fullmatch(t.strip()) for column, t in texts.items())


def _has_title(texts: Mapping[Column, str]) -> bool:
    """A number and a merged cell: «1 | Закон Республики Казахстан «О …»»."""
    return {column.kind for column in texts} == {ColumnKind.NUMBER, ColumnKind.UNIT} and any(
        column.kind is ColumnKind.UNIT and ("«" in text or '"' in text) for column, text in texts.items()
    )


def recognise(rows: Sequence[Cells]) -> Layout | None:
    """The layout of a comparative table, or None for any other table.

    The head names at least the wording in force and the proposed one; it may take two rows («Редакция» over
    «действующая» and «предлагаемая»), and a row of figures (1 2 3 4 5) may follow it.
    """
    for place, cells in enumerate(rows[:_HEAD_WITHIN]):
        if len(_texts(cells)) < 2 or any(len(text) > _LONGEST_HEAD for text in cells.values()):
            continue
        for depth in (1, 2):
            head = rows[place : place + depth]
            columns = _columns(head)
            if columns is not None:
                return _layout(rows, columns, place + len(head), frozenset(map(_texts, head)))
    return None


def _layout(rows: Sequence[Cells], columns: tuple[Column, ...], head: int, texts: frozenset[tuple[str, ...]]) -> Layout:
    if head < len(rows) and _is_figures(rows[head]):
        head += 1
    bare = Layout(columns, head, texts)
    return Layout(columns, head, texts, numbered=any(bare.number(row) for row in rows[head:]))


def _texts(cells: Cells) -> tuple[str, ...]:
    return tuple(plain(text) for text in cells.values() if text.strip())


def _columns(head: Sequence[Cells]) -> tuple[Column, ...] | None:
    named: dict[int, tuple[str, str]] = {}
    upper: dict[int, str] = {}
    for cells in head:
        for place, text in cells.items():
            over = [other for other in upper if other <= place]
            found = table_words().column(text)
            if found is None and over:
                found = table_words().column(f"{text} {upper[max(over)]}")
            if found is not None:
                named[place] = found
        upper = {place: text for place, text in cells.items() if text.strip()}
    kinds = {name for name, _ in named.values()}
    swap = {"proposed_weak": "proposed"}
    if "proposed_weak" in kinds and "proposed" in kinds:
        # «Редакция законопроекта | Предлагаемое изменение»: the draft itself is what is being changed
        swap = {"proposed_weak": "current"} if "current" not in kinds else {"proposed_weak": "reason"}
    columns: list[Column] = []
    block = 0
    seen: set[ColumnKind] = set()
    for place in sorted(named):
        name, language = named[place]
        kind = ColumnKind(swap.get(name, name))
        if kind in seen and kind is not ColumnKind.REASON:
            block, seen = block + 1, set()
        seen.add(kind)
        columns.append(Column(place, kind, language, block))
    kinds_found = {column.kind for column in columns}
    complete = {ColumnKind.CURRENT, ColumnKind.PROPOSED} <= kinds_found and len(columns) <= _MOST_COLUMNS
    return tuple(columns) if complete else None


_MOST_COLUMNS = 16


def _is_figures(cells: Cells) -> bool:
    """The row 1 2 3 4 5 under the head."""
    texts = [text.strip() for _, text in sorted(cells.items()) if text.strip()]
    if len(texts) < 3 or not all(_FIGURE.fullmatch(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)
