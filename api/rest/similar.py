"""Similar drafts over REST, for their coordinator; proposals of a base expertise, for the expert of the case."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, allowed, in_case
from api.rest.models import Asked, Limit, Offset, Page, Told
from api.service import desk_of
from expertise.case.decisions import Verdict
from expertise.case.similar import Beside, Deviation, Linked
from expertise.store.cases import NotFoundError, open_case
from expertise.work.families import Family, choose_base, family_of, list_families
from expertise.work.radar import Wording, radar
from expertise.work.sign_ins import Signed
from expertise.work.taking_over import compared, proposed, take_over

router = APIRouter(tags=["similar drafts"])
Lists = Annotated[Signed, Depends(allowed("list_similar"))]
Sees = Annotated[AtCase, Depends(in_case("see_similar"))]
Chooses = Annotated[AtCase, Depends(in_case("choose_base"))]
Takes = Annotated[AtCase, Depends(in_case("take_over"))]
Reviews = Annotated[AtCase, Depends(in_case("see_taken_over"))]
FindingId = Annotated[str, StringConstraints(pattern="^[0-9a-z-]{1,64}$")]


class MemberTold(Told):
    """A case of a family."""

    case_id: str
    number: str
    title: str
    body: str
    region: str
    state: str
    is_base: bool


class FamilyTold(Told):
    """Cases made of one text; ``chosen``: the coordinator named the base, else it is the one concluded first."""

    id: str
    base_case_id: str | None
    chosen: bool
    members: list[MemberTold]


class FamiliesTold(Page):
    """Families of one's own cases, the largest first."""

    items: list[FamilyTold]


class UnitTold(Told):
    """A unit of a text."""

    address: str
    citation: dict[str, str]


class DeviationTold(Told):
    """A unit that differs between the base and this text; ``local``: only names, numbers or dates do."""

    change: str
    base_unit: UnitTold | None
    unit: UnitTold | None
    base_words: str
    words: str
    local: bool


class LinkTold(Told):
    """A decision of the base with its finding here; several ``candidates``: somebody must say which."""

    base_finding_id: str
    verdict: Verdict
    factor: str
    reason: str
    finding_id: str
    candidates: list[str]
    unit: UnitTold | None
    made_by: str
    same_words: bool
    taken: bool


class BesideTold(Told):
    """Both texts of one language."""

    language: str
    deviations: list[DeviationTold]
    decisions: list[LinkTold]


class SimilarTold(Told):
    """The family of a case; ``texts``: the case beside the base, empty where there is no base or the case is it."""

    family: FamilyTold
    texts: list[BesideTold]


class SpotTold(Told):
    """A place of a wording: ``position`` of the developer or what became of it, "" while nothing is known."""

    case_id: str
    number: str
    finding: int
    body: str
    region: str
    factor: str
    citation: dict[str, str]
    words: str
    position: str


class ElsewhereTold(Told):
    """A case that has the norm, and whose conclusion does not name it."""

    case_id: str
    number: str
    body: str
    region: str
    unit: str


class WordingTold(Told):
    """One defective wording; ``split``: followed in one place and refused in another."""

    language: str
    split: bool
    factors: list[str]
    spots: list[SpotTold]
    elsewhere: list[ElsewhereTold]


class WordingsTold(Page):
    """Wordings that stand in several acts."""

    items: list[WordingTold]
    conclusions: int
    more: bool


class TakeOverAsked(Asked):
    """``choices``: finding of the base → finding here, where several were as good."""

    choices: Annotated[dict[FindingId, FindingId], Field(max_length=1_000)] = Field(default_factory=dict)


class TakenTold(Told):
    """How many proposals were made."""

    proposals: int


class ProposalTold(Told):
    """A proposal for the expert; ``finding_id`` "" – a finding to be added."""

    finding_id: str
    verdict: Verdict
    said: dict[str, Any]
    reason: str
    language: str
    unit: str
    made_by: str
    same_words: bool


@router.get("/similar")
def families(request: Request, signed: Lists, offset: Offset = 0, limit: Limit = 50) -> FamiliesTold:
    """Families of the drafts one coordinates."""
    with desk_of(request).office.database.reading() as session:
        found = list_families(session, signed.actor, offset, limit)
    return FamiliesTold(total=found.total, offset=offset, items=[_family(each) for each in found.families])


