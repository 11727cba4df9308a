"""Trees of drafts: numbering, clauses and indents, lists, documents, annexes, tables, requisites, notices."""

from __future__ import annotations

import pytest

from nlp.reading.source import SourceText
from nlp.structure import structure
from nlp.structure.act import Act, UnitKind
from nlp.structure.parser import TOLD_OF_A_KIND
from tests.structure import drafts
from tests.structure.helpers import own, source, unit, with_table


def act_of(text: str) -> Act:
    return structure(source(text))


def addresses(act: Act, *kinds: UnitKind) -> list[str]:
    return [u.address for u in act.root.walk() if u.kind in kinds]


def test_law_in_russian_and_kazakh_has_the_same_tree() -> None:
    russian, kazakh = act_of(drafts.LAW_RU), act_of(drafts.LAW_KK)
    assert [u.address for u in russian.root.walk()] == [u.address for u in kazakh.root.walk()]
    assert (russian.language, kazakh.language) == ("ru", "kk")
    assert russian.text(unit(russian, "art_7").heading) == "Порядок доступа"
    assert kazakh.text(unit(kazakh, "art_7").heading) == "Қолжетімділік тәртібі"
    assert own(russian, "art_7__para_2__subpara_3-1__subpara_б") == "ширину."


def test_order_and_rules_in_russian_and_kazakh_have_the_same_tree() -> None:
    russian, kazakh = act_of(drafts.ORDER_RU), act_of(drafts.ORDER_KK)
    assert [u.address for u in russian.root.walk()] == [u.address for u in kazakh.root.walk()]
    assert russian.requisites.form == kazakh.requisites.form == "order"
    assert russian.requisites.approved_form == kazakh.requisites.approved_form == "rules"


def test_clauses_of_a_point() -> None:
    """An unnumbered sentence after «13.» is clause 2; the first paragraph becomes clause 1."""
    act = act_of("Правила сбора\n13. Сбор открыт.\nСбор закрывается зимой.\nПлата не взимается.\n14. Иное.")
    assert unit(act, "doc_1__para_13").own == (0, 0)
    assert own(act, "doc_1__para_13__clause_1") == "Сбор открыт."
    assert own(act, "doc_1__para_13__clause_3") == "Плата не взимается."
    assert unit(act, "doc_1__para_14").children == ()


def test_indents_after_a_colon_count_from_the_lead_in() -> None:
    act = act_of("Статья 1. Список\n1. Прилагаются:\nпаспорт;\nДиплом;\nсправка.\nИное не требуется.")
    assert addresses(act, UnitKind.INDENT) == [f"art_1__para_1__indent_{n}" for n in (2, 3, 4)]
    assert own(act, "art_1__para_1__indent_3") == "Диплом;"
    assert own(act, "art_1__para_1__clause_2") == "Иное не требуется."


def test_paragraph_inside_a_list_belongs_to_its_subpoint() -> None:
    text = "1. Комиссия:\n1) принимает заявки;\nЗаявки принимаются днем.\n2) выдает решения.\nРешения выдаются вечером."
    act = act_of("Правила приема\n" + text)
    assert own(act, "doc_1__para_1__subpara_1__clause_2") == "Заявки принимаются днем."
    assert own(act, "doc_1__para_1__clause_2") == "Решения выдаются вечером."


def test_list_that_starts_again_under_a_clause() -> None:
    act = act_of("Правила приема\n1. Орган:\n1) принимает;\n2) выдает.\nЗаявитель:\n1) подает;\n2) ждет.\n2. Иное.")
    assert own(act, "doc_1__para_1__subpara_2") == "выдает."
    assert own(act, "doc_1__para_1__clause_2__subpara_2") == "ждет."
    assert act.notices == ()


def test_outer_list_goes_on_after_a_clause_with_its_own_list() -> None:
    text = "1. Понятия:\n1) сбор – плата;\n2) сборы.\nСборы делятся на:\nбольшие;\nмалые;\n3) пеня – доплата."
    act = act_of("Правила сбора\n" + text)
    assert own(act, "doc_1__para_1__subpara_3") == "пеня – доплата."


def test_nested_lists() -> None:
    text = "1. Условия:\n1) лицо:\nа) взрослое;\nб) обученное;\n2) предмет:\n1) исправен;\n2) чист;\n3) срок."
    act = act_of("Правила проката\n" + text)
    assert own(act, "doc_1__para_1__subpara_1__subpara_б") == "обученное;"
    assert own(act, "doc_1__para_1__subpara_2__subpara_1") == "исправен;"


