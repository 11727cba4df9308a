"""The table of factors: counts of a report, changes since another, nothing made of what is no report."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from evaluation.by_factor import by_factor, read_report
from evaluation.errors import EvaluationError


def scores(factor: str, tp: int, fp: int, fn: int) -> dict[str, Any]:
    return {"factor": factor, "scores": {"tp": tp, "fp": fp, "fn": fn}}


def pair(factor: str, count: int, total: int) -> dict[str, Any]:
    return {"factor": factor, "both": {"count": count, "total": total}}


ALL = {"counting": "remarks_and_attention"}
REPORT: dict[str, Any] = {
    "slices": [
        {**ALL, "language": "ru", "view": "natural", "factors": [scores("a", 9, 9, 9)]},
        {**ALL, "language": "ru", "view": "headline", "factors": [scores("a", 3, 1, 2), scores("c", 0, 0, 0)]},
        {"counting": "remarks", "language": "kk", "view": "headline", "factors": [scores("a", 8, 8, 8)]},
    ],
    "pairs": [
        {**ALL, "language": "kk", "near_length": True, "factors": [pair("b", 7, 9)]},
        {**ALL, "language": "kk", "near_length": False, "factors": [pair("b", 4, 9)]},
    ],
}


def rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.strip().splitlines()[2:]]


def test_headline_view_and_all_findings_count() -> None:
    assert rows(by_factor(REPORT)) == [["a", "3 / 1 / 2", "–", "–", "–"], ["b", "–", "–", "–", "4 / 9"]]


def test_changes_stand_beside_what_is_right() -> None:
    before = copy.deepcopy(REPORT)
    before["slices"][1]["factors"][0] = scores("a", 1, 0, 4)
    before["pairs"][1]["factors"] = [pair("b", 5, 9)]
    assert rows(by_factor(REPORT, before)) == [
        ["a", "3 / 1 / 2 (+2)", "–", "–", "–"],
        ["b", "–", "–", "–", "4 / 9 (-1)"],
    ]


@pytest.mark.parametrize("spoilt", [{}, {"slices": 3, "pairs": []}, {"slices": [{}], "pairs": []}])
def test_what_is_no_report_is_refused(spoilt: dict[str, Any]) -> None:
    with pytest.raises(EvaluationError):
        by_factor(spoilt)


def test_a_folder_without_a_report(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        read_report(tmp_path)
    (tmp_path / "report.json").write_bytes(b"\xff{")
    with pytest.raises(EvaluationError):
        read_report(tmp_path)
