"""Where a factor stands among all: how far behind the likeliest, and whether it is among the three likeliest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.classifier.weighing import FEATURES, Heard, Standing, Standings

logits = st.lists(st.floats(-20, 20, allow_nan=False), min_size=1, max_size=30)


def test_the_likeliest_and_the_others() -> None:
    standings = Standings([1.0, -2.0, 3.0, 0.5, 2.0])
    assert standings.of(3.0) == Standing(0.0, True)
    assert standings.of(2.0) == Standing(1.0, True)
    assert standings.of(1.0) == Standing(2.0, True)
    assert standings.of(0.5) == Standing(2.5, False)
    assert standings.of(-2.0) == Standing(4.0, False)  # 5 behind, counted as 4


@pytest.mark.parametrize("values", [[], [0.3], [0.3, 0.1], [1.0, 1.0, 1.0, 1.0]])
def test_few_factors_and_equal_ones_are_all_among_the_first(values: list[float]) -> None:
    standings = Standings(values)
    assert all(standings.of(value).among for value in values)


@given(logits)
@settings(max_examples=100)
def test_some_factor_is_the_first_and_no_more_than_equal_ones_are_added_to_three(values: list[float]) -> None:
    standings = Standings(values)
    placed = [standings.of(value) for value in values]
    assert any(each.behind == 0 for each in placed)
    assert all(0 <= each.behind <= 4 for each in placed)
    third = sorted(values, reverse=True)[:3][-1]
    assert [each.among for each in placed] == [value >= third for value in values]


def test_features_tell_where_a_factor_stands() -> None:
    heard = Heard(0.0, 0.0, 1.0, -1.0, 0.0, 0, False, 0.5, 0.5, Standing(0.0, True), Standing(1.5, False))
    told = dict(zip(FEATURES, heard.features(), strict=True))
    assert (told["behind"], told["first"], told["among"]) == (0.0, 1.0, 1.0)
    assert (told["network_behind"], told["network_first"], told["network_among"]) == (1.5, 0.0, 0.0)
    assert told["both_first"] == 0.0
