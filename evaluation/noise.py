"""Noise: how many remarks an ordinary act in force would get (DESIGN 3.3: at most 3 per 10 articles or 50 provisions).

Reads: items, or counts of whole acts. Writes: ``Noise`` and ``ActNoise``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.items import Item
from evaluation.judged import JudgedFinding
from evaluation.scores import Interval, interval, ratio, ratios, resampling
from evaluation.slices import languages_of, of_language
from nlp.detection.finding import Kind

PROVISIONS = 50
ARTICLES = 10


@dataclass(frozen=True, slots=True)
class Noise:
    """Per 50 provisions at natural prevalence, factors of one provision counted once each.

    ``remarks``: remarks of strength 2; ``unlabelled_remarks``: those of them without a label of the same factor;
    ``attention``: every other finding. ``provisions`` is the number of sampled texts, ``pool`` what they stand for.
    """

    language: str
    provisions: int
    pool: float
    remarks: float | None
    remarks_interval: Interval | None
    unlabelled_remarks: float | None
    attention: float | None


@dataclass(frozen=True, slots=True)
class ActCount:
    """What examining one whole act gave; articles is 0 in an act without articles."""

    articles: int
    provisions: int
    remarks: int


@dataclass(frozen=True, slots=True)
class ActNoise:
    """Remarks of strength 2 over whole acts; ``within_budget`` counts acts with at most 3 in either measure."""

    acts: int
    per_10_articles: float | None
    per_50_provisions: float | None
    within_budget: int


def noise(items: Sequence[Item], resamples: int, seed: int) -> tuple[Noise, ...]:
    """Every language, over the items that count at natural prevalence; intervals over base acts."""
    natural = [item for item in items if item.weight > 0]
    return tuple(_noise(of_language(natural, language), language, resamples, seed) for language in languages_of(items))


def act_noise(counts: Sequence[ActCount], budget: float = 3.0) -> ActNoise:
    """Noise over whole acts: sums over acts, not means of rates, so that small acts do not dominate."""
    with_articles = [each for each in counts if each.articles]
    by_article = ratio(sum(each.remarks for each in with_articles), sum(each.articles for each in with_articles))
    by_provision = ratio(sum(each.remarks for each in counts), sum(each.provisions for each in counts))
    return ActNoise(
        acts=len(counts),
        per_10_articles=_times(by_article, ARTICLES),
        per_50_provisions=_times(by_provision, PROVISIONS),
        within_budget=sum(_within(each, budget) for each in counts),
    )


def is_strong_remark(finding: JudgedFinding) -> bool:
    """A remark of strength 2: what the budget counts."""
    return finding.kind is Kind.REMARK and finding.strength == 2


def _within(count: ActCount, budget: float) -> bool:
    return (
        count.remarks * ARTICLES <= budget * count.articles or count.remarks * PROVISIONS <= budget * count.provisions
    )


def _noise(items: Sequence[Item], language: str, resamples: int, seed: int) -> Noise:
    rows = np.array([_row(item) for item in items], dtype=np.float64).reshape(-1, 3)
    weights = np.array([item.weight for item in items], dtype=np.float64)
    names = sorted({item.group for item in items})
    grouped = np.zeros((len(names), 4))
    np.add.at(
        grouped,
        np.array([names.index(item.group) for item in items], dtype=np.intp),
        np.column_stack([rows, np.ones(len(items))]) * weights[:, None],
    )
    remarks, unlabelled, attention, pool = (float(value) for value in grouped.sum(axis=0))
    resampled = resampling(len(names), resamples, seed) @ grouped
    return Noise(
        language=language,
        provisions=len(items),
        pool=pool,
        remarks=_times(ratio(remarks, pool), PROVISIONS),
        remarks_interval=interval(ratios(resampled[:, 0], resampled[:, 3]) * PROVISIONS),
        unlabelled_remarks=_times(ratio(unlabelled, pool), PROVISIONS),
        attention=_times(ratio(attention, pool), PROVISIONS),
    )


def _row(item: Item) -> tuple[int, int, int]:
    remarks = {finding.factor for finding in item.findings if is_strong_remark(finding)}
    other = {finding.factor for finding in item.findings} - remarks
    return len(remarks), len(remarks - set(item.gold_strengths())), len(other)


def _times(value: float | None, factor: int) -> float | None:
    return None if value is None else value * factor
