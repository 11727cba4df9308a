"""Quoted new wording: units under the amendment, outer numbering unbroken, quotation marks of every kind."""

from __future__ import annotations

import pytest

from nlp.structure import structure
from nlp.structure.act import Role, UnitKind
from nlp.structure.quotes import depth_after
from tests.structure import drafts
from tests.structure.helpers import own, source, unit

HEAD = "ПРИКАЗ\nО внесении изменений\nНа основании Закона ПРИКАЗЫВАЮ:\n1. Внести в Правила следующие изменения:\n"
TAIL = "\n2. Настоящий приказ вводится в действие со дня подписания."


@pytest.mark.parametrize("text", [drafts.AMENDING_RU, drafts.AMENDING_KK])
def test_quoted_units(text: str) -> None:
    act = structure(source(text))
    quoted = [u for u in act.root.walk() if u.role is Role.QUOTED]
    prefix = "order__para_1__subpara_1__qstr__para_9"
    assert [u.address for u in quoted] == [
        prefix,
        f"{prefix}__subpara_1",
        f"{prefix}__subpara_4",
        "order__para_1__subpara_2__qstr__clause_3",
    ]
    assert own(act, f"{prefix}__subpara_4") in ("иные документы.", "өзге де құжаттар.")
    assert own(act, "order__para_1__subpara_2__qstr__clause_3")[-1] not in "»;"
    assert unit(act, "order__para_1__subpara_1").role is Role.AMENDMENT
    assert unit(act, "order__para_2").role is Role.ENTRY_INTO_FORCE
    assert act.notices == ()


def addresses(body: str) -> list[str]:
    act = structure(source(HEAD + body + TAIL))
    return [u.address for u in act.root.walk() if u.kind in (UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.ARTICLE)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("«", "»;"), ('"', '";'), ("“", "”;"), ("„", "“;"), ("«", "».;"), ("«", "»")],
)
def test_every_kind_of_quotation_marks(opening: str, closing: str) -> None:
    body = f"1) пункт 7 изложить в следующей редакции:\n{opening}7. Первая.\n8. Вторая.{closing}\n2) пункт 9 исключить."
    assert addresses(body) == [
        "order__para_1",
        "order__para_1__subpara_1",
        "order__para_1__subpara_1__qstr__para_7",
        "order__para_1__subpara_1__qstr__para_8",
        "order__para_1__subpara_2",
        "order__para_2",
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "по Закону «О воде» и Закону «О «тихой» реке».",
        'по Закону "О воде".',
        "по Закону «О «воде».",  # nested marks closed once
        "по приказу № 5 «О воде» (далее – «приказ»).",
    ],
)
def test_nested_quotation_marks(inner: str) -> None:
    body = (
        f"1) пункт 7 изложить в следующей редакции:\n«7. Сбор ведется {inner}\n"
        f"8. Плата – 5 тенге.»;\n2) пункт 9 исключить."
    )
    found = addresses(body)
    assert "order__para_1__subpara_1__qstr__para_8" in found and "order__para_1__subpara_2" in found


def test_wording_on_the_line_of_its_frame() -> None:
    body = "1) пункт 7 изложить в следующей редакции: «7. Сбор открыт.»;\n2) пункт 9 исключить."
    assert "order__para_1__subpara_1__qstr__para_7" in addresses(body)


def test_new_article() -> None:
    body = (
        "1) дополнить статьей 5-1 следующего содержания:\n«Статья 5-1. Плата\n"
        "1. Плата взимается.\n2. Льготы.»;\n2) иное исключить."
    )
    assert "order__para_1__subpara_1__qstr__art_5-1__para_2" in addresses(body)


def test_quotation_that_is_never_closed() -> None:
    act = structure(source(HEAD + "1) пункт 7 изложить в следующей редакции:\n«7. Сбор открыт." + TAIL))
    assert [notice.code for notice in act.notices if notice.code == "structure.quote_unclosed"]
    assert act.find("order__para_2") is not None


def test_quoted_words_in_a_title_are_no_wording() -> None:
    act = structure(source("Правила сбора\n1. Сбор по Закону:\n«О воде».\n2. Иное."))
    assert not [u for u in act.root.walk() if u.role is Role.QUOTED]


def test_approved_changes_are_amendments() -> None:
    text = (
        "УТВЕРЖДЕНЫ\nУказом Президента\nРеспублики Казахстан\nИЗМЕНЕНИЯ,\nкоторые вносятся в некоторые указы\n"
        "1. В Указе от 1 марта 2020 года № 5:\nв Правилах, утвержденных Указом:\n"
        "пункт 5 изложить в следующей редакции:\n"
        "«5. Орган представляет отчет до 15 апреля.»;\n"
        "часть третью изложить в следующей редакции:\n«Отчет публикуется.»;\n"
    )
    act = structure(source(text))
    assert unit(act, "doc_1__para_1").role is Role.AMENDMENT
    assert own(act, "doc_1__para_1__indent_3__qstr__para_5") == "Орган представляет отчет до 15 апреля."
    assert own(act, "doc_1__para_1__indent_4") == "часть третью изложить в следующей редакции:"
    assert own(act, "doc_1__para_1__indent_4__qstr__clause_3") == "Отчет публикуется."


@pytest.mark.parametrize(
    ("text", "depth"),
    [("«а», «б»", 0), ("«а «б»", 1), ('"а "б"', 1), ('"а" и "б"', 0), ('слово "а".', 0), ("»", 0), ('("а")', 0)],
)
def test_depth(text: str, depth: int) -> None:
    assert depth_after(text, 0) == depth
