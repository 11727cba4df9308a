"""A provision as a reader of the document sees it: its words with the flagged ones shown, shortened around them.

Reads: Act, Finding. Writes: runs of the document model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from expertise.documents.model import Emphasis, Run
from nlp.detection.finding import Finding, Mark
from nlp.norms.frame import Field
from nlp.structure.act import Act, Span, Unit, UnitKind

WHOLE = 700  # characters of a piece that are shown without shortening
MARGIN = 160  # characters kept on each side of flagged words in a longer piece
LONGEST_MARK = 420  # flagged words longer than this are shortened in the middle
LEAD = 160  # characters of a lead-in shown as context
LABEL = 16  # characters of a number label: «266)», «Статья 12-1.»
GAP = " … "

_LISTED = frozenset({UnitKind.SUBPOINT, UnitKind.INDENT})


@dataclass(frozen=True, slots=True)
class Piece:
    """One contiguous stretch of the draft that is shown as a paragraph; ``marks`` are offsets in the clean text."""

    span: Span
    marks: tuple[Span, ...] = ()


def unit_of(act: Act, finding: Finding) -> Unit | None:
    """The unit that the finding is about: of its provision, else of its first mark."""
    addresses = (finding.provision, *(mark.address for mark in finding.marks[:1]))
    return next((unit for address in addresses if (unit := act.find(address)) is not None), None)


def reworded_unit(act: Act, finding: Finding) -> Unit | None:
    """The unit whose words a recommendation replaces: the finding's own, or the one that holds its lead-in."""
    unit = unit_of(act, finding)
    edits = finding.recommendation.edits if finding.recommendation else ()
    if unit is None or not edits or any(edit.span.field is not Field.LEAD for edit in edits):
        return unit
    above = _parent(act, unit)
    while above is not None and above.own[1] <= above.own[0]:
        above = _parent(act, above)
    return above or unit


def _parent(act: Act, unit: Unit) -> Unit | None:
    return next((above for above in act.root.walk() if unit in above.children), None)


def own_words(act: Act, unit: Unit) -> str:
    """The unit's own words, without its label and its children."""
    return act.text(unit.own)


def label_of(act: Act, unit: Unit) -> str:
    """The number label before the unit's own words («3)»), "" when there is none."""
    start, own = unit.span[0], unit.own[0]
    return act.text((start, own)).strip() if 0 < own - start <= LABEL else ""


def wording(act: Act, finding: Finding) -> tuple[tuple[Run, ...], ...]:
    """The provision as paragraphs of runs: lead-in, the unit itself, and other units that hold flagged words.

    Places of the same norm elsewhere (``also_at``) are not shown again.
    """
    unit = unit_of(act, finding)
    marks = [mark for mark in finding.marks if mark.address not in finding.also_at] or list(finding.marks)
    shown = _pieces(act, unit, marks)
    return tuple(_show(act, piece, whole=_is_context(piece, unit)) for piece in shown)


def _is_context(piece: Piece, unit: Unit | None) -> bool:
    """A lead-in without flagged words is only context."""
    return unit is not None and not piece.marks and piece.span[1] <= unit.own[0]


def _pieces(act: Act, unit: Unit | None, marks: Sequence[Mark]) -> list[Piece]:
    spans: list[Span] = []
    if unit is not None and unit.own[1] > unit.own[0]:
        spans.append(_with_label(act, unit))
        lead = _lead_in(act, unit)
        if lead is not None:
            spans.append(lead)
    for mark in marks:
        if not any(start <= mark.start and mark.end <= end for start, end in spans):
            spans.append(_around(act, mark))
    merged = _merge(spans)
    return [Piece(span, tuple(_inside(span, marks))) for span in merged]


def _inside(span: Span, marks: Iterable[Mark]) -> list[Span]:
    found = [(max(span[0], mark.start), min(span[1], mark.end)) for mark in marks]
    return _merge([(start, end) for start, end in found if start < end])


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _with_label(act: Act, unit: Unit) -> Span:
    return (unit.span[0], unit.own[1]) if label_of(act, unit) else unit.own


def _lead_in(act: Act, unit: Unit) -> Span | None:
    """«… вправе:» before a list item: without it the item is no sentence."""
    if unit.kind not in _LISTED:
        return None
    parent = _parent(act, unit)
    if parent is None or not act.text(parent.own).rstrip().endswith(":"):
        return None
    return _with_label(act, parent)


def _around(act: Act, mark: Mark) -> Span:
    """What to show of a mark outside its unit: the smallest unit whose words hold it, else its paragraphs."""
    holders = [
        span
        for unit in act.root.walk()
        for span in (_with_label(act, unit), unit.heading)
        if span[0] <= mark.start and mark.end <= span[1] and span[0] < span[1]
    ]
    if holders:
        return min(holders, key=lambda span: span[1] - span[0])
    if not act.source.blocks:
        return (mark.start, mark.end)
    first, last = act.source.block_at(mark.start), act.source.block_at(max(mark.end - 1, mark.start))
    return (min(first.start, mark.start), max(last.end, mark.end))


def _show(act: Act, piece: Piece, *, whole: bool) -> tuple[Run, ...]:
    start, _ = piece.span
    if whole:
        return (lead_run(act.text(piece.span)),)
    return flagged_runs(act.text(piece.span), [(first - start, last - start) for first, last in piece.marks])


def flagged_runs(words: str, marks: Sequence[Span]) -> tuple[Run, ...]:
    """``words`` with the marked ones flagged; long stretches between marks (offsets, in order) are shortened."""
    short = len(words) > WHOLE
    runs: list[Run] = []
    at = 0
    for mark_start, mark_end in marks:
        runs.append(Run(_plain(words[at:mark_start], short, first=at == 0, last=False)))
        runs.append(Run(_flagged(words[mark_start:mark_end]), Emphasis.FLAGGED))
        at = mark_end
    runs.append(Run(_plain(words[at:], short, first=at == 0, last=True)))
    return tuple(run for run in runs if run.text)


def lead_run(words: str) -> Run:
    """A lead-in as context: its end, for that is what governs the item."""
    return Run(words if len(words) <= LEAD else GAP.strip() + " " + _tail(words, LEAD), Emphasis.QUIET)


def _plain(text: str, short: bool, *, first: bool, last: bool) -> str:
    """Words between flagged ones; the beginning of a unit (its label and subject) is always kept."""
    if not short:
        return text
    if first and last:
        return shorten(text, WHOLE)
    if len(text) <= 2 * MARGIN + len(GAP):
        return text
    if last:
        return _head(text, MARGIN) + GAP.rstrip()
    return _head(text, MARGIN) + GAP + _tail(text, MARGIN)


def _flagged(text: str) -> str:
    if len(text) <= LONGEST_MARK:
        return text
    return _head(text, LONGEST_MARK // 2) + GAP + _tail(text, LONGEST_MARK // 2)


def shorten(text: str, length: int) -> str:
    """The text, or its beginning of about ``length`` characters with «…»."""
    return text if len(text) <= length else _head(text, length) + GAP.rstrip()


def _head(text: str, length: int) -> str:
    """About ``length`` first characters, ending with a whole word where one ends near."""
    cut = text[:length]
    at = max(cut.rfind(" "), cut.rfind("\n"))
    return cut[:at] if at > length // 2 else cut


def _tail(text: str, length: int) -> str:
    """About ``length`` last characters, beginning with a whole word where one begins near."""
    cut = text[-length:]
    at = min((found for found in (cut.find(" "), cut.find("\n")) if found >= 0), default=-1)
    return cut[at + 1 :] if 0 <= at < length // 2 else cut
