"""A backup is taken in: compared with itself, put into an empty database and folder, compared again; or nothing stays.

Reads: an archive (hostile until compared). Writes: tables and files. All rows, the checks and the entry of the audit
are one transaction; the files lie beside until the checks have passed.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from expertise import audit
from expertise.backup.archive import Archive, reading
from expertise.backup.contents import BackupError, Contents, DamagedBackupError, Listed, table_name
from expertise.backup.making import SUBJECT
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from expertise.store.dump import filled_tables, jobs_left, kept_tables, put_in, rows, values_of
from expertise.store.references import changed_conclusions, named_files
from expertise.store.schema import newest, upgrade


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that is whole, and was restored if that was asked for."""

    contents: Contents
    seal: str


def check_backup(actor: Actor, path: Path) -> Taken:
    """Compare everything without restoring: the tables are put into a database that is thrown away.

    Raises ``DeniedError``, ``DamagedBackupError``, ``BackupError`` (of another version), ``OSError``.
    """
    require(actor, "manage_backups")
    with _compared(path) as archive, tempfile.TemporaryDirectory(prefix="saraptama-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'check.db'}")
        try:
            upgrade(database)
            with database.transaction() as session:
                _fill(session, archive)
        finally:
            database.dispose()
        return Taken(archive.contents, archive.seal)


def restore(office: Office, actor: Actor, path: Path) -> Taken:
    """Put a backup into the office's database and folder of files, both of them empty; tables are made when needed.

    Raises as ``check_backup``, and ``BackupError`` where something is there already. Nothing is half restored.
    """
    require(actor, "manage_backups")
    with _compared(path) as archive:
        _require_empty(office)
        upgrade(office.database)
        with _files_beside(office.files, archive) as coming, office.database.transaction() as session:
            _fill(session, archive)
            said = {"seal": archive.seal, "head": archive.contents.audit_head}
            audit.write(session, actor, office.clock(), "restore", SUBJECT, None, said)
            coming.put_in_place()
        return Taken(archive.contents, archive.seal)


@contextmanager
def _compared(path: Path) -> Iterator[Archive]:
    with reading(path) as archive:
        contents = archive.contents
        if contents.schema != newest():
            said = {"found": contents.schema, "known": newest(), "program": contents.program}
            raise BackupError("expertise.backup_schema", **said)
        if set(contents.tables) != set(kept_tables()) or contents.audit_entries != contents.tables["audit"].rows:
            raise DamagedBackupError("expertise.backup_contents")
        archive.verify()
        yield archive


def _require_empty(office: Office) -> None:
    with office.database.snapshot() as connection:
        filled = filled_tables(connection)
    if filled:
        raise BackupError("expertise.restore_database_filled", tables=", ".join(filled[:5]))
    left = jobs_left(office.database)
    if left:
        raise BackupError("expertise.restore_jobs_left", place=left)
    if office.files.folder.exists() and any(office.files.folder.iterdir()):
        raise BackupError("expertise.restore_files_there", folder=str(office.files.folder))


def _fill(session: Session, archive: Archive) -> None:
    """All rows, and every check that can be made of them."""
    connection = session.connection()
    for name, table in kept_tables().items():
        listed = archive.contents.tables[name]
        try:
            put_in(connection, table, _values(archive, table, listed))
        except (SQLAlchemyError, OverflowError, ValueError) as error:
            raise DamagedBackupError("expertise.backup_table", table=name) from error
        if _listed(connection, table) != listed:
            raise DamagedBackupError("expertise.backup_table", table=name)
    _check(session, archive.contents, archive.files)


def _values(archive: Archive, table: Table, listed: Listed) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(archive.lines(table_name(table.name), listed), 1):
        try:
            yield values_of(table, line)
        except (ValueError, RecursionError) as error:
            raise DamagedBackupError("expertise.backup_row", table=table.name, row=number) from error


def _listed(connection: Connection, table: Table) -> Listed:
    """What a backup of the table as it now is would say."""
    count = size = 0
    digest = hashlib.sha256()
    for line in rows(connection, table):
        count, size = count + 1, size + len(line)
        digest.update(line)
    return Listed(count, size, digest.hexdigest())


def _check(session: Session, contents: Contents, files: Collection[str]) -> None:
    """The audit is whole and ends where it is said to end; conclusions are as frozen; no file is missing."""
    for fault in audit.verify(session, contents.audit_head):
        raise DamagedBackupError("expertise.backup_audit", entry=fault.entry)
    if audit.head(session) != contents.audit_head:
        raise DamagedBackupError("expertise.backup_audit", entry=contents.audit_entries)
    for row_id in changed_conclusions(session):
        raise DamagedBackupError("expertise.backup_conclusion", id=row_id)
    for sha256 in named_files(session):
        if sha256 not in files:
            raise DamagedBackupError("expertise.backup_file_named", sha256=sha256)


class _Coming:
    """Files of an archive in a folder beside the one where they belong."""

    def __init__(self, target: Path, beside: Path) -> None:
        self._target, self._beside = target, beside
        self.placed = False

    def put_in_place(self) -> None:
        """In one step."""
        if self._target.exists():
            self._target.rmdir()  # it was empty; if it no longer is, this fails
        self._beside.rename(self._target)
        self.placed = True


@contextmanager
def _files_beside(files: Blobs, archive: Archive) -> Iterator[_Coming]:
    target = files.folder
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}-{secrets.token_hex(8)}")
    beside.mkdir(mode=0o700)
    coming = _Coming(target, beside)
    try:
        blobs = Blobs(beside)
        for sha256, size in archive.files.items():
            blobs.put_stream(archive.pieces(sha256), size)
        yield coming
    except BaseException:
        shutil.rmtree(target if coming.placed else beside, ignore_errors=True)
        raise
