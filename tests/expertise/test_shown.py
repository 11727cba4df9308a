"""Ranking of findings and the cap on what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import FACTOR_NAMES, examination

from expertise.documents.preliminary import preliminary
from expertise.documents.shown import shown
from nlp.detection.finding import Finding, Kind
from nlp.detection.ranking import gravest, ranked
from nlp.examination import Examination
from nlp.limits import Limits
from nlp.messages import LANGUAGES, message

EXAMINATION = examination("ru")
FINDING = EXAMINATION.reports[0].findings[0]


def finding(id_: str, kind: Kind, probability: int, impact: int, confidence: float = 0.5) -> Finding:
    return replace(FINDING, id=id_, kind=kind, probability=probability, impact=impact, confidence=confidence)


def many(count: int) -> Examination:
    report = EXAMINATION.reports[0]
    findings = tuple(finding(f"{number:03}", Kind.ATTENTION, 1 + number % 3, 2) for number in range(count))
    return replace(EXAMINATION, reports=(replace(report, findings=findings, notices=()),))


def test_remarks_come_first_then_points_then_confidence() -> None:
    light = finding("a", Kind.REMARK, 1, 1)
    grave = finding("b", Kind.ATTENTION, 3, 3, 0.2)
    surer = finding("c", Kind.ATTENTION, 3, 3, 0.9)
    asked = finding("d", Kind.ATTENTION, 2, 3)
    assert [each.id for each in ranked([asked, grave, surer, light])] == ["a", "c", "b", "d"]


def test_the_gravest_keep_the_order_of_the_draft() -> None:
    given_ = [finding("a", Kind.ATTENTION, 1, 1), finding("b", Kind.ATTENTION, 3, 3), finding("c", Kind.REMARK, 1, 1)]
    assert [each.id for each in gravest(given_, 2)] == ["b", "c"]


def test_no_room_at_all_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="most=0"):
        gravest([FINDING], 0)


def test_what_just_fits_is_left_as_it_is_and_one_over_is_told() -> None:
    most = Limits().shown_findings
    assert shown(many(most), most) == many(most)
    part = shown(many(most + 1), most).reports[0]
    assert len(part.findings) == most
    assert part.notices[0].code == "examine.shown_part"
    for language in LANGUAGES:
        told = message("examine.shown_part", language, dict(part.notices[0].params))
        assert str(most) in told and str(most + 1) in told


def test_the_lightest_go() -> None:
    part = shown(many(9), 6).reports[0]
    assert {each.probability for each in part.findings} == {2, 3}


def test_the_document_says_that_more_was_found() -> None:
    document = preliminary(shown(many(9), 6), "ru", FACTOR_NAMES)
    assert "Показаны самые значимые находки (6)" in str(document)


@given(
    st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(1, 3), st.integers(1, 3)), max_size=30),
    st.integers(1, 30),
)
def test_nothing_left_out_outranks_what_is_shown(kinds: list[tuple[Kind, int, int]], most: int) -> None:
    findings = [finding(f"{at:03}", *each) for at, each in enumerate(kinds)]
    kept = gravest(findings, most)
    assert len(kept) == min(most, len(findings))
    order = [each.id for each in ranked(findings)]
    left = [order.index(each.id) for each in findings if each not in kept]
    assert max((order.index(each.id) for each in kept), default=-1) < min(left, default=99)
