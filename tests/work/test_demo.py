"""The demonstration: accounts of all roles, a case to review, one begun, one with an issued conclusion."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from expertise.case.states import CaseError
from expertise.demo import making
from expertise.demo.making import BEGUN, demonstrate, drafts_there
from expertise.office import Office
from expertise.people import OPERATOR, Role
from expertise.policy import DeniedError
from expertise.store.adoption_tables import AdoptionDecisionRow
from expertise.store.case_tables import Case, ConclusionRow, DecisionRow, SeatRow
from expertise.store.cases import open_case
from expertise.store.dump import filled_tables
from expertise.store.people_tables import Person
from expertise.work.concluding import preview, still_empty
from expertise.work.journal import verify
from expertise.work.people import actor_of
from expertise.work.risking import Wanted, issued_risks
from nlp.pipeline import Examiner
from tests.conftest import REPOSITORY, fonts_installed
from tests.work.conftest import Hire

DRAFTS = REPOSITORY / "examples"


def test_everything_is_there_to_look_at(office: Office, examiner: Examiner) -> None:
    assert drafts_there(DRAFTS)
    shown = demonstrate(office, OPERATOR, examiner, DRAFTS, lambda login: f"hash of {login}")
    assert {role for roles in shown.people.values() for role in roles} == set(Role)
    with office.database.reading() as session:
        people = list(session.scalars(select(Person)))
        cases = {case.number: case for case in session.scalars(select(Case))}
        decisions = list(session.scalars(select(DecisionRow)))
        conclusions = list(session.scalars(select(ConclusionRow)))
        seats = list(session.scalars(select(SeatRow)))
        results = list(session.scalars(select(AdoptionDecisionRow)))
        coordinator = actor_of(next(each for each in people if Role.COORDINATOR.value in each.roles))
        asked_for = {
            number: still_empty(session, open_case(session, coordinator, case.id), True)
            for number, case in cases.items()
        }
    for number, case in cases.items():  # what the page of the case asks for is what the conclusion would leave open
        if case.state == "in_review":
            assert list(asked_for[number]) == preview(office, coordinator, case.id).content["empty"], number
    assert {(each.login, each.password_hash) for each in people} == {(n, f"hash of {n}") for n in shown.people}
    assert {each.language for each in people} == {"ru", "kk"}
    ready, issued, begun, closed = (cases[number] for number in shown.cases)
    assert (ready.state, begun.state) == ("in_review", "in_review") and begun.blind
    by_case = {case.number: [each for each in decisions if each.case_id == case.id] for case in cases.values()}
    assert by_case[ready.number] == [] and len(by_case[begun.number]) == 2 * BEGUN
    assert {each.verdict for each in by_case[issued.number]} == {"confirmed", "edited", "dismissed"}
    assert all(seat.declared_at for seat in seats)
    assert shown.concluded == fonts_installed()
    if shown.concluded:
        assert issued.state == "sent"
        assert set(conclusions[0].files) >= {"ru.docx", "ru.pdf", "kk.docx", "kk.pdf", "conclusion.json"}
        assert closed.state == "adopted" and {each.state for each in results} >= {"adopted", "not_adopted"}
        assert all(each.reason for each in results if each.state == "not_adopted")
        day = office.clock().date()
        with office.database.reading() as session:
            risks = issued_risks(session, office, coordinator, Wanted(day - timedelta(days=1), day + timedelta(days=1)))
        assert {each.body for each in risks} == {"Орган-разработчик (демо)"}, "one body, whatever a conclusion calls it"
    assert verify(office, OPERATOR).faults == ()


def only(monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """Make only the cases that go so far."""
    plan = making._plan()
    plan["cases"] = [case for case in plan["cases"] if case["go"] == stage]
    monkeypatch.setattr(making, "_plan", lambda: plan)


def test_without_fonts_the_review_is_finished_and_nothing_breaks(
    office: Office, examiner: Examiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_can_conclude", lambda: False)
    only(monkeypatch, "issued")
    shown = demonstrate(office, OPERATOR, examiner, DRAFTS, str)
    assert not shown.concluded
    with office.database.reading() as session:
        assert {case.state for case in session.scalars(select(Case))} == {"in_review"}


def test_a_service_in_use_is_left_alone(
    office: Office, examiner: Examiner, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, "none")
    hire("somebody", Role.EXPERT)
    with pytest.raises(CaseError, match="demo_not_empty"):
        demonstrate(office, OPERATOR, examiner, DRAFTS, str)
    with office.database.snapshot() as connection:
        assert filled_tables(connection) == ["people"]
    demonstrate(office, OPERATOR, examiner, DRAFTS, str, add=True)
    with pytest.raises(CaseError, match="login_taken"):
        demonstrate(office, OPERATOR, examiner, DRAFTS, str, add=True)


def test_only_administrators_and_only_with_drafts(
    office: Office, examiner: Examiner, hire: Hire, tmp_path: Path
) -> None:
    with pytest.raises(DeniedError):
        demonstrate(office, hire("coordinator", Role.COORDINATOR), examiner, DRAFTS, str)
    assert not drafts_there(tmp_path)
