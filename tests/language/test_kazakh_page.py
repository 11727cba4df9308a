"""The examples of docs/kazakh.md do what the page says."""

from __future__ import annotations

import doctest
from pathlib import Path

from nlp.language.kazakh.lexicon import rows
from nlp.language.kazakh.suffixes import by_name

PAGE = Path(__file__).resolve().parents[2] / "docs" / "kazakh.md"


def test_examples_run_and_print_what_is_shown() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted >= 12
    assert result.failed == 0


def test_named_endings_are_in_the_grammar() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in (
        "converb_p",
        "converb_a",
        "converb_until",
        "converb_since",
        "converb_unless",
        "converb_with",
        "poss1pl",
    ):
        assert name in text
        assert name in by_name()


def test_every_modality_of_the_table_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for _, _, modality in rows("kk_modality.tsv"):
        assert modality in text
