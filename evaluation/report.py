"""A report on disk: ``report.json``, ``report.md``, ``errors.jsonl``, ``errors.md``, ``reliability.svg``.

Reads: ``EvaluationResult``. Writes: these five files, each whole or not at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evaluation.calibration import FINDINGS
from evaluation.marking import reading_text
from evaluation.plain import json_line, json_text, plain
from evaluation.plot import reliability_svg
from evaluation.run import EvaluationResult
from evaluation.tables import CAVEAT, PICTURE, report_text

SCHEMA_VERSION = "1"
REPORT_JSON, REPORT_TEXT, ERRORS_LINES, ERRORS_TEXT = "report.json", "report.md", "errors.jsonl", "errors.md"


def report(result: EvaluationResult, directory: Path) -> tuple[Path, ...]:
    """Write the report into ``directory`` (made when absent); the same result gives the same bytes.

    Returns the files written: every figure as JSON, the tables to read, the disagreements as lines and to read,
    the reliability diagram.
    """
    contents = {
        REPORT_JSON: json_text(report_data(result)),
        REPORT_TEXT: report_text(result),
        ERRORS_LINES: "".join(json_line(each) for each in result.disagreements),
        ERRORS_TEXT: reading_text(result.disagreements, "Disagreements between findings and labels"),
        PICTURE: reliability_svg([each for each in result.calibrations if each.of == FINDINGS], "Findings"),
    }
    return write_files(Path(directory), contents)


def report_data(result: EvaluationResult) -> dict[str, Any]:
    """What ``report.json`` holds: everything but the disagreements, which are lines of their own file."""
    data = {"schema_version": SCHEMA_VERSION, "caveat": CAVEAT, **plain(result)}
    data["disagreements"] = len(result.disagreements)
    return data


def write_files(directory: Path, contents: dict[str, str]) -> tuple[Path, ...]:
    """Write texts as UTF-8, each by way of a temporary name so that no half file stays."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in contents.items():
        path, passing = directory / name, directory / f".{name}.part"
        passing.write_text(text, encoding="utf-8", newline="\n")
        passing.replace(path)
        written.append(path)
    return tuple(written)
