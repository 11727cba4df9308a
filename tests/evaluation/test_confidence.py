"""Ranking, calibration, confusion and reports side by side, against figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import Gold, Policy
from evaluation import (
    EvaluationError,
    EvaluationResult,
    compare_results,
    evaluate,
    read_predictions,
    report,
    side_by_side,
)
from evaluation.calibration import FINDINGS, PROVISIONS, Calibration
from evaluation.plot import reliability_svg
from evaluation.ranking import ANY, CONFIDENCE, LENGTH, Ranking
from nlp.errors import CorpusError
from tests.evaluation.build import Scored, Table, corpus, neutral, pair, pair_corpus, provision, sure

# Five provisions in the order of confidence: right 0.9, wrong 0.8, right 0.6 and wrong 0.6 together, missed.
TEXTS = corpus(
    provision("1", {"f": 2}, act="a"),
    provision("2", act="b"),
    provision("3", {"f": 1}, act="c"),
    provision("4", act="d", language="kk"),
    provision("5", {"g": 2}, act="e", text="0123456789" * 3),
)
FOUND = Table({"1": [sure("f", 0.9)], "2": [sure("f", 0.8)], "3": [sure("f", 0.6)], "4": [sure("g", 0.6)]})


def ranking(result: EvaluationResult, factor: str = ANY, by: str = CONFIDENCE, language: str = "all") -> Ranking:
    return next(each for each in result.rankings if (each.factor, each.by, each.language) == (factor, by, language))


def calibration(result: EvaluationResult, of: str = FINDINGS) -> Calibration:
    return next(each for each in result.calibrations if (each.language, each.of) == ("all", of))


def test_average_precision_by_hand() -> None:
    result = evaluate([TEXTS], FOUND, resamples=50)
    whole = ranking(result)
    # Recall 1/3 at precision 1, nothing more at 1/2, then two of three at 2/4: AP = 1/3·1 + 1/3·1/2 = 1/2.
    assert whole.average_precision == pytest.approx(0.5) and (whole.items, whole.positives) == (5, 3)
    assert whole.recall == pytest.approx(2 / 3) and whole.precision_at_recall is None
    assert whole.precision_at_recall_interval is None
    interval = whole.average_precision_interval
    assert interval is not None and 0 <= interval.low <= 0.5 <= interval.high <= 1
    only = ranking(result, "f")
    # f: 1 right, 2 wrong, 3 right: AP = 1/2·1 + 1/2·2/3; the whole recall is reached at 2/3.
    assert only.average_precision == pytest.approx(1 / 2 + 1 / 3) and only.precision_at_recall == pytest.approx(2 / 3)
    assert ranking(result, "g").average_precision == 0
    # By length: the longest is labelled (1/3 at 1), the others all at once: 3/5 for the rest.
    assert ranking(result, by=LENGTH).average_precision == pytest.approx(1 / 3 + 2 / 3 * 3 / 5)
    assert ranking(result, by=LENGTH).precision_at_recall == pytest.approx(3 / 5)


def test_scores_rank_what_is_not_found_too() -> None:
    judge = Scored({"1": {"f": 0.9}, "2": {"f": 0.2}, "3": {"f": 0.4, "g": 0.1}, "4": {"g": 0.1}, "5": {"g": 0.3}})
    result = evaluate([TEXTS], judge, resamples=0, progress=lambda *told: None)
    assert ranking(result).average_precision == 1 and ranking(result).precision_at_recall == 1
    found = calibration(result, PROVISIONS)
    # 0.9 and true, 0.2 and not, 0.4 and true, 0.1 and not, 0.3 and true: each alone in its bin.
    assert found.ece == pytest.approx((0.1 + 0.2 + 0.6 + 0.1 + 0.7) / 5)
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.36 + 0.01 + 0.49) / 5)
    narrow = evaluate([TEXTS], judge, ["g"], resamples=0)
    assert {each.factor for each in narrow.rankings} == {ANY, "g"} and ranking(narrow).positives == 1


def test_calibration_by_hand() -> None:
    found = calibration(evaluate([TEXTS], FOUND, resamples=0))
    assert [(each.low, each.count, each.confidence, each.right) for each in found.bins] == [
        (0.6, 2, 0.6, 0.5), (0.8, 1, 0.8, 0), (0.9, 1, 0.9, 1),
    ]  # fmt: skip
    assert found.count == 4 and found.ece == pytest.approx((2 * 0.1 + 0.8 + 0.1) / 4)
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.16 + 0.36) / 4)
    certain = calibration(evaluate([corpus(provision("1", {"f": 2}))], Table({"1": [sure("f", 1.0)]}), resamples=0))
    assert [(each.low, each.high) for each in certain.bins] == [(0.9, 1.0)] and certain.ece == 0


def test_nothing_to_measure_is_not_zero() -> None:
    silent = evaluate([corpus(provision("1"))], Table(), resamples=0)
    assert (calibration(silent).ece, calibration(silent).bins) == (None, ())
    assert [each for each in silent.rankings if each.by == CONFIDENCE] == []
    assert silent.confusions[0].cells == ()
    assert "Nothing was labelled" in _text(silent)


def _text(result: EvaluationResult) -> str:
    from evaluation.tables import report_text

    return report_text(result)


def test_confusion_by_hand() -> None:
    texts = corpus(
        provision("1", {"f": 2, "g": 1}), provision("2", {"f": 2}), provision("3", {"g": 2}), provision("4"),
    )  # fmt: skip
    judge = Table({"1": [sure("f", 0.5), sure("h", 0.5)], "2": [sure("g", 0.5), sure("h", 0.5)], "4": [sure("h", 0.5)]})
    cells = {(cell.gold, cell.found): cell.texts for cell in evaluate([texts], judge, resamples=0).confusions[0].cells}
    # 1: f right, g against h; 2: f against g and against h; 3: g against nothing; 4: h against nothing.
    assert cells == {("f", "f"): 1, ("g", "h"): 1, ("f", "g"): 1, ("f", "h"): 1, ("g", ""): 1, ("", "h"): 1}
    text = _text(evaluate([texts], judge, resamples=0))
    assert "| 1 f | 1 | 1 | 1 |  |" in text and "| nothing |  |  | 1 |  |" in text


def test_report_shows_it_and_draws_it(tmp_path: Path) -> None:
    result = evaluate([TEXTS], FOUND, resamples=20)
    report(result, tmp_path)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    for part in ("## Ranking by confidence", "## Calibration", "![reliability](reliability.svg)", "## Confusion"):
        assert part in text
    drawing = ElementTree.fromstring((tmp_path / "reliability.svg").read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(drawing.findall(f"{space}circle")) == 3 + 3 + 1  # bins of all, of ru, of kk
    assert "ECE 0.275, n = 4" in (tmp_path / "reliability.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(reliability_svg([], "a < b & c"))[0].text == "a < b & c"


def test_reports_side_by_side(tmp_path: Path) -> None:
    pairs = pair_corpus([pair("p", ["f"])], [neutral("n")])
    better = Table({**FOUND.answers, "2": [], "5": [sure("g", 0.7)], "p:flawed": [sure("f", 0.9)]})
    for name, judge in (("rules", FOUND), ("model", better)):
        report(evaluate([TEXTS, pairs], judge, resamples=20), tmp_path / name)
    shown = side_by_side([tmp_path / "rules", tmp_path / "model"])
    rows = {cells[0]: cells[1:] for cells in (
        [cell.strip() for cell in line.strip("|").split("|")] for line in shown.splitlines() if line.startswith("|")
    )}  # fmt: skip
    assert rows["figure"] == ["rules", "model"]
    assert [cell.split()[0] for cell in rows["any R (all)"]] == ["66.7", "100.0"]
    assert [cell.split()[0] for cell in rows["pairs, both right (all)"]] == ["0.0", "100.0"]
    assert [cell.split()[0] for cell in rows["P at recall 0.8 (ru)"]] == ["–", "100.0"]
    assert "not judgements of human experts" in shown
    report(evaluate([TEXTS], FOUND, resamples=0), tmp_path / "other")
    report(evaluate([TEXTS, pairs], FOUND, ["f"], resamples=0), tmp_path / "narrow")
    for wrong in ("other", "narrow"):
        with pytest.raises(EvaluationError, match="evaluation_not_alike"):
            side_by_side([tmp_path / "rules", tmp_path / wrong])


def test_a_report_of_an_earlier_version_is_still_compared(tmp_path: Path) -> None:
    report(evaluate([TEXTS], FOUND, resamples=0), tmp_path / "old")
    data = json.loads((tmp_path / "old" / "report.json").read_text(encoding="utf-8"))
    for part in ("rankings", "calibrations", "confusions"):
        del data[part]
    (tmp_path / "old" / "report.json").write_text(json.dumps(data), encoding="utf-8")
    report(evaluate([TEXTS], FOUND, resamples=0), tmp_path / "new")
    shown = side_by_side([tmp_path / "old", tmp_path / "new"])
    assert "| average precision (all) | – | 50.0 |" in shown
    data["slices"][0].pop("any_factor")
    (tmp_path / "old" / "report.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(EvaluationError, match="evaluation_report_unreadable"):
        side_by_side([tmp_path / "old"])


def test_figures_of_confidence_in_a_comparison() -> None:
    names = {each.name for each in compare_results(*[evaluate([TEXTS], FOUND, resamples=0)] * 2).figures}
    assert {"average precision (all)", "P at recall 0.8 (ru)", "calibration error (ru)"} <= names


def test_scores_in_predictions(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text('{"id": "1", "findings": [], "scores": {"f": 0.25}}\n{"id": "2", "findings": []}\n', "utf-8")
    read = read_predictions(path)
    texts = corpus(provision("1", {"f": 1}), provision("2"))
    assert ranking(evaluate([texts], read, resamples=0)).average_precision == 1
    for wrong in ('"scores": 1', '"scores": {"f": "high"}', '"scores": {"F f": 1}', '"scores": {"f": -1}'):
        path.write_text(f'{{"id": "1", "findings": [], {wrong}}}\n', "utf-8")
        with pytest.raises(CorpusError):
            read_predictions(path)


def test_several_annotators_need_a_policy() -> None:
    from dataclasses import replace

    texts = corpus(*(replace(provision("1", {"f": 2} if name == "a" else {}), annotator=name) for name in "abc"))
    with pytest.raises(CorpusError, match="corpus_several_annotators"):
        evaluate([texts], Table(), resamples=0)
    for policy, positives in ((Policy.UNION, 1), (Policy.MAJORITY, 0)):
        result = evaluate([texts], Table(), gold=Gold(policy), resamples=0)
        assert result.slices[0].items == 1 and result.slices[0].positives == positives
        assert result.corpora[0].provisions == 1


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.one_of(st.none(), st.integers(0, 4))), min_size=1, max_size=12))
def test_average_precision_is_that_of_a_plain_count(rows: list[tuple[bool, int | None]]) -> None:
    texts = corpus(*(provision(str(at), {"f": 2} if labelled else {}) for at, (labelled, _) in enumerate(rows)))
    judge = Table({str(at): [sure("f", said / 4)] for at, (_, said) in enumerate(rows) if said is not None})
    result = evaluate([texts], judge, ["f"], resamples=0)
    expected = sum(labelled for labelled, _ in rows)
    average, before = 0.0, 0.0
    for bound in (4, 3, 2, 1, 0):
        taken = [labelled for labelled, said in rows if said is not None and said >= bound]
        if taken and expected:
            average += (sum(taken) / expected - before) * sum(taken) / len(taken)
            before = sum(taken) / expected
    if expected:
        assert ranking(result).average_precision == pytest.approx(average)
        assert ranking(result).recall == pytest.approx(before)
