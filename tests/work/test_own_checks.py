"""Own preliminary checks: examined by the same queue, seen by their owner alone, gone when deleted; that of a case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expertise.documents.kept import document_json, read_document
from expertise.office import Office
from expertise.people import Role
from expertise.policy import DeniedError
from expertise.store.blobs import KeptFileError
from expertise.store.case_tables import Case
from expertise.store.cases import NotFoundError
from expertise.work.case_preliminary import preliminary_of_case
from expertise.work.own_checks import (
    ask_check,
    cases_to_hand_over,
    check_document,
    check_result,
    delete_check,
    folder_of,
    get_check,
    hand_over,
    list_checks,
    receive,
    sweep,
)
from expertise.work.pack_changes import CurrentExaminer
from expertise.work.preliminary import as_file
from expertise.work.queueing import put_back, waiting
from expertise.work.registering import register
from expertise.work.running import run_job
from nlp.errors import SaraptamaError
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.conftest import needs_fonts
from tests.work.conftest import DRAFT, Clock, Hire, Staff


def code_of(error: pytest.ExceptionInfo[SaraptamaError]) -> str:
    return error.value.code


@needs_fonts
def test_a_draft_is_checked_for_its_owner_alone(
    office: Office, staff: Staff, hire: Hire, examiner: Examiner, clock: Clock
) -> None:
    owner = staff.developer
    sent = receive(office, owner, "C:\\проект.txt", [DRAFT.encode()])
    asked = ask_check(office, owner, [sent])
    assert waiting(office) == [(asked.id, f"{asked.id}-0")]
    put_back(office, asked.id)
    assert waiting(office) == [(asked.id, f"{asked.id}-1")]
    with pytest.raises(NotFoundError):
        check_document(office, owner, asked.id, "ru")
    assert run_job(office, CurrentExaminer(office, examiner), Limits(), asked.id, "w") == "done"
    assert run_job(office, CurrentExaminer(office, examiner), Limits(), asked.id, "v") == "done"
    row = get_check(office, owner, asked.id)
    assert (row.name, row.worker, row.summary["counts"]["findings"] > 0) == ("проект.txt", "w", True)
    for language, words in (("ru", "не является заключением"), ("kk", "қорытынды")):
        document = check_document(office, owner, asked.id, language)
        assert words in document.page_statement.casefold() and read_document(document_json(document)) == document
        assert as_file(document, "docx")[:2] == b"PK" and as_file(document, "pdf")[:5] == b"%PDF-"
    assert b'"findings"' in check_result(office, owner, asked.id)
    assert "02.03.2026" in "\n".join(check_document(office, owner, asked.id, "ru").texts())
    others = [staff.coordinator, hire("other", Role.DEVELOPER), staff.administrator, staff.first]
    for other in others:
        for look in (get_check, check_result, delete_check):
            with pytest.raises((NotFoundError, DeniedError)):
                look(office, other, asked.id)
    assert [list_checks(office, other).total for other in others[:2]] == [0, 0]
    same = ask_check(office, owner, [receive(office, owner, "again.txt", [DRAFT.encode()])])
    delete_check(office, owner, asked.id)
    assert run_job(office, CurrentExaminer(office, examiner), Limits(), same.id) == "done", (
        "an equal file of another check stays"
    )
    delete_check(office, owner, same.id)
    assert list(folder_of(office, owner.id).names()) == [] and list_checks(office, owner).total == 0


def test_a_file_that_cannot_be_read_fails_with_words_and_a_deleted_check_leaves_nothing(
    office: Office, staff: Staff, examiner: Examiner
) -> None:
    owner = staff.developer
    bad = ask_check(office, owner, [receive(office, owner, "a.pdf", [b"%PDF-1.7 nonsense"])])
    assert run_job(office, CurrentExaminer(office, examiner), Limits(), bad.id) == "failed"
    reason = get_check(office, owner, bad.id).reason
    assert reason is not None and reason["code"].startswith("reading.") and reason["file"] == "a.pdf"

    class Deleting(Examiner):
        def examine(self, *args: object, **more: object) -> object:  # type: ignore[override]
            delete_check(office, owner, gone.id)
            return super().examine(*args, **more)  # type: ignore[arg-type]

    delete_check(office, owner, bad.id)
    gone = ask_check(office, owner, [receive(office, owner, "a.txt", [DRAFT.encode()])])
    assert run_job(office, CurrentExaminer(office, Deleting(examiner.pack)), Limits(), gone.id) == "failed"
    assert list(folder_of(office, owner.id).names()) == []


def test_limits_of_own_checks(office: Office, staff: Staff, clock: Clock) -> None:
    owner = staff.developer
    settings = replace(office.settings, own_checks_per_day=2, own_checks=3, own_check_files=2, own_check_bytes=10)
    small = replace(office, settings=settings)
    with pytest.raises(KeptFileError):
        receive(small, owner, "a", [b"x" * 11])
    sent = receive(small, owner, "a", [b"x" * 10])
    for texts in ([], [sent] * 3):
        with pytest.raises(SaraptamaError) as error:
            ask_check(small, owner, texts)
        assert code_of(error) == "expertise.own_check_files"
    first = ask_check(small, owner, [sent, sent])
    delete_check(small, owner, first.id)  # gives the day no other one
    sent = receive(small, owner, "a", [b"y"])
    ask_check(small, owner, [sent])
    with pytest.raises(SaraptamaError) as error:
        ask_check(small, owner, [sent])
    assert code_of(error) == "expertise.own_checks_per_day" and list_checks(small, owner).left_today == 0
    clock.on(days=1)
    ask_check(small, owner, [sent])
    ask_check(small, owner, [sent])
    clock.on(days=1)
    with pytest.raises(SaraptamaError) as error:
        receive(small, owner, "a", [b"y"])
    assert code_of(error) == "expertise.own_checks_full"
    folder = folder_of(small, owner.id)
    folder.put(b"z")
    assert sweep(small, 0.0) == 0 and sweep(small, 9e9) == 1, "sent, and no check was asked for it in the end"
    assert list(folder.names()) == [sent.kept.sha256], "the waiting checks name this one"
    for nobody in (staff.first, staff.administrator):
        with pytest.raises(DeniedError):
            receive(small, nobody, "a", [b"y"])


def test_texts_are_handed_over_to_a_case_that_takes_them(office: Office, staff: Staff, hire: Hire) -> None:
    owner = staff.developer
    case = register(office, staff.coordinator, "Правила", developer=owner.id)
    strange = register(office, staff.coordinator, "Чужое")
    check = ask_check(office, owner, [receive(office, owner, "a.txt", [DRAFT.encode()])])
    assert [each.id for each in cases_to_hand_over(office, owner)] == [case.id]
    with pytest.raises(NotFoundError):
        hand_over(office, owner, check.id, strange.id)
    with pytest.raises(NotFoundError):
        hand_over(office, staff.coordinator, check.id, case.id)
    (file,) = hand_over(office, owner, check.id, case.id)
    assert office.files.get(file.sha256) == DRAFT.encode()
    delete_check(office, owner, check.id)
    assert office.files.get(file.sha256) == DRAFT.encode()


def test_the_preliminary_check_of_a_case(office: Office, staff: Staff, in_review: Case, examiner: Examiner) -> None:
    words = {
        language: "\n".join(preliminary_of_case(office, staff.developer, in_review.id, language).texts())
        for language in ("ru", "kk")
    }
    assert "предварительной проверке" in words["ru"].casefold() and "алдын ала тексеру" in words["kk"].casefold()
    for stranger in (staff.observer, staff.approver, staff.administrator):
        with pytest.raises((DeniedError, NotFoundError)):
            preliminary_of_case(office, stranger, in_review.id, "ru")
    tight = replace(office, settings=replace(office.settings, preliminary_bytes=1000))
    check = ask_check(tight, staff.developer, [receive(tight, staff.developer, "a.txt", [DRAFT.encode()])])
    assert run_job(tight, CurrentExaminer(tight, examiner), Limits(), check.id) == "done"
    with pytest.raises(SaraptamaError) as error:
        check_document(tight, staff.developer, check.id, "ru")
    assert code_of(error) == "expertise.preliminary_too_long"
