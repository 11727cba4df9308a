"""Reasons name the body that decides, never the private person of the norm."""

from __future__ import annotations

import pytest

from nlp.detection.wording import actor_name
from nlp.pipeline import Examiner
from nlp.structure.act import Provision
from saraptama.packs import find_pack


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("ru", "Комиссия принимает решение о допуске.", "комиссия"),
        ("ru", "Заявитель представляет документы.", "орган (должностное лицо)"),
        ("kk", "Комиссия рұқсат беру туралы шешім қабылдайды.", "комиссия"),
        ("kk", "Өтініш беруші құжаттарды ұсынады.", "орган (лауазымды адам)"),
    ],
)
def test_only_a_body_is_named(language: str, text: str, named: str) -> None:
    kz = find_pack("kz")
    judged = Examiner(kz).examine_provision(Provision(id="p", language=language, text=text))
    assert judged.frames
    assert actor_name(kz, judged.analysis, judged.frames[0], language) == named
