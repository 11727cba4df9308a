"""Norms before and after: provisions of the amended act paired with those in force.

Reads: an act before and after the draft, or a ``Change`` of a comparative table. Writes: ``ChangedNorm``s – only those
whose own words, lead-in or closing words differ – each with what is new and with the place in the draft that did it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nlp.changes.change import Change
from nlp.changes.rebuild import Rebuilt
from nlp.changes.words import Comparison, compare
from nlp.norms.frame import Field, FieldSpan
from nlp.reading.source import Block, BlockKind, Place, SourceText
from nlp.structure import provisions
from nlp.structure.act import Provision, Role, Span
from nlp.structure.operations import Operation
from nlp.structure.wording import fold

DraftSpans = Callable[[int, int], tuple[Span, ...]]
"""Offsets of the amended text → where these words stand in the draft; none for words in force."""

_ALIKE = 0.3  # share of common words from which a new unit is taken for the re-worded old one
_JUDGED = frozenset({Role.NORM, Role.QUOTED, Role.DEFINITION})
_STEM = 6


@dataclass(frozen=True, slots=True)
class ChangedNorm:
    """One provision before and after; ``None`` where there is none.

    ``new``: words of ``after`` that the draft brings (text and lead-in). ``address`` and ``span``: the unit and the
    words of the draft that make the change. ``draft_spans`` maps offsets of the amended text (``Provision.text_at``).
    """

    before: Provision | None
    after: Provision | None
    new: tuple[FieldSpan, ...]
    address: str
    span: Span
    draft_spans: DraftSpans
    operations: tuple[int, ...] = ()

    @property
    def language(self) -> str:
        """Language of the norm."""
        provision = self.after or self.before
        return provision.language if provision is not None else ""

    @property
    def comparison(self) -> Comparison:
        """The own words before and after."""
        return compare(self.before.text if self.before else "", self.after.text if self.after else "")


def changed_norms(rebuilt: Rebuilt, operations: Sequence[Operation]) -> tuple[ChangedNorm, ...]:
    """Provisions of the amended act that differ from those in force, and those that are gone, in document order."""
    return _Pairing(rebuilt, operations).run()


class _Pairing:
    def __init__(self, rebuilt: Rebuilt, operations: Sequence[Operation]) -> None:
        self.text, self.operations = rebuilt.text, operations
        self.before = [p for p in provisions(rebuilt.base.act) if p.role in _JUDGED]
        self.after = [p for p in provisions(rebuilt.after) if p.role in _JUDGED]
        self.claimed: set[str] = set()

    def run(self) -> tuple[ChangedNorm, ...]:
        kept = {p.id: self._by_words(p) for p in self.after}
        self.claimed = {found.id for found in kept.values() if found is not None}
        found = []
        for provision in self.after:
            touched = self._operations(provision)
            if not touched:
                continue
            before = kept[provision.id] or self._by_place(provision, touched)
            if before is not None:
                self.claimed.add(before.id)
            norm = self._norm(before, provision, touched)
            if norm is not None:
                found.append(norm)
        return (*found, *self._gone())

    def _by_words(self, provision: Provision) -> Provision | None:
        """The provision in force that most of the kept words come from."""
        stretches = self.text.kept(*_range(provision))
        best: Provision | None = None
        most = 0
        for _, (start, end) in stretches:
            for candidate in self._overlapping(start, end):
                first, last = _range(candidate)
                shared = min(end, last) - max(start, first)
                if shared > most:
                    best, most = candidate, shared
        return best

    def _overlapping(self, start: int, end: int) -> Iterable[Provision]:
        place = _first_at(self.before, start)
        while place < len(self.before) and self.before[place].text_at < end:
            yield self.before[place]
            place += 1

    def _by_place(self, provision: Provision, touched: Sequence[int]) -> Provision | None:
        """A re-worded unit: the unclaimed one with its address, else the one most alike among those it replaces."""
        free = [p for p in self.before if p.id not in self.claimed and self._replaced_by(p) in touched]
        same = next((p for p in free if p.address == provision.address), None)
        if same is not None:
            return same
        rated = [(likeness(p.text, provision.text), -n, p) for n, p in enumerate(free)]
        best = max(rated, default=None, key=lambda item: item[:2])
        return best[2] if best is not None and best[0] >= _ALIKE else None

    def _replaced_by(self, provision: Provision) -> int:
        start, end = _range(provision)
        return next(
            (
                strand.operation
                for _, strand in self.text.placed()
                if strand.operation >= 0 and strand.over[0] <= start and end <= strand.over[1]
            ),
            -1,
        )

    def _operations(self, provision: Provision) -> tuple[int, ...]:
        places = [_range(provision)]
        for words, at in ((provision.lead, provision.lead_at), (provision.tail, provision.tail_at)):
            if words and at >= 0:
                places.append((at, at + len(words)))
        return tuple(sorted({n for place in places for n in self.text.operations(*place)}))

    def _norm(self, before: Provision | None, after: Provision, touched: tuple[int, ...]) -> ChangedNorm | None:
        if before is not None and all(_same(before, after, name) for name in ("text", "lead", "tail")):
            return None
        new = (
            *self._new(Field.TEXT, before.text if before else "", after.text, after.text_at),
            *self._new(Field.LEAD, before.lead if before else "", after.lead, after.lead_at),
        )
        if before is None and not new:
            return None
        operation = self.operations[touched[0]]
        return ChangedNorm(before, after, new, operation.address, operation.instruction, self.text.draft_spans, touched)

    def _new(self, field: Field, before: str, after: str, at: int) -> list[FieldSpan]:
        """New words of a field; words that stand in force are not new wherever they have moved to."""
        if not after or at < 0:
            return []
        changed = compare(before, after).new
        in_force = [(start - at, end - at) for (start, end), _ in self.text.kept(at, at + len(after))]
        return [FieldSpan(field, a, b) for span in changed for a, b in _minus(span, in_force) if after[a:b].strip()]

    def _gone(self) -> list[ChangedNorm]:
        found = []
        for provision in self.before:
            number = self._replaced_by(provision)
            if provision.id in self.claimed or number < 0:
                continue
            operation = self.operations[number]
            found.append(
                ChangedNorm(
                    provision, None, (), operation.address, operation.instruction, self.text.draft_spans, (number,)
                )
            )
        return found


def _range(provision: Provision) -> Span:
    return provision.text_at, provision.text_at + len(provision.text)


def _first_at(ordered: Sequence[Provision], start: int) -> int:
    """Index of the first provision that ends behind ``start`` (texts are in order and do not overlap)."""
    low, high = 0, len(ordered)
    while low < high:
        middle = (low + high) // 2
        if _range(ordered[middle])[1] <= start:
            low = middle + 1
        else:
            high = middle
    return low


def _same(before: Provision, after: Provision, name: str) -> bool:
    return compare(getattr(before, name), getattr(after, name)).is_same


def _minus(span: Span, others: Iterable[Span]) -> list[Span]:
    left = [span]
    for start, end in others:
        left = [piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]]
    return left


def likeness(one: str, two: str) -> float:
    """Share of words two texts have in common, 0 to 1."""
    first, second = stems(one), stems(two)
    return len(first & second) / max(len(first | second), 1)


def stems(text: str) -> frozenset[str]:
    """Beginnings of the words of a text, for rough comparison."""
    return frozenset(word[:_STEM] for word in re.findall(r"\w+", fold(text)) if len(word) > 2)


# --- comparative tables -----------------------------------------------------------------------------------------------


def norms_of_changes(changes: Sequence[Change], everything: Sequence[Provision]) -> tuple[ChangedNorm, ...]:
    """Changes of a comparative table → norms. ``everything``: the provisions of the act that holds the table.

    A changed lead-in is new for the items below it.
    """
    by_id = {provision.id: provision for provision in everything}
    leads = {change.span[0]: change.changed for change in changes if change.after}
    return tuple(_of_change(change, by_id.get(change.address), leads) for change in changes)


def _of_change(change: Change, provision: Provision | None, leads: Mapping[int, tuple[Span, ...]]) -> ChangedNorm:
    before = None
    if change.before:
        before = Provision(
            f"{change.address}__before",
            change.language,
            change.before,
            change.lead,
            change.heading,
            Role.CURRENT,
            address=change.address,
        )
    if not change.after:
        return ChangedNorm(before, None, (), change.address, change.span, _nowhere)
    if provision is None or provision.text != change.after:
        provision = Provision(change.address, change.language, change.after, change.lead, change.heading, Role.QUOTED)
        provision = replace(provision, address=change.address, text_at=change.span[0])
    lead_new = leads.get(provision.lead_at, ()) if provision.lead_at >= 0 else ()
    new = (
        *(FieldSpan(Field.TEXT, *span) for span in change.changed),
        *(FieldSpan(Field.LEAD, *span) for span in lead_new),
    )
    return ChangedNorm(before, provision, new, change.address, change.span, _itself)


def _itself(start: int, end: int) -> tuple[Span, ...]:
    """A table's norms stand in the examined text itself."""
    return ((start, end),) if start < end else ()


def _nowhere(start: int, end: int) -> tuple[Span, ...]:
    return ()


def lines_source(text: str) -> SourceText:
    """A text whose every line is a paragraph."""
    blocks = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line), Place(number)))
        at += len(line) + 1
    return SourceText(text, tuple(blocks), "text")
