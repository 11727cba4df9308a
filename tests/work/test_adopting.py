"""Adoption in a case: later texts are compared by the worker, people decide, and nothing overwrites a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from expertise.case.adoption import Adoption, Proposed, Verdict, checked, joined
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.adoption_tables import AdoptionRun
from expertise.store.case_tables import Case, FindingRow
from expertise.store.cases import NotFoundError, open_case
from expertise.work.adopting import decide_adoption, take_back_adoption
from expertise.work.adoption_views import adoption_view
from expertise.work.analysing import latest_examination
from expertise.work.later_texts import bring, brought, compare_again, withdraw_text
from expertise.work.moving import advance
from nlp.adoption import State as Found
from nlp.pipeline import Examiner
from tests.conftest import needs_fonts
from tests.work.adoption_scenes import ADOPTED_KAZAKH, SAME, bring_act, seen, work
from tests.work.answer_scenes import conclude_and_send
from tests.work.conftest import DRAFT, Clock, Staff

pytestmark = needs_fonts
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # no SQL of its own


@pytest.fixture
def sent(office: Office, staff: Staff, in_review: Case) -> Case:
    conclude_and_send(office, staff, in_review)
    return in_review


def test_the_whole_way(office: Office, staff: Staff, sent: Case, examiner: Examiner, clock: Clock) -> None:
    with office.database.reading() as session:
        found = session.scalar(select(func.count()).select_from(FindingRow))
        before = latest_examination(session, open_case(session, staff.first, sent.id))
    act = bring_act(office, staff, sent)
    assert work(office, examiner) == ["done"]
    clock.on(minutes=1)
    told = seen(office, staff, sent)
    assert {each.proposed for each in told.values()} >= {"adopted", "not_adopted"}
    with office.database.reading() as session:
        opened = open_case(session, staff.coordinator, sent.id)
        (text,) = brought(session, opened)
        assert text.run is not None and text.row.id == act.id and text.files[0].status == "read"
        assert session.scalar(select(func.count()).select_from(FindingRow)) == found
        last = latest_examination(session, opened)
        assert before is not None and last is not None and last.id == before.id
    with pytest.raises(CaseError) as caught:
        advance(office, staff.coordinator, sent.id, "adopt")
    assert caught.value.code == "expertise.adoption_incomplete"
    for number, each in told.items():
        decide_adoption(office, staff.coordinator, sent.id, number, Verdict(each.proposed, "да"))
    compare_again(office, staff.coordinator, sent.id, act.id)
    assert work(office, examiner) == ["done"]
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AdoptionRun)) == 1
    one = next(iter(told))
    decide_adoption(office, staff.coordinator, sent.id, one, SAME)
    take_back_adoption(office, staff.coordinator, sent.id, one)
    assert seen(office, staff, sent)[one].state == told[one].proposed
    assert advance(office, staff.coordinator, sent.id, "adopt").state == "adopted"


@ONE
def test_what_cannot_be_read_is_kept_with_the_reason(
    office: Office, staff: Staff, sent: Case, examiner: Examiner
) -> None:
    """An unreadable file, a text in the other language, a letter that is no act; then the right one, and a limit."""
    kept = office.files.put(b"%PDF-1.7 broken")
    bad = bring(office, staff.coordinator, sent.id, "adopted", [("act.pdf", kept)])
    other = bring_act(office, staff, sent, "\n".join(ADOPTED_KAZAKH))
    letter = bring_act(office, staff, sent, "Добрый день! Просим сообщить, когда будет готово заключение.")
    assert work(office, examiner) == ["failed"] * 3
    with office.database.reading() as session:
        told = {each.row.id: each for each in brought(session, open_case(session, staff.first, sent.id))}
    assert told[bad.id].files[0].status == "failed" and told[bad.id].files[0].reason is not None
    codes = {key: (each.analysis.reason or {})["code"] for key, each in told.items() if each.analysis}
    assert codes[other.id] == "versions.no_common_text" and codes[letter.id] == "examine.not_an_act"
    assert all(not each.proposed for each in seen(office, staff, sent).values())
    withdraw_text(office, staff.coordinator, sent.id, bad.id)
    with pytest.raises(NotFoundError):
        compare_again(office, staff.coordinator, sent.id, bad.id)
    narrow = replace(office, settings=replace(office.settings, later_files=3))
    with pytest.raises(CaseError) as caught:
        bring_act(narrow, staff, sent)
    assert caught.value.code == "expertise.too_many_later_files"
    bring_act(replace(office, settings=replace(office.settings, later_files=4)), staff, sent)


@ONE
def test_the_adopted_act_counts_before_a_later_version(
    office: Office, staff: Staff, sent: Case, examiner: Examiner, clock: Clock
) -> None:
    """Proposals of a later version give way to those of the act; the decision taken meanwhile stays, and it is told."""
    bring_act(office, staff, sent, DRAFT, "later")
    assert work(office, examiner) == ["done"]
    assert {each.proposed for each in seen(office, staff, sent).values()} == {"not_adopted"}
    decide_adoption(office, staff.coordinator, sent.id, 1, SAME)
    clock.on(minutes=1)
    act = bring_act(office, staff, sent)
    clock.on(minutes=1)
    bring_act(office, staff, sent, DRAFT, "later")
    assert work(office, examiner) == ["done", "done"]
    found = seen(office, staff, sent)
    assert (found[1].state, found[1].proposed) == ("not_adopted", "adopted")
    with office.database.reading() as session:
        view = adoption_view(session, open_case(session, staff.coordinator, sent.id))
    assert view.recommendations[0].moved and view.shown is not None and view.shown.row.id == act.id
    withdraw_text(office, staff.coordinator, sent.id, act.id)
    assert {each.proposed for each in seen(office, staff, sent).values()} == {"not_adopted"}


@ONE
def test_a_newer_machine_tells_nothing_as_new_that_is_old(
    office: Office, staff: Staff, sent: Case, examiner: Examiner, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft is then examined by it too; its run stands beside the one before."""
    act = bring_act(office, staff, sent)
    assert work(office, examiner) == ["done"]
    monkeypatch.setattr(examiner, "_versions", replace(examiner._versions, saraptama="99"))
    clock.on(minutes=1)
    compare_again(office, staff.coordinator, sent.id, act.id)
    assert work(office, examiner) == ["done"]
    with office.database.reading() as session:
        opened = open_case(session, staff.coordinator, sent.id)
        runs = list(session.scalars(select(AdoptionRun).order_by(AdoptionRun.made_at)))
        (text,) = brought(session, opened)
    assert len(runs) == 2 and text.run is not None
    new = [each.new_findings for each in runs]
    assert new[0] == new[1] and [each["code"] for each in text.run.notices] == ["expertise.adoption_machine_changed"]


