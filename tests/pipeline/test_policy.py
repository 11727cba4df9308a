"""Concepts tell how things are: their paragraphs are no norms, their points and plans are."""

from __future__ import annotations

import pytest

from nlp.policy import norms_of
from nlp.reading.plain import read_plain
from nlp.structure import provisions, structure

TEXTS = {
    "ru": (
        "Концепция развития пристаней до 2030 года\n\nРаздел 1. Анализ\n\n"
        "Доля закупок из одного источника все еще высокая.\n\nПристани должны быть доступны каждому.\n\n"
        "Раздел 2. План\n\n1. Отдел вправе отказать в причале при необходимости.\n"
    ),
    "kk": (
        "Айлақтарды дамыту тұжырымдамасы\n\n1-бөлім. Талдау\n\n"
        "Бір көзден сатып алу үлесі әлі де жоғары.\n\nАйлақтар әркімге қолжетімді болуға тиіс.\n\n"
        "2-бөлім. Жоспар\n\n1. Бөлім қажет болған жағдайда айлақ беруден бас тартуға құқылы.\n"
    ),
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_paragraphs_of_a_concept_are_told_and_its_points_judged(language: str) -> None:
    act = structure(read_plain(TEXTS[language].encode(), "a.txt"))
    everything = provisions(act)
    kept, notices = norms_of(act, everything)
    assert [each.address.split("__")[-1] for each in kept] == ["para_1"]
    assert [notice.code for notice in notices] == ["examine.narrative"]
    assert dict(notices[0].params)["count"] == str(len(everything) - 1)


@pytest.mark.parametrize(
    "title", ["Правила содержания пристаней", "Айлақтарды күтіп-ұстау қағидалары", "Стандарт содержания пристаней"]
)
def test_other_documents_are_left_alone(title: str) -> None:
    act = structure(read_plain(f"{title}\n\nОтдел вправе отказать.\n\n1. Отдел ведет журнал.\n".encode(), "a.txt"))
    everything = provisions(act)
    assert norms_of(act, everything) == (list(everything), [])
