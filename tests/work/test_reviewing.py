"""The review: decisions, undo, findings by hand, blindness, finishing; decisions survive another analysis."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from expertise.case.decisions import Said, Verdict
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry
from expertise.store.case_tables import Case, DecisionRow
from expertise.store.cases import NotFoundError, open_case
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.registering import keep_file, take_out_file
from expertise.work.reviewing import Reviewed, add_finding, decide, finish, read_chapter, reviewed, take_back, twins
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.work.conftest import DRAFT, Clock, Staff
from tests.work.test_concluding_texts import KK

OWN = Said(
    factor="no_appeal",
    severity="medium",
    explanation="Порядок обжалования не указан.",
    risk="Решение не проверить.",
    recommendation="Дополнить пункт 3.",
    wording={"ru": "Решение может быть обжаловано."},
    places=(("ru", 0, 5),),
)


def findings(office: Office, actor: Actor, case: Case, seat: Seat) -> tuple[Reviewed, ...]:
    with office.database.reading() as session:
        return reviewed(session, open_case(session, actor, case.id), seat)


def test_a_decision_and_its_undo(office: Office, staff: Staff, in_review: Case) -> None:
    first = findings(office, staff.first, in_review, Seat.FIRST)[0].row.id
    decide(office, staff.first, in_review.id, first, Verdict.CONFIRMED)
    decide(office, staff.first, in_review.id, first, Verdict.DISMISSED, reason="определено в статье 1")
    decision = findings(office, staff.first, in_review, Seat.FIRST)[0].decision
    assert decision is not None and (decision.verdict, decision.reason) == (Verdict.DISMISSED, "определено в статье 1")
    take_back(office, staff.first, in_review.id, first)
    decision = findings(office, staff.first, in_review, Seat.FIRST)[0].decision
    assert decision is not None and decision.verdict is Verdict.CONFIRMED
    take_back(office, staff.first, in_review.id, first)
    with pytest.raises(CaseError):
        take_back(office, staff.first, in_review.id, first)
    with office.database.reading() as session:
        assert len(list(session.scalars(select(DecisionRow)))) == 4  # nothing is ever taken away


@pytest.fixture
def in_two(office: Office, staff: Staff, in_review: Case, examiner: Examiner, clock: Clock) -> Case:
    """The case with its Kazakh text, in which the same words are wrong."""
    clock.on(minutes=1)
    keep_file(office, staff.coordinator, in_review.id, "text", "draft-kk.txt", [KK.encode()])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, in_review.id).id) == "done"
    return in_review


def _pair(office: Office, actor: Actor, case: Case) -> tuple[str, str]:
    """A finding of the Russian text and its twin of the Kazakh one."""
    found = findings(office, actor, case, Seat.FIRST)
    linked = twins([each.row for each in found])
    one = next(each.row for each in found if each.row.id in linked and each.content["text_language"] == "ru")
    assert linked[linked[one.id]] == one.id
    return one.id, linked[one.id]


def _verdicts(office: Office, actor: Actor, case: Case) -> dict[str, Verdict | None]:
    found = findings(office, actor, case, Seat.FIRST)
    return {each.row.id: each.decision.verdict if each.decision else None for each in found}


@pytest.mark.parametrize("verdict", [Verdict.CONFIRMED, Verdict.DISMISSED])
def test_one_decision_holds_for_both_texts(office: Office, staff: Staff, in_two: Case, verdict: Verdict) -> None:
    one, other = _pair(office, staff.first, in_two)
    reason = "нет" if verdict is Verdict.DISMISSED else ""
    decide(office, staff.first, in_two.id, one, verdict, reason=reason, in_both=True)
    made = _verdicts(office, staff.first, in_two)
    assert {each for each, found in made.items() if found is verdict} == {one, other}
    with office.database.reading() as session:
        told = list(session.scalars(select(Entry).where(Entry.action == "decide")))
    assert len(told) == 2  # the audit names both
    take_back(office, staff.first, in_two.id, other)
    made = _verdicts(office, staff.first, in_two)
    assert (made[one], made[other]) == (verdict, None)


def test_the_other_text_keeps_a_decision_it_has_and_gets_no_words(office: Office, staff: Staff, in_two: Case) -> None:
    one, other = _pair(office, staff.first, in_two)
    decide(office, staff.first, in_two.id, one, Verdict.CONFIRMED)
    assert _verdicts(office, staff.first, in_two)[other] is None  # nobody asked for both
    edited = Said(explanation="Основания не названы.")
    decide(office, staff.first, in_two.id, one, Verdict.EDITED, said=edited, in_both=True)
    assert _verdicts(office, staff.first, in_two)[other] is None
    decide(office, staff.first, in_two.id, other, Verdict.DISMISSED, reason="нет")
    decide(office, staff.first, in_two.id, one, Verdict.CONFIRMED, in_both=True)
    assert _verdicts(office, staff.first, in_two)[other] is Verdict.DISMISSED


def test_a_finding_without_a_twin_is_decided_alone(office: Office, staff: Staff, in_review: Case) -> None:
    first = findings(office, staff.first, in_review, Seat.FIRST)[0].row.id
    decide(office, staff.first, in_review.id, first, Verdict.CONFIRMED, in_both=True)
    assert [each for each, found in _verdicts(office, staff.first, in_review).items() if found] == [first]


def test_a_finding_by_hand(office: Office, staff: Staff, in_review: Case) -> None:
    own = add_finding(office, staff.first, in_review.id, OWN, "ru")
    last = findings(office, staff.first, in_review, Seat.FIRST)[-1]
    assert last.row.id == own and last.decision is not None and last.decision.said == OWN
    with pytest.raises(CaseError):
        add_finding(office, staff.first, in_review.id, Said(factor="no_appeal", explanation="x"), "ru")
    with pytest.raises(NotFoundError):
        decide(office, staff.first, in_review.id, "no-such", Verdict.CONFIRMED)


def test_words_are_bounded(office: Office, staff: Staff, in_review: Case) -> None:
    first = findings(office, staff.first, in_review, Seat.FIRST)[0].row.id
    with pytest.raises(CaseError) as caught:
        decide(office, staff.first, in_review.id, first, Verdict.DISMISSED, reason="x" * 20_001)
    assert caught.value.code == "expertise.words_too_long"


def test_decisions_survive_another_analysis(office: Office, staff: Staff, in_review: Case, examiner: Examiner) -> None:
    before = findings(office, staff.first, in_review, Seat.FIRST)
    for each in before:
        decide(office, staff.first, in_review.id, each.row.id, Verdict.DISMISSED, reason="нет")
    with office.database.reading() as session:
        from expertise.work.registering import files_of

        (old,) = files_of(session, open_case(session, staff.coordinator, in_review.id))
    take_out_file(office, staff.coordinator, in_review.id, old.id)
    changed = DRAFT.replace("2. Заявитель", "2. Перечень утверждается приказом.\n3. Заявитель").replace(
        "3. Решение принимается в разумный срок.", "4. Решение принимается за пять рабочих дней."
    )
    keep_file(office, staff.coordinator, in_review.id, "text", "second.txt", [changed.encode()])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, in_review.id).id) == "done"
    after = {each.row.id: each for each in findings(office, staff.first, in_review, Seat.FIRST)}
    kept = [each.row.id for each in before if each.row.id in after and not after[each.row.id].gone]
    gone = [each.row.id for each in before if after[each.row.id].gone]
    assert kept and gone, "the number of a point is no identity; the mended norm is no longer found"
    assert all(after[finding].decision is not None for finding in (*kept, *gone))


def test_blind_experts_do_not_see_each_other(office: Office, staff: Staff, in_review: Case) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    first = findings(office, staff.first, in_review, Seat.FIRST)[0].row.id
    decide(office, staff.first, in_review.id, first, Verdict.CONFIRMED)
    own = add_finding(office, staff.first, in_review.id, OWN, "ru")
    declare(office, staff.second, in_review.id)
    theirs = findings(office, staff.second, in_review, Seat.SECOND)
    assert own not in {each.row.id for each in theirs}
    assert all(each.decision is None for each in theirs)
    for seat in (Seat.FIRST, Seat.ADJUDICATOR):
        with pytest.raises(DeniedError):
            findings(office, staff.second, in_review, seat)
    with pytest.raises(NotFoundError):
        decide(office, staff.second, in_review.id, own, Verdict.CONFIRMED)
    with pytest.raises(DeniedError):
        findings(office, staff.first, in_review, Seat.SECOND)
    with pytest.raises(CaseError):
        decide(office, staff.second, in_review.id, first, Verdict.CONFIRMED, seat=Seat.FIRST)


def test_finishing_asks_for_a_decision_on_everything(office: Office, staff: Staff, in_review: Case) -> None:
    with pytest.raises(CaseError) as caught:
        finish(office, staff.first, in_review.id)
    assert caught.value.code == "expertise.findings_open"
    for each in findings(office, staff.first, in_review, Seat.FIRST):
        decide(office, staff.first, in_review.id, each.row.id, Verdict.CONFIRMED)
    finish(office, staff.first, in_review.id)
    with pytest.raises(CaseError) as caught:
        decide(office, staff.first, in_review.id, each.row.id, Verdict.CONFIRMED)
    assert caught.value.code == "expertise.seat_finished"


def test_nothing_is_decided_before_the_statement(office: Office, staff: Staff, in_review: Case) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    finding = findings(office, staff.second, in_review, Seat.SECOND)[0].row.id
    with pytest.raises(CaseError) as caught:
        decide(office, staff.second, in_review.id, finding, Verdict.CONFIRMED)
    assert caught.value.code == "expertise.not_declared"


def test_chapters_are_read_and_answers_replaced(office: Office, staff: Staff, in_review: Case) -> None:
    from expertise.work.reviewing import chapters_read

    read_chapter(office, staff.first, in_review.id, "chapter:1")
    read_chapter(office, staff.first, in_review.id, "question:1", "да")
    read_chapter(office, staff.first, in_review.id, "question:1", "нет")
    with office.database.reading() as session:
        case = open_case(session, staff.first, in_review.id).case
        assert chapters_read(session, case, Seat.FIRST) == {"chapter:1": "", "question:1": "нет"}


def test_what_the_machine_asks_is_looked_up_by_each_seat(office: Office, staff: Staff, in_review: Case) -> None:
    from expertise.work.analysing import latest_examination
    from expertise.work.reviewing import questions_asked

    mark = {"address": "para_1", "citation": "пункт 1", "start": 0, "end": 5, "quote": "орган"}
    told = {
        "language": "ru",
        "detector": "powers",
        "element": "power",
        "mark": mark,
        "text": {"ru": "срок?", "kk": "?"},
    }
    with office.database.transaction() as session:
        row = latest_examination(session, open_case(session, staff.first, in_review.id))
        assert row is not None
        row.summary = {**row.summary, "questions": [told]}
    with office.database.reading() as session:
        (asked,) = questions_asked(session, open_case(session, staff.first, in_review.id), Seat.FIRST)
    assert not asked.checked
    read_chapter(office, staff.first, in_review.id, asked.key, "пять дней, пункт 4 Правил")
    with office.database.reading() as session:
        opened = open_case(session, staff.first, in_review.id)
        (asked,) = questions_asked(session, opened, Seat.FIRST)
        (other,) = questions_asked(session, opened, Seat.SECOND)
    assert (asked.checked, asked.answer) == (True, "пять дней, пункт 4 Правил")
    assert (other.checked, other.answer) == (False, "")


def test_others_decide_nothing(office: Office, staff: Staff, in_review: Case) -> None:
    finding = findings(office, staff.first, in_review, Seat.FIRST)[0].row.id
    for actor in (staff.coordinator, staff.developer, staff.observer):
        with pytest.raises(CaseError):
            decide(office, actor, in_review.id, finding, Verdict.CONFIRMED)
    for actor in (staff.second, staff.administrator, staff.approver):
        with pytest.raises(NotFoundError):
            decide(office, actor, in_review.id, finding, Verdict.CONFIRMED)


@pytest.mark.parametrize(
    ("person", "seat", "code"),
    [
        ("first", Seat.SECOND, "expertise.both_seats"),
        ("developer", Seat.SECOND, "expertise.no_such_expert"),
        ("first", Seat.FIRST, "expertise.seat_held"),
    ],
)
def test_who_may_not_be_seated(
    office: Office, staff: Staff, in_review: Case, person: str, seat: Seat, code: str
) -> None:
    with pytest.raises(CaseError) as caught:
        give_seat(office, staff.coordinator, in_review.id, seat, getattr(staff, person).id)
    assert caught.value.code == code


def test_a_seat_that_has_decided_is_not_given_away(office: Office, staff: Staff, in_review: Case) -> None:
    finding = findings(office, staff.first, in_review, Seat.FIRST)[0].row.id
    decide(office, staff.first, in_review.id, finding, Verdict.CONFIRMED)
    with pytest.raises(CaseError) as caught:
        give_seat(office, staff.coordinator, in_review.id, Seat.FIRST, staff.third.id)
    assert caught.value.code == "expertise.seat_has_decided"


def test_every_step_is_in_the_audit(office: Office, staff: Staff, in_review: Case) -> None:
    finding = findings(office, staff.first, in_review, Seat.FIRST)[0].row.id
    decide(office, staff.first, in_review.id, finding, Verdict.CONFIRMED)
    take_back(office, staff.first, in_review.id, finding)
    advance(office, staff.coordinator, in_review.id, "withdraw", "письмо разработчика")
    with office.database.reading() as session:
        actions = [entry.action for entry in session.scalars(select(Entry).order_by(Entry.id))]
    assert actions == [
        "register", "upload", "assign", "to_assign", "analyse", "examined", "declare", "to_start", "decide",
        "take_back", "to_withdraw",
    ]  # fmt: skip
