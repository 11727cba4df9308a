"""Risks of issued conclusions counted for the map; of one case: ratings by experts, the plan of measures."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, allowed, in_case
from api.pages.file_names import of_risk_map
from api.rest.models import Asked, Long, Told, Words, plain_text
from api.sending import as_file
from api.service import desk_of
from expertise.case.risks import matrix
from expertise.documents.risk_report import GRIDS, TABLES
from expertise.store.cases import open_case
from expertise.work.planning import Measure, measures, plan
from expertise.work.risk_map import map_file, risk_map
from expertise.work.risking import Wanted, rate, risks_of_case
from expertise.work.sign_ins import Signed

router = APIRouter(tags=["risks"])
SeesMap = Annotated[Signed, Depends(allowed("see_risk_map"))]
Sees = Annotated[AtCase, Depends(in_case("see_conclusion"))]
Rates = Annotated[AtCase, Depends(in_case("rate_risk"))]
Plans = Annotated[AtCase, Depends(in_case("plan_measures"))]
Number = Annotated[int, Path(ge=1, le=999_999)]
MapName = Annotated[str, Path(pattern=r"^[a-z]{1,20}\.[a-z]{2}\.[a-z]{3,4}$")]
Day = Annotated[date, Query(ge=date(2000, 1, 1), le=date(2200, 1, 1))]
Name = Annotated[str, Query(max_length=500), plain_text]
Degree = Annotated[int, Field(ge=1, le=9)]
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}


class RatingAsked(Asked):
    """Probability and consequences of a risk, 1–3, and why."""

    probability: Degree
    impact: Degree
    reason: Long


class MeasureAsked(Asked):
    """A row of the plan; what is left out is emptied."""

    measure: Words = ""
    responsible: Words = ""
    term: Words = ""
    completion: Words = ""
    result: Words = ""


class MeasureTold(Told):
    """A row of the plan, "" where nobody has said."""

    measure: str
    responsible: str
    term: str
    completion: str
    result: str


class RiskTold(Told):
    """A finding of the conclusion. ``by``: «expert» or «machine», "" where it stands in no cell of the matrix."""

    number: int
    factor: str
    severity: str
    probability: int | None
    impact: int | None
    by: str
    reason: str
    measure: MeasureTold | None


class CaseRisks(Told):
    """Risks of the conclusion of this round."""

    risks: list[RiskTold]


class GroupTold(Told):
    """Risks with something in common, by level."""

    name: str
    high: int
    medium: int
    low: int


class CellTold(Told):
    """A cell of the matrix that is not empty."""

    probability: int
    impact: int
    count: int


class SquareTold(Told):
    """A cell of the cartogram that is not empty; ``row`` «-»: not stated, «*»: those that did not fit."""

    row: str
    factor: str
    count: int


class RiskMap(Told):
    """The map of a selection. ``how``: how the numbers come about, in the language of whoever asks."""

    total: int
    placed: int
    matrix: list[CellTold]
    tables: dict[str, list[GroupTold]]
    cartograms: dict[str, list[SquareTold]]
    how: list[str]


@router.get("/risks")
def risks(
    request: Request,
    signed: SeesMap,
    first: Day,
    last: Day,
    body: Name = "",
    sphere: Name = "",
    act_form: Name = "",
    kind: Name = "",
) -> RiskMap:
    """Risks of conclusions issued from ``first`` to ``last``; ``body``, ``sphere``, ``act_form``: «-» – not stated."""
    wanted = Wanted(first, last, body, sphere, act_form, kind)
    counted, _ = risk_map(desk_of(request).office, signed.actor, wanted, signed.actor.language)
    cells = sorted(matrix(counted.risks).items())
    return RiskMap(
        total=len(counted.risks),
        placed=counted.placed,
        matrix=[CellTold(probability=p, impact=i, count=count) for (p, i), count in cells],
        tables={name: [GroupTold(name=group.name, **group.levels) for group in counted.by(name)] for name in TABLES},
        cartograms={
            name: [
                SquareTold(row=row, factor=factor, count=count)
                for (row, factor), count in sorted(counted.grid(name).values.items())
            ]
            for name in GRIDS
        },
        how=list(counted.how()),
    )


@router.get("/risks/files/{name}", response_class=Response, responses=_FILE)
def risks_file(
    request: Request, signed: SeesMap, name: MapName, first: Day, last: Day, body: Name = "", sphere: Name = "",
    act_form: Name = "", kind: Name = "",
) -> Response:  # fmt: skip
    """``map.ru.docx``, ``map.kk.pdf``; drawings: ``map.ru.svg``, ``body.ru.svg``, ``sphere.kk.svg``."""
    wanted = Wanted(first, last, body, sphere, act_form, kind)
    return as_file(f"risk-{name}", map_file(desk_of(request).office, signed.actor, wanted, name), of_risk_map(name))


@router.get("/cases/{case_id}/risks")
def case_risks(request: Request, at: Sees) -> CaseRisks:
    """Findings of the conclusion with their ratings and the plan against them."""
    with desk_of(request).office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_conclusion")
        found, planned = risks_of_case(session, opened), measures(session, opened)
    told = []
    for risk in found:
        rating, measure = risk.rating, planned.get(risk.found["number"])
        told.append(
            RiskTold(
                number=risk.found["number"], factor=risk.found["factor"], severity=risk.found["severity"],
                probability=rating.probability if rating else None, impact=rating.impact if rating else None,
                by=rating.by if rating else "", reason=risk.reason,
                measure=MeasureTold.model_validate(measure) if measure else None,
            )
        )  # fmt: skip
    return CaseRisks(risks=told)


@router.put("/cases/{case_id}/risks/{number}", status_code=204)
def rate_one(request: Request, at: Rates, number: Number, body: RatingAsked) -> None:
    """An expert's rating of the risk with this number; a later one counts instead."""
    rate(desk_of(request).office, at.actor, at.case_id, number, body.probability, body.impact, body.reason)


@router.put("/cases/{case_id}/plan/{number}", status_code=204)
def plan_one(request: Request, at: Plans, number: Number, body: MeasureAsked) -> None:
    """The row of the plan of measures for the recommendation with this number."""
    plan(desk_of(request).office, at.actor, at.case_id, {number: Measure(**body.model_dump())})
