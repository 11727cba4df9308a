"""Internal analysis of an act in force: the same review, words of its own, no place in the indicators of drafts."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from expertise.case.states import CaseError
from expertise.documents.conclusion import conclusion
from expertise.documents.model import Paragraph
from expertise.documents.naming import named
from expertise.documents.words import IN_FORCE, words
from expertise.office import Office
from expertise.people import Seat
from expertise.store.case_tables import ConclusionRow
from expertise.store.indicator_tables import IssuedRow
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.papers import paper_document
from expertise.work.registering import CASE_KINDS, keep_file, register
from expertise.work.risk_map import risk_map
from expertise.work.risking import Wanted
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.conftest import needs_fonts
from tests.work.answer_scenes import conclude_and_send
from tests.work.conftest import DRAFT, Staff


def test_words_of_an_act_in_force_lie_over_those_of_a_draft() -> None:
    assert CASE_KINDS == ("draft", IN_FORCE)
    for language in ("ru", "kk"):
        usual, other = words(language), words(language, IN_FORCE)
        assert usual.lines("conclusion.heading") != other.lines("conclusion.heading")
        assert usual.say("conclusion.section_services") == other.say("conclusion.section_services")
        assert set(other.entries["conclusion"]) == set(usual.entries["conclusion"]), "no word that nobody asks for"


def test_a_kind_that_there_is_not_is_refused(office: Office, staff: Staff) -> None:
    with pytest.raises(CaseError, match="unknown_case_kind"):
        register(office, staff.coordinator, "Правила", kind="other")


@needs_fonts
def test_the_whole_way(office: Office, staff: Staff, examiner: Examiner) -> None:
    case = register(office, staff.coordinator, "Правила", developer=staff.developer.id, kind=IN_FORCE)
    keep_file(office, staff.coordinator, case.id, "text", "act.txt", [DRAFT.encode()])
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    declare(office, staff.first, case.id)
    advance(office, staff.first, case.id, "start")
    conclude_and_send(office, staff, case)
    with office.database.reading() as session:
        row = session.scalars(select(ConclusionRow).where(ConclusionRow.case_id == case.id)).one()
        assert session.scalars(select(IssuedRow)).all() == [], "indicators count drafts only"
    assert row.content["case"]["kind"] == IN_FORCE
    for language in ("ru", "kk"):
        said = words(language, IN_FORCE)
        document = conclusion(row.content, language, row.content_hash)
        told = [block.text for block in document.blocks if isinstance(block, Paragraph)]
        assert all(line in told for line in said.lines("conclusion.heading", **named(row.content, said)))
        assert not any("проект" in line.lower() and language != "kk" for line in told), "it is no draft"
        table = paper_document(office, staff.first, case.id, "comparison", language)
        assert said.say("comparison.column_draft") in table.texts()
        plan = paper_document(office, staff.coordinator, case.id, "measures_plan", language)
        assert any(words(language, IN_FORCE).say("measures.blanks") == line for line in plan.texts())
    wanted = Wanted(date(2026, 1, 1), date(2026, 12, 31), kind=IN_FORCE)
    assert len(risk_map(office, staff.observer, wanted, "ru")[0].risks) == 4
    drafts = Wanted(date(2026, 1, 1), date(2026, 12, 31), kind="draft")
    assert risk_map(office, staff.observer, drafts, "ru")[0].risks == []
