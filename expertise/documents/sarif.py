"""SARIF 2.1.0 of an examination, for tools that read the output of analysers (OASIS, sarif-v2.1.0).

Reads: Examination. Writes: a dictionary ready for JSON. Grounds that nobody has verified are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from expertise.documents.words import Words, factor_name, words
from nlp.detection.finding import Finding, Kind, Mark, Severity
from nlp.examination import Examination, TextReport
from nlp.messages import message
from nlp.reading.source import Notice, SourceText
from nlp.result import blocks_of, text_notices

Names = Mapping[str, Mapping[str, str]]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "saraptamaFinding/v1"
_HIGHEST_SCORE = 9  # probability 3 × impact 3, methodology 4.4
_TEXT_FORMATS = frozenset({"txt", "md", "text", "plain", "markdown"})
_MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
    "text": "text/plain",
    "plain": "text/plain",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "markdown": "text/markdown",
}


def to_sarif(examination: Examination, language: str, factor_names: Names) -> dict[str, Any]:
    """One run of SARIF 2.1.0 with rules (factors), results (findings), artifacts (texts) in ``language``.

    Offsets are Unicode code points: of the clean text in ``charOffset``; for text files also lines and columns of the
    file itself. ``partialFingerprints`` hold the finding's id.
    """
    said = words(language)
    factors = _factors(examination, factor_names)
    rules = {factor: index for index, factor in enumerate(factors)}
    results = [
        _result(finding, report, index, rules)
        for index, report in enumerate(examination.reports)
        for finding in report.findings
    ]
    run = {
        "tool": {"driver": _driver(examination, factors, said, factor_names)},
        "columnKind": "unicodeCodePoints",
        "language": said.say("locale"),
        "artifacts": [_artifact(report) for report in examination.reports],
        "invocations": [_invocation(examination, language)],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _factors(examination: Examination, names: Names) -> list[str]:
    """Factors of the pack in its order, then those that only findings name."""
    return list(dict.fromkeys((*names, *sorted(finding.factor for finding in examination.findings()))))


def _driver(examination: Examination, factors: Sequence[str], said: Words, names: Names) -> dict[str, Any]:
    versions = examination.versions
    return {
        "name": "Saraptama",
        "version": versions.saraptama,
        "language": said.say("locale"),
        "rules": [_rule(factor, said, names) for factor in factors],
        "properties": {
            "pack": {"id": versions.pack_id, "version": versions.pack_version, "sha256": versions.pack_sha256}
        },
    }


def _rule(factor: str, said: Words, names: Names) -> dict[str, Any]:
    name = factor_name(factor, said.language, names)
    return {
        "id": factor,
        "name": "".join(part.capitalize() for part in factor.split("_")),
        "shortDescription": {"text": name},
        "help": {"text": said.say("sarif.help", factor=name).strip()},
        "defaultConfiguration": {"level": "warning"},
    }


def _artifact(report: TextReport) -> dict[str, Any]:
    source = report.act.source
    artifact: dict[str, Any] = {
        "location": {"uri": _uri(source)},
        "roles": ["analysisTarget"],
        "properties": {"language": report.language, "format": source.format},
    }
    if report.act.requisites.restricted:
        artifact["properties"]["restricted"] = report.act.requisites.restricted
    if source.format in _MIME:
        artifact["mimeType"] = _MIME[source.format]
    if source.sha256:
        artifact["hashes"] = {"sha-256": source.sha256}
    return artifact


def _uri(source: SourceText) -> str:
    """The file's name as a relative URI reference; a colon must not look like a scheme."""
    return quote(source.name or "text", safe="")


def _invocation(examination: Examination, language: str) -> dict[str, Any]:
    notices: list[tuple[Notice, int | None]] = [(notice, None) for notice in examination.notices]
    notices += [(notice, index) for index, report in enumerate(examination.reports) for notice in text_notices(report)]
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [_notification(notice, index, language) for notice, index in notices],
    }


def _notification(notice: Notice, artifact: int | None, language: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "level": "note",
        "message": {"text": message(notice.code, language, dict(notice.params))},
        "descriptor": {"id": notice.code},
    }
    if artifact is not None:
        shown["locations"] = [{"physicalLocation": {"artifactLocation": {"index": artifact}}}]
    return shown


def _result(finding: Finding, report: TextReport, artifact: int, rules: Mapping[str, int]) -> dict[str, Any]:
    source = report.act.source
    result: dict[str, Any] = {
        "ruleId": finding.factor,
        "ruleIndex": rules[finding.factor],
        "level": level(finding),
        "rank": round(100 * finding.probability * finding.impact / _HIGHEST_SCORE, 1),
        "message": {"text": _message(finding)},
        "locations": [_location(finding.marks[0], source, artifact)] if finding.marks else [],
        "partialFingerprints": {FINGERPRINT: finding.id},
        "properties": _properties(finding),
    }
    further = [_location(mark, source, artifact) for mark in finding.marks[1:]]
    if further:
        result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(further, start=1)]
    return result


def level(finding: Finding) -> str:
    """SARIF level: a remark of high severity is an error, other remarks are warnings, places for attention notes."""
    if finding.kind is not Kind.REMARK:
        return "note"
    return "error" if finding.severity is Severity.HIGH else "warning"


def _message(finding: Finding) -> str:
    instruction = finding.recommendation.instruction if finding.recommendation else ""
    return "\n\n".join(part for part in (finding.explanation, finding.risk, instruction) if part) or finding.factor


def _properties(finding: Finding) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "probability": finding.probability,
        "impact": finding.impact,
        "strength": finding.strength,
        "confidence": round(float(finding.confidence), 4),
    }
    if finding.recommendation is not None:
        shown["proposedWording"] = finding.recommendation.wording
        shown["action"] = finding.recommendation.action
    if finding.change is not None:
        change = finding.change
        shown["change"] = {"act": change.act, "unit": change.unit, "before": change.before, "after": change.after}
    verified = [basis.text for basis in finding.basis if basis.verified]
    if verified:
        shown["basis"] = verified
    return shown


def _location(mark: Mark, source: SourceText, artifact: int) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(source), "index": artifact},
            "region": _region(mark, source),
        },
        "logicalLocations": [{"name": mark.citation or mark.address, "fullyQualifiedName": mark.address}],
    }


def _region(mark: Mark, source: SourceText) -> dict[str, Any]:
    """Text files are shown by lines and columns of the file; others by offsets in the text read from them."""
    clean = {"charOffset": mark.start, "charLength": mark.end - mark.start}
    snippet = {"snippet": {"text": mark.quote}}
    blocks = blocks_of(mark, source)
    if source.format not in _TEXT_FORMATS or not blocks:
        return {**clean, **snippet}
    first, last = blocks[0], blocks[-1]
    start, end = first.original_span(mark.start, mark.end), last.original_span(mark.start, mark.end)
    if start is None or end is None:
        return {"startLine": first.place.paragraph + 1, **snippet, "properties": clean}
    lines = {
        "startLine": first.place.paragraph + 1,
        "startColumn": start[0] + 1,
        "endLine": last.place.paragraph + 1,
        "endColumn": end[1] + 1,
    }
    return {**lines, **snippet, "properties": clean}
