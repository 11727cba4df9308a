"""Approved documents, annexes and forms behind an order: numbers from stamps, nesting, titles, signatures."""

from __future__ import annotations

import pytest

from nlp.structure import cite, structure
from nlp.structure.act import Act, Role, UnitKind
from tests.structure.helpers import own, source, unit

ORDER_RU = (
    "ПРИКАЗ\nО некоторых вопросах пристаней\nНа основании Закона ПРИКАЗЫВАЮ:\n"
    "1. Утвердить документы согласно приложениям.\n2. Настоящий приказ вводится в действие со дня подписания.\n"
    "Министр А. Буев\n"
)
ORDER_KK = (
    "БҰЙРЫҚ\nАйлақтардың кейбір мәселелері туралы\nЗаңға сәйкес БҰЙЫРАМЫН:\n"
    "1. Қосымшаларға сәйкес құжаттар бекітілсін.\n2. Осы бұйрық қол қойылған күнінен бастап қолданысқа енгізіледі.\n"
    "Министр А. Қалтқыбаев\n"
)
RULES_RU = "Правила пользования пристанью\n1. Пристань открыта.\n2. Пристань закрывается на ночь.\n"
RULES_KK = "Айлақты пайдалану қағидалары\n1. Айлақ ашық.\n2. Айлақ түнде жабылады.\n"


def shape(act: Act) -> list[tuple[str, str]]:
    """Kind and number of the texts of a file, annexes of annexes included, in order."""
    owners = (UnitKind.ORDER, UnitKind.DOCUMENT, UnitKind.ANNEX)
    return [(u.kind.value, u.number) for u in act.root.walk() if u.kind in owners]


@pytest.mark.parametrize(
    ("order", "stamps", "rules"),
    [
        (ORDER_RU, ("Приложение 1 к приказу\n", "Приложение 2\nк приказу Министра\n"), RULES_RU),
        (
            ORDER_KK,
            ("Министрдің № 5 бұйрығына 1-қосымша\n", "Қазақстан Республикасы\nМинистрінің бұйрығына\n2-қосымша\n"),
            RULES_KK,
        ),
    ],
)
def test_approved_documents_keep_the_number_of_their_stamp(order: str, stamps: tuple[str, str], rules: str) -> None:
    act = structure(source(order + stamps[0] + rules + stamps[1] + rules))
    assert shape(act) == [("order", ""), ("document", "1"), ("document", "2")]
    assert own(act, "doc_2__para_2").startswith(("Пристань закр", "Айлақ түнде"))
    assert not any(notice.code == "structure.duplicate_number" for notice in act.notices)


def test_an_annex_of_the_rules_does_not_swallow_the_next_document() -> None:
    text = ORDER_RU + "Приложение 1 к приказу\n" + RULES_RU + "Приложение к Правилам пользования пристанью\n"
    text += "Журнал стоянок\n№ | Судно\n1 | |\nПриложение 2 к приказу\nПоложение о комиссии\n1. Комиссия создается."
    act = structure(source(text))
    assert shape(act) == [("order", ""), ("document", "1"), ("annex", ""), ("document", "2")]
    assert [u.number for u in unit(act, "annex__table").children] == ["", "1"]
    assert own(act, "doc_2__para_1") == "Комиссия создается."


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        (
            ORDER_RU + "Приложение 2 к приказу\nПриложение 4 к Правилам пользования пристанью\nПеречень пристаней\n"
            "1. Северная.\n",
            "annex_2__annex_4__para_1",
            "Северная.",
        ),
        (
            ORDER_KK + "Министрдің бұйрығына\n2-қосымша\nАйлақты пайдалану\nқағидаларына\n4-қосымша\nАйлақтар тізбесі\n"
            "1. Солтүстік.\n",
            "annex_2__annex_4__para_1",
            "Солтүстік.",
        ),
    ],
)
def test_an_annex_in_new_wording_lies_in_the_annex_of_the_amending_act(text: str, address: str, words: str) -> None:
    act = structure(source(text))
    assert shape(act)[1:] == [("annex", "2"), ("annex", "4")]
    assert own(act, address) == words


def test_citation_of_an_annex_in_new_wording() -> None:
    text = ORDER_RU + "Приложение 2 к приказу\nПриложение 4 к Правилам\nПеречень пристаней\n1. Северная.\n"
    act = structure(source(text))
    assert cite(act, "annex_2__annex_4__para_1", "ru") == "пункт 1 приложения 4 в редакции приложения 2"
    assert cite(act, "annex_2__annex_4__para_1", "kk") == "2-қосымшаның редакциясындағы 4-қосымшаның 1-тармағы"


