"""Questions of the machine in the reading list: ticks and notes outlive a new analysis."""

from __future__ import annotations

from typing import Any

from expertise.case.reading_list import questions


def told(
    quote: str = "выдает пропуск", start: int = 10, element: str = "power", language: str = "ru"
) -> dict[str, Any]:
    mark = {"address": "para_1", "citation": "пункт 1", "start": start, "end": start + len(quote), "quote": quote}
    text = {"ru": f"Где срок ({quote})?", "kk": "Мерзімі қайда?"}
    return {"language": language, "detector": "powers", "element": element, "mark": mark, "text": text}


def test_a_key_stays_while_the_norm_does_wherever_it_stands() -> None:
    (before,) = questions([told()], {})
    moved = questions([told("отказывает"), told(start=900)], {before.key: "есть в Правилах"})
    assert [(each.checked, each.answer) for each in moved] == [(False, ""), (True, "есть в Правилах")]


def test_another_norm_element_or_text_is_another_question() -> None:
    asked = [told(), told(quote="выдает билет"), told(element="order"), told(language="kk"), told()]
    assert len({each.key for each in questions(asked, {})}) == len(asked)


def test_a_tick_without_a_note_counts() -> None:
    (one,) = questions([told()], {})
    (again,) = questions([told()], {one.key: ""})
    assert again.checked and again.answer == "" and again.citation == "пункт 1" and again.text["kk"]


def test_nothing_asked() -> None:
    assert questions([], {"question:1": "да"}) == ()
