"""Coefficients of agreement against examples worked out by hand and the published ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.agreement import cohen_kappa, krippendorff_alpha, unitising_alpha

# Krippendorff 1995, p. 57: Bertha and Bill mark stretches of a text of 24 parts.
A = ([(2, 10), (14, 20)], [(4, 8), (15, 17)])


def digits(spans: list[tuple[int, int]]) -> list[int]:
    return [int(any(start <= at < end for start, end in spans)) for at in range(24)]


def test_kappa_by_hand() -> None:
    # 10 items: both yes 4, both no 3, only the first 2, only the second 1.
    # p₀ = 7/10; first yes 6, second yes 5: pₑ = (6·5 + 4·5)/100 = 1/2; κ = (0.7 − 0.5)/0.5 = 0.4.
    pairs = [("y", "y")] * 4 + [("n", "n")] * 3 + [("y", "n")] * 2 + [("n", "y")]
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_alpha_by_hand() -> None:
    # The same items: 20 values, 11 yes and 9 no. Observed pairs that differ: 3·2/20 = 0.3;
    # expected 2·11·9/(20·19) = 198/380; α = 1 − 0.3·380/198 = 1 − 114/198 = 84/198.
    pairs = [("y", "y")] * 4 + [("n", "n")] * 3 + [("y", "n")] * 2 + [("n", "y")]
    assert krippendorff_alpha(pairs) == pytest.approx(84 / 198)


def test_alpha_with_somebody_silent() -> None:
    # Units: aaa, ab-, bb-, a--: the last pairs with nothing. Values: a 4, b 3, n = 7.
    # Observed: in «ab» each of 2 values disagrees with 1 of 1 other: 2; /7. Expected: 2·4·3/(7·6) = 24/42.
    units = [("a", "a", "a"), ("a", "b", None), ("b", "b", None), ("a", None, None)]
    assert krippendorff_alpha(units) == pytest.approx(1 - (2 / 7) / (24 / 42))


def test_the_published_example() -> None:
    pairs = list(zip(digits(A[0]), digits(A[1]), strict=True))
    assert cohen_kappa(pairs) == pytest.approx(0.385, abs=0.0005)
    assert krippendorff_alpha(pairs) == pytest.approx(0.329, abs=0.0005)
    fine = 10_000  # the published figures are those of an infinitely fine continuum
    one, two = ([(start * fine, end * fine) for start, end in spans] for spans in A)
    assert unitising_alpha(24 * fine, one, two) == pytest.approx(0.553, abs=0.0006)


def test_unitising_by_hand() -> None:
    # Ten characters, one marks [2, 6), the other [3, 6): they overlap, beginnings 1 apart, ends 0.
    # Parts in order share characters; the rest are gaps with gaps, or a mark that leaves its gap: nothing.
    # Observed: 2·1/(2·10²) = 0.01.
    # Expected: units 4 and 3, gaps 2, 4, 3, 4. Among: (2−1)·[(128−48+4) + (54−27+3)]/3 = (84+30)/3 = 38.
    # Between: 16·[(4−4+1)+(4−4+1)] + 9·[(4−3+1)+(3−3+1)+(4−3+1)] = 16·2 + 9·5 = 77.
    # Places: 20·19 − (4·3 + 3·2) = 362. Expected = 2·(38+77)/(10·362) = 230/3620.
    assert unitising_alpha(10, [(2, 6)], [(3, 6)]) == pytest.approx(1 - 0.01 / (230 / 3620))


def test_unitising_where_one_marks_nothing() -> None:
    # One marks [2, 4) of ten, the other nothing: it lies in the gap, 2² = 4; observed 2·4/200 = 0.04.
    # Expected: among 0; between 4·[(2−2+1) + (6−2+1) + (10−2+1)] = 60; places 380 − 2 = 378; 120/3780.
    assert unitising_alpha(10, [(2, 4)], []) == pytest.approx(1 - 0.04 / (120 / 3780))


def test_what_is_not_defined_is_none() -> None:
    assert cohen_kappa([]) is None and cohen_kappa([("a", "a")] * 3) is None
    assert krippendorff_alpha([]) is None and krippendorff_alpha([("a", "a")]) is None
    assert krippendorff_alpha([("a", None)]) is None
    assert unitising_alpha(10, [], []) is None and unitising_alpha(0, [], []) is None


def test_marks_of_one_rater_that_overlap_are_one() -> None:
    assert unitising_alpha(50, [(5, 9), (7, 12), (12, 14)], [(20, 30)]) == unitising_alpha(50, [(5, 14)], [(20, 30)])


spans = st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)).map(lambda at: (at[0], at[0] + at[1])), max_size=5)


@given(spans, spans)
def test_unitising_is_symmetric_and_one_for_the_same(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    assert unitising_alpha(60, first, second) == unitising_alpha(60, second, first)
    same = unitising_alpha(60, first, first)
    assert same is None or same == 1
    found = unitising_alpha(60, first, second)
    assert found is None or found <= 1


pairs_of_names = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=12)


@given(pairs_of_names)
def test_no_coefficient_is_above_one(pairs: list[tuple[str, str]]) -> None:
    for found in (cohen_kappa(pairs), krippendorff_alpha(pairs)):
        assert found is None or -1 <= found <= 1
    if pairs and all(a == b for a, b in pairs):
        assert cohen_kappa(pairs) in (None, 1)


# Krippendorff 2011, «Computing Krippendorff's alpha-reliability», parts A, B and C.


def columns(*rows: str) -> list[tuple[str | None, ...]]:
    return [tuple(None if value == "." else value for value in unit) for unit in zip(*rows, strict=True)]


def test_the_published_example_of_two_names() -> None:
    # 14 zeros and 6 ones in 10 units; coincidences 10 and 2: (19·12 − (14·13 + 6·5)) / (20·19 − 212) = 16/168.
    found = krippendorff_alpha(columns("0100000010", "1110010000"))
    assert found == pytest.approx(16 / 168) and found == pytest.approx(0.095, abs=0.0005)


def test_the_published_example_of_five_names() -> None:
    assert krippendorff_alpha(columns("aabbdcccedda", "babbbccceddd")) == pytest.approx(0.692, abs=0.0005)


def test_the_published_example_with_values_missing() -> None:
    # Four observers, twelve units; the last unit has one value and pairs with nothing. Of 40 values 9, 13, 10, 5 and 3
    # are alike; coincidences on the diagonal 7 + 10 + 8 + 4 + 3 = 32; Σn(n−1) = 72 + 156 + 90 + 20 + 6 = 344.
    # α = (39·32 − 344) / (40·39 − 344) = 904/1216.
    a, b, c, d = "123321412...", "1233224125.3", ".3332342251.", "12332441251."
    found = krippendorff_alpha(columns(a, b, c, d))
    assert found == pytest.approx(904 / 1216) and found == pytest.approx(0.743, abs=0.0005)


def test_unitising_of_three_by_hand() -> None:
    # Ten characters: [2, 6), [3, 6), nothing. Differences 1² and 4² and 3² = 26; observed 2·26/(3·2·10²).
    # Expected: units 4 and 3, gaps 2, 4, 3, 4, 10. Among 38, as for two. Between: 16·(1 + 1 + 7) + 9·(2 + 1 + 2 + 8)
    # = 261. Places 30·29 − (12 + 6) = 852; 2·(38 + 261)/(10·852).
    found = unitising_alpha(10, [(2, 6)], [(3, 6)], [])
    assert found == pytest.approx(1 - (52 / 600) / (598 / 8520))


def test_one_rater_agrees_with_nobody() -> None:
    assert unitising_alpha(10, [(2, 6)]) is None