def test_dotted_points_and_dotted_headings() -> None:
    act = act_of("Правила проката\n1. Общие нормы.\n1.1. Прокат открыт.\n1.2. Прокат платный.\n2. Иное.")
    assert addresses(act, UnitKind.POINT) == [f"doc_1__para_{n}" for n in ("1", "1.1", "1.2", "2")]
    act = act_of("Концепция проката\nРаздел 2. Анализ\n2.1. Достигнутые результаты\nПрокат развивается повсеместно.")
    assert act.text(unit(act, "doc_1__subsec_2.1").heading) == "Достигнутые результаты"
    assert own(act, "doc_1__subsec_2.1__clause_1") == "Прокат развивается повсеместно."


def test_points_of_an_article_and_of_a_chapter_do_not_mix() -> None:
    act = act_of("Глава 1. А\nСтатья 1. Б\n1. В.\nСтатья 2. Г\n1. Д.\n2. Е.")
    assert addresses(act, UnitKind.POINT) == ["art_1__para_1", "art_2__para_1", "art_2__para_2"]


def test_numbering_that_starts_again_in_every_chapter() -> None:
    act = act_of("Правила сбора\nГлава 1. А\n1. Первая норма.\n2. Вторая норма.\nГлава 2. Б\n1. Третья норма.")
    assert addresses(act, UnitKind.POINT) == ["doc_1__chp_1__para_1", "doc_1__chp_1__para_2", "doc_1__chp_2__para_1"]
    assert act.notices == ()


def test_duplicate_and_missing_numbers_are_notices() -> None:
    act = act_of("Правила сбора\n1. Первая.\n2. Вторая.\n2. Опять вторая.\n5. Пятая.")
    assert addresses(act, UnitKind.POINT)[2] == "doc_1__para_2_2"
    found = {notice.code: dict(notice.params) for notice in act.notices}
    assert found["structure.duplicate_number"]["address"] == "doc_1__para_2_2"
    assert found["structure.number_gap"]["missing"] == "3–4"
    assert found["structure.number_gap"]["unit_ru"] == "пункт 5 Правил"
    assert found["structure.number_gap"]["unit_kk"] == "Қағидалардың 5-тармағы"


def test_inserted_numbers_are_no_gap() -> None:
    assert act_of("Правила сбора\n1. А.\n1-1. Б.\n1-2. В.\n2. Г.").notices == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Статья 1\nПорядок сбора\nСбор открыт.", "Порядок сбора"),
        ("Статья 1. Порядок сбора грибов\nи ягод\nСбор открыт.", "Порядок сбора грибов\nи ягод"),
        ("СТАТЬЯ 1. ПОРЯДОК СБОРА\nГРИБОВ И ЯГОД\nСбор открыт.", "ПОРЯДОК СБОРА\nГРИБОВ И ЯГОД"),
        ("1-бап\nЖинау тәртібі\nЖинау ашық.", "Жинау тәртібі"),
    ],
)
def test_titles_on_the_next_line(text: str, title: str) -> None:
    act = act_of(text)
    assert act.text(unit(act, "art_1").heading) == title
    assert own(act, "art_1") in ("Сбор открыт.", "Жинау ашық.")


def test_article_whose_text_stands_on_the_line_of_its_number() -> None:
    act = act_of(
        "Статья 1. Внести изменения в Кодекс:\n1) слово «а» исключить.\nСтатья 2. Настоящий Закон вводится в действие."
    )
    assert own(act, "art_1") == "Внести изменения в Кодекс:"
    assert own(act, "art_2") == "Настоящий Закон вводится в действие."
    assert unit(act, "art_2").heading == (0, 0)


def test_two_headings_on_one_line() -> None:
    act = act_of("Глава 4. Сделки Статья 147. Понятие сделки\nСделки бывают разные.")
    assert act.text(unit(act, "chp_4").heading) == "Сделки"
    assert act.text(unit(act, "art_147").heading) == "Понятие сделки"


def test_points_called_parts_in_codes() -> None:
    """Where the code itself speaks of «часть вторая статьи 5», «1.» numbers a clause."""
    articles = [
        f"Статья {n}. Порядок\n1. По части первой статьи {n} решает суд.\n2. Иное решает следователь.\nПодробности."
        for n in range(1, 7)
    ]
    act = act_of("\n".join(articles))
    assert unit(act, "art_5__clause_2").kind is UnitKind.CLAUSE
    assert own(act, "art_5__clause_2__indent_2") == "Подробности."
    points = act_of("\n".join(text.replace("части первой", "пункту 1") for text in articles))
    assert unit(points, "art_5__para_2").kind is UnitKind.POINT


def test_broken_line_at_a_reference() -> None:
    act = act_of("Статья 5. А\n1. Лица, указанные в\n2) пункта 3 статьи 4 настоящего Закона, платят.\n2. Иное.")
    assert own(act, "art_5__para_1").endswith("2) пункта 3 статьи 4 настоящего Закона, платят.")
    assert addresses(act, UnitKind.SUBPOINT) == []


