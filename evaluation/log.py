"""The log of runs on development files: one row a run, so that no look at them goes unrecorded.

Reads: ``EvaluationResult``. Writes: one line at the end of a Markdown table (``docs/quality.md``).
"""

from __future__ import annotations

from pathlib import Path

from evaluation.drafts import pooled
from evaluation.judged import Counting
from evaluation.markdown import cell, table
from evaluation.plain import number, percent
from evaluation.run import EvaluationResult
from evaluation.slices import Slice, View
from evaluation.tables import CAVEAT

_LANGUAGES = ("ru", "kk", "all")
_HEAD = (
    "date",
    "corpora (sha256)",
    "pack",
    "factors",
    "texts",
    "any F1",
    "micro P",
    "micro R",
    "micro F1",
    "macro F1",
    "R at strength 2",
    "pairs both right",
    "remarks per 50",
    "drafts P / R",
    "note",
)


def log_run(path: Path, result: EvaluationResult, note: str, *, date: str) -> str:
    """Append the row of a run to the log at ``path`` (made with its head when absent); returns the row.

    ``date`` is the caller's (ISO): evaluation itself has no clock. Figures are in per cent, ``ru / kk / all``, remarks
    and attention counted, headline view; noise is remarks of strength 2 per 50 provisions.
    """
    path = Path(path)
    row = log_row(result, note, date=date)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as log:
        log.write(_opening(before) + row + "\n")
    return row


def log_row(result: EvaluationResult, note: str, *, date: str) -> str:
    """The row alone."""
    corpora = ", ".join(f"{each.name} ({each.sha256[:8]})" for each in result.corpora)
    factors = ", ".join(result.factors) if result.restricted else "all"
    texts = sum(each.provisions + 2 * each.pairs + each.neutrals + each.drafts for each in result.corpora)
    headline, strong = _rows(result, View.HEADLINE), _rows(result, View.STRENGTH2)
    pairs = {p.language: p.both.share for p in result.pairs if p.counting is Counting.ALL and not p.near_length}
    remarks = {each.language: each.remarks for each in result.noise}
    cells = (
        date,
        corpora,
        result.pack_version or "–",
        factors,
        str(texts),
        _three({code: percent(each.any_factor.f1) for code, each in headline.items()}),
        _three({code: percent(each.micro.precision) for code, each in headline.items()}),
        _three({code: percent(each.micro.recall) for code, each in headline.items()}),
        _three({code: percent(each.micro.f1) for code, each in headline.items()}),
        _three({code: percent(each.macro.f1) for code, each in headline.items()}),
        _three({code: percent(each.micro.recall) for code, each in strong.items()}),
        _three({code: percent(share) for code, share in pairs.items()}),
        _three({code: number(rate) for code, rate in remarks.items()}),
        _drafts(result),
        note,
    )
    return "| " + " | ".join(cell(each) for each in cells) + " |"


def _rows(result: EvaluationResult, view: View) -> dict[str, Slice]:
    return {each.language: each for each in result.slices if each.view is view and each.counting is Counting.ALL}


def _drafts(result: EvaluationResult) -> str:
    rows = [each for each in result.drafts if each.counting is Counting.ALL]
    if not rows:
        return "–"
    precision, recall = pooled(rows)
    return f"{percent(precision)} / {percent(recall)}"


def _three(shown: dict[str, str]) -> str:
    if not shown:
        return "–"
    return " / ".join(shown.get(code, "–") for code in _LANGUAGES)


def _opening(before: str) -> str:
    """What must stand between the log so far and a new row: nothing when the log ends with its table."""
    end = "" if not before or before.endswith("\n") else "\n"
    if before.rstrip("\n").rpartition("\n")[2].startswith("|"):
        return end
    title = "\n" if before else f"# Quality log\n\n{CAVEAT} Percentages are ru / kk / all.\n\n"
    return f"{end}{title}{table(_HEAD, ())}\n"
