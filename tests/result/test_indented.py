"""Indented JSON is the library's, byte for byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.indented import indented

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@given(values)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_the_same_text_as_the_library(value: Any) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    assert indented((value, {"а": (value,)})) == json.dumps([value, {"а": [value]}], ensure_ascii=False, indent=2)


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], {"a": -float("inf")}, {1: 2}, {"a": {3}}, object()])
def test_what_json_has_not_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        indented(value)
