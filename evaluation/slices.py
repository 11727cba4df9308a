"""Provision metrics: per factor, any factor, micro and macro, in every language and view.

Reads: items. Writes: ``Slice`` objects, one per language × counting × view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from evaluation.items import Item
from evaluation.judged import Counting
from evaluation.scores import Array, Interval, Scores, f1s, interval, resampling, scores

Mask = NDArray[np.bool_]

ALL_LANGUAGES = "all"
MACRO_MINIMUM = 10


class View(StrEnum):
    """What is positive and how much an item weighs.

    ``headline``: strengths 1 and 2, every item once, all strata. ``natural``: strengths 1 and 2, items weighted to
    natural prevalence, ``enriched`` left out. ``strength2``: only strength 2 is positive, every item once; a finding
    on a borderline label counts as wrong. ``strength2_aside``: the same, borderline labels neither right nor wrong.
    """

    HEADLINE = "headline"
    NATURAL = "natural"
    STRENGTH2 = "strength2"
    STRENGTH2_ASIDE = "strength2_aside"


@dataclass(frozen=True, slots=True)
class Macro:
    """Mean F1 over the factors with at least ``MACRO_MINIMUM`` positives; None when there is no such factor."""

    f1: float | None
    factors: tuple[str, ...]
    f1_interval: Interval | None


@dataclass(frozen=True, slots=True)
class FactorScores:
    """Scores of one factor; ``positives`` counts labelled items of the view, unweighted."""

    factor: str
    positives: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class Slice:
    """All scores of one language ("all", "ru", "kk"), one way of counting findings and one view.

    ``any_factor``: is there anything to say about the provision; ``micro``: factors pooled. ``positives`` counts
    items with a label, unweighted; ``groups`` the base acts that were resampled.
    """

    language: str
    counting: Counting
    view: View
    items: int
    groups: int
    positives: int
    any_factor: Scores
    micro: Scores
    macro: Macro
    factors: tuple[FactorScores, ...]


def languages_of(items: Sequence[Item]) -> tuple[str, ...]:
    """«all», then the languages that occur, Russian first."""
    found = {item.provision.language for item in items}
    return (ALL_LANGUAGES, *sorted(found, key=lambda code: (code != "ru", code)))


def of_language(items: Sequence[Item], language: str) -> tuple[Item, ...]:
    """The items of one language; all of them for «all»."""
    return tuple(item for item in items if language in (ALL_LANGUAGES, item.provision.language))


def slices(items: Sequence[Item], factors: Sequence[str], resamples: int, seed: int) -> tuple[Slice, ...]:
    """Every language × counting × view; intervals over ``group`` with ``resamples`` seeded resamples."""
    return tuple(
        _slice(of_language(items, language), language, factors, counting, view, resamples, seed)
        for language in languages_of(items)
        for counting in Counting
        for view in View
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """Gold strength and presence of a finding, shape (items, factors); weight per item; group number per item."""

    gold: Array
    found: Mask
    weight: Array
    group: NDArray[np.intp]
    groups: int


def _slice(
    items: Sequence[Item],
    language: str,
    factors: Sequence[str],
    counting: Counting,
    view: View,
    resamples: int,
    seed: int,
) -> Slice:
    counted = [item for item in items if view is not View.NATURAL or item.weight > 0]
    table = _table(counted, factors, counting, view)
    positive, aside = _positive(table.gold, view)
    per_factor = _by_group(table, positive, table.found, aside)
    any_positive, any_found = _any(positive), _any(table.found)
    any_factor = _by_group(table, any_positive, any_found, _any(aside) & ~any_positive)[:, 0]
    drawn = resampling(table.groups, resamples, seed)
    support = positive.sum(axis=0)
    return Slice(
        language=language,
        counting=counting,
        view=view,
        items=len(counted),
        groups=table.groups,
        positives=int(any_positive.sum()),
        any_factor=scores(any_factor.sum(axis=0), drawn @ any_factor),
        micro=scores(per_factor.sum(axis=(0, 1)), drawn @ per_factor.sum(axis=1)),
        macro=_macro(per_factor, factors, support, drawn),
        factors=tuple(
            FactorScores(factor, int(support[at]), scores(per_factor[:, at].sum(axis=0), drawn @ per_factor[:, at]))
            for at, factor in enumerate(factors)
        ),
    )


def _table(items: Sequence[Item], factors: Sequence[str], counting: Counting, view: View) -> _Table:
    column = {factor: at for at, factor in enumerate(factors)}
    gold = np.zeros((len(items), len(factors)))
    found = np.zeros((len(items), len(factors)), dtype=bool)
    for row, item in enumerate(items):
        for factor, strength in item.gold_strengths().items():
            gold[row, column[factor]] = strength
        for factor in item.found_factors(counting):
            found[row, column[factor]] = True
    names = sorted({item.group for item in items})
    number = {name: at for at, name in enumerate(names)}
    weight = np.array([item.weight if view is View.NATURAL else 1.0 for item in items])
    return _Table(gold, found, weight, np.array([number[item.group] for item in items], dtype=np.intp), len(names))


def _positive(gold: Array, view: View) -> tuple[Mask, Mask]:
    """What is positive in the view, and what is neither right nor wrong; both shaped as ``gold``."""
    nothing: Mask = np.zeros(gold.shape, dtype=bool)
    if view in (View.HEADLINE, View.NATURAL):
        return np.greater_equal(gold, 1), nothing
    return np.greater_equal(gold, 2), np.equal(gold, 1) if view is View.STRENGTH2_ASIDE else nothing


def _by_group(table: _Table, positive: Mask, found: Mask, aside: Mask) -> Array:
    """Weighted counts (tp, fp, fn) per group and column, shape (groups, columns, 3)."""
    cells = np.stack([positive & found, ~positive & found & ~aside, positive & ~found], axis=-1)
    answer = np.zeros((table.groups, *cells.shape[1:]))
    np.add.at(answer, table.group, cells * table.weight[:, None, None])
    return answer


def _any(cells: Mask) -> Mask:
    """Whether any column is true, shape (items, 1)."""
    answer: Mask = np.any(cells, axis=1)[:, None]
    return answer


def _macro(per_factor: Array, factors: Sequence[str], support: NDArray[np.intp], drawn: Array) -> Macro:
    chosen = [at for at, positives in enumerate(support) if positives >= MACRO_MINIMUM]
    if not chosen:
        return Macro(None, (), None)
    value = float(np.nanmean(f1s(per_factor[:, chosen].sum(axis=0))))
    resampled = f1s(np.tensordot(drawn, per_factor[:, chosen], axes=1))
    defined = resampled[~np.isnan(resampled).all(axis=1)]
    means = np.nanmean(defined, axis=1) if len(defined) else np.zeros(0)
    return Macro(value, tuple(factors[at] for at in chosen), interval(means))
