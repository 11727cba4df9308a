"""Marked words end where their phrase ends; texts agree with the body they name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import language as languages
from nlp.detection.agreement import agreeing, is_several
from nlp.detection.phrases import whole
from nlp.norms.frame import Field, FieldSpan

CASES = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))


def widened(language: str, marked: str) -> str:
    start, end = marked.find("["), marked.find("]") - 1
    text = marked.replace("[", "").replace("]", "")
    tokens = languages.of(language).analyse(text)
    found = whole(tokens, FieldSpan(Field.TEXT, start, end), language)
    return text[found.start : found.end]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_marks_reach_the_borders_of_their_phrase(language: str) -> None:
    rows = CASES[language]
    assert [widened(language, row["marked"]) for row in rows] == [row["phrase"] for row in rows]


def test_a_language_without_joins_is_left_as_it_is() -> None:
    tokens = languages.of("ru").analyse("иные документы")
    assert whole(tokens, FieldSpan(Field.TEXT, 0, 4), "xx") == FieldSpan(Field.TEXT, 0, 4)
    assert whole((), FieldSpan(Field.TEXT, 0, 4), "ru") == FieldSpan(Field.TEXT, 0, 4)


SAID = 'орган « » " ( ) , . иные не в порядке может быть өзге де құжаттар туралы алып 12 Республикасының'
WORDS = st.lists(st.sampled_from(SAID.split()), max_size=40)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(WORDS, st.integers(0, 200), st.integers(1, 40), st.sampled_from(["ru", "kk"]))
def test_a_mark_only_grows_and_stays_in_the_text(words: list[str], start: int, length: int, language: str) -> None:
    text = " ".join(words)
    span = FieldSpan(Field.TEXT, min(start, len(text)), min(start + length, len(text)))
    found = whole(languages.of(language).analyse(text), span, language)
    assert 0 <= found.start <= span.start
    assert span.end <= found.end <= len(text)


@pytest.mark.parametrize(
    ("name", "several"),
    [("органы валютного контроля", True), ("комиссия", False), ("орган (должностное лицо)", False), ("", False)],
)
def test_the_verb_agrees_with_the_body(name: str, several: bool) -> None:
    assert is_several(name) is several
    assert agreeing("{actor} {может|могут}, {actor}", name) == "{actor} могут, {actor}".replace(
        "могут", "могут" if several else "может"
    )
