"""The norm as a whole: the defect said twice, words said twice, words that point back at nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nlp.detection.pack import Pack
from nlp.norms.frame import Field, FieldSpan
from nlp.rewriting.edits import Change, apply
from nlp.rewriting.whole import points_at_nothing, repeated, without_doubles
from tests.detection.conftest import make_pack  # noqa: F401  (fixture)
from tests.rewriting.test_propose import in_words, made, one  # noqa: F401  (fixture)

Build = Callable[..., Pack]


def span(text: str, words: str) -> FieldSpan:
    return FieldSpan(Field.TEXT, text.index(words), text.index(words) + len(words))


def test_marked_words_said_again_are_mended_again() -> None:
    text = "Орган қосымша ақпарат сұратады. Банк қосымша іс-шаралар өткізеді, қосымша ақпарат береді."
    marked = span(text, "қосымша ақпарат")
    change = Change(marked.start, marked.start + len("қосымша"), "2-қосымшада көзделген")
    assert apply(text, repeated(text, [marked], [change])) == (
        "Орган 2-қосымшада көзделген ақпарат сұратады. "
        "Банк қосымша іс-шаралар өткізеді, 2-қосымшада көзделген ақпарат береді."
    )


@pytest.mark.parametrize(
    ("text", "words", "change"),
    [
        ("Иное право и иное благо.", "Иное", (0, 4, "Данное")),  # a single word may stand for something else
        ("Весло в срок, весло в срок.", "в срок", (8, 8, "новый ")),  # an insertion is made once
        ("Весло в срок, весло в сроки.", "в срок", (6, 12, "за день")),  # another word
    ],
)
def test_what_is_not_repeated(text: str, words: str, change: tuple[int, int, str]) -> None:
    assert repeated(text, [span(text, words)], [Change(*change)]) == [Change(*change)]


def test_words_mended_already_are_left_alone() -> None:
    text = "Лодка в разумный срок, весло в разумный срок."
    marked = span(text, "в разумный срок")
    first = Change(marked.start, marked.end, "за день")
    second = Change(text.rindex("разумный"), text.rindex("разумный") + 8, "короткий")
    assert repeated(text, [marked], [first, second]) == [first, second]


def test_repetition_in_a_proposal(one: Build) -> None:  # noqa: F811
    pack = one("комиссия { в разумный срок }", {"op": "replace", "with": "за ___ дней"})
    wording = made(pack, "Комиссия в разумный срок выдает билет. Отдел в разумный срок ставит печать.")
    assert wording is not None
    assert wording.wording == "Комиссия за ___ дней выдает билет. Отдел за ___ дней ставит печать."


ASKS: dict[str, Any] = {"op": "replace", "with": "указанные в приложении ___"}


@pytest.mark.parametrize(
    ("lead", "text", "wording"),
    [
        ("В жалобе указываются:", "иные сведения;", "предусмотренные приложением ___ сведения;"),
        ("К жалобе прилагаются:", "иные сведения;", "указанные в приложении ___ сведения;"),
    ],
)
def test_the_lead_in_is_not_said_again(one: Build, lead: str, text: str, wording: str) -> None:  # noqa: F811
    made_anew = made(one("{ иной } сведение", ASKS), text, lead)
    assert made_anew is not None
    assert made_anew.wording == wording


ROWS = [{"said": "за нарушени", "find": "за нарушения, указанные", "with": "по основаниям, указанным"}]


@pytest.mark.parametrize(
    ("words", "before", "original", "expected"),
    [
        ("увольняет за нарушения, указанные в 2", "За нарушение:", "", "увольняет по основаниям, указанным в 2"),
        (
            "За нарушение увольняет за нарушения, указанные в 2",
            "",
            "",
            "За нарушение увольняет по основаниям, указанным в 2",
        ),
        ("увольняет за нарушения, указанные в 2", "Комиссия:", "", None),
        ("увольняет за нарушения, указанные в 2", "За нарушение:", "за нарушения, указанные ниже", None),
        ("Лодка цела. Отдел увольняет за нарушения, указанные в 2", "За нарушение:", "", None),
    ],
)
def test_doubles(words: str, before: str, original: str, expected: str | None) -> None:
    assert without_doubles(words, before, original, ROWS) == (expected or words)


@pytest.mark.parametrize(
    ("language", "old", "new", "lost"),
    [
        (
            "ru",
            "Лодки, поддержанные егерем. Хозяин показывает такую поддержку.",
            "Лодки из приложения. Хозяин показывает такую поддержку.",
            True,
        ),
        (
            "ru",
            "Лодки, поддержанные егерем. Хозяин показывает лодку.",
            "Лодки из приложения. Хозяин показывает лодку.",
            False,
        ),
        (
            "ru",
            "Лодки и их поддержка. Хозяин ценит такую поддержку.",
            "Барки и их поддержка. Хозяин ценит такую поддержку.",
            False,
        ),
        (
            "ru",
            "Лодки, поддержанные егерем. Хозяин показывает такую поддержку.",
            "Лодки из приложения. Хозяин показывает билет.",
            False,
        ),
        (
            "kk",
            "Орган қосымша құжаттарды сұратады. Мұндай құжаттар сақталады.",
            "Орган ақпарат сұратады. Мұндай құжаттар сақталады.",
            True,
        ),
    ],
)
def test_a_later_sentence_keeps_what_it_points_at(language: str, old: str, new: str, lost: bool) -> None:
    assert points_at_nothing(old, new, language) is lost


def test_nothing_is_proposed_where_the_next_sentence_would_hang_in_the_air(one: Build) -> None:  # noqa: F811
    pack = one("лодка { , поддержанный егерь }", {"op": "replace", "with": " из приложения ___"})
    assert in_words(made(pack, "Запрет не касается лодок, поддержанных егерем. Хозяин показывает такую поддержку."))
    assert made(pack, "Запрет не касается лодок, поддержанных егерем. Хозяин показывает билет.") is not None


def test_an_edit_may_search_the_whole_norm(one: Build) -> None:  # noqa: F811
    edit = {"op": "sub", "in": "norm", "find": r"(?<=\.) Перечень сведений [^.]*\.", "with": ""}
    pack = one("{ иной } сведение", ASKS, edit)
    wording = made(pack, "Хозяин подает иные сведения. Перечень сведений утверждает отдел.")
    assert wording is not None
    assert wording.wording == "Хозяин подает указанные в приложении ___ сведения."
