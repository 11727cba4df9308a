"""How a norm of an amended act is shown in the draft that changes it: marks, addresses, citations, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.changes.norms import ChangedNorm
from nlp.changes.rebuild import Rebuilt
from nlp.detection.finding import ChangedWording, Mark
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Act, Provision, Role, Span, Unit, UnitKind
from nlp.structure.citations import Citations


class DraftUnits:
    """Units of the draft by offset, and their citations; made once for one text."""

    def __init__(self, draft: Act) -> None:
        self.draft = draft
        self._citations = Citations(draft)
        self._units = [unit for unit in draft.root.walk() if unit.span[0] < unit.span[1]]

    def at(self, offset: int) -> Unit:
        """The narrowest unit that holds the offset; of units of one span the deepest."""
        holding = [unit for unit in reversed(self._units) if unit.span[0] <= offset < unit.span[1]]
        return min(holding, key=lambda unit: (unit.span[1] - unit.span[0], -unit.span[0]), default=self.draft.root)

    def cite(self, address: str, language: str, case: str = "nom") -> str:
        """Citation of a unit of the draft."""
        return self._citations.cite(address, language, case) if address in self._citations.paths else address

    def mark(self, span: Span, language: str, address: str = "") -> Mark:
        """A mark over a span of the draft."""
        address = address or self.at(span[0]).address
        return Mark(address, self.cite(address, language), span[0], span[1], self.draft.text(span))


class NormShowing:
    """``Showing`` (nlp.detection.findings) for the norms of one amended act, or of one row of a table."""

    def __init__(
        self, units: DraftUnits, norms: Sequence[ChangedNorm], language: str, act: str, rebuilt: Rebuilt | None
    ) -> None:
        self.units, self.language, self.act = units, language, act
        self.by_id: Mapping[str, ChangedNorm] = {norm.after.id: norm for norm in norms if norm.after is not None}
        self.after = Citations(rebuilt.after) if rebuilt else None
        self.base = Citations(rebuilt.base.act) if rebuilt else None

    def marks(self, provision: Provision, span: FieldSpan, quote: str) -> tuple[Mark, ...]:
        """The marked words where the draft has them, else the instruction."""
        return self.marks_of(self.by_id[provision.id], [span])

    def marks_of(self, norm: ChangedNorm, spans: Sequence[FieldSpan]) -> tuple[Mark, ...]:
        """Marks of spans of the norm as amended; words in force only are shown at the instruction."""
        found = [place for span in spans for place in norm.draft_spans(*_in_act(norm, span))]
        if not found:
            return (self.units.mark(norm.span, self.language, norm.address),)
        return tuple(self.units.mark(place, self.language) for place in found)

    def address(self, provision: Provision) -> str:
        """The quoted unit that brings the norm, or the amending unit."""
        norm = self.by_id[provision.id]
        quoted = self._quoted(norm)
        return quoted.address if quoted is not None else norm.address

    def _quoted(self, norm: ChangedNorm) -> Unit | None:
        """The draft's unit whose own words are the whole norm."""
        if norm.after is None:
            return None
        places = norm.draft_spans(norm.after.text_at, norm.after.text_at + len(norm.after.text))
        if not places:
            return None
        unit = self.units.at(places[0][0])
        whole = unit.role is Role.QUOTED and self.units.draft.text(unit.own).strip() == norm.after.text.strip()
        return unit if whole else None

    def cite(self, address: str, language: str, case: str) -> str:
        """Citation for the recommendation: of the quoted unit, else of the unit in the amended act."""
        norm = self.by_id.get(address)
        quoted = self._quoted(norm) if norm is not None else None
        if quoted is not None:
            return self.units.cite(quoted.address, language, case)
        if self.after is not None and address in self.after.paths:
            return _cite(self.after, address, language, case)
        return self.units.cite(norm.address, language, case) if norm is not None else address

    def unit(self, norm: ChangedNorm, language: str, case: str = "nom") -> str:
        """The norm's unit in the amended act."""
        if norm.after is not None and self.after is not None and norm.after.address in self.after.paths:
            return _cite(self.after, norm.after.address, language, case)
        if norm.before is not None and self.base is not None and norm.before.address in self.base.paths:
            return _cite(self.base, norm.before.address, language, case)
        return self.units.cite(norm.address, language, case)

    def change(self, provision: Provision, spans: Sequence[FieldSpan]) -> ChangedWording:
        """The norm before and after, with the words that the finding is about."""
        marked = tuple((span.start, span.end) for span in spans if span.field is Field.TEXT)
        return self.changed(self.by_id[provision.id], marked)

    def changed(self, norm: ChangedNorm, marked: tuple[Span, ...]) -> ChangedWording:
        """The norm before and after."""
        shown = norm.after or norm.before
        assert shown is not None
        comparison = norm.comparison
        return ChangedWording(
            act=self.act,
            unit=self.unit(norm, self.language),
            heading=shown.heading,
            lead=shown.lead,
            before=norm.before.text if norm.before else "",
            after=norm.after.text if norm.after else "",
            new=tuple((span.start, span.end) for span in norm.new if span.field is Field.TEXT),
            gone=comparison.gone,
            marked=marked,
        )


def _in_act(norm: ChangedNorm, span: FieldSpan) -> Span:
    """Offsets of the amended text."""
    provision = norm.after
    if provision is None:
        return (0, 0)
    places = {Field.TEXT: provision.text_at, Field.LEAD: provision.lead_at, Field.HEADING: provision.heading_at}
    at = places[span.field]
    return (at + span.start, at + span.end) if at >= 0 else (0, 0)


def _cite(citations: Citations, address: str, language: str, case: str) -> str:
    """«пункт 4 Правил» in an approved document, «пункт 2 статьи 7» elsewhere: the act is no draft."""
    owned = citations.paths[address][1:2]
    style = "act" if owned and owned[0].kind is UnitKind.DOCUMENT else "amending"
    return citations.cite(address, language, case, style)
