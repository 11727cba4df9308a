"""The wording on a finding's card beside the norm: replaced, supplemented, struck out, told in words alone."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.pages.adoption_cards import reason_code
from api.pages.cards import Card, card
from api.pages.diff import Stretch
from expertise.messages import say
from expertise.work.reviewing import Reviewed
from nlp.adoption.outcome import Reason

NORM = "Орган решает вопрос."


def shown(action: str, wording: str) -> Card:
    content = {
        "factor": "no_appeal",
        "recommendation": {"language": "ru", "action": action, "instruction": "Указать срок.", "wording": wording},
    }
    row = SimpleNamespace(id="1", added_by="")
    reviewed = cast(Reviewed, SimpleNamespace(row=row, content=content, decision=None, gone=False))
    return replace(card(reviewed, 1, (), "ru"), norm=NORM)


@pytest.mark.parametrize(
    ("action", "wording", "stretches"),
    [
        ("supplement", "Отказ обжалуется.", (Stretch("same", f"{NORM} "), Stretch("new", "Отказ обжалуется."))),
        ("supplement", "", ()),
        ("delete", "", (Stretch("gone", NORM),)),
    ],
)
def test_what_a_card_shows(action: str, wording: str, stretches: tuple[Any, ...]) -> None:
    assert shown(action, wording).comparison == stretches


def test_a_replacement_is_compared_word_by_word() -> None:
    kinds = {each.what for each in shown("replace", "Орган решает вопрос за день.").comparison}
    assert kinds == {"same", "new"}


@pytest.mark.parametrize("reason", [*(reason.value for reason in Reason), "texts_differ", "not_compared"])
def test_every_reason_has_words_for_a_later_edition(reason: str) -> None:
    for language, adopted in (("ru", "принят"), ("kk", "қабылданған акт")):
        told = say(reason_code(reason, later=True), language)
        assert told != reason_code(reason, later=True) and adopted not in told.casefold()
