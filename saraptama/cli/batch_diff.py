"""saraptama batch diff: what changed between two folders of results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from expertise.batch.diff import SCHEMA_VERSION, Totals, changed_versions, drafts
from expertise.batch.folder import OutFolder
from saraptama.cli.codes import Exit
from saraptama.cli.words import Words

_SHOWN = ("appeared", "vanished")


def show_diff(words: Words, before: Path, after: Path, as_json: bool) -> int:
    """Print the differences; as JSON by ``expertise/schema/batch-diff-1.0.schema.json``."""
    old, new = OutFolder(before), OutFolder(after)
    versions, totals = changed_versions(old, new), Totals()
    kept: list[dict[str, Any]] = []
    if not as_json:
        _versions(words, versions)
    for draft in drafts(old, new):
        totals.add(draft)
        if as_json:
            kept.append(draft)
        else:
            _draft(words, draft)
    if as_json:
        said = {
            "schema_version": SCHEMA_VERSION, "versions": versions, "totals": totals.to_dict(), "drafts": kept,
        }  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        _totals(words, totals.to_dict())
    return Exit.OK


def _versions(words: Words, versions: list[dict[str, str]]) -> None:
    if not versions:
        click.echo(words("cli.batch_diff_same_versions"))
    for each in versions:
        click.echo(
            words("cli.batch_diff_version", name=each["name"], before=each["before"] or "–", after=each["after"] or "–")
        )


def _draft(words: Words, draft: dict[str, Any]) -> None:
    if draft["state"] == "same":
        return
    click.echo(f"\n{draft['draft']}: {words('batch.state_' + draft['state'])}")
    for outcome in _SHOWN:
        for finding in draft[outcome]:
            sign = "+" if outcome == "appeared" else "−"
            click.echo(f"  {sign} {finding['factor']}, {finding['citation']}: «{finding['quote']}»")
    for tie in draft["unsure"]:
        there = tie["after"][0]
        click.echo("  ? " + words("cli.batch_diff_unsure", factor=there["factor"], unit=there["citation"]))
    for finding in draft["regraded"]:
        click.echo(
            "  ~ "
            + words(
                "cli.batch_diff_regraded",
                factor=finding["factor"], unit=finding["citation"],
                before=words(f"severity.{finding['severity_before']}"), after=words(f"severity.{finding['severity']}"),
            )
        )  # fmt: skip


def _totals(words: Words, totals: dict[str, Any]) -> None:
    click.echo("\n" + words("cli.batch_diff_drafts", drafts=sum(totals["drafts"].values()),
                            other_texts=totals["other_texts"]))  # fmt: skip
    for state, count in totals["drafts"].items():
        click.echo(f"  {count} – {words('batch.state_' + state)}")
    click.echo(words("cli.batch_diff_findings", **totals["findings"]))
    for factor, counts in totals["factors"].items():
        click.echo(f"  {factor}: +{counts['appeared']} −{counts['vanished']} ={counts['kept']} ?{counts['unsure']}")
