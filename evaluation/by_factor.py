"""One table of a report: every factor in both languages, with what changed since another report.

    python -m evaluation.by_factor REPORT [--before REPORT]

Reads: ``report.json`` of ``saraptama evaluate``. Writes: a Markdown table for ``docs/quality.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from evaluation.errors import EvaluationError
from evaluation.markdown import table
from evaluation.report import REPORT_JSON

LANGUAGES = ("ru", "kk")
_ALL = "remarks_and_attention"

Counts = Mapping[str, tuple[int, ...]]


def by_factor(report: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> str:
    """A row a factor: provisions (right / wrong / missed) and pairs (both right / all) in Russian and Kazakh.

    With ``before``, a change of right findings and of right pairs follows in brackets. Raises ``EvaluationError`` for
    data that is no report.
    """
    head = ["factor"]
    columns = []
    for language in LANGUAGES:
        for title, counted in ((f"{language}: right / wrong / missed", provisions), (f"{language}: pairs", pairs)):
            head.append(title)
            columns.append((counted(report, language), counted(before, language) if before is not None else {}))
    factors = sorted({factor for counts, _ in columns for factor, values in counts.items() if any(values)})
    return table(head, [[factor, *(_cell(now, old, factor) for now, old in columns)] for factor in factors])


def provisions(report: Mapping[str, Any], language: str) -> Counts:
    """Factor → right, wrong, missed, of all findings against labels of both strengths."""
    found = _one(report, "slices", language, view="headline")
    return {each["factor"]: tuple(each["scores"][name] for name in ("tp", "fp", "fn")) for each in found}


def pairs(report: Mapping[str, Any], language: str) -> Counts:
    """Factor → pairs with both sides right, pairs in all."""
    found = _one(report, "pairs", language, near_length=False)
    return {each["factor"]: (each["both"]["count"], each["both"]["total"]) for each in found}


def _one(report: Mapping[str, Any], part: str, language: str, **wanted: object) -> Sequence[Mapping[str, Any]]:
    try:
        for each in report[part]:
            if each["language"] == language and each["counting"] == _ALL and wanted.items() <= each.items():
                factors: Sequence[Mapping[str, Any]] = each["factors"]
                return factors
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError("evaluation_report_unreadable", file=REPORT_JSON) from error
    return ()


def _cell(now: Counts, before: Counts, factor: str) -> str:
    values = now.get(factor)
    if values is None or not any(values):
        return "–"
    change = values[0] - before[factor][0] if factor in before else 0
    return " / ".join(map(str, values)) + (f" ({change:+d})" if change else "")


def read_report(folder: Path) -> Mapping[str, Any]:
    """``report.json`` of a report folder; raises ``EvaluationError`` when there is none."""
    try:
        data: Mapping[str, Any] = json.loads((folder / REPORT_JSON).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationError("evaluation_report_unreadable", file=str(folder)) from error
    return data


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--before", type=click.Path(path_type=Path))
def main(report: Path, before: Path | None) -> None:
    """Print the table."""
    click.echo(by_factor(read_report(report), read_report(before) if before else None))


if __name__ == "__main__":
    main()
