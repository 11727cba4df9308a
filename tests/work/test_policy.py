"""Who may do what: the table itself, and lists that follow it."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select

from expertise.case.states import State, transitions
from expertise.office import Office
from expertise.people import ANONYMOUS, MACHINE, Actor, Role, Seat
from expertise.policy import DeniedError, Standing, permits, require, table
from expertise.store.case_tables import Case, SeatRow
from expertise.store.cases import NotFoundError, Wanted, list_cases, open_case, standing_of, visible_to
from expertise.work.registering import register
from tests.work.conftest import Hire, Staff

STATES = list(State)


def test_every_transition_has_a_row() -> None:
    assert {f"to_{name}" for name in transitions()} <= set(table())


@pytest.mark.parametrize("action", sorted(table()))
def test_nobody_may_do_anything_without_signing_in(action: str) -> None:
    everything = Standing("", "", {Seat.FIRST: "", Seat.SECOND: "", Seat.ADJUDICATOR: ""})
    for state in STATES:
        standing = Standing(everything.coordinator, everything.developer, everything.seats, state)
        assert not permits(ANONYMOUS, action, standing)
    assert not permits(ANONYMOUS, action)


@pytest.mark.parametrize("action", sorted(table()))
def test_a_person_without_roles_may_do_nothing_even_where_they_stand(action: str) -> None:
    person = Actor("p", "P", frozenset())
    for state in STATES:
        assert not permits(person, action, Standing("p", "p", dict.fromkeys(Seat, "p"), state))


def test_the_machine_does_its_own_work_only() -> None:
    may = {action for action in table() if any(permits(MACHINE, action, Standing(state=state)) for state in STATES)}
    assert may == {"see_case", "see_text", "see_findings", "keep_examination", "remind", "publish"}


def test_an_unknown_action_is_an_error_and_no_denial() -> None:
    with pytest.raises(KeyError):
        permits(Actor("a", "A", frozenset(Role)), "see_cases")


def test_an_expert_sees_nothing_of_a_case_of_others() -> None:
    expert = Actor("e", "E", frozenset({Role.EXPERT}))
    standing = Standing("c", "d", {Seat.FIRST: "x"}, State.IN_REVIEW)
    about_cases = {action for action in table() if action.startswith("see_")} - {"see_own_account", "see_help"}
    assert not any(permits(expert, action, standing) for action in about_cases)


@pytest.mark.parametrize(
    "state", [s for s in STATES if s not in (State.SENT, State.ANSWERED, State.ADOPTED, State.NOT_ADOPTED)]
)
def test_a_blind_second_never_sees_the_first_whatever_else_they_are(state: State) -> None:
    second = Actor("s", "S", frozenset(Role))
    standing = Standing("s", "s", {Seat.FIRST: "f", Seat.SECOND: "s"}, state)
    for action in ("see_first", "see_final", "see_draft_conclusion", "see_history"):
        assert not permits(second, action, standing)


def test_the_first_never_sees_the_second() -> None:
    first = Actor("f", "F", frozenset({Role.EXPERT}))
    for state in STATES:
        assert not permits(first, "see_second", Standing("c", "d", {Seat.FIRST: "f", Seat.SECOND: "s"}, state))


def test_a_developer_sees_the_conclusion_when_it_is_sent_and_no_findings_before() -> None:
    developer = Actor("d", "D", frozenset({Role.DEVELOPER}))
    for state in STATES:
        standing = Standing("c", "d", {Seat.FIRST: "f"}, state)
        issued = state in (State.SENT, State.ANSWERED, State.ADOPTED, State.NOT_ADOPTED)
        assert permits(developer, "see_conclusion", standing) == issued
        assert not permits(developer, "see_findings", standing)
        assert permits(developer, "see_case", standing)


def test_a_lost_role_takes_the_seat_away() -> None:
    standing = Standing("c", "d", {Seat.FIRST: "f"}, State.IN_REVIEW)
    assert permits(Actor("f", "F", frozenset({Role.EXPERT})), "decide_first", standing)
    with pytest.raises(DeniedError):
        require(Actor("f", "F", frozenset({Role.OBSERVER})), "decide_first", standing)


def test_lists_show_what_the_table_permits(office: Office, staff: Staff, hire: Hire) -> None:
    """Every state × every way to stand to a case: the SQL of lists and the table agree for everybody."""
    other = hire("other", Role.COORDINATOR, Role.EXPERT, Role.DEVELOPER)
    people = [*staff.everybody(), other, hire("all", *Role), hire("client", Role.CLIENT), hire("none")]
    with office.database.transaction() as session:
        for n, (state, seats) in enumerate(itertools.product(STATES, ((), (Seat.FIRST,), (Seat.FIRST, Seat.SECOND)))):
            case = Case(
                number=f"2026-{n:04d}", title="т", state=state.value, coordinator_id=staff.coordinator.id,
                developer_id=staff.developer.id if n % 2 else None, requisites={}, created_at=office.clock(),
                changed_at=office.clock(), round=1 + n % 2,
            )  # fmt: skip
            session.add(case)
            session.flush()
            for seat in seats:
                person = staff.first if seat is Seat.FIRST else staff.second
                session.add(SeatRow(case_id=case.id, round=1, seat=seat.value, person_id=person.id, assigned_by="",
                                    assigned_at=office.clock()))  # fmt: skip
    with office.database.reading() as session:
        cases = list(session.scalars(select(Case)))
        for person in people:
            listed = set(session.scalars(select(Case.id).where(visible_to(person))))
            assert listed == {case.id for case in cases if permits(person, "see_case", standing_of(session, case))}
        assert list(session.scalars(select(Case.id).where(visible_to(ANONYMOUS)))) == []


def test_a_case_one_may_not_see_does_not_exist(office: Office, staff: Staff, case: Case) -> None:
    with office.database.reading() as session:
        for actor in (staff.first, staff.administrator, ANONYMOUS):
            with pytest.raises(NotFoundError):
                open_case(session, actor, case.id)
        with pytest.raises(NotFoundError):
            open_case(session, staff.coordinator, "0" * 32)
        with pytest.raises(DeniedError):
            open_case(session, staff.developer, case.id, "assign")


def test_lists_are_narrowed_and_paged(office: Office, staff: Staff, case: Case) -> None:
    for n in range(5):
        register(office, staff.coordinator, f"Приказ № {n} о 100%_ном чём-то")
    with office.database.reading() as session:
        page = list_cases(session, staff.coordinator, Wanted(words="100%_"), offset=3, limit=10)
        assert (page.total, len(page.cases)) == (5, 2)
        assert list_cases(session, staff.coordinator, Wanted(words="_"), limit=1).total == 5
        assert list_cases(session, staff.coordinator, Wanted(states=(State.SENT,))).total == 0
        assert list_cases(session, staff.first).total == 0
        with pytest.raises(DeniedError):
            list_cases(session, staff.administrator)
