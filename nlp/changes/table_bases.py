"""The wording in force that a comparative table shows, as texts of the amended acts (DESIGN 2).

Reads: the rows of the table. Writes: one ``SourceText`` per amended act and language: its name, then the units of the
column of the wording in force under the headings that their paths name. Such a text has no file of its own: nothing is
ever marked in it; amendments of the draft are applied to it as to any act given as wording in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from nlp.changes.bases import Base, alike, base_of
from nlp.reading.source import Block, BlockKind, Place, SourceText
from nlp.structure import structure
from nlp.structure.act import Act, Unit, UnitKind
from nlp.structure.comparative_rows import TableRow, comparative_rows
from nlp.structure.formulas import formulas
from nlp.structure.labels import HEADINGS

_BRACKETED = (UnitKind.SUBPOINT,)
_SILENT = (UnitKind.CLAUSE, UnitKind.INDENT, UnitKind.TEXT, UnitKind.TABLE, UnitKind.ROW)


def table_bases(table: SourceText | None, given: Sequence[Base]) -> list[Base]:
    """The bases that a comparative table adds to the acts given as wording in force; an act that is given whole is
    not taken from the table. Their texts bear the name and the sum of the table's file."""
    if table is None:
        return []
    found: list[Base] = []
    for source in bases_of_table(table):
        base = replace(base_of(structure(source), len(given) + len(found)), partial=True)
        if not any(alike(one, other) for other_base in given for one in base.titles for other in other_base.titles):
            found.append(base)
    return found


def bases_of_table(table: SourceText) -> tuple[SourceText, ...]:
    """The acts of a comparative table as far as its column of the wording in force shows them."""
    act = structure(table)
    found: list[SourceText] = []
    rows = [row for row in comparative_rows(act) if row.current]
    ordered = sorted(rows, key=lambda row: (row.language, row.act.span))  # sorting is stable: rows keep their order
    for _, group in groupby(ordered, key=lambda row: (row.language, row.act.span)):
        same = list(group)
        lines = [same[0].act.title or act.requisites.title, *_lines(act, same)]
        found.append(_text(lines, table))
    return tuple(found)


def _lines(act: Act, rows: Sequence[TableRow]) -> list[str]:
    """The units in the order of the rows; a heading that two rows in a row share is written once."""
    units = {unit.address: unit for unit in act.root.walk()}
    lines: list[str] = []
    written: list[tuple[UnitKind, str]] = []
    for row in rows:
        for provision in row.current:
            path = [units[step] for step in provision.path if step in units]
            at = next((n for n, unit in enumerate(path) if unit.kind not in (UnitKind.TEXT, UnitKind.ACT)), len(path))
            path = path[at:]
            names = [(unit.kind, unit.number) for unit in path]
            shared = 0
            while shared < min(len(names) - 1, len(written)) and names[shared] == written[shared]:
                shared += 1
            lines += [_label(unit, row.language, act.text(unit.heading)) for unit in path[shared:-1] if _told(unit)]
            lines.append(_labelled(path[-1], row.language, provision.text) if path else provision.text)
            written = names
    return lines


def _told(unit: Unit) -> bool:
    return unit.kind not in _SILENT and bool(unit.number)


def _labelled(unit: Unit, language: str, words: str) -> str:
    return _label(unit, language, words) if _told(unit) else words


def _label(unit: Unit, language: str, words: str) -> str:
    """The unit as an act prints it: «Статья 5. …», «5-бап. …», «2. …», «3) …»."""
    if unit.kind in _BRACKETED:
        return f"{unit.number}) {words}".rstrip()
    if unit.kind not in HEADINGS:
        return f"{unit.number}. {words}".rstrip()
    data = formulas().data[language]["headings"]
    name = str(data["words"][unit.kind.value][0])
    head = f"{name.capitalize()} {unit.number}" if data["order"] == "name_first" else f"{unit.number}-{name}"
    return f"{head}. {words}".rstrip()


def _text(lines: Iterable[str], table: SourceText) -> SourceText:
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(" ".join(line.split()) for line in lines):
        pieces.append(line)
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line), Place(number)))
        at += len(line) + 1
    return SourceText("\n".join(pieces), tuple(blocks), table.format, name=table.name, sha256=table.sha256)
