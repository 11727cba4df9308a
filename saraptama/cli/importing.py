"""What an import of a register tells on the way: what each column was taken for, which rows were left out."""

from __future__ import annotations

from collections.abc import Sequence

import click

from nlp.register.columns import Columns
from nlp.register.kept import WrongRow
from saraptama.cli.words import Words

_SHOWN = 50


def tell(words: Words, columns: Columns, wrong: Sequence[WrongRow], field_message: str) -> None:
    """Columns to standard output, rows to standard error; ``field_message``: the code of a field's name without it."""
    for field, heading in columns.headings.items():
        click.echo(words("register.column", heading=heading, field=words(f"{field_message}{field}")))
    for row in wrong[:_SHOWN]:
        click.echo(words(row.code, line=row.line, value=row.value), err=True)
    if len(wrong) > _SHOWN:
        click.echo(words("register.more_rows", rows=len(wrong) - _SHOWN), err=True)
