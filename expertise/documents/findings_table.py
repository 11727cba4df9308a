"""Tables of the preliminary check: the summary by factor and severity, and the findings themselves.

Reads: TextReport. Writes: tables of the document model. Columns follow methodology 1.6 without the developer's answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from expertise.case.shown_units import is_inside
from expertise.documents.changed import changed_wording
from expertise.documents.listing import Listed
from expertise.documents.model import Cell, Emphasis, Paragraph, Run, Shade, Style, Table, text
from expertise.documents.proposal import proposal
from expertise.documents.wording import label_of, own_words, reworded_unit, wording
from expertise.documents.words import Words, capital, factor_name
from nlp.detection.finding import Finding, Kind, Mark, Severity
from nlp.examination import TextReport
from nlp.norms.frame import Field
from nlp.structure.citations import cite

Names = Mapping[str, Mapping[str, str]]

SHADES = {Severity.LOW: Shade.LOW, Severity.MEDIUM: Shade.MEDIUM, Severity.HIGH: Shade.HIGH}
_SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
_KINDS = (Kind.REMARK, Kind.ATTENTION)
_FINDING_WIDTHS = (11.0, 30.0, 61.0, 36.0, 63.0, 61.0)
_SUMMARY_WIDTHS = (94.0, 24.0, 24.0, 24.0, 24.0, 24.0, 24.0, 24.0)
_COLUMNS = ("number", "unit", "wording", "factor", "reasoning", "proposal")


def findings_table(report: TextReport, entries: Sequence[Listed], said: Words, names: Names) -> Table:
    """One row a finding: number, unit, wording, factor and severity, reasoning and risk, proposed wording."""
    head = tuple(_head(said.say(f"preliminary.column_{column}")) for column in _COLUMNS)
    rows = tuple(_row(report, entry, said, names) for entry in entries)
    return Table(_FINDING_WIDTHS, rows, (head,))


def summary_table(report: TextReport, said: Words, names: Names) -> Table:
    """Factors × severity, remarks and places that ask for attention apart, with sums."""
    counts = Counter((finding.factor, finding.kind, finding.severity) for finding in report.findings)
    found = {finding.factor for finding in report.findings}
    factors = [factor for factor in names if factor in found] + sorted(found - set(names))
    rows = [_summary_row(factor_name(factor, said.language, names), _grades(counts, factor)) for factor in factors]
    totals = [sum(column) for column in zip(*(_grades(counts, factor) for factor in factors), strict=True)]
    rows.append(_summary_row(said.say("preliminary.summary_sum"), totals, Emphasis.STRONG, keep=False))
    return Table(_SUMMARY_WIDTHS, tuple(rows), _summary_head(said))


def _grades(counts: Counter[tuple[str, Kind, Severity]], factor: str) -> list[int]:
    return [counts[factor, kind, severity] for kind in _KINDS for severity in _SEVERITIES]


def _summary_row(
    label: str, grades: Sequence[int], emphasis: Emphasis = Emphasis.PLAIN, *, keep: bool = True
) -> tuple[Cell, ...]:
    # The table is short: its rows stay on one page, the sums with what they sum.
    shown = [str(count) if count else "–" for count in grades]
    numbers = [Cell((text(number, Style.CELL_CENTERED, emphasis, keep=keep),)) for number in shown]
    total = Cell((text(str(sum(grades)), Style.CELL_CENTERED, Emphasis.STRONG, keep=keep),))
    return (Cell((text(label, Style.CELL, emphasis, keep=keep),)), *numbers, total)


def _summary_head(said: Words) -> tuple[tuple[Cell, ...], ...]:
    severities = [_head(said.say(f"preliminary.severity.{severity.value}")) for severity in _SEVERITIES]
    top = (
        _head(said.say("preliminary.summary_factor"), down=2),
        _head(said.say("preliminary.summary_remarks"), across=3),
        _head(said.say("preliminary.summary_attention"), across=3),
        _head(said.say("preliminary.summary_total"), down=2),
    )
    return (top, (*severities, *severities))


def _head(words: str, across: int = 1, down: int = 1) -> Cell:
    return Cell((text(words, Style.COLUMN_HEAD),), Shade.HEAD, across, down)


def _row(report: TextReport, entry: Listed, said: Words, names: Names) -> tuple[Cell, ...]:
    finding = entry.finding
    return (
        Cell((text(str(entry.number), Style.CELL_CENTERED),)),
        Cell(tuple(_places(report, finding, said))),
        Cell(tuple(_wording(report, finding, said))),
        Cell(tuple(_factor(finding, said, names)), SHADES[finding.severity]),
        Cell(tuple(_reasoning(finding, said))),
        Cell(tuple(_proposal(report, finding, said))),
    )


def _wording(report: TextReport, finding: Finding, said: Words) -> Iterator[Paragraph]:
    """Words of the draft; of a norm that it changes in another act, that norm before and after."""
    if finding.change is not None:
        yield from changed_wording(finding.change, said)
        return
    for runs in wording(report.act, finding):
        yield Paragraph(runs, Style.CELL)


def _places(report: TextReport, finding: Finding, said: Words) -> Iterator[Paragraph]:
    own = dict.fromkeys(_citation(mark) for mark in finding.marks if mark.address not in finding.also_at)
    marked = {mark.address: _citation(mark) for mark in finding.marks}
    units = [mark.address for mark in finding.marks if mark.address not in finding.also_at]
    outside = [address for address in finding.also_at if not any(is_inside(address, unit) for unit in units)]
    elsewhere = dict.fromkeys(
        marked.get(address) or _unbroken(_cited(report, address, said.language)) for address in outside
    )
    shown = own or elsewhere
    for citation in shown:
        yield text(citation, Style.CELL)
    further = [citation for citation in elsewhere if citation and citation not in shown]
    if further:
        yield text(said.say("preliminary.also_at") + " " + "; ".join(further), Style.CELL, Emphasis.QUIET)


def _citation(mark: Mark) -> str:
    return _unbroken(mark.citation or mark.address)


def _cited(report: TextReport, address: str, language: str) -> str:
    """Citation of a further unit that has no mark of its own; "" when the act has no such unit."""
    try:
        return cite(report.act, address, language)
    except KeyError:
        return ""


def _unbroken(citation: str) -> str:
    """«6-тармағы» is not torn at its hyphen in the narrow column."""
    return re.sub(r"(?<=\d)-(?=\w)", "\u2011", citation)


def _factor(finding: Finding, said: Words, names: Names) -> Iterator[Paragraph]:
    yield text(capital(factor_name(finding.factor, said.language, names)), Style.CELL, Emphasis.STRONG)
    severity = said.say(f"preliminary.severity.{finding.severity.value}")
    label = said.say("preliminary.severity_label")
    yield Paragraph((Run(label + " "), Run(severity, Emphasis.STRONG)), Style.CELL)
    score = said.say("preliminary.severity_score", probability=finding.probability, impact=finding.impact)
    yield text(score, Style.CELL, Emphasis.QUIET)


def _reasoning(finding: Finding, said: Words) -> Iterator[Paragraph]:
    yield text(finding.explanation, Style.CELL)
    if finding.risk:
        yield _labelled(said.say("preliminary.risk_label"), finding.risk)
    verified = [basis.text for basis in finding.basis if basis.verified]
    if verified:
        yield _labelled(said.say("preliminary.basis_label"), "; ".join(verified) + ".")


def _labelled(label: str, words: str) -> Paragraph:
    return Paragraph((Run(label + " ", Emphasis.STRONG), Run(words)), Style.CELL)


def _proposal(report: TextReport, finding: Finding, said: Words) -> Iterator[Paragraph]:
    recommendation = finding.recommendation
    if recommendation is None:
        yield text(said.say("preliminary.no_proposal"), Style.CELL, Emphasis.QUIET)
        return
    if recommendation.instruction:
        yield text(recommendation.instruction, Style.CELL)
    old, label = _reworded(report, finding)
    runs = proposal(old, label, recommendation)
    if runs:
        yield Paragraph(runs, Style.CELL)


def _reworded(report: TextReport, finding: Finding) -> tuple[str, str]:
    """The words that the proposal changes, and their label."""
    change, recommendation = finding.change, finding.recommendation
    if change is not None:
        edits = recommendation.edits if recommendation else ()
        of_lead = bool(edits) and all(edit.span.field is Field.LEAD for edit in edits)
        return (change.lead if of_lead else change.after), ""
    unit = reworded_unit(report.act, finding)
    return (own_words(report.act, unit), label_of(report.act, unit)) if unit else ("", "")
