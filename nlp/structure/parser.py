"""``structure``: SourceText → Act. A total parser: any text gives a tree; doubts are notices, never exceptions.

Reads: text and blocks of the source. Writes: the tree of units with roles and addresses, requisites, notices.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from nlp.reading.source import Notice, SourceText
from nlp.structure.act import Act, Requisites, Role, UnitKind
from nlp.structure.addresses import freeze
from nlp.structure.amendments.blocks import find_quotes
from nlp.structure.amendments.collect import read_operations
from nlp.structure.annexes import annex_number
from nlp.structure.citations import Citations
from nlp.structure.comparative import has_comparative_table, requisites_of_table
from nlp.structure.comparative_order import with_whole_rows
from nlp.structure.forms import form_of_title
from nlp.structure.formulas import LANGUAGES, formulas
from nlp.structure.grow import Grower
from nlp.structure.head import read_head, restriction
from nlp.structure.lines import Line, read_lines
from nlp.structure.marks import NAME, Mark, MarkKind, find_marks
from nlp.structure.nodes import Node, node_of
from nlp.structure.quoted_numbers import number_quoted
from nlp.structure.recognise import looks_like_act
from nlp.structure.roles import assign_roles
from nlp.structure.sequence import number_parts, settle
from nlp.structure.titles import BLANK, FEW_BLANKS, title_lines
from nlp.structure.wording import language_of

_MIXED_SHARE = 0.1

TOLD_OF_A_KIND = 200
"""A text with more doubts of one kind is no act; the reader needs no longer list, and the result stays small."""


def structure(source: SourceText) -> Act:
    """The tree of ``source``. Never raises on any text; an empty text gives an act without units and ``is_act=False``.

    Implements DESIGN 2 and methodology 5.1-5.4: units, requisites, stamps, amendments as operations with their quoted
    wording, annexes, comparative tables. ``Act.source`` has the rows of such tables made whole (``comparative_order``).
    """
    source = with_whole_rows(source)
    lines = read_lines(source)
    parser = _Parser(source, lines)
    parser.run()
    language = _language(lines)
    number_parts(parser.root, source.text, parser.requisites.form)
    number_quoted(parser.root, source.text)
    settle(parser.root)
    assign_roles(parser.root, source.text)
    root, notices = freeze(parser.root, source.text, language)
    compared = has_comparative_table(root)
    requisites = requisites_of_table(parser.requisites) if compared else parser.requisites
    found = compared or looks_like_act(root, requisites, source.text)
    act = Act(source, root, language, requisites, is_act=found)
    operations, unclear = read_operations(act)
    told = _cited(act, (*notices, *unclear))
    return replace(act, notices=(*source.notices, *parser.notices, *told), operations=operations)


def _cited(act: Act, notices: Sequence[Notice]) -> list[Notice]:
    """Notices on a unit name it as people do, in both languages (``unit_ru``, ``unit_kk``).

    Of a kind that goes on and on only the first ``TOLD_OF_A_KIND`` are told, and how many more there are.
    """
    if not notices:
        return []
    citations = Citations(act)
    found = []
    told: Counter[str] = Counter()
    for notice in notices:
        told[notice.code] += 1
        if told[notice.code] > TOLD_OF_A_KIND:
            continue
        address = dict(notice.params)["address"]
        named = [(f"unit_{code}", citations.cite(address, code)) for code in LANGUAGES]
        found.append(Notice(notice.code, (*notice.params, *named)))
    left = sum(count - TOLD_OF_A_KIND for count in told.values() if count > TOLD_OF_A_KIND)
    return [*found, Notice("structure.more_notices", (("count", str(left)),))] if left else found


class _Parser:
    """Cuts the lines into the texts of a file – main text, approved documents, annexes – and has each one grown."""

    def __init__(self, source: SourceText, lines: Sequence[Line]) -> None:
        self.source = source
        self.lines = lines
        self.quotes, unclosed = find_quotes(lines)
        self.marks = find_marks(lines, self.quotes)
        self.starts = sorted(self.marks)
        self.root = Node(UnitKind.ACT, end=len(source.text), mark="")
        self.owner = self.root
        self.requisites = Requisites()
        self.notices = [Notice("structure.quote_unclosed", (("text", lines[place].text[:60]),)) for place in unclosed]

    def run(self) -> None:
        place = 0
        if self.lines and 0 not in self.marks:
            place = self._head()
        while place < len(self.lines):
            mark = self.marks.get(place)
            place = self._body(place) if mark is None else self._marked(mark)
        if not self.requisites.approved_form:
            self._name_document()
        self.requisites = replace(self.requisites, restricted=restriction(self.source, self.lines))

    def _next_mark(self, place: int) -> int:
        at = bisect_left(self.starts, place)
        while at < len(self.starts) and self.starts[at] not in self.marks:  # a title that has been read
            at += 1
        return self.starts[at] if at < len(self.starts) else len(self.lines)

    def _head(self) -> int:
        head = read_head(self.lines, self._next_mark(0))
        self.requisites = head.requisites
        holder = self.root
        if head.document:
            holder = self.owner = self.root.add(Node(UnitKind.DOCUMENT, start=self.lines[0].start))
        for node in head.nodes:
            holder.add(node)
        if head.enacting:
            start = self.lines[head.stop].start if head.stop < len(self.lines) else self.lines[-1].end
            self.owner = self.root.add(Node(UnitKind.ORDER, start=start, end=start))
        return head.stop

    def _body(self, place: int) -> int:
        stop = self._next_mark(place)
        Grower(self.owner, self.lines, self.quotes, self.source.text).grow(place, stop)
        return stop

    def _marked(self, mark: Mark) -> int:
        if mark.kind is MarkKind.SIGNATURE:
            return self._tail(mark, Role.SIGNATURE)
        if mark.kind is MarkKind.AGREEMENT:
            return self._tail(mark, Role.STAMP)
        if mark.kind is MarkKind.TITLE:
            self.owner = self.root.add(Node(UnitKind.DOCUMENT, start=self.lines[mark.start].start))
            del self.marks[mark.start]
            return self._titled(mark.start)
        title = title_lines(self.lines, mark.stop, self.marks)
        if mark.kind is MarkKind.APPROVAL or self._is_document(mark, title):
            self.owner = self.root.add(Node(UnitKind.DOCUMENT, annex_number(self._text(mark.start, mark.stop))))
        else:
            self._open_annex(mark)
        self._stamp(mark)
        return self._titled(mark.stop)

    def _stamp(self, mark: Mark) -> None:
        node = node_of(UnitKind.TEXT, self.lines[mark.start], role=Role.STAMP)
        node.end = self.lines[mark.stop - 1].end
        node.own = (node.start, node.end)
        if not self.owner.children:
            self.owner.start = node.start
        self.owner.add(node)

    def _open_annex(self, mark: Mark) -> None:
        """An annex of the approved document lies in it, an annex of the act itself in the root.

        Right below the stamp of an annex another stamp is that of the annex which is given in new wording.
        """
        text = self._text(mark.start, mark.stop)
        if self._only_stamped():
            self.owner = self.owner.add(Node(UnitKind.ANNEX, annex_number(text)))
            return
        parent = self.root
        documents = self.root.of_kind(UnitKind.DOCUMENT)
        if documents and not _names_act(text):
            parent = documents[-1]
        self.owner = parent.add(Node(UnitKind.ANNEX, annex_number(text)))

    def _only_stamped(self) -> bool:
        """Whether the open annex has nothing but its stamp yet, and is not itself in new wording."""
        roles = [child.role for child in self.owner.children]
        outer = self.owner.parent is None or self.owner.parent.kind is not UnitKind.ANNEX
        return self.owner.kind is UnitKind.ANNEX and roles == [Role.STAMP] and outer

    def _is_document(self, mark: Mark, title: Sequence[Line]) -> bool:
        """«Приложение к приказу» over «Правила …» is an approved document."""
        text = self._text(mark.start, mark.stop)
        form = form_of_title(" ".join(line.text for line in title), "document") if title else None
        documents = ("list", "requirements", "criteria", "plan", "changes", "composition")
        return form is not None and form.id not in documents and _names_act(text) and mark.stop not in self.marks

    def _text(self, start: int, stop: int) -> str:
        return " ".join(line.text for line in self.lines[start:stop])

    def _titled(self, place: int) -> int:
        """The mark of a form and the title."""
        mark = self.marks.get(place)
        if mark is not None and mark.kind is MarkKind.ANNEX and self.owner.kind is UnitKind.ANNEX:
            return place
        lines = title_lines(self.lines, place, self.marks)
        forms = [line for line in lines if formulas().has("stamps.form", line.folded)]
        if forms or self._is_blank(place):
            self.owner.role = Role.FORM
        titles = [line for line in lines if line not in forms]
        for line in forms:
            self.owner.add(node_of(UnitKind.TEXT, line, role=Role.STAMP))
        if titles:
            node = node_of(UnitKind.TEXT, titles[0], role=Role.TITLE)
            node.end = titles[-1].end
            node.own = (node.own[0], node.end)
            if forms and titles[0].start < forms[-1].start:
                node.end = titles[0].end
                node.own = (node.own[0], titles[0].end)
            self.owner.add(node)
        return place + len(lines)

    def _is_blank(self, place: int) -> bool:
        """Whether the annex below its stamp is a form to be filled in: several blanks «____»."""
        if self.owner.kind is not UnitKind.ANNEX:
            return False
        words = " ".join(line.text for line in self.lines[place : self._next_mark(place)])
        return len(BLANK.findall(words)) >= FEW_BLANKS

    def _tail(self, mark: Mark, role: Role) -> int:
        """Signature or agreement: its lines up to the next mark or numbered unit."""
        place = mark.start
        holder = self.owner
        while place < len(self.lines):
            line = self.lines[place]
            other = self.marks.get(place)
            if other is not None and place != mark.start:
                break
            if place > mark.start and (line.label is not None and line.label.style != "bullet"):
                if role is Role.SIGNATURE and line.label.is_heading and holder.kind is UnitKind.ORDER:
                    self._unstamped(holder, mark.start, place)
                break
            if place > mark.start and self._opens_document(line):
                self.owner = self.root.add(Node(UnitKind.DOCUMENT, start=line.start))
                return self._titled(place)
            holder.add(node_of(UnitKind.TEXT, line, role=role, own=True))
            place += 1
        return place

    def _unstamped(self, holder: Node, start: int, place: int) -> None:
        """An order has no headings: below its signature they are of an approved document without a stamp.

        What stands between the name of who signs and the first heading is the title of the document.
        """
        signed = [n for n in range(start, place) if NAME.search(self.lines[n].text)]
        below = signed[-1] + 1 if signed else place
        self.owner = self.root.add(Node(UnitKind.DOCUMENT, start=self.lines[below].start))
        if below < place:
            del holder.children[len(holder.children) - (place - below) :]
            title = node_of(UnitKind.TEXT, self.lines[below], role=Role.TITLE)
            title.end = self.lines[place - 1].end
            title.own = (title.own[0], title.end)
            self.owner.add(title)

    @staticmethod
    def _opens_document(line: Line) -> bool:
        """The title of an approved document whose stamp is lost stands right below the signature."""
        form = form_of_title(line.text, "document")
        return form is not None and line.mark == "" and len(line.text.split()) > 1

    def _name_document(self) -> None:
        """Form and title of the first approved document go into the requisites."""
        for document in self.root.of_kind(UnitKind.DOCUMENT):
            title = next((node for node in document.children if node.role is Role.TITLE), None)
            if title is None:
                continue
            words = " ".join(self.source.text[title.own[0] : title.own[1]].replace("*", " ").split())
            form = form_of_title(words, "document")
            self.requisites = replace(self.requisites, approved_form=form.id if form else "", approved_title=words)
            return


def _names_act(stamp: str) -> bool:
    """Whether the stamp of an annex refers to the act itself (order, resolution …) and not to the approved document."""
    words = "приказу|постановлению|указу|решению|распоряжению|закону|кодексу"
    words += "|бұйрығына|қаулысына|жарлығына|шешіміне|өкіміне|заңына|кодексіне"
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", stamp.lower()) is not None


def _language(lines: Sequence[Line]) -> str:
    """ "ru", "kk", or "mixed" when each language has a tenth of the text or more."""
    size = {"ru": 0, "kk": 0, "": 0}
    for line in lines:
        size[language_of(line.text)] += len(line.text)
    total = size["ru"] + size["kk"]
    if not total:
        return "ru"
    if min(size["ru"], size["kk"]) >= _MIXED_SHARE * total:
        return "mixed"
    return "kk" if size["kk"] > size["ru"] else "ru"
