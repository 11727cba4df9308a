"""Statistics per rule: how often it speaks and how often a label agrees.

Reads: items. Writes: ``RuleStatistic``, the most frequent first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.items import Item, Role
from evaluation.scores import ratio

ENOUGH_HITS = 20
PRECISION_GOAL = 0.75


@dataclass(frozen=True, slots=True)
class RuleStatistic:
    """One rule (evidence's detector id) for one factor in one language.

    ``hits``: provisions with its evidence; ``right``: those labelled with the same factor at any strength,
    ``right_strength2`` at strength 2. ``below_goal``: at least 20 hits and precision under 0.75. The same evidence on
    written pairs: ``pairs_right`` on flawed wordings with that label, ``pairs_wrong`` on all other pair texts.
    """

    detector: str
    factor: str
    language: str
    hits: int
    right: int
    right_strength2: int
    precision: float | None
    below_goal: bool
    pairs_right: int
    pairs_wrong: int


def rule_statistics(items: Iterable[Item]) -> tuple[RuleStatistic, ...]:
    """Statistics over provisions and pair texts together, sorted by hits, then by id and language."""
    counts: dict[tuple[str, str, str], _Count] = {}
    for item in items:
        strengths = item.gold_strengths()
        for detector, factor in sorted(_speakers(item)):
            count = counts.setdefault((detector, factor, item.provision.language), _Count())
            count.add(item.role, strengths.get(factor, 0))
    found = [count.statistic(*key) for key, count in counts.items()]
    return tuple(sorted(found, key=lambda each: (-each.hits, each.detector, each.factor, each.language)))


def _speakers(item: Item) -> set[tuple[str, str]]:
    return {(detector, finding.factor) for finding in item.findings for detector in finding.detectors}


@dataclass(slots=True)
class _Count:
    hits: int = 0
    right: int = 0
    right_strength2: int = 0
    pairs_right: int = 0
    pairs_wrong: int = 0

    def add(self, role: Role, strength: int) -> None:
        if role is Role.PROVISION:
            self.hits += 1
            self.right += strength > 0
            self.right_strength2 += strength == 2
        elif strength:
            self.pairs_right += 1
        else:
            self.pairs_wrong += 1

    def statistic(self, detector: str, factor: str, language: str) -> RuleStatistic:
        return RuleStatistic(
            detector,
            factor,
            language,
            self.hits,
            self.right,
            self.right_strength2,
            ratio(self.right, self.hits),
            self.hits >= ENOUGH_HITS and self.right < PRECISION_GOAL * self.hits,
            self.pairs_right,
            self.pairs_wrong,
        )
