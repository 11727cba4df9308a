"""The restriction mark of a draft is found wherever a draft carries it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.reading.source import Dropped, DropReason, Place
from nlp.structure import structure
from nlp.structure.act import Act
from tests.structure.helpers import source

HEAD = "ПРИКАЗ\nОб утверждении Правил сбора воды\nПРИКАЗЫВАЮ:\n1. Утвердить прилагаемые Правила сбора воды."


def act_of(text: str) -> Act:
    return structure(source(text))


@pytest.mark.parametrize(
    "mark",
    [
        "Для служебного пользования",
        "ДЛЯ СЛУЖЕБНОГО ПОЛЬЗОВАНИЯ",
        "(для служебного пользования)",
        "ДСП",
        "Д.С.П.",
        "ДСП экз. № 2",
        "Қызмет бабында пайдалану үшін",
        "ҚЫЗМЕТ БАБЫНДА ПАЙДАЛАНУ ҮШІН",
        "Қызметтік пайдалану үшін",
        "ҚПҮ",
        "ҚБПҮ",
    ],
)
def test_marks_above_the_title_and_in_page_headers(mark: str) -> None:
    assert act_of(f"Проект\n{mark}\n{HEAD}").requisites.restricted == mark
    bare = act_of(HEAD)
    assert bare.requisites.restricted == ""
    for reason in (DropReason.HEADER_FOOTER, DropReason.STAMP):
        headed = replace(bare.source, dropped=(Dropped(reason, f"2\n{mark}", Place(0)),))
        assert structure(headed).requisites.restricted == mark


@pytest.mark.parametrize(
    "line",
    [
        "1. Сведения для служебного пользования не передаются.",
        "Правила работы с документами для служебного пользования",
        "ДСПМ",
    ],
)
def test_words_about_restriction_are_no_mark(line: str) -> None:
    assert act_of(f"{HEAD}\n{line}").requisites.restricted == ""


def test_a_mark_deep_in_the_text_or_in_a_comment_is_none_of_the_draft() -> None:
    filler = "\n".join(f"{number}. Воду собирают в сосуды." for number in range(2, 60))
    assert act_of(f"{HEAD}\n{filler}\nДля служебного пользования").requisites.restricted == ""
    commented = replace(act_of(HEAD).source, dropped=(Dropped(DropReason.COMMENT, "ДСП", Place(0)),))
    assert structure(commented).requisites.restricted == ""
