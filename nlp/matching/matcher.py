"""Finds many patterns in the tokens of one string.

Most patterns are ruled out for the whole string at once: one of their words does not occur in it. Those left are tried
from one of their words (the anchor), forwards and backwards from there. Work is counted in steps, not in seconds, so
that a result never depends on the machine's load; a pattern that exceeds its budget is given up for this string and
named in ``exhausted``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.language.token import Tokens
from nlp.matching.compiled import Compiled, Phrase, Step, compiled
from nlp.matching.passage import Passage, passage_of
from nlp.matching.pattern import Pattern
from nlp.matching.vocabulary import bits_of

DEFAULT_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Match:
    """Pattern ``index`` matched tokens [first, last); [mark_first, mark_last) is the marked part.

    ``start``/``end`` are character offsets of the marked part.
    """

    index: int
    first: int
    last: int
    mark_first: int
    mark_last: int
    start: int
    end: int


class PatternSet:
    """Compiled patterns with an index over their anchors. Safe to share."""

    def __init__(self, patterns: Sequence[Pattern], steps: int = DEFAULT_STEPS) -> None:
        self.patterns = tuple(patterns)
        self._steps = steps
        self._compiled = [compiled(pattern) for pattern in self.patterns]
        self._anchors = bits_of({pattern.key for pattern in self._compiled})
        needed = [pattern.needed for pattern in self._compiled]
        self._first = np.array([numbers[0] for numbers in needed], dtype=np.intp)
        self._second = np.array([numbers[min(1, len(numbers) - 1)] for numbers in needed], dtype=np.intp)
        self._further = [numbers[2:] for numbers in needed]

    def find(self, tokens: Tokens, exhausted: list[int] | None = None) -> list[Match]:
        """All matches, sorted by place; for one pattern and one anchor the shortest one."""
        if not tokens:
            return []
        passage = passage_of(tokens)
        if self not in passage.found:
            passage.found[self] = self._search(passage)
        matches, given_up = passage.found[self]
        if exhausted is not None:
            exhausted.extend(index for index in given_up if index not in exhausted)
        return list(matches)

    def _search(self, passage: Passage) -> tuple[tuple[Match, ...], tuple[int, ...]]:
        """Matches in order, and the patterns given up."""
        possible = self._possible(passage)
        if not possible:
            return _NOTHING
        found: dict[tuple[int, int, int], Match] = {}
        given_up = []
        search = _Search(passage)
        for index in possible:
            pattern = self._compiled[index]
            search.left = self._steps
            for position in passage.places(pattern.key):
                match = search.around(index, pattern, position)
                if match is not None:
                    found.setdefault((index, match.start, match.end), match)
            if search.left <= 0:
                given_up.append(index)
        ordered = sorted(found.values(), key=lambda match: (match.start, match.end, match.index))
        return tuple(ordered), tuple(given_up)

    def _possible(self, passage: Passage) -> list[int]:
        """Patterns whose every necessary word occurs somewhere in the passage."""
        if not self._anchors & passage.present:
            return []
        flags = passage.flags
        possible: list[int] = []
        for index in (flags[self._first] & flags[self._second]).nonzero()[0].tolist():
            for number in self._further[index]:
                if not flags[number]:
                    break
            else:
                possible.append(index)
        return possible


_NOTHING: tuple[tuple[Match, ...], tuple[int, ...]] = ((), ())
_Bounds = list[tuple[int, int]]


class _Search:
    """One pattern in one string; ``left`` are the steps left to it."""

    __slots__ = ("_end", "_fits", "_sentences", "_tokens", "left")

    def __init__(self, passage: Passage) -> None:
        self._tokens = passage.tokens
        self._fits = passage.fits
        self._end = len(passage.fits)
        self._sentences = passage.sentences
        self.left = 0

    def around(self, index: int, pattern: Compiled, position: int) -> Match | None:
        """The match whose anchor holds the token at ``position``."""
        steps, anchor = pattern.steps, pattern.anchor
        for first, last in self._anchor_spans(steps[anchor], position):
            after = self._forward(steps, anchor + 1, last)
            if after is None:
                continue
            before = self._backward(steps, anchor - 1, first)
            if before is None:
                continue
            return _build(index, pattern, [*before, (first, last), *after], self._tokens)
        return None

    def _spend(self) -> bool:
        self.left -= 1
        return self.left > 0

    def _anchor_spans(self, step: Step, position: int) -> Iterator[tuple[int, int]]:
        """Places [first, last) that the anchor may take so that ``position`` lies inside; phrases first."""
        if not step.single:
            for phrase in step.around.holding(self._fits[position]):
                span = self._phrase_around(phrase, position)
                if span is not None and step.may_end(self._tokens[span[1] - 1]):
                    yield span
        if step.fits(self._fits[position]):
            yield position, position + 1

    def _phrase_around(self, phrase: Phrase, position: int) -> tuple[int, int] | None:
        for first in range(position, max(position - phrase.reach, -1), -1):
            if not self._spend():
                return None
            for last in self._phrase_ends(phrase, first):
                if position < last:
                    return first, last
        return None

    def _phrase_ends(self, phrase: Phrase, first: int) -> Iterator[int]:
        """Where the phrase that begins at ``first`` may end (exclusive): in one place, with a gap in several."""
        ends = self._loose_ends(phrase.steps, 0, first) if phrase.loose else self._close_end(phrase.steps, first)
        sentences = self._sentences
        for end in ends:
            if end > first and sentences[first] == sentences[end - 1]:
                yield end

    def _close_end(self, steps: Sequence[Step], position: int) -> tuple[int, ...]:
        fits, end = self._fits, self._end
        for step in steps:
            if position < end and step.fits(fits[position]):
                position += 1
            elif not step.optional:
                return ()
        return (position,)

    def _loose_ends(self, steps: Sequence[Step], at: int, position: int) -> Iterator[int]:
        """As ``_close_end``, with gaps tried from the shortest on; what is left out is what does not fit."""
        if at == len(steps):
            yield position
            return
        step, end = steps[at], self._end
        if step.gap:
            for after in range(position, min(position + step.gap, end) + 1):
                if not self._spend():
                    return
                yield from self._loose_ends(steps, at + 1, after)
        elif position < end and step.fits(self._fits[position]):
            yield from self._loose_ends(steps, at + 1, position + 1)
        elif step.optional:
            yield from self._loose_ends(steps, at + 1, position)

    def _takes(self, step: Step, position: int) -> Iterator[int]:
        """Ends after ``step`` taken at ``position`` going forward; phrases, longest first, before the single word."""
        if position >= self._end:
            return
        fits = self._fits[position]
        if not step.single:
            for phrase in step.phrases_after.holding(fits):
                for last in self._phrase_ends(phrase, position):
                    if step.may_end(self._tokens[last - 1]):
                        yield last
        if step.fits(fits):
            yield position + 1

    def _takes_back(self, step: Step, position: int) -> Iterator[int]:
        """Starts before ``step`` taken so that it ends at ``position`` (exclusive); phrases, longest first."""
        if position <= 0:
            return
        fits = self._fits[position - 1]
        if not step.single and step.may_end(self._tokens[position - 1]):
            for phrase in step.phrases_before.holding(fits):
                for first in range(max(position - phrase.reach, 0), position):
                    if position in self._phrase_ends(phrase, first):
                        yield first
        if step.fits(fits):
            yield position - 1

    def _forward(self, steps: Sequence[Step], at: int, position: int) -> _Bounds | None:
        if at >= len(steps):
            return []
        step, sentences = steps[at], self._sentences
        if step.gap:
            sentence, last = sentences[position - 1], self._end
            wanted = _single(steps, at + 1)
            for end in range(position, position + step.gap + 1):
                if end > last or not self._spend() or sentences[end - 1] != sentence:
                    return None
                if wanted is not None and not (end < last and wanted.fits(self._fits[end])):
                    continue
                rest = self._forward(steps, at + 1, end)
                if rest is not None:
                    return [(position, end), *rest]
            return None
        for end in self._takes(step, position):
            if not self._spend():
                return None
            if sentences[position] != sentences[position - 1]:
                break
            rest = self._forward(steps, at + 1, end)
            if rest is not None:
                return [(position, end), *rest]
        if step.optional:
            rest = self._forward(steps, at + 1, position)
            if rest is not None:
                return [(position, position), *rest]
        return None

    def _backward(self, steps: Sequence[Step], at: int, position: int) -> _Bounds | None:
        if at < 0:
            return []
        step, sentences = steps[at], self._sentences
        if step.gap:
            wanted = _single(steps, at - 1)
            for start in range(position, position - step.gap - 1, -1):
                if start < 0 or not self._spend() or sentences[start] != sentences[position]:
                    return None
                if wanted is not None and not (start > 0 and wanted.fits(self._fits[start - 1])):
                    continue
                rest = self._backward(steps, at - 1, start)
                if rest is not None:
                    return [*rest, (start, position)]
            return None
        for start in self._takes_back(step, position):
            if not self._spend():
                return None
            if sentences[start] != sentences[position]:
                break
            rest = self._backward(steps, at - 1, start)
            if rest is not None:
                return [*rest, (start, position)]
        if step.optional:
            rest = self._backward(steps, at - 1, position)
            if rest is not None:
                return [*rest, (position, position)]
        return None


def _single(steps: Sequence[Step], at: int) -> Step | None:
    """The step at ``at`` where it takes just one word and cannot be left out: a gap is not followed up beside it."""
    step = steps[at] if 0 <= at < len(steps) else None
    return step if step is not None and step.single and not step.optional and not step.gap else None


def _build(index: int, pattern: Compiled, bounds: _Bounds, tokens: Tokens) -> Match | None:
    begin, end = pattern.mark
    inside = [(a, b) for a, b in bounds[begin:end] if b > a]
    if not inside:
        return None
    mark_first, mark_last = inside[0][0], inside[-1][1]
    whole = [(a, b) for a, b in bounds if b > a]
    return Match(
        index,
        whole[0][0],
        whole[-1][1],
        mark_first,
        mark_last,
        tokens[mark_first].start,
        tokens[mark_last - 1].end,
    )
