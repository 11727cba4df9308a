"""Woven: the text of an amended act while it is amended, with where every character came from.

Reads: the text in force and pieces of the draft. Writes: strands – of the base, of the draft, or made on the way (a
word put into another case, a line break). Base offsets stay what they were, so an amendment that names a unit of the
text in force finds it whatever was done to its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from nlp.structure.act import Span


class Origin(StrEnum):
    """Where the words of a strand stand."""

    BASE = "base"
    DRAFT = "draft"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Strand:
    """Some words. ``start`` is their offset in the base or the draft; words that were made stand for the draft's
    [start, until). ``operation`` counts the operations of the draft (-1 for words in force). ``over`` is the span of
    the base that the strand took the place of; an empty strand marks the place of words struck out."""

    text: str
    origin: Origin
    start: int
    until: int = 0
    operation: int = -1
    over: Span = (0, 0)


class Woven:
    """The text as it stands; ``replace`` is one amendment."""

    def __init__(self, base: str) -> None:
        self.strands = [Strand(base, Origin.BASE, 0)]
        self._text: str | None = base

    @property
    def text(self) -> str:
        """All words as they now stand."""
        if self._text is None:
            self._text = "".join(strand.text for strand in self.strands)
        return self._text

    def replace(self, start: int, end: int, words: Iterable[Strand], operation: int) -> None:
        """Put ``words`` of an operation in the place of [start, end) of the present text."""
        over = self.base_span(start, end)
        before, rest = _split(self.strands, start)
        gone, after = _split(rest, end - start)
        middle = [replace(strand, operation=operation, over=over) for strand in words if strand.text]
        marks = [strand for strand in gone if not strand.text]
        if not middle:
            marks.append(Strand("", Origin.MADE, 0, operation=operation, over=over))
        self.strands = [*before, *middle, *marks, *after]
        self._text = None

    def base_span(self, start: int, end: int) -> Span:
        """The span of the base that [start, end) of the present text covers; (0, 0) when nothing of it is in force."""
        found = [
            (max(start, at) - at + strand.start, min(end, at + len(strand.text)) - at + strand.start)
            for at, strand in self._placed()
            if strand.origin is Origin.BASE and at < end and start < at + len(strand.text)
        ]
        return (found[0][0], found[-1][1]) if found else (0, 0)

    def place(self, span: Span) -> Span | None:
        """Where a span of the base now stands, with what was put into it; None when its first character is gone."""
        start = self._offset(span[0])
        if start is None:
            return None
        end = start
        for at, strand in self._placed():
            if at < start and strand.origin is not Origin.BASE:
                continue
            if strand.origin is Origin.BASE:
                if strand.start < span[1] and span[0] < strand.start + len(strand.text):
                    end = at + min(span[1], strand.start + len(strand.text)) - strand.start
            elif span[0] <= strand.over[0] < strand.over[1] <= span[1]:
                end = max(end, at + len(strand.text))
        return start, end

    def _offset(self, base: int) -> int | None:
        return next(
            (
                at + base - strand.start
                for at, strand in self._placed()
                if strand.origin is Origin.BASE and strand.start <= base < strand.start + len(strand.text)
            ),
            None,
        )

    def behind(self, place: int) -> int:
        """``place``, or the end of the paragraphs put in there before: a second one comes behind the first."""
        for at, strand in self._placed():
            if at == place and strand.text and strand.origin is not Origin.BASE and strand.over[0] == strand.over[1]:
                place += len(strand.text)
        return place

    def draft_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the words of [start, end) stand in the draft; words in force give none. Sorted, joined."""
        found = []
        for at, strand in self._placed():
            if strand.origin is Origin.BASE or strand.until <= strand.start:
                continue
            first, last = max(start, at), min(end, at + len(strand.text))
            if first >= last:
                continue
            exact = strand.origin is Origin.DRAFT
            found.append(
                (first - at + strand.start, last - at + strand.start) if exact else (strand.start, strand.until)
            )
        return joined(found)

    def kept(self, start: int, end: int) -> tuple[tuple[Span, Span], ...]:
        """Stretches of [start, end) that are in force: (span of the present text, span of the base)."""
        found = []
        for at, strand in self._placed():
            first, last = max(start, at), min(end, at + len(strand.text))
            if strand.origin is Origin.BASE and first < last:
                found.append(((first, last), (first - at + strand.start, last - at + strand.start)))
        return tuple(found)

    def operations(self, start: int, end: int) -> tuple[int, ...]:
        """Operations that put words into [start, end) or struck words out there, in order."""
        found = {
            strand.operation
            for at, strand in self._placed()
            if strand.operation >= 0 and at <= end and start <= at + len(strand.text)
            and (not strand.text or (at < end and start < at + len(strand.text)))
        }  # fmt: skip
        return tuple(sorted(found))

    def placed(self) -> Iterator[tuple[int, Strand]]:
        """Strands with their offsets in the present text."""
        return self._placed()

    def _placed(self) -> Iterator[tuple[int, Strand]]:
        at = 0
        for strand in self.strands:
            yield at, strand
            at += len(strand.text)


def of_draft(draft: str, span: Span) -> Strand:
    """A strand of the draft's own words."""
    return Strand(draft[span[0] : span[1]], Origin.DRAFT, span[0], span[1])


def made(text: str, stands_for: Span = (0, 0)) -> Strand:
    """A strand that no text has letter by letter: an inflected word, a line break."""
    return Strand(text, Origin.MADE, stands_for[0], stands_for[1])


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans sorted, touching ones joined."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return tuple(result)


def _split(strands: Iterable[Strand], offset: int) -> tuple[list[Strand], list[Strand]]:
    """The strands before and after an offset; empty marks at the offset itself are before it."""
    before: list[Strand] = []
    after: list[Strand] = []
    at = 0
    for strand in strands:
        length = len(strand.text)
        if at + length <= offset:
            before.append(strand)
        elif at >= offset:
            after.append(strand)
        else:
            before.append(_part(strand, 0, offset - at))
            after.append(_part(strand, offset - at, length))
        at += length
    return before, after


def _part(strand: Strand, first: int, last: int) -> Strand:
    moved = strand.origin is not Origin.MADE
    start = strand.start + first if moved else strand.start
    until = strand.start + last if strand.origin is Origin.DRAFT else strand.until
    return replace(strand, text=strand.text[first:last], start=start, until=until)
