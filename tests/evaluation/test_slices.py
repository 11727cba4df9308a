"""Provision metrics against values worked out by hand."""

from __future__ import annotations

import pytest

from evaluation import Counting, EvaluationResult, evaluate
from evaluation.scores import Scores
from evaluation.slices import FactorScores, Slice, View
from tests.evaluation.build import Table, attention, corpus, finding, provision

HAND = corpus(
    provision("1", {"f": 2, "g": 1}, act="a", weight=10),
    provision("2", {"f": 1}, act="a_kz", language="kk", weight=4),
    provision("3", {}, act="b", weight=6),
    provision("4", {"g": 2}, act="b", stratum="enriched", weight=0),
    provision("5", {}, act="c_kz", language="kk", weight=20),
)
FOUND = Table(
    {
        "1": [finding("f"), attention("h")],  # f right; g missed; h wrong, attention only
        "2": [attention("f")],  # right, attention only
        "3": [finding("f"), finding("f")],  # wrong, once
        "4": [finding("g")],  # right
        "5": [],
    }
)


def result(resamples: int = 0, factors: list[str] | None = None) -> EvaluationResult:
    return evaluate([HAND], FOUND, factors, resamples=resamples)


def chosen(of: EvaluationResult, language: str, counting: Counting, view: View) -> Slice:
    (found,) = [s for s in of.slices if (s.language, s.counting, s.view) == (language, counting, view)]
    return found


def counts(scores: Scores) -> tuple[float, float, float]:
    return scores.tp, scores.fp, scores.fn


def factor(of: Slice, name: str) -> FactorScores:
    return next(row for row in of.factors if row.factor == name)


def test_languages_countings_and_views_are_all_there() -> None:
    keys = {(s.language, s.counting, s.view) for s in result().slices}
    assert keys == {(code, counting, view) for code in ("all", "ru", "kk") for counting in Counting for view in View}
    assert [s.language for s in result().slices[:: len(Counting) * len(View)]] == ["all", "ru", "kk"]


def test_headline_by_hand() -> None:
    of = chosen(result(), "all", Counting.ALL, View.HEADLINE)
    # f: right 1, 2; wrong 3.  g: right 4; missed 1.  h: wrong 1.
    assert counts(factor(of, "f").scores) == (2, 1, 0)
    assert counts(factor(of, "g").scores) == (1, 0, 1)
    assert counts(factor(of, "h").scores) == (0, 1, 0)
    assert [row.positives for row in of.factors] == [2, 2, 0]
    assert counts(of.micro) == (3, 2, 1)
    assert (of.micro.precision, of.micro.recall) == (3 / 5, 3 / 4)
    assert of.micro.f1 == pytest.approx(2 / 3)
    # any factor: labelled 1, 2, 4; something found in 1, 2, 3, 4
    assert counts(of.any_factor) == (3, 1, 0)
    assert (of.items, of.groups, of.positives) == (5, 3, 3)


def test_remarks_alone_by_hand() -> None:
    of = chosen(result(), "all", Counting.REMARKS, View.HEADLINE)
    assert counts(of.micro) == (2, 1, 2)
    assert counts(of.any_factor) == (2, 1, 1)


def test_languages_by_hand() -> None:
    russian = chosen(result(), "ru", Counting.ALL, View.HEADLINE)
    kazakh = chosen(result(), "kk", Counting.ALL, View.HEADLINE)
    assert counts(russian.micro) == (2, 2, 1)
    assert counts(kazakh.micro) == (1, 0, 0)
    assert (kazakh.micro.precision, kazakh.micro.recall, kazakh.micro.f1) == (1, 1, 1)


def test_natural_prevalence_by_hand() -> None:
    of = chosen(result(), "all", Counting.ALL, View.NATURAL)
    # weights 10, 4, 6, –, 20: f right 10 + 4, wrong 6; g missed 10, the enriched 4 is out; h wrong 10
    assert counts(of.micro) == (14, 16, 10)
    assert counts(of.any_factor) == (14, 6, 0)
    assert of.items == 4
    assert factor(of, "g").positives == 1


