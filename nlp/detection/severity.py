"""Severity of a finding: probability × impact, scales and thresholds from the pack (methodology 4.4, a proposal)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp.detection.finding import Evidence, Severity
from nlp.detection.pack import Pack
from nlp.matching import PatternSet, parse_pattern
from nlp.norms.analysis import ProvisionAnalysis


@dataclass(frozen=True, slots=True)
class Rating:
    """Both scales run from 1 to 3."""

    probability: int
    impact: int
    severity: Severity


def rate(pack: Pack, factor: str, leading: Evidence, missing: int, analysis: ProvisionAnalysis) -> Rating:
    """Probability from the missing elements (never under the factor's default by more than one), impact from what
    the norm is about (never under the factor's default)."""
    scale = pack.severity["probability"]
    measured = scale["bounded"] if missing == 0 else scale["one_missing"] if missing == 1 else scale["two_missing"]
    default = pack.all_factors[factor]
    probability = max(measured, default.probability - 1)
    impact = max(_impact(pack, leading, analysis), default.impact)
    return Rating(probability, impact, level(pack.severity, probability * impact))


def level(severity: Mapping[str, Any], points: int) -> Severity:
    """Points 1–9 → low, medium, high by the pack's thresholds."""
    levels = severity["levels"]
    if points >= levels["high"]:
        return Severity.HIGH
    return Severity.MEDIUM if points >= levels["medium"] else Severity.LOW


def _impact(pack: Pack, leading: Evidence, analysis: ProvisionAnalysis) -> int:
    action = dict(leading.reason).get("action", "")
    language = analysis.provision.language
    for entry in pack.severity["impact"]:
        words = tuple(entry.get(language, ()))
        if not words and "actions" not in entry:
            return int(entry["value"])
        if action in entry.get("actions", ()):
            return int(entry["value"])
        patterns = _patterns(words)
        if patterns.find(analysis.text) or patterns.find(analysis.lead):
            return int(entry["value"])
    return 1


@lru_cache(maxsize=64)
def _patterns(words: tuple[str, ...]) -> PatternSet:
    return PatternSet([parse_pattern(word, {}) for word in words])
