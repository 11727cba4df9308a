"""How well confidence ranks provisions: average precision, and precision where four labels of five are found.

Reads: items. Writes: ``Ranking``. What a judge does not speak of, and gives no score to, is ranked nowhere: it can
only be missed. Beside it stands the length of the text as if it were a confidence (labelled provisions are longer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.items import Item
from evaluation.scores import Array, Interval, interval, ratios, resampling
from evaluation.slices import languages_of, of_language

RECALL = 0.8
ANY = ""
CONFIDENCE, LENGTH = "confidence", "length"


@dataclass(frozen=True, slots=True)
class Ranking:
    """One factor (``ANY``: is there anything to say) in one language; strengths 1 and 2 are positive.

    ``average_precision``: precision at every threshold, weighted by the recall it adds. ``precision_at_recall``: the
    best precision at a recall of at least 0.8, None where it is never reached; ``recall`` is the highest reached.
    ``positives / items`` is what a ranking at random gets. Intervals (any factor only) resample base acts.
    """

    language: str
    factor: str
    by: str
    items: int
    positives: int
    recall: float | None
    average_precision: float | None
    average_precision_interval: Interval | None
    precision_at_recall: float | None
    precision_at_recall_interval: Interval | None


def rankings(items: Sequence[Item], factors: Sequence[str], resamples: int, seed: int) -> tuple[Ranking, ...]:
    """Every language: any factor by confidence and by length, then each factor that somebody labelled or found."""
    found = []
    for language in languages_of(items):
        some = of_language(items, language)
        found.append(_ranking(some, (language, ANY, CONFIDENCE), resamples, seed))
        found.append(_ranking(some, (language, ANY, LENGTH), resamples, seed))
        found += [_ranking(some, (language, factor, CONFIDENCE), 0, seed) for factor in factors]
    return tuple(each for each in found if each.positives or each.recall is not None)


def confidence_of(item: Item, factor: str) -> float | None:
    """The judge's score for the factor (``ANY``: the highest of all), None where it says nothing."""
    if item.scores is not None:
        return max(item.scores.values(), default=None) if factor == ANY else item.scores.get(factor)
    said = [finding.confidence for finding in item.findings if factor in (ANY, finding.factor)]
    return max(said, default=None)


def _ranking(items: Sequence[Item], key: tuple[str, str, str], resamples: int, seed: int) -> Ranking:
    language, factor, by = key
    positive = np.array([bool(item.gold) if factor == ANY else factor in item.gold_strengths() for item in items])
    scores = np.array([_score(item, factor, by) for item in items], dtype=np.float64)
    names = sorted({item.group for item in items})
    number = {name: at for at, name in enumerate(names)}
    groups = np.array([number[item.group] for item in items], dtype=np.intp)
    whole, reached = _measured(scores, positive, np.ones((1, len(items))))
    drawn = resampling(len(names), resamples, seed)
    many, _ = _measured(scores, positive, drawn[:, groups]) if len(drawn) else (np.zeros((0, 2)), reached)
    average, precise = _defined(whole[0, 0]), _defined(whole[0, 1])
    return Ranking(
        language=language,
        factor=factor,
        by=by,
        items=len(items),
        positives=int(positive.sum()),
        recall=_defined(reached[0]),
        average_precision=average,
        average_precision_interval=None if average is None else interval(many[:, 0]),
        precision_at_recall=precise,
        precision_at_recall_interval=None if precise is None else interval(many[:, 1]),
    )


def _score(item: Item, factor: str, by: str) -> float:
    if by == LENGTH:
        return float(len(item.provision.text))
    said = confidence_of(item, factor)
    return -np.inf if said is None else said


def _measured(scores: Array, positive: NDArray[np.bool_], weights: Array) -> tuple[Array, Array]:
    """Average precision and precision at recall for each row of weights, shape (rows, 2), and the recall reached."""
    ranked = np.flatnonzero(scores > -np.inf)
    order = ranked[np.argsort(-scores[ranked], kind="stable")]
    expected = (weights * positive).sum(axis=1)
    if not len(order):
        nothing = ratios(np.zeros(len(weights)), expected)  # 0 where something was to be found
        return np.column_stack([nothing, np.full(len(weights), np.nan)]), nothing
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)  # equal scores are taken together
    right = np.cumsum(weights[:, order] * positive[order], axis=1)[:, ends]
    precision = ratios(right, np.cumsum(weights[:, order], axis=1)[:, ends])
    recall = ratios(right, np.broadcast_to(expected[:, None], right.shape))
    added = np.diff(recall, axis=1, prepend=0.0)
    average = np.where(expected > 0, np.nansum(added * precision, axis=1), np.nan)
    enough = np.where(recall >= RECALL - 1e-12, precision, -1.0).max(axis=1)
    return np.column_stack([average, np.where(enough < 0, np.nan, enough)]), recall[:, -1]


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
