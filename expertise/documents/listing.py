"""Order and numbers of findings: the same in every document made of one examination."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nlp.detection.finding import Finding, Kind
from nlp.examination import TextReport


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding with its number in the documents of its text."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Issued:
    """What notes say when they are those of a conclusion: the numbers of its table (by finding), and where it stands.

    ``statement`` has the blank ``{position}`` for the number.
    """

    statement: str
    numbers: Mapping[str, int] = field(default_factory=dict)


def listed(report: TextReport, issued: Issued | None = None) -> tuple[Listed, ...]:
    """Remarks first, then places that ask for attention, each in document order, numbered from 1.

    Of a conclusion (``issued``) the findings have the numbers of its table.
    """
    if issued is not None:
        numbered = [Listed(issued.numbers[finding.id], finding) for finding in report.findings]
        return tuple(sorted(numbered, key=lambda entry: entry.number))
    ordered = sorted(report.findings, key=lambda finding: finding.kind is not Kind.REMARK)
    return tuple(Listed(number, finding) for number, finding in enumerate(ordered, start=1))
