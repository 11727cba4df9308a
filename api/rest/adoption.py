"""Adoption: the adopted act and later versions, what is proposed of every recommendation, what people decide."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AfterValidator, StringConstraints
from sqlalchemy.orm import Session
from starlette.requests import Request

from api.accounts.gate import AtCase, in_case
from api.rest.files import FileTold
from api.rest.keys import Key
from api.rest.models import HEX_ID, Asked, Language, Line, Long, Moment, Told, without_nul
from api.rest.receiving import RAW_BODY, receiving
from api.service import desk_of
from expertise.case.adoption import Decided, Verdict
from expertise.store.adoption_tables import AdoptionComment
from expertise.store.cases import open_case
from expertise.work.adopting import comment_adoption, decide_adoption, decide_rest, take_back_adoption
from expertise.work.adoption_views import AdoptionView, Recommendation, adoption_view
from expertise.work.later_texts import (
    About,
    Brought,
    bring,
    compare_again,
    later_text,
    redline,
    require_later_kind,
    with_files,
    withdraw_text,
)
from expertise.work.once import once

router = APIRouter(tags=["adoption"])
Sees = Annotated[AtCase, Depends(in_case("see_adoption"))]
Brings = Annotated[AtCase, Depends(in_case("bring_text"))]
Uploads = Annotated[AtCase, Depends(in_case("bring_text", uploads=True))]
Decides = Annotated[AtCase, Depends(in_case("decide_adoption"))]
Undoes = Annotated[AtCase, Depends(in_case("undo_adoption"))]
Comments = Annotated[AtCase, Depends(in_case("comment_adoption"))]
Number = Annotated[int, Path(ge=1, le=999_999)]
TextId = Annotated[str, Path(pattern=HEX_ID)]
Day = Annotated[date, Query(ge=date(1900, 1, 1), le=date(2200, 1, 1))]
Name = Annotated[str, Query(min_length=1, max_length=1_000), AfterValidator(without_nul)]
Run = Annotated[str, StringConstraints(pattern="^([0-9a-f]{32})?$")]


class VerdictAsked(Asked):
    """``reason``: needed where it is not adopted or other than proposed; ``run``: the comparison that was looked at, ""
    – none; left out – whichever stands."""

    state: Annotated[str, StringConstraints(pattern="^(adopted|in_part|not_adopted|moot)$")]
    reason: Long = ""
    document: Line = ""
    run: Run | None = None


class RestAsked(Asked):
    """One verdict for all recommendations nobody decided on."""

    state: Annotated[str, StringConstraints(pattern="^(adopted|in_part|not_adopted|moot)$")]
    reason: Long
    document: Line = ""


class AgainAsked(Asked):
    """``force``: examine what does not look like an act."""

    force: bool = False


class OpinionAsked(Asked):
    """What an expert of the case says."""

    text: Long


class OpinionTold(Told):
    """The same, with who said it."""

    text: str
    by: str
    at: Moment


class DecisionTold(Told):
    """A decision that stands; ``proposed``: what the machine proposed then, "" – nothing was compared."""

    number: int
    state: str
    reason: str
    document: str
    proposed: str
    by: str
    at: Moment


class ProposalTold(Told):
    """``sureness`` of a hundred; ``evidence``: language of the text → wordings, unit, link, what still fires."""

    state: str
    reason: str
    sureness: int
    evidence: dict[str, Any]


class PositionTold(Told):
    """The developer's, by the last submission."""

    position: str
    wording: str
    reason: str


class RecommendationTold(Told):
    """One recommendation of the conclusion by its number. ``moved``: something else is proposed than when it was
    decided."""

    number: int
    finding: str
    factor: str
    proposal: ProposalTold | None
    decision: DecisionTold | None
    moved: bool
    position: PositionTold | None
    comments: list[OpinionTold]