@router.get("/similar/wordings")
def wordings(request: Request, signed: Lists, offset: Offset = 0, limit: Limit = 20) -> WordingsTold:
    """The same defective wording across one's cases."""
    office = desk_of(request).office
    with office.database.reading() as session:
        found = radar(session, office, signed.actor, offset, limit)
    return WordingsTold(
        total=found.total, offset=offset, items=[_wording(each) for each in found.wordings],
        conclusions=found.looked_at, more=found.more,
    )  # fmt: skip


@router.get("/cases/{case_id}/similar")
def similar(request: Request, at: Sees) -> SimilarTold:
    """The family of a case, and the case beside its base."""
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_similar")
        family = family_of(session, opened)
        if family is None:
            raise NotFoundError("expertise.no_family")
        has_base = family.base is not None and family.base.id != at.case_id
        comparison = compared(session, office, opened) if has_base else None
    texts = [_beside(each, comparison.taken) for each in comparison.texts] if comparison else []
    return SimilarTold(family=_family(family), texts=texts)


@router.put("/cases/{case_id}/similar/base", status_code=204)
def base(request: Request, at: Chooses) -> Response:
    """Make the case the base of its family."""
    choose_base(desk_of(request).office, at.actor, at.case_id)
    return Response(status_code=204)


@router.post("/cases/{case_id}/similar/proposals", status_code=201)
def propose(request: Request, at: Takes, asked: TakeOverAsked) -> TakenTold:
    """Put the decisions of the base before the expert; those that were taken over already are not made twice."""
    return TakenTold(proposals=take_over(desk_of(request).office, at.actor, at.case_id, asked.choices))


@router.get("/cases/{case_id}/proposals")
def proposals(request: Request, at: Reviews) -> list[ProposalTold]:
    """What was taken over for the expert of the case."""
    with desk_of(request).office.database.reading() as session:
        found = proposed(session, open_case(session, at.actor, at.case_id, "see_taken_over"))
    return [
        ProposalTold(
            finding_id=each.finding, verdict=each.verdict, reason=each.reason, language=each.language, unit=each.unit,
            made_by=each.made_by, same_words=each.same_words,
            said={
                "factor": each.said.factor, "severity": each.said.severity, "explanation": each.said.explanation,
                "risk": each.said.risk, "recommendation": each.said.recommendation, "wording": dict(each.said.wording),
            },
        )
        for each in found
    ]  # fmt: skip


def _family(family: Family) -> FamilyTold:
    members = [
        MemberTold(
            case_id=each.case.id, number=each.case.number, title=each.case.title, body=each.body, region=each.region,
            state=each.case.state, is_base=each.is_base,
        )
        for each in family.members
    ]  # fmt: skip
    return FamilyTold(
        id=family.id, base_case_id=family.base.id if family.base else None, chosen=family.chosen, members=members
    )


def _beside(text: Beside, taken: frozenset[str]) -> BesideTold:
    return BesideTold(
        language=text.language,
        deviations=[_deviation(each) for each in text.deviations],
        decisions=[_link(each, taken) for each in text.linked],
    )


def _deviation(each: Deviation) -> DeviationTold:
    return DeviationTold(
        change=each.change, base_unit=_unit(each.base_unit), unit=_unit(each.unit), base_words=each.base_words,
        words=each.words, local=each.local,
    )  # fmt: skip


def _link(each: Linked, taken: frozenset[str]) -> LinkTold:
    decision = each.base.decision
    return LinkTold(
        base_finding_id=each.base.finding, verdict=decision.verdict,
        factor=decision.said.factor or str(each.base.content["factor"]), reason=decision.reason,
        finding_id=each.finding, candidates=list(each.candidates), unit=_unit(each.unit), made_by=each.made_by,
        same_words=each.same_words, taken=each.base.finding in taken,
    )  # fmt: skip


def _unit(unit: Any) -> UnitTold | None:
    return UnitTold(address=unit.address, citation=dict(unit.citation)) if unit is not None else None


def _wording(each: Wording) -> WordingTold:
    spots = [
        SpotTold(
            case_id=spot.case.id, number=spot.case.number, finding=spot.number, body=spot.body, region=spot.region,
            factor=spot.factor, citation=dict(spot.citation), words=spot.words, position=spot.position,
        )
        for spot in each.spots
    ]  # fmt: skip
    rest = [
        ElsewhereTold(case_id=one.case.id, number=one.case.number, body=one.body, region=one.region, unit=one.unit)
        for one in each.elsewhere
    ]
    return WordingTold(
        language=each.language, split=each.is_split, factors=list(each.factors), spots=spots, elsewhere=rest
    )
