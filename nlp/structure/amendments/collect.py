"""``read_operations``: an act → all its amendments as operations, and notices on those that cannot be resolved.

Reads: units with the roles amendment, repeal and quoted. Writes: operations in document order. A unit is read in the
frame of the units around it: «1. Внести в приказ …: / в Правилах …: / 1) в пункте 5: / абзац второй исключить;».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from nlp.reading.source import Notice
from nlp.structure.act import Act, Role, Span, Unit, UnitKind
from nlp.structure.amendments.clauses import Clause
from nlp.structure.amendments.emit import Draft, Frame, drafts_of, frame_of
from nlp.structure.amendments.grammar import grammar
from nlp.structure.amendments.reading import may_instruct, moved, read_instructions
from nlp.structure.amendments.wording import NOTHING, Annexes, Found, annexes_of, shares
from nlp.structure.comparative import is_comparative_row
from nlp.structure.formulas import LANGUAGES, formulas, phrase
from nlp.structure.operations import AmendedAct, Operation
from nlp.structure.wording import fold

UNCLEAR = "structure.amendment_unclear"
_READ = (Role.AMENDMENT, Role.REPEAL)
_FLAT = (UnitKind.INDENT, UnitKind.CLAUSE, UnitKind.TEXT)  # their frames hold for what follows beside them
_LISTED = (UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.INDENT)


def read_operations(act: Act) -> tuple[tuple[Operation, ...], tuple[Notice, ...]]:
    """All operations and, for amendments that cannot be resolved, notices with the parameter ``address``."""
    if not any(unit.role in _READ for unit in act.root.walk()):
        return (), ()
    collector = _Collector(act)
    collector.visit(act.root, _Scope(Frame()))
    return tuple(collector.operations), tuple(collector.notices)


class _Scope:
    """The frame in force at one level of the tree."""

    def __init__(self, frame: Frame, parent: _Scope | None = None, amends: bool = False) -> None:
        self.frame = frame
        self.parent = parent
        self.amends = amends  # this level names the act: «Внести в приказ …»

    def set(self, frame: Frame, hoist: bool) -> None:
        """Put a frame in force; one that names a document also holds for the units after, up to the act it lies in."""
        self.frame = frame
        level: _Scope | None = self
        while hoist and level is not None and not level.amends and level.parent is not None:
            level = level.parent
            level.frame = frame


class _Collector:
    def __init__(self, act: Act) -> None:
        self.act = act
        self.operations: list[Operation] = []
        self.notices: list[Notice] = []
        self.annexes = [annexes_of(act, act.root)]  # of the act, then of the document that is being read

    def visit(self, unit: Unit, scope: _Scope) -> None:
        """Read a unit and all below it."""
        if unit.role is Role.QUOTED or is_comparative_row(unit):  # rows are read by comparative_rows
            return
        flat = unit.kind in _FLAT
        inner = scope if flat else _Scope(self._start(unit, scope.frame), scope)
        if unit.role in _READ and unit.own != (0, 0):
            self._read(unit, inner, hoist=flat)
        nested = annexes_of(self.act, unit) if unit.kind is UnitKind.DOCUMENT else Annexes(())
        self.annexes += [nested] if nested.found else []
        if unit.language == "kk" and (verb := self._closing_verb(unit)):
            inner.frame = replace(inner.frame, verb=verb)
        for child in unit.children:
            self.visit(child, inner)
        if nested.found:
            self.annexes.pop()

    def _closing_verb(self, unit: Unit) -> str:
        """In Kazakh the verb of a list stands in its last item: «1) … бұйрығы; 2) … бұйрығының күші жойылды …»."""
        items = [child for child in unit.children if child.kind is UnitKind.SUBPOINT and child.role in _READ]
        texts = [self.act.text(item.own) for item in items]
        if len(items) < 2 or not may_instruct(fold(texts[-1])) or any(may_instruct(fold(text)) for text in texts[:-1]):
            return ""
        verbs = [clause.verb for clause in read_instructions(texts[-1], "kk").clauses if clause.verb]
        return verbs[0] if verbs in (["repeal"], ["delete"]) else ""

    def annex(self, number: str) -> Found:
        """The words of an annex of the draft, the nearest first."""
        found = (annexes.wording(number) for annexes in reversed(self.annexes))
        return next((wording for wording in found if wording != NOTHING), NOTHING)

    def _start(self, unit: Unit, frame: Frame) -> Frame:
        """Attached lists begin anew; the list of repealed acts repeals each of its items."""
        if unit.kind not in (UnitKind.DOCUMENT, UnitKind.ANNEX):
            return frame
        title = next((self.act.text(child.own) for child in unit.children if child.role is Role.TITLE), "")
        repeals = formulas().has("stamps.repealed", fold(title))
        return Frame(verb="repeal" if repeals else "")

    # --- one unit ---------------------------------------------------------------------------------------------------

    def _read(self, unit: Unit, scope: _Scope, hoist: bool) -> None:
        text = self.act.text(unit.own)
        folded = fold(text)
        instructs = may_instruct(folded)
        if not instructs and not scope.frame.verb and ":" not in text and unit.role is not Role.AMENDMENT:
            return
        reading = read_instructions(text, unit.language or "ru")
        wording = _Wording(self, unit, reading.clauses)
        for clause in reading.clauses:
            if not clause.verb and not self._is_target(clause, scope.frame, unit):
                self._frame(clause, scope, text, unit, hoist)
            elif clause.leads:
                scope.set(replace(scope.frame, verb=clause.verb), hoist=False)
            else:
                self._clause(clause, scope, unit, wording)

    @staticmethod
    def _is_target(clause: Clause, frame: Frame, unit: Unit) -> bool:
        """An item of a list that a verb leads: «исключить: 1) пункт 5;»."""
        named = bool(clause.objects or clause.act_object or clause.old)
        listed = unit.role is Role.REPEAL and bool(clause.acts)
        return bool(frame.verb) and unit.kind in _LISTED and (listed or (named and not clause.enters))

    def _frame(self, clause: Clause, scope: _Scope, text: str, unit: Unit, hoist: bool) -> None:
        closed = clause.closed or clause.end + 2 >= len(text)
        names = clause.acts or clause.places or clause.objects or clause.everywhere
        if not names and not (closed and clause.unknown and _opens_frame(text[clause.start : clause.end])):
            return
        if not closed and not clause.acts:
            return
        frame = frame_of(clause, scope.frame, text)
        if clause.acts:
            frame = Frame(_placed(frame.act, unit.own[0], clause), frame.paths, frame.verb, frame.everywhere)
        scope.set(frame, hoist and bool(clause.acts))
        scope.amends = scope.amends or (clause.enters and bool(clause.acts)) or (bool(clause.acts) and not hoist)

    def _clause(self, clause: Clause, scope: _Scope, unit: Unit, wording: _Wording) -> None:
        if clause.verb == "repeal" and (clause.annex or _lists_in_annex(self.act.text(unit.own))):
            return  # the annex names what is repealed
        drafts = drafts_of(clause, scope.frame)
        found = wording.find(clause, drafts)
        if not drafts or any(d.wants_wording and f == NOTHING for d, f in zip(drafts, found, strict=True)):
            self._unclear(unit)
            return
        if clause.acts:  # «Внести в приказ … изменение, изложив …:» is the frame of what follows, too
            act = _placed(drafts[0].act, unit.own[0], clause)
            if clause.enters:
                scope.set(Frame(act), hoist=False)
        span = self._trimmed(moved((clause.start, clause.end), unit.own[0]))
        for draft, (new, units) in zip(drafts, found, strict=True):
            self.operations.append(self._operation(draft, unit, span, clause, new, units))

    def _operation(
        self, draft: Draft, unit: Unit, span: Span, clause: Clause, new: Span, units: tuple[str, ...]
    ) -> Operation:
        offset = unit.own[0]
        act = _placed(draft.act, offset, clause)
        words = new if draft.wants_wording else moved(draft.new, offset)
        return Operation(
            draft.kind, unit.address, span, act, draft.target, moved(draft.old, offset), words, units, draft.everywhere,
            draft.inflected, draft.before, draft.after,
        )  # fmt: skip

    def _trimmed(self, span: Span) -> Span:
        start, end = span
        text = self.act.source.text
        while end > start and text[end - 1] in " \t\n;:,.":
            end -= 1
        return start, end

    def _unclear(self, unit: Unit) -> None:
        notice = Notice(UNCLEAR, (("address", unit.address),))
        if notice not in self.notices[-3:]:
            self.notices.append(notice)


def _lists_in_annex(words: str) -> bool:
    """«Признать утратившими силу некоторые приказы согласно приложению»: also where hyperlinks displaced a word."""
    return any(pattern.search(fold(words)) for pattern in _repeal_lists())


@lru_cache(maxsize=1)
def _repeal_lists() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(phrase(p)) for code in LANGUAGES for p in grammar(code).data["repeal_list"])


def _opens_frame(words: str) -> bool:
    """«в блоке 3:», «"…" деген блокта:»."""
    folded = fold(words)
    kazakh = " деген " in folded or re.search(r"(?:да|де|та|те)[\s:]*$", folded) is not None
    return folded.lstrip().startswith(("в ", "во ")) or kazakh


def _placed(act: AmendedAct, offset: int, clause: Clause) -> AmendedAct:
    """Spans of acts read in this clause are moved to the clean text; those of frames are there already."""
    if any(named.span == act.span for named in clause.acts):
        return AmendedAct(
            act.form, act.title, act.date, act.number, act.document, act.document_title, moved(act.span, offset)
        )
    return act


class _Wording:
    """New wording that stands under one unit, shared out among its clauses."""

    def __init__(self, collector: _Collector, unit: Unit, clauses: Sequence[Clause]) -> None:
        self.annex = collector.annex
        self.blocks = _blocks(collector.act, unit)
        waiting = [clause for clause in clauses if _waits(clause)]
        in_order = len(waiting) == len(self.blocks)
        self.of: dict[int, list[Unit]] = {}
        for place, clause in enumerate(waiting):
            if in_order:
                self.of[id(clause)] = self.blocks[place]
            elif place == len(waiting) - 1:
                self.of[id(clause)] = [child for block in self.blocks for child in block]

    def find(self, clause: Clause, drafts: Sequence[Draft]) -> list[Found]:
        """For each operation the words and the units of its new wording."""
        if not any(draft.wants_wording for draft in drafts):
            return [NOTHING] * len(drafts)
        if clause.annexes:
            numbers = clause.annexes
            if len(numbers) == len(drafts) and len(numbers) > 1:
                return [self.annex(number) for number in numbers]
            return [self.annex(numbers[0])] * len(drafts)
        return shares(drafts, self.of.get(id(clause), []))


def _waits(clause: Clause) -> bool:
    has = clause.inline != (0, 0) or clause.annexes
    return not has and (clause.waits_for_words or (clause.wording and clause.verb in ("replace", "insert")))


def _blocks(act: Act, unit: Unit) -> list[list[Unit]]:
    """Quoted units under ``unit``, cut where the quotation ends between two of them (``.»;``)."""
    blocks: list[list[Unit]] = []
    before: Unit | None = None
    for child in unit.children:
        if child.role is not Role.QUOTED:
            before = None
            continue
        if before is None or _parted(act, before, child):
            blocks.append([])
        blocks[-1].append(child)
        before = child
    return blocks


def _parted(act: Act, left: Unit, right: Unit) -> bool:
    between = act.source.text[left.span[1] : right.span[0]]
    return any(mark in between for mark in ("»;", '";', "”;", "».", '".'))
