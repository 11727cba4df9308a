"""Whether confidence means what it says: of findings at 0.7, are seven of ten right?

Reads: items. Writes: ``Calibration``, one per language and per what is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.items import Item
from evaluation.ranking import ANY, confidence_of
from evaluation.slices import languages_of, of_language

BINS = 10
FINDINGS, PROVISIONS = "findings", "provisions"


@dataclass(frozen=True, slots=True)
class Bin:
    """Judgements of a confidence from ``low`` to ``high``: how many, their mean confidence, the share that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """``of`` findings: a finding is right when its factor is labelled in its provision. ``of`` provisions (only for
    judges that score everything): the highest score against whether the provision is labelled at all.

    ``ece``: expected calibration error, the mean distance of confidence and share right over the bins, weighted by
    their counts. ``brier``: the mean squared distance of confidence and truth. Empty bins are left out.
    """

    language: str
    of: str
    count: int
    ece: float | None
    brier: float | None
    bins: tuple[Bin, ...]


def calibrations(items: Sequence[Item]) -> tuple[Calibration, ...]:
    """Every language, over the items given."""
    scored = bool(items) and all(item.scores is not None for item in items)
    return tuple(
        _calibration(language, of, list(said(of_language(items, language))))
        for of, said in ((FINDINGS, _findings), (PROVISIONS, _provisions))
        if of == FINDINGS or scored
        for language in languages_of(items)
    )


def _findings(items: Iterable[Item]) -> Iterable[tuple[float, bool]]:
    for item in items:
        labelled = item.gold_strengths()
        for factor in sorted({finding.factor for finding in item.findings}):
            sure = max(finding.confidence for finding in item.findings if finding.factor == factor)
            yield sure, factor in labelled


def _provisions(items: Iterable[Item]) -> Iterable[tuple[float, bool]]:
    return ((confidence_of(item, ANY) or 0.0, bool(item.gold)) for item in items)


def _calibration(language: str, of: str, said: Sequence[tuple[float, bool]]) -> Calibration:
    held: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in said:
        held.setdefault(min(int(sure * BINS), BINS - 1), []).append((min(sure, 1.0), right))
    bins = tuple(
        Bin(
            low=at / BINS,
            high=(at + 1) / BINS,
            count=len(held[at]),
            confidence=sum(sure for sure, _ in held[at]) / len(held[at]),
            right=sum(right for _, right in held[at]) / len(held[at]),
        )
        for at in sorted(held)
    )
    count = len(said)
    ece = sum(each.count * abs(each.confidence - each.right) for each in bins)
    brier = sum((min(sure, 1.0) - right) ** 2 for sure, right in said)
    return Calibration(language, of, count, ece / count if count else None, brier / count if count else None, bins)
