"""Conclusions of two experts and an adjudicator: differences, blindness, seats taken up again."""

from __future__ import annotations

import pytest

from expertise.case.decisions import Said, Verdict
from expertise.office import Office
from expertise.people import Seat
from expertise.policy import DeniedError
from expertise.store.case_tables import Case
from expertise.store.cases import NotFoundError, open_case
from expertise.work.adjudicating import differences
from expertise.work.concluding import conclude, preview
from expertise.work.reviewing import add_finding, decide, finish
from expertise.work.seats import declare, give_seat, take_up_again
from tests.conftest import needs_fonts
from tests.work.concluding_scenes import NO, OWN, by_factor, decide_all, findings, refusal, reviewed_case
from tests.work.conftest import Staff

pytestmark = needs_fonts
_FIXTURES = (reviewed_case,)


@pytest.fixture
def differing(office: Office, staff: Staff, in_review: Case) -> Case:
    """The first confirms all; the blind second dismisses one, edits one severity and adds one; both have finished."""
    for seat, person in ((Seat.SECOND, staff.second), (Seat.ADJUDICATOR, staff.third)):
        give_seat(office, staff.coordinator, in_review.id, seat, person.id)
        declare(office, person, in_review.id)
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    ids = by_factor(office, staff.second, in_review, Seat.SECOND)
    decide(office, staff.second, in_review.id, ids["broad_discretion"], Verdict.DISMISSED, reason=NO)
    decide(office, staff.second, in_review.id, ids["excessive_requirement"], Verdict.EDITED, said=Said(severity="low"))
    add_finding(office, staff.second, in_review.id, OWN, "ru")
    decide_all(office, staff.second, in_review, Seat.SECOND)
    finish(office, staff.second, in_review.id)
    return in_review


def test_open_differences_are_refused_until_each_is_settled(office: Office, staff: Staff, differing: Case) -> None:
    assert refusal(lambda: conclude(office, staff.first, differing.id)) == "expertise.disagreements_open"
    with office.database.reading() as session:
        found = differences(session, office, open_case(session, staff.third, differing.id))
    by = {str(item.row.content["factor"]): item for item in found.items}
    assert set(by) == {"broad_discretion", "excessive_requirement", "no_appeal"} and found.open == 3
    assert by["no_appeal"].first is None and by["no_appeal"].second is not None
    for factor, verdict, said in (
        ("broad_discretion", Verdict.DISMISSED, Said()),
        ("excessive_requirement", Verdict.EDITED, Said(severity="low", risk="Риск по мнению арбитра.")),
        ("no_appeal", Verdict.CONFIRMED, Said()),
    ):
        reason = NO if verdict is Verdict.DISMISSED else ""
        decide(
            office,
            staff.third,
            differing.id,
            by[factor].row.id,
            verdict,
            seat=Seat.ADJUDICATOR,
            said=said,
            reason=reason,
        )
    row = conclude(office, staff.first, differing.id, ["ru"])
    factors = {each["factor"]: each for each in row.content["findings"]}
    assert "broad_discretion" not in factors
    assert factors["excessive_requirement"]["severity"] == "low"
    assert factors["excessive_requirement"]["risk"]["ru"]["text"] == "Риск по мнению арбитра."
    assert factors["no_appeal"]["reasoning"]["ru"]["text"] == OWN.explanation
    assert factors["no_appeal"]["reasoning"]["ru"]["by"] == "expert"
    assert factors["no_appeal"]["decisions"][0]["seat"] == "adjudicator"
    assert factors["permissive_power"]["decisions"][0]["seat"] == "first"
    assert [sat["seat"] for sat in row.content["experts"]] == ["first", "second", "adjudicator"]


def test_where_two_agree_nobody_need_adjudicate(office: Office, staff: Staff, in_review: Case) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    for person, seat in ((staff.first, Seat.FIRST), (staff.second, Seat.SECOND)):
        decide_all(office, person, in_review, seat)
        if seat is Seat.FIRST:
            finish(office, person, in_review.id)
            assert refusal(lambda: conclude(office, staff.first, in_review.id)) == "expertise.seat_unfinished"
    finish(office, staff.second, in_review.id)
    row = conclude(office, staff.first, in_review.id, ["kk"])
    assert set(row.files) >= {"kk.docx", "kk.pdf"} and "ru.pdf" not in row.files


def test_an_edit_that_repeats_the_machine_is_no_difference(office: Office, staff: Staff, in_review: Case) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    for each in findings(office, staff.second, in_review, Seat.SECOND):
        said = Said(factor=each.content["factor"], severity=each.content["severity"], risk="Своими словами.")
        decide(office, staff.second, in_review.id, each.row.id, Verdict.EDITED, said=said)
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    finish(office, staff.second, in_review.id)
    with office.database.reading() as session:
        found = differences(session, office, open_case(session, staff.coordinator, in_review.id))
    assert found.items == () and found.agreement[0].kappa in (None, 1) and found.agreement[0].unitising == 1


def test_decisions_are_shown_to_whom_the_policy_shows_them(office: Office, staff: Staff, differing: Case) -> None:
    with office.database.reading() as session:
        of = differences(session, office, open_case(session, staff.coordinator, differing.id))
        assert len(of.items) == 3 and not of.shown
        assert all(item.first is None and item.second is None for item in of.items)
        of = differences(session, office, open_case(session, staff.third, differing.id))
        assert of.shown and all(item.second is not None for item in of.items)
        for actor in (staff.first, staff.second, staff.developer, staff.observer):
            with pytest.raises(DeniedError):
                differences(session, office, open_case(session, actor, differing.id))


def test_nothing_is_compared_before_both_have_finished(office: Office, staff: Staff, in_review: Case) -> None:
    def compared() -> object:
        with office.database.reading() as session:
            return differences(session, office, open_case(session, staff.coordinator, in_review.id))

    assert refusal(compared) == "expertise.no_second_expert"
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    assert refusal(compared) == "expertise.experts_at_work"


def test_the_preview_does_not_tell_the_first_expert_what_the_second_decided(
    office: Office, staff: Staff, differing: Case
) -> None:
    drawn = preview(office, staff.first, differing.id)
    factors = {each["factor"]: each["severity"] for each in drawn.content["findings"]}
    mine = {str(each.content["factor"]): each for each in findings(office, staff.first, differing, Seat.FIRST)}
    assert "broad_discretion" in factors and "no_appeal" not in factors
    assert factors["excessive_requirement"] == mine["excessive_requirement"].content["severity"]
    assert [error.code for error in drawn.obstacles] == ["expertise.disagreements_open"]


def test_a_seat_is_taken_up_again(office: Office, staff: Staff, reviewed_case: Case) -> None:
    with pytest.raises(NotFoundError):
        take_up_again(office, staff.second, reviewed_case.id, Seat.FIRST)
    take_up_again(office, staff.first, reviewed_case.id, Seat.FIRST)
    assert (
        refusal(lambda: take_up_again(office, staff.first, reviewed_case.id, Seat.FIRST))
        == "expertise.seat_not_finished"
    )
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id)) == "expertise.seat_unfinished"
