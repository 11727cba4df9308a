"""Noise and rule statistics by hand."""

from __future__ import annotations

import pytest

from evaluation import ActCount, RuleStatistic, act_noise, evaluate
from tests.evaluation.build import Table, attention, corpus, finding, neutral, pair, pair_corpus, provision


def test_noise_by_hand() -> None:
    texts = corpus(
        provision("1", {"f": 1}, weight=10),
        provision("2", weight=30),
        provision("3", weight=10, language="kk", act="act_kz"),
        provision("4", stratum="enriched", weight=0),
    )
    found = Table(
        {
            "1": [finding("f"), finding("f"), attention("f"), finding("g", strength=1)],
            "2": [finding("f")],
            "3": [attention("f", strength=2)],
            "4": [finding("f"), finding("g")],
        }
    )
    whole, russian, kazakh = evaluate([texts], found, resamples=0).noise
    # of 50: remarks of strength 2 in 1 (10, labelled) and 2 (30): 40; others: g in 1 (10), f in 3 (10)
    assert (whole.pool, whole.remarks, whole.unlabelled_remarks, whole.attention) == (50, 40, 30, 20)
    assert (russian.remarks, kazakh.remarks, kazakh.attention) == (50 * 40 / 40, 0, 50)
    assert whole.provisions == 3


def test_noise_without_natural_texts_is_undefined() -> None:
    (whole, _) = evaluate([corpus(provision("1", weight=0))], Table({"1": [finding("f")]}), resamples=9).noise
    assert (whole.provisions, whole.pool, whole.remarks, whole.remarks_interval) == (0, 0, None, None)


def test_noise_interval_is_over_acts() -> None:
    texts = corpus(provision("1", act="a"), provision("2", act="b"))
    whole, _ = evaluate([texts], Table({"1": [finding("f")]}), resamples=200).noise
    assert whole.remarks == 25
    assert whole.remarks_interval is not None
    assert (whole.remarks_interval.low, whole.remarks_interval.high) == (0, 50)


def test_noise_of_whole_acts_by_hand() -> None:
    of = act_noise([ActCount(20, 100, 6), ActCount(0, 50, 4), ActCount(10, 10, 4)])
    assert of.acts == 3
    assert of.per_10_articles == pytest.approx(10 * 10 / 30)  # the act without articles is left out
    assert of.per_50_provisions == pytest.approx(50 * 14 / 160)
    # 6 of 20 articles = 3 per 10: within; 4 of 50 provisions: over; 4 of 10 articles and of 10 provisions: over
    assert of.within_budget == 1


def test_noise_of_no_acts() -> None:
    of = act_noise([])
    assert (of.acts, of.per_10_articles, of.per_50_provisions, of.within_budget) == (0, None, None, 0)


def rules(found: Table, *corpora: object) -> list[RuleStatistic]:
    return list(evaluate(list(corpora), found, resamples=0).rules)  # type: ignore[arg-type]


def test_rule_statistics_by_hand() -> None:
    texts = corpus(
        provision("1", {"f": 2}),
        provision("2", {"f": 1}),
        provision("3", {"g": 2}),
        provision("4", {"f": 2}, language="kk"),
    )
    found = Table(
        {
            "1": [finding("f", rules=["r1", "r2"]), finding("f", rules=["r1"])],  # r1 once
            "2": [finding("f", rules=["r1"])],
            "3": [finding("f", rules=["r1"])],
            "4": [finding("f", rules=["r1"])],
            "p:flawed": [finding("f", rules=["r2"])],
            "p:sound": [finding("f", rules=["r2"])],
            "n:neutral": [finding("f", rules=["r9"])],
        }
    )
    of = rules(found, texts, pair_corpus([pair("p", ["f"])], [neutral("n")]))
    rows = [(r.detector, r.language, r.hits, r.right, r.right_strength2, r.pairs_right, r.pairs_wrong) for r in of]
    assert rows == [
        ("r1", "ru", 3, 2, 1, 0, 0),
        ("r1", "kk", 1, 1, 1, 0, 0),
        ("r2", "ru", 1, 1, 1, 1, 1),
        ("r9", "ru", 0, 0, 0, 0, 1),
    ]
    assert of[0].precision == pytest.approx(2 / 3)
    assert of[3].precision is None


@pytest.mark.parametrize(
    ("right", "hits", "below"), [(15, 20, False), (14, 20, True), (0, 19, False), (75, 100, False)]
)
def test_goal_is_three_quarters_from_twenty_hits(right: int, hits: int, below: bool) -> None:
    texts = [provision(str(at), {"f": 1} if at < right else {}) for at in range(hits)]
    (row,) = rules(Table({text.id: [finding("f", rules=["r"])] for text in texts}), corpus(*texts))
    assert (row.hits, row.right, row.below_goal) == (hits, right, below)
