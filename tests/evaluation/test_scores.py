"""Scores and bootstrap: seeded, over whole groups, defined or None."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from evaluation import Counting, EvaluationError, evaluate
from evaluation.scores import interval, ratios, resampling, scores, shares
from evaluation.slices import Slice, View
from tests.evaluation.build import Table, corpus, finding, provision


def test_scores_by_hand() -> None:
    of = scores(np.array([3.0, 1.0, 2.0]))
    assert (of.precision, of.recall) == (0.75, 0.6)
    assert of.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0), (None, None, None)),
        ((0, 2, 0), (0, None, 0)),
        ((0, 0, 2), (None, 0, 0)),
        ((2, 0, 0), (1, 1, 1)),
        ((0.5, 0.5, 0), (0.5, 1, pytest.approx(2 / 3))),
    ],
)
def test_degenerate_scores(counts: tuple[float, ...], expected: tuple[float | None, ...]) -> None:
    of = scores(np.array(counts, dtype=np.float64))
    assert (of.precision, of.recall, of.f1) == expected


def test_interval_is_the_middle_95_percent_of_defined_values() -> None:
    values = np.concatenate([np.arange(1001) / 1000, [np.nan] * 50])
    of = interval(values)
    assert of is not None
    assert (of.low, of.high, of.resamples) == (pytest.approx(0.025), pytest.approx(0.975), 1001)
    assert interval(np.array([np.nan])) is None
    assert interval(np.zeros(0)) is None


def test_ratios_do_not_divide_by_zero() -> None:
    with np.errstate(all="raise"):
        assert np.isnan(ratios(np.array([1.0]), np.array([0.0]))[0])


def test_resampling_draws_as_many_groups_as_there_are() -> None:
    drawn = resampling(7, 100, seed=1)
    assert drawn.shape == (100, 7)
    assert (drawn.sum(axis=1) == 7).all()
    assert (resampling(7, 100, seed=1) == drawn).all()
    assert (resampling(7, 100, seed=2) != drawn).any()


@pytest.mark.parametrize("groups", [0, 1])
def test_one_group_cannot_be_resampled(groups: int) -> None:
    assert resampling(groups, 100, seed=1).shape == (0, groups)


def test_shares() -> None:
    drawn = np.array([[2.0, 0.0], [1.0, 1.0]])
    of = shares([True, False], drawn)
    assert (of.count, of.total, of.share) == (1, 2, 0.5)
    assert of.interval is not None and of.interval.high <= 1 and of.interval.low >= 0.5
    assert shares([], np.zeros((0, 0))).share is None


def headline(corpus_acts: list[str], resamples: int = 1000, seed: int = 5) -> Slice:
    """Four texts, the first two found: recall 1/2."""
    items = [provision(str(at), {"f": 2}, act=act) for at, act in enumerate(corpus_acts)]
    found = Table({str(at): [finding("f")] for at in range(2)})
    result = evaluate([corpus(*items)], found, resamples=resamples, seed=seed)
    return next(s for s in result.slices if s.counting is Counting.ALL and s.view is View.HEADLINE)


def test_both_texts_of_an_act_are_drawn_together() -> None:
    # found and missed label stand in one act (ru and kk), twice: every resample has recall 1/2
    together = headline(["a", "b", "a_kz", "b_kz"])
    assert together.groups == 2
    assert together.micro.recall_interval is not None
    assert (together.micro.recall_interval.low, together.micro.recall_interval.high) == (0.5, 0.5)
    apart = headline(["a", "a_kz", "b", "b_kz"])
    assert apart.micro.recall_interval is not None
    assert (apart.micro.recall_interval.low, apart.micro.recall_interval.high) == (0, 1)


def test_one_act_has_no_interval() -> None:
    assert headline(["a", "a", "a_kz", "a"]).micro.recall_interval is None


def test_same_seed_same_figures() -> None:
    acts = [str(at) for at in range(4)]
    assert headline(acts) == headline(acts)
    assert headline(acts, resamples=7) != headline(acts, resamples=7, seed=6)


def test_interval_covers_the_share_of_many_acts() -> None:
    """Half of 400 acts found: the 95 % interval of recall is 0.5 ± 1.96·√(0.25/400) = ± 0.049."""
    items = [provision(str(at), {"f": 2}, act=str(at)) for at in range(400)]
    found = Table({str(at): [finding("f")] for at in range(200)})
    result = evaluate([corpus(*items)], found)
    of = next(s for s in result.slices if s.counting is Counting.ALL and s.view is View.HEADLINE).micro
    assert of.recall_interval is not None
    assert of.recall_interval.low == pytest.approx(0.451, abs=0.01)
    assert of.recall_interval.high == pytest.approx(0.549, abs=0.01)
    assert of.recall_interval.resamples == 1000


def test_negative_number_of_resamples() -> None:
    with pytest.raises(EvaluationError, match="evaluation_resamples"):
        evaluate([corpus()], Table(), resamples=-1)


def test_no_resamples_no_intervals() -> None:
    row = headline(["a", "b", "c", "d"], resamples=0)
    assert row.micro.f1_interval is None and row.macro.f1_interval is None
    assert dataclasses.replace(row, micro=headline(["a", "b", "c", "d"]).micro).micro.f1_interval is not None
