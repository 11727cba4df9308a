"""A refused upload leaves nothing: every kept file is one that a table names."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.blobs import Blobs
from expertise.store.case_tables import Case, CaseFile
from expertise.store.cases import NotFoundError
from expertise.store.references import named_files
from expertise.work.issued import sign
from expertise.work.later_texts import bring
from expertise.work.own_checks import ask_check, hand_over, receive
from expertise.work.registering import keep_file, keep_files, put_files
from nlp.errors import SaraptamaError
from tests.conftest import needs_fonts
from tests.work.answer_scenes import conclude_and_send
from tests.work.conftest import DRAFT, Staff


@pytest.fixture
def sent(office: Office, staff: Staff, in_review: Case) -> Case:
    conclude_and_send(office, staff, in_review)
    return in_review


def unnamed(office: Office) -> set[str]:
    """What lies in the folder though no table names it, and what came and was left."""
    with office.database.reading() as session:
        named = set(named_files(session))
    return (set(office.files.names()) - named) | {path.name for path in office.files.folder.glob(".coming-*")}


def test_one_bad_file_of_several_leaves_none(office: Office, staff: Staff, case: Case) -> None:
    fine, large = [b"fine"], [b"a" * (office.settings.upload_bytes + 1)]
    for bad, code in (([b""], "expertise.file_empty"), (large, "expertise.file_too_large")):
        with pytest.raises(SaraptamaError) as caught:
            keep_files(office, staff.coordinator, case.id, "text", [("a.txt", fine), ("b.txt", bad)])
        assert caught.value.code == code and unnamed(office) == set()


def test_files_for_which_there_is_no_room_leave_nothing(office: Office, staff: Staff, case: Case) -> None:
    """The case holds one file; the first of these would find room."""
    many = [(f"{number}.txt", [f"{number}".encode()]) for number in range(office.settings.case_files)]
    with pytest.raises(CaseError) as caught:
        keep_files(office, staff.coordinator, case.id, "text", many)
    assert caught.value.code == "expertise.too_many_files" and unnamed(office) == set()
    assert len(keep_files(office, staff.coordinator, case.id, "text", many[1:])) == len(many) - 1
    assert unnamed(office) == set()


def test_what_the_case_holds_already_is_not_lost_with_a_refusal(office: Office, staff: Staff, case: Case) -> None:
    """Equal files are one file: the refused ones are not it."""
    with pytest.raises(CaseError):
        keep_files(office, staff.coordinator, case.id, "text", [("a.txt", [DRAFT.encode()]), ("b.txt", [b""])])
    kept = keep_file(office, staff.coordinator, case.id, "text", "again.txt", [DRAFT.encode()])
    assert office.files.get(kept.sha256) == DRAFT.encode() and unnamed(office) == set()


def test_a_case_names_no_file_that_could_not_be_put_away(
    office: Office, staff: Staff, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch, pytest.raises(OSError):
        patch.setattr(Blobs, "_place", full)
        keep_file(office, staff.coordinator, case.id, "text", "a.txt", [b"a"])
    with office.database.reading() as session:
        assert list(session.scalars(select(CaseFile.name))) == ["draft.txt"]
    assert unnamed(office) == set()


@needs_fonts
def test_a_text_that_no_table_took_is_not_kept(office: Office, staff: Staff, sent: Case) -> None:
    with pytest.raises(NotFoundError), office.files.arriving() as coming:
        kept = put_files(office, coming, [("a.txt", [b"later"])])
        bring(office, staff.coordinator, sent.id, "later", kept, beside="0" * 32)
    assert unnamed(office) == set()


@needs_fonts
def test_a_signature_of_no_file_is_not_kept(office: Office, staff: Staff, sent: Case) -> None:
    for name, content in (("none.pdf", b"signature"), ("ru.pdf", b"")):
        with pytest.raises(SaraptamaError):
            sign(office, staff.coordinator, sent.id, name, "a.cms", [content])
    assert unnamed(office) == set()


def test_texts_of_a_check_enter_a_full_case_all_or_none(office: Office, staff: Staff, case: Case) -> None:
    two = [receive(office, staff.coordinator, f"{name}.txt", [DRAFT.encode() + name.encode()]) for name in "ab"]
    check = ask_check(office, staff.coordinator, two)
    for number in range(office.settings.case_files - 2):
        keep_file(office, staff.coordinator, case.id, "note", f"{number}.txt", [f"{number}".encode()])
    with pytest.raises(CaseError) as caught:
        hand_over(office, staff.coordinator, check.id, case.id)
    assert caught.value.code == "expertise.too_many_files" and unnamed(office) == set()
