"""Several judges in one table: the figures of their reports on the same corpora, one column a report.

Reads: reports on disk. Writes: a Markdown table with 95 % intervals where the reports have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.compare import Run, read_run
from evaluation.errors import EvaluationError
from evaluation.judged import Counting
from evaluation.markdown import table
from evaluation.plain import number, percent
from evaluation.report import REPORT_JSON
from evaluation.slices import ALL_LANGUAGES
from evaluation.tables import CAVEAT

Data = Mapping[str, Any]
Row = tuple[str, Callable[[Data], str]]

LANGUAGES = ("ru", "kk", ALL_LANGUAGES)


def side_by_side(paths: Sequence[Path], counting: Counting = Counting.ALL) -> str:
    """The table. Raises ``EvaluationError`` for what is no report and for reports on other corpora or factors.

    Reports are named after their folders; the length of the text stands beside them where there are pairs.
    """
    runs = [read_run(Path(path)) for path in paths]
    for run in runs[1:]:
        if set(run.corpora()) != set(runs[0].corpora()) or run.scope() != runs[0].scope():
            raise EvaluationError("evaluation_not_alike", first=runs[0].name, second=run.name)
    rows = []
    for title, figure in _rows(counting):
        cells = [_cell(figure, run) for run in runs]
        if any(cell != "–" for cell in cells):
            rows.append((title, *cells))
    names = [run.name for run in runs]
    texts = ", ".join(f"{each['name']} ({each['sha256'][:8]})" for each in runs[0].data["corpora"])
    return f"{CAVEAT}\n\nCorpora: {texts}. Counted: {counting.value}.\n\n{table(('figure', *names), rows)}\n"


def _cell(figure: Callable[[Data], str], run: Run) -> str:
    try:
        return figure(run.data)
    except (KeyError, TypeError) as error:
        raise EvaluationError("evaluation_report_unreadable", file=f"{run.name}/{REPORT_JSON}") from error


def _rows(counting: Counting) -> Iterator[Row]:
    for language in LANGUAGES:
        headline = {"language": language, "counting": counting.value, "view": "headline"}
        for part, title in (("any_factor", "any"), ("micro", "micro")):
            for name, short in (("precision", "P"), ("recall", "R"), ("f1", "F1")):
                yield f"{title} {short} ({language})", _scored(headline, part, name)
        yield f"macro F1 ({language})", _scored(headline, "macro", "f1")
        yield f"average precision ({language})", _ranked(language, "confidence", "average_precision")
        yield f"the same by length alone ({language})", _ranked(language, "length", "average_precision")
        yield f"P at recall 0.8 ({language})", _ranked(language, "confidence", "precision_at_recall")
        yield f"calibration error ({language})", _plain("calibrations", {"language": language, "of": "findings"}, "ece")
        same = {"language": language, "counting": counting.value}
        yield f"words F1 on hits ({language})", _nested("spans", same, "on_hits")
        yield f"words F1 overall ({language})", _nested("spans", same, "overall")
        for near, told in ((False, "pairs"), (True, "pairs within 15 %")):
            yield f"{told}, both right ({language})", _share("pairs", {**same, "near_length": near})
            length = {"language": language, "near_length": near}
            yield f"{told}, by length alone ({language})", _share("length_baselines", length)
        yield f"remarks per 50 ({language})", _rate({"language": language})


def _one(data: Data, part: str, wanted: Mapping[str, object]) -> Data | None:
    return next((each for each in data.get(part, ()) if wanted.items() <= each.items()), None)


def _scored(wanted: Mapping[str, object], part: str, name: str) -> Callable[[Data], str]:
    def figure(data: Data) -> str:
        found = _one(data, "slices", wanted)
        return "–" if found is None else percent(found[part][name]) + _range(found[part].get(f"{name}_interval"))

    return figure


def _ranked(language: str, by: str, name: str) -> Callable[[Data], str]:
    def figure(data: Data) -> str:
        found = _one(data, "rankings", {"language": language, "factor": "", "by": by})
        return "–" if found is None else percent(found[name]) + _range(found.get(f"{name}_interval"))

    return figure


def _plain(part: str, wanted: Mapping[str, object], name: str) -> Callable[[Data], str]:
    def figure(data: Data) -> str:
        found = _one(data, part, wanted)
        return "–" if found is None else percent(found[name])

    return figure


def _nested(part: str, wanted: Mapping[str, object], name: str) -> Callable[[Data], str]:
    def figure(data: Data) -> str:
        found = _one(data, part, wanted)
        return "–" if found is None else percent(found[name]["f1"])

    return figure


def _share(part: str, wanted: Mapping[str, object]) -> Callable[[Data], str]:
    def figure(data: Data) -> str:
        found = _one(data, part, wanted)
        if found is None or not found["both"]["total"]:
            return "–"
        return percent(found["both"]["share"]) + _range(found["both"].get("interval"))

    return figure


def _rate(wanted: Mapping[str, object]) -> Callable[[Data], str]:
    def figure(data: Data) -> str:
        found = _one(data, "noise", wanted)
        return "–" if found is None else number(found["remarks"])

    return figure


def _range(interval: Mapping[str, float] | None) -> str:
    return "" if interval is None else f" [{percent(interval['low'])}–{percent(interval['high'])}]"
