"""Two wordings, word by word: what is new, what is gone, what is only written differently."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.changes.words import compare, same_words, touches


def new(before: str, after: str) -> list[str]:
    return [after[a:b] for a, b in compare(before, after).new]


def gone(before: str, after: str) -> list[str]:
    return [before[a:b] for a, b in compare(before, after).gone]


@pytest.mark.parametrize(
    ("before", "after", "added", "removed"),
    [
        ("Орган выдаёт справку в течение пяти дней.", "Орган выдаёт справку в разумный срок.",
         ["разумный срок"], ["течение пяти дней"]),
        ("Орган выдаёт справку.", "Орган выдаёт справку или иной документ.", ["или иной документ"], []),
        ("Орган выдаёт справку или иной документ.", "Орган выдаёт справку.", [], ["или иной документ"]),
        ("", "Комиссия вправе отказать.", ["Комиссия вправе отказать"], []),
        ("Комиссия вправе отказать.", "", [], ["Комиссия вправе отказать"]),
        ("Орган бес күн ішінде береді.", "Орган он күн ішінде береді.", ["он"], ["бес"]),
        ("Основания указаны в пункте 3.", "Основания указаны в пункте 4.", ["4"], ["3"]),
        ("Штраф – 10 000 тенге.", "Штраф – 15 000 тенге.", ["15 000"], ["10 000"]),
    ],
)  # fmt: skip
def test_new_and_gone_words(before: str, after: str, added: list[str], removed: list[str]) -> None:
    assert new(before, after) == added
    assert gone(before, after) == removed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3) справка о доходах;", "4) справка о доходах."),
        ("7. Орган решает.", "8-1. Орган решает."),
        ("Статья 7. Отказ\n1. Орган решает.", "Статья 9. Отказ\n1. Орган решает."),
        ("5-бап. Бас тарту\n1. Орган шешеді.", "6-бап. Бас тарту\n1. Орган шешеді."),
        ("«Правила» – акт", "\"Правила\" - акт"),
        ("«Правила» — акт", "“Правила” – акт"),
        ("Учёт ведётся", "Учет ведется"),
        ("ОРГАН решает", "Орган решает"),
        ("10 000 тенге", "10\u00a0000 тенге"),
        ("- справка;\n- копия.", "– справка;\n– копия."),
        ("заявитель, орган", "заявитель; орган"),
        ("өтiнiш берушi", "өтініш беруші"),  # Latin i
        ("Орган  решает\n", "Орган решает"),
    ],
)  # fmt: skip
def test_only_written_differently(before: str, after: str) -> None:
    found = compare(before, after)
    assert found.is_same and not found.replaced
    assert same_words(before, after)


def test_a_lone_conjunction_between_new_words_is_new() -> None:
    before = "Заявитель подаёт справку и копию."
    after = "Заявитель подаёт заключение и характеристику."
    assert new(before, after) == ["заключение и характеристику"]
    assert compare(before, after).replaced[0][0] == (before.index("справку"), before.index("."))


def test_added_words_have_an_empty_counterpart_at_their_place() -> None:
    before, after = "Орган выдаёт справку.", "Орган по согласованию выдаёт справку."
    ((earlier, later),) = compare(before, after).replaced
    assert earlier == (len("Орган"), len("Орган")) and after[slice(*later)] == "по согласованию"


def test_a_new_item_of_a_list_is_new_and_the_renumbered_ones_are_not() -> None:
    before = "Документы:\n1) заявление;\n2) справка."
    after = "Документы:\n1) заявление;\n2) иные документы;\n3) справка."
    (words,) = new(before, after)
    assert "иные документы" in words and "справка" not in words and "заявление" not in words


def test_touching() -> None:
    assert touches((3, 5), [(0, 4)]) and not touches((4, 5), [(0, 4)])


TEXT = st.text(alphabet="аб ви1 2).\n«»-–;Сё", max_size=80)


@given(TEXT, TEXT)
def test_any_two_wordings(before: str, after: str) -> None:
    found = compare(before, after)
    for spans, text in ((found.new, after), (found.gone, before)):
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert found == compare(before, after)
    assert found.is_same == same_words(before, after)


@given(TEXT)
def test_a_wording_is_itself(text: str) -> None:
    assert compare(text, text).is_same


def test_a_long_rewritten_act_is_compared_in_time() -> None:
    old = "\n".join(
        f"{n}. Орган {n % 7} рассматривает заявление и в течение {n % 9} дней выдаёт его." for n in range(3000)
    )
    fresh = "\n".join(
        f"{n}. Комиссия {n % 5} вправе по заявлению и в срок {n % 8} дней отказать в нём." for n in range(3000)
    )
    began = time.perf_counter()
    assert not compare(old, fresh).is_same
    assert not compare("Орган решает.\n" * 9000, "Орган вправе.\nОрган решает.\n" * 5000).is_same
    assert time.perf_counter() - began < 15
