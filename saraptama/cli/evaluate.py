"""saraptama evaluate CORPUS… --report DIR, and evaluate compare A B."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from corpora.annotators import gold_named
from corpora.records import DraftCase
from evaluation import (
    Counting,
    DraftFinding,
    EvaluationResult,
    Judge,
    JudgedFinding,
    compare_runs,
    comparison_text,
    evaluate_files,
    gold_place,
    headline_figures,
    log_run,
    read_predictions,
    report,
    report_data,
    side_by_side,
)
from nlp.detection.finding import Finding
from nlp.detection.findings import JudgedProvision
from nlp.detection.fusion import JudgedFactor
from nlp.errors import PackError
from nlp.examination import Dossier
from nlp.pipeline import Examiner, Options
from nlp.reading.file_names import printable_name
from nlp.reading.reader import read_file
from nlp.structure import structure
from nlp.structure.act import Provision
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words
from saraptama.packs import find_pack
from saraptama.weights import find_classifier


def evaluate(
    words: Words,
    corpora: Sequence[Path],
    directory: Path,
    pack: str,
    factors: str,
    predictions: Path | None,
    note: str,
    log: Path | None,
    gold: str = "",
    length_from: Sequence[Path] = (),
    model: str = "",
) -> int:
    """Evaluate the pack (or a file of predictions) on corpora; report files go to ``directory``."""
    classifier = find_classifier(model)
    examiner = Examiner(find_pack(pack), classifier=classifier)
    made_by = f"rules and classifier {classifier.name}" if classifier is not None else "rules alone, no classifier"
    judge: Judge = read_predictions(predictions) if predictions is not None else Judging(examiner)
    result = evaluate_files(
        corpora,
        judge,
        _factors(factors, examiner),
        examine=_Drafts(examiner),
        length_paths=length_from,
        gold=gold_named(gold) if gold else None,
        pack_version=examiner.pack.version,
        judge_name=f"file {printable_name(predictions.name)}" if predictions is not None else made_by,
        progress=_progress if sys.stderr.isatty() else None,
    )
    for path in report(result, directory):
        click.echo(f"→ {path}")
    if log is not None:
        click.echo(log_run(log, result, note, date=date.today().isoformat()))
    _headline(words, result)
    return Exit.OK


def compare_reports(words: Words, first: Path, second: Path) -> int:
    """Gains and losses of the second report against the first."""
    click.echo(comparison_text(compare_runs(first, second)))
    return Exit.OK


def show_side_by_side(words: Words, reports: Sequence[Path], remarks: bool) -> int:
    """Reports of several judges in one table."""
    click.echo(side_by_side(reports, Counting.REMARKS if remarks else Counting.ALL), nl=False)
    return Exit.OK


def _factors(named: str, examiner: Examiner) -> list[str]:
    """The factors to report: those named, else all that the pack knows."""
    wanted = [name.strip() for name in named.split(",") if name.strip()]
    for name in wanted:
        if name not in examiner.pack.factors:
            raise PackError("rules.unknown_factor", factor=name, known=", ".join(examiner.pack.factors))
    return wanted or list(examiner.pack.factors)


def _progress(corpus: str, done: int, total: int) -> None:
    if done == total or done % 200 == 0:
        click.echo(f"\r{corpus}: {done}/{total}", nl=done == total, err=True)


def _headline(words: Words, result: EvaluationResult) -> None:
    for name, value in headline_figures(report_data(result)).items():
        if value is not None:
            click.echo(f"{_figure(words, name)}: {value:.3f}")


def _figure(words: Words, name: str) -> str:
    """The name of a figure (``headline_figures``) with the texts and findings that it counts."""
    figure, _, place = name.rstrip(")").partition(" (")
    code = re.sub(r"\W+", "_", figure).lower()
    parts = [words(f"figure.of_{part}") for part in place.split(", ")]
    return f"{words(f'figure.{code}')} ({', '.join(dict.fromkeys(parts))})"


class Judging:
    """The engine as an evaluation judge."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner
        self._last: tuple[Provision, JudgedProvision] | None = None

    def __call__(self, provision: Provision) -> list[JudgedFinding]:
        """Findings on one provision by itself."""
        return [_judged(factor) for factor in self._once(provision).factors]

    def scores(self, provision: Provision) -> Mapping[str, float] | None:
        """Probability of every factor; None without a classifier."""
        return self._once(provision).chances or None

    def _once(self, provision: Provision) -> JudgedProvision:
        if self._last is None or self._last[0] != provision:
            self._last = (provision, self._examiner.judge(provision))
        return self._last[1]


class _Drafts:
    """The pipeline as an examiner of whole drafts."""

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner

    def __call__(self, case: DraftCase) -> list[DraftFinding]:
        """Findings on a draft, placed as the gold places them."""
        source = read_file(case.draft, limits_of_environment())
        language = structure(source).language
        dossier = Dossier(kk=source) if language == "kk" else Dossier(ru=source)
        examination = self._examiner.examine(dossier, Options(force=True))
        return [
            _placed(finding, gold_place(report.act, address))
            for report in examination.reports
            for finding in report.findings
            for address in dict.fromkeys([*(mark.address for mark in finding.marks), *finding.also_at])
        ]


def _placed(finding: Finding, place: tuple[str, str]) -> DraftFinding:
    unit, sub = place
    return DraftFinding(unit, sub, finding.factor, finding.kind, finding.strength, finding.marks[0].quote)


def _judged(factor: JudgedFactor) -> JudgedFinding:
    return JudgedFinding(
        factor=factor.factor,
        kind=factor.kind,
        strength=factor.strength,
        confidence=factor.confidence,
        severity=factor.severity,
        spans=factor.spans,
        detectors=tuple(dict.fromkeys(item.detector for item in factor.evidence)),
    )
