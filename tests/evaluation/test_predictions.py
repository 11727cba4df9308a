"""Predictions as ``saraptama judge`` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation import EvaluationError, evaluate, read_predictions
from nlp.detection.finding import Kind, Severity
from nlp.errors import CorpusError
from nlp.messages import message
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision
from tests.evaluation.build import corpus, provision

FINDING: dict[str, Any] = {
    "factor": "permissive_power",
    "kind": "remark",
    "strength": 2,
    "confidence": 0.8,
    "severity": "high",
    "spans": [{"field": "text", "start": 0, "end": 4}],
    "evidence": [{"detector": "pp-1", "version": "1"}, "pp-2", {"detector": "pp-1"}],
}


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_predictions_are_read_and_judge_by_id(tmp_path: Path) -> None:
    judge = read_predictions(write(tmp_path / "p", {"id": "1", "findings": [FINDING]}, {"id": "2", "findings": []}))
    (found,) = judge(Provision("1", "ru", "text"))
    assert (found.factor, found.kind, found.strength, found.confidence) == ("permissive_power", Kind.REMARK, 2, 0.8)
    assert (found.severity, found.spans) == (Severity.HIGH, (FieldSpan(Field.TEXT, 0, 4),))
    assert found.detectors == ("pp-1", "pp-2")
    assert judge(Provision("2", "ru", "text")) == ()


def test_missing_prediction_is_an_error_not_silence(tmp_path: Path) -> None:
    judge = read_predictions(write(tmp_path / "p", {"id": "1", "findings": []}))
    with pytest.raises(EvaluationError) as caught:
        evaluate([corpus(provision("1"), provision("7"))], judge)
    assert (caught.value.code, caught.value.params["id"]) == ("evaluation_prediction_missing", "7")
    assert "7" in message(caught.value.code, "kk", caught.value.params)


def test_predictions_for_other_corpora_do_no_harm(tmp_path: Path) -> None:
    judge = read_predictions(write(tmp_path / "p", {"id": "1", "findings": []}, {"id": "other", "findings": [FINDING]}))
    assert evaluate([corpus(provision("1"))], judge, resamples=0).rules == ()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "error"}, "corpus_field_value", "kind"),
        ({"severity": "huge"}, "corpus_field_value", "severity"),
        ({"strength": 3}, "corpus_field_value", "strength"),
        ({"confidence": "0.5"}, "corpus_field_not_number", "confidence"),
        ({"factor": "Permissive power"}, "corpus_factor_id", "factor"),
        ({"spans": {}}, "corpus_field_not_list", "spans"),
        ({"spans": [[0, 1]]}, "corpus_field_not_object", "spans[0]"),
        ({"spans": [{"field": "body", "start": 0, "end": 1}]}, "corpus_field_value", "field"),
        ({"spans": [{"field": "text", "start": 1.0, "end": 2}]}, "corpus_field_not_number", "start"),
        ({"spans": [{"field": "text", "start": True, "end": 2}]}, "corpus_field_not_number", "start"),
        ({"spans": [{"field": "text", "start": 2, "end": 2}]}, "evaluation_span_range", "start"),
        ({"spans": [{"field": "text", "start": -1, "end": 2}]}, "evaluation_span_range", "start"),
        ({"spans": [{"field": "text", "start": 0}]}, "corpus_field_missing", "end"),
        ({"evidence": [{}]}, "corpus_field_missing", "detector"),
        ({"evidence": [" "]}, "corpus_field_empty", "evidence[0]"),
        ({"evidence": None}, "corpus_field_not_list", "evidence"),
    ],
)
def test_wrong_finding_names_line_and_field(tmp_path: Path, change: dict[str, Any], code: str, field: str) -> None:
    path = write(tmp_path / "p", {"id": "0", "findings": []}, {"id": "1", "findings": [{**FINDING, **change}]})
    with pytest.raises(CorpusError) as caught:
        read_predictions(path)
    assert (caught.value.code, caught.value.params["line"], caught.value.params["field"]) == (code, 2, field)


@pytest.mark.parametrize(
    "line", [{"id": "1"}, {"findings": []}, {"id": "1", "findings": [7]}, {"id": "", "findings": []}]
)
def test_wrong_line(tmp_path: Path, line: object) -> None:
    with pytest.raises(CorpusError):
        read_predictions(write(tmp_path / "p", line))


def test_same_id_twice(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="corpus_id_repeated"):
        read_predictions(write(tmp_path / "p", {"id": "1", "findings": []}, {"id": "1", "findings": []}))


VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.lists(st.integers(), max_size=2)
)


@settings(max_examples=60)
@given(field=st.sampled_from(sorted(FINDING)), value=VALUES)
def test_any_value_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, field: str, value: object) -> None:
    path = tmp_path_factory.getbasetemp() / "predictions.jsonl"
    write(path, {"id": "1", "findings": [{**FINDING, field: value}]})
    try:
        read_predictions(path)
    except CorpusError as error:
        assert error.params["line"] == 1
