"""Annotations beside the text: amendments as ``activeModifications``, findings as ``otherAnalysis`` and ``notes``.

A finding points with ``target``: ``href`` is the eId of a ``p``, ``num`` or ``heading``, ``start`` and ``end`` count
characters (Unicode code points) of its string value; ``textStart`` and ``textEnd`` those of the clean text, as the JSON
of the examination counts them. Notes set aside on reading (footnotes, editors' notes) are ``notes`` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from expertise.documents.akoma.body import Hierarchy
from expertise.documents.akoma.identity import AGENT, act_iri
from expertise.documents.akoma.ids import OWN, path_id
from expertise.documents.akoma.tape import Tape, element
from expertise.documents.words import Words, factor_name, words
from nlp.detection.finding import Basis, Finding, Recommendation
from nlp.examination import Examination, TextReport
from nlp.reading.source import Dropped, DropReason
from nlp.structure.act import Act
from nlp.structure.operations import Operation, OperationKind

if TYPE_CHECKING:
    from lxml.etree import _Element

Names = Mapping[str, Mapping[str, str]]

_MODIFICATIONS = {
    OperationKind.REPLACE: "substitution",
    OperationKind.INSERT: "insertion",
    OperationKind.DELETE: "repeal",
    OperationKind.REPLACE_WORDS: "substitution",
    OperationKind.INSERT_WORDS: "insertion",
    OperationKind.DELETE_WORDS: "repeal",
    OperationKind.REPEAL: "repeal",
}
_NOTES = (DropReason.FOOTNOTE, DropReason.EDITOR_NOTE)
_UNSHOWN = str.maketrans({chr(code): "\ufffd" for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)})


def annotate(
    meta: _Element,
    tape: Tape,
    hierarchy: Hierarchy,
    examination: Examination,
    report: TextReport,
    language: str,
    factor_names: Names,
) -> None:
    """Write all annotations of one text into its ``meta``."""
    analysis = element(meta, "analysis")
    analysis.set("source", AGENT)
    meta.insert(1, analysis)
    _modifications(analysis, report.act, tape, hierarchy)
    notes = _Notes(meta, tape)
    for dropped in report.act.source.dropped:
        notes.set_aside(dropped)
    _Findings(analysis, notes, tape, words(language), factor_names).write(examination, report)


def _modifications(analysis: _Element, act: Act, tape: Tape, hierarchy: Hierarchy) -> None:
    if not act.operations:
        return
    made = element(analysis, "activeModifications")
    for operation in act.operations:
        change = element(made, "textualMod", tape.ids.counted("", "textualMod"))
        change.set("type", _MODIFICATIONS[operation.kind])
        source = hierarchy.modifications.get(operation.address) or hierarchy.units.get(operation.address, "")
        _pointer(change, "source", source)
        _destination(change, operation)
        if operation.kind is not OperationKind.INSERT_WORDS:
            _pointer(change, "old", tape.quoted.get(operation.old, ""))
        news = [hierarchy.units.get(address, "") for address in operation.units] or [tape.quoted.get(operation.new, "")]
        for new in news:
            _pointer(change, "new", new)


def _pointer(change: _Element, name: str, eid: str) -> None:
    if eid or name == "source":
        made = element(change, name)
        if eid:
            made.set("href", f"#{eid}")


def _destination(change: _Element, operation: Operation) -> None:
    """The unit of the other act; without its date and number only what the draft calls it."""
    made = element(change, "destination")
    act = operation.act
    iri = act_iri(act.form, act.date, act.number)
    step = path_id(operation.target)
    if iri:
        made.set("href", f"{iri}#{step}" if step else iri)
    if act.title:
        made.set(f"{{{OWN}}}title", _fit(act.title))


class _Notes:
    """The one ``notes`` of the file, made when there is a first note."""

    def __init__(self, meta: _Element, tape: Tape) -> None:
        self._meta = meta
        self._tape = tape
        self._made: _Element | None = None

    def add(self, sort: str, lines: list[str], base: str = "", marker: str = "") -> str:
        """A note and its eId; ``base`` is the eId of what it is about."""
        if self._made is None:
            self._made = element(self._meta, "notes")
            self._made.set("source", AGENT)
        note = element(self._made, "note", self._tape.ids.counted("", "note"))
        note.set("class", sort)
        if base:
            note.set("placementBase", f"#{base}")
            note.set("placement", "side")
        if marker:
            note.set("marker", marker)
        for line in lines:
            element(note, "p").text = _fit(line)
        return note.get("eId", "")

    def set_aside(self, dropped: Dropped) -> None:
        """What stood in the file as a note and is not part of the text."""
        if dropped.reason in _NOTES:
            self.add(dropped.reason.value, dropped.text.split("\n"))


class _Findings:
    def __init__(self, analysis: _Element, notes: _Notes, tape: Tape, said: Words, names: Names) -> None:
        self._analysis = analysis
        self._notes = notes
        self._tape = tape
        self._said = said
        self._names = names

    def write(self, examination: Examination, report: TextReport) -> None:
        """All findings, in their order; the statement says that no expert has confirmed them."""
        other = element(self._analysis, "otherAnalysis", self._tape.ids.counted("", "findings"))
        other.set("source", AGENT)
        made = _own(other, "findings")
        versions = examination.versions
        made.set("status", "preliminary")
        for name, value in (
            ("saraptama", versions.saraptama),
            ("pack", versions.pack_id),
            ("packVersion", versions.pack_version),
            ("packSha256", versions.pack_sha256),
            ("textSha256", report.act.source.sha256),
        ):
            made.set(name, value)
        if report.act.requisites.restricted:
            made.set("restricted", _fit(report.act.requisites.restricted))
        _told(made, "statement", self._said.say("preliminary.page_statement"))
        for number, finding in enumerate(report.findings, start=1):
            self._finding(made, finding, number)

    def _finding(self, parent: _Element, finding: Finding, number: int) -> None:
        name = factor_name(finding.factor, self._said.language, self._names)
        made = _own(parent, "finding")
        made.set("id", finding.id)
        made.set("factor", finding.factor)
        made.set("kind", finding.kind.value)
        made.set("severity", finding.severity.value)
        made.set("strength", str(finding.strength))
        if finding.counterpart:
            made.set("counterpart", finding.counterpart)
        first = ""
        for mark in finding.marks:
            for target in self._tape.targets(mark.start, mark.end):
                first = first or target.eid
                place = _own(made, "target")
                place.set("href", f"#{target.eid}")
                place.set("start", str(target.start))
                place.set("end", str(target.end))
                place.set("textStart", str(target.text[0]))
                place.set("textEnd", str(target.text[1]))
                place.set("address", mark.address)
        lines = [name, finding.explanation, finding.risk, *_proposed(finding.recommendation)]
        made.set(
            "note", "#" + self._notes.add(finding.kind.value, [each for each in lines if each], first, str(number))
        )
        _told(made, "explanation", finding.explanation)
        _told(made, "risk", finding.risk)
        _recommendation(made, finding.recommendation)
        for basis in finding.basis:
            _basis(made, basis)


def _proposed(recommendation: Recommendation | None) -> list[str]:
    return [] if recommendation is None else [recommendation.instruction, recommendation.wording]


def _recommendation(parent: _Element, recommendation: Recommendation | None) -> None:
    if recommendation is None:
        return
    made = _own(parent, "recommendation")
    made.set("action", recommendation.action)
    made.set("language", recommendation.language)
    _told(made, "instruction", recommendation.instruction)
    if recommendation.wording:
        _told(made, "wording", recommendation.wording)


def _basis(parent: _Element, basis: Basis) -> None:
    """Grounds that nobody has verified are left out, as in every document that is sent."""
    if basis.verified:
        _told(parent, "basis", basis.text)


def _told(parent: _Element, name: str, words: str) -> None:
    _own(parent, name).text = _fit(words)


def _own(parent: _Element, name: str) -> _Element:
    return etree.SubElement(parent, f"{{{OWN}}}{name}")


def _fit(words: str) -> str:
    """Without characters that XML cannot hold."""
    return words.translate(_UNSHOWN).encode("utf-8", "replace").decode("utf-8")