@pytest.mark.parametrize(
    ("given", "proposed", "code"),
    [
        (Verdict("undecided", "так"), "adopted", "expertise.adoption_state_unknown"),
        (Verdict("not_adopted"), "not_adopted", "expertise.adoption_reason_not_adopted"),
        (Verdict("adopted", " "), "in_part", "expertise.adoption_reason_other"),
        (Verdict("adopted"), "", "expertise.adoption_reason_other"),
        (Verdict("adopted", "а" * 11), "adopted", "expertise.words_too_long"),
        (Verdict("adopted", "", "а" * 501), "adopted", "expertise.words_too_long"),
    ],
)
def test_what_a_decision_lacks_is_told(given: Verdict, proposed: str, code: str) -> None:
    with pytest.raises(CaseError) as caught:
        checked(given, proposed, 10)
    assert caught.value.code == code
    fine = checked(Verdict("adopted", " б ", " № 5\n от "), "adopted", 10, correcting=True)
    assert fine == Verdict("adopted", "б", "№ 5 от")


def test_two_texts_that_say_different_things_are_asked_about() -> None:
    yes, no, open_ = ((state, "unchanged", sure) for state, sure in zip(
        (Found.ADOPTED, Found.NOT_ADOPTED, Found.UNDECIDED), (0.9, 0.7, 0.0), strict=True))  # fmt: skip
    assert joined({"ru": yes, "kk": no}) == Proposed(Adoption.UNDECIDED, "texts_differ", 0)
    assert joined({"ru": yes, "kk": open_}).state is Adoption.ADOPTED
    assert joined({"ru": no, "kk": (Found.NOT_ADOPTED, "still_fires", 0.5)}).sureness == 50
    assert joined({}).state is Adoption.UNDECIDED