def test_enriched_is_out_of_rates_whatever_its_weight() -> None:
    rich = corpus(provision("1", {"f": 2}, stratum="enriched", weight=99))
    of = chosen(evaluate([rich], Table({"1": [finding("f")]}), resamples=0), "all", Counting.ALL, View.NATURAL)
    assert counts(of.micro) == (0, 0, 0) and of.items == 0


def test_strength_two_by_hand() -> None:
    strict = chosen(result(), "all", Counting.ALL, View.STRENGTH2)
    # strength 2: f in 1, g in 4. f found in 1, 2 (borderline), 3; g in 4; h in 1
    assert counts(strict.micro) == (2, 3, 0)
    assert counts(strict.any_factor) == (2, 2, 0)
    aside = chosen(result(), "all", Counting.ALL, View.STRENGTH2_ASIDE)
    assert counts(aside.micro) == (2, 2, 0)
    assert counts(aside.any_factor) == (2, 1, 0)  # 2 is borderline only, 3 is wrong


def test_a_borderline_label_does_not_excuse_a_wrong_factor() -> None:
    one = corpus(provision("1", {"g": 1}))
    of = chosen(evaluate([one], Table({"1": [finding("f")]}), resamples=0), "all", Counting.ALL, View.STRENGTH2_ASIDE)
    assert counts(of.micro) == (0, 1, 0)
    assert counts(of.any_factor) == (0, 0, 0)  # the text as a whole is borderline: neither right nor wrong


def test_restriction_hides_other_factors_in_gold_and_findings() -> None:
    of = chosen(result(factors=["g"]), "all", Counting.ALL, View.HEADLINE)
    assert [row.factor for row in of.factors] == ["g"]
    assert counts(of.micro) == (1, 0, 1)
    assert counts(of.any_factor) == (1, 0, 1)


def test_factor_that_occurs_nowhere_is_reported_as_undefined() -> None:
    of = chosen(result(factors=["absent"]), "all", Counting.ALL, View.HEADLINE)
    assert (of.factors[0].scores.precision, of.factors[0].scores.recall, of.factors[0].scores.f1) == (None, None, None)


def test_macro_is_over_factors_with_ten_positives() -> None:
    items = [provision(f"f{at}", {"f": 2}) for at in range(10)] + [provision(f"g{at}", {"g": 1}) for at in range(12)]
    items += [provision(f"h{at}", {"h": 1}) for at in range(9)]
    found = {f"f{at}": [finding("f")] for at in range(5)} | {f"g{at}": [finding("g")] for at in range(12)}
    of = chosen(evaluate([corpus(*items)], Table(found), resamples=0), "all", Counting.ALL, View.HEADLINE)
    # F1 of f: 2·5/(10+5) = 2/3; of g: 1; h has nine positives
    assert of.macro.factors == ("f", "g")
    assert of.macro.f1 == pytest.approx((2 / 3 + 1) / 2)


def test_no_positives() -> None:
    of = chosen(evaluate([corpus(provision("1"))], Table(), resamples=10), "all", Counting.ALL, View.HEADLINE)
    assert (of.any_factor.precision, of.any_factor.recall, of.any_factor.f1, of.macro.f1) == (None, None, None, None)
    assert of.factors == ()


def test_only_wrong_findings() -> None:
    found = Table({"1": [finding("f")]})
    of = chosen(evaluate([corpus(provision("1"))], found, resamples=10), "all", Counting.ALL, View.HEADLINE)
    assert (of.micro.precision, of.micro.recall, of.micro.f1) == (0, None, 0)


def test_zero_weights_leave_the_natural_view_empty() -> None:
    weightless = corpus(provision("1", {"f": 2}, weight=0), provision("2", weight=0))
    outcome = evaluate([weightless], Table({"1": [finding("f")]}), resamples=20)
    of = chosen(outcome, "all", Counting.ALL, View.NATURAL)
    assert (of.items, of.micro.f1, of.micro.f1_interval, of.macro.f1) == (0, None, None, None)
    assert chosen(outcome, "all", Counting.ALL, View.HEADLINE).micro.f1 == 1


def test_empty_corpus_gives_empty_parts() -> None:
    empty = evaluate([corpus()], Table())
    assert (empty.slices, empty.spans, empty.noise, empty.pairs, empty.rules, empty.drafts) == ((), (), (), (), (), ())
    assert evaluate([], Table()).corpora == ()
