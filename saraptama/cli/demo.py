"""saraptama demo: a service to look at, with accounts of all roles and cases at different stages."""

from __future__ import annotations

import os
import secrets
import string
from pathlib import Path

import click

import saraptama
from api.accounts.passwords import Passwords
from expertise.demo.making import demonstrate, drafts_there
from expertise.messages import term
from expertise.people import OPERATOR
from expertise.store.schema import require_current
from nlp.errors import ReadingError
from nlp.pipeline import Examiner
from saraptama.cli.base import configuration
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words
from saraptama.packs import find_pack
from saraptama.weights import find_classifier

_SIGNS = string.ascii_letters + string.digits
_LENGTH = 16


def demo(words: Words, drafts: Path | None, add: bool) -> int:
    """Make accounts and cases; every account gets a password of its own, printed now and never again."""
    folder = drafts or Path(saraptama.__file__).resolve().parent.parent / "examples"
    if not drafts_there(folder):
        raise ReadingError("cli.demo_no_drafts", folder=os.fspath(folder))
    found = configuration()
    pack = find_pack(found.pack)
    office = found.office(pack)
    hashing, given = Passwords(1), dict[str, str]()

    def hash_of(login: str) -> str:
        given[login] = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
        return hashing.hash(given[login])

    try:
        require_current(office.database)
        shown = demonstrate(
            office, OPERATOR, Examiner(pack, found.limits, classifier=find_classifier()), folder, hash_of, add=add
        )
    finally:
        office.database.dispose()
    for login, roles in shown.people.items():
        named = ", ".join(term("role", role, words.language) for role in roles)
        click.echo(f"{login}\t{given[login]}\t{named}")
    click.echo(words("cli.demo_made", cases=", ".join(shown.cases)))
    if not shown.concluded:
        click.echo(words("cli.demo_no_fonts"), err=True)
    return Exit.OK
