"""Texts of codes: filled, safe, and in both languages."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import messages
from nlp.messages import LANGUAGES, catalogue, message


def _blanks(text: str) -> set[str]:
    """Names of the blanks; «unit_ru» and «unit_kk» are one blank in two languages."""
    return {name.removesuffix("_ru").removesuffix("_kk") for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_has_a_text_in_both_languages_with_the_same_blanks() -> None:
    ru, kk = catalogue("ru"), catalogue("kk")
    assert ru.keys() == kk.keys()
    assert {code for code in ru if _blanks(ru[code]) != _blanks(kk[code])} == set()


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"plain": "Файл {file}, строка {line}.", "tricky": "{file.__class__} {{скобки}} {0}"}
    monkeypatch.setattr(messages, "catalogue", lambda language: known)


@pytest.mark.usefixtures("texts")
def test_blanks_are_filled_and_open_ones_stay_blanks() -> None:
    assert message("plain", "ru", {"file": "а.txt", "line": 3}) == "Файл а.txt, строка 3."
    assert message("plain", "ru", {"file": "{line}"}) == "Файл {line}, строка ___."


@pytest.mark.usefixtures("texts")
def test_a_text_cannot_reach_into_objects() -> None:
    assert message("tricky", "ru", {"file": "а"}) == "___ {скобки} ___"


def test_an_unknown_code_shows_itself() -> None:
    assert message("never_written", "kk") == "never_written"
    assert message("never_written", "kk", {"b": 2, "a": 1}) == "never_written (a=1, b=2)"
    with pytest.raises(KeyError):
        message("never_written", "en")


@settings(max_examples=60)
@given(st.sampled_from(LANGUAGES), st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3))
def test_no_params_break_any_text(language: str, params: dict[str, str]) -> None:
    for code in catalogue(language):
        assert message(code, language, params)
