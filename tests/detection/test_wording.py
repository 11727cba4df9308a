"""Texts of findings are filled from this norm: its body in the nominative, its verb."""

from __future__ import annotations

import pytest

from nlp import language
from nlp.detection.engine import Engine
from nlp.detection.fusion import fuse
from nlp.detection.pack import Pack, load_pack
from nlp.detection.wording import _fill, action_name, actor_name, explain
from nlp.factors import kz_pack
from nlp.norms import analyse, frames
from nlp.structure.act import Provision


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(kz_pack())


def names(pack: Pack, text: str, code: str = "ru", report: str = "") -> tuple[str, str]:
    analysis = analyse(Provision("1", code, text), language.of(code))
    frame = frames(analysis, pack.languages[code].lexicon)[-1]
    report = report or code
    return actor_name(pack, analysis, frame, report), action_name(pack, analysis, frame, report)


@pytest.mark.parametrize(
    ("text", "actor", "action"),
    [
        ("Уполномоченный орган вправе отказать в выдаче.", "уполномоченный орган", "отказать"),
        ("Правительство вправе установить изъятия.", "Правительство", "установить"),
        ("Срок может быть продлен комиссией.", "комиссия", "продлить"),
        ("Меры могут быть введены актом Правительства.", "Правительство", "ввести"),
        ("При нарушении инспектор приостанавливает работу.", "инспектор", "приостанавливать"),
        ("Срок может быть продлен.", "орган (должностное лицо)", "продлить"),
        ("Срок проверки продлевается рабочим органом.", "рабочий орган", "продлеваться"),
        ('Корпорация "Правительство для лодок" выдает справку.', "орган (должностное лицо)", "выдавать"),
    ],
)
def test_russian(pack: Pack, text: str, actor: str, action: str) -> None:
    assert names(pack, text) == (actor, action)


@pytest.mark.parametrize(
    ("text", "actor", "action"),
    [
        ("Комиссия рұқсат беруден бас тартуға құқылы.", "комиссия", "бас тарту"),
        ("Уәкілетті орган мерзімді ұзарта алады.", "уәкілетті орган", "ұзарту"),
        ("Ветеринария басқармасы мерзімді ұзарта алады.", "ветеринария басқармасы", "ұзарту"),
        ("Валюталық бақылау органдары мерзімді ұзарта алады.", "валюталық бақылау органдары", "ұзарту"),
        ("Облыстың және астананың әкімдіктері мерзімді ұзарта алады.", "орган (лауазымды адам)", "ұзарту"),
        ("Оның аумақтық бөлімшесі мерзімді ұзарта алады.", "орган (лауазымды адам)", "ұзарту"),
        ('"Айлақ" мемлекеттік корпорациясы мерзімді ұзарта алады.', '"Айлақ" мемлекеттік корпорациясы', "ұзарту"),
    ],
)
def test_kazakh(pack: Pack, text: str, actor: str, action: str) -> None:
    assert names(pack, text, "kk") == (actor, action)


def test_the_other_language_gets_general_words(pack: Pack) -> None:
    assert names(pack, "Комиссия вправе отказать.", "ru", "kk") == ("орган (лауазымды адам)", "шешім қабылдау")


def test_an_aside_that_names_nobody_is_left_out() -> None:
    text = "Решает тот, кто применяет норму ({actor}), и проверить его нельзя."
    assert _fill(text, {"actor": "комиссия"}) == "Решает тот, кто применяет норму (комиссия), и проверить его нельзя."
    unknown = _fill(text, {"actor": "орган (должностное лицо)"})
    assert unknown == "Решает тот, кто применяет норму, и проверить его нельзя."


def test_one_reason_for_one_place(pack: Pack) -> None:
    """Several rules on the same words give the reason of the leading one; another place adds its own."""
    norm = "За нарушение правил отдел выносит перевозчику предупреждение, приостанавливает договор либо расторгает его."
    analysis = analyse(Provision("1", "ru", norm), language.of("ru"))
    judged = Engine(pack).judge(analysis)
    factor = next(item for item in fuse(judged, analysis, pack) if item.factor == "elastic_sanction")
    assert len({item.detector for item in factor.evidence}) > 1
    words = explain(pack, factor, analysis, judged.frames, norm[factor.spans[0].start : factor.spans[0].end], "ru")
    assert words.explanation.count("приостанавливает договор либо расторгает") == 1
