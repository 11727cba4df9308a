"""saraptama db upgrade | check and saraptama audit verify | erase."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from api.configuration import Configuration
from expertise.messages import say
from expertise.office import Office
from expertise.people import OPERATOR
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from expertise.store.schema import differences, require_current, upgrade
from expertise.work.journal import case_subject, erase, verify
from expertise.work.people import find_login
from expertise.work.people import subject as person_subject
from nlp.errors import ReadingError
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words


def configuration() -> Configuration:
    """Where things lie, from the environment; a variable that makes no sense is an input error."""
    try:
        return Configuration.from_environment(os.environ)
    except ValueError as error:
        raise ReadingError("cli.bad_setting", setting=str(error)) from error


@contextmanager
def opened() -> Iterator[Office]:
    """The office without a pack, over a database of this version. Raises ``SchemaError`` for one of another."""
    found = configuration()
    database = Database(found.database)
    try:
        require_current(database)
        yield Office(database, Blobs(found.data / "files"), {}, found.settings)
    finally:
        database.dispose()


def upgrade_database(words: Words) -> int:
    """Bring the schema up to date."""
    database = Database(configuration().database)
    try:
        click.echo(words("cli.db_upgraded", revision=upgrade(database)))
    finally:
        database.dispose()
    return Exit.OK


def check_database(words: Words) -> int:
    """Compare version and tables."""
    with opened() as office:
        found = differences(office.database)
        if found:
            told = "; ".join(str(difference)[:200] for difference in found[:5])
            click.echo(words("cli.db_differs", differences=told), err=True)
            return Exit.DAMAGED
        click.echo(words("cli.db_good", database=office.database.url.render_as_string(hide_password=True)))
    return Exit.OK


def verify_audit(words: Words, head: str) -> int:
    """Walk the whole chain."""
    with opened() as office:
        found = verify(office, OPERATOR, head.strip().lower())
    for fault in found.faults:
        text = say(fault.code, words.language)
        click.echo(words("cli.audit_fault", entry=fault.entry, text=text), err=True)
    if found.faults:
        click.echo(words("cli.audit_broken", faults=len(found.faults)), err=True)
        return Exit.DAMAGED
    click.echo(words("cli.audit_whole", entries=found.entries, head=found.head))
    return Exit.OK


def erase_audit_texts(words: Words, reason: str, case: str, person: str, entry: int, before: datetime | None) -> int:
    """Erase texts beside the audit: of a case (by its number) or an account (by its login), an entry, or old ones."""
    if case and person:
        raise click.UsageError(words("cli.erase_one_subject"))
    with opened() as office:
        subject = case_subject(office, OPERATOR, case) if case else ""
        subject = person_subject(find_login(office, OPERATOR, person).id) if person else subject
        moment = before.replace(tzinfo=UTC) if before else None
        erased = erase(office, OPERATOR, reason, subject=subject, entry=entry, before=moment)
    click.echo(words("cli.audit_erased", entries=len(erased)))
    return Exit.OK
