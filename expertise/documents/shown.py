"""What of an examination is shown to people: the gravest findings of each text, as many as the setting allows.

Reads: Examination. Writes: the same with fewer findings and a notice that says so. JSON, SARIF and evaluation are made
from the whole (DESIGN 3.3).
"""

from __future__ import annotations

from dataclasses import replace

from nlp.detection.finding import Kind
from nlp.detection.ranking import gravest
from nlp.examination import Examination, TextReport
from nlp.reading.source import Notice


def shown(examination: Examination, most: int) -> Examination:
    """At most ``most`` findings (1 or more) a text; texts with fewer are left as they are."""
    return replace(examination, reports=tuple(_shown(report, most) for report in examination.reports))


def _shown(report: TextReport, most: int) -> TextReport:
    if len(report.findings) <= most:
        return report
    remarks = sum(finding.kind is Kind.REMARK for finding in report.findings)
    counts = (("shown", most), ("remarks", remarks), ("attention", len(report.findings) - remarks))
    notice = Notice("examine.shown_part", tuple((name, str(value)) for name, value in counts))
    return replace(report, findings=gravest(report.findings, most), notices=(notice, *report.notices))
