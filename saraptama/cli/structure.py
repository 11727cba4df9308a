"""saraptama structure: the tree of units of a file and the amendments it makes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from nlp.reading.reader import read_file
from nlp.structure import structure
from nlp.structure.act import Act, Unit
from nlp.structure.amendments.told import told, told_act, told_count
from nlp.structure.tree import to_tree
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words

_SHOWN = 100


def show_structure(words: Words, file: Path, as_json: bool) -> int:
    """Print the tree and the amendments: indented lines for a person, JSON for a program."""
    act = structure(read_file(file, limits_of_environment()))
    if as_json:
        click.echo(json.dumps(to_tree(act), ensure_ascii=False, indent=1))
        return Exit.OK
    _print(act, act.root, 0)
    _amendments(act, words.language)
    for notice in act.notices:
        click.echo(words(notice.code, **dict(notice.params)), err=True)
    return Exit.OK


def _amendments(act: Act, language: str) -> None:
    """What the act changes in other acts: under the name of each, unit by unit."""
    if act.operations:
        click.echo("\n" + told_count(len(act.operations), language))
    amended = ""
    for operation in act.operations:
        named = told_act(operation.act, language)
        if named != amended:
            click.echo(named)
            amended = named
        click.echo(f"  {operation.address}: {told(act, operation, language)}")


def _print(act: Act, unit: Unit, depth: int) -> None:
    words = act.text(unit.heading if unit.heading != (0, 0) else unit.own)
    shown = " ".join(words.split())
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    click.echo(f"{'  ' * depth}{unit.address or unit.kind} [{unit.role}] {shown}".rstrip())
    for child in unit.children:
        _print(act, child, depth + 1)
