"""Operations in words: what a lawyer reads in the output of ``saraptama structure``."""

from __future__ import annotations

import json

import pytest

from nlp.structure import structure, to_tree
from nlp.structure.amendments.told import told, told_act
from nlp.structure.operations import AmendedAct
from tests.structure.amendments.helpers import amending
from tests.structure.amendments.test_drafts import DRAFTS
from tests.structure.helpers import source


@pytest.mark.parametrize(
    ("body", "russian", "kazakh"),
    [
        ("подпункт 2) пункта 3 исключить;", "подпункт 2) пункта 3 – исключить",
         "3-тармақтың 2) тармақшасы – алып тастау"),
        ("часть вторую статьи 5 признать утратившей силу;", "часть вторая статьи 5 – признать утратившим силу",
         "5-баптың екінші бөлігі – күші жойылды деп тану"),
        ("последний абзац пункта 6 исключить;", "абзац (последний) пункта 6 – исключить",
         "6-тармақтың абзацы (соңғы) – алып тастау"),
        ("в пункте 5 слово «а» заменить словом «б» в соответствующих падежах;",
         "пункт 5: слова «а» заменить словами «б» (в соответствующих падежах)",
         "5-тармақ: «а» деген сөздерді «б» деген сөздермен ауыстыру (тиісті септіктерде)"),
        ("по всему тексту слово «а» исключить;", "по всему тексту: слова «а» исключить",
         "бүкіл мәтін бойынша: «а» деген сөздерді алып тастау"),
        ("пункт 5 после слова «а» дополнить словом «б»;", "пункт 5: после слов «а» дополнить словами «б»",
         "5-тармақ: «а» деген сөздерден кейін «б» деген сөздермен толықтыру"),
        ("в пункте 5 перед словом «а» дополнить словом «б»;", "пункт 5: перед словами «а» дополнить словами «б»",
         "5-тармақ: «а» деген сөздердің алдынан «б» деген сөздермен толықтыру"),
        ("после пункта 5 дополнить пунктом 5-1 следующего содержания:\n«5-1. А.»;",
         "дополнить: пункт 5-1 (после: пункт 5)", "толықтыру: 5-1-тармақ (мынадан кейін: 5-тармақ)"),
        ("в разделе «Сбор»:\nзаголовок исключить;", "заголовок раздела «Сбор» – исключить",
         "«Сбор» бөлімнің тақырыбы – алып тастау"),
        ("второе предложение пункта 6 исключить;", "предложение второе пункта 6 – исключить",
         "6-тармақтың екінші сөйлемі – алып тастау"),
        ("в графе 3 слово «а» исключить;", "графа 3: слова «а» исключить", "3-баған: «а» деген сөздерді алып тастау"),
        ("в блоке 3:\nпункт 5 исключить;", "пункт 5 «блоке 3» – исключить", "«блоке 3» 5-тармағы – алып тастау"),
    ],
)  # fmt: skip
def test_told(body: str, russian: str, kazakh: str) -> None:
    act = amending(body, "ru")
    (operation,) = act.operations
    assert (told(act, operation, "ru"), told(act, operation, "kk")) == (russian, kazakh)


@pytest.mark.parametrize(
    ("amended", "russian", "kazakh"),
    [
        (AmendedAct("order", "О лодках", "2020-03-01", "5"), "приказ от 01.03.2020 № 5 «О лодках»",
         "«О лодках» 01.03.2020 № 5 бұйрық"),
        (AmendedAct("order", "", "", "5", "rules"), "Правила (приказ № 5)", "Қағидалар (№ 5 бұйрық)"),
        (AmendedAct("code", "Трудовой кодекс", "2015-11-23"), "Трудовой кодекс от 23.11.2015",
         "23.11.2015 Трудовой кодекс"),
        (AmendedAct(), "акт не назван", "акт аталмаған"),
        (AmendedAct(document="rules", document_title="Правила сбора"), "Правила сбора (акт не назван)",
         "Правила сбора (акт аталмаған)"),
    ],
)  # fmt: skip
def test_told_act(amended: AmendedAct, russian: str, kazakh: str) -> None:
    assert (told_act(amended, "ru"), told_act(amended, "kk")) == (russian, kazakh)


@pytest.mark.parametrize("name", DRAFTS)
def test_tree_has_the_operations(name: str) -> None:
    act = structure(source(DRAFTS[name]["text"]))
    tree = json.loads(json.dumps(to_tree(act), ensure_ascii=False))
    assert [row["address"] for row in tree["operations"]] == [o.address for o in act.operations]
    for row, operation in zip(tree["operations"], act.operations, strict=True):
        assert row["new"] == act.text(operation.new) and row["target"][-1:] == [
            {"kind": step.kind.value, "number": step.number, "title": step.title} for step in operation.target[-1:]
        ]
        assert row["told"] and row["act_told"] and row["act"]["form"] == operation.act.form
