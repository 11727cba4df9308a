"""Cases for an actor: nothing is found, listed or opened without one.

A case that the actor may not see does not exist for them: ``NotFoundError``, never «denied», so that nobody learns by
asking which cases there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from expertise.case.states import OPEN, State
from expertise.people import Actor, Role, Seat
from expertise.policy import Standing, permits, require, table
from expertise.store.case_tables import Case, SeatRow
from expertise.store.locks import Lock, hold
from nlp.errors import SaraptamaError


class NotFoundError(SaraptamaError):
    """There is no such thing, or none that this actor may see."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as one actor has it before them."""

    case: Case
    standing: Standing
    actor: Actor

    def may(self, action: str) -> bool:
        """Whether the actor may do the action in this case."""
        return permits(self.actor, action, self.standing)

    def seat(self) -> Seat | None:
        """The seat of the actor: adjudicator before the others, for whoever sits twice."""
        order = (Seat.ADJUDICATOR, Seat.SECOND, Seat.FIRST)
        held = self.standing.relations(self.actor)
        return next((seat for seat in order if seat.value in held), None)


def open_case(session: Session, actor: Actor, case_id: str, action: str = "see_case", *, lock: bool = False) -> Opened:
    """The case for an action. ``lock`` holds it until the transaction ends (PostgreSQL; SQLite has one writer).

    Raises ``NotFoundError`` when the actor may not see it, ``DeniedError`` when seeing is all that is permitted.
    """
    query = select(Case).where(Case.id == case_id)
    case = session.scalars(query.with_for_update() if lock else query).first()
    if case is None:
        raise NotFoundError("expertise.no_case")
    standing = standing_of(session, case)
    if not permits(actor, "see_case", standing):
        raise NotFoundError("expertise.no_case")
    require(actor, action, standing)
    return Opened(case, standing, actor)


def standing_of(session: Session, case: Case) -> Standing:
    """Who stands where in the current round of a case."""
    rows = session.scalars(select(SeatRow).where(SeatRow.case_id == case.id, SeatRow.round == case.round))
    return Standing(
        coordinator=case.coordinator_id,
        developer=case.developer_id or "",
        seats={Seat(row.seat): row.person_id for row in rows},
        state=State(case.state),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of cases is narrowed to."""

    words: str = ""
    states: tuple[State, ...] = ()
    late_on: date | None = None  # awaiting a conclusion or an answer that was due before this day
    mine: str = ""  # person who coordinates it or sits in it


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list: ``total`` is the length of the whole list that the actor may see."""

    cases: tuple[Case, ...]
    total: int
    offset: int


def list_cases(session: Session, actor: Actor, wanted: Wanted = Wanted(), offset: int = 0, limit: int = 50) -> Page:
    """Cases the actor may see, the last changed first. Raises ``DeniedError`` for who may list none at all."""
    require(actor, "list_cases")
    where = [visible_to(actor), *_narrowed(wanted)]
    query = select(Case).where(*where)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Case.changed_at.desc(), Case.id).offset(offset).limit(limit)
    return Page(tuple(session.scalars(ordered)), total, offset)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition of the policy's ``see_case`` in SQL; a test compares the two on every combination."""
    if not actor.id:
        return false()
    conditions: list[ColumnElement[bool]] = []
    for grant in table()["see_case"]:
        condition = _condition(actor, grant.relation, grant.role)
        if condition is None:
            continue
        states = [state.value for state in grant.states] if grant.states is not None else None
        conditions.append(condition if states is None else and_(condition, Case.state.in_(states)))
    return or_(false(), *conditions)


def _condition(actor: Actor, relation: str, role: Role | None) -> ColumnElement[bool] | None:
    if role is not None:
        return Case.id.is_not(None) if actor.has(role) else None
    if relation == "coordinator":
        mine = actor.has(Role.COORDINATOR) or actor.has(Role.CLIENT)
        return Case.coordinator_id == actor.id if mine else None
    if relation == "developer":
        return Case.developer_id == actor.id if actor.has(Role.DEVELOPER) else None
    if relation in set(Seat):
        return _sits(actor, [Seat(relation)]) if actor.has(Role.EXPERT) else None
    return None


def _sits(actor: Actor, seats: Iterable[Seat]) -> ColumnElement[bool]:
    return exists().where(
        SeatRow.case_id == Case.id,
        SeatRow.round == Case.round,
        SeatRow.seat.in_([seat.value for seat in seats]),
        SeatRow.person_id == actor.id,
    )


def _narrowed(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words.strip():
        like = f"%{_escaped(wanted.words.strip())}%"
        found.append(or_(Case.title.ilike(like, escape="\\"), Case.number.ilike(like, escape="\\")))
    if wanted.states:
        found.append(Case.state.in_([state.value for state in wanted.states]))
    if wanted.late_on is not None:
        late = and_(Case.deadline < wanted.late_on, Case.state.in_([state.value for state in OPEN]))
        found.append(or_(late, and_(Case.answer_due < wanted.late_on, Case.state == State.SENT.value)))
    if wanted.mine:
        person = Actor(wanted.mine, "")
        found.append(or_(Case.coordinator_id == wanted.mine, _sits(person, Seat)))
    return found


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def next_number(session: Session, at: datetime) -> str:
    """The next number of the year, «2026-0001»; held until the transaction ends, so that no two cases get one."""
    hold(session, Lock.CASE_NUMBERS)
    year = f"{at.year}-"
    last = (
        select(Case.number)
        .where(Case.number.startswith(year))
        .order_by(func.length(Case.number).desc(), Case.number.desc())
        .limit(1)
    )
    found = session.scalars(last).first()
    return f"{year}{int(found.removeprefix(year)) + 1 if found else 1:04d}"
