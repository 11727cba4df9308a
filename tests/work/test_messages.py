"""Every code and every term of ours is said in both languages, with the same blanks."""

from __future__ import annotations

import re
import string

import pytest

from expertise.case.decisions import Verdict
from expertise.case.requisites import fields, spheres
from expertise.case.states import State, transitions
from expertise.messages import LANGUAGES, catalogue, say, term
from expertise.people import Role, Seat
from expertise.work.registering import KINDS
from tests.conftest import REPOSITORY

_CODE = re.compile(r'"((?:expertise|api)\.[a-z_]+)"')


def codes() -> set[str]:
    """Codes that the code of expertise and of the service names."""
    found: set[str] = set()
    for package in ("expertise", "api", "saraptama"):
        for path in (REPOSITORY / package).rglob("*.py"):
            found |= set(_CODE.findall(path.read_text(encoding="utf-8")))
    return {code for code in found if not (REPOSITORY / code.replace(".", "/")).is_dir()}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_text(language: str) -> None:
    assert codes() - set(catalogue(language)) == set()


def test_no_text_is_left_over() -> None:
    said = {code for code in catalogue("ru") if code.startswith(("expertise.", "api."))}
    assert said == codes()


def test_both_languages_say_the_same_things() -> None:
    assert set(catalogue("ru")) == set(catalogue("kk"))
    assert {code: blanks(text) for code, text in catalogue("ru").items()} == {
        code: blanks(text) for code, text in catalogue("kk").items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_name(language: str) -> None:
    terms: dict[str, list[str]] = {
        "state": list(State), "transition": list(transitions()), "role": list(Role), "seat": list(Seat),
        "verdict": list(Verdict), "requisite": [field.key for field in fields()], "file_kind": list(KINDS),
        "sphere": list(spheres()),
    }  # fmt: skip
    missing = [f"{kind}.{value}" for kind, values in terms.items() for value in values
               if term(kind, value, language) == value]  # fmt: skip
    assert missing == []


def test_terms_are_put_into_words() -> None:
    said = say("expertise.no_way", "ru", {"state": "registered", "transition": "send"})
    assert said.startswith("Из состояния «зарегистрировано» нельзя направить разработчику. Обновите страницу")
    assert "___" in say("expertise.words_too_long", "kk")
