"""Experts are given seats in a case; each declares that there is no conflict of interest before reading."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError, State
from expertise.office import Office
from expertise.people import Actor, Role, Seat
from expertise.policy import require
from expertise.store.case_tables import Case, DecisionRow, SeatRow
from expertise.store.cases import Opened, open_case
from expertise.store.people_tables import Person
from expertise.work.registering import subject


def seats_of(session: Session, case: Case) -> Mapping[Seat, SeatRow]:
    """Seats of the current round."""
    rows = select(SeatRow).where(SeatRow.case_id == case.id, SeatRow.round == case.round)
    return {Seat(row.seat): row for row in session.scalars(rows)}


def seen_seats(session: Session, opened: Opened) -> tuple[SeatRow, ...]:
    """Seats the actor may know of: all of them with ``see_seats``, else their own."""
    rows = seats_of(session, opened.case)
    known = [seat for seat in Seat if seat in rows]
    mine = opened.standing.relations(opened.actor)
    return tuple(rows[seat] for seat in known if opened.may("see_seats") or seat.value in mine)


def give_seat(office: Office, actor: Actor, case_id: str, seat: Seat, person_id: str) -> None:
    """Seat an expert. A second expert makes the expertise blind.

    Raises ``CaseError``: the person is no open expert account, sits there already, sits in the other blind seat, is the
    draft's developer or the case's coordinator, or the seat has decided already.
    """
    now = office.clock()
    with office.database.transaction() as session:
        case = open_case(session, actor, case_id, "assign", lock=True).case
        _check_person(session, case, seat, person_id)
        held = seats_of(session, case)
        before = held[seat].person_id if seat in held else None
        if before == person_id:
            raise CaseError("expertise.seat_held")
        if seat in held:
            _check_unused(session, case, seat)
            session.delete(held[seat])
            session.flush()
        session.add(
            SeatRow(
                case_id=case.id, round=case.round, seat=seat.value, person_id=person_id, assigned_by=actor.id,
                assigned_at=now, declared_at=None, finished_at=None,
            )
        )  # fmt: skip
        case.blind = case.blind or seat is Seat.SECOND
        case.changed_at = now
        session.flush()
        said = {"seat": seat.value, "person": before}, {"seat": seat.value, "person": person_id}
        audit.write(session, actor, now, "assign", subject(case.id), *said)


def declare(office: Office, actor: Actor, case_id: str) -> None:
    """The actor declares for every seat they hold that there is no conflict of interest."""
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "declare", lock=True)
        for row in seats_of(session, opened.case).values():
            if row.person_id == actor.id and row.declared_at is None:
                row.declared_at = now
                audit.write(session, actor, now, "declare", subject(case_id), None, {"seat": row.seat})


def take_up_again(office: Office, actor: Actor, case_id: str, seat: Seat) -> None:
    """A seat that has finished goes on: another analysis found more, or a decision must be changed.

    Raises ``CaseError`` when the actor does not hold the seat or it has not finished.
    """
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, lock=True)
        require(actor, "finish_second" if seat is Seat.SECOND else "finish_first", opened.standing)
        row = seats_of(session, opened.case).get(seat)
        if row is None or row.person_id != actor.id or row.finished_at is None:
            raise CaseError("expertise.seat_not_finished")
        row.finished_at = None
        audit.write(session, actor, now, "take_up_again", subject(case_id), None, {"seat": seat.value})


def seat_at_work(session: Session, actor: Actor, case: Case, seat: Seat) -> SeatRow:
    """The actor's seat, declared and not finished; raises ``CaseError`` otherwise."""
    row = seats_of(session, case).get(seat)
    if row is None or row.person_id != actor.id or row.declared_at is None:
        raise CaseError("expertise.not_declared")
    if row.finished_at is not None:
        raise CaseError("expertise.seat_finished")
    return row


def _check_person(session: Session, case: Case, seat: Seat, person_id: str) -> None:
    person = session.get(Person, person_id)
    if person is None or person.closed or Role.EXPERT.value not in person.roles:
        raise CaseError("expertise.no_such_expert")
    if person_id in (case.developer_id, case.coordinator_id) and seat is not Seat.ADJUDICATOR:
        raise CaseError("expertise.expert_is_party")
    if person_id == case.developer_id:
        raise CaseError("expertise.expert_is_party")
    others = {row.person_id for held, row in seats_of(session, case).items() if held is not seat}
    if person_id in others:
        raise CaseError("expertise.both_seats")


def _check_unused(session: Session, case: Case, seat: Seat) -> None:
    rows = select(DecisionRow.id).where(
        DecisionRow.case_id == case.id, DecisionRow.round == case.round, DecisionRow.seat == seat.value
    )
    if case.state != State.REGISTERED.value and session.scalars(rows).first() is not None:
        raise CaseError("expertise.seat_has_decided")
