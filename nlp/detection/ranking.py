"""Ranking of findings: the gravest first (methodology 4.4).

Reads: findings. Writes: an order, and the gravest of them where only so many can be shown (DESIGN 3.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.detection.finding import Finding, Kind


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Remarks before places that ask for attention; in each severity points (probability × impact, 1–9), strength
    and confidence decide, then the order of the draft."""
    return tuple(sorted(findings, key=_gravity))


def gravest(findings: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    """At most ``most`` findings: the first of the ranking, in the order given. Raises ``ValueError`` under 1."""
    if most < 1:
        raise ValueError(f"most={most}")
    if len(findings) <= most:
        return tuple(findings)
    chosen = {id(finding) for finding in ranked(findings)[:most]}
    return tuple(finding for finding in findings if id(finding) in chosen)


def _gravity(finding: Finding) -> tuple[bool, int, int, float, int, str]:
    first = min((mark.start for mark in finding.marks), default=0)
    points = finding.probability * finding.impact
    return (finding.kind is not Kind.REMARK, -points, -finding.strength, -finding.confidence, first, finding.id)
