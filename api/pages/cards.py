"""A finding as it stands on the review page: what is said of it, in whose words, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.act_view import MarkedSpan
from api.pages.diff import Stretch, compare
from expertise.case.decided import bases, of_machine, replaced
from expertise.case.decisions import STANDS, Decision, Said
from expertise.case.shown_units import unit_holding
from expertise.shown_text import ShownText, boxes_in
from expertise.work.originals import has_pages
from expertise.work.reviewing import Reviewed


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand: citation, the words, language of the text, page of the original (0 – it has none)."""

    citation: str
    quote: str
    language: str
    page: int


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal ground; an unverified one shows its mark."""

    text: str
    mark: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One finding. Texts are the expert's where they wrote some, else the machine's."""

    id: str
    number: int
    factor: str
    kind: str
    severity: str
    tone: str
    places: tuple[Place, ...]
    also_at: int
    explanation: str
    risk: str
    basis: tuple[Basis, ...]
    recommendation: str
    wording: Mapping[str, str]
    norm: str
    wording_language: str
    action: str  # of the proposed wording: replace, delete or supplement
    decision: Decision | None
    gone: bool
    by_hand: bool

    @property
    def verdict(self) -> str:
        """The verdict in force, "" while the finding is open."""
        return self.decision.verdict.value if self.decision else ""

    @property
    def language(self) -> str:
        """The language of the text in which the finding's first words stand, "" when that is not known."""
        return self.places[0].language if self.places else ""

    @property
    def comparison(self) -> tuple[Stretch, ...]:
        """The norm beside the proposed wording; a unit that is to be struck out is gone as a whole."""
        new = self.wording.get(self.wording_language, "")
        if not self.norm:
            return (Stretch("new", new),) if new else ()
        if not new:
            return (Stretch("gone", self.norm),) if self.action == "delete" else ()
        if self.action == "supplement" and self.norm not in new:
            return (Stretch("same", f"{self.norm} "), Stretch("new", new))
        return compare(self.norm, new)

    @property
    def stands(self) -> bool:
        """Whether the finding goes into the conclusion as things are."""
        return self.decision is not None and self.decision.verdict in STANDS


def card(reviewed: Reviewed, number: int, texts: Sequence[ShownText], language: str) -> Card:
    """The card of a finding; ``language`` is that of the page (citations)."""
    content = reviewed.content
    said = reviewed.decision.said if reviewed.decision else Said()
    severity = said.severity or str(content.get("severity", "medium"))
    given = content.get("recommendation")
    made = given if isinstance(given, Mapping) else {}  # of a finding made by hand it is plain words
    own = bool(reviewed.row.added_by)
    wording = dict(said.wording) or ({made["language"]: made["wording"]} if made and not own else {})
    dismissed = reviewed.decision is not None and reviewed.decision.verdict not in STANDS
    return Card(
        id=reviewed.row.id,
        number=number,
        factor=said.factor or str(content["factor"]),
        kind="own" if own else str(content.get("kind", "attention")),
        severity=severity,
        tone="dismissed" if dismissed else severity,
        places=tuple(_places(reviewed, texts, language)),
        also_at=len(content.get("also_at", ())),
        explanation=said.explanation or _told(content, "explanation", language),
        risk=said.risk or _told(content, "risk", language),
        basis=tuple(_basis(entry) for entry in _grounds(content, language)),
        recommendation=said.recommendation or ("" if own else _told(content, "instruction", language)),
        wording=wording,
        norm=replaced(content, {text.language: text for text in texts})[0] if made or wording else "",
        wording_language=str(made.get("language") or next(iter(wording), "")),
        action=str(made.get("action", "replace")),
        decision=reviewed.decision,
        gone=reviewed.gone,
        by_hand=own,
    )


def _told(content: Mapping[str, Any], field: str, language: str) -> str:
    """The machine's words in the language of the page where it has them, else as they are."""
    said = of_machine(content, field)
    return said.get(language) or next(iter(said.values()), "")


def spans(cards: Sequence[Card], found: Sequence[Reviewed], text: ShownText) -> tuple[MarkedSpan, ...]:
    """The marks of all findings in one text."""
    marks: list[MarkedSpan] = []
    for each, reviewed in zip(cards, found, strict=True):
        if each.gone:
            continue
        marks += [MarkedSpan(start, end, each.id, each.tone) for start, end in _offsets(reviewed, text, each.decision)]
    return tuple(marks)


def _offsets(reviewed: Reviewed, text: ShownText, decision: Decision | None) -> list[tuple[int, int]]:
    said = decision.said if decision else Said()
    own = [(start, end) for code, start, end in said.places if code == text.language]
    if said.places or reviewed.row.added_by:
        return own
    content = reviewed.content
    if (content.get("text_sha256"), content.get("text_language")) != (text.sha256, text.language):
        return []
    return [(mark["start"], mark["end"]) for mark in content.get("marks", ())]


def _places(reviewed: Reviewed, texts: Sequence[ShownText], language: str) -> list[Place]:
    found: list[Place] = []
    for text in texts:
        for start, end in _offsets(reviewed, text, reviewed.decision):
            unit = unit_holding(text, start, end)
            citation = unit.citation[language] if unit else ""
            boxes = boxes_in(text, start, end)
            page = boxes[0].page if boxes and has_pages(text) else 0
            found.append(Place(citation, text.text[start:end], text.language, page))
    if not found:  # the machine's own words on a text that is no longer there
        found = [Place(mark["citation"], mark["quote"], str(reviewed.content.get("text_language", "")), 0)
                 for mark in reviewed.content.get("marks", ())]  # fmt: skip
    return found


def _grounds(content: Mapping[str, Any], language: str) -> Sequence[Mapping[str, Any]]:
    told = bases(content)
    return told.get(language) or next(iter(told.values()), ())


def _basis(entry: Mapping[str, Any]) -> Basis:
    return Basis(str(entry.get("text", "")), str(entry.get("mark", "")), bool(entry.get("verified")))
