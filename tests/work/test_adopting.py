"""Adoption in a case: later texts are compared by the worker, people decide, and nothing overwrites a decision."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from expertise.case.adoption import Verdict
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.adoption_tables import AdoptionRun
from expertise.store.case_tables import Case, FindingRow
from expertise.store.cases import open_case
from expertise.work.adopting import decide_adoption, take_back_adoption
from expertise.work.analysing import latest_examination
from expertise.work.later_texts import brought, compare_again
from expertise.work.moving import advance
from nlp.pipeline import Examiner
from tests.conftest import needs_fonts
from tests.work.adoption_scenes import SAME, bring_act, seen, work
from tests.work.answer_scenes import conclude_and_send
from tests.work.conftest import Staff

pytestmark = needs_fonts


@pytest.fixture
def sent(office: Office, staff: Staff, in_review: Case) -> Case:
    conclude_and_send(office, staff, in_review)
    return in_review


def test_the_whole_way(office: Office, staff: Staff, sent: Case, examiner: Examiner) -> None:
    with office.database.reading() as session:
        found = session.scalar(select(func.count()).select_from(FindingRow))
        before = latest_examination(session, open_case(session, staff.first, sent.id))
    act = bring_act(office, staff, sent)
    assert work(office, examiner) == ["done"]
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