class LaterTextTold(Told):
    """A later text. ``status`` of its last examination: waiting, running, done, failed (then ``reason``); ``run``: the
    comparison that stands."""

    id: str
    kind: str
    number: str
    date: date | None
    files: list[FileTold]
    status: str
    reason: dict[str, Any] | None
    run: str | None
    by: str
    at: Moment


class AdoptionTold(Told):
    """``run``: the comparison whose proposals are shown; ``undecided``: numbers nobody decided on."""

    run: str | None
    notices: list[dict[str, Any]]
    new_findings: list[dict[str, Any]]
    undecided: list[int]
    texts: list[LaterTextTold]
    recommendations: list[RecommendationTold]


class RestTold(Told):
    """Numbers of the recommendations that were decided just now."""

    decided: list[int]


class RedlineTold(Told):
    """The draft and the later text as HTML to stand on a page; every word in it is escaped."""

    language: str
    html: str


@router.get("/cases/{case_id}/adoption")
def adoption(request: Request, at: Sees) -> AdoptionTold:
    """Later texts, and every recommendation with its proposal and decision."""
    with desk_of(request).office.database.reading() as session:
        view = adoption_view(session, open_case(session, at.actor, at.case_id, "see_adoption"))
    return _told(view)


@router.post("/cases/{case_id}/later-texts", status_code=201, openapi_extra=RAW_BODY)
def bring_text(
    request: Request,
    at: Uploads,
    kind: Annotated[str, Query(pattern="^[a-z]{1,20}$")],
    name: Name,
    number: Annotated[str, Query(max_length=500), AfterValidator(without_nul)] = "",
    day: Annotated[Day | None, Query(alias="date")] = None,
    beside: Annotated[str, Query(pattern="^([0-9a-f]{32})?$")] = "",
    key: Key = "",
) -> LaterTextTold:
    """A later text: the bytes of its file are the body. ``beside``: the text whose other language this is."""
    office = desk_of(request).office
    require_later_kind(kind)
    with office.files.arriving() as coming:
        with receiving(request) as pieces:
            kept = coming.put_stream(pieces, office.settings.upload_bytes)

        def do() -> dict[str, Any]:
            row = bring(office, at.actor, at.case_id, kind, [(name, kept)], About(number, day), beside)
            with office.database.transaction() as session:  # the one in which it was entered
                return _one(session, at, row.id).model_dump(mode="json")

        asked = ["bring_text", at.case_id, kind, name, number, str(day or ""), beside, kept.sha256]
        return LaterTextTold.model_validate(once(office, at.actor, key, asked, do))


@router.get("/cases/{case_id}/later-texts/{text_id}")
def get_text(request: Request, at: Sees, text_id: TextId) -> LaterTextTold:
    """A later text: how far its examination is."""
    with desk_of(request).office.database.reading() as session:
        return _one(session, at, text_id)


@router.delete("/cases/{case_id}/later-texts/{text_id}", status_code=204)
def withdraw(request: Request, at: Brings, text_id: TextId) -> None:
    """It was the wrong text; it stays kept, and decisions stay."""
    withdraw_text(desk_of(request).office, at.actor, at.case_id, text_id)


@router.post("/cases/{case_id}/later-texts/{text_id}/comparisons", status_code=202)
def again(request: Request, at: Brings, text_id: TextId, body: AgainAsked) -> LaterTextTold:
    """Examine and compare it once more; decisions stay."""
    compare_again(desk_of(request).office, at.actor, at.case_id, text_id, force=body.force)
    with desk_of(request).office.database.reading() as session:
        return _one(session, at, text_id)


@router.get("/cases/{case_id}/later-texts/{text_id}/redline")
def get_redline(
    request: Request, at: Sees, text_id: TextId, language: Annotated[Language, Query()] = "ru"
) -> RedlineTold:
    """The two texts with their words marked, as they were compared; ``language`` is that of what is said of them."""
    html = redline(desk_of(request).office, at.actor, at.case_id, text_id, language)
    return RedlineTold(language=language, html=html)


