"""Roles by the formulas of acts, in both languages."""

from __future__ import annotations

import pytest

from nlp.structure import structure
from nlp.structure.act import Role
from tests.structure.helpers import own, source, unit

ORDER = [
    ("Утвердить прилагаемые Правила сбора.", Role.APPROVAL),
    ("Признать утратившим силу приказ от 1 марта 2020 года № 5.", Role.REPEAL),
    ("Признать утратившими силу некоторые приказы согласно приложению к настоящему приказу.", Role.REPEAL),
    ("Отменить приказ от 1 марта 2020 года № 5.", Role.REPEAL),
    ("Контроль за исполнением настоящего приказа возложить на вице-министра.", Role.CONTROL),
    ("Настоящий приказ вводится в действие по истечении десяти дней.", Role.ENTRY_INTO_FORCE),
    ("Настоящее постановление вступает в силу со дня подписания.", Role.ENTRY_INTO_FORCE),
    ("Департаменту обеспечить государственную регистрацию настоящего приказа.", Role.REGISTRATION),
    ("Департаменту довести настоящий приказ до сведения заинтересованных лиц.", Role.REGISTRATION),
    ("Внести в приказ от 1 марта 2020 года № 5 следующие изменения.", Role.AMENDMENT),
    ("Департаменту принять меры по сбору воды.", Role.NORM),
    ("Қоса беріліп отырған Су жинау қағидалары бекітілсін.", Role.APPROVAL),
    ("2020 жылғы 1 наурыздағы № 5 бұйрықтың күші жойылды деп танылсын.", Role.REPEAL),
    ("Осы бұйрықтың орындалуын бақылау вице-министрге жүктелсін.", Role.CONTROL),
    ("Осы бұйрық он күн өткен соң қолданысқа енгізіледі.", Role.ENTRY_INTO_FORCE),
    ("Департамент осы бұйрықтың мемлекеттік тіркелуін қамтамасыз етсін.", Role.REGISTRATION),
    ("№ 5 бұйрыққа мынадай өзгерістер енгізілсін.", Role.AMENDMENT),
    ("Департамент су жинау жөнінде шаралар қабылдасын.", Role.NORM),
]


@pytest.mark.parametrize(("text", "role"), ORDER)
def test_points_of_the_order(text: str, role: Role) -> None:
    act = structure(source(f"На основании Закона ПРИКАЗЫВАЮ:\n1. {text}\n2. Иное."))
    assert unit(act, "order__para_1").role is role


def test_items_have_the_role_of_their_point() -> None:
    text = (
        "2. Департаменту обеспечить:\n1) государственную регистрацию настоящего приказа;\n"
        "2) размещение настоящего приказа."
    )
    act = structure(source(f"На основании Закона ПРИКАЗЫВАЮ:\n1. Утвердить Правила.\n{text}"))
    assert {unit(act, f"order__para_2__subpara_{n}").role for n in (1, 2)} == {Role.REGISTRATION}


def test_kazakh_approval_with_the_verb_at_the_end_of_the_list() -> None:
    act = structure(
        source("Заңға сәйкес БҰЙЫРАМЫН:\n1. Қоса беріліп отырған:\n1) қағидалар;\n2) өзгерістер бекітілсін.\n2. Иә.")
    )
    assert unit(act, "order__para_1").role is Role.APPROVAL


LEADS = [
    ("В настоящих Правилах используются следующие понятия:", "сбор – плата за воду;", Role.DEFINITION),
    ("Основные понятия, используемые в настоящих Правилах:", "сбор – плата за воду;", Role.DEFINITION),
    ("В настоящем Законе используются следующие основные понятия:", "сбор - плата за воду;", Role.DEFINITION),
    ("Осы Қағидаларда мынадай ұғымдар пайдаланылады:", "алым – су ақысы;", Role.DEFINITION),
    ("Осы Заңда мынадай негізгі ұғымдар пайдаланылады:", "алым – су ақысы;", Role.DEFINITION),
    ("Основными принципами сбора являются:", "законность;", Role.PRINCIPLE),
    ("Основные принципы сбора:", "законность;", Role.PRINCIPLE),
    ("Сбор основывается на следующих принципах:", "законность;", Role.PRINCIPLE),
    ("Мыналар су жинау қағидаттары болып табылады:", "заңдылық;", Role.PRINCIPLE),
    ("Целями настоящего Закона являются:", "чистота воды;", Role.AIM),
    ("Осы Заңның мақсаттары мыналар болып табылады:", "су тазалығы;", Role.AIM),
    ("Уполномоченный орган:", "собирает воду;", Role.NORM),
    ("К заявке прилагаются:", "договор – в случае аренды;", Role.NORM),
]


