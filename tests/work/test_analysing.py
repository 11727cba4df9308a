"""Analyses: asked for once, run twice with one effect, failed with a reason and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.shown_text import read_texts
from expertise.store.case_tables import Analysis, Case, CaseFile, ExaminationRow, FindingRow
from expertise.work.analysing import ask, run
from expertise.work.registering import keep_file, register
from expertise.work.results import summary_of
from nlp.detection.finding import Mark
from nlp.detection.observed import AskedQuestion
from nlp.dossier import dossier_of
from nlp.limits import Limits
from nlp.pipeline import Examiner
from nlp.reading.reader import read_bytes
from nlp.result import to_dict
from nlp.structure.counting import points
from tests.work.conftest import DRAFT, Staff


def _count(office: Office, table: type) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_findings_and_texts_are_kept(office: Office, staff: Staff, case: Case, examiner: Examiner) -> None:
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    with office.database.reading() as session:
        row = session.scalars(select(ExaminationRow)).one()
        found = list(session.scalars(select(FindingRow).order_by(FindingRow.position)))
    (text,) = read_texts(office.files.get(row.texts).decode())
    factors = {finding.content["factor"] for finding in found}
    assert {"permissive_power", "excessive_requirement", "broad_discretion"} <= factors
    for finding in found:
        for mark in finding.content["marks"]:
            assert text.text[mark["start"] : mark["end"]] == mark["quote"]
    labels = [unit.label for unit in text.units if unit.kind == "point"]
    assert labels[-3:] == ["1.", "2.", "3."]


def test_running_twice_has_one_effect(office: Office, staff: Staff, case: Case, examiner: Examiner) -> None:
    asked = ask(office, staff.coordinator, case.id)
    run(office, examiner, Limits(), asked.id)
    first = _count(office, FindingRow)
    with office.database.transaction() as session:  # as a worker leaves it that was killed after its commit was lost
        row = session.get(Analysis, asked.id)
        assert row is not None
        row.status = "running"
    assert run(office, examiner, Limits(), asked.id) == "done"
    assert (_count(office, ExaminationRow), _count(office, FindingRow)) == (1, first)


def test_the_same_files_are_asked_for_once(office: Office, staff: Staff, case: Case) -> None:
    assert ask(office, staff.coordinator, case.id).id == ask(office, staff.coordinator, case.id).id


def test_a_file_that_cannot_be_read_stays_with_its_reason(
    office: Office, staff: Staff, case: Case, examiner: Examiner
) -> None:
    bad = keep_file(office, staff.coordinator, case.id, "text", "драфт.docx", [b"PK\x03\x04 broken"])
    asked = ask(office, staff.coordinator, case.id)
    assert run(office, examiner, Limits(), asked.id) == "failed"
    with office.database.reading() as session:
        row, file = session.get(Analysis, asked.id), session.get(CaseFile, bad.id)
    assert row is not None and row.reason is not None and row.reason["file"] == "драфт.docx"
    assert row.reason["code"].startswith("reading.")
    assert file is not None and file.status == "failed" and file.reason == row.reason | {"file": ""}
    assert office.files.get(bad.sha256) == b"PK\x03\x04 broken"


def test_what_is_no_act_fails_unless_forced(office: Office, staff: Staff, examiner: Examiner) -> None:
    case = register(office, staff.coordinator, "Письмо")
    keep_file(office, staff.coordinator, case.id, "text", "letter.txt", ["Здравствуйте, это письмо.".encode()])
    asked = ask(office, staff.coordinator, case.id)
    assert run(office, examiner, Limits(), asked.id) == "failed"
    again = ask(office, staff.coordinator, case.id, force=True)
    assert again.id != asked.id
    assert run(office, examiner, Limits(), again.id) == "done"


def test_without_a_text_there_is_nothing_to_ask(office: Office, staff: Staff) -> None:
    case = register(office, staff.coordinator, "Пустое дело")
    keep_file(office, staff.coordinator, case.id, "letter", "letter.txt", [b"x"])
    with pytest.raises(CaseError) as caught:
        ask(office, staff.coordinator, case.id)
    assert caught.value.code == "expertise.no_text"


def test_it_gives_up_after_some_tries(office: Office, staff: Staff, case: Case, examiner: Examiner) -> None:
    asked = ask(office, staff.coordinator, case.id)

    class Broken(Examiner):
        def examine(self, *args: object, **more: object) -> object:  # type: ignore[override]
            raise MemoryError

    broken = Broken(examiner.pack)
    for _ in range(office.settings.analysis_tries):
        with pytest.raises(MemoryError):
            run(office, broken, Limits(), asked.id)
    assert run(office, broken, Limits(), asked.id) == "failed"
    with office.database.reading() as session:
        row = session.get(Analysis, asked.id)
    assert row is not None and row.reason is not None and row.reason["code"] == "expertise.analysis_gave_up"


def test_two_texts_of_one_language_are_refused_with_a_reason(
    office: Office, staff: Staff, case: Case, examiner: Examiner
) -> None:
    keep_file(office, staff.coordinator, case.id, "text", "again.txt", [(DRAFT + "\n4. Ещё пункт.\n").encode()])
    asked = ask(office, staff.coordinator, case.id)
    assert run(office, examiner, Limits(), asked.id) == "failed"
    with office.database.reading() as session:
        row = session.get(Analysis, asked.id)
    assert row is not None and row.reason is not None and row.reason["code"] == "dossier.same_language"


def test_the_reading_list_asks_one_question_for_two_points(office: Office, examiner: Examiner) -> None:
    examination = examiner.examine(dossier_of([read_bytes(DRAFT.encode(), "a.txt", Limits())]))
    (report,) = examination.reports
    mark = Mark("para_1", "пункт 1", 0, 5, "орган")
    asked = [
        AskedQuestion("powers", name, replace(mark, address=address), {"ru": name, "kk": name})
        for address, names in (("para_1", "ab"), ("para_2", "c"))
        for name in names
    ]
    many = replace(examination, reports=(replace(report, questions=tuple(asked)),))
    content = to_dict(many)
    assert points(report.act.root) == 4
    summary = summary_of(office, many, content)
    assert [each["text"]["ru"] for each in summary["questions"]] == ["a", "c"], "one of every norm first"
    assert summary["questions_left_out"] == 1 and len(content["texts"][0]["questions"]) == 3
    wide = replace(office, settings=replace(office.settings, question_points=1))
    assert summary_of(wide, many, content)["questions_left_out"] == 0


def test_bounds_of_what_a_case_takes(office: Office, staff: Staff, case: Case, examiner: Examiner) -> None:
    """One paragraph over, and the analysis says so before any work; one finding over, and a notice tells of it."""
    blocks = len(read_bytes(DRAFT.encode(), "a.txt", Limits()).blocks)
    tight = replace(office, settings=replace(office.settings, text_paragraphs=blocks - 1))
    refused = ask(tight, staff.coordinator, case.id)
    assert run(tight, examiner, Limits(), refused.id) == "failed"
    with office.database.reading() as session:
        row = session.get(Analysis, refused.id)
    assert row is not None and row.reason is not None
    assert (row.reason["code"], row.reason["params"]["limit"]) == ("expertise.text_too_long", blocks - 1)
    narrow = replace(office, settings=replace(office.settings, text_paragraphs=blocks, case_findings=2))
    assert run(narrow, examiner, Limits(), ask(narrow, staff.coordinator, case.id).id) == "done"
    with office.database.reading() as session:
        kept = session.scalars(select(ExaminationRow)).one()
    assert _count(office, FindingRow) == 2 and kept.summary["counts"]["findings"] == 3
    assert kept.summary["notices"][0]["language"] == "ru" and "2" in kept.summary["notices"][0]["text"]["kk"]
