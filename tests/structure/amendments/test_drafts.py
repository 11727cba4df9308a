"""Whole amending drafts: targets inherited from frames, acts and approved documents, annexes as new wording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nlp.structure import Citations, structure
from nlp.structure.act import Role, UnitKind
from nlp.structure.operations import OperationKind
from tests.structure.amendments.helpers import amending, short, shown
from tests.structure.helpers import own, source, unit, with_table

DRAFTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "drafts.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", DRAFTS)
def test_draft(name: str) -> None:
    act = structure(source(DRAFTS[name]["text"]))
    found = []
    for operation in act.operations:
        amended = operation.act
        words = (amended.form, amended.number, amended.date, amended.document)
        found.append(f"{operation.address}: {short(act, operation)} @ {' '.join(filter(None, words))}")
    assert found == DRAFTS[name]["ops"]
    assert "structure.amendment_unclear" not in [notice.code for notice in act.notices]


@pytest.mark.parametrize("name", DRAFTS)
def test_every_operation_stands_in_an_amending_unit(name: str) -> None:
    act = structure(source(DRAFTS[name]["text"]))
    quoted = {u.address for u in act.root.walk() if u.role is Role.QUOTED}
    for operation in act.operations:
        amends = unit(act, operation.address)
        assert amends.role in (Role.AMENDMENT, Role.REPEAL)
        assert amends.span[0] <= operation.instruction[0] < operation.instruction[1] <= amends.span[1]
        for address in operation.units:
            assert address in quoted or unit(act, address).kind in (UnitKind.ANNEX, UnitKind.DOCUMENT)
    owned = {address for operation in act.operations for address in operation.units}
    roots = {address for address in quoted if address.rpartition("__")[0] not in quoted}
    assert {
        address for address in roots if address.count("qstr__") and "__" not in address.split("qstr__")[-1]
    } <= owned


def test_titles_of_acts_and_documents() -> None:
    act = structure(source(DRAFTS["list_ru"]["text"]))
    titles = {(o.act.title, o.act.document_title) for o in act.operations if o.kind is not OperationKind.REPEAL}
    assert titles == {
        ("О лодках", "Правила пользования лодками"), ("О лодках", "Положение о причале"), ("О лодках", ""),
        ("О судах", ""),
    }  # fmt: skip
    act = structure(source(DRAFTS["law_ru"]["text"]))
    assert act.operations[0].act.title == "Гражданский кодекс Республики Казахстан"
    act = structure(source(DRAFTS["law_kk"]["text"]))
    assert act.operations[0].act.title == "Қазақстан Республикасының Азаматтық кодексі"


def test_adjectives_of_a_name_are_put_back() -> None:
    body = "в Национальном плане рек, утвержденном указанным приказом:\nпункт 5 исключить;"
    assert amending(body, "ru").operations[0].act.document_title == "Национальный план рек"
    text = "ЗАКОН\nО внесении изменений\nСтатья 1. Внести изменения:\n"
    text += "1. В Трудовом кодексе Республики Казахстан:\nстатью 5 исключить."
    assert structure(source(text)).operations[0].act.title == "Трудовой кодекс Республики Казахстан"


@pytest.mark.parametrize(
    ("language", "wording", "citation"),
    [
        (
            "ru",
            "«5. Сбор открыт:\n1) летом;\n2) зимой.»;",
            "подпункт 2) пункта 5 в редакции абзаца второго пункта 1 проекта приказа",
        ),
        (
            "kk",
            "«5. Жинау ашық:\n1) жазда;\n2) қыста.»;",
            "бұйрық жобасының 1-тармағының екінші абзацының редакциясындағы 5-тармақтың 2) тармақшасы",
        ),
    ],
)  # fmt: skip
def test_quoted_units_are_cited(language: str, wording: str, citation: str) -> None:
    frame = {"ru": "пункт 5 изложить в следующей редакции:\n", "kk": "5-тармақ мынадай редакцияда жазылсын:\n"}
    act = amending(frame[language] + wording, language)
    address = "order__para_1__indent_2__qstr__para_5__subpara_2"
    assert Citations(act).cite(address, language) == citation


BEFORE = {
    "ru": "ПРИКАЗ\nО внесении изменений\nПРИКАЗЫВАЮ:\n1. Внести в приказ от 1 марта 2020 года № 5 изменения:\n"
    "строки, порядковые номера 5 и 6, изложить в следующей редакции:",
    "kk": "БҰЙРЫҚ\nӨзгерістер енгізу туралы\nБҰЙЫРАМЫН:\n1. 2020 жылғы 1 наурыздағы № 5 бұйрыққа мынадай өзгерістер "
    "енгізілсін:\nреттік нөмірлері 5 және 6-жолдар мынадай редакцияда жазылсын:",
}


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(
    ("before", "rows", "after"),
    [
        ("", [["«5", "Сбор", "10"], ["6", "Иное", "20»"]], ""),
        ("«", [["5", "Сбор", "10"], ["6", "Иное", "20"]], "»;"),
        ("", [["5", "Сбор", "10"], ["6", "Иное", "20"]], ""),
    ],
)
def test_rows_of_a_table(language: str, before: str, rows: list[list[str]], after: str) -> None:
    act = structure(with_table(f"{BEFORE[language]}\n{before}", rows, f"{after}\nКонец."))
    assert [o.target[-1].number for o in act.operations] == ["5", "6"]
    assert ["Сбор" in act.text(o.new) and "Иное" not in act.text(o.new) for o in act.operations] == [True, False]
    assert all(
        unit(act, o.units[0]).kind is UnitKind.ROW and unit(act, o.units[0]).role is Role.QUOTED for o in act.operations
    )


def test_instruction_in_an_act_that_amends_nothing_else() -> None:
    text = (
        "ЗАКОН\nО реках\nСтатья 1. Сбор\n1. Сбор открыт.\nСтатья 2. Введение в действие\n"
        "На период до 1 января 2030 года статью 1 изложить в следующей редакции:\n«Статья 1. Сбор\n1. Сбор закрыт.»\n"
    )
    act = structure(source(text))
    assert "art_2" in {u.address for u in act.root.walk()}
    assert [notice.code for notice in act.notices].count("structure.amendment_unclear") <= 1


@pytest.mark.parametrize(
    "norm",
    [
        "Комиссия вправе исключить участника.", "Организатор может дополнить перечень.", "Требование заменить товар.",
        "Орган обязан исключить сведения из реестра.", "Комиссия қатысушыны тізімнен алып тастайды.",
        "Суд вправе внести в приговор изменения в части иска.", "Суд не вправе считать факты доказанными.",
        "Мынадай өзгерістер болған кезде өтінім қайтарылады.",
    ],
)  # fmt: skip
def test_norms_are_no_amendments(norm: str) -> None:
    act = structure(source(f"Правила сбора\n1. Сбор открыт.\n2. {norm}\n3. Иное."))
    assert act.operations == () and act.notices == ()
    assert own(act, "doc_1__para_2") == norm and unit(act, "doc_1__para_2").role is Role.NORM


def test_unclear_amendment_names_its_unit() -> None:
    act = amending("1) пункт 5 исключить;\n2) абзац третий считать абзацем четвертым;", "ru")
    assert shown(act) == ["delete point 5"]
    (notice,) = act.notices
    assert dict(notice.params)["unit_ru"] == "подпункт 2) пункта 1 проекта приказа"
    assert dict(notice.params)["unit_kk"] == "бұйрық жобасының 1-тармағының 2) тармақшасы"


@pytest.mark.parametrize(
    ("wording", "new"),
    [
        ("«5. Сбор по Закону «О «тихой» реке».»;", "5. Сбор по Закону «О «тихой» реке»."),
        ('"5. Сбор по Закону "О реке".";', '5. Сбор по Закону "О реке".'),
        ("“5. Сбор.”;", "5. Сбор."),
        ("„5. Сбор.“;", "5. Сбор."),
        ("«5. Сбор по Закону «О реке»;", "5. Сбор по Закону «О реке»"),
        ("«5. Сбор.\n«5-1. Иное.»;", "5. Сбор. / «5-1. Иное."),
        ("«\n5. Сбор.\n»;", "5. Сбор."),
        ("«5. Сбор:\n1) слова в «кавычках.»;\n2) иное.»;", "5. Сбор: / 1) слова в «кавычках.»; / 2) иное."),
    ],
)  # fmt: skip
def test_quotation_marks_of_new_wording(wording: str, new: str) -> None:
    act = amending(f"1) пункт 5 изложить в следующей редакции:\n{wording}\n2) пункт 8 исключить;", "ru")
    assert shown(act)[-1] == "delete point 8"
    assert shown(act)[0] == f"replace point 5 |  | {new}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ПРИКАЗ\nО лодках\nПРИКАЗЫВАЮ:\n1. Признать утратившими силу приказ Министра рек от 3 марта 2019 года № 7 "
            "«О плотах» и пункт 4 приказа Министра рек от 4 марта 2019 года № 8-нқ «О буях».",
            [("", "7"), ("point 4", "8-нқ")],
        ),
        (
            "ЗАҢ\nӨзендер туралы\n1-бап. Жинау\nЖинау ашық.\n2-бап. Мыналардың:\n1) «Салдар туралы» 1994 жылғы 22 "
            "қыркүйектегі № 155 Қазақстан Республикасы Заңының;\n2) «Қайықтар туралы» 2010 жылғы 29 сәуірдегі № 276 "
            "Қазақстан Республикасы Заңының күші жойылды деп танылсын.",
            [("", "155"), ("", "276")],
        ),
        (
            "ЗАКОН\nО реках\nСтатья 1. Сбор\nСбор открыт.\nСтатья 2. Введение\n1. Признать утратившими силу со дня "
            "введения в действие:\n1) Закон от 3 марта 2019 года № 7 «О плотах»;\n2) Закон от 4 марта 2019 года № 8.",
            [("", "7"), ("", "8")],
        ),
    ],
)
def test_lists_of_repealed_acts(text: str, expected: list[tuple[str, str]]) -> None:
    act = structure(source(text))
    assert [(short(act, o).removeprefix("repeal").strip(), o.act.number) for o in act.operations] == expected
    assert {unit(act, o.address).role for o in act.operations} == {Role.REPEAL}
    assert act.notices == ()