@pytest.mark.parametrize(("lead", "item", "role"), LEADS)
def test_lists(lead: str, item: str, role: Role) -> None:
    act = structure(source(f"Правила сбора\n1. Общее.\n2. {lead}\n1) {item}\n2) {item}\n3. Иное."))
    assert unit(act, "doc_1__para_2__subpara_2").role is role
    assert unit(act, "doc_1__para_3").role is Role.NORM


def test_item_of_a_definition_list_without_a_dash_is_a_norm() -> None:
    act = structure(
        source("Статья 1. Понятия\nИспользуются следующие понятия:\n1) сбор – плата;\n2) орган вправе отказать.")
    )
    assert unit(act, "art_1__subpara_1").role is Role.DEFINITION
    assert unit(act, "art_1__subpara_2").role is Role.NORM


def test_principles_by_the_title_of_the_article() -> None:
    act = structure(
        source("Статья 1. Принципы сбора\nСбор ведется так:\n1) законно;\n2) гласно.\nСтатья 2. А\nБ:\n1) в;\n2) г.")
    )
    assert unit(act, "art_1__subpara_2").role is Role.PRINCIPLE
    assert unit(act, "art_2__subpara_2").role is Role.NORM


def test_title_of_a_chapter_does_not_make_aims() -> None:
    """«Глава 2. Задачи, функции и права» heads powers too."""
    act = structure(source("Положение о сборе\nГлава 2. Задачи и права\n1. Орган:\n1) отказывает;\n2) штрафует."))
    assert unit(act, "doc_1__para_1__subpara_2").role is Role.NORM


def test_preamble_and_entry_into_force_of_a_law() -> None:
    text = (
        "ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН\nО воде\n"
        "Настоящий Закон регулирует отношения, связанные с использованием и охраной воды.\n"
        "Статья 1. А\nБ.\nСтатья 2. Порядок введения\nНастоящий Закон вводится в действие со дня опубликования."
    )
    act = structure(source(text))
    assert unit(act, "preamble").role is Role.PREAMBLE
    assert unit(act, "art_2").role is Role.ENTRY_INTO_FORCE
    assert act.requisites.form == "law" and act.requisites.title == "О воде"


def test_forms_and_lists_of_repealed_acts() -> None:
    text = (
        "Правила сбора\n1. Сбор.\nПриложение 1 к Правилам сбора\nФорма\nЗаявка\nНаименование: ____________\n"
        "Приложение 2 к Правилам сбора\nЗаявление\nИмя: ______\nАдрес: ______\nПодпись: ______\n"
        "Приложение 3 к Правилам сбора\nСроки\n1. Срок составляет пять дней."
    )
    act = structure(source(text))
    assert own(act, "annex_1__text") == "Наименование: ____________" and unit(act, "annex_1__text").role is Role.FORM
    assert unit(act, "annex_2").role is Role.FORM
    assert unit(act, "annex_3__para_1").role is Role.NORM


def test_signature_and_agreement() -> None:
    text = (
        "На основании Закона ПРИКАЗЫВАЮ:\n1. Утвердить Правила.\n"
        "Министр водных ресурсов\nРеспублики Казахстан\nА. Боев\n"
        "«СОГЛАСОВАНО»\nМинистерство финансов\n"
        "Утверждены приказом Министра от 1 марта 2026 года № 5\nПравила сбора\n1. Сбор."
    )
    act = structure(source(text))
    roles = [child.role for child in unit(act, "order").children if child.kind.value == "text"]
    assert roles == [*[Role.SIGNATURE] * 3, *[Role.STAMP] * 2]
