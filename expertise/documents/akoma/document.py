"""The whole file: one text of a dossier as ``bill`` or ``act``, its annexes and approved documents attached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from expertise.documents.akoma.annotations import annotate
from expertise.documents.akoma.body import Hierarchy
from expertise.documents.akoma.identity import Identity, identity_of, meta
from expertise.documents.akoma.ids import CONTAINER, NAMESPACE, OWN
from expertise.documents.akoma.layout import indent
from expertise.documents.akoma.tape import Tape, element
from expertise.documents.akoma.zones import ATTACHED, Zones, zones
from nlp.examination import Examination, TextReport
from nlp.structure.act import Act, Role, Unit, UnitKind

if TYPE_CHECKING:
    from lxml.etree import _Element

Names = Mapping[str, Mapping[str, str]]


def akoma_ntoso(examination: Examination, report: TextReport, language: str, factor_names: Names) -> bytes:
    """One text of an examination as Akoma Ntoso 3.0 in UTF-8, valid by the schema of OASIS.

    The act is ``bill``, or ``act`` where it has a number and a date. Findings stand apart from the text: in
    ``analysis/otherAnalysis`` with references to eIds and characters, and told in ``notes``, in ``language``. The same
    examination gives the same bytes.
    """
    act = report.act
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE, "s": OWN})  # type: ignore[dict-item]
    writer = _Writer(act, identity_of(act, examination.reports[0].act))
    writer.document(root)
    annotate(writer.meta, writer.tape, writer.hierarchy, examination, report, language, factor_names)
    indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


class _Writer:
    def __init__(self, act: Act, identity: Identity) -> None:
        self.act = act
        self.identity = identity
        words = [span for each in act.operations if not each.units for span in (each.old, each.new)]
        self.tape = Tape(act.source.text, words)
        self.hierarchy = Hierarchy(act, self.tape)
        self.meta: _Element

    def document(self, root: _Element) -> None:
        made = element(root, self.identity.document)
        made.set("name", self.identity.form)
        self.meta = meta(made, self.identity, self.act)
        self._fill(made, self.act.root, "", "body")
        assert self.tape.at == len(self.tape.text)

    def _fill(self, made: _Element, owner: Unit, prefix: str, body: str) -> None:
        """Everything of a document but its ``meta``."""
        parts = zones(owner)
        if parts.preface:
            self._preface(element(made, "preface"), parts.preface, _joined(prefix, "preface"))
        if parts.preamble:
            self._preamble(element(made, "preamble"), parts.preamble, _joined(prefix, "preamble"))
        self._body(element(made, body), owner, parts, prefix)
        if parts.conclusions:
            self._lines(element(made, "conclusions"), parts.conclusions, _joined(prefix, "conclusions"))
        if parts.attachments:
            self._attachments(element(made, "attachments"), parts.attachments, owner.span[1], prefix)

    def _preface(self, made: _Element, units: Sequence[Unit], prefix: str) -> None:
        for unit in units:
            self._before(made, unit, prefix)
            title = unit.role is Role.TITLE
            parent = element(made, "longTitle", self.tape.ids.counted(prefix, "longTitle")) if title else made
            self._unit(parent, unit, prefix)

    def _preamble(self, made: _Element, units: Sequence[Unit], prefix: str) -> None:
        for unit in units:
            self._before(made, unit, prefix)
            name = "formula" if unit.role is Role.ENACTING else "container"
            parent = element(made, name, self.tape.ids.counted(prefix, name))
            parent.set("name", unit.role.value)
            self._unit(parent, unit, prefix)

    def _lines(self, made: _Element, units: Sequence[Unit], prefix: str) -> None:
        for unit in units:
            self._before(made, unit, prefix)
            self._unit(made, unit, prefix)

    def _before(self, made: _Element, unit: Unit, prefix: str) -> None:
        self.tape.lines(made, unit.span[0], prefix)

    def _unit(self, parent: _Element, unit: Unit, prefix: str) -> None:
        count = len(parent)
        self.tape.lines(parent, unit.span[1], prefix, unit.address)
        for paragraph in list(parent)[count:]:
            paragraph.set("class", unit.role.value)
            self.hierarchy.units.setdefault(unit.address, paragraph.get("eId", ""))

    def _body(self, made: _Element, owner: Unit, parts: Zones, prefix: str) -> None:
        closing = next(iter((*parts.conclusions, *parts.attachments)), None)
        end = owner.span[1] if closing is None else closing.span[0]
        self.hierarchy.sequence(made, parts.body, prefix)
        self.hierarchy.gap(made, end, prefix)
        if not len(made):
            empty = element(made, CONTAINER, self.tape.ids.counted(prefix, CONTAINER))
            empty.set("name", "empty")

    def _attachments(self, made: _Element, units: Sequence[Unit], end: int, prefix: str) -> None:
        """Every attached document; what stands between them is attached as text."""
        for unit in units:
            if not self.tape.blank(unit.span[0]):
                self._text(made, (), unit.span[0], prefix)
            if unit.kind in ATTACHED:
                self._attached(made, unit, prefix)
            else:
                self._text(made, (unit,), unit.span[1], prefix)
        if not self.tape.blank(end):
            self._text(made, (), end, prefix)
        self.tape.skip(end)

    def _attached(self, made: _Element, unit: Unit, prefix: str) -> None:
        document, eid = self._attachment(made, _name(unit, self.act), prefix)
        document.getparent().set(f"{{{OWN}}}address", unit.address)  # type: ignore[union-attr]
        self.hierarchy.units[unit.address] = eid
        self._fill(document, unit, eid, "mainBody")
        self.tape.skip(unit.span[1])

    def _text(self, made: _Element, units: Sequence[Unit], end: int, prefix: str) -> None:
        document, eid = self._attachment(made, "text", prefix)
        body = element(document, "mainBody")
        self.hierarchy.sequence(body, units, eid)
        self.hierarchy.gap(body, end, eid)

    def _attachment(self, made: _Element, name: str, prefix: str) -> tuple[_Element, str]:
        eid = self.tape.ids.counted(prefix, "attachment")
        document = element(element(made, "attachment", eid), "doc")
        document.set("name", name)
        meta(document, self.identity.part(name, eid), self.act)
        return document, eid


def _name(unit: Unit, act: Act) -> str:
    return (act.requisites.approved_form or "document") if unit.kind is UnitKind.DOCUMENT else unit.kind.value


def _joined(prefix: str, step: str) -> str:
    return f"{prefix}__{step}" if prefix else step
