"""Papers of a case: who may have them, of what they are made, over pages and REST."""

from __future__ import annotations

import io

import docx
import pytest

from expertise.case.answers import Given, Signatory
from expertise.case.decisions import Verdict
from expertise.case.states import CaseError
from expertise.documents.model import Document, Paragraph, Table
from expertise.office import Office
from expertise.people import Seat
from expertise.policy import DeniedError
from expertise.store.case_tables import Case
from expertise.store.cases import NotFoundError, open_case
from expertise.work.answering import save_answers, submit
from expertise.work.concluding import preview_document
from expertise.work.papers import paper_document, paper_file, papers_of
from expertise.work.reviewing import decide, finish, reviewed
from tests.conftest import needs_fonts
from tests.work.answer_scenes import WHY, conclude_and_send
from tests.work.concluding_scenes import decide_all
from tests.work.conftest import Staff


def rows_of(office: Office, staff: Staff, case: Case, language: str = "ru") -> list[list[str]]:
    document = paper_document(office, staff.first, case.id, "comparison", language)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def offered(office: Office, staff: Staff, case: Case) -> tuple[str, ...]:
    with office.database.reading() as session:
        return papers_of(session, office, open_case(session, staff.coordinator, case.id))


def all_text(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def test_nothing_is_claimed_before_the_review_is_finished(office: Office, staff: Staff, case: Case) -> None:
    """Nobody has examined the draft: no paper, no button, and a preview that finds nothing absent."""
    assert offered(office, staff, case) == ()
    for paper in ("comparison", "measures_plan", "services_letter"):
        with pytest.raises(CaseError) as caught:
            paper_document(office, staff.coordinator, case.id, paper, "ru")
        assert caught.value.code == "expertise.review_unfinished"
    shown = {code: all_text(preview_document(office, staff.coordinator, case.id, code)) for code in ("ru", "kk")}
    assert shown["ru"].count("Рассмотрение не завершено") == 2 and shown["kk"].count("Қарау аяқталмаған") == 2
    assert "не выявлены" not in shown["ru"] and "анықталмады" not in shown["kk"]
    assert "отмечены прочитанными" not in shown["ru"] and "рекомендаций нет" not in shown["ru"].casefold()


def test_papers_of_a_finished_review_say_that_nothing_was_found(office: Office, staff: Staff, in_review: Case) -> None:
    decide_all(office, staff.first, in_review, verdict=Verdict.DISMISSED)
    assert offered(office, staff, in_review) == ()
    preview = all_text(preview_document(office, staff.first, in_review.id, "ru"))
    assert "не выявлены" not in preview and "Рассмотрение не завершено" in preview
    finish(office, staff.first, in_review.id)
    assert offered(office, staff, in_review) == ("comparison", "measures_plan")
    assert "не выявлены" in all_text(paper_document(office, staff.first, in_review.id, "comparison", "ru"))
    assert "не выявлены" in all_text(preview_document(office, staff.first, in_review.id, "ru"))


def test_a_draft_table_has_confirmed_findings_only(office: Office, staff: Staff, in_review: Case) -> None:
    with office.database.reading() as session:
        one, other, *_ = reviewed(session, open_case(session, staff.first, in_review.id), Seat.FIRST)
    decide(office, staff.first, in_review.id, one.row.id, Verdict.CONFIRMED)
    decide(office, staff.first, in_review.id, other.row.id, Verdict.DISMISSED, reason="не подтверждается")
    assert len(rows_of(office, staff, in_review)) == 1
    unfinished = all_text(paper_document(office, staff.first, in_review.id, "comparison", "ru"))
    assert "рассмотрение не завершено, перечень неполон" in unfinished
    planned = all_text(paper_document(office, staff.first, in_review.id, "measures_plan", "kk"))
    assert "қарау аяқталмаған" in planned
    assert offered(office, staff, in_review) == ("comparison", "measures_plan"), "no letter without a hidden service"
    for denied in (staff.developer, staff.observer):
        with pytest.raises(DeniedError):
            paper_document(office, denied, in_review.id, "comparison", "ru")
        with office.database.reading() as session:
            assert papers_of(session, office, open_case(session, denied, in_review.id)) == ()
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
