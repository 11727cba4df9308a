"""A wording that leaves half of the defect, denies itself or tears an apposition is not shown; words say it instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
import yaml

from nlp.detection.pack import Pack
from nlp.rewriting.sound import contradicts_itself
from tests.detection.conftest import make_pack  # noqa: F401  (fixture)
from tests.rewriting.test_propose import in_words, made

DIRECTION = {"ru": "Вместо {words} «{quote}» указать число.", "kk": "«{quote}» деген {words} орнына сан көрсетілсін."}
TERM = {"any": ["в разумный срок"], "rewrite": [{"op": "replace", "with": "в течение ___ дней"}]}
CARE = {"any": ["бережно"]}


@pytest.fixture
def two(make_pack: Callable[..., Pack]) -> Callable[..., Pack]:  # noqa: F811
    def build(*rules: dict[str, Any]) -> Pack:
        given = [{"direction": DIRECTION} | rule for rule in rules]
        return make_pack(vague_wording=[{k: v for k, v in rule.items() if v is not None} for rule in given])

    return build


def test_half_a_cure_is_not_shown_and_both_marks_are_quoted(two: Callable[..., Pack]) -> None:
    recommendation = made(two(TERM, CARE), "Инспекция бережно осматривает лодку в разумный срок.")
    assert in_words(recommendation)
    assert recommendation is not None
    assert recommendation.instruction == "Вместо слов «бережно», «в разумный срок» указать число."


def test_the_whole_cure_is_shown(two: Callable[..., Pack]) -> None:
    care = CARE | {"rewrite": [{"op": "replace", "with": "без вскрытия"}]}
    recommendation = made(two(TERM, care), "Инспекция бережно осматривает лодку в разумный срок.")
    assert recommendation is not None
    assert recommendation.wording == "Инспекция без вскрытия осматривает лодку в течение ___ дней."


def test_marks_within_one_another_are_one_defect(two: Callable[..., Pack]) -> None:
    recommendation = made(two(TERM, {"any": ["разумный срок"]}), "Инспекция осматривает лодку в разумный срок.")
    assert recommendation is not None
    assert recommendation.wording == "Инспекция осматривает лодку в течение ___ дней."


def test_each_mark_has_the_advice_of_its_own_rule(two: Callable[..., Pack]) -> None:
    other = CARE | {"direction": DIRECTION | {"ru": "Вместо {words} «{quote}» указать приёмы."}}
    recommendation = made(two(other, TERM | {"rewrite": []}), "Инспекция бережно осматривает лодку в разумный срок.")
    assert recommendation is not None
    assert recommendation.instruction == (
        "Вместо слова «бережно» указать приёмы. Вместо слов «в разумный срок» указать число."
    )


def test_words_of_which_only_the_factor_speaks_are_under_the_advice_of_the_leading_rule(
    two: Callable[..., Pack],
) -> None:
    recommendation = made(
        two(CARE, TERM | {"rewrite": [], "direction": None}), "Инспекция бережно осматривает лодку в разумный срок."
    )
    assert recommendation is not None
    assert recommendation.instruction == "Вместо слов «бережно», «в разумный срок» указать число."


def test_the_same_words_marked_twice_are_quoted_once_and_three_marks_are_enough(two: Callable[..., Pack]) -> None:
    pack = two({"any": ["бережно"]}, {"any": ["скоро"]}, {"any": ["чисто"]}, {"any": ["ладно"]})
    recommendation = made(
        pack, "Инспекция бережно смотрит, бережно моет, скоро сушит, чисто метет и ладно красит лодку."
    )
    assert recommendation is not None
    assert recommendation.instruction.count("бережно") == 1
    assert recommendation.instruction.count("», «") <= 2


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Суда платят по ставкам пристани – владельца моста.", ""),
        ("Суда платят по ставкам пристани – и катера тоже.", "Суда платят по ставкам ___ – и катера тоже."),
        ("Суда платят по ставкам пристани, владельца моста.", "Суда платят по ставкам ___, владельца моста."),
    ],
)
def test_what_an_apposition_explains_is_not_taken_out(two: Callable[..., Pack], text: str, wording: str) -> None:
    pack = two({"any": ["по ставка пристань"], "rewrite": [{"op": "replace", "with": "по ставкам ___"}]})
    recommendation = made(pack, text)
    assert recommendation is not None
    assert recommendation.wording == wording


def test_two_blanks_in_one_breath_are_one_too_many(two: Callable[..., Pack]) -> None:
    fee = {"any": ["плата"], "rewrite": [{"op": "replace", "with": "указанную в пункте ___ плату"}]}
    how = {"any": ["как обычно"], "rewrite": [{"op": "replace", "with": "по предусмотренному пунктом ___ правилу"}]}
    assert in_words(made(two(fee, how), "Порт меняет плату как обычно."))
    recommendation = made(two(fee, how), "Порт меняет плату, а причал закрывает как обычно.")
    assert recommendation is not None
    assert recommendation.wording.count("___") == 2


@pytest.mark.parametrize(
    ("language", "original", "reworded", "is_denied"),
    [
        ("ru", "Оператор назначается напрямую.", "Оператор назначается напрямую по итогам конкурса.", True),
        ("ru", "Оператор назначается.", "Оператор назначается по итогам конкурса.", False),
        (
            "ru",
            "Запись – последнее слово, жалобы не берут.",
            "Запись – последнее слово, жалобы рассматриваются ___.",
            True,
        ),
        ("ru", "Без конкурса мост не строят, конкурс ведет акимат.", "Без конкурса мост не строят.", False),
        ("kk", "Учаскені мекеме тікелей береді.", "Учаскені мекеме тікелей ашық конкурс арқылы береді.", True),
        ("kk", "Балл даусыз.", "Балл даусыз, қарсылық ___ күнде қаралады.", True),
        ("kk", "Балл жарияланады.", "Балл жарияланады, қарсылық ___ күнде қаралады.", False),
    ],
)
def test_new_words_that_old_ones_deny(language: str, original: str, reworded: str, is_denied: bool) -> None:
    texts = yaml.safe_load(resources.files("nlp.rewriting").joinpath("texts.yaml").read_text("utf-8"))
    assert contradicts_itself(original, reworded, texts[language]["contradictions"]) is is_denied


@pytest.mark.parametrize(
    ("reworded", "is_broken"),
    [
        ("Учаске ___-тармақта көзделген негіздер бойынша беріледі мүмкін.", True),
        ("Учаске ___-тармақта көзделген негіздер бойынша берілуі мүмкін.", False),
        ("Рұқсат ___-тармақта көзделген негіздер бойынша мынадай негіздердің бірі болғанда беріледі.", True),
        ("___-тармақта көзделген ахуалға қарап ___-тармақта көзделген негіздер бойынша беріледі.", True),
        ("___-тармақта көзделген шараларды қабылдайды және ___-тармақта көрсетілген мәселені шешеді.", False),
    ],
)
def test_broken_kazakh_is_seen(reworded: str, is_broken: bool) -> None:
    texts = yaml.safe_load(resources.files("nlp.rewriting").joinpath("texts.yaml").read_text("utf-8"))
    assert any(re.search(row, reworded) for row in texts["kk"]["stutters"]) is is_broken
