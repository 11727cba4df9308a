"""Texts of codes: both languages have the same codes and blanks, and every code in the source has a text."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp import messages

SOURCE = Path(messages.__file__).resolve().parents[1]
_KEY = re.compile(r"^([a-z][\w.]*):", re.MULTILINE)
_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")


def blanks(text: str, language: str = "") -> set[str]:
    """Names of blanks; a name in the language of the text («unit_kk») counts without its ending."""
    fields = {field for _, field, _, _ in string.Formatter().parse(text) if field}
    return {field.removesuffix(f"_{language}") for field in fields}


def refusals() -> Iterator[tuple[str, set[str]]]:
    """Code and names of params of every ``ReadingError("code", name=…)`` in the source."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ReadingError" and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    yield str(code.value), {keyword.arg or "" for keyword in node.keywords}


def test_both_languages_have_the_same_codes() -> None:
    assert set(messages.catalogue("ru")) == set(messages.catalogue("kk"))


@pytest.mark.parametrize("code", sorted(messages.catalogue("ru")))
def test_both_languages_have_the_same_blanks(code: str) -> None:
    russian, kazakh = messages.catalogue("ru")[code], messages.catalogue("kk")[code]
    assert blanks(russian, "ru") == blanks(kazakh, "kk")
    assert not _KAZAKH.search(re.sub(r"\{\w*\}", "", russian))
    if len(re.findall(r"\w+", re.sub(r"\{\w*\}", "", russian))) > 3:
        assert russian != kazakh


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_code_is_written_twice(language: str) -> None:
    text = (Path(messages.__file__).parent / f"{language}.yaml").read_text(encoding="utf-8")
    assert [code for code, times in Counter(_KEY.findall(text)).items() if times > 1] == []


def test_every_refusal_of_a_file_has_a_text_and_fills_its_blanks() -> None:
    found = list(refusals())
    assert len({code for code, _ in found}) >= 15
    catalogue = messages.catalogue("ru")
    for code, given in found:
        assert code in catalogue, code
        assert blanks(catalogue[code]) <= given, code


def test_every_code_of_reading_in_the_source_has_a_text() -> None:
    codes: set[str] = set()
    for path in sorted((SOURCE / "reading").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                codes |= {node.value} if re.fullmatch(r"reading\.[a-z_]+", node.value) else set()
    assert codes <= set(messages.catalogue("kk"))


def test_a_text_with_its_blanks() -> None:
    assert messages.text("reading.not_found", "ru", name="a.docx") == "Файл «a.docx» не найден. Проверьте имя и папку."
    assert "a.docx" in messages.text("reading.not_found", "kk", name="a.docx")
    assert "___" in messages.text("reading.not_found", "ru")  # a blank left open is shown as one
    assert messages.text("reading.no_such_code", "ru", a=1) == "reading.no_such_code (a=1)"


def test_a_blank_cannot_reach_into_objects() -> None:
    assert "{" in messages.text("reading.not_found", "ru", name="{name.__class__}")


def test_an_unknown_language() -> None:
    with pytest.raises(KeyError):
        messages.text("reading.empty", "de")