def test_requisites() -> None:
    text = (
        "Проект\nДля служебного пользования\nМИНИСТЕРСТВО ВОДЫ РЕСПУБЛИКИ КАЗАХСТАН\n"
        "ПРИКАЗ\nот 12 августа 2026 года № 25-НҚ\n"
        "Об утверждении Правил сбора\nдождевой воды\n"
        "В соответствии с Законом ПРИКАЗЫВАЮ:\n1. Утвердить прилагаемые Правила."
    )
    requisites = act_of(text).requisites
    assert (requisites.form, requisites.number, requisites.date) == ("order", "25-НҚ", "2026-08-12")
    assert requisites.title == "Об утверждении Правил сбора дождевой воды"
    assert requisites.issuer == "МИНИСТЕРСТВО ВОДЫ РЕСПУБЛИКИ КАЗАХСТАН"
    assert requisites.restricted == "Для служебного пользования"
    kazakh = act_of(
        "БҰЙРЫҚ\n2023 жылғы 16 қаңтардағы № 21\nСу жинау қағидаларын\n"
        "бекіту туралы\nЗаңға сәйкес БҰЙЫРАМЫН:\n1. Бекітілсін."
    ).requisites
    assert (kazakh.form, kazakh.number, kazakh.date) == ("order", "21", "2023-01-16")
    assert kazakh.title == "Су жинау қағидаларын бекіту туралы"


@pytest.mark.parametrize(
    ("enacting", "form"),
    [
        ("ПРИКАЗЫВАЮ:", "order"), ("ПРИКАЗЫВАЕМ:", "order"), ("ПОСТАНОВЛЯЕТ:", "resolution"),
        ("ПОСТАНОВЛЯЮ:", "decree"),
        ("РЕШИЛ:", "decision"), ("БҰЙЫРАМЫН:", "order"), ("БҰЙЫРАМЫЗ:", "order"), ("ҚАУЛЫ ЕТЕДІ:", "resolution"),
        ("ҚАУЛЫ ЕТЕМІН:", "decree"), ("ШЕШІМ ҚАБЫЛДАДЫ:", "decision"),
    ],
)  # fmt: skip
def test_enacting_words_open_the_order(enacting: str, form: str) -> None:
    act = act_of(f"На основании Закона {enacting}\n1. Первая.\n2. Вторая.")
    assert act.requisites.form == form
    assert own(act, "enacting") == enacting and own(act, "preamble") == "На основании Закона"
    assert own(act, "order__para_2") == "Вторая."


@pytest.mark.parametrize(
    "stamp",
    [
        "Утверждены\nприказом Министра\nот 1 марта 2026 года\n№ 5",
        "УТВЕРЖДЕНЫ\nприказом Министра водных ресурсов\nРеспублики Казахстан\nот «___» _____ 2026 года № ___",
        "Утверждены приказом Министра от 1 марта 2026 года № 5",
        "Приложение к приказу Министра\nот 1 марта 2026 года № 5",
    ],
)
def test_approval_stamps(stamp: str) -> None:
    act = act_of(
        f"ПРИКАЗ\nО правилах\nНа основании Закона ПРИКАЗЫВАЮ:\n"
        f"1. Утвердить Правила.\nМинистр А. Боев\n{stamp}\nПравила сбора\n1. Сбор."
    )
    assert own(act, "doc_1__stamp") == stamp
    assert own(act, "doc_1__title") == "Правила сбора"
    assert own(act, "doc_1__para_1") == "Сбор."


@pytest.mark.parametrize(
    "stamp",
    [
        "Қазақстан Республикасы\nСу министрінің\n2026 жылғы 1 наурыздағы\n№ 5 бұйрығымен\nбекітілген",
        "Су министрінің 2026 жылғы 1 наурыздағы № 5 бұйрығымен бекітілген",
        "Көл қаласы әкімдігінің\n2026 жылғы «___» ______\n№ ___ қаулысымен БЕКІТІЛГЕН",
    ],
)
def test_kazakh_approval_stamps(stamp: str) -> None:
    act = act_of(
        f"БҰЙРЫҚ\nҚағидалар туралы\nЗаңға сәйкес БҰЙЫРАМЫН:\n1. Қағидалар бекітілсін.\n"
        f"Министр А. Боев\n{stamp}\nСу жинау қағидалары\n1. Жинау."
    )
    assert own(act, "doc_1__stamp") == stamp
    assert own(act, "doc_1__title") == "Су жинау қағидалары"


def test_document_whose_stamp_is_lost() -> None:
    act = act_of("На основании Закона ПРИКАЗЫВАЮ:\n1. Утвердить Правила.\n2. Иное.\nПравила сбора\n1. Сбор открыт.")
    assert own(act, "doc_1__title") == "Правила сбора"
    assert own(act, "doc_1__para_1") == "Сбор открыт." and act.notices == ()


