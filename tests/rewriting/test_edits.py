"""Edits: applied, tidied, told apart word by word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.norms.frame import Field
from nlp.rewriting.edits import Change, apply, differences, keep_first_letter, once, tidy


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Комиссия  отказывает .", "Комиссия отказывает."),
        ("представляет , справку ;", "представляет, справку;"),
        ("заявление, , справку.", "заявление, справку."),
        ("заявление,.", "заявление."),
        ("( в день)", "(в день)"),
        (", орган отказывает.", "орган отказывает."),
    ],
)
def test_tidy(raw: str, clean: str) -> None:
    assert keep_first_letter(clean, tidy(raw)) == clean


def test_abbreviations_do_not_start_sentences() -> None:
    assert tidy("в срок 5 раб. дней и т.п. документы") == "в срок 5 раб. дней и т.п. документы"


def test_numbers_of_units_are_left_alone() -> None:
    words = "согласно пп. 3-1) п. 2 ст. 7 Закона"
    assert tidy(words) == words


def test_overlapping_changes_the_first_stays() -> None:
    assert apply("абвгд", [Change(1, 3, "X"), Change(2, 4, "Y")]) == "аXгд"


def test_a_sentence_whose_beginning_is_taken_away_still_starts_with_a_capital() -> None:
    words = "Орган решает. При необходимости, комиссия отказывает."
    start = words.index("При")
    assert apply(words, [Change(start, start + len("При необходимости"), "")]) == "Орган решает. Комиссия отказывает."


def test_items_stay_small() -> None:
    assert keep_first_letter("отказать", "отказывает") == "отказывает"
    assert keep_first_letter("При необходимости орган", "орган") == "Орган"


def test_differences_are_whole_words() -> None:
    edits = differences("Орган вправе отказать.", "Орган отказывает.", Field.TEXT)
    original = "Орган вправе отказать."
    assert [(original[e.span.start : e.span.end], e.text) for e in edits] == [("вправе отказать", "отказывает")]


def test_a_phrase_is_replaced_as_a_whole() -> None:
    original = "Орган в любое время решает дело."
    edits = differences(original, "Орган в случаях, предусмотренных пунктом ___, решает дело.", Field.TEXT)
    assert [original[e.span.start : e.span.end] for e in edits] == ["любое время"]


TEXTS = st.text("абв ,.;()-«»1", max_size=40)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_differences_lead_from_one_to_the_other(old: str, new: str) -> None:
    result, shift = old, 0
    for edit in differences(old, new, Field.TEXT):
        start, end = edit.span.start + shift, edit.span.end + shift
        result = result[:start] + edit.text + result[end:]
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    assert result == new


@settings(max_examples=60)
@given(TEXTS)
def test_tidy_is_stable(words: str) -> None:
    assert tidy(tidy(words)) == tidy(words)


@pytest.mark.parametrize(
    ("changes", "wording"),
    [
        ([Change(0, 0, "по перечню ___ "), Change(6, 11, "по перечню ___")], "по перечню ___ слова в конце."),
        ([Change(6, 11, "согласно приложению ___"), Change(0, 5, "согласно приложению ___ к акту")],
         "согласно приложению ___ к акту в конце."),
        ([Change(0, 0, "в пункте ___, "), Change(12, 12, "в пункте ___ ")], "в пункте ___, слова здесь в конце."),
        ([Change(0, 5, "в случаях, указанных в пункте ___,"), Change(6, 11, "при условиях, указанных в пункте ___")],
         "в случаях, указанных в пункте ___, в конце."),
        ([Change(0, 5, "срок"), Change(6, 11, "срок")], "срок срок в конце."),
        ([Change(0, 5, "в пункте ___"), Change(6, 11, "в приложении ___")], "в пункте ___ в приложении ___ в конце."),
    ],
)  # fmt: skip
def test_the_same_blank_is_asked_for_once(changes: list[Change], wording: str) -> None:
    assert apply("слова здесь в конце.", once(changes)) == wording


def test_a_blank_of_another_sentence_does_not_take_words_out() -> None:
    text = "Один порядок. Другой порядок."
    changes = [Change(0, 12, "Порядок по списку ___"), Change(21, 28, "порядок по списку ___")]
    assert apply(text, once(changes, text)) == "Порядок по списку ___. Другой порядок по списку ___."


def test_what_overlaps_is_not_taken_for_a_repetition() -> None:
    changes = [Change(0, 11, "в пункте ___"), Change(0, 5, "в пункте ___")]
    assert apply("слова здесь в конце.", once(changes)) == "в пункте ___ в конце."
