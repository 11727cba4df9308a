"""The wording on a finding's card beside the norm: replaced, supplemented, struck out, told in words alone."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.pages.cards import Card, card
from api.pages.diff import Stretch
from expertise.work.reviewing import Reviewed

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