def test_annex_with_a_table_of_cells() -> None:
    rows = [["№", "Нарушение", "Срок"], ["1", "Опоздание", "10 дней"], ["2", "Шум", "5 дней"]]
    act = structure(
        with_table("Правила сбора\n1. Сбор.\nПриложение 3 к Правилам сбора\nСроки", rows, "Примечание: дни рабочие.")
    )
    assert own(act, "annex_3__row_2") == "Шум\n5 дней"
    assert unit(act, "annex_3__row").role.value == "heading"
    assert own(act, "annex_3__note") == "Примечание: дни рабочие."


def test_stamp_laid_out_in_a_table_of_one_row() -> None:
    act = structure(
        with_table("Правила сбора\n1. Сбор.", [["Приложение 2 к Правилам сбора"]], "Сроки\n1. Срок – пять дней.")
    )
    assert own(act, "annex_2__para_1") == "Срок – пять дней."


def test_cells_that_name_annexes_are_no_stamps() -> None:
    rows = [["1", "Приложение 5 к Правилам"], ["2", "Утвержден приказом"], ["3", "Иное"]]
    act = structure(with_table("Правила сбора\n1. Сбор.\nПриложение 1 к Правилам сбора\nОпись", rows))
    assert own(act, "annex_1__row_1") == "Приложение 5 к Правилам" and act.find("annex_5") is None


def test_rows_without_numbers_are_counted() -> None:
    act = structure(
        with_table("Правила сбора\n1. Сбор.\nПриложение 3 к Правилам сбора\nСроки", [["Опоздание", "10"], ["Шум", "5"]])
    )
    assert own(act, "annex_3__row_2") == "Шум\n5"


def test_second_table_of_an_annex() -> None:
    text = "Правила сбора\n1. Сбор.\nПриложение 1 к Правилам сбора\nСроки\n№ | А\n1 | б\nДалее:\n№ | А\n1 | в"
    act = act_of(text)
    assert own(act, "annex_1__row_1") == "б" and own(act, "annex_1__table_2__row_1") == "в"


def test_annexes_of_two_documents() -> None:
    stamp = "Утверждены приказом Министра от 1 марта 2026 года № 5"
    act = act_of(
        f"{stamp}\nПравила а б\n1. А.\nПриложение 1 к Правилам\nФ\n1. Ж.\n"
        f"{stamp}\nИнструкция по в\n1. Б.\nПриложение 1 к Инструкции\nХ\n1. З."
    )
    assert own(act, "annex_1__para_1") == "Ж." and own(act, "doc_2__annex_1__para_1") == "З."
    assert act.notices == ()


def test_table_of_contents_is_not_the_body() -> None:
    text = (
        "Концепция воды\nСОДЕРЖАНИЕ\nРаздел 1. Паспорт\nРаздел 2. Анализ\n"
        "Раздел 1. Паспорт\nВода нужна всем.\nРаздел 2. Анализ\nВоды мало."
    )
    act = act_of(text)
    assert addresses(act, UnitKind.SECTION) == ["doc_1__sec_1", "doc_1__sec_2"]
    assert own(act, "doc_1__sec_2__clause_1") == "Воды мало."
    assert act.notices == ()


def test_notes_with_points_of_their_own() -> None:
    act = act_of("Статья 1. А\n1. Б.\n2. В.\nПримечания.\n1. Г.\n2. Д.\nСтатья 2. Е\n1. Ж.")
    assert own(act, "art_1__note__para_2") == "Д."
    assert own(act, "art_2__para_1") == "Ж." and act.notices == ()


@pytest.mark.parametrize(
    "text", ["", "\n\n", "   ", "»", "1.", "1)", "«", "Статья", "Приложение", "бекітілген", "№", "|", "\t"]
)
def test_scraps_give_a_tree(text: str) -> None:
    act = act_of(text)
    assert act.root.kind is UnitKind.ACT and not act.is_act


def test_empty_source() -> None:
    act = structure(SourceText("", (), "text"))
    assert act.root.children == () and act.root.span == (0, 0) and not act.is_act


def test_mixed_text_is_mixed() -> None:
    act = act_of(drafts.ORDER_RU + drafts.ORDER_KK)
    assert act.language == "mixed"
    assert {u.language for u in act.root.walk() if u.kind is UnitKind.POINT} == {"ru", "kk"}


def test_doubts_of_one_kind_are_told_up_to_a_number_of_them() -> None:
    norm = "1. Орган рассматривает заявление.\n"
    for more in (0, 1, 7):
        found = act_of("Правила проката\n" + norm * (1 + TOLD_OF_A_KIND + more)).notices
        assert [notice.code for notice in found].count("structure.duplicate_number") == TOLD_OF_A_KIND
        left = [dict(notice.params)["count"] for notice in found if notice.code == "structure.more_notices"]
        assert left == ([str(more)] if more else [])
