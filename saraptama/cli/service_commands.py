"""Commands for whoever runs the service: accounts, the database, the audit, backups, a demonstration."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from expertise.people import Role
from nlp.messages import LANGUAGES
from saraptama.cli.words import Words


def service_commands(words: Words) -> tuple[click.Command, ...]:
    """``user``, ``db``, ``audit``, ``backup``, ``restore``, ``demo``."""
    return _user(words), _db(words), _audit(words), _backup(words), _restore(words), _demo(words)


def _user(words: Words) -> click.Group:
    group = click.Group("user", help=words("cli.help.user"))

    def add(login: str, name: str, roles: tuple[str, ...], organisation: str, speaks: str, keep: bool) -> int:
        from saraptama.cli.people import add_user

        return add_user(words, login, name, roles, organisation, speaks, keep)

    def list_() -> int:
        from saraptama.cli.people import list_users

        return list_users(words)

    def password(login: str) -> int:
        from saraptama.cli.people import new_password

        return new_password(words, login)

    def close(login: str) -> int:
        from saraptama.cli.people import close_user

        return close_user(words, login)

    roles = click.Choice([role.value for role in Role])
    params: list[click.Parameter] = [
        _login(),
        click.Option(["--name"], required=True, help=words("cli.help.user_name")),
        click.Option(["--role", "roles"], type=roles, multiple=True, required=True, help=words("cli.help.user_role")),
        click.Option(["--organisation"], default="", help=words("cli.help.user_organisation")),
        click.Option(
            ["--speaks"], type=click.Choice(LANGUAGES), default="ru", show_default=True,
            help=words("cli.help.user_speaks"),
        ),
        click.Option(["--keep-password", "keep"], is_flag=True, help=words("cli.help.user_keep")),
    ]  # fmt: skip
    group.add_command(click.Command("add", callback=add, help=words("cli.help.user_add"), params=params))
    group.add_command(click.Command("list", callback=list_, help=words("cli.help.user_list")))
    for name, callback in (("password", password), ("close", close)):
        command = click.Command(name, callback=callback, help=words(f"cli.help.user_{name}"), params=[_login()])
        group.add_command(command)
    return group


def _login() -> click.Argument:
    return click.Argument(["login"], metavar="LOGIN")


def _db(words: Words) -> click.Group:
    group = click.Group("db", help=words("cli.help.db"))

    def upgrade() -> int:
        from saraptama.cli.base import upgrade_database

        return upgrade_database(words)

    def check() -> int:
        from saraptama.cli.base import check_database

        return check_database(words)

    group.add_command(click.Command("upgrade", callback=upgrade, help=words("cli.help.db_upgrade")))
    group.add_command(click.Command("check", callback=check, help=words("cli.help.db_check")))
    return group


def _audit(words: Words) -> click.Group:
    group = click.Group("audit", help=words("cli.help.audit"))

    def verify(head: str) -> int:
        from saraptama.cli.base import verify_audit

        return verify_audit(words, head)

    option = click.Option(["--head"], default="", help=words("cli.help.audit_head"))
    group.add_command(click.Command("verify", callback=verify, help=words("cli.help.audit_verify"), params=[option]))
    group.add_command(_erase(words))
    return group


def _erase(words: Words) -> click.Command:
    def erase(reason: str, case: str, person: str, entry: int | None, before: datetime | None) -> int:
        from saraptama.cli.base import erase_audit_texts

        return erase_audit_texts(words, reason, case, person, entry or 0, before)

    params: list[click.Parameter] = [
        click.Option(["--reason"], required=True, help=words("cli.help.erase_reason")),
        click.Option(["--case"], default="", help=words("cli.help.erase_case")),
        click.Option(["--person"], default="", help=words("cli.help.erase_person")),
        click.Option(["--entry"], type=click.IntRange(1), help=words("cli.help.erase_entry")),
        click.Option(["--before"], type=click.DateTime(["%Y-%m-%d"]), help=words("cli.help.erase_before")),
    ]
    return click.Command("erase", callback=erase, help=words("cli.help.audit_erase"), params=params)


def _backup(words: Words) -> click.Command:
    def backup(file: Path, check: bool) -> int:
        from saraptama.cli import backups

        return backups.check(words, file) if check else backups.make_backup(words, file)

    option = click.Option(["--check"], is_flag=True, help=words("cli.help.backup_check"))
    return click.Command("backup", callback=backup, help=words("cli.help.backup"), params=[_file(), option])


def _restore(words: Words) -> click.Command:
    def restore(file: Path) -> int:
        from saraptama.cli.backups import take_in

        return take_in(words, file)

    return click.Command("restore", callback=restore, help=words("cli.help.restore"), params=[_file()])


def _demo(words: Words) -> click.Command:
    def demo(add: bool, drafts: Path | None) -> int:
        from saraptama.cli.demo import demo as make

        return make(words, drafts, add)

    folder = click.Path(path_type=Path, file_okay=False)
    params: list[click.Parameter] = [
        click.Option(["--add"], is_flag=True, help=words("cli.help.demo_add")),
        click.Option(["--drafts"], type=folder, help=words("cli.help.demo_drafts")),
    ]
    return click.Command("demo", callback=demo, help=words("cli.help.demo"), params=params)


def _file() -> click.Argument:
    return click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
