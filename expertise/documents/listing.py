"""Order and numbers of findings: the same in every document made of one examination."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.detection.finding import Finding, Kind
from nlp.examination import TextReport


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding with its number in the documents of its text."""

    number: int
    finding: Finding


def listed(report: TextReport) -> tuple[Listed, ...]:
    """Remarks first, then places that ask for attention, each in document order, numbered from 1."""
    ordered = sorted(report.findings, key=lambda finding: finding.kind is not Kind.REMARK)
    return tuple(Listed(number, finding) for number, finding in enumerate(ordered, start=1))
