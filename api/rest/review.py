"""The review: findings as a seat has them, decisions, findings added by hand, chapters, the end."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import Field, StringConstraints
from starlette.requests import Request

from api.accounts.gate import AtCase, in_case
from api.rest.keys import Key
from api.rest.models import Asked, Language, Long, Moment, Told, Words, plain_text
from api.service import desk_of
from expertise.case.decisions import Decision, Said, Verdict
from expertise.people import Seat
from expertise.store.cases import open_case
from expertise.work.once import once
from expertise.work.reviewing import (
    Reviewed,
    add_finding,
    chapters_read,
    decide,
    finish,
    may_see_seat,
    questions_asked,
    read_chapter,
    reviewed,
    seat_of,
    take_back,
)

router = APIRouter(tags=["review"])
SeesFindings = Annotated[AtCase, Depends(in_case("see_findings"))]
Reads = Annotated[AtCase, Depends(in_case("read_chapter"))]
FindingId = Annotated[str, Path(pattern="^[0-9a-z-]{1,64}$")]
ASeat = Annotated[Seat, Field(strict=False)]
Offset = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Place(Asked):
    """Words of a text: offsets in code points of the clean text, half-open."""

    language: Language
    start: Offset
    end: Offset


class SaidAsked(Asked):
    """What the expert writes in place of the machine's words; what is empty leaves the machine's."""

    factor: Annotated[str, StringConstraints(pattern="^[a-z_]{0,60}$")] = ""
    severity: Literal["", "low", "medium", "high"] = ""
    explanation: Long = ""
    risk: Long = ""
    recommendation: Long = ""
    wording: Annotated[dict[Language, Long], Field(max_length=2)] = Field(default_factory=dict)
    places: Annotated[list[Place], Field(max_length=100)] = Field(default_factory=list)

    def said(self) -> Said:
        """As the case knows it."""
        places = tuple((place.language, place.start, place.end) for place in self.places)
        return Said(self.factor, self.severity, self.explanation, self.risk, self.recommendation, self.wording, places)


class DecisionAsked(Asked):
    """A decision; ``seat`` only for whoever sits twice."""

    verdict: Annotated[Verdict, Field(strict=False)]
    said: SaidAsked = Field(default_factory=SaidAsked)
    reason: Long = ""
    seat: ASeat | None = None


class NewFinding(Asked):
    """A finding the machine did not make; factor, severity, explanation, risk and places are needed."""

    language: Language
    said: SaidAsked
    seat: ASeat | None = None


class ChapterAsked(Asked):
    """A chapter that was read, or a question with its answer."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=200), plain_text]
    answer: Words = ""
    seat: ASeat | None = None


class SeatAsked(Asked):
    """``seat`` only for whoever sits twice."""

    seat: ASeat | None = None


class DecisionTold(Told):
    """A decision that counts."""

    verdict: Verdict
    said: dict[str, Any]
    reason: str
    by: str
    at: Moment


class FindingTold(Told):
    """A finding with the seat's decision. ``gone``: the last analysis no longer makes it."""

    id: str
    added_by: str
    position: int
    gone: bool
    content: dict[str, Any]
    decision: DecisionTold | None


class Findings(Told):
    """Findings in the order of the text, as this seat has them."""

    seat: Seat
    findings: list[FindingTold]


class Added(Told):
    """Id of the new finding."""

    id: str


class QuestionTold(Told):
    """What the machine asks. ``key`` is to be put with the answer; ``checked``: the seat has looked it up."""

    key: str
    language: Language
    element: str
    address: str
    citation: str
    start: int
    quote: str
    text: dict[str, str]
    checked: bool
    answer: str


class Chapters(Told):
    """Chapters and questions → the answers."""

    seat: Seat
    read: dict[str, str]
    questions: list[QuestionTold]


@router.get("/cases/{case_id}/findings")
def findings(request: Request, at: SeesFindings, seat: Seat | None = None) -> Findings:
    """Findings and decisions of a seat: one's own unless another is asked for, which few may see."""
    with desk_of(request).office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_findings")
        wanted = seat or seat_of(opened)
        found = reviewed(session, opened, wanted)
    return Findings(seat=wanted, findings=[_told(each) for each in found])


@router.post("/cases/{case_id}/findings", status_code=201)
def add(request: Request, at: SeesFindings, body: NewFinding, key: Key = "") -> Added:
    """Add a finding."""
    office = desk_of(request).office

    def do() -> dict[str, Any]:
        return {"id": add_finding(office, at.actor, at.case_id, body.said.said(), body.language, seat=body.seat)}

    return Added.model_validate(once(office, at.actor, key, [at.case_id, body.model_dump(mode="json")], do))


@router.put("/cases/{case_id}/findings/{finding_id}/decision", status_code=204)
def decision(request: Request, at: SeesFindings, finding_id: FindingId, body: DecisionAsked) -> None:
    """Decide; a later decision replaces an earlier one and can be taken back."""
    office = desk_of(request).office
    decide(
        office, at.actor, at.case_id, finding_id, body.verdict, seat=body.seat, said=body.said.said(),
        reason=body.reason,
    )  # fmt: skip


@router.delete("/cases/{case_id}/findings/{finding_id}/decision", status_code=204)
def undo(request: Request, at: SeesFindings, finding_id: FindingId, seat: Seat | None = None) -> None:
    """Take the last decision back; the one before counts again."""
    take_back(desk_of(request).office, at.actor, at.case_id, finding_id, seat=seat)


@router.get("/cases/{case_id}/chapters")
def chapters(request: Request, at: SeesFindings, seat: Seat | None = None) -> Chapters:
    """What the seat has read and answered, and what the machine asks."""
    with desk_of(request).office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_findings")
        wanted = seat or seat_of(opened)
        may_see_seat(opened, wanted)
        asked = [QuestionTold(**asdict(each)) for each in questions_asked(session, opened, wanted)]
        return Chapters(seat=wanted, read=dict(chapters_read(session, opened.case, wanted)), questions=asked)


@router.put("/cases/{case_id}/chapters", status_code=204)
def chapter(request: Request, at: Reads, body: ChapterAsked) -> None:
    """A chapter was read, a question answered."""
    read_chapter(desk_of(request).office, at.actor, at.case_id, body.key, body.answer, seat=body.seat)


@router.post("/cases/{case_id}/finish", status_code=204)
def end(request: Request, at: SeesFindings, body: SeatAsked) -> None:
    """The seat has decided on everything."""
    finish(desk_of(request).office, at.actor, at.case_id, seat=body.seat)


def _told(each: Reviewed) -> FindingTold:
    row = each.row
    return FindingTold(
        id=row.id, added_by=row.added_by, position=row.position, gone=each.gone, content=dict(each.content),
        decision=decision_told(each.decision) if each.decision else None,
    )  # fmt: skip


def decision_told(made: Decision) -> DecisionTold:
    """A decision with what was written, what was left alone left out."""
    said = made.said
    told = {
        "factor": said.factor,
        "severity": said.severity,
        "explanation": said.explanation,
        "risk": said.risk,
        "recommendation": said.recommendation,
        "wording": dict(said.wording),
        "places": [{"language": code, "start": start, "end": end} for code, start, end in said.places],
    }
    written = {name: value for name, value in told.items() if value}
    return DecisionTold(verdict=made.verdict, said=written, reason=made.reason, by=made.by, at=made.at)
