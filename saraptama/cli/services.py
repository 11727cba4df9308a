"""saraptama services import: a table of the register of public services → the file that ``examine`` leans on."""

from __future__ import annotations

from pathlib import Path

import click

from nlp.reading.reader import load_file
from nlp.register.services import dump_services, import_services
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words

_SHOWN = 50


def import_register(words: Words, file: Path, out: Path) -> int:
    """Tell what each column was taken for and which rows were left out; write the register."""
    limits = limits_of_environment()
    imported = import_services(load_file(file, limits), file.name, limits)
    for field, heading in imported.columns.headings.items():
        click.echo(words("register.column", heading=heading, field=words(f"register.field_{field}")))
    for wrong in imported.wrong[:_SHOWN]:
        click.echo(words(wrong.code, line=wrong.line, value=wrong.value), err=True)
    if len(imported.wrong) > _SHOWN:
        click.echo(words("register.more_rows", rows=len(imported.wrong) - _SHOWN), err=True)
    out.write_text(dump_services(imported.register), encoding="utf-8", newline="\n")
    register = imported.register
    click.echo(
        words("register.made", file=out, rows=len(register.services), left=len(imported.wrong), sha256=register.sha256)
    )
    return Exit.OK
