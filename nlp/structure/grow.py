"""Lines of one text → tree of nodes: headings, points, subpoints, clauses and indents, quoted wording, tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.structure.act import Role, UnitKind
from nlp.structure.amendments.blocks import unquoted_lines
from nlp.structure.amendments.reading import may_instruct
from nlp.structure.comparative import comparative_node
from nlp.structure.forms import form_of_title
from nlp.structure.formulas import formulas
from nlp.structure.labels import HEADINGS, Label
from nlp.structure.lines import Line
from nlp.structure.nodes import Node, node_of
from nlp.structure.paragraphs import parent_of_subpoint, place_paragraph
from nlp.structure.stack import BELOW_POINT, NOTE, POINT_RANK, RANK, Stack
from nlp.structure.tables import broken_rows, table_node
from nlp.structure.wording import fold, is_capitals, number_key, starts_lower, starts_upper
from nlp.structure.wordless import wordless_chapters

_LONGEST_HEADING = 400
_LONGEST_ARTICLE_TITLE = 200  # a longer line that ends with a full stop is the text of the article
_LONGEST_PROSE_HEADING = 200
_HOLDS_PROSE = (UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.TASK)
_PROGRAMMES = ("concept", "strategy", "programme")
_TAKES_TEXT = (UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.CLAUSE)


class Grower:
    """Grows the units of ``lines[start:stop]`` under ``owner``.

    ``quotes`` maps the first line of quoted wording to the line after its last. ``clean`` is SourceText.text.
    """

    def __init__(self, owner: Node, lines: Sequence[Line], quotes: Mapping[int, int], clean: str) -> None:
        self.lines = lines
        self.quotes = quotes
        self.clean = clean
        self.stack = Stack(owner)
        self.last: Line | None = None  # the line before, when its unit is still open
        self.chapters: frozenset[int] = frozenset()  # titles numbered without their word
        self.rows: frozenset[int] = frozenset()  # numbers of rows of a table that is broken into lines
        self.programme = _is_programme(owner, clean)

    def grow(self, start: int, stop: int) -> None:
        """Read the lines; reads nothing outside [start, stop)."""
        self.chapters = wordless_chapters(self.lines, start, stop)
        self.rows = broken_rows(self.lines, start, stop)
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

    def _line(self, place: int, stop: int) -> None:
        line = self.lines[place]
        label = line.label
        if place in self.rows and label is not None:
            self._broken_row(line, label)
        elif self.stack.top.kind is UnitKind.ROW and not (label is not None and _ends_row(label)):
            self.stack.top.stretch(line.end, ".")
        elif label is None:
            self._plain(place, stop)
        elif self._is_broken_reference(line, label):
            self.stack.top.stretch(line.end, line.mark)
        elif self._is_passed_over(label):
            self.stack.put(self.stack.container(), node_of(UnitKind.TEXT, line, role=Role.HEADING))
        elif label.is_heading:
            self._heading(place, label)
        elif label.kind is UnitKind.POINT:
            self._point(place, label)
        elif label.kind is UnitKind.SUBPOINT:
            parent = parent_of_subpoint(self.stack, label)
            self.stack.push(parent, node_of(UnitKind.SUBPOINT, line, label.number))
        else:
            self.stack.push(self.stack.list_holder(), node_of(UnitKind.INDENT, line))
        self.last = line

    def _is_passed_over(self, label: Label) -> bool:
        """A numbered heading that is no unit where it stands."""
        if label.kind is UnitKind.TASK:
            return not self._counts_in_tasks()
        return label.style == "roman" and self._divides_heading()

    def _divides_heading(self) -> bool:
        """«V. Общество с ограниченной ответственностью» inside a глава or параграф of a code is no раздел."""
        headings = [node for node in self.stack.nodes if node.kind in HEADINGS]
        return (
            bool(headings)
            and headings[-1].kind is not UnitKind.SECTION
            and not any(node.kind is UnitKind.SECTION and node.style == "roman" for node in headings)
        )

    def _counts_in_tasks(self) -> bool:
        """Tasks are units of concepts and instructions; in the table of a plan «Задача 2» stands between rows."""
        return self.stack.nodes[0].kind is not UnitKind.ANNEX

    def _follows_top(self) -> bool:
        """Whether the line before is the last of the deepest open unit, which has words and nothing in it yet."""
        top = self.stack.top
        return self.last is not None and self.last.end == top.end and top.own != (0, 0) and not top.children

    def _is_broken_reference(self, line: Line, label: Label) -> bool:
        """«… осы баптың 1-тармағының / 2) тармақшасында көрсетілген …»: the line was broken at a reference."""
        if label.kind is not UnitKind.SUBPOINT or self.stack.top.mark not in ("", ",") or not self._follows_top():
            return False
        return formulas().has("not_a_label", line.folded)

    # --- headings -----------------------------------------------------------------------------------------------------

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
        self.stack.push(self.stack.below(RANK[label.kind]), node)

    def _is_text_of_article(self, place: int) -> bool:
        """«Статья 2. Настоящий Закон вводится в действие …» – the norm itself stands on the line of the number."""
        line = self.lines[place]
        if line.mark != ".":
            return line.mark in (":", ";")
        following = self._label_after(place)
        alone = place + 1 >= len(self.lines) or (following is not None and following.is_heading)
        long = len(line.words) > _LONGEST_ARTICLE_TITLE
        return alone or long or formulas().has("roles.entry_into_force", line.folded_words)

    def _label_after(self, place: int) -> Label | None:
        return self.lines[place + 1].label if place + 1 < len(self.lines) else None

    def _takes_title(self, line: Line, top: Node) -> bool:
        """Whether the line is the title, or goes on with the title, of the heading that has just been read."""
        if top.kind not in HEADINGS or top.children or top.own != (0, 0) or self.last is None:
            return False
        if len(line.text) > _LONGEST_HEADING or line.mark in (";", ":", "."):
            return False
        if top.heading == (0, 0):
            return top.kind is not UnitKind.ARTICLE or self.last.end == top.end
        title = self.clean[top.heading[0] : top.heading[1]]
        return starts_lower(line.text) or (is_capitals(line.text) and is_capitals(title))

    def _is_heading_line(self, line: Line) -> bool:
        """A heading without a number: marked as one in the file, or written in capitals, or centred."""
        if line.mark in (".", ";", ":", ",") or len(line.text) > _LONGEST_HEADING:
            return False
        if line.heading:
            return True
        before = self.stack.top.mark
        if is_capitals(line.text):
            return before in ("", ".", ";")
        return line.centered and before in ("", ".") and starts_upper(line.text)

    def _is_prose_heading(self, place: int, stop: int) -> bool:
        """In prose under a heading, «Меры предупреждения в государственной службе» above a sentence.

        A short line without a mark at its end, after a paragraph that is closed, before one that begins anew.
        """
        line, base = self.lines[place], self.stack.base()
        if base.kind not in _HOLDS_PROSE or line.mark or len(line.text) > _LONGEST_PROSE_HEADING:
            return False
        if not starts_upper(line.text) or self.stack.top.mark not in ("", ".", ";") or place + 1 >= stop:
            return False
        if self.stack.top.mark == "" and self.stack.top is not base:
            return False
        following = self.lines[place + 1]
        if following.label is not None:
            return following.label.is_heading and bool(base.children)
        return following.mark in (".", ":") and not starts_lower(following.text) and not following.table

    # --- points -------------------------------------------------------------------------------------------------------

    def _point(self, place: int, label: Label) -> None:
        line = self.lines[place]
        if self._heads_articles(place):
            self._titled(self.stack.below(RANK[UnitKind.PARAGRAPH]), UnitKind.PARAGRAPH, line, label)
            return
        if place in self.chapters:
            inside = any(node.kind is UnitKind.CHAPTER and node.style == "word" for node in self.stack.nodes)
            kind = UnitKind.PARAGRAPH if inside else UnitKind.CHAPTER
            self._titled(self.stack.below(RANK[kind]), kind, line, label)
            return
        if label.style == "dotted" and self._dotted_heading(line, label):
            return
        parent = self.stack.below(POINT_RANK)
        note = self.stack.note()
        if note is not None and note.parent is not None and _continues_article(note, label):
            parent = note.parent
        if label.style == "dotted":
            parent = self.stack.point(label.number.rpartition(".")[0]) or parent
        self.stack.push(parent, node_of(UnitKind.POINT, line, label.number))

    def _broken_row(self, line: Line, label: Label) -> None:
        """«24.» alone on its line: what follows are the cells of the row."""
        table = next((node for node in self.stack.nodes if node.kind is UnitKind.TABLE), None)
        if table is None:
            holder = next(
                node for node in reversed(self.stack.nodes) if node.kind not in (*BELOW_POINT, UnitKind.POINT)
            )
            table = self.stack.push(holder, Node(UnitKind.TABLE, start=line.start, end=line.end))
        row = self.stack.push(table, node_of(UnitKind.ROW, line, label.number))
        row.own = (line.end, line.end)

    def _titled(self, parent: Node, kind: UnitKind, line: Line, label: Label) -> None:
        node = node_of(kind, line, label.number, own=False)
        node.heading, node.mark = (line.body, line.end), ""
        self.stack.push(parent, node)

    def _heads_articles(self, place: int) -> bool:
        """«2. Полное товарищество» right above «Статья 63.» is the title of a параграф that lost its word."""
        line = self.lines[place]
        following = self._label_after(place)
        if following is None or following.kind is not UnitKind.ARTICLE or line.mark or line.body == line.end:
            return False
        if formulas().has("roles.excluded", line.folded_words):
            return False
        return any(node.kind is UnitKind.CHAPTER for node in self.stack.nodes)

    def _dotted_heading(self, line: Line, label: Label) -> bool:
        """«2.1. Достигнутые результаты» under «Раздел 2» is a heading, not a point.

        In concepts and programmes «6.1. Целевые индикаторы:» is one too: their sections have no points.
        """
        stem = label.number.rpartition(".")[0]
        stops = (".", ";") if self.programme else (".", ";", ":")
        if line.mark in stops or len(line.words) > _LONGEST_HEADING:
            return False
        inside = (UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.CHAPTER)
        node = next((n for n in reversed(self.stack.nodes) if n.kind in inside and n.number == stem), None)
        if node is None:
            return False
        kind = UnitKind.PARAGRAPH if node.kind is UnitKind.CHAPTER else UnitKind.SUBSECTION
        self._titled(node, kind, line, label)
        return True

    # --- unnumbered paragraphs ----------------------------------------------------------------------------------------

    def _plain(self, place: int, stop: int) -> None:
        line, top = self.lines[place], self.stack.top
        if self._takes_title(line, top):
            top.heading, top.end = (top.heading[0] or line.start, line.end), line.end
        elif self._is_heading_line(line) or self._is_prose_heading(place, stop):
            self.stack.put(self.stack.container(), node_of(UnitKind.TEXT, line, role=Role.HEADING))
        elif formulas().has("note", line.folded) and not may_instruct(line.folded):
            node = node_of(UnitKind.TEXT, line)
            node.style = NOTE
            self.stack.push(self.stack.note_holder(), node)
        elif self._in_form():
            self._form_line(line)
        elif top.own == (0, 0) and not top.children and top.kind in _TAKES_TEXT:
            top.own = (line.start, line.end)
            top.stretch(line.end, line.mark)
        elif self._is_sanction(line):
            self.stack.push(top, node_of(UnitKind.INDENT, line))
        elif top.mark in ("", ",") and self._follows_top() and not starts_upper(line.text):
            top.stretch(line.end, line.mark)  # the line was broken in the middle of a sentence
        else:
            parent, kind = place_paragraph(self.stack, self.lines, place, stop)
            self.stack.push(parent, node_of(kind, line))

    def _is_sanction(self, line: Line) -> bool:
        """«Нарушение …, – / влечет штраф»: the paragraph behind the dash is абзац второй of the unit."""
        if self.stack.top.kind not in _TAKES_TEXT or not self._follows_top() or not starts_lower(line.text):
            return False
        return self.last is not None and self.last.text.rstrip()[-1:] in "–—"

    def _in_form(self) -> bool:
        """Whether the line stands in a form to be filled in, outside any numbered unit of it."""
        base = self.stack.base()
        return base.role is Role.FORM and base.kind in (UnitKind.ANNEX, UnitKind.DOCUMENT)

    def _form_line(self, line: Line) -> None:
        """Lines of a form have no ordinals: together they are one text."""
        base = self.stack.base()
        before = base.children[-1] if base.children else None
        if before is not None and before.kind is UnitKind.TEXT and before.role is Role.FORM:
            before.stretch(line.end, ".")
            base.end = max(base.end, line.end)
        else:
            self.stack.put(base, node_of(UnitKind.TEXT, line, role=Role.FORM))

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _quoted(self, place: int, stop: int) -> None:
        """New wording between quotation marks becomes units under the amendment that brings it."""
        holder = self.stack.top
        lines = unquoted_lines(self.clean, self.lines[place:stop])
        if holder.kind is not UnitKind.ACT and holder.role is Role.NORM:
            holder.role = Role.AMENDMENT
        start, end = self.lines[place].start, self.lines[stop - 1].end
        shell = Node(UnitKind.TEXT, start=start, end=end, quoted=True, role=Role.QUOTED)
        Grower(shell, lines, {}, self.clean).grow(0, len(lines))
        for child in shell.children:
            holder.add(child)
            mark_quoted(child)
        self.last = self.lines[stop - 1]
        holder.end, holder.mark = self.last.end, self.last.mark

    def _table(self, place: int, stop: int) -> int:
        end = place
        while end < stop and self.lines[end].table == self.lines[place].table:
            end += 1
        parent = next(n for n in reversed(self.stack.nodes) if n.kind not in BELOW_POINT and not _heads_rows(n))
        lines = self.lines[place:end]
        table = self.stack.put(parent, comparative_node(lines, self.clean, self._apart) or table_node(lines))
        parent.mark = "."
        parent.end = max(parent.end, table.end)
        self.last = None
        return end

    def _apart(self, shell: Node, lines: Sequence[Line]) -> None:
        """Wording in a cell grows by itself."""
        Grower(shell, lines, {}, self.clean).grow(0, len(lines))

    def _contents(self, place: int, stop: int) -> int:
        """A table of contents: its lines repeat as headings further on; else only its title is set aside."""
        end = place + 1
        first = self.lines[end].label if end < stop else None
        if first is not None and first.is_heading:
            end = self._repeat_of(first, end + 1, stop) or end
        node = node_of(UnitKind.TEXT, self.lines[place], role=Role.HEADING)
        node.end = self.lines[end - 1].end
        node.own = (node.start, node.end)
        self.stack.put(self.stack.container(), node)
        self.last = None
        return end

    def _repeat_of(self, label: Label, start: int, stop: int) -> int | None:
        for place in range(start, stop):
            other = self.lines[place].label
            if other is not None and (other.kind, other.number) == (label.kind, label.number):
                return place
        return None


def _is_programme(owner: Node, clean: str) -> bool:
    """A concept, strategy or programme: prose under numbered headings."""
    title = next((node for node in owner.children if node.role is Role.TITLE), None)
    if title is None:
        return False
    words = fold(clean[title.own[0] : title.own[1]])
    form = form_of_title(words, "document")
    if form is not None:
        return form.id in _PROGRAMMES
    return any(name in words for form in formulas().forms if form.id in _PROGRAMMES for name in form.names)


def _heads_rows(node: Node) -> bool:
    """«1.2. Повышение доверия» between rows of a plan is no point that holds the table."""
    return node.kind is UnitKind.POINT and node.style == "dotted" and node.mark == "" and not node.children


def _ends_row(label: Label) -> bool:
    """Labels that cells of a broken table do not have: headings, dotted numbers («1.2. …»)."""
    return label.is_heading or label.style == "dotted"


def _continues_article(note: Node, label: Label) -> bool:
    """After a note the points of the article may go on: 3 (note) 4."""
    points = note.parent.of_kind(UnitKind.POINT) if note.parent else []
    own = note.of_kind(UnitKind.POINT)
    if not points or (own and number_key(label.number) > number_key(own[-1].number)):
        return False
    return number_key(label.number) > number_key(points[-1].number)


def mark_quoted(node: Node) -> None:
    """A node and all below are quoted wording."""
    node.quoted, node.role = True, Role.QUOTED
    for child in node.children:
        mark_quoted(child)
