"""What the text of an adopted act is compared with, of a finding in an issued conclusion."""

from __future__ import annotations

from typing import Any

import pytest

from expertise.case.adoption import asked
from nlp.adoption.wanted import Deed

STRUCK = "Назвать норму закона («взимает сбор»); если такой нормы нет – положение снять."
CHOICE = "Разработчику определить срок: если «пять дней» – сослаться на пункт 4; если «десять дней» – изменить пункт 4."


def finding(words: dict[str, str], *proposals: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "factor": "collision",
        "unit": "doc_1__para_2",
        "places": [
            {
                "language": code,
                "address": "doc_1__para_2",
                "quote": "сбор",
                "start": 0,
                "repeats": False,
                "finding": "f",
            }
            for code in ("ru", "kk")
        ],
        "recommendation": {code: {"text": text} for code, text in words.items()},
        "proposals": [{"language": code, "action": action, "text": text} for code, action, text in proposals],
    }


@pytest.mark.parametrize(("words", "may_go"), [(STRUCK, True), (CHOICE, False)])
def test_a_recommendation_in_words_is_no_wording(words: str, may_go: bool) -> None:
    for language in ("ru", "kk"):  # the words are the same advice on the other text
        found = asked(finding({"ru": words}), language)
        assert found is not None
        assert (found.wanted.deed, found.wanted.may_go, found.wanted.wording) == (Deed.NOTHING, may_go, "")


def test_words_of_a_proposed_norm_do_not_strike_it_out() -> None:
    norm = "2. Отдел обязан исключить объект из реестра в течение пяти рабочих дней."
    made = asked(finding({"ru": norm}), "ru")
    assert made is not None and (made.wanted.deed, made.wanted.may_go) == (Deed.WORDING, False)
    both = asked(finding({"ru": "Изложить иначе; если нормы закона нет – снять."}, ("ru", "replace", norm)), "ru")
    assert both is not None and (both.wanted.deed, both.wanted.may_go) == (Deed.WORDING, True)
