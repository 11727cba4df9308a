"""Endings, tenses and places a Russian wording asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.detection.pack import Pack
from nlp.rewriting.edits import Change, once
from nlp.rewriting.forms import formed
from tests.rewriting.test_propose import made, make_pack, one  # noqa: F401

SENTENCE = {"op": "sub", "in": "sentence"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("предусмотренн{end:иных} пунктом ___", "предусмотренных пунктом ___"),
        ("указанн{end:дополнительную} в пункте ___", "указанную в пункте ___"),
        ("указанн{end:обслуживающей} в пункте ___", "указанной в пункте ___"),
        ("соответствующ{end:купившим} пункту ___", "соответствующим пункту ___"),
        ("соответствующ{end:выполнивший} пункту ___", "соответствующий пункту ___"),
        ("не {pres:рассматривать} заявку", "не рассматривает заявку"),
        ("{pres:выдавать|plur} знак", "выдают знак"),
        ("без форм ___", "без форм ___"),
        ("указанн{end:сбоку} в пункте ___", None),
        ("{pres:пять} раз", None),
    ],
)
def test_forms_are_made_or_nothing_is_said(text: str, said: str | None) -> None:
    assert formed(text) == said


@pytest.mark.parametrize(
    ("text", "edit", "wording"),
    [
        (
            "Комиссия рассматривает иные документы.",
            {**SENTENCE, "find": r"\bин(ые) (документы)", "with": r"указанн\1 в пункте ___ \2"},
            "Комиссия рассматривает указанные в пункте ___ документы.",
        ),
        (
            "Рассматривает комиссия иные документы. Рассматривает их орган.",
            {**SENTENCE, "find": "^рассматривает", "with": r"в течение ___ дней \g<0>"},
            "В течение ___ дней рассматривает комиссия иные документы. Рассматривает их орган.",
        ),
        (
            "Комиссия рассматривает иные документы.",
            {"op": "append", "with": "Срок – ___ дней.", "silent": "рассматривает"},
            "",
        ),
        (
            "Комиссия рассматривает иные документы.",
            {"op": "append", "with": "Срок – ___ дней.", "says": "рассматривает"},
            "Комиссия рассматривает иные документы. Срок – ___ дней.",
        ),
    ],
)
def test_a_sentence_is_searched(
    one: Callable[..., Pack],  # noqa: F811
    text: str,
    edit: dict[str, object],
    wording: str,
) -> None:
    pack = one("иной документ", edit, frame={"actor": ["none", "public"]})
    recommendation = made(pack, text)
    assert recommendation is not None
    assert recommendation.wording == wording


def test_after_a_final_edit_nothing_follows(one: Callable[..., Pack]) -> None:  # noqa: F811
    first = {**SENTENCE, "find": "иные", "with": "поданные", "final": True}
    pack = one(
        "иной документ", first, {"op": "append", "with": "Срок – ___ дней."}, frame={"actor": ["none", "public"]}
    )
    recommendation = made(pack, "Комиссия рассматривает иные документы.")
    assert recommendation is not None
    assert recommendation.wording == "Комиссия рассматривает поданные документы."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ряду показателей, которые выбираются", "ряду показателей, предусмотренных приложением ___."),
        ("правилам, которые составляются", "правилам, предусмотренным приложением ___."),
        ("условиями, которые составляются", "условиями, предусмотренными приложением ___."),
    ],
)
def test_an_aside_takes_the_case_of_what_it_tells_of(one: Callable[..., Pack], words: str, said: str) -> None:  # noqa: F811
    edit = {"op": "replace", "from": "relative", "reach": "clause", "with": "предусмотренн{end} приложением ___"}
    pack = one("<noun> , который <verb>", edit, frame={"actor": ["none", "public"]})
    recommendation = made(pack, f"Места распределяются по {words}.")
    assert recommendation is not None
    assert recommendation.wording == f"Места распределяются по {said}"


def test_of_two_asides_the_last_is_meant(one: Callable[..., Pack]) -> None:  # noqa: F811
    edit = {"op": "replace", "from": "relative", "reach": "clause", "with": "предусмотренн{end} приложением ___"}
    pack = one("основание ..12 орган", edit, frame={"actor": ["none", "public"]})
    recommendation = made(pack, "Основания, по которым отказывают, указываются в порядке, установленном органом.")
    assert recommendation is not None
    wording = "Основания, по которым отказывают, указываются в порядке, предусмотренном приложением ___."
    assert recommendation.wording == wording


def test_the_same_blank_is_asked_for_again_in_another_sentence() -> None:
    text = "Орган решает. Он выдает знак."
    changes = [
        Change(12, 12, " в случаях, указанных в пункте ___"),
        Change(28, 28, " в случаях, указанных в пункте ___"),
    ]
    assert len(once(changes, text)) == 2
    assert len(once(changes)) == 1


def test_a_verb_stays_where_the_rest_was_said_before() -> None:
    changes = [
        Change(0, 3, "В случаях, указанных в пункте ___,"),
        Change(9, 12, "продлевается в случаях, указанных в пункте ___"),
    ]
    assert [change.text for change in once(changes)] == ["В случаях, указанных в пункте ___,", "продлевается"]
