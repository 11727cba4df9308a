"""Parts of the report that speak of confidence and of confusion, as Markdown. Reads: figures. Writes: text."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.calibration import Calibration
from evaluation.confusion import NOTHING, Confusion
from evaluation.markdown import table
from evaluation.plain import percent
from evaluation.ranking import ANY, RECALL, Ranking
from evaluation.scores import Interval
from evaluation.slices import ALL_LANGUAGES


def ranking_text(rankings: Sequence[Ranking]) -> str:
    """Average precision and precision at recall 0.8, any factor first."""
    rows = [
        (
            each.language,
            each.factor or "any",
            each.by,
            f"{each.items} / {each.positives}",
            percent(each.positives / each.items) if each.items else "–",
            percent(each.average_precision) + _range(each.average_precision_interval),
            percent(each.precision_at_recall) + _range(each.precision_at_recall_interval),
            percent(each.recall),
        )
        for each in sorted(rankings, key=lambda each: each.factor != ANY)
    ]
    head = ("language", "factor", "ranked by", "texts / labelled", "at random", "average precision")
    note = (
        "What is not found and has no score is ranked nowhere. «–» under P: a recall of "
        f"{percent(RECALL)} is never reached."
    )
    return f"## Ranking by confidence\n\n{note}\n\n" + table((*head, f"P at recall {RECALL}", "highest recall"), rows)


def calibration_text(calibrations: Sequence[Calibration], picture: str) -> str:
    """Expected calibration error, then the bins behind it."""
    sums = [(each.language, each.of, str(each.count), _three(each.ece), _three(each.brier)) for each in calibrations]
    bins = [
        (each.language, each.of, f"{one.low:.1f}–{one.high:.1f}", str(one.count), percent(one.confidence),
         percent(one.right))
        for each in calibrations
        for one in each.bins
    ]  # fmt: skip
    return "\n\n".join(
        [
            "## Calibration",
            f"![reliability]({picture})",
            table(("language", "of", "n", "ECE", "Brier"), sums),
            table(("language", "of", "confidence", "n", "mean confidence", "right"), bins),
        ]
    )


def confusion_text(confusions: Sequence[Confusion]) -> str:
    """Labels × findings over both languages; columns are numbered as the rows are."""
    whole = next((each for each in confusions if each.language == ALL_LANGUAGES), None)
    names = sorted({name for cell in whole.cells for name in (cell.gold, cell.found)} - {NOTHING}) if whole else []
    if whole is None or not names:
        return "## Confusion\n\nNothing was labelled or found."
    columns = [*names, NOTHING]
    rows = [
        (f"{at} {gold}" if gold else "nothing", *(str(whole.count(gold, found) or "") for found in columns))
        for at, gold in enumerate(columns, start=1)
    ]
    note = (
        "Rows are labels, columns findings, cells texts. Off the diagonal a missed label stands against every wrong "
        "finding of the same text."
    )
    head = ("label / found", *map(str, range(1, len(names) + 1)), "nothing")
    return f"## Confusion\n\n{note}\n\n" + table(head, rows)


def _range(interval: Interval | None) -> str:
    return "" if interval is None else f" [{percent(interval.low)}–{percent(interval.high)}]"


def _three(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
