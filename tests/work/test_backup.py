"""A backup restores on either engine exactly what was there; any damage is told; nothing is half restored."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DatabaseError

from expertise.backup import making, restoring
from expertise.backup.contents import BackupError
from expertise.backup.making import back_up
from expertise.backup.restoring import check_backup, restore
from expertise.case.decisions import Verdict
from expertise.office import Office
from expertise.people import ANONYMOUS, OPERATOR, Role, Seat
from expertise.policy import DeniedError
from expertise.store import dump
from expertise.store.base import Base
from expertise.store.blobs import Blobs, KeptFileError
from expertise.store.case_tables import Case, DecisionRow
from expertise.store.database import Database
from expertise.store.references import named_files
from expertise.store.schema import differences
from expertise.work.concluding import conclude
from expertise.work.issued import sign
from expertise.work.journal import verify
from expertise.work.moving import advance
from expertise.work.people import add_person
from expertise.work.registering import register
from expertise.work.reviewing import decide, finish
from expertise.work.seats import take_up_again
from tests.conftest import fonts_installed
from tests.databases import postgres, sqlite
from tests.work.concluding_scenes import decide_all, findings
from tests.work.conftest import Clock, Staff


@pytest.fixture
def full(office: Office, staff: Staff, in_review: Case) -> Office:
    """An office in which something of everything lies."""
    first, *_ = findings(office, staff.first, in_review, Seat.FIRST)
    decide(office, staff.first, in_review.id, first.row.id, Verdict.DISMISSED, reason="не подтверждается – «қ»")
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    if fonts_installed():
        conclude(office, staff.first, in_review.id, ["ru"])
        advance(office, staff.approver, in_review.id, "approve")
        sign(office, staff.first, in_review.id, "ru.docx", "подпись.p7s", [b"signed"])
    return office


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, office: Office) -> Iterator[Office]:
    """Another office with nothing in it, on either engine."""
    folder = tmp_path / "other"
    folder.mkdir()
    made = sqlite(folder) if request.param == "sqlite" else postgres(request.getfixturevalue("postgres_server"))
    for database in made:
        yield Office(database, Blobs(folder / "files"), office.factors, office.settings, office.clock)


def everything(office: Office) -> dict[str, list[bytes]]:
    with office.database.snapshot() as connection:
        return {name: list(dump.rows(connection, table)) for name, table in dump.kept_tables().items()}


def is_empty(office: Office) -> bool:
    with office.database.snapshot() as connection:
        left = [path.name for path in office.files.folder.parent.glob(".files-*")]
        return not dump.filled_tables(connection) and not left and not list(office.files.names())


def code(act: Callable[[], object], kind: type[Exception] = BackupError) -> str:
    with pytest.raises(kind) as caught:
        act()
    found: str = getattr(caught.value, "code")  # noqa: B009
    return found.removeprefix("expertise.")


def test_what_is_restored_is_what_was_there(full: Office, empty: Office, staff: Staff, tmp_path: Path) -> None:
    made = back_up(full, OPERATOR, tmp_path / "backup")
    before = everything(full)
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    assert check_backup(OPERATOR, tmp_path / "backup").seal == made.seal
    assert restore(empty, OPERATOR, tmp_path / "backup").contents == made.contents
    after = everything(empty)
    assert {name: rows for name, rows in after.items() if not name.startswith("audit")} == {
        name: rows for name, rows in before.items() if not name.startswith("audit")
    }
    assert after["audit"][:-1] == before["audit"] and b'"action":"restore"' in after["audit"][-1]
    assert set(full.files.names()) <= set(empty.files.names())
    assert all(empty.files.get(name) == full.files.get(name) for name in full.files.names())
    assert verify(empty, OPERATOR, made.contents.audit_head).faults == ()
    assert differences(empty.database) == []


def test_work_goes_on_after_a_restoration(full: Office, empty: Office, staff: Staff, tmp_path: Path) -> None:
    back_up(full, OPERATOR, tmp_path / "backup")
    restore(empty, OPERATOR, tmp_path / "backup")
    with empty.database.reading() as session:
        case = session.query(Case).one()
        numbers = [row.id for row in session.query(DecisionRow)]
    if fonts_installed():
        advance(empty, staff.coordinator, case.id, "reopen", "исправить")
    else:
        take_up_again(empty, staff.first, case.id, Seat.FIRST)
    first = findings(empty, staff.first, case, Seat.FIRST)[0]
    decide(empty, staff.first, case.id, first.row.id, Verdict.CONFIRMED)
    with empty.database.reading() as session:
        assert max(row.id for row in session.query(DecisionRow)) == max(numbers) + 1
    assert register(empty, staff.coordinator, "Другой").number == "2026-0002"
    for statement in ("UPDATE audit SET action = 'x'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError, match="only ever added to"), empty.database.transaction() as session:
            session.execute(text(statement))


def test_a_table_is_in_a_backup_unless_it_is_of_the_moment_only() -> None:
    every = set(Base.metadata.tables)
    assert every - set(dump.kept_tables()) == dump.LEFT_OUT and every >= dump.LEFT_OUT


def test_every_kept_file_is_named_by_a_table(full: Office) -> None:
    with full.database.reading() as session:
        assert set(named_files(session)) == set(full.files.names())


def test_what_is_written_meanwhile_is_not_half_in_it(
    full: Office, staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(connection: Connection, table: Table) -> Iterator[bytes]:
        yield from dump.rows(connection, table)
        add_person(full, OPERATOR, f"late-{table.name.replace('_', '-')}", "Поздний", [Role.EXPERT], "")
        full.files.put(table.name.encode())

    monkeypatch.setattr(making, "rows", rows)
    made = back_up(full, OPERATOR, tmp_path / "backup")
    assert made.contents.tables["people"].rows == len(staff.everybody())
    assert made.contents.files.rows == len(list(full.files.names()))
    check_backup(OPERATOR, tmp_path / "backup")


def test_only_an_empty_place_is_restored_into(full: Office, empty: Office, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    back_up(full, OPERATOR, path)
    assert code(lambda: back_up(full, OPERATOR, path)) == "backup_exists"
    assert code(lambda: restore(full, OPERATOR, path)) == "restore_database_filled"
    strange = empty.files.folder / "x"
    strange.parent.mkdir()
    strange.write_bytes(b"")
    assert code(lambda: restore(empty, OPERATOR, path)) == "restore_files_there"
    strange.unlink()
    restore(empty, OPERATOR, path)
    assert code(lambda: restore(empty, OPERATOR, path)) == "restore_database_filled"


def test_the_queue_of_an_earlier_service_is_not_taken_over(full: Office, empty: Office, tmp_path: Path) -> None:
    back_up(full, OPERATOR, tmp_path / "backup")
    if empty.database.is_sqlite:
        Path(f"{empty.database.url.database}.jobs").touch()
    else:
        with empty.database.transaction() as session:
            session.execute(text("CREATE SCHEMA dbos"))
    assert code(lambda: restore(empty, OPERATOR, tmp_path / "backup")) == "restore_jobs_left"
    assert is_empty(empty)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_database_without_tables_gets_them(
    full: Office, tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    back_up(full, OPERATOR, tmp_path / "backup")
    url = f"sqlite:///{tmp_path / 'new' / 'saraptama.db'}"
    if engine == "postgresql":
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.make())
    database = Database(url)
    fresh = Office(database, Blobs(tmp_path / "new" / "files"), full.factors)
    restore(fresh, OPERATOR, tmp_path / "backup")
    assert everything(fresh)["people"] == everything(full)["people"]
    assert differences(database) == []
    database.dispose()


@pytest.mark.parametrize("late", [False, True])
def test_a_restoration_that_is_broken_off_leaves_nothing(
    full: Office, empty: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    back_up(full, OPERATOR, tmp_path / "backup")

    def fail(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    if late:  # the files are in place, the rows are not committed
        place = restoring._Coming.put_in_place
        monkeypatch.setattr(restoring._Coming, "put_in_place", lambda coming: (place(coming), fail()))
    else:
        monkeypatch.setattr(restoring, "_check", fail)
    with pytest.raises(KeyboardInterrupt):
        restore(empty, OPERATOR, tmp_path / "backup")
    assert is_empty(empty)
    monkeypatch.undo()
    restore(empty, OPERATOR, tmp_path / "backup")


def test_a_lost_or_rotten_file_stops_a_backup(full: Office, tmp_path: Path) -> None:
    sha256 = next(full.files.names())
    path = full.files.path(sha256)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"?")
    assert code(lambda: back_up(full, OPERATOR, tmp_path / "backup"), KeptFileError) == "file_damaged"
    path.unlink()
    assert code(lambda: back_up(full, OPERATOR, tmp_path / "backup"), KeptFileError) == "file_missing"
    assert [each.name for each in tmp_path.iterdir() if "backup" in each.name or each.name.startswith(".sar")] == []
    path.write_bytes(content)
    back_up(full, OPERATOR, tmp_path / "backup")


def test_a_backup_is_in_the_audit(full: Office, clock: Clock, tmp_path: Path) -> None:
    back_up(full, OPERATOR, tmp_path / "backup")
    assert b'"action":"back_up"' in everything(full)["audit"][-1]


def test_only_administrators_make_and_take_backups(office: Office, staff: Staff, tmp_path: Path) -> None:
    back_up(office, staff.administrator, tmp_path / "backup")
    for actor in (*staff.everybody(), ANONYMOUS):
        if actor is not staff.administrator:
            for act in (
                lambda actor=actor: back_up(office, actor, tmp_path / "other"),
                lambda actor=actor: restore(office, actor, tmp_path / "backup"),
                lambda actor=actor: check_backup(actor, tmp_path / "backup"),
            ):
                with pytest.raises(DeniedError):
                    act()


def test_a_row_too_long_is_told_when_it_is_written_and_when_it_is_read(
    full: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from expertise.backup import archive

    longest = max(len(row) for rows in everything(full).values() for row in rows)
    monkeypatch.setattr(archive, "LONGEST_ROW", longest - 1)
    assert code(lambda: back_up(full, OPERATOR, tmp_path / "backup")) == "backup_row_long"
    monkeypatch.setattr(archive, "LONGEST_ROW", longest)
    back_up(full, OPERATOR, tmp_path / "backup2")
    check_backup(OPERATOR, tmp_path / "backup2")
