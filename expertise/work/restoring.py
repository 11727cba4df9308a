"""The texts of a case read again, with the findings of its conclusion as the writers of notes and SARIF take them.

Nothing is judged anew: files are read and structured, and what stands in the content is put where it was marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.shown_text import ShownText
from expertise.work.dossiers import dossier_from
from nlp.detection.finding import Basis, Finding, Kind, Mark, Recommendation, Severity
from nlp.examination import TextReport
from nlp.limits import Limits
from nlp.reading.reader import ReadDocument, read_document
from nlp.reading.source import SourceText
from nlp.structure import structure

Found = Mapping[str, Any]
Given = tuple[str, str, str]  # kind, name, sha256

_READ = ("text", "table")
_SCALE = {"low": 1, "medium": 2, "high": 3}  # the expert gives one degree, not its two factors


@dataclass(frozen=True, slots=True)
class Draft:
    """A file of the draft as notes are written into it, and the reports on the texts in it."""

    name: str
    document: bytes
    reports: tuple[TextReport, ...]


def restored(
    office: Office, limits: Limits, files: Sequence[Given], texts: Sequence[ShownText], found: Sequence[Found]
) -> tuple[Draft, ...]:
    """The drafts of the dossier in the order of its files.

    Raises ``CaseError`` when a text is not read as it was when it was examined, and what reading raises.
    """
    documents: list[tuple[str, str, ReadDocument]] = []
    read: dict[str, list[SourceText]] = {}
    for kind, name, sha256 in files:
        if kind in _READ:
            document = read_document(office.files.get(sha256), name, limits)
            documents.append((name, sha256, document))
            read.setdefault(kind, []).append(document.source)
    shown = {text.language: text for text in texts}
    reports = [_report(source, shown, found) for _, source in dossier_from(read).texts()]
    return tuple(
        Draft(name, document.document, mine)
        for name, sha256, document in documents
        if (mine := tuple(report for report in reports if report.act.source.sha256 == sha256))
    )


def _report(source: SourceText, shown: Mapping[str, ShownText], found: Sequence[Found]) -> TextReport:
    act = structure(source)
    text = shown.get(act.language)
    if text is None or text.text != source.text:
        raise CaseError("expertise.texts_changed")
    return TextReport(act.language, act, tuple(_findings(act.language, found)), 0, 0)


def _findings(language: str, found: Sequence[Found]) -> Iterator[Finding]:
    for each in found:
        marks = [place for place in each["places"] if place["language"] == language]
        if marks:
            yield _finding(each, marks, language if language in ("ru", "kk") else "ru")


def _finding(each: Found, places: Sequence[Mapping[str, Any]], language: str) -> Finding:
    degree = _SCALE[each["severity"]]
    proposal = next((one for one in each["proposals"] if one["language"] == language), None)
    instruction = _words(each["recommendation"], language)
    recommendation = None
    if proposal or instruction:
        action, wording = (proposal["action"], proposal["text"]) if proposal else ("supplement", "")
        recommendation = Recommendation(language, action, instruction, wording)
    grounds: Sequence[str] = each["basis"].get(language) or next(iter(each["basis"].values()), [])
    return Finding(
        id=places[0]["finding"],
        factor=each["factor"],
        kind=Kind.REMARK,
        strength=2,
        confidence=1.0,
        severity=Severity(each["severity"]),
        probability=degree,
        impact=degree,
        provision=places[0]["address"],
        language=language,
        marks=tuple(
            Mark(place["address"], place["citation"].get(language, ""), place["start"], place["end"], place["quote"])
            for place in places
        ),
        explanation=_words(each["reasoning"], language),
        risk=_words(each["risk"], language),
        recommendation=recommendation,
        basis=tuple(Basis(ground, "", "conclusion") for ground in grounds),
    )


def _words(statements: Mapping[str, Any], language: str) -> str:
    chosen = statements.get(language) or next(iter(statements.values()), None)
    return str(chosen["text"]) if chosen else ""
