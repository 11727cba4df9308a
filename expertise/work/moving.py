"""The case moves: who may, from where, on what condition, and what is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.deadlines import after_workdays
from expertise.case.requisites import carried_on
from expertise.case.states import CaseError, State, Transition, move, transitions, ways
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.store.answer_tables import AnswerSheet
from expertise.store.case_tables import Case, ConclusionRow, Move
from expertise.store.cases import Opened, open_case
from expertise.work.adopting import require_all_decided
from expertise.work.hooks import notify
from expertise.work.issued import conclusion_of
from expertise.work.issuing import note_issued
from expertise.work.registering import CASE_KINDS, files_of, subject
from expertise.work.seats import seats_of

Condition = Callable[[Session, Office, Opened], None]


def advance(office: Office, actor: Actor, case_id: str, transition: str, reason: str = "") -> Case:
    """Move the case. Raises ``DeniedError``, ``CaseError`` when there is no such way or a condition does not hold."""
    if transition not in transitions():
        raise CaseError("expertise.unknown_transition")
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, f"to_{transition}", lock=True)
        apply(session, office, opened, transition, reason)
    return opened.case


def apply(session: Session, office: Office, opened: Opened, transition: str, reason: str = "") -> Transition:
    """The move itself, inside the transaction of whatever it belongs to."""
    case, now = opened.case, office.clock()
    way = move(State(case.state), transition, reason)
    condition = _CONDITIONS.get(transition)
    if condition is not None:
        condition(session, office, opened)
    before = _place(case)
    session.add(
        Move(
            case_id=case.id,
            round=case.round,
            transition=transition,
            source=case.state,
            target=way.target.value,
            reason=reason.strip(),
            by=opened.actor.id,
            at=now,
        )
    )
    case.state = way.target.value
    case.round += way.new_round
    case.changed_at = now
    session.flush()
    after = {**_place(case), "reason": reason.strip()}
    audit.write(session, opened.actor, now, f"to_{transition}", subject(case.id), before, after)
    notify(session, office, "case.moved", {"case": case.id, "transition": transition, **_place(case)})
    return way


def _place(case: Case) -> dict[str, object]:
    return {"state": case.state, "round": case.round}


def open_ways(opened: Opened) -> tuple[Transition, ...]:
    """Transitions this actor may make now (conditions are told when it is tried)."""
    return tuple(way for way in ways(State(opened.case.state)) if opened.may(f"to_{way.name}"))


def history(session: Session, opened: Opened) -> tuple[Move, ...]:
    """All moves of the case in order."""
    return tuple(session.scalars(select(Move).where(Move.case_id == opened.case.id).order_by(Move.id)))


def _has_expert(session: Session, office: Office, opened: Opened) -> None:
    seats = seats_of(session, opened.case)
    if Seat.FIRST not in seats:
        raise CaseError("expertise.no_expert")
    if not any(file.kind in ("text", "table") for file in files_of(session, opened)):
        raise CaseError("expertise.no_text")


def _has_declared(session: Session, office: Office, opened: Opened) -> None:
    seats = seats_of(session, opened.case)
    if Seat.FIRST not in seats or seats[Seat.FIRST].declared_at is None:
        raise CaseError("expertise.not_declared")


def _has_conclusion(session: Session, office: Office, opened: Opened) -> None:
    _conclusion(session, opened.case)


def _conclusion(session: Session, case: Case) -> ConclusionRow:
    rows = select(ConclusionRow).where(
        ConclusionRow.case_id == case.id, ConclusionRow.round == case.round, ConclusionRow.set_aside_at.is_(None)
    )
    found = session.scalars(rows.order_by(ConclusionRow.made_at.desc())).first()
    if found is None:
        raise CaseError("expertise.no_conclusion")
    return found


def _send(session: Session, office: Office, opened: Opened) -> None:
    """What the conclusion counts is frozen (indicators are of drafts only); the term of the answer begins."""
    if opened.case.kind == CASE_KINDS[0]:
        note_issued(session, office, opened.case, _conclusion(session, opened.case))
    opened.case.answer_due = after_workdays(office.clock().date(), office.settings.answer_workdays)
    opened.case.answer_reminded_at = None


def _has_answers(session: Session, office: Office, opened: Opened) -> None:
    case = opened.case
    rows = select(AnswerSheet.id).where(
        AnswerSheet.case_id == case.id, AnswerSheet.round == case.round, AnswerSheet.submitted_at.is_not(None)
    )
    if session.scalars(rows).first() is None:
        raise CaseError("expertise.answers_missing")


def _all_decided(session: Session, office: Office, opened: Opened) -> None:
    """What became of every recommendation was decided by a person."""
    require_all_decided(session, conclusion_of(session, opened))


def _begin_anew(session: Session, office: Office, opened: Opened) -> None:
    case = opened.case
    case.answer_due = None
    before, case.requisites = case.requisites, carried_on(case.requisites)
    if case.requisites != before:  # they stand in the earlier conclusion
        now = office.clock()
        audit.write(session, opened.actor, now, "edit_requisites", subject(case.id), before, case.requisites)


def _set_conclusion_aside(session: Session, office: Office, opened: Opened) -> None:
    """The case goes back into review: what was drawn up stays in the history and is no longer the conclusion.

    The first expert's seat is open again, so that decisions can be changed; the blind second one's stays as it is.
    """
    case = opened.case
    rows = select(ConclusionRow).where(
        ConclusionRow.case_id == case.id, ConclusionRow.round == case.round, ConclusionRow.set_aside_at.is_(None)
    )
    for row in session.scalars(rows):
        row.set_aside_at = office.clock()
    seats_of(session, case)[Seat.FIRST].finished_at = None


_CONDITIONS: Mapping[str, Condition] = {
    "assign": _has_expert,
    "start": _has_declared,
    "conclude": _has_conclusion,
    "approve": _has_conclusion,
    "send": _send,
    "answer": _has_answers,
    "adopt": _all_decided,
    "not_adopt": _all_decided,
    "repeat": _begin_anew,
    "send_back": _set_conclusion_aside,
    "reopen": _set_conclusion_aside,
}


def latest(session: Session, case: Case, transition: str) -> Move | None:
    """The last move of that name in this round."""
    rows = select(Move).where(Move.case_id == case.id, Move.round == case.round, Move.transition == transition)
    return session.scalars(rows.order_by(Move.id.desc())).first()