@router.post("/cases/{case_id}/adoption/rest", status_code=201)
def decide_others(request: Request, at: Decides, body: RestAsked, key: Key = "") -> RestTold:
    """One verdict for all recommendations nobody decided on; what was decided stays."""
    office = desk_of(request).office

    def do() -> dict[str, Any]:
        return {"decided": list(decide_rest(office, at.actor, at.case_id, _verdict(body)))}

    return RestTold.model_validate(once(office, at.actor, key, ["rest", at.case_id, body.model_dump(mode="json")], do))


@router.put("/cases/{case_id}/adoption/{number}/decision")
def decide(request: Request, at: Decides, number: Number, body: VerdictAsked, key: Key = "") -> DecisionTold:
    """Decide on one recommendation; the decision before stays in the history."""
    office = desk_of(request).office

    def do() -> dict[str, Any]:
        made = decide_adoption(office, at.actor, at.case_id, number, _verdict(body), run=body.run)
        return _decision(made).model_dump(mode="json")

    asked = ["decide", at.case_id, number, body.model_dump(mode="json")]
    return DecisionTold.model_validate(once(office, at.actor, key, asked, do))


@router.delete("/cases/{case_id}/adoption/{number}/decision", status_code=204)
def take_back(request: Request, at: Undoes, number: Number) -> None:
    """The last decision no longer counts; the one before does again."""
    take_back_adoption(desk_of(request).office, at.actor, at.case_id, number)


@router.post("/cases/{case_id}/adoption/{number}/comments", status_code=201)
def say_of(request: Request, at: Comments, number: Number, body: OpinionAsked) -> OpinionTold:
    """An expert of the case says something of a recommendation's adoption."""
    return _opinion(comment_adoption(desk_of(request).office, at.actor, at.case_id, number, body.text))


def _verdict(body: VerdictAsked | RestAsked) -> Verdict:
    return Verdict(body.state, body.reason, body.document)


def _one(session: Session, at: AtCase, text_id: str) -> LaterTextTold:
    opened = open_case(session, at.actor, at.case_id, "see_adoption")
    return _text(with_files(session, later_text(session, opened, text_id)))


def _told(view: AdoptionView) -> AdoptionTold:
    return AdoptionTold(
        run=view.run.id if view.run else None,
        notices=list(view.run.notices) if view.run else [],
        new_findings=list(view.run.new_findings) if view.run else [],
        undecided=list(view.open),
        texts=[_text(each) for each in view.texts],
        recommendations=[_recommendation(each) for each in view.recommendations],
    )


def _recommendation(each: Recommendation) -> RecommendationTold:
    return RecommendationTold(
        number=each.number,
        finding=each.finding,
        factor=each.found["factor"],
        proposal=ProposalTold.model_validate(each.proposal) if each.proposal else None,
        decision=_decision(each.decision) if each.decision else None,
        moved=each.moved,
        position=PositionTold.model_validate(each.answer) if each.answer else None,
        comments=[_opinion(said) for said in each.comments],
    )


def _decision(made: Decided) -> DecisionTold:
    return DecisionTold(
        number=made.number, state=made.state.value, reason=made.reason, document=made.document,
        proposed=made.proposed, by=made.by, at=made.at,
    )  # fmt: skip


def _opinion(row: AdoptionComment) -> OpinionTold:
    return OpinionTold(text=row.text, by=row.by, at=row.at)


def _text(each: Brought) -> LaterTextTold:
    row, asked = each.row, each.analysis
    return LaterTextTold(
        id=row.id, kind=row.kind, number=row.act_number, date=row.act_date,
        files=[FileTold.model_validate(file) for file in each.files],
        status=asked.status if asked else "", reason=asked.reason if asked else None,
        run=each.run.id if each.run else None, by=row.by, at=row.at,
    )  # fmt: skip
