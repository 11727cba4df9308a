"""Recommendations in words: whose words, what they quote, and that adoption reads them as asking no wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nlp.adoption.wanted import Deed, wanted
from nlp.detection.pack import Pack, load_pack
from nlp.factors import kz_pack
from tests.detection.conftest import make_pack  # noqa: F401  (fixture)
from tests.rewriting.test_propose import in_words, made

OWN = {"ru": "Вместо «{quote}» указать число дней.", "kk": "«{quote}» дегеннің орнына күн саны көрсетілсін."}
SEIZED = "Инспекция в разумный срок осматривает лодку."


@pytest.fixture
def one(make_pack: Callable[..., Pack]) -> Callable[..., Pack]:  # noqa: F811
    """A pack with one rule without edits."""

    def build(pattern: str, **more: Any) -> Pack:
        return make_pack(vague_wording=[{"any": [pattern]} | more])

    return build


def test_the_factor_says_what_to_do_where_the_rule_says_nothing(one: Callable[..., Pack]) -> None:
    recommendation = made(one("в разумный срок"), SEIZED)
    assert in_words(recommendation)
    assert recommendation is not None
    assert recommendation.instruction.startswith("Вместо «в разумный срок» указать признаки")


def test_the_rule_says_it_in_its_own_words_and_in_the_language_of_the_report(one: Callable[..., Pack]) -> None:
    pack = one("в разумный срок", direction=OWN)
    ru, kk = made(pack, SEIZED), made(pack, SEIZED, code="kk")
    assert ru is not None and kk is not None
    assert ru.instruction == "Вместо «в разумный срок» указать число дней."
    assert kk.instruction == "«в разумный срок» дегеннің орнына күн саны көрсетілсін."
    assert ru.language == kk.language == "ru"  # of the norm


def test_a_long_quotation_is_cut_in_the_middle_and_its_marks_are_plain(one: Callable[..., Pack]) -> None:
    text = (
        "Инспекция осматривает лодку, если сторож причала «Восток», второй сторож, старый хозяин берега, его сосед, "
        "дежурный инспектор и капитан сочтут нужным."
    )
    recommendation = made(one("{ если ..25 счесть нужный }", direction=OWN), text)
    assert recommendation is not None
    assert recommendation.instruction == (
        'Вместо «если сторож причала "Восток", второй сторож, старый хозяин … и капитан сочтут нужным» '
        "указать число дней."
    )


def _texts() -> Iterator[tuple[str, str, str]]:
    pack = load_pack(kz_pack())
    for factor in pack.factors.values():
        yield from ((factor.id, code, words) for code, words in factor.direction.items())
    for rule in pack.by_id.values():
        yield from ((rule.id, code, words) for code, words in rule.direction.items())


@pytest.mark.parametrize(("name", "language", "words"), list(_texts()))
def test_no_direction_of_the_pack_is_taken_for_a_wording(name: str, language: str, words: str) -> None:
    """The adopted norm would be compared with the words of the recommendation itself."""
    assert words.count("{quote}") <= 1
    assert "{" not in words.replace("{quote}", "")
    told = words.replace("{quote}", "по своему усмотрению" if language == "ru" else "өз қалауы бойынша")
    assert wanted(told, language).deed is Deed.NOTHING


def test_every_factor_with_rules_has_a_direction_in_both_languages() -> None:
    pack = load_pack(kz_pack())
    assert {rule.factor for rule in pack.by_id.values()}
    for name in {rule.factor for rule in pack.by_id.values()}:
        assert set(pack.factors[name].direction) == {"ru", "kk"}, name
