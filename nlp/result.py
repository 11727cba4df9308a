"""Examination → JSON of the committed schema.

Reads: ``Examination``. Writes: a dictionary and its text. Same examination, same bytes. The draft itself is not
repeated: only quotes of the flagged words, norms that amendments change and proposed wordings leave this module.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

from nlp.changes.change import Outcome
from nlp.changes.judging import Unchanged
from nlp.changes.naming import act_name, outcome_text, unit_name
from nlp.detection.finding import Basis, ChangedWording, Evidence, Finding, Kind, Mark, Recommendation, Severity
from nlp.detection.observed import AskedQuestion
from nlp.detection.suppressed import Suppressed
from nlp.examination import SCHEMA_VERSION, BaseText, Examination, TextReport, Versions
from nlp.indented import indented
from nlp.messages import LANGUAGES, message
from nlp.norms.frame import FieldSpan
from nlp.reading.source import Block, Notice, SourceText
from nlp.structure.act import Act, Requisites

FLOAT_DIGITS = 4


@cache
def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) that every result of this version satisfies."""
    name = f"examination-{SCHEMA_VERSION}.schema.json"
    loaded: dict[str, Any] = json.loads(files("nlp.schema").joinpath(name).read_text(encoding="utf-8"))
    return loaded


def to_json(examination: Examination) -> str:
    """The result as JSON text: keys in the order of the schema, two blanks of indent, one newline at the end."""
    return indented(to_dict(examination)) + "\n"


