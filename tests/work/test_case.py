"""States, decisions, requisites and deadlines, without a store."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expertise.case.deadlines import after_workdays
from expertise.case.decisions import STANDS, Decision, Said, Verdict, check, current, disagreements, final
from expertise.case.requisites import checked, empty, fields
from expertise.case.states import CaseError, State, move, transitions, ways
from expertise.people import Seat

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SILENT = Said()


def decided(
    finding: str, verdict: Verdict, seat: Seat = Seat.FIRST, said: Said = SILENT, back: bool = False
) -> Decision:
    return Decision(finding, seat, verdict, said, "", "p", NOW, back)


def test_every_state_can_be_reached_and_left_but_the_ends() -> None:
    reached = {each.target for each in transitions().values()} | {State.REGISTERED}
    assert reached == set(State)
    assert {state for state in State if not ways(state)} == {State.ADOPTED, State.WITHDRAWN}


def test_a_way_that_is_none_and_a_reason_that_is_missing() -> None:
    with pytest.raises(CaseError) as caught:
        move(State.REGISTERED, "send")
    assert caught.value.code == "expertise.no_way"
    with pytest.raises(CaseError) as caught:
        move(State.CONCLUDED, "send_back", "  ")
    assert caught.value.code == "expertise.reason_missing"
    assert move(State.SENT, "repeat", "новая редакция").new_round


@pytest.mark.parametrize(
    ("verdict", "said", "reason", "code"),
    [
        (Verdict.DISMISSED, Said(), " ", "expertise.dismissal_without_reason"),
        (Verdict.EDITED, Said(), "", "expertise.edit_without_words"),
        (Verdict.CONFIRMED, Said(risk="иначе"), "", "expertise.words_without_edit"),
        (Verdict.ADDED, Said(factor="vague_wording", explanation="x"), "", "expertise.added_incomplete"),
        (Verdict.EDITED, Said(factor="no_such"), "", "expertise.unknown_factor"),
        (Verdict.EDITED, Said(severity="grave"), "", "expertise.unknown_severity"),
        (Verdict.EDITED, Said(places=(("ru", 5, 5),)), "", "expertise.place_empty"),
    ],
)
def test_what_a_decision_lacks(verdict: Verdict, said: Said, reason: str, code: str) -> None:
    with pytest.raises(CaseError) as caught:
        check(verdict, said, reason, ["vague_wording"])
    assert caught.value.code == code


def test_the_last_decision_counts_and_undo_uncovers_the_one_before() -> None:
    first, second = decided("a", Verdict.CONFIRMED), decided("a", Verdict.DISMISSED)
    assert current([first, second], Seat.FIRST) == {"a": second}
    back = decided("a", Verdict.DISMISSED, back=True)
    assert current([first, second, back], Seat.FIRST) == {"a": first}
    assert current([first, second, back, back], Seat.FIRST) == {}
    assert current([first, second, back, back, back, second], Seat.FIRST) == {"a": second}
    assert current([first], Seat.SECOND) == {}


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(Verdict), st.booleans()), max_size=12))
def test_undo_of_everything_leaves_nothing(steps: list[tuple[str, Verdict, bool]]) -> None:
    made = [decided(finding, verdict, back=back) for finding, verdict, back in steps]
    undo = [decided(finding, Verdict.CONFIRMED, back=True) for finding, _, _ in steps]
    assert current([*made, *undo], Seat.FIRST) == {}


def test_what_differs_between_two_seats() -> None:
    first = {
        "both": decided("both", Verdict.CONFIRMED),
        "words": decided("words", Verdict.EDITED, said=Said(risk="иначе")),
        "factor": decided("factor", Verdict.EDITED, said=Said(factor="vague_wording")),
        "mine": decided("mine", Verdict.ADDED),
        "none": decided("none", Verdict.DISMISSED),
    }
    second = {
        "both": decided("both", Verdict.CONFIRMED, Seat.SECOND),
        "words": decided("words", Verdict.CONFIRMED, Seat.SECOND),
        "factor": decided("factor", Verdict.CONFIRMED, Seat.SECOND),
        "none": decided("none", Verdict.DISMISSED, Seat.SECOND),
        "theirs": decided("theirs", Verdict.ADDED, Seat.SECOND),
    }
    assert [pair.finding for pair in disagreements(first, second)] == ["factor", "mine", "theirs"]
    adjudged = {"theirs": decided("theirs", Verdict.CONFIRMED, Seat.ADJUDICATOR)}
    assert set(final(first, second, adjudged)) == {"both", "words", "none", "theirs"}
    assert set(final(first, None, {})) == set(first)


def test_an_adjudication_wins_over_the_first_expert() -> None:
    first, second = {"a": decided("a", Verdict.CONFIRMED)}, {"a": decided("a", Verdict.DISMISSED, Seat.SECOND)}
    adjudged = {"a": decided("a", Verdict.DISMISSED, Seat.ADJUDICATOR)}
    assert final(first, second, {}) == {}
    assert final(first, second, adjudged)["a"].verdict not in STANDS


def test_requisites_are_checked_and_what_is_empty_is_listed() -> None:
    assert checked({"number": "  12-3 ", "date": "2026-03-02"}) == {"number": "12-3", "date": "2026-03-02"}
    left = empty({"number": "12-3", "letter_number": "  "})
    assert "number" not in left and "letter_number" in left and "addressee" not in left
    for bad, code in (
        ({"colour": "red"}, "expertise.unknown_requisite"),
        ({"date": "2 марта"}, "expertise.requisite_date"),
        ({"sphere": "космос"}, "expertise.requisite_choice"),
        ({"subject": "x" * 20_001}, "expertise.requisite_too_long"),
    ):
        with pytest.raises(CaseError) as caught:
            checked(bad)
        assert caught.value.code == code
    assert len({field.key for field in fields()}) == len(fields())


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2)),  # a Monday
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # a Friday
        (date(2026, 3, 7), 0, date(2026, 3, 9)),  # a Saturday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 2), 10, date(2026, 3, 16)),
    ],
)
def test_deadlines_pass_over_the_weekend(start: date, days: int, end: date) -> None:
    assert after_workdays(start, days) == end
