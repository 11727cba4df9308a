"""Words of the documents: both languages say the same things with the same blanks."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml

from expertise.documents.words import LANGUAGES, Words, factor_name, words
from nlp.detection.finding import Kind, Severity
from nlp.messages import catalogue
from nlp.reading.source import DropReason


def _flat(entries: Any, path: str = "") -> dict[str, str]:
    if isinstance(entries, dict):
        return {key: text for name, below in entries.items() for key, text in _flat(below, f"{path}.{name}").items()}
    if isinstance(entries, list):
        return {path: " ".join(entries)}
    return {path: entries}


def test_both_languages_have_the_same_keys_and_blanks() -> None:
    ru, kk = (_flat(words(language).entries) for language in ("ru", "kk"))
    assert ru.keys() == kk.keys()
    for key, text in ru.items():
        assert _blanks(text) == _blanks(kk[key]), key


def _blanks(text: str) -> set[str]:
    """A date is one blank, whatever form the sentence needs it in."""
    return {name.removesuffix("_of").removesuffix("_on") for name in re.findall(r"{(\w+)}", text)}


def test_no_text_is_left_in_the_other_language() -> None:
    for key, text in _flat(words("kk").entries).items():
        assert not re.search(r"[ыэъ]\w* (и|или|не|по) ", text), key
    for key, text in _flat(words("ru").entries).items():
        assert not re.search("[әғқңөұүһі]", text.lower()), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_grade_and_reason_has_a_word(language: str) -> None:
    said = words(language)
    for severity in Severity:
        assert said.say(f"preliminary.severity.{severity.value}")
    for kind in Kind:
        assert said.say(f"comment.{kind.value}", number=3)
    for reason in DropReason:
        assert said.say(f"preliminary.set_aside.{reason.value}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_act_that_structure_knows_has_a_name(language: str) -> None:
    data = files("nlp.structure").joinpath("data", f"{language}.yaml")
    forms = [form["id"] for form in yaml.safe_load(data.read_text(encoding="utf-8"))["forms"]]
    assert forms
    missing = [form for form in forms if not words(language).known(f"act_forms.{form}", "")]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_of_the_documents_have_texts(language: str) -> None:
    for code in ("documents.no_comments", "documents.other_file"):
        assert "{file}" in catalogue(language)[code]


def test_missing_words_are_an_error_and_not_a_blank() -> None:
    said = Words("ru", {"a": {"b": "текст"}, "lines": ["раз"]})
    assert said.say("a.b") == "текст"
    for wrong in ("a", "a.c", "a.b.c", "lines"):
        with pytest.raises(KeyError):
            said.say(wrong)
    with pytest.raises(KeyError):
        said.lines("a.b")
    with pytest.raises(ValueError, match="en"):
        words("en")


def test_a_blank_inside_a_value_is_not_filled_again() -> None:
    said = Words("ru", {"t": "{name} и {other}"})
    assert said.say("t", name="{other}", other="x") == "{other} и x"


def test_factor_name_falls_back_to_the_other_language_and_then_to_the_id() -> None:
    names = {"one": {"ru": "один", "kk": "бір"}, "two": {"kk": "екі"}, "three": {}}
    assert factor_name("one", "ru", names) == "один"
    assert factor_name("two", "ru", names) == "екі"
    assert factor_name("three", "ru", names) == "three"
    assert factor_name("four", "kk", names) == "four"
