"""Blanks in the units of the act: articles of a law, points of rules."""

from __future__ import annotations

from importlib import resources

import pytest
import yaml

from nlp.rewriting.units import in_units_of

TABLES = yaml.safe_load(resources.files("nlp.rewriting").joinpath("texts.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("language", "form", "words", "said"),
    [
        ("ru", "law", "Причал закрыт в случаях, указанных в пункте ___.",
         "Причал закрыт в случаях, указанных в статье ___ настоящего Закона."),
        ("ru", "code", "предусмотрено пунктом ___", "предусмотрено статьей ___ настоящего Кодекса"),
        ("ru", "law", "перечень в приложении ___ к настоящему акту", "перечень в приложении ___ к настоящему Закону"),
        ("ru", "law", "по пункту ___ Правил ___", "по пункту ___ Правил ___"),
        ("ru", "law", "согласно пункту 5", "согласно пункту 5"),
        ("ru", "rules", "в пункте ___", "в пункте ___"),
        ("ru", "", "в пункте ___", "в пункте ___"),
        ("kk", "law", "айлақ ___-тармақта көзделген жағдайда жабық",
         "айлақ осы Заңның ___-бабында көзделген жағдайда жабық"),
        ("kk", "law", "Айлақ жабық. ___-тармаққа сәйкес ашылады.",
         "Айлақ жабық. Осы Заңның ___-бабына сәйкес ашылады."),
        ("kk", "code", "тізбе осы актіге ___-қосымшада", "тізбе осы Кодекске ___-қосымшада"),
        ("kk", "law", "«___» қағидаларының ___-тармағында", "«___» қағидаларының ___-тармағында"),
        ("kk", "order", "___-тармақта", "___-тармақта"),
    ],
)  # fmt: skip
def test_blanks_are_in_the_units_of_the_act(language: str, form: str, words: str, said: str) -> None:
    assert in_units_of(words, form, TABLES[language]["units"]) == said
