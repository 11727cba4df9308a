"""Two runs compared: which disagreements are gone (gained), which are new (lost), and the figures side by side.

Reads: two reports on disk, or two results. Writes: ``Comparison``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora.lines import Record, records
from evaluation.disagreements import Disagreement, DisagreementKind
from evaluation.errors import EvaluationError
from evaluation.items import Role
from evaluation.judged import Counting
from evaluation.markdown import table
from evaluation.marking import reading_text
from evaluation.plain import json_line, percent, plain
from evaluation.report import ERRORS_LINES, REPORT_JSON, SCHEMA_VERSION, report_data, write_files
from evaluation.run import EvaluationResult
from evaluation.scores import ratio
from nlp.errors import CorpusError
from nlp.norms.frame import Field, FieldSpan


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One headline figure in both runs; None where it is not defined."""

    name: str
    first: float | None
    second: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second run does better (``gained``) and worse (``lost``) than the first.

    Gained: a label found now, or a wrong finding gone; lost: the reverse; both over the corpora and factors that the
    runs share. ``figures`` is empty when the runs differ in corpora or factors, because then they measure different
    things.
    """

    first: str
    second: str
    corpora: tuple[str, ...]
    factors: tuple[str, ...]
    gained: tuple[Disagreement, ...]
    lost: tuple[Disagreement, ...]
    figures: tuple[FigureChange, ...]


def compare_runs(first: Path, second: Path) -> Comparison:
    """Compare two reports (their directories or ``report.json`` files).

    Raises ``EvaluationError`` for something that is not a report, and for runs without a common corpus or factor.
    """
    return _compare(read_run(Path(first)), read_run(Path(second)))


def compare_results(first: EvaluationResult, second: EvaluationResult) -> Comparison:
    """The same for two results in memory."""
    return _compare(
        Run("first", report_data(first), first.disagreements),
        Run("second", report_data(second), second.disagreements),
    )


def write_comparison(comparison: Comparison, directory: Path) -> tuple[Path, ...]:
    """Write ``compare.md`` and ``compare.jsonl`` (lines with ``change``: gained or lost)."""
    lines = [{"change": "gained", **plain(each)} for each in comparison.gained]
    lines += [{"change": "lost", **plain(each)} for each in comparison.lost]
    contents = {"compare.md": comparison_text(comparison), "compare.jsonl": "".join(map(json_line, lines))}
    return write_files(Path(directory), contents)


def comparison_text(comparison: Comparison) -> str:
    """The comparison to read: figures, counts per factor, then every text gained and lost."""
    factors = sorted({each.factor for each in (*comparison.gained, *comparison.lost)})
    counts = [
        (factor, *(str(_count(changes, factor, kind)) for changes, kind in _columns(comparison))) for factor in factors
    ]
    figures = [(each.name, percent(each.first), percent(each.second)) for each in comparison.figures]
    head = ("factor", "labels now found", "wrong findings gone", "labels now missed", "new wrong findings")
    parts = [
        f"# {comparison.first} → {comparison.second}",
        f"Corpora: {', '.join(comparison.corpora)}.",
        table(head, counts),
        *([table(("figure", comparison.first, comparison.second), figures)] if figures else []),
        reading_text(comparison.gained, "Gained").rstrip("\n"),
        reading_text(comparison.lost, "Lost").rstrip("\n"),
    ]
    return "\n\n".join(parts) + "\n"


def _columns(comparison: Comparison) -> tuple[tuple[tuple[Disagreement, ...], DisagreementKind], ...]:
    missed, wrong = DisagreementKind.FALSE_NEGATIVE, DisagreementKind.FALSE_POSITIVE
    return (
        (comparison.gained, missed),
        (comparison.gained, wrong),
        (comparison.lost, missed),
        (comparison.lost, wrong),
    )


def _count(changes: Iterable[Disagreement], factor: str, kind: DisagreementKind) -> int:
    return sum(each.factor == factor and each.kind is kind for each in changes)


@dataclass(frozen=True, slots=True)
class Run:
    """A report as it lies on disk."""

    name: str
    data: Mapping[str, Any]
    disagreements: tuple[Disagreement, ...]

    def corpora(self) -> dict[str, str]:
        """Name by sha256."""
        return {each["sha256"]: each["name"] for each in self.data["corpora"]}

    def scope(self) -> frozenset[str] | None:
        """The factors the run was restricted to; None when it was not."""
        return frozenset(self.data["factors"]) if self.data["restricted"] else None


def _compare(first: Run, second: Run) -> Comparison:
    shared = set(first.corpora()) & set(second.corpora())
    scope = _common_scope(first.scope(), second.scope())
    if not shared or scope == frozenset():
        raise EvaluationError("evaluation_not_comparable", first=first.name, second=second.name)
    before, after = _within(first, shared, scope), _within(second, shared, scope)
    same = set(first.corpora()) == set(second.corpora()) and first.scope() == second.scope()
    factors = scope if scope is not None else {each.factor for each in (*before.values(), *after.values())}
    return Comparison(
        first=first.name,
        second=second.name,
        corpora=tuple(sorted(first.corpora()[sha] for sha in shared)),
        factors=tuple(sorted(factors)),
        gained=tuple(each for key, each in before.items() if key not in after),
        lost=tuple(each for key, each in after.items() if key not in before),
        figures=_figures(first.data, second.data) if same else (),
    )


def _common_scope(first: frozenset[str] | None, second: frozenset[str] | None) -> frozenset[str] | None:
    if first is None or second is None:
        return first if second is None else second
    return first & second


def _within(run: Run, shared: set[str], scope: frozenset[str] | None) -> dict[tuple[str, str, str, str], Disagreement]:
    sha_of = {name: sha for sha, name in run.corpora().items() if sha in shared}
    return {
        (sha_of[each.corpus], each.id, each.factor, each.kind.value): each
        for each in run.disagreements
        if each.corpus in sha_of and (scope is None or each.factor in scope)
    }


def _figures(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[FigureChange, ...]:
    before, after = headline_figures(first), headline_figures(second)
    return tuple(FigureChange(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after]))


def headline_figures(data: Mapping[str, Any]) -> dict[str, float | None]:
    """The figures worth a line of a log or of a comparison, from the data of a report; shares from 0 to 1."""
    figures: dict[str, float | None] = {}
    for each in data["slices"]:
        place = f"{each['language']}, {each['counting']}"
        if each["view"] == "headline":
            figures[f"any F1 ({place})"] = each["any_factor"]["f1"]
            figures[f"micro P ({place})"] = each["micro"]["precision"]
            figures[f"micro R ({place})"] = each["micro"]["recall"]
            figures[f"micro F1 ({place})"] = each["micro"]["f1"]
            figures[f"macro F1 ({place})"] = each["macro"]["f1"]
        elif each["view"] == "natural":
            figures[f"natural micro F1 ({place})"] = each["micro"]["f1"]
        elif each["view"] == "strength2":
            figures[f"strength 2 recall ({place})"] = each["micro"]["recall"]
    for each in data.get("rankings", ()):  # reports of earlier versions have no figures of confidence
        if each["factor"] == "" and each["by"] == "confidence":
            figures[f"average precision ({each['language']})"] = each["average_precision"]
            figures[f"P at recall 0.8 ({each['language']})"] = each["precision_at_recall"]
    for each in data.get("calibrations", ()):
        if each["of"] == "findings":
            figures[f"calibration error ({each['language']})"] = each["ece"]
    for each in data["pairs"]:
        if not each["near_length"]:
            figures[f"pairs both right ({each['language']}, {each['counting']})"] = each["both"]["share"]
    for counting in Counting:
        rows = [each for each in data["drafts"] if each["counting"] == counting.value]
        if rows:
            made, expected = sum(row["made"] for row in rows), sum(row["expected"] for row in rows)
            figures[f"drafts P ({counting.value})"] = ratio(sum(row["right"] for row in rows), made)
            figures[f"drafts R ({counting.value})"] = ratio(sum(row["found"] for row in rows), expected)
    return figures


def read_run(path: Path) -> Run:
    """The report in a folder (or of its ``report.json``); raises ``EvaluationError`` for something that is none."""
    directory = path if path.is_dir() else path.parent
    try:
        data = json.loads((directory / REPORT_JSON).read_text(encoding="utf-8"))
        found = data["schema_version"]
        if found != SCHEMA_VERSION:
            raise EvaluationError("evaluation_report_schema", file=str(path), found=found, known=SCHEMA_VERSION)
        run = Run(directory.name, data, tuple(map(_disagreement, records(directory / ERRORS_LINES))))
        _check(run)
    except (OSError, ValueError, KeyError, TypeError, CorpusError) as error:
        raise EvaluationError("evaluation_report_unreadable", file=str(path)) from error
    return run


def _check(run: Run) -> None:
    """Read every part that a comparison needs, so that a damaged report is told at once."""
    run.corpora()
    run.scope()
    headline_figures(run.data)


def _disagreement(record: Record) -> Disagreement:
    spans = [(span["field"], span["start"], span["end"]) for span in _objects(record, "spans")]
    return Disagreement(
        kind=DisagreementKind(record.text("kind")),
        factor=record.factor("factor"),
        corpus=record.text("corpus"),
        role=Role(record.text("role")),
        id=record.text("id"),
        language=record.text("language"),
        strength=record.strength("strength"),
        finding_kind=record.text("finding_kind"),
        detectors=record.texts("detectors"),
        spans=tuple(FieldSpan(Field(field), int(start), int(end)) for field, start, end in spans),
        quote=record.text("quote"),
        labels=record.texts("labels"),
        found=record.texts("found"),
        heading=record.text("heading"),
        lead=record.text("lead"),
        text=record.text("text"),
    )


def _objects(record: Record, field: str) -> list[dict[str, Any]]:
    items = record.items(field)
    return [item for item in items if isinstance(item, dict)]
