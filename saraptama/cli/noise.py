"""saraptama evaluate noise: remarks on acts in force, against the budget of three per 10 articles or 50 provisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from evaluation import ActCount, act_noise
from nlp.detection.finding import Kind
from nlp.examination import Dossier
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_file
from nlp.structure.act import UnitKind
from saraptama.cli.codes import Exit
from saraptama.cli.limits import limits_of_environment
from saraptama.cli.words import Words
from saraptama.packs import find_pack
from saraptama.weights import find_classifier


def measure_noise(words: Words, acts: Sequence[Path], pack: str) -> int:
    """One line an act: articles, provisions judged, remarks of strength 2, attention; then the sums."""
    limits = limits_of_environment()
    examiner = Examiner(find_pack(pack), limits, classifier=find_classifier())
    counts = []
    for path in acts:
        report = examiner.examine(Dossier(ru=read_file(path, limits)), Options(force=True)).reports[0]
        remarks = sum(finding.kind is Kind.REMARK and finding.strength == 2 for finding in report.findings)
        articles = sum(unit.kind is UnitKind.ARTICLE for unit in report.act.root.walk())
        counts.append(ActCount(articles, report.provisions_judged, remarks))
        attention = len(report.findings) - remarks
        click.echo(f"{path.name}\t{articles}\t{report.provisions_judged}\t{remarks}\t{attention}")
    total = act_noise(counts)
    click.echo(
        words(
            "evaluate.noise",
            acts=total.acts,
            articles="–" if total.per_10_articles is None else f"{total.per_10_articles:.2f}",
            provisions="–" if total.per_50_provisions is None else f"{total.per_50_provisions:.2f}",
            within=total.within_budget,
        )
    )
    return Exit.OK
