"""The tree of units as the hierarchy of Akoma Ntoso: what goes where, which element, which eId.

Reads: Act. Writes: elements under ``bill``, ``act`` or ``doc``. Whatever the tree says, the text is laid out by one
tape from its beginning to its end, so nothing is lost and nothing is there twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from expertise.documents.akoma.ids import CONTAINER, OWN, container_name, element_of
from expertise.documents.akoma.tape import Tape, element
from nlp.reading.source import Block, BlockKind
from nlp.structure.act import Act, Role, Unit, UnitKind

if TYPE_CHECKING:
    from lxml.etree import _Element

NOWHERE = (0, 0)
UNIT, ROW, QUOTED = "unit", "row", "quoted"  # how a unit is written


class Hierarchy:
    """Writes the units of one act; ``modifications`` are the eIds of the ``mod`` of amending units."""

    def __init__(self, act: Act, tape: Tape) -> None:
        self._act = act
        self._tape = tape
        self.units: dict[str, str] = {}
        self.modifications: dict[str, str] = {}

    def sequence(self, parent: _Element, children: Sequence[Unit], prefix: str, quoted: bool = False) -> None:
        """Units one after another in an element that takes a hierarchy; text between them in containers of its own.

        ``quoted``: the element is new wording already, so quoted units are the units of it.
        """
        for sort, members in groupby(children, key=lambda child: _sort(child, quoted)):
            group = list(members)
            if sort != UNIT:
                self.gap(parent, group[0].span[0], prefix)
                name = "rows" if sort == ROW else "quotation"
                made = self._container(parent, name, prefix)
                address = group[0].address.split("__qstr", 1)[0]
                self._content(made, sort, group, group[-1].span[1], address)
                continue
            for unit in group:
                self.gap(parent, unit.span[0], prefix)
                self._unit(parent, unit, prefix)

    def gap(self, parent: _Element, end: int, prefix: str) -> None:
        """Text that belongs to no unit, up to ``end``."""
        if self._tape.blank(end):
            self._tape.skip(end)
        if self._tape.at < end:
            made = self._container(parent, "text", prefix)
            self._tape.lines(element(made, "content"), end, made.get("eId", ""))

    def _container(self, parent: _Element, name: str, prefix: str) -> _Element:
        made = element(parent, CONTAINER, self._tape.ids.counted(prefix, CONTAINER))
        made.set("name", name)
        return made

    def _unit(self, parent: _Element, unit: Unit, prefix: str) -> None:
        name = element_of(unit)
        made = element(parent, name, self._tape.ids.numbered(prefix, name, unit.number))
        eid = made.get("eId", "")
        if name == CONTAINER:
            made.set("name", container_name(unit))
        made.set(f"{{{OWN}}}address", unit.address)
        self.units[unit.address] = eid
        first = unit.children[0].span[0] if unit.children else unit.span[1]
        self._head(made, unit, first, eid)
        quoted = unit.role is Role.QUOTED
        sorts = {_sort(child, quoted) for child in unit.children}
        if len(sorts) <= 1 and UNIT not in sorts:
            self._content(made, next(iter(sorts), UNIT), unit.children, unit.span[1], unit.address)
            return
        if not self._tape.blank(first):
            self._tape.lines(element(made, "intro"), first, eid)
        self.sequence(made, unit.children, eid, quoted)
        if not self._tape.blank(unit.span[1]):
            self._tape.lines(element(made, "wrapUp"), unit.span[1], eid)
        self._tape.skip(unit.span[1])

    def _head(self, made: _Element, unit: Unit, first: int, eid: str) -> None:
        """The number as it is printed, and the heading."""
        tape = self._tape
        begins = [span[0] for span in (unit.heading, unit.own) if span != NOWHERE and span[0] < first]
        label = min(begins) if begins else (first if unit.number else tape.at)
        if not tape.blank(label):
            tape.put(element(made, "num", tape.ids.only(eid, "num")), label)
        if unit.heading != NOWHERE and unit.heading[0] == tape.at and unit.heading[1] <= first:
            tape.put(element(made, "heading", tape.ids.only(eid, "heading")), unit.heading[1])

    def _content(self, made: _Element, sort: str, children: Sequence[Unit], end: int, address: str) -> None:
        """``content``: lines, with rows of a table or with new wording of another act among them."""
        content, eid = element(made, "content"), made.get("eId", "")
        if sort == QUOTED:
            self._quotation(content, children, end, eid, address)
            return
        if sort == ROW:
            self._tape.lines(content, children[0].span[0], eid)
            self._table(content, children, eid)
        self._tape.lines(content, end, eid)

    def _quotation(self, content: _Element, children: Sequence[Unit], end: int, eid: str, address: str) -> None:
        """The words of the amendment as ``mod``, the wording that it gives as ``quotedStructure`` in it."""
        tape = self._tape
        paragraph = tape.paragraph(content, eid)
        mod = tape.mod(paragraph)
        self.modifications.setdefault(address, mod.get("eId", ""))
        quoted: _Element | None = None
        for child in children:
            if quoted is None or not tape.blank(child.span[0]):
                tape.put(mod, child.span[0], paragraph)
                quoted = element(mod, "quotedStructure", tape.ids.counted(mod.get("eId", ""), "quotedStructure"))
            self.sequence(quoted, (child,), quoted.get("eId", ""), quoted=True)
        tape.put(mod, end, paragraph)

    # Tables

    def _table(self, content: _Element, rows: Sequence[Unit], prefix: str) -> None:
        table = element(content, "table", self._tape.ids.counted(prefix, "table"))
        for row in rows:
            if not self._tape.blank(row.span[0]):
                self._tape.lines(element(element(table, "tr"), "td"), row.span[0], prefix)
            self._tape.skip(row.span[0])
            self._row(table, row, prefix)

    def _row(self, table: _Element, row: Unit, prefix: str) -> None:
        made = element(table, "tr", self._tape.ids.counted(prefix, "tr"))
        made.set(f"{{{OWN}}}address", row.address)
        eid = made.get("eId", "")
        self.units[row.address] = eid
        for _, blocks in groupby(self._blocks(row), key=_cell):
            cell = element(made, "td")
            for block in blocks:
                end = min(block.end, row.span[1])
                self._tape.lines(cell, end, eid, _deepest(row, max(block.start, row.span[0])).address)
        if not len(made):
            element(made, "td")
        self._tape.lines(made[-1], row.span[1], eid)

    def _blocks(self, row: Unit) -> Iterator[Block]:
        blocks = self._act.source.blocks
        position = max(bisect_right(blocks, row.span[0], key=lambda block: block.start) - 1, 0)
        while position < len(blocks) and blocks[position].start < row.span[1]:
            if blocks[position].end > row.span[0]:
                yield blocks[position]
            position += 1


def _cell(block: Block) -> tuple[int, ...]:
    place = block.place
    return (place.table, place.row, place.column) if block.kind is BlockKind.CELL else ()


def _deepest(unit: Unit, offset: int) -> Unit:
    for child in unit.children:
        if child.span[0] <= offset < child.span[1]:
            return _deepest(child, offset)
    return unit


def _sort(unit: Unit, quoted: bool) -> str:
    if unit.role is Role.QUOTED and not quoted:
        return QUOTED
    return ROW if unit.kind is UnitKind.ROW else UNIT
