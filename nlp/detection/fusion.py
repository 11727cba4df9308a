"""Fusion: evidence on one provision → what is said of it, one entry per factor.

Suppression 6 and 7 and rule 9 of methodology 10: a marker repeated in a provision is one finding, a provision may carry
several factors, and a marker alone is never a remark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.detection.engine import Judged
from nlp.detection.finding import Evidence, Kind, Severity
from nlp.detection.pack import Pack
from nlp.detection.severity import rate
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import ActorClass, FieldSpan, Modality

_OPEN = {"open", "absent"}
_SAID = {"option", "duty", "indicative"}


@dataclass(frozen=True, slots=True)
class JudgedFactor:
    """One factor said of one provision. ``spans`` are sorted and do not overlap."""

    factor: str
    kind: Kind
    strength: int
    confidence: float
    severity: Severity
    probability: int
    impact: int
    spans: tuple[FieldSpan, ...]
    evidence: tuple[Evidence, ...]

    @property
    def leading(self) -> Evidence:
        """The evidence that speaks for the others in texts: the strongest, then the surest, then the first."""
        return self.evidence[0]


def fuse(judged: Judged, analysis: ProvisionAnalysis, pack: Pack) -> tuple[JudgedFactor, ...]:
    """Judged evidence → factors in the pack's order; deterministic."""
    if not judged.evidence:
        return ()
    kept = _settle_precedence(judged.evidence, pack.precedence)
    result = []
    for factor in pack.factors:
        mine = sorted((item for item in kept if item.factor == factor), key=_rank)
        if mine:
            result.append(_join(factor, tuple(mine), analysis, pack))
    return tuple(result)


def _rank(item: Evidence) -> tuple[int, float, FieldSpan, str]:
    return (-item.strength, -item.confidence, item.spans[0], item.detector)


def _settle_precedence(evidence: tuple[Evidence, ...], precedence: tuple[tuple[str, str], ...]) -> list[Evidence]:
    """Where two factors mark the same words, the more specific one stays (guideline, «Count»)."""
    return [
        item
        for item in evidence
        if not any(
            winner.factor == first and item.factor == second and _overlap(winner, item)
            for first, second in precedence
            for winner in evidence
        )
    ]


def _overlap(one: Evidence, other: Evidence) -> bool:
    return any(a.field == b.field and a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)


def _join(factor: str, mine: tuple[Evidence, ...], analysis: ProvisionAnalysis, pack: Pack) -> JudgedFactor:
    strength = max(item.strength for item in mine)
    missing = missing_elements(mine[0])
    rating = rate(pack, factor, mine[0], missing, analysis)
    return JudgedFactor(
        factor=factor,
        kind=_kind(mine, strength, missing),
        strength=strength,
        confidence=round(max(item.confidence for item in mine), 4),
        severity=rating.severity,
        probability=rating.probability,
        impact=rating.impact,
        spans=merge_spans(span for item in mine for span in item.spans),
        evidence=mine,
    )


def missing_elements(item: Evidence) -> int:
    """How many of time limit, grounds and documents the evidence's norm leaves open or unsaid (0–3)."""
    reason = dict(item.reason)
    time_and_grounds = sum(reason.get(slot) in _OPEN for slot in ("time_limit", "grounds"))
    return time_and_grounds + (reason.get("documents") == "open")


def _kind(mine: tuple[Evidence, ...], strength: int, missing: int) -> Kind:
    """Methodology 10.9: actor class + decision + at least one missing element, else «требует внимания эксперта»."""
    for item in mine:
        reason = dict(item.reason)
        by_power = reason.get("actor") in {str(ActorClass.PUBLIC), str(ActorClass.NONE)}
        decides = reason.get("modality") in {str(m) for m in Modality} & _SAID or reason.get("documents") == "open"
        if item.strength == strength == 2 and by_power and decides and missing:
            return Kind.REMARK
    return Kind.ATTENTION


def merge_spans(spans: Iterable[FieldSpan]) -> tuple[FieldSpan, ...]:
    """Overlapping and touching spans of one field become one."""
    merged: list[FieldSpan] = []
    for span in sorted(spans):
        last = merged[-1] if merged else None
        if last is not None and last.field == span.field and span.start <= last.end:
            merged[-1] = FieldSpan(last.field, last.start, max(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
