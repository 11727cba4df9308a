"""Lines of one text → tree of nodes: headings, points, subpoints, clauses and indents, quoted wording, tables.

Clause (часть) or indent (абзац), methodology 5.1: an unnumbered paragraph is a clause when it is a full sentence that
begins with a capital letter, and an indent when it goes on with a list after a colon or a semicolon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.structure.act import Role, UnitKind
from nlp.structure.formulas import formulas
from nlp.structure.labels import HEADINGS, Label
from nlp.structure.lines import Line, make_line
from nlp.structure.nodes import Node, node_of
from nlp.structure.tables import table_node
from nlp.structure.wording import CLOSING, OPENING, is_capitals, number_key, starts_lower, starts_upper

_RANK = {kind: rank for rank, kind in enumerate(HEADINGS, 1)}
_POINT_RANK = len(HEADINGS) + 1
_NOTE = "note"
_BARE_NOTE = 14  # «Примечания.» alone opens a list
_BELOW_POINT = (UnitKind.SUBPOINT, UnitKind.CLAUSE, UnitKind.INDENT)
_LONGEST_HEADING = 400
_FIRST = ("1", "а", "a")


class Grower:
    """Grows the units of ``lines[start:stop]`` under ``owner``.

    ``quotes`` maps the first line of quoted wording to the line after its last. ``clean`` is SourceText.text.
    """

    def __init__(self, owner: Node, lines: Sequence[Line], quotes: Mapping[int, int], clean: str) -> None:
        self.lines = lines
        self.quotes = quotes
        self.clean = clean
        self.stack = [owner]
        self.last: Line | None = None  # the line before, when its unit is still open

    def grow(self, start: int, stop: int) -> None:
        """Read the lines; reads nothing outside [start, stop)."""
        place = start
        while place < stop:
            line = self.lines[place]
            quote_end = self.quotes.get(place)
            if quote_end is not None and place > start:
                self._quoted(place, min(quote_end, stop))
                place = min(quote_end, stop)
            elif line.table:
                place = self._table(place, stop)
            elif line.label is None and formulas().has("contents", line.folded):
                place = self._contents(place, stop)
            else:
                self._line(place, stop)
                place += 1

    # --- one line -------------------------------------------------------------------------------------------------

    def _line(self, place: int, stop: int) -> None:
        line = self.lines[place]
        label = line.label
        if label is None:
            self._plain(place, stop)
        elif self._broken_reference(line, label):
            self.stack[-1].stretch(line.end, line.mark)
        elif label.is_heading:
            self._heading(place, label)
        elif label.kind is UnitKind.POINT:
            self._point(place, label)
        elif label.kind is UnitKind.SUBPOINT:
            self._subpoint(line, label)
        else:
            self._push(self._list_holder(), node_of(UnitKind.INDENT, line))
        self.last = line

    def _broken_reference(self, line: Line, label: Label) -> bool:
        """«… осы баптың 1-тармағының / 2) тармақшасында көрсетілген …»: the line was broken at a reference."""
        top = self.stack[-1]
        unfinished = top.mark in ("", ",") and top.own != (0, 0) and self.last is not None and self.last.end == top.end
        return (
            unfinished
            and not top.children
            and label.kind is UnitKind.SUBPOINT
            and formulas().has("not_a_label", line.folded)
        )

    def _push(self, parent: Node, child: Node) -> Node:
        while self.stack[-1] is not parent:
            self.stack.pop()
        self.stack.append(parent.add(child))
        return child

    def _open_below(self, rank: int) -> Node:
        """The deepest open node that may hold a unit of this rank."""
        return next(node for node in reversed(self.stack) if _rank(node) < rank)

    # --- headings -------------------------------------------------------------------------------------------------

    def _heading(self, place: int, label: Label) -> None:
        line = self.lines[place]
        node = node_of(label.kind, line, label.number, own=False)
        node.mark = ""
        words = (line.body, line.end)
        if line.body < line.end:
            if label.kind is UnitKind.ARTICLE and self._is_text_of_article(place):
                node.own, node.mark = words, line.mark
            else:
                node.heading = words
        self._push(self._open_below(_RANK[label.kind]), node)

    def _is_text_of_article(self, place: int) -> bool:
        """«Статья 2. Настоящий Закон вводится в действие …» – the norm itself stands on the line of the number."""
        line = self.lines[place]
        if line.mark in (":", ";"):
            return True
        if line.mark != ".":
            return False
        following = self.lines[place + 1] if place + 1 < len(self.lines) else None
        alone = following is None or (following.label is not None and following.label.is_heading)
        return alone or len(line.words) > 200 or formulas().has("roles.entry_into_force", line.folded_words)

    def _takes_title(self, line: Line, top: Node) -> bool:
        """Whether the line is the title, or goes on with the title, of the heading that has just been read."""
        if top.kind not in HEADINGS or top.children or top.own != (0, 0) or self.last is None:
            return False
        if len(line.text) > _LONGEST_HEADING or line.mark in (";", ":"):
            return False
        if top.heading == (0, 0):
            return line.mark != "." and (top.kind is not UnitKind.ARTICLE or self.last.end == top.end)
        title = self.clean[top.heading[0] : top.heading[1]]
        return line.mark != "." and (starts_lower(line.text) or (is_capitals(line.text) and is_capitals(title)))

    # --- numbered units -------------------------------------------------------------------------------------------

    def _point(self, place: int, label: Label) -> None:
        line = self.lines[place]
        if self._heads_articles(place):
            node = node_of(UnitKind.PARAGRAPH, line, label.number, own=False)
            node.heading, node.mark = (line.body, line.end), ""
            self._push(self._open_below(_RANK[UnitKind.PARAGRAPH]), node)
            return
        if label.style == "dotted" and self._dotted_heading(line, label):
            return
        parent = self._open_below(_POINT_RANK)
        note = next((node for node in self.stack if node.style == _NOTE), None)
        if note is not None and self._continues_article(note, label):
            parent = note.parent or parent
        if label.style == "dotted":
            stem = label.number.rpartition(".")[0]
            parent = next((n for n in reversed(self.stack) if n.kind is UnitKind.POINT and n.number == stem), parent)
        self._push(parent, node_of(UnitKind.POINT, line, label.number))

    def _heads_articles(self, place: int) -> bool:
        """«2. Полное товарищество» right above «Статья 63.» is the title of a параграф that lost its word."""
        line = self.lines[place]
        following = self.lines[place + 1].label if place + 1 < len(self.lines) else None
        if following is None or following.kind is not UnitKind.ARTICLE or line.mark or line.body == line.end:
            return False
        return any(node.kind is UnitKind.CHAPTER for node in self.stack)

    @staticmethod
    def _continues_article(note: Node, label: Label) -> bool:
        """After a note the points of the article may go on: 3 (note) 4."""
        points = note.parent.of_kind(UnitKind.POINT) if note.parent else []
        own = note.of_kind(UnitKind.POINT)
        if not points or (own and number_key(label.number) > number_key(own[-1].number)):
            return False
        return number_key(label.number) > number_key(points[-1].number)

    def _dotted_heading(self, line: Line, label: Label) -> bool:
        """«2.1. Достигнутые результаты» under «Раздел 2» is a heading, not a point."""
        stem = label.number.rpartition(".")[0]
        if line.mark in (".", ";", ":") or len(line.words) > _LONGEST_HEADING:
            return False
        inside = (UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.CHAPTER)
        for node in reversed(self.stack):
            if node.kind in inside and node.number == stem:
                kind = UnitKind.PARAGRAPH if node.kind is UnitKind.CHAPTER else UnitKind.SUBSECTION
                child = node_of(kind, line, label.number, own=False)
                child.heading, child.mark = (line.body, line.end), ""
                self._push(node, child)
                return True
        return False

    def _subpoint(self, line: Line, label: Label) -> None:
        parent = self._parent_of_subpoint(label)
        self._push(parent, node_of(UnitKind.SUBPOINT, line, label.number))

    def _parent_of_subpoint(self, label: Label) -> Node:
        base = self._base()
        open_nodes = self.stack[self.stack.index(base) :]
        clause: Node | None = None
        for node in reversed(open_nodes):
            if node.kind is UnitKind.INDENT:
                continue
            before = [
                child
                for child in node.of_kind(UnitKind.SUBPOINT)
                if child.style == label.style and child.quoted == node.quoted
            ]
            if before and number_key(label.number) > number_key(before[-1].number):
                return node
            if not before and label.number.lower() in _FIRST and (node.mark == ":" or node is base):
                return node
            if not before and node.kind is UnitKind.CLAUSE and node.mark == ":":
                clause = clause or node
        if clause is not None:
            return clause
        taken = {child.number for child in base.of_kind(UnitKind.SUBPOINT)}
        if label.number in taken:
            lists = [node for node in open_nodes if node.kind is UnitKind.INDENT and node.mark == ":"]
            return lists[-1] if lists else base
        return base

    # --- unnumbered paragraphs --------------------------------------------------------------------------------------

    def _plain(self, place: int, stop: int) -> None:
        line, top = self.lines[place], self.stack[-1]
        if self._takes_title(line, top):
            start = top.heading[0] or line.start
            top.heading, top.end = (start, line.end), line.end
        elif self._is_heading_line(line):
            self._push(self._container(), node_of(UnitKind.TEXT, line, role=Role.HEADING))
            self.stack.pop()
        elif formulas().has("note", line.folded):
            self._note(line)
        elif top.own == (0, 0) and not top.children and top.kind in (
            UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE
        ):  # fmt: skip
            top.own = (line.start, line.end)
            top.stretch(line.end, line.mark)
        elif self._goes_on(line, top):
            top.stretch(line.end, line.mark)
        else:
            self._paragraph(place, stop)

    def _goes_on(self, line: Line, top: Node) -> bool:
        """A line broken in the middle of a sentence: no stop before it and no capital letter at its start."""
        return (
            self.last is not None
            and self.last.end == top.end
            and top.own != (0, 0)
            and not top.children
            and top.mark in ("", ",")
            and not starts_upper(line.text)
        )

    def _is_heading_line(self, line: Line) -> bool:
        if line.mark in (".", ";", ":", ",") or len(line.text) > _LONGEST_HEADING:
            return False
        if line.heading:
            return True
        before = self.stack[-1].mark
        if is_capitals(line.text):
            return before in ("", ".", ";")
        return line.centered and before in ("", ".") and starts_upper(line.text)

    def _note(self, line: Line) -> None:
        holders = [
            node for node in self.stack if node.style != _NOTE and node.kind not in (*_BELOW_POINT, UnitKind.POINT)
        ]
        parent = next((node for node in reversed(holders) if node.kind is UnitKind.ARTICLE), holders[-1])
        node = node_of(UnitKind.TEXT, line)
        node.style = _NOTE
        self._push(parent, node)

    def _paragraph(self, place: int, stop: int) -> None:
        line, top, base = self.lines[place], self.stack[-1], self._base()
        if top.kind is UnitKind.SUBPOINT and top.mark != ":" and self._successor_follows(place, stop, top):
            kind = UnitKind.CLAUSE if starts_upper(line.text) and top.mark != "," else UnitKind.INDENT
            self._push(top, node_of(kind, line))
        elif self._continues_list(line, top):
            self._push(self._list_holder(), node_of(UnitKind.INDENT, line))
        elif starts_lower(line.text) and top is not base and base.children:
            self._push(base, node_of(UnitKind.INDENT, line))
        else:
            inside = self._inside_subpoint(place, stop)
            self._push(inside or base, node_of(UnitKind.CLAUSE, line))

    def _inside_subpoint(self, place: int, stop: int) -> Node | None:
        """The subpoint that a further clause belongs to: the next label goes on with the same list."""
        return next(
            (
                node
                for node in reversed(self.stack)
                if node.kind is UnitKind.SUBPOINT and self._successor_follows(place, stop, node)
            ),
            None,
        )

    def _continues_list(self, line: Line, top: Node) -> bool:
        if top.mark == ":":
            return True
        if top.kind is UnitKind.INDENT:
            return top.mark in (";", ",", "") or starts_lower(line.text)
        if top.kind in (UnitKind.POINT, UnitKind.ARTICLE, UnitKind.CLAUSE) and top.own != (0, 0):
            return top.mark == ";" or starts_lower(line.text)
        return False

    def _successor_follows(self, place: int, stop: int, subpoint: Node) -> bool:
        for line in self.lines[place + 1 : min(stop, place + 60)]:
            label = line.label
            if label is None or label.kind is UnitKind.INDENT:
                continue
            if label.kind is not UnitKind.SUBPOINT:
                return False
            if label.style == subpoint.style:
                later = number_key(label.number) > number_key(subpoint.number)
                return later and label.number.lower() not in _FIRST
        return False

    # --- where things belong ----------------------------------------------------------------------------------------

    def _base(self) -> Node:
        """The numbered unit, or heading, whose clauses and subpoints are being read."""
        return next(node for node in reversed(self.stack) if node.kind not in _BELOW_POINT and not _closed_note(node))

    def _container(self) -> Node:
        return next(node for node in reversed(self.stack) if node.kind not in (*_BELOW_POINT, UnitKind.POINT))

    def _list_holder(self) -> Node:
        """Whose list an indent belongs to: the unit that opened it."""
        return next(node for node in reversed(self.stack) if node.kind is not UnitKind.INDENT)

    # --- blocks -----------------------------------------------------------------------------------------------------

    def _quoted(self, place: int, stop: int) -> None:
        """New wording between quotation marks becomes units under the amendment that brings it."""
        holder = self.stack[-1]
        lines = [
            unquoted(self.clean, line, n == 0, n == stop - place - 1) for n, line in enumerate(self.lines[place:stop])
        ]
        if holder.kind is not UnitKind.ACT and holder.role is Role.NORM:
            holder.role = Role.AMENDMENT
        shell = Node(UnitKind.TEXT, start=lines[0].start, end=lines[-1].end, quoted=True, role=Role.QUOTED)
        Grower(shell, lines, {}, self.clean).grow(0, len(lines))
        for child in shell.children:
            holder.add(child)
            mark_quoted(child)
        last = self.lines[stop - 1]
        holder.end, holder.mark = last.end, last.mark
        self.last = last

    def _table(self, place: int, stop: int) -> int:
        end = place
        while end < stop and self.lines[end].table == self.lines[place].table:
            end += 1
        parent = next(node for node in reversed(self.stack) if node.kind not in _BELOW_POINT)
        table = self._push(parent, table_node(self.lines[place:end]))
        self.stack.pop()
        parent.mark = "."
        self.last = None
        parent.end = max(parent.end, table.end)
        return end

    def _contents(self, place: int, stop: int) -> int:
        """A table of contents: its lines repeat as headings further on; else only its title is set aside."""
        end = place + 1
        first = self.lines[end].label if end < stop else None
        if first is not None and first.is_heading:
            repeat = next(
                (
                    n
                    for n in range(end + 1, stop)
                    if (label := self.lines[n].label) and (label.kind, label.number) == (first.kind, first.number)
                ),
                None,
            )
            end = repeat or end
        parent = self._container()
        node = node_of(UnitKind.TEXT, self.lines[place], role=Role.HEADING)
        node.end = self.lines[end - 1].end
        node.own = (node.start, node.end)
        self._push(parent, node)
        self.stack.pop()
        self.last = None
        return end


def _rank(node: Node) -> float:
    if node.kind in _RANK:
        return _RANK[node.kind]
    if node.kind is UnitKind.POINT:
        return _POINT_RANK
    if node.style == _NOTE:
        return _RANK[UnitKind.ARTICLE] + 0.5
    return _POINT_RANK + 1 if node.kind in (*_BELOW_POINT, UnitKind.TABLE, UnitKind.ROW) else 0


def _closed_note(node: Node) -> bool:
    """A note outside articles that has ended: the paragraphs after it are not its own."""
    inside = node.parent is not None and node.parent.kind is UnitKind.ARTICLE
    return node.style == _NOTE and not inside and node.mark == "." and node.own[1] - node.own[0] > _BARE_NOTE


def mark_quoted(node: Node) -> None:
    """A node and all below are quoted wording."""
    node.quoted, node.role = True, Role.QUOTED
    for child in node.children:
        mark_quoted(child)


def unquoted(clean: str, line: Line, first: bool, last: bool) -> Line:
    """The line without the quotation mark that opens (first line) or closes (last line) the wording."""
    start, end = line.start, line.end
    if first and clean[start] in OPENING:
        start += 1
    if last:
        bare = clean[start:end].rstrip(" ;.,")
        if bare and bare[-1] in CLOSING:
            end = start + len(bare) - 1
    while start < end and clean[start].isspace():
        start += 1
    while start < end and clean[end - 1].isspace():
        end -= 1
    unchanged = (start, end) == (line.start, line.end) or start >= end
    return line if unchanged else make_line(clean, start, end)
