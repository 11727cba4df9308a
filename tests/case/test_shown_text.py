"""Texts as pages show them: work is linear in the number of units."""

from __future__ import annotations

import pytest

from expertise import shown_text
from nlp.examination import Examination, TextReport, Versions
from nlp.reading.plain import read_plain
from nlp.structure import structure
from nlp.structure.act import Act
from nlp.structure.citations import Citations


def test_the_way_to_the_units_is_found_once_for_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Act] = []

    class Counted(Citations):
        def __init__(self, act: Act) -> None:
            made.append(act)
            super().__init__(act)

    monkeypatch.setattr(shown_text, "Citations", Counted)
    act = structure(read_plain("\n".join(f"{n}. Орган рассматривает заявление." for n in range(1, 31)).encode(), "a"))
    report = TextReport("ru", act, (), 0, 0)
    (text,) = shown_text.read_texts(shown_text.texts_json(Examination(Versions("", "", "", "", ()), (report,))))
    assert len(text.units) >= 30 and len(made) == 1, "with each unit anew, a long list would take for ever"
    assert all(unit.citation["ru"] and unit.citation["kk"] for unit in text.units)
