"""An option becomes a duty, inflected; what cannot be inflected is left alone."""

from __future__ import annotations

import pytest

from nlp import language
from nlp.detection.pack import load_pack
from nlp.factors import kz_pack
from nlp.norms import analyse, frames
from nlp.rewriting.duty import duty_changes
from nlp.rewriting.edits import apply
from nlp.structure.act import Provision


@pytest.fixture(scope="module")
def pack() -> object:
    return load_pack(kz_pack())


def reworded(pack: object, code: str, text: str) -> str:
    """The text with the option of its last optional clause made a duty."""
    analysis = analyse(Provision("1", code, text), language.of(code))
    made = frames(analysis, pack.languages[code].lexicon)  # type: ignore[attr-defined]
    frame = next(f for f in reversed(made) if f.modality == "option")
    return apply(text, duty_changes(code, text, analysis.text, frame))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Комиссия вправе отказать в выдаче разрешения.", "Комиссия отказывает в выдаче разрешения."),
        ("Инспектор может приостановить работу объекта.", "Инспектор приостанавливает работу объекта."),
        (
            "Местные исполнительные органы вправе запросить пояснения.",
            "Местные исполнительные органы запрашивают пояснения.",
        ),
        ("Должностные лица могут провести осмотр.", "Должностные лица проводят осмотр."),
        (
            "Рабочий орган имеет право запросить сведения и провести проверку.",
            "Рабочий орган запрашивает сведения и проводит проверку.",
        ),
        ("Срок рассмотрения может быть продлен комиссией.", "Срок рассмотрения продлевается комиссией."),
        ("В план могут быть внесены изменения.", "В план вносятся изменения."),
        (
            "Уполномоченный орган вправе принять решение отказать заявителю.",
            "Уполномоченный орган принимает решение отказать заявителю.",
        ),
        ("Отбор может осуществляться комиссией.", "Отбор осуществляется комиссией."),
    ],
)
def test_russian(pack: object, text: str, expected: str) -> None:
    assert reworded(pack, "ru", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Комиссия рұқсат беруден бас тартуға құқылы.", "Комиссия рұқсат беруден бас тартады."),
        (
            "Инспектор рұқсаттың қолданысын тоқтата тұруға құқылы.",
            "Инспектор рұқсаттың қолданысын тоқтата тұрады.",
        ),
        ("Комиссия мерзімді ұзарта алады.", "Комиссия мерзімді ұзартады."),
        ("Мерзім комиссияның шешімімен ұзартылуы мүмкін.", "Мерзім комиссияның шешімімен ұзартылады."),
        (
            "Уәкілетті орган қосымша құжаттарды талап етуге және тексеру жүргізуге құқылы.",
            "Уәкілетті орган қосымша құжаттарды талап етеді және тексеру жүргізеді.",
        ),
        # Ілік не барыс септігіндегі құқық иесі бастауыш болады.
        ("Кеден органының тауарды тоқтата тұруға құқығы бар.", "Кеден органы тауарды тоқтата тұрады."),
        ("Комиссияның өтінішті қайтаруға мүмкіндігі бар.", "Комиссия өтінішті қайтарады."),
        ("Лауазымды адамдарға үй-жайды тексеруге рұқсат етіледі.", "Лауазымды адамдар үй-жайды тексереді."),
        ("Жергілікті атқарушы органның шартты бұзуына болады.", "Жергілікті атқарушы орган шартты бұзады."),
        # «талдап» тек баяндайды, «жүруіне» – тағы бір сөздің толықтауышы.
        ("Комиссия өтінімді талдап, қайтара алады.", "Комиссия өтінімді талдап, қайтарады."),
        ("Басқарма көліктің жүруіне шектеу енгізуге құқылы.", "Басқарма көліктің жүруіне шектеу енгізеді."),
        # Иесі аталмаған жерде міндет жүктелетін ешкім жоқ.
        ("Аумаққа кіруді шектеуге жол беріледі.", "Аумаққа кіруді шектеуге жол беріледі."),
    ],
)
def test_kazakh(pack: object, text: str, expected: str) -> None:
    assert reworded(pack, "kk", text) == expected


def test_a_verb_that_cannot_be_inflected_leaves_the_norm(pack: object) -> None:
    text = "Комиссия вправе зюзюкнуть заявителя."
    assert reworded(pack, "ru", text) in {text, "Комиссия зюзюкает заявителя."}
