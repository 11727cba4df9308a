"""Papers of a case: who may have them, of what they are made, over pages and REST."""

from __future__ import annotations

import io

import docx
import pytest

from expertise.case.answers import Given, Signatory
from expertise.case.decisions import Verdict
from expertise.documents.model import Table
from expertise.office import Office
from expertise.people import Seat
from expertise.policy import DeniedError
from expertise.store.case_tables import Case
from expertise.store.cases import NotFoundError, open_case
from expertise.work.answering import save_answers, submit
from expertise.work.papers import paper_document, paper_file, papers_of
from expertise.work.reviewing import decide, reviewed
from tests.conftest import needs_fonts
from tests.work.answer_scenes import WHY, conclude_and_send
from tests.work.conftest import Staff


def rows_of(office: Office, staff: Staff, case: Case, language: str = "ru") -> list[list[str]]:
    document = paper_document(office, staff.first, case.id, "comparison", language)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def test_a_draft_table_has_confirmed_findings_only(office: Office, staff: Staff, in_review: Case) -> None:
    assert rows_of(office, staff, in_review) == []
    with office.database.reading() as session:
        one, other, *_ = reviewed(session, open_case(session, staff.first, in_review.id), Seat.FIRST)
    decide(office, staff.first, in_review.id, one.row.id, Verdict.CONFIRMED)
    decide(office, staff.first, in_review.id, other.row.id, Verdict.DISMISSED, reason="не подтверждается")
    assert len(rows_of(office, staff, in_review)) == 1
    for denied in (staff.developer, staff.observer):
        with pytest.raises(DeniedError):
            paper_document(office, denied, in_review.id, "comparison", "ru")
        with office.database.reading() as session:
            assert papers_of(session, open_case(session, denied, in_review.id)) == ()
    with pytest.raises(NotFoundError):
        paper_document(office, staff.third, in_review.id, "comparison", "ru")


@needs_fonts
def test_positions_come_with_the_answers(office: Office, staff: Staff, in_review: Case) -> None:
    conclude_and_send(office, staff, in_review)
    before = rows_of(office, staff, in_review)
    assert len(before) == 4 and {len(row) for row in before} == {5}
    numbers = [int(row[0]) for row in before if row[3] != "___"]
    given = {number: Given("rejected", reason=WHY) for number in numbers}
    save_answers(office, staff.developer, in_review.id, given, Signatory("Ахметова А. Б.", "директор"))
    assert {len(row) for row in rows_of(office, staff, in_review)} == {5}, "a draft of answers is one's own"
    submit(office, staff.developer, in_review.id)
    after = rows_of(office, staff, in_review, "kk")
    assert [row[5].startswith("Қабылданбады.") for row in after] == [int(row[0]) in numbers for row in after]
    for actor in (staff.developer, staff.approver, staff.observer):
        assert paper_file(office, actor, in_review.id, "comparison.ru.pdf").startswith(b"%PDF")
    assert (
        len(docx.Document(io.BytesIO(paper_file(office, staff.first, in_review.id, "comparison.kk.docx"))).tables) == 1
    )
    for name in ("comparison", "comparison.ru", "comparison.en.pdf", "other.ru.pdf", "comparison.ru.pdf.pdf", ".."):
        with pytest.raises(NotFoundError):
            paper_file(office, staff.first, in_review.id, name)
