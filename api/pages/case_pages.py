"""The page of a case and its forms: requisites, experts, ways onward; the history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.case_view import doing, show_case
from api.pages.forms import day_of, form_of, seat_of
from api.pages.rendering import page
from api.service import desk_of
from expertise.case.requisites import fields
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.cases import open_case
from expertise.work.journal import deeds
from expertise.work.moving import advance, history, open_ways
from expertise.work.naming import names_of
from expertise.work.registering import change
from expertise.work.seats import declare, give_seat

router = APIRouter(include_in_schema=False)
Sees = Annotated[AtCase, Depends(in_case("see_case"))]


@router.get("/cases/{case_id}")
def case_page(request: Request, at: Sees) -> Response:
    """One case."""
    return show_case(request, at)


@router.post("/cases/{case_id}")
async def requisites_form(request: Request, at: Annotated[AtCase, Depends(in_case("edit_requisites"))]) -> Response:
    """Title, deadline and requisites."""
    form = await form_of(request)
    given = {field.key: form[field.key] for field in fields() if field.key in form.words}

    def save(office: Office) -> None:
        change(
            office,
            at.actor,
            at.case_id,
            title=form["title"],
            deadline=day_of(form["deadline"], "deadline"),
            requisites=given,
        )

    return await doing(request, at, save, "saved")


@router.post("/cases/{case_id}/seats")
async def seats_form(request: Request, at: Annotated[AtCase, Depends(in_case("assign"))]) -> Response:
    """Give an expert a seat."""
    form = await form_of(request)

    def save(office: Office) -> None:
        give_seat(office, at.actor, at.case_id, seat_of(form["seat"]), form["person"])

    return await doing(request, at, save, "assigned")


@router.post("/cases/{case_id}/declaration")
async def declaration_form(request: Request, at: Annotated[AtCase, Depends(in_case("declare"))]) -> Response:
    """No conflict of interest."""
    return await doing(request, at, lambda office: declare(office, at.actor, at.case_id), "declared")


@router.post("/cases/{case_id}/moves")
async def moves_form(request: Request, at: Sees) -> Response:
    """Move the case; whether one may is decided by the move itself."""
    form = await form_of(request)

    def save(office: Office) -> None:
        name = form["transition"]
        with office.database.reading() as session:
            known = {way.name for way in open_ways(open_case(session, at.actor, at.case_id))}
        if name not in known:
            raise CaseError("expertise.no_way", state=_state(office, at), transition=name[:50])
        advance(office, at.actor, at.case_id, name, form["reason"])

    return await doing(request, at, save, "moved")


@router.get("/cases/{case_id}/history")
def history_page(request: Request, at: Annotated[AtCase, Depends(in_case("see_history"))]) -> Response:
    """What was done in the case: who, when and why."""
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_history")
        found = deeds(session, opened, history(session, opened))
        names = names_of(session, [deed.by for deed in found])
    return page(request, "history.html", case=opened.case, may=opened.may, deeds=found, names=names)


def _state(office: Office, at: AtCase) -> str:
    with office.database.reading() as session:
        return open_case(session, at.actor, at.case_id).case.state