def to_dict(examination: Examination) -> dict[str, Any]:
    """The result as plain JSON values; floats are rounded to four digits."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": versions_dict(examination.versions),
        "notices": [_notice(notice) for notice in examination.notices],
        "counts": _counts(examination.reports),
        "bases": [_base(base) for base in examination.bases],
        "texts": [_text(report) for report in examination.reports],
    }


def text_notices(report: TextReport) -> tuple[Notice, ...]:
    """Notices of reading, structuring and judging of one text, each once, in that order."""
    act = report.act
    return tuple(dict.fromkeys((*act.source.notices, *act.notices, *report.notices)))


def versions_dict(versions: Versions) -> dict[str, Any]:
    """What a result depends on, as plain JSON values."""
    return {
        "saraptama": versions.saraptama,
        "pack": {"id": versions.pack_id, "version": versions.pack_version, "sha256": versions.pack_sha256},
        "libraries": [{"name": name, "version": version} for name, version in versions.libraries],
        "registers": [{"name": name, "sha256": sha256} for name, sha256 in versions.registers],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    params = dict(notice.params)
    return {
        "code": notice.code,
        "params": params,
        "text": {language: message(notice.code, language, params) for language in LANGUAGES},
    }


def _counts(reports: Iterable[TextReport]) -> dict[str, Any]:
    """Every defect once: one of both texts counts where it stands first."""
    reports = tuple(reports)
    findings: list[Finding] = []
    told: set[str] = set()
    for report in reports:
        findings += [finding for finding in report.findings if finding.counterpart not in told]
        told |= {finding.id for finding in report.findings}
    severities = Counter(finding.severity for finding in findings)
    return {
        "provisions_total": sum(report.provisions_total for report in reports),
        "provisions_judged": sum(report.provisions_judged for report in reports),
        "findings": len(findings),
        "remarks": sum(finding.kind is Kind.REMARK for finding in findings),
        "attention": sum(finding.kind is Kind.ATTENTION for finding in findings),
        "by_severity": {severity.value: severities[severity] for severity in Severity},
        "by_factor": dict(sorted(Counter(finding.factor for finding in findings).items())),
    }


def _text(report: TextReport) -> dict[str, Any]:
    source = report.act.source
    dropped = Counter(dropped.reason.value for dropped in source.dropped)
    return {
        "language": report.language,
        "name": source.name,
        "sha256": source.sha256,
        "format": source.format,
        "act_language": report.act.language,
        "is_act": report.act.is_act,
        "requisites": _requisites(report.act.requisites),
        "tracked_changes": {"inserted": source.inserted_revisions, "deleted": source.deleted_revisions},
        "set_aside": dict(sorted(dropped.items())),
        "notices": [_notice(notice) for notice in text_notices(report)],
        "counts": _counts((report,)),
        "findings": [_finding(finding, source) for finding in report.findings],
        "operations": [_operation(outcome, report.act) for outcome in report.operations],
        "unchanged": [_unchanged(entry) for entry in report.unchanged],
        "questions": [_question(question, source) for question in report.questions],
        "suppressed": [_suppressed(entry, source) for entry in report.suppressed],
        "unlikely": [{"factor": factor, "address": address} for factor, address in report.unlikely],
    }


def _base(base: BaseText) -> dict[str, Any]:
    return {
        "name": base.name,
        "sha256": base.sha256,
        "language": base.language,
        "requisites": _requisites(base.requisites),
        "used": base.used,
    }


def _operation(outcome: Outcome, act: Act) -> dict[str, Any]:
    operation = outcome.operation
    start, end = operation.instruction
    return {
        "kind": operation.kind.value,
        "address": operation.address,
        "start": start,
        "end": end,
        "quote": act.text(operation.instruction),
        "act": {language: act_name(operation.act, language) for language in LANGUAGES},
        "unit": {language: unit_name(operation, language) for language in LANGUAGES},
        "state": outcome.state.value,
        "base": outcome.base,
        "reason": None if not outcome.code else {"code": outcome.code, "text": _reasons(outcome)},
    }


def _reasons(outcome: Outcome) -> dict[str, str]:
    return {language: outcome_text(outcome, language) for language in LANGUAGES}


def _unchanged(entry: Unchanged) -> dict[str, str]:
    return {"factor": entry.factor, "kind": entry.kind.value, "unit": entry.unit, "quote": entry.quote}


def _change(change: ChangedWording) -> dict[str, Any]:
    return {
        "act": change.act,
        "unit": change.unit,
        "heading": change.heading,
        "lead": change.lead,
        "before": change.before,
        "after": change.after,
        "new": [_bounds(span) for span in change.new],
        "gone": [_bounds(span) for span in change.gone],
        "marked": [_bounds(span) for span in change.marked],
    }


def _bounds(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _requisites(requisites: Requisites) -> dict[str, str]:
    return {
        "form": requisites.form,
        "title": requisites.title,
        "issuer": requisites.issuer,
        "number": requisites.number,
        "date": requisites.date,
        "approved_form": requisites.approved_form,
        "approved_title": requisites.approved_title,
        "restricted": requisites.restricted,
    }


def _finding(finding: Finding, source: SourceText) -> dict[str, Any]:
    return {
        "id": finding.id,
        "factor": finding.factor,
        "kind": finding.kind.value,
        "strength": finding.strength,
        "confidence": round(float(finding.confidence), FLOAT_DIGITS),
        "severity": finding.severity.value,
        "probability": finding.probability,
        "impact": finding.impact,
        "provision": finding.provision,
        "language": finding.language,
        "marks": [_mark(mark, source) for mark in finding.marks],
        "also_at": list(finding.also_at),
        "explanation": finding.explanation,
        "risk": finding.risk,
        "recommendation": None if finding.recommendation is None else _recommendation(finding.recommendation),
        "basis": [_basis(basis) for basis in finding.basis],
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "change": None if finding.change is None else _change(finding.change),
        "counterpart": finding.counterpart,
    }


def _question(question: AskedQuestion, source: SourceText) -> dict[str, Any]:
    return {
        "detector": question.detector,
        "element": question.element,
        "mark": _mark(question.mark, source),
        "text": {language: question.text[language] for language in LANGUAGES},
    }


def _suppressed(entry: Suppressed, source: SourceText) -> dict[str, Any]:
    return {
        "factor": entry.factor,
        "ground": entry.ground.value,
        "mark": _mark(entry.mark, source),
        "closed_by": {"address": entry.address, "citation": entry.citation},
        "text": {language: message(entry.code, language, entry.params(language)) for language in LANGUAGES},
    }


def _mark(mark: Mark, source: SourceText) -> dict[str, Any]:
    return {
        "address": mark.address,
        "citation": mark.citation,
        "start": mark.start,
        "end": mark.end,
        "quote": mark.quote,
        "places": [_place(block, mark) for block in blocks_of(mark, source)],
    }


def blocks_of(mark: Mark, source: SourceText) -> tuple[Block, ...]:
    """Blocks that the mark touches, in order; an empty mark touches the block it stands in."""
    if not source.blocks:
        return ()
    first = max(bisect_right(source.blocks, mark.start, key=lambda block: block.start) - 1, 0)
    candidates = takewhile(lambda block: block.start < mark.end, source.blocks[first:])
    touched = tuple(block for block in candidates if block.end > mark.start)
    return touched or (source.block_at(mark.start),)


def _place(block: Block, mark: Mark) -> dict[str, Any]:
    original = block.original_span(mark.start, mark.end)
    return {
        "paragraph": block.place.paragraph,
        "table": block.place.table,
        "row": block.place.row,
        "column": block.place.column,
        "page": block.place.page,
        "original": None if original is None else {"start": original[0], "end": original[1]},
    }


def _recommendation(recommendation: Recommendation) -> dict[str, Any]:
    return {
        "language": recommendation.language,
        "action": recommendation.action,
        "instruction": recommendation.instruction,
        "wording": recommendation.wording,
        "edits": [{**_span(edit.span), "text": edit.text} for edit in recommendation.edits],
    }


def _basis(basis: Basis) -> dict[str, str]:
    return {"text": basis.text, "mark": basis.mark, "verified": basis.verified}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "detector": evidence.detector,
        "version": evidence.version,
        "factor": evidence.factor,
        "strength": evidence.strength,
        "confidence": round(float(evidence.confidence), FLOAT_DIGITS),
        "spans": [_span(span) for span in evidence.spans],
        "reason": [{"key": key, "value": value} for key, value in evidence.reason],
    }


def _span(span: FieldSpan) -> dict[str, Any]:
    return {"field": span.field.value, "start": span.start, "end": span.end}
