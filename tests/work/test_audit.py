"""The audit chain: every way of tampering is told; texts may be erased without breaking it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from expertise import audit
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import OPERATOR
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry, EntryText
from expertise.store.database import Database
from expertise.work.journal import LONGEST_REASON, erase, verify
from tests.work.conftest import Clock, Staff


@pytest.fixture
def chain(office: Office, staff: Staff) -> Office:
    for n in range(5):
        with office.database.transaction() as session:
            audit.write(session, staff.first, office.clock(), "decide", f"case:{n % 2}", {"n": n}, {"n": n + 1})
    return office


def faults(office: Office, known: str = "") -> list[tuple[int, str]]:
    with office.database.reading() as session:
        return [(fault.entry, fault.code) for fault in audit.verify(session, known)]


def tamper(database: Database, statement: str) -> None:
    """As somebody does who has the whole database: the guard taken off first."""
    with database.transaction() as session:
        if database.is_sqlite:
            session.execute(text("DROP TRIGGER audit_no_UPDATE"))
            session.execute(text("DROP TRIGGER audit_no_DELETE"))
            session.execute(text("DELETE FROM audit_texts"))
        else:
            session.execute(text("DROP TRIGGER audit_guard ON audit"))
            session.execute(text("DELETE FROM audit_texts"))
        session.execute(text(statement))


def test_a_whole_chain_has_no_fault(chain: Office) -> None:
    with chain.database.reading() as session:
        head = audit.head(session)
        third = session.get(Entry, 3)
        assert third is not None
        assert faults(chain, head) == faults(chain, third.hash) == faults(chain) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE audit SET by = 'somebody' WHERE id = 3", "expertise.audit_changed"),
        ("UPDATE audit SET after = '0' WHERE id = 5", "expertise.audit_changed"),
        ("DELETE FROM audit WHERE id = 3", "expertise.audit_gap"),
        ("UPDATE audit SET previous = hash WHERE id = 2", "expertise.audit_broken"),
    ],
)
def test_tampering_is_told(chain: Office, statement: str, code: str) -> None:
    tamper(chain.database, statement)
    assert code in {found for _, found in faults(chain)}


def test_an_end_cut_off_shows_by_a_printed_head(chain: Office) -> None:
    with chain.database.reading() as session:
        printed = audit.head(session)
    tamper(chain.database, "DELETE FROM audit WHERE id = 5")
    assert faults(chain) == []
    assert faults(chain, printed) == [(0, "expertise.audit_head_unknown")]


def test_a_changed_text_is_told_and_an_erased_one_is_no_fault(chain: Office) -> None:
    with chain.database.transaction() as session:
        row = session.get(EntryText, 2)
        assert row is not None
        row.after = '{"n":7}'
    assert faults(chain) == [(2, "expertise.audit_text_changed")]
    with chain.database.transaction() as session:
        assert audit.erase_texts(session, "case:1") == [2, 4]
    assert faults(chain) == []


def test_equal_texts_have_different_hashes(office: Office, staff: Staff) -> None:
    with office.database.transaction() as session:
        entries = [audit.write(session, staff.first, office.clock(), "a", "s", None, {"x": 1}) for _ in range(2)]
        assert entries[0].after != entries[1].after


def test_many_writers_make_one_chain(office: Office, staff: Staff, clock: Clock) -> None:
    def write() -> None:
        for _ in range(10):
            with office.database.transaction() as session:
                audit.write(session, staff.first, clock(), "a", "s", None, {"x": 1})

    writers: list[Callable[[], None]] = [write] * 4
    threads = [threading.Thread(target=each) for each in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults(office) == []
    with office.database.reading() as session:
        assert len(list(session.scalars(select(Entry.id)))) == 40


def texts(office: Office) -> list[int]:
    with office.database.reading() as session:
        return list(session.scalars(select(EntryText.entry_id).order_by(EntryText.entry_id)))


def test_erasing_is_in_the_audit_itself_and_breaks_nothing(chain: Office) -> None:
    assert erase(chain, OPERATOR, " по заявлению ", subject="case:1") == (2, 4)
    assert texts(chain) == [1, 3, 5, 6]
    with chain.database.reading() as session:
        entry, said = session.get(Entry, 6), session.get(EntryText, 6)
    assert entry is not None and said is not None
    assert (entry.action, entry.by, entry.subject) == ("erase_texts", "operator", "case:1")
    assert said.after == '{"entries":[2,4],"reason":"по заявлению"}'
    assert verify(chain, OPERATOR).faults == ()
    with pytest.raises(CaseError, match="erase_nothing"):
        erase(chain, OPERATOR, "снова", subject="case:1")  # what tells of the erasure stays


def test_one_entry_or_those_of_long_ago_are_erased(chain: Office, clock: Clock) -> None:
    assert erase(chain, OPERATOR, "опечатка", entry=3) == (3,)
    clock.on(days=400)
    with chain.database.transaction() as session:
        audit.write(session, OPERATOR, clock(), "a", "case:1", None, {"x": 1})
    assert erase(chain, OPERATOR, "срок хранения", before=clock.now) == (1, 2, 4, 5)
    assert texts(chain) == [6, 7, 8] and verify(chain, OPERATOR).faults == ()
    with pytest.raises(CaseError, match="erase_nothing"):
        erase(chain, OPERATOR, "x", entry=99)


@pytest.mark.parametrize(("reason", "code"), [("", "erase_reason"), (" ", "erase_reason"), ("x", "erase_all")])
def test_an_erasure_says_what_and_why(chain: Office, reason: str, code: str) -> None:
    with pytest.raises(CaseError, match=code):
        erase(chain, OPERATOR, reason, entry=0 if reason == "x" else 1)
    with pytest.raises(CaseError, match="erase_reason"):
        erase(chain, OPERATOR, "x" * (LONGEST_REASON + 1), entry=1)
    assert texts(chain) == [1, 2, 3, 4, 5]


def test_only_administrators_erase(chain: Office, staff: Staff) -> None:
    for actor in staff.everybody():
        if actor is not staff.administrator:
            with pytest.raises(DeniedError):
                erase(chain, actor, "x", entry=1)
    assert erase(chain, staff.administrator, "x", entry=1) == (1,)
