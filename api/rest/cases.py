"""Cases: listed, registered, read, changed, moved."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field, StringConstraints
from sqlalchemy.orm import Session
from starlette.requests import Request

from api.accounts.gate import AtCase, allowed, in_case
from api.rest.keys import Key
from api.rest.models import Asked, Id, Limit, Long, Moment, Offset, Page, Search, Told, Words
from api.service import desk_of
from expertise.case.states import State
from expertise.store.case_tables import Case
from expertise.store.cases import Opened, Wanted, list_cases, open_case, standing_of
from expertise.work.analysing import latest_examination
from expertise.work.concluding import still_empty
from expertise.work.moving import advance, history, open_ways
from expertise.work.once import once
from expertise.work.registering import change, register
from expertise.work.sign_ins import Signed

router = APIRouter(tags=["cases"])
Lists = Annotated[Signed, Depends(allowed("list_cases"))]
Registers = Annotated[Signed, Depends(allowed("register_case"))]
Sees = Annotated[AtCase, Depends(in_case("see_case"))]
Edits = Annotated[AtCase, Depends(in_case("edit_requisites"))]
SeesHistory = Annotated[AtCase, Depends(in_case("see_history"))]

Name = Annotated[str, StringConstraints(pattern="^[a-z_]{1,20}$")]
Requisites = Annotated[dict[Annotated[str, StringConstraints(pattern="^[a-z_]{1,40}$")], Long], Field(max_length=40)]
Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2200, 1, 1))]


class NewCase(Asked):
    """A draft for expertise; without a deadline the usual term is given."""

    title: Words
    developer_id: Id | None = None
    deadline: Day | None = None
    requisites: Requisites = Field(default_factory=dict)
    kind: Annotated[str, StringConstraints(pattern="^(draft|act_in_force)$")] = "draft"


class CaseChange(Asked):
    """What is left out stays; ``developer_id`` empty takes the developer out."""

    title: Words | None = None
    developer_id: Annotated[str, StringConstraints(pattern="^([0-9a-f]{32})?$")] | None = None
    deadline: Day | None = None
    requisites: Requisites = Field(default_factory=dict)


class Transition(Asked):
    """Which way the case goes, and why."""

    transition: Name
    reason: Words = ""


class CaseRow(Told):
    """A case in a list."""

    id: str
    number: str
    title: str
    kind: str
    state: str
    round: int
    coordinator_id: str
    developer_id: str | None
    deadline: date | None
    answer_due: date | None
    created_at: Moment
    changed_at: Moment


class CaseTold(CaseRow):
    """A case. ``empty``: requisites a conclusion would print as «___»; ``transitions``: open to whoever asks."""

    requisites: dict[str, str]
    empty: list[str]
    transitions: list[str]


class CasesPage(Page):
    """Part of the list of cases, the last changed first."""

    cases: list[CaseRow]


class MoveTold(Told):
    """One move of the case."""

    transition: str
    source: str
    target: str
    round: int
    reason: str
    by: str
    at: Moment


class History(Told):
    """All moves in order."""

    moves: list[MoveTold]


@router.get("/cases")
def cases(
    request: Request,
    signed: Lists,
    words: Search = "",
    state: Annotated[list[State], Query(max_length=11)] = [],  # noqa: B006  (FastAPI copies it)
    late: bool = False,
    mine: bool = False,
    offset: Offset = 0,
    limit: Limit = 50,
) -> CasesPage:
    """Cases one may see. ``late``: open and past their deadline; ``mine``: one coordinates them or sits in them."""
    office = desk_of(request).office
    wanted = Wanted(
        words=words,
        states=tuple(state),
        late_on=office.clock().date() if late else None,
        mine=signed.actor.id if mine else "",
    )
    with office.database.reading() as session:
        page = list_cases(session, signed.actor, wanted, offset, limit)
    rows = [CaseRow.model_validate(case) for case in page.cases]
    return CasesPage(total=page.total, offset=offset, cases=rows)


@router.post("/cases", status_code=201)
def new(request: Request, signed: Registers, body: NewCase, key: Key = "") -> CaseTold:
    """Register a case."""
    office = desk_of(request).office

    def do() -> dict[str, Any]:
        made = register(
            office, signed.actor, body.title, developer=body.developer_id or "", deadline=body.deadline,
            requisites=body.requisites, kind=body.kind,
        )  # fmt: skip
        with office.database.transaction() as session:
            return told(session, open_case(session, signed.actor, made.id)).model_dump(mode="json")

    asked = ["register", body.model_dump(mode="json")]
    return CaseTold.model_validate(once(office, signed.actor, key, asked, do))


@router.get("/cases/{case_id}")
def read(request: Request, at: Sees) -> CaseTold:
    """One case."""
    with desk_of(request).office.database.reading() as session:
        return told(session, open_case(session, at.actor, at.case_id))


@router.patch("/cases/{case_id}")
def edit(request: Request, at: Edits, body: CaseChange) -> CaseTold:
    """Title, developer, deadline, requisites."""
    office = desk_of(request).office
    change(
        office, at.actor, at.case_id, title=body.title, developer=body.developer_id, deadline=body.deadline,
        requisites=body.requisites,
    )  # fmt: skip
    with office.database.reading() as session:
        return told(session, open_case(session, at.actor, at.case_id))


@router.post("/cases/{case_id}/transitions")
def move(request: Request, at: Sees, body: Transition) -> CaseTold:
    """Move the case; each transition is permitted apart. Whoever no longer sees the case then is told 404 next time."""
    office = desk_of(request).office
    case = advance(office, at.actor, at.case_id, body.transition, body.reason)
    with office.database.reading() as session:
        return told(session, Opened(case, standing_of(session, case), at.actor))


@router.get("/cases/{case_id}/history")
def moves(request: Request, at: SeesHistory) -> History:
    """How the case moved: who, when, why."""
    with desk_of(request).office.database.reading() as session:
        found = history(session, open_case(session, at.actor, at.case_id, "see_history"))
    return History(moves=[MoveTold.model_validate(row) for row in found])


def told(session: Session, opened: Opened) -> CaseTold:
    """The case as this actor has it before them."""
    case: Case = opened.case
    return CaseTold(
        **CaseRow.model_validate(case).model_dump(),
        requisites={name: str(value) for name, value in case.requisites.items()},
        empty=list(still_empty(session, opened, latest_examination(session, opened) is not None)),
        transitions=[way.name for way in open_ways(opened)],
    )
