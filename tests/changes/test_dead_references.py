"""References inside quoted new wording: looked up in the act as amended, where the dossier holds the act in force."""

from __future__ import annotations

import pytest

from nlp.detection.finding import Finding, Kind
from nlp.detection.pack import load_pack
from nlp.examination import Dossier
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from tests.structure.helpers import source

BASE = {
    "ru": (
        "ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН\nО прокате лодок\n"
        "Статья 1. Прокат\n1. Лодки выдаются на причале.\n2. Лодки возвращаются до заката.\n"
        "Статья 2. Плата\n1. Плата вносится до выдачи лодки.\n2. Плата возвращается в течение пяти рабочих дней.\n"
        "Статья 3. Хранение\n1. Лодки хранятся на берегу.\n2. Весла хранятся отдельно.\n"
    ),
    "kk": (
        "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ ЗАҢЫ\nҚайық жалдау туралы\n"
        "1-бап. Жалдау\n1. Қайықтар айлақта беріледі.\n2. Қайықтар күн батқанға дейін қайтарылады.\n"
        "2-бап. Төлем\n1. Төлем қайық берілгенге дейін енгізіледі.\n2. Төлем бес жұмыс күні ішінде қайтарылады.\n"
        "3-бап. Сақтау\n1. Қайықтар жағада сақталады.\n2. Ескектер бөлек сақталады.\n"
    ),
}
DRAFT = {
    "ru": (
        "ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН\nО внесении изменений в Закон Республики Казахстан «О прокате лодок»\n"
        "Статья 1. Внести в Закон Республики Казахстан «О прокате лодок» следующие изменения:\n"
        "1) пункт 2 статьи 1 изложить в следующей редакции:\n"
        "«2. Лодки возвращаются в срок, указанный в {} статьи 2 настоящего Закона.»."
    ),
    "kk": (
        "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ ЗАҢЫ\n"
        "«Қайық жалдау туралы» Қазақстан Республикасының Заңына өзгерістер енгізу туралы\n"
        "1-бап. «Қайық жалдау туралы» Қазақстан Республикасының Заңына мынадай өзгерістер енгізілсін:\n"
        "1) 1-баптың 2-тармағы мынадай редакцияда жазылсын:\n"
        "«2. Қайықтар осы Заңның 2-бабының {} көрсетілген мерзімде қайтарылады.»."
    ),
}
DEAD = {"ru": "пункте 7", "kk": "7-тармағында"}
THERE = {"ru": "пункте 2", "kk": "2-тармағында"}


def found_in(examiner: Examiner, language: str, draft: str, base: str = "") -> tuple[list[Finding], str]:
    bases = (source(base),) if base else ()
    text = source(draft)
    dossier = Dossier(kk=text, base=bases) if language == "kk" else Dossier(ru=text, base=bases)
    report = examiner.examine(dossier, Options(force=True)).reports[0]
    return [each for each in report.findings if each.factor == "defective_reference"], report.act.source.text


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_dead_reference_of_the_new_wording_is_found_at_its_words(examiner: Examiner, language: str) -> None:
    (found,), text = found_in(examiner, language, DRAFT[language].format(DEAD[language]), BASE[language])
    assert found.kind is Kind.REMARK and found.change is not None
    (mark,) = found.marks
    assert DEAD[language] in mark.quote and text[mark.start : mark.end] == mark.quote
    assert found.recommendation is not None and found.recommendation.instruction


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_what_the_act_in_force_or_the_draft_itself_resolves_is_no_finding(examiner: Examiner, language: str) -> None:
    assert found_in(examiner, language, DRAFT[language].format(THERE[language]), BASE[language])[0] == []
    adding = {
        "ru": "\n2) статью 2 дополнить пунктом 7 следующего содержания:\n«7. Срок проката – один день.».",
        "kk": "\n2) 2-бап мынадай мазмұндағы 7-тармақпен толықтырылсын:\n«7. Жалдау мерзімі – бір күн.».",
    }
    draft = DRAFT[language].format(DEAD[language]) + adding[language]
    assert found_in(examiner, language, draft, BASE[language])[0] == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_without_the_act_in_force_and_for_old_words_nothing_is_said(examiner: Examiner, language: str) -> None:
    draft = DRAFT[language].format(DEAD[language])
    assert found_in(examiner, language, draft)[0] == []
    words = {
        "ru": ("до заката", "в срок, указанный в пункте 7 статьи 2 настоящего Закона"),
        "kk": ("күн батқанға дейін", "осы Заңның 2-бабының 7-тармағында көрсетілген мерзімде"),
    }
    old = BASE[language].replace(*words[language])
    assert found_in(examiner, language, draft, old)[0] == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_an_article_that_is_not_at_hand_is_for_attention(examiner: Examiner, language: str) -> None:
    wide = {"ru": ("{} статьи 2", "статье 9"), "kk": ("2-бабының {}", "9-бабында")}[language]
    (found,), _ = found_in(examiner, language, DRAFT[language].replace(*wide), BASE[language])
    assert found.kind is Kind.ATTENTION
