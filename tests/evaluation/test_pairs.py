"""Pairs, length restriction and the length-only baseline, by hand."""

from __future__ import annotations

import pytest

from evaluation import Counting, EvaluationResult, JudgedFinding, evaluate
from evaluation.pairs import LengthBaseline, PairScores
from tests.evaluation.build import Table, attention, corpus, finding, neutral, pair, pair_corpus, provision

PAIRS = [
    pair("1", ["f"], "x" * 100, "x" * 115),
    pair("2", ["f"], "x" * 100, "x" * 130),
    pair("3", ["f", "g"], "x" * 100, "x" * 85),
    pair("4", ["g"], "x" * 100, "x" * 84, language="kk"),
]
FOUND: dict[str, list[JudgedFinding]] = {
    "1:flawed": [finding("f")],  # right, sound clean
    "2:flawed": [finding("f")],  # right, but sound flagged
    "2:sound": [attention("g")],
    "3:flawed": [attention("g")],  # one of two labels
    "4:flawed": [finding("f")],  # wrong factor
    "n1:neutral": [attention("f")],
}


def evaluated(factors: list[str] | None = None, resamples: int = 0) -> EvaluationResult:
    return evaluate([pair_corpus(PAIRS, [neutral("n1"), neutral("n2")])], Table(FOUND), factors, resamples=resamples)


def scores(
    of: EvaluationResult, language: str = "all", counting: Counting = Counting.ALL, near: bool = False
) -> PairScores:
    (found,) = [p for p in of.pairs if (p.language, p.counting, p.near_length) == (language, counting, near)]
    return found


def test_pairs_by_hand() -> None:
    of = scores(evaluated())
    assert (of.both.count, of.both.total) == (2, 4)
    assert (of.flawed_right.count, of.flawed_any.count, of.sound_clean.count) == (3, 4, 3)
    assert (of.neutral_clean.count, of.neutral_clean.total) == (1, 2)
    by_factor = {row.factor: (row.flawed_right.count, row.both.count, row.both.total) for row in of.factors}
    assert by_factor == {"f": (2, 1, 3), "g": (1, 1, 2)}


def test_remarks_alone() -> None:
    of = scores(evaluated(), counting=Counting.REMARKS)
    assert (of.both.count, of.flawed_right.count, of.sound_clean.count, of.neutral_clean.count) == (2, 2, 4, 2)


def test_near_length_is_within_15_percent_of_the_longer_side() -> None:
    of = scores(evaluated(), near=True)
    # 115: 15 ≤ 17.25; 130: 30 > 19.5; 85: 15 ≤ 15; 84: 16 > 15
    assert (of.both.total, of.both.count) == (2, 2)


def test_restriction_leaves_out_pairs_and_findings_of_other_factors() -> None:
    of = scores(evaluated(["f"]))
    # pairs 1–3 carry f; 2 has its sound side clean now (g is out); 3 is not flagged with f
    assert (of.both.count, of.both.total, of.flawed_right.count, of.sound_clean.count) == (2, 3, 2, 3)


def test_languages() -> None:
    assert [scores(evaluated(), code).both.total for code in ("ru", "kk")] == [3, 1]
    assert scores(evaluated(), "kk").neutral_clean.share is None


def test_intervals_over_pairs() -> None:
    of = scores(evaluated(resamples=200))
    assert of.both.interval is not None and 0 <= of.both.interval.low < 0.5 < of.both.interval.high <= 1
    assert scores(evaluated(resamples=200), "kk").both.interval is None


def baseline(of: EvaluationResult, near: bool = False, language: str = "all") -> LengthBaseline:
    (found,) = [b for b in of.length_baselines if b.near_length is near and b.language == language]
    return found


LENGTHS = [
    pair("1", ["f"], "x" * 10, "x" * 20),
    pair("2", ["f"], "x" * 12, "x" * 30),
    pair("3", ["f"], "x" * 25, "x" * 40),
    pair("4", ["f"], "x" * 50, "x" * 45),
]


def test_length_baseline_chosen_on_the_pairs_themselves() -> None:
    of = baseline(evaluate([pair_corpus(LENGTHS, [neutral("n", "x" * 13), neutral("m", "x" * 12)])], Table()))
    # at 12: pairs 1, 2 right; at 25: pairs 2, 3; at 50 none. Two pairs first at 12
    assert (of.threshold, of.chosen_on) == (12, "these pairs")
    assert (of.both.count, of.flawed_flagged.count, of.sound_clean.count) == (2, 2, 4)
    assert (of.neutral_clean.count, of.shorter_is_flawed.count) == (1, 3)


def test_length_baseline_chosen_on_train() -> None:
    train = pair_corpus([pair("t", ["f"], "x" * 26, "x" * 41)], name="train")
    result = evaluate([pair_corpus(LENGTHS)], Table(), length_corpora=[train])
    of = baseline(result)
    assert (of.threshold, of.chosen_on) == (26, "train")
    assert (of.both.count, of.flawed_flagged.count, of.sound_clean.count) == (2, 3, 3)


def test_train_without_the_language_falls_back_and_says_so() -> None:
    train = pair_corpus([pair("t", ["f"], "x" * 26, "x" * 41, language="kk")], name="train")
    assert baseline(evaluate([pair_corpus(LENGTHS)], Table(), length_corpora=[train]), language="ru").chosen_on == (
        "these pairs"
    )


def test_no_pairs_at_all() -> None:
    result = evaluate([pair_corpus([], [neutral("n")])], Table(), resamples=5)
    assert scores(result).both.share is None and scores(result).neutral_clean.share == 1
    assert baseline(result).threshold == 0 and baseline(result).both.share is None


def test_provisions_only_have_no_pair_part() -> None:
    assert evaluate([corpus(provision("1"))], Table(), resamples=0).pairs == ()


@pytest.mark.parametrize("near", [True, False])
def test_baseline_has_a_row_for_every_restriction(near: bool) -> None:
    assert baseline(evaluated(), near).both.total == (2 if near else 4)
