"""Overlap of marked words, in characters, by hand."""

from __future__ import annotations

import pytest

from corpora import Label
from evaluation import Counting, EvaluationError, JudgedFinding, evaluate
from evaluation.spans import SpanScores
from nlp.detection.finding import Kind, Severity
from nlp.norms.frame import Field, FieldSpan
from tests.evaluation.build import Table, attention, corpus, finding, provision


def spans(items: object, found: dict[str, list[JudgedFinding]], counting: Counting = Counting.ALL) -> SpanScores:
    result = evaluate([items], Table(found), resamples=0)  # type: ignore[list-item]
    return next(each for each in result.spans if each.language == "all" and each.counting is counting)


def test_overlap_by_hand() -> None:
    texts = corpus(
        provision("1", [Label("f", 2, "2345")]),  # [2, 6)
        provision("2", [Label("f", 2, "01")]),  # missed: 2 characters
        provision("3"),  # wrong finding of 5 characters
    )
    of = spans(texts, {"1": [finding("f", span=(4, 9))], "3": [finding("f", span=(0, 5))]})
    # hit: common [4, 6) = 2 of 5 found and 4 expected
    assert (of.on_hits.tp, of.on_hits.fp, of.on_hits.fn) == (2, 3, 2)
    assert of.on_hits.f1 == pytest.approx(2 * 2 / (5 + 4))
    assert of.mean_f1 == pytest.approx(4 / 9)
    assert (of.overall.tp, of.overall.fp, of.overall.fn) == (2, 8, 4)
    assert (of.hits, of.unlocated) == (1, 0)


def test_mean_is_over_hits_and_pooled_over_characters() -> None:
    texts = corpus(provision("1", [Label("f", 2, "0")]), provision("2", [Label("f", 2, "01234567")]))
    of = spans(texts, {"1": [finding("f", span=(0, 1))], "2": [finding("f", span=(8, 10))]})
    assert of.mean_f1 == 0.5
    assert of.on_hits.f1 == pytest.approx(2 * 1 / (9 + 3))


def test_overlapping_spans_of_several_findings_count_once() -> None:
    texts = corpus(provision("1", [Label("f", 2, "0123")]))
    of = spans(texts, {"1": [finding("f", span=(0, 3)), attention("f", span=(1, 4))]})
    assert (of.on_hits.tp, of.on_hits.fp, of.on_hits.fn) == (4, 0, 0)
    alone = spans(texts, {"1": [finding("f", span=(0, 3)), attention("f", span=(1, 4))]}, Counting.REMARKS)
    assert (alone.on_hits.tp, alone.on_hits.fn) == (3, 1)


def test_same_offsets_in_another_field_do_not_overlap() -> None:
    text = provision("1", [Label("f", 2, "01")])
    in_lead = JudgedFinding("f", Kind.REMARK, 2, 1.0, Severity.LOW, (FieldSpan(Field.LEAD, 0, 2),))
    with pytest.raises(EvaluationError, match="evaluation_span_outside"):
        spans(corpus(text), {"1": [in_lead]})  # the lead-in is empty


def test_hit_without_span_counts_as_no_overlap() -> None:
    of = spans(corpus(provision("1", [Label("f", 2, "01")])), {"1": [finding("f")]})
    assert (of.hits, of.on_hits.tp, of.on_hits.fn, of.mean_f1) == (1, 0, 2, 0)


def test_quote_that_stands_nowhere_is_counted_and_left_out() -> None:
    of = spans(corpus(provision("1", [Label("f", 2, "absent")])), {"1": [finding("f", span=(0, 3))]})
    assert (of.unlocated, of.hits, of.on_hits.f1, of.overall.f1, of.mean_f1) == (1, 0, None, None, None)


@pytest.mark.parametrize("span", [(0, 11), (-1, 3), (5, 5), (6, 2)])
def test_span_outside_its_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(EvaluationError, match="evaluation_span_outside"):
        spans(corpus(provision("1")), {"1": [finding("f", span=span)]})


def test_span_at_the_very_end_is_inside() -> None:
    assert spans(corpus(provision("1")), {"1": [finding("f", span=(9, 10))]}).overall.fp == 1