def test_documents_of_one_form_are_told_apart() -> None:
    second = RULES_RU.replace("пристанью", "причалом")
    act = structure(source(ORDER_RU + "Приложение 1 к приказу\n" + RULES_RU + "Приложение 2 к приказу\n" + second))
    assert cite(act, "doc_2__para_1", "ru") == "пункт 1 Правил пользования причалом"
    assert cite(act, "doc_2__para_1", "kk") == "Қағидалардың (бұйрық жобасына 2-қосымша) 1-тармағы"


@pytest.mark.parametrize(
    ("order", "stamp", "signed"),
    [
        (ORDER_KK, "Қазақстан Республикасының\nӨзендер министрінің\n№ 5 бұйрығына\n1-қосымша\n", 1),
        (ORDER_KK, "Қазақстан Республикасы\nӨзендер министрінің 2026 жылғы 1 мамырдағы № 5 бұйрығымен бекітілген\n", 1),
    ],
)
def test_a_kazakh_stamp_begins_like_a_signature(order: str, stamp: str, signed: int) -> None:
    act = structure(source(order + stamp + RULES_KK))
    assert [u.role for u in act.root.walk()].count(Role.SIGNATURE) == signed
    document = unit(act, "doc_1")
    assert act.text(document.children[0].span) == stamp.strip() and document.children[0].role is Role.STAMP


@pytest.mark.parametrize("office", ["Облыс әкімі Ж. Сәрсен", "Мәслихат төрағасы К. Байғали", "Аудан әкімі Б. Жан"])
def test_signatures_of_local_bodies(office: str) -> None:
    text = ORDER_KK.replace("Министр А. Қалтқыбаев", office) + "Әкімдіктің № 5 қаулысына\n1-қосымша\n" + RULES_KK
    assert [u.role for u in structure(source(text)).root.walk()].count(Role.SIGNATURE) == 1


@pytest.mark.parametrize(
    ("stamp", "form", "title", "lines"),
    [
        (
            "Приложение 1 к Правилам пользования пристанью\n", "Форма", "Заявка",
            ["Кому ____________", "(наименование органа)", "Прошу выдать пропуск ______ на ____.", "____ (подпись)"],
        ),
        (
            "Айлақты пайдалану қағидаларына\n1-қосымша\n", "Нысан", "Өтінім",
            ["Кімге ____________", "(органның атауы)", "____ рұқсат беруіңізді ____ сұраймын.", "20__ ж. ____ (қолы)"],
        ),
    ],
)  # fmt: skip
def test_a_form_is_one_text(stamp: str, form: str, title: str, lines: list[str]) -> None:
    rules = RULES_RU if form == "Форма" else RULES_KK
    for mark in (f"{form}\n", ""):
        act = structure(source(rules + stamp + mark + title + "\n" + "\n".join(lines)))
        annex = unit(act, "annex_1")
        texts = [(child.role, act.text(child.own)) for child in annex.children if child.role is not Role.STAMP]
        assert texts == [(Role.TITLE, title), (Role.FORM, "\n".join(lines))]


def test_a_line_of_a_form_is_no_line_of_the_next_stamp() -> None:
    text = RULES_KK + "Айлақты пайдалану қағидаларына\n1-қосымша\nӨтінім\nКімге ______ ______ ______\n"
    text += "20__ жылғы «__» ____ (қолы)\nАйлақты пайдалану қағидаларына 2-қосымша\nЖурнал\n1. Күні.\n"
    act = structure(source(text))
    assert act.text(unit(act, "annex_2").children[0].span) == "Айлақты пайдалану қағидаларына 2-қосымша"


@pytest.mark.parametrize(
    "body",
    ["Состав\nсовета по рекам\nМинистр рек, председатель\nчлены Совета:\nначальник пристани\nкапитан порта"],
)
def test_a_list_of_members_is_no_title(body: str) -> None:
    act = structure(source(ORDER_RU + "Приложение 1 к приказу\n" + body))
    assert own(act, "annex_1__title") == "Состав\nсовета по рекам"
    assert {"Министр рек, председатель\nчлены Совета:", "начальник пристани\nкапитан порта"} <= {
        act.text(u.own) for u in act.root.walk()
    }


def test_prose_that_ends_with_approved_is_no_stamp() -> None:
    text = RULES_KK + "3. Айлақ жоспары былтыр\nмемлекеттік орган бекітілген\nтәртіппен жүргізіледі.\n"
    assert shape(structure(source(text))) == [("document", "")]
