"""Numbers as bits of one integer."""

from __future__ import annotations

import gc

from hypothesis import given
from hypothesis import strategies as st

from nlp.garbage import SELDOM, collected_seldom
from nlp.matching.vocabulary import bits_of


@given(st.frozensets(st.integers(0, 12_000), max_size=40), st.frozensets(st.integers(0, 12_000), max_size=40))
def test_bits_say_what_sets_say(some: frozenset[int], others: frozenset[int]) -> None:
    assert bits_of(some | others) == bits_of(some) | bits_of(others)
    assert bits_of(some & others) == bits_of(some) & bits_of(others)
    assert (bits_of(some) & bits_of(others) == bits_of(some)) == (some <= others)
    assert bits_of(frozenset()) == 0


def test_thresholds_of_the_collector_come_back() -> None:
    """Also where two are inside at once, and where what was inside fails."""
    usual = gc.get_threshold()
    outer, inner = collected_seldom(), collected_seldom()
    outer.__enter__()
    inner.__enter__()
    outer.__exit__(None, None, None)
    assert gc.get_threshold() == SELDOM
    inner.__exit__(None, None, None)
    assert gc.get_threshold() == usual
    try:
        with collected_seldom():
            raise ValueError
    except ValueError:
        assert gc.get_threshold() == usual
