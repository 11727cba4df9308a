"""saraptama plugins: what is registered under our entry points, and whether it loads."""

from __future__ import annotations

import json
from typing import Any

import click

from nlp.plugins import GROUPS, Plugin, PluginError, installed
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words


def list_plugins(words: Words, as_json: bool) -> int:
    """One line each; exit code ``INPUT`` when one of them is broken."""
    rows = [_row(words, plugin) for group in GROUPS for plugin in installed(group)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            click.echo(_line(words, row))
    return Exit.OK if all(row["error"] is None for row in rows) else Exit.INPUT


def _row(words: Words, plugin: Plugin) -> dict[str, Any]:
    try:
        plugin.load()
        error = None
    except PluginError as broken:
        error = words(broken.code, **broken.params)
    return {
        "group": plugin.group,
        "name": plugin.name,
        "target": plugin.target,
        "package": plugin.package,
        "version": plugin.version,
        "error": error,
    }


def _line(words: Words, row: dict[str, Any]) -> str:
    kind = words(f"cli.plugins.{row['group'].rpartition('.')[2]}")
    line = f"{kind}: {row['name']} – {row['package']} {row['version']}, {row['target']}"
    return line if row["error"] is None else f"{line}\n  ! {row['error']}"
