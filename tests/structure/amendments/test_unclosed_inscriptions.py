"""An inscription quoted in an ordinary norm and never closed does not swallow the articles behind it."""

from __future__ import annotations

import pytest

from nlp.structure import structure
from nlp.structure.act import Act, Role
from tests.structure.helpers import source

RU = (
    'Статья 5. Продажа напитков\n1. На видном месте размещается надпись следующего содержания:\n"{inscription}\n'
    "Статья 6. Проверки\n1. Проверка проводится один раз в год.\n2. Лицо вправе обжаловать «акт проверки».\n"
    'РАЗДЕЛ 2. ОТВЕТСТВЕННОСТЬ\nСтатья 7. Штрафы\n1. Штраф платит "продавец".'
)
KK = (
    '5-бап. Сусындар сату\n1. Көрнекі жерде мынадай мазмұндағы жазу орналастырылады:\n"{inscription}\n'
    "6-бап. Тексерулер\n1. Тексеру жылына бір рет жүргізіледі.\n2. Тұлға «тексеру актісіне» шағым жасауға құқылы.\n"
    '2-БӨЛІМ. ЖАУАПТЫЛЫҚ\n7-бап. Айыппұлдар\n1. Айыппұлды "сатушы" төлейді.'
)


def act_of(text: str) -> Act:
    return structure(source(text))


@pytest.mark.parametrize(("text", "inscription"), [(RU, "Продажа запрещена."), (KK, "Сатуға тыйым салынады.")])
def test_articles_behind_an_inscription_that_is_not_closed_are_norms(text: str, inscription: str) -> None:
    act = act_of(text.format(inscription=inscription))
    for number in ("6", "7"):
        article = act.find(f"art_{number}")
        assert article is not None, number
        assert all(unit.role is not Role.QUOTED for unit in article.walk())
    assert "structure.quote_unclosed" in {notice.code for notice in act.notices}


@pytest.mark.parametrize(("text", "inscription"), [(RU, 'Продажа запрещена".'), (KK, 'Сатуға тыйым салынады".')])
def test_a_closed_inscription_ends_at_its_mark(text: str, inscription: str) -> None:
    act = act_of(text.format(inscription=inscription))
    assert act.find("art_6") is not None
    assert "structure.quote_unclosed" not in {notice.code for notice in act.notices}


def test_new_wording_with_articles_is_still_one_quotation() -> None:
    act = act_of(
        "Закон Республики Казахстан\nО внесении изменений в Закон «О воде»\n"
        "Статья 1. Внести в Закон Республики Казахстан «О воде» следующие изменения:\n"
        "1) дополнить главой 3-1 следующего содержания:\n"
        "«Глава 3-1. Сбор воды\nСтатья 15-1. Сосуды\n1. Сосуды чистые.\n"
        "Статья 15-2. Крышки\n1. Крышки целые.»."
    )
    quoted = [unit.number for unit in act.root.walk() if unit.role is Role.QUOTED and unit.kind.value == "article"]
    assert quoted == ["15-1", "15-2"]
