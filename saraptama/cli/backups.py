"""saraptama backup and saraptama restore."""

from __future__ import annotations

from pathlib import Path

import click

from expertise.backup.contents import Contents
from expertise.backup.making import back_up
from expertise.backup.restoring import check_backup, restore
from expertise.office import Office
from expertise.people import OPERATOR
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from saraptama.cli.base import configuration, opened
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words


def make_backup(words: Words, path: Path) -> int:
    """Write a backup of the service, which may go on working."""
    with opened() as office:
        made = back_up(office, OPERATOR, path.absolute())
    click.echo(words("cli.backup_made", file=path, **_told(made.contents), bytes=made.size, seal=made.seal))
    return Exit.OK


def check(words: Words, path: Path) -> int:
    """Compare a backup with itself; nothing of the service is read or written."""
    checked = check_backup(OPERATOR, path)
    click.echo(words("cli.backup_whole", file=path, **_told(checked.contents), seal=checked.seal))
    return Exit.OK


def take_in(words: Words, path: Path) -> int:
    """Restore a backup into the empty database and folder that the environment names."""
    found = configuration()
    database = Database(found.database)
    try:
        taken = restore(Office(database, Blobs(found.data / "files"), {}, found.settings), OPERATOR, path)
    finally:
        database.dispose()
    click.echo(words("cli.restored", **_told(taken.contents)))
    return Exit.OK


def _told(contents: Contents) -> dict[str, object]:
    return {
        "made_at": contents.made_at,
        "cases": contents.tables["cases"].rows,
        "rows": sum(each.rows for each in contents.tables.values()),
        "files": contents.files.rows,
        "entries": contents.audit_entries,
        "head": contents.audit_head,
    }
