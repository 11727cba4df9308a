"""Idioms and closed lists that are never findings, in both languages."""

from __future__ import annotations

import pytest

from nlp.detection.engine import Engine
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.structure.act import Provision


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_pack(kz_pack()))


def factors(engine: Engine, code: str, text: str) -> set[str]:
    return {item.factor for item in engine.analyse_and_judge(Provision("1", code, text)).evidence}


@pytest.mark.parametrize(
    ("code", "flagged", "silent"),
    [
        (
            "ru",
            "Комиссия восстанавливает срок при наличии уважительных причин.",
            "Комиссия восстанавливает срок при наличии следующих уважительных причин:",
        ),
        (
            "ru",
            "Комиссия отказывает в отсрочке по иным причинам.",
            "Отсрочка по иным причинам предоставляется:",
        ),
        (
            "kk",
            "Отырысқа дәлелді себепсіз келмеген қызметкер жұмыстан шығарылады.",
            "Отырысқа мынадай дәлелді себепсіз келмеген қызметкер жұмыстан шығарылады:",
        ),
    ],
)
def test_reasons_that_are_listed(engine: Engine, code: str, flagged: str, silent: str) -> None:
    assert factors(engine, code, flagged) & {"vague_wording", "broad_discretion"}
    assert not factors(engine, code, silent) & {"vague_wording", "broad_discretion"}


def test_idioms(engine: Engine) -> None:
    assert not factors(engine, "ru", "Орган утверждает план на соответствующий финансовый год.")
    assert not factors(engine, "kk", "Орган тиісті қаржы жылына арналған жоспарды бекітеді.")


@pytest.mark.parametrize("text", ["от 500 до 2 000 – 10 баллов", "свыше 10 – 5 баллов; от 5 до 10 – 3 балла;"])
def test_exact_scales_leave_no_choice(engine: Engine, text: str) -> None:
    assert "broad_discretion" not in factors(engine, "ru", text)


def test_points_within_a_range_are_a_choice(engine: Engine) -> None:
    assert "broad_discretion" in factors(engine, "ru", "Научная значимость проекта – от 0 до 40 баллов")


def test_a_body_is_quoted_whole(engine: Engine) -> None:
    text = "Последствия неисполнения обязательств определяются рабочим органом."
    judged = engine.analyse_and_judge(Provision("1", "ru", text))
    quotes = [text[s.start : s.end] for item in judged.evidence for s in item.spans]
    assert quotes
    assert all(not quote.endswith("рабочим") for quote in quotes)
