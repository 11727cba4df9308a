"""Precision, recall, F1 from counts, and bootstrap intervals. A figure that is not defined is None, never 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Percentile bootstrap interval at 95 %; ``resamples`` = how many resamples had a defined value."""

    low: float
    high: float
    resamples: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts (weighted where the view is) and what follows from them."""

    tp: float
    fp: float
    fn: float
    precision: float | None
    recall: float | None
    f1: float | None
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    f1_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of a total."""

    count: int
    total: int
    share: float | None
    interval: Interval | None = None


def ratio(part: float, whole: float) -> float | None:
    """``part / whole``, None when the whole is 0."""
    return part / whole if whole else None


def scores(counts: Array, resampled: Array | None = None) -> Scores:
    """Scores of counts (tp, fp, fn), shape (3,); intervals from the same counts resampled, shape (resamples, 3)."""
    tp, fp, fn = (float(value) for value in counts)
    found, expected, either = tp + fp, tp + fn, 2 * tp + fp + fn
    if resampled is None or not len(resampled):
        return Scores(tp, fp, fn, ratio(tp, found), ratio(tp, expected), ratio(2 * tp, either))
    many_tp, many_fp, many_fn = resampled.T
    return Scores(
        tp,
        fp,
        fn,
        ratio(tp, found),
        ratio(tp, expected),
        ratio(2 * tp, either),
        interval(ratios(many_tp, many_tp + many_fp)),
        interval(ratios(many_tp, many_tp + many_fn)),
        interval(f1s(resampled)),
    )


def f1s(counts: Array) -> Array:
    """F1 of counts in the last axis, NaN where not defined; shape (…, 3) → (…)."""
    tp, fp, fn = counts[..., 0], counts[..., 1], counts[..., 2]
    return ratios(2 * tp, 2 * tp + fp + fn)


def ratios(part: Array, whole: Array) -> Array:
    """Element-wise ratio, NaN where the whole is 0."""
    answer = np.full(np.broadcast(part, whole).shape, np.nan)
    np.divide(part, whole, out=answer, where=np.asarray(whole) != 0)
    return answer


def interval(values: Array) -> Interval | None:
    """The middle 95 % of the defined values; None when none is defined."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(defined, (tail, 1 - tail))
    return Interval(float(low), float(high), len(defined))


def resampling(groups: int, resamples: int, seed: int) -> Array:
    """How often each group is drawn in each resample, shape (resamples, groups).

    Drawing whole groups keeps texts of one act together. With fewer than two groups nothing can be resampled: the
    result has no rows.
    """
    if groups < 2 or not resamples:
        return np.zeros((0, groups))
    drawn = np.random.default_rng(seed).multinomial(groups, np.full(groups, 1 / groups), size=resamples)
    return drawn.astype(np.float64)


def shares(hits: Sequence[bool], drawn: Array) -> Share:
    """Share of true values with its interval; ``drawn`` has one column per value."""
    values = np.array(hits, dtype=np.float64)
    count, total = int(values.sum()), len(values)
    resampled = ratios(drawn @ values, drawn.sum(axis=1)) if len(drawn) else np.zeros(0)
    return Share(count, total, ratio(count, total), interval(resampled))
