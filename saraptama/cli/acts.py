"""saraptama acts import: a table of acts with their status → the file that ``examine`` leans on."""

from __future__ import annotations

from pathlib import Path

import click

from nlp.reading.reader import load_file
from nlp.register.acts import Status, dump_acts, import_acts
from saraptama.cli.codes import Exit
from saraptama.cli.importing import tell
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words


def import_register(words: Words, file: Path, out: Path) -> int:
    """Tell what each column was taken for and which rows were left out; write the register."""
    limits = limits_of_environment()
    imported = import_acts(load_file(file, limits), file.name, limits)
    tell(words, imported.columns, imported.wrong, "register.act_field_")
    register = imported.register
    out.write_text(dump_acts(register), encoding="utf-8", newline="\n")
    repealed = sum(act.status is Status.REPEALED for act in register.acts)
    click.echo(
        words(
            "register.acts_made",
            file=out,
            rows=len(register.acts),
            repealed=repealed,
            left=len(imported.wrong),
            sha256=register.sha256,
        )
    )
    return Exit.OK
