"""saraptama user add | list | password | close: accounts, by whoever has a shell on the machine of the service.

A password is asked for or read from standard input; it is no argument, where every user of the machine could see it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from api.accounts.passwords import Passwords, check_password
from expertise.messages import term
from expertise.office import Office
from expertise.people import OPERATOR, Role
from expertise.work.people import add_person, close_person, find_login, give_password, list_people
from nlp.errors import ReadingError
from saraptama.cli.base import opened
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words

_PAGE = 200


def add_user(
    words: Words, login: str, name: str, roles: Sequence[str], organisation: str, speaks: str, keep: bool
) -> int:
    """A new account; unless ``keep``, its owner must change the password at the first sign-in."""
    with opened() as office:
        kept = _asked(words, office, login)
        person = add_person(
            office, OPERATOR, login, name, [Role(role) for role in roles], kept, organisation=organisation,
            language=speaks, must_change=not keep,
        )  # fmt: skip
    click.echo(words("cli.user_added", login=person.login))
    return Exit.OK


def list_users(words: Words) -> int:
    """One line an account: login, name, roles, whether it is closed."""
    with opened() as office:
        offset = 0
        while True:
            page = list_people(office, OPERATOR, offset=offset, limit=_PAGE)
            for person in page.people:
                roles = ", ".join(term("role", role, words.language) for role in person.roles)
                click.echo("\t".join([person.login, person.name, roles, words("cli.closed") if person.closed else ""]))
            offset += _PAGE
            if offset >= page.total:
                return Exit.OK


def new_password(words: Words, login: str) -> int:
    """A password made up by the operator; sessions end."""
    with opened() as office:
        person = find_login(office, OPERATOR, login)
        give_password(office, OPERATOR, person.id, _asked(words, office, person.login))
    click.echo(words("cli.user_password_given", login=person.login))
    return Exit.OK


def close_user(words: Words, login: str) -> int:
    """Nobody signs in with the account any more."""
    with opened() as office:
        person = close_person(office, OPERATOR, find_login(office, OPERATOR, login).id)
    click.echo(words("cli.user_closed", login=person.login))
    return Exit.OK


def _asked(words: Words, office: Office, login: str) -> str:
    """The hash of a password that was asked for and is one."""
    password = _typed(words) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise ReadingError("cli.no_password")
    check_password(office, password, login)
    return Passwords(1).hash(password)


def _typed(words: Words) -> str:
    password: str = click.prompt(words("cli.password"), hide_input=True, err=True)
    if click.prompt(words("cli.password_again"), hide_input=True, err=True) != password:
        raise ReadingError("cli.passwords_differ")
    return password
