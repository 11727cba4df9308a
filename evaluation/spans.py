"""How far the marked words are the annotators' words: overlap in characters.

Reads: items. Writes: ``SpanScores``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.items import Item
from evaluation.judged import Counting
from evaluation.scores import Scores, ratio, scores
from evaluation.slices import languages_of, of_language
from nlp.norms.frame import Field, FieldSpan

Characters = frozenset[tuple[Field, int]]


@dataclass(frozen=True, slots=True)
class SpanScores:
    """``on_hits`` pools characters of factors that were rightly found, ``overall`` of all labels and findings (a missed
    label counts all its characters as missed, a wrong finding all of its as wrong). ``mean_f1`` is the mean of the
    character F1 of each hit. ``unlocated`` labels have a quote that stands nowhere in the text; they are left out.
    """

    language: str
    counting: Counting
    hits: int
    unlocated: int
    on_hits: Scores
    mean_f1: float | None
    overall: Scores


def span_scores(items: Sequence[Item]) -> tuple[SpanScores, ...]:
    """Every language × counting."""
    return tuple(
        _scores(of_language(items, language), language, counting)
        for language in languages_of(items)
        for counting in Counting
    )


def _scores(items: Sequence[Item], language: str, counting: Counting) -> SpanScores:
    on_hits, overall = np.zeros(3), np.zeros(3)
    each: list[float] = []
    unlocated = 0
    for item in items:
        found = _found(item, counting)
        expected = {label.factor: _characters(label.spans) for label in item.gold}
        for factor in sorted(set(found) | set(expected)):
            if factor in expected and not expected[factor]:
                unlocated += 1
                continue
            counts = _counts(expected.get(factor, frozenset()), found.get(factor, frozenset()))
            overall += counts
            if factor in expected and factor in found:
                on_hits += counts
                each.append(scores(counts).f1 or 0.0)
    mean = ratio(sum(each), len(each))
    return SpanScores(language, counting, len(each), unlocated, scores(on_hits), mean, scores(overall))


def _found(item: Item, counting: Counting) -> dict[str, Characters]:
    spans: dict[str, list[FieldSpan]] = {}
    for finding in item.findings:
        if finding.counts(counting):
            spans.setdefault(finding.factor, []).extend(finding.spans)
    return {factor: _characters(each) for factor, each in spans.items()}


def _characters(spans: Iterable[FieldSpan]) -> Characters:
    return frozenset((span.field, at) for span in spans for at in range(span.start, span.end))


def _counts(expected: Characters, found: Characters) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    common = len(expected & found)
    return np.array([common, len(found) - common, len(expected) - common], dtype=np.float64)
