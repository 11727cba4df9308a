"""Seats of a case: who is an expert in it, and their statements."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request

from api.accounts.gate import AtCase, in_case
from api.rest.models import Asked, Id, Moment, Told
from api.service import desk_of
from expertise.people import Seat
from expertise.store.cases import open_case
from expertise.work.seats import declare, give_seat, seen_seats

router = APIRouter(tags=["seats"])
Sees = Annotated[AtCase, Depends(in_case("see_case"))]
Assigns = Annotated[AtCase, Depends(in_case("assign"))]
Declares = Annotated[AtCase, Depends(in_case("declare"))]


class Person(Asked):
    """Whom to seat."""

    person_id: Id


class SeatTold(Told):
    """Who sits where, when the statement of no conflict of interest was made and the work finished."""

    seat: Seat
    person_id: str
    assigned_at: Moment
    declared_at: Moment | None
    finished_at: Moment | None


class Seats(Told):
    """Seats of the current round that one may see."""

    seats: list[SeatTold]


@router.get("/cases/{case_id}/seats")
def seats(request: Request, at: Sees) -> Seats:
    """All seats, or one's own where the others are not to be known (blind experts)."""
    return _told(request, at)


@router.put("/cases/{case_id}/seats/{seat}")
def seat(request: Request, at: Assigns, seat: Seat, body: Person) -> Seats:
    """Seat an expert."""
    give_seat(desk_of(request).office, at.actor, at.case_id, seat, body.person_id)
    return _told(request, at)


@router.post("/cases/{case_id}/declaration")
def declaration(request: Request, at: Declares) -> Seats:
    """Declare for one's own seats that there is no conflict of interest."""
    declare(desk_of(request).office, at.actor, at.case_id)
    return _told(request, at)


def _told(request: Request, at: AtCase) -> Seats:
    with desk_of(request).office.database.reading() as session:
        found = seen_seats(session, open_case(session, at.actor, at.case_id))
    return Seats(seats=[SeatTold.model_validate(row) for row in found])
