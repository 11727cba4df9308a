"""The examples of the users' pages are judged by the program itself: what the page says is flagged, is."""

from __future__ import annotations

import re

import pytest
import yaml

from nlp.detection.pack import Pack
from nlp.factors import kz_pack
from nlp.messages import LANGUAGES
from nlp.pipeline import Examiner
from nlp.structure.act import Provision
from tests.docs.pages import DOCS, Page

FLAGGED = {"ru": "Отмечается", "kk": "Белгіленеді"}
SOUND = {"ru": "Не отмечается", "kk": "Белгіленбейді"}
FACTORS = yaml.safe_load((kz_pack() / "manifest.yaml").read_text("utf-8"))["factors"]


def _example(language: str, factor: str, word: str) -> str:
    page = Page(DOCS / f"user.{language}.md")
    heading = next(words for _, words in page.headings if f"`{factor}`" in words)
    found: list[str] = re.findall(rf"^> \*\*{word}\.\*\* (.+)$", page.section(heading), re.MULTILINE)
    assert len(found) == 1, heading
    return found[0]


def _factors(pack: Pack, language: str, text: str) -> list[str]:
    judged = Examiner(pack).judge(Provision(id="example", language=language, text=text))
    return [factor.factor for factor in judged.factors]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("factor", FACTORS)
def test_the_flawed_example_is_flagged_with_its_factor(pack: Pack, language: str, factor: str) -> None:
    assert factor in _factors(pack, language, _example(language, factor, FLAGGED[language]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("factor", FACTORS)
def test_nothing_is_said_of_the_sound_example(pack: Pack, language: str, factor: str) -> None:
    assert _factors(pack, language, _example(language, factor, SOUND[language])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_and_the_help_show_the_same_examples(pack: Pack, language: str) -> None:
    for name in FACTORS:
        factor = pack.all_factors[name]
        assert factor.flawed[language] == _example(language, name, FLAGGED[language])
        assert factor.sound[language] == _example(language, name, SOUND[language])
