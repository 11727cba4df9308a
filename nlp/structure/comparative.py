"""Comparative tables → rows of a tree: wording in force (context), proposed wording (quoted), reasons.

Reads: the lines of one table. Writes: TABLE and ROW nodes. A row is an amendment: its proposed wording is grown into
units like any quoted wording (role QUOTED), the wording in force likewise with role CURRENT, which is never judged.
Units above the wording that only the first column names («Подпункт 3) пункта 2 статьи 5») become units around it, so
that addresses and citations hold them: ``row_4__qstr__art_5__para_2__subpara_3``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nlp.structure.act import Requisites, Role, Unit, UnitKind
from nlp.structure.comparative_layout import Column, ColumnKind, Layout, RowKind, recognise
from nlp.structure.comparative_order import whole_rows
from nlp.structure.comparative_units import read_path
from nlp.structure.comparative_words import table_words
from nlp.structure.forms import form_of_word
from nlp.structure.labels import HEADINGS, read_label
from nlp.structure.lines import Line, make_line
from nlp.structure.nodes import Node
from nlp.structure.wording import CLOSING, OPENING, fold

_Path = tuple[tuple[UnitKind, str], ...]
Grow = Callable[[Node, Sequence[Line]], None]

TABLE_HEAD = "head"  # style of a row that names columns or the act
GIVEN = "given"  # style of a node whose number stands in the first column and not in the wording itself
_ELISION = re.compile(r"[\s.…*_<>«»\"-]*(?:\.{2,}|…|\. \.)[\s.…*_<>«»\"-]*")
_ELIDED = re.compile(r"(?:^|(?<=\s))(?:…|\.{3,}|\. \. \.)\s*")
_FIRST_POINT = re.compile(r"\s+(?=1\.\s+[А-ЯЁӘҒҚҢӨҰҮҺІ])")
_DASH = re.compile(r"[-–—\s]+")
_BELOW = (UnitKind.CLAUSE, UnitKind.INDENT)
_WIDTH = {kind: place for place, kind in enumerate((UnitKind.ANNEX, *HEADINGS, UnitKind.POINT, UnitKind.SUBPOINT))}


@dataclass(slots=True)
class _Row:
    """Lines of one row by the place of their cell."""

    cells: dict[int, list[Line]] = field(default_factory=dict)

    @property
    def texts(self) -> dict[int, str]:
        return {place: " ".join(line.text for line in lines) for place, lines in self.cells.items()}


def comparative_node(lines: Sequence[Line], clean: str, grow: Grow) -> Node | None:
    """TABLE over the lines of a comparative table; None when it is another kind of table.

    ``grow`` grows the units of lines under a node.
    """
    rows = _rows(lines)
    layout = recognise([row.texts for row in rows])
    if layout is None:
        return None
    table = Node(UnitKind.TABLE, start=lines[0].start, end=lines[-1].end, mark=".")
    ordinal = 0
    for row, kind in _kinds(rows, layout):
        if kind in (RowKind.HEAD, RowKind.TITLE):
            table.add(_plain_row(row))
            continue
        number = layout.number(row.texts)
        ordinal += 1
        node = _plain_row(row)
        node.role, node.style, node.own, node.number = Role.AMENDMENT, "", (0, 0), number or str(ordinal)
        table.add(node)
        _fill(node, row, layout, clean, grow)
    return table


def has_comparative_table(root: Unit) -> bool:
    """Whether a tree holds a comparative table."""
    return any(is_comparative_row(unit) for unit in root.walk())


def is_comparative_row(unit: Unit) -> bool:
    """Whether a unit is a row that changes a unit of another act; rows of other tables hold no units."""
    return unit.kind is UnitKind.ROW and unit.role is Role.AMENDMENT and bool(unit.children)


def requisites_of_table(requisites: Requisites) -> Requisites:
    """«Сравнительная таблица к проекту закона «О …»»: the form of the draft is that of the table."""
    folded = " ".join(fold(requisites.title).split())
    for pattern in table_words().of_draft:
        found = pattern.search(folded)
        form = form_of_word(found["form"]) if found else None
        if form is not None:
            return replace(requisites, form=form)
    return requisites


def _rows(lines: Sequence[Line]) -> list[_Row]:
    found = []
    for group in whole_rows(lines, lambda line: line.row):
        row = _Row()
        for line in group:
            row.cells.setdefault(line.column, []).append(line)
        found.append(row)
    return found


def _kinds(rows: Sequence[_Row], layout: Layout) -> list[tuple[_Row, RowKind]]:
    """Rows with their kinds. What goes on with a row in its last column only has not been moved: it is added here."""
    found: list[tuple[_Row, RowKind]] = []
    for place, row in enumerate(rows):
        kind = RowKind.HEAD if place < layout.head else layout.row_kind(row.texts)
        if kind is RowKind.CONTINUATION and found and found[-1][1] is RowKind.ROW:
            for column, lines in row.cells.items():
                found[-1][0].cells.setdefault(column, []).extend(lines)
        else:
            found.append((row, RowKind.ROW if kind is RowKind.CONTINUATION else kind))
    return found


def _plain_row(row: _Row) -> Node:
    lines = [line for cell in row.cells.values() for line in cell]
    start, end = min(line.start for line in lines), max(line.end for line in lines)
    return Node(UnitKind.ROW, start=start, end=end, own=(start, end), role=Role.HEADING, style=TABLE_HEAD, mark=".")


def _fill(node: Node, row: _Row, layout: Layout, clean: str, grow: Grow) -> None:
    """The cells of a row as its children, in document order."""
    paths: dict[int, _Path] = {}
    for place, lines in row.cells.items():
        column = layout.column_at(place)
        if column is not None and column.kind is ColumnKind.UNIT:
            steps = read_path(" ".join(line.text for line in lines))
            paths[column.block] = tuple((s.kind, s.number) for s in steps if isinstance(s.kind, UnitKind))
    shared = next(iter(paths.values()), ())
    for place, lines in sorted(row.cells.items(), key=lambda item: item[1][0].start):
        column = layout.column_at(place)
        if column is None or column.kind is ColumnKind.NUMBER:
            continue
        path = paths.get(column.block, shared)
        if column.kind is ColumnKind.PROPOSED:
            _proposed(node, lines, path, clean, grow)
        else:
            _beside(node, column, lines, path, clean, grow)


def _proposed(row: Node, lines: list[Line], path: _Path, clean: str, grow: Grow) -> None:
    words = _wording(lines, clean)
    if not words or _is_short(words):
        _struck_out(row, lines, path)
        return
    shell = Node(UnitKind.TEXT, start=words[0].start, end=words[-1].end, quoted=True, role=Role.QUOTED)
    grow(shell, words)
    for unit in _placed(shell.children, path):
        row.add(unit)
        _mark(unit, Role.QUOTED, clean)


def _struck_out(row: Node, lines: Sequence[Line], path: _Path) -> None:
    """«Исключить», «без изменений»: an instruction on the unit that the row names."""
    said = _text(lines, Role.AMENDMENT)
    if lines[-1].body < lines[-1].end:
        said.own = (lines[-1].body, lines[-1].end)
    for unit in _placed([said], path):
        outer: Node | None = row.add(unit)
        while outer is not None:
            outer.quoted, outer.role = True, Role.AMENDMENT
            outer = outer.children[0] if outer.children else None


def _beside(row: Node, column: Column, lines: list[Line], path: _Path, clean: str, grow: Grow) -> None:
    """The wording in force, a reason, the name of the unit: read, never judged."""
    if column.kind is not ColumnKind.CURRENT:
        row.add(_text(lines, Role.REASON if column.kind is ColumnKind.REASON else Role.REQUISITE))
        return
    words = _wording(lines, clean)
    holder = row.add(_text(lines, Role.CURRENT))
    if not words or _is_short(words):
        return
    holder.own = (0, 0)
    shell = Node(UnitKind.TEXT, start=words[0].start, end=words[-1].end, quoted=True, role=Role.CURRENT)
    grow(shell, words)
    for unit in _placed(shell.children, path):
        holder.add(unit)
        _mark(unit, Role.CURRENT, clean)


def _text(lines: Sequence[Line], role: Role) -> Node:
    start, end = lines[0].start, lines[-1].end
    return Node(UnitKind.TEXT, start=start, end=end, own=(start, end), role=role, mark=".")


def _wording(lines: Sequence[Line], clean: str) -> list[Line]:
    """Lines that hold wording: without elisions («…»), without quotation marks around the whole cell."""
    told = [line for line in lines if not _ELISION.fullmatch(line.text) and not _DASH.fullmatch(line.text)]
    words = [piece for line in told for piece in _pieces(replace(line, table=(), row=-1), clean)]
    if not words:
        return []
    opens = words[0].text[:1] in OPENING
    bare = words[-1].text.rstrip(" ;.,")
    if opens and bare[-1:] in CLOSING and len(bare) > 1:
        words[0] = _cut(clean, words[0], words[0].start + 1, words[0].end)
        last = words[-1]
        words[-1] = _cut(clean, last, last.start, last.start + len(last.text.rstrip(" ;.,")) - 1)
    return [line for line in words if line.text.strip()]


def _pieces(line: Line, clean: str) -> list[Line]:
    """A line cut where narrow cells of prints run units together: at an elision, and after the title of an article."""
    cuts = [(found.start(), found.end()) for found in _ELIDED.finditer(line.text) if _labelled(line, found.end())]
    if line.label is not None and line.label.is_heading and (first := _FIRST_POINT.search(line.text)):
        cuts.append((first.start(), first.end()))
    if not cuts:
        return [line]
    found, at = [], 0
    for start, end in (*sorted(cuts), (len(line.text), len(line.text))):
        if line.text[at:start].strip():
            found.append(_cut(clean, line, line.start + at, line.start + start))
        at = end
    return found


def _labelled(line: Line, place: int) -> bool:
    return read_label(line.text[place:]) is not None


def _cut(clean: str, line: Line, start: int, end: int) -> Line:
    """The line over [start, end) without blanks around; the line itself when nothing would be left."""
    while start < end and clean[start].isspace():
        start += 1
    while start < end and clean[end - 1].isspace():
        end -= 1
    return make_line(clean, start, end) if start < end else line


def _is_short(words: Sequence[Line]) -> bool:
    """«Отсутствует», «исключить», «без изменений» – perhaps under the heading or label of the unit."""
    spoken = [line for line in words if line.body < line.end]
    if not spoken:
        return False
    *before, last = spoken
    titles = all(line.label is not None and line.label.is_heading for line in before)
    return titles and table_words().cell(last.words) != ""


# --- units that only the first column names --------------------------------------------------------------------------


def _placed(units: list[Node], path: _Path) -> list[Node]:
    """Grown units inside the units that the row names and the wording does not."""
    if not units or not path:
        return units
    first = units[0]
    if len(units) == 1 and _is_bare(first) and path[-1][0] not in (UnitKind.ANNEX, *HEADINGS):
        (first.kind, first.number), first.style = path[-1], GIVEN
        return [_inside(units, path[:-1])]
    labelled = [unit for unit in units if unit.kind in _WIDTH]
    width = min((_WIDTH[unit.kind] for unit in labelled), default=len(_WIDTH))
    wider = []
    for step in path:
        if _WIDTH.get(step[0], len(_WIDTH)) >= width:
            break
        wider.append(step)
    if len(units) > 1 and not labelled and wider[-1][0] in _BELOW:
        wider.pop()  # several paragraphs, and the row names one part: they are its neighbours, not its parts
    return [_inside(units, tuple(wider))] if wider else units


def _is_bare(unit: Node) -> bool:
    """A paragraph without a label: the row says what it is."""
    return unit.kind in (UnitKind.CLAUSE, UnitKind.INDENT, UnitKind.TEXT) and not unit.number


def _inside(units: list[Node], path: _Path) -> Node:
    if not path:
        return units[0]
    outer = inner = _holder(units, path[0])
    for step in path[1:]:
        inner = inner.add(_holder(units, step))
    for unit in units:
        inner.add(unit)
    return outer


def _holder(units: Sequence[Node], step: tuple[UnitKind, str]) -> Node:
    kind, number = step
    start, end, mark = units[0].start, units[-1].end, units[-1].mark
    return Node(kind, number, start=start, end=end, style=GIVEN, mark=mark, quoted=True)


def _mark(node: Node, role: Role, clean: str) -> None:
    """A unit and all below are of this wording; one that only says «3) исключен;» is an instruction."""
    node.quoted, node.role = True, role
    if role is Role.QUOTED and not node.children and table_words().cell(clean[node.own[0] : node.own[1]]):
        node.role = Role.AMENDMENT
    for child in node.children:
        _mark(child, role, clean)
