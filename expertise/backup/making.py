"""A backup is made while the service works: the tables of one moment, then the files, which are never changed.

Reads: database, kept files. Writes: one archive, under its name only when it is whole and on the disk; one entry of the
audit, since a copy of everything leaves the house.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from expertise import audit
from expertise.backup.archive import SEAL, Writer, writing
from expertise.backup.contents import (
    FILE_LIST,
    BackupError,
    Contents,
    Listed,
    file_name,
    is_hash,
    table_name,
    write_contents,
)
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.blobs import Blobs, KeptFileError
from expertise.store.dump import kept_tables, rows
from expertise.store.references import named_files
from expertise.store.schema import require_current, revision

SUBJECT = "service"
"""How the audit names what concerns the service as a whole."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup. ``seal``: the hash printed for whoever keeps it; ``size`` in bytes."""

    contents: Contents
    seal: str
    size: int


def back_up(office: Office, actor: Actor, path: Path) -> Made:
    """Write a backup to ``path``, which must not exist.

    Raises ``DeniedError``, ``SchemaError``, ``BackupError``, ``KeptFileError`` (a file is missing or damaged),
    ``OSError`` where the archive cannot be written.
    """
    require(actor, "manage_backups")
    require_current(office.database)
    if path.exists():
        raise BackupError("expertise.backup_exists", file=str(path))
    with office.database.transaction() as session:
        audit.write(session, actor, office.clock(), "back_up", SUBJECT)
    beside = path.with_name(f".saraptama-{secrets.token_hex(8)}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL, 0o600))
        with writing(beside) as writer:
            contents = _write(office, writer)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _settle(path.parent)
    return Made(contents, _seal_of(path), path.stat().st_size)


def _write(office: Office, writer: Writer) -> Contents:
    """Tables first: a file is on the disk before a table names it, so all that are named are there afterwards."""
    with office.database.snapshot() as connection:
        tables = {
            name: writer.lines(table_name(name), rows(connection, table)) for name, table in kept_tables().items()
        }
        schema, (named, entries, head) = revision(connection), _told(connection)
    listed = _write_files(office.files, writer, named)
    contents = Contents(
        program=metadata.version("saraptama"),
        made_at=office.clock().isoformat(timespec="seconds"),
        schema=schema,
        tables=tables,
        files=listed,
        audit_entries=entries,
        audit_head=head,
    )
    writer.contents(write_contents(contents))
    return contents


def _told(connection: Connection) -> tuple[frozenset[str], int, str]:
    """Files that are named, and length and head of the audit."""
    with Session(connection) as session:
        return frozenset(named_files(session)), audit.length(session), audit.head(session)


def _write_files(files: Blobs, writer: Writer, named: frozenset[str]) -> Listed:
    """All files that are kept, those that came meanwhile too."""
    there = [name for name in files.names() if is_hash(name)]
    for sha256 in sorted(named - set(there)):
        raise KeptFileError("expertise.file_missing", sha256=sha256)
    lines = []
    for sha256 in there:
        with files.path(sha256).open("rb") as stream:
            copied = writer.file(file_name(sha256), stream)
        if copied.sha256 != sha256:
            raise KeptFileError("expertise.file_damaged", sha256=sha256)
        lines.append(json.dumps({"sha256": sha256, "size": copied.size}).encode() + b"\n")
    return writer.lines(FILE_LIST, lines)


def _seal_of(path: Path) -> str:
    with path.open("rb") as stream:
        stream.seek(-SEAL, os.SEEK_END)
        return stream.read().decode()


def _settle(folder: Path) -> None:
    """The name is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
