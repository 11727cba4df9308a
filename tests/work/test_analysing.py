"""Analyses: asked for once, run twice with one effect, failed with a reason and nothing lost."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.shown_text import read_texts
from expertise.store.case_tables import Analysis, Case, CaseFile, ExaminationRow, FindingRow
from expertise.work.analysing import ask, run
from expertise.work.registering import keep_file, register
from nlp.limits import Limits
from nlp.pipeline import Examiner
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
