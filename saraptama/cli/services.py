"""saraptama services import: a table of the register of public services → the file that ``examine`` leans on."""

from __future__ import annotations

from pathlib import Path

import click

from nlp.reading.reader import load_file
from nlp.register.services import dump_services, import_services
from saraptama.cli.codes import Exit
from saraptama.cli.importing import tell
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words


def import_register(words: Words, file: Path, out: Path) -> int:
    """Tell what each column was taken for and which rows were left out; write the register."""
    limits = limits_of_environment()
    imported = import_services(load_file(file, limits), file.name, limits)
    tell(words, imported.columns, imported.wrong, "register.field_")
    out.write_text(dump_services(imported.register), encoding="utf-8", newline="\n")
    register = imported.register
    click.echo(
        words("register.made", file=out, rows=len(register.services), left=len(imported.wrong), sha256=register.sha256)
    )
    return Exit.OK
