"""Headings and numbers that drafts write in their own way: without a word, in prose, in tables broken into lines."""

from __future__ import annotations

import pytest

from nlp.reading.plain import read_plain
from nlp.structure import cite, provisions, structure
from nlp.structure.act import Role, UnitKind
from tests.structure.helpers import own, source, unit

RULES = {"ru": "Правила пользования пристанью", "kk": "Айлақты пайдалану қағидалары"}
CONCEPT = {"ru": "Концепция развития пристаней до 2030 года", "kk": "Айлақтарды дамыту тұжырымдамасы"}


def units(text: str, *kinds: UnitKind) -> list[tuple[str, str]]:
    """Kind and number of all units of some kinds."""
    return [(u.kind.value, u.number) for u in structure(source(text)).root.walk() if u.kind in kinds]


@pytest.mark.parametrize(
    ("title", "first", "second", "norm"),
    [
        (RULES["ru"], "Общие положения", "Порядок стоянки", "Пристань открыта."),
        (RULES["kk"], "Жалпы ережелер", "Тұрақ тәртібі", "Айлақ ашық."),
    ],
)
def test_chapters_without_their_word(title: str, first: str, second: str, norm: str) -> None:
    for numbers in ((1, 2, 3, 4), (1, 2, 1, 2)):  # points go on through the text, or start again
        a, b, c, d = numbers
        text = f"{title}\n1. {first}\n{a}. {norm}\n{b}. {norm}\n2. {second}\n{c}. {norm}\n{d}. {norm}"
        act = structure(source(text))
        chapters = [u for u in act.root.walk() if u.kind is UnitKind.CHAPTER]
        assert [(u.number, act.text(u.heading)) for u in chapters] == [("1", first), ("2", second)]
        assert [[p.number for p in u.children] for u in chapters] == [[str(a), str(b)], [str(c), str(d)]]
        assert not act.notices


@pytest.mark.parametrize("text", ["1. Северная\n2. Южная\n3. Восточная", "1. Общие положения\n2. Порядок\n3. Норма."])
def test_items_without_stops_are_no_chapters(text: str) -> None:
    assert units(f"{RULES['ru']}\n{text}", UnitKind.CHAPTER) == []


@pytest.mark.parametrize(
    ("language", "section", "task", "heading", "cited"),
    [
        ("ru", "Раздел 5. Подходы", "Задача 2. Открытость", "Меры открытости", "часть вторая задачи 2 Концепции"),
        (
            "kk",
            "5-бөлім. Тәсілдер",
            "2-міндет. Ашықтық",
            "Ашықтық шаралары",
            "Тұжырымдаманың 2-міндетінің екінші бөлігі",
        ),
    ],
)
def test_tasks_of_a_concept_and_headings_in_its_prose(
    language: str, section: str, task: str, heading: str, cited: str
) -> None:
    sentences = {"ru": ("Первое предложение.", "Второе предложение."), "kk": ("Бірінші сөйлем.", "Екінші сөйлем.")}
    first, second = sentences[language]
    text = f"{CONCEPT[language]}\n{section}\n{first}\n{task}\n{heading}\n{first}\n{second}"
    act = structure(source(text))
    found = unit(act, "doc_1__task_2")
    assert [(u.kind, u.role, u.number) for u in found.children] == [
        (UnitKind.TEXT, Role.HEADING, ""), (UnitKind.CLAUSE, Role.NORM, "1"), (UnitKind.CLAUSE, Role.NORM, "2"),
    ]  # fmt: skip
    assert own(act, "doc_1__task_2__clause_2") == second
    assert cite(act, "doc_1__task_2__clause_2", language) == cited
    assert next(p for p in provisions(act) if p.text == second).heading == heading


def test_a_task_between_the_rows_of_a_plan_is_no_unit() -> None:
    text = f"{RULES['ru']}\n1. Норма.\nПриложение к Правилам пользования пристанью\nПлан мер\n"
    text += "Задача 1. Открытость\n1. Мера."
    assert units(text, UnitKind.TASK) == []


def test_a_sentence_without_a_stop_in_an_article_is_no_heading() -> None:
    text = "Статья 1. Пристань\n1. Пристань открыта.\nЗимой пристань закрыта\nЛетом пристань открыта.\n"
    text += "Статья 2. Плата\nПлата."
    act = structure(source(text))
    assert own(act, "art_1__para_1__clause_2") == "Зимой пристань закрыта"


@pytest.mark.parametrize(
    ("title", "section", "line"),
    [
        (CONCEPT["ru"], "Раздел 6. Итоги", "6.1. Показатели по итогам 2026 года:"),
        (CONCEPT["kk"], "6-бөлім. Нәтижелер", "6.1. 2026 жылдың қорытындысы бойынша индикаторлар:"),
    ],
)
def test_subsections_of_a_concept_may_end_with_a_colon(title: str, section: str, line: str) -> None:
    act = structure(source(f"{title}\n{section}\n{line}\n1) один;\n2) два."))
    assert unit(act, "doc_1__subsec_6.1").kind is UnitKind.SUBSECTION
    assert [u.number for u in act.root.walk() if u.kind is UnitKind.SUBPOINT] == ["1", "2"]
    rules = structure(source(f"{RULES['ru']}\nРаздел 6. Обязанности\n6.1. Оператор обязан:\n1) один;\n2) два."))
    assert unit(rules, "doc_1__para_6.1").kind is UnitKind.POINT


def test_roman_subdivisions_of_a_paragraph_are_headings() -> None:
    text = (
        "Раздел 1. Лица\nГлава 2. Товарищества\nПараграф 1. Полные\nСтатья 1. Понятие\nНорма.\n"
        "II. Общество с долями\nСтатья 2. Понятие\nНорма.\nРаздел 2. Вещи\nСтатья 3. Понятие\nНорма."
    )
    act = structure(source(text))
    assert units(text, UnitKind.SECTION) == [("section", "1"), ("section", "2")]
    assert [u.number for u in unit(act, "chp_2").walk() if u.kind is UnitKind.ARTICLE] == ["1", "2"]
    roman = "I. Общие\nГлава 1. Лица\n1. Норма.\nII. Особые\nГлава 2. Вещи\n2. Норма."
    assert units(roman, UnitKind.SECTION) == [("section", "I"), ("section", "II")]


@pytest.mark.parametrize("cells", [("Принятие\nмер", "IV квартал", "МИО"), ("Шаралар\nқабылдау", "IV тоқсан", "ЖАО")])
def test_rows_of_a_table_that_is_broken_into_lines(cells: tuple[str, ...]) -> None:
    rows = "\n".join(f"{number}.\n" + "\n".join(cells) for number in (1, 2, 3))
    act = structure(source(f"{RULES['ru']}\n1. Норма.\nПриложение к Правилам пользования пристанью\nПлан мер\n{rows}"))
    assert [(u.kind, u.number) for u in unit(act, "annex__table").children] == [
        (UnitKind.ROW, "1"), (UnitKind.ROW, "2"), (UnitKind.ROW, "3"),
    ]  # fmt: skip
    numbers = "\n".join(f"{number}.\nПристань открыта для всех." for number in (1, 2, 3))
    assert units(f"{RULES['ru']}\n{numbers}", UnitKind.POINT, UnitKind.ROW) == [("point", n) for n in "123"]


def test_kazakh_instructions_that_name_a_subpoint_begin_none() -> None:
    text = (
        "БҰЙРЫҚ\nӨзгерістер енгізу туралы\nЗаңға сәйкес БҰЙЫРАМЫН:\n1. Қағидаларға мынадай өзгерістер енгізілсін:\n"
        "1) 2-тармақта:\n2) тармақша алып тасталсын;\n3)тармақша мынадай редакцияда жазылсын:\n«3) айлақ – орын;»;\n"
        "2) 6-тармақ алып тасталсын."
    )
    act = structure(source(text))
    point = unit(act, "order__para_1")
    assert [(u.kind, u.number) for u in point.children] == [(UnitKind.SUBPOINT, "1"), (UnitKind.SUBPOINT, "2")]
    assert [(u.kind, u.number) for u in point.children[0].children] == [(UnitKind.INDENT, "2"), (UnitKind.INDENT, "3")]
    assert own(act, "order__para_1__subpara_1__indent_2") == "2) тармақша алып тасталсын;"


@pytest.mark.parametrize(
    ("instruction", "wording", "numbers"),
    [
        ("пункт 3 дополнить частями третьей и четвертой следующего содержания:", "«Первая.\nВторая.»", ["3", "4"]),
        ("часть вторую изложить в следующей редакции:", "«Первая.»", ["2"]),
        ("дополнить абзацем девятым следующего содержания:", "«рост сборов;»", ["9"]),
        ("после части первой дополнить частью следующего содержания:", "«Первая.»", ["1"]),
        ("3-тармақ мынадай мазмұндағы үшінші және төртінші бөліктермен толықтырылсын:", "«Бір.\nЕкі.»", ["3", "4"]),
        ("екінші бөлік мынадай редакцияда жазылсын:", "«Бір.»", ["2"]),
        ("мынадай мазмұндағы тоғызыншы абзацпен толықтырылсын:", "«алымның өсуі;»", ["9"]),
    ],
)
def test_quoted_clauses_have_the_ordinals_the_instruction_names(
    instruction: str, wording: str, numbers: list[str]
) -> None:
    heads = {
        "ru": "ПРИКАЗ\nО внесении изменений\nНа основании Закона ПРИКАЗЫВАЮ:\n1. Внести в Правила изменения:\n",
        "kk": "БҰЙРЫҚ\nӨзгерістер енгізу туралы\nЗаңға сәйкес БҰЙЫРАМЫН:\n1. Қағидаларға өзгерістер енгізілсін:\n",
    }
    head = heads["ru" if "следующ" in instruction else "kk"]
    act = structure(source(f"{head}1) {instruction}\n{wording};\n2) пункт 9 исключить."))
    assert [u.number for u in act.root.walk() if u.role is Role.QUOTED] == numbers


@pytest.mark.parametrize(
    ("lead", "items", "excluded"),
    [
        ("Оператор:", ["1) ведет журнал;", "3) закрывает пристань."], "2) исключен Законом РК от 01.02.2020 № 1-VI;"),
        (
            "Оператор:",
            ["1) журнал жүргізуге;", "2) айлақты жабуға құқылы;"],
            "3) алып тасталды – ҚР 01.02.2020 № 1-VI Заңымен.",
        ),
    ],
)
def test_excluded_units_keep_their_place(lead: str, items: list[str], excluded: str) -> None:
    lines = sorted([*items, excluded])
    text = "Статья 1. Оператор\n1. " + lead + "\n" + "\n".join(lines) + "\nСтатья 2. Плата\n1. Плата взимается."
    act = structure(read_plain(text.encode(), "a.txt"))
    found = unit(act, f"art_1__para_1__subpara_{excluded[0]}")
    assert found.role is Role.EXCLUDED
    assert [u.number for u in unit(act, "art_1__para_1").children] == ["1", "2", "3"]
    assert not any(notice.code == "structure.number_gap" for notice in act.notices)
    given = {p.id: p for p in provisions(act)}
    assert found.address not in given
    if "құқылы" in items[1]:
        assert given["art_1__para_1__subpara_1"].tail == "құқылы;"


@pytest.mark.parametrize(
    "words",
    [
        "исключен Законом РК от 01.02.2020 № 1-VI;", "(исключен)", "Исключить Законом РК от 01.02.2020 № 1-VI.",
        "исключ Законом РК;", "утратил силу;", "алып тасталды– ҚР 01.02.2020 № 1-VI Заңымен;",
        "Алып тасталдын – ҚР Заңымен.",
        "(алынып тасталды)", "күші жойылды;",
    ],
)  # fmt: skip
def test_ways_to_say_that_a_unit_is_excluded(words: str) -> None:
    act = structure(source(f"Статья 1. Пристань\n1. Пристань открыта.\n2. {words}\n3. Пристань закрыта."))
    assert [u.role for u in unit(act, "art_1").children] == [Role.NORM, Role.EXCLUDED, Role.NORM]


@pytest.mark.parametrize("words", ["Исключение из реестра.", "Исключить сведения из реестра.", "Алып тастау тәртібі."])
def test_norms_about_exclusion_are_norms(words: str) -> None:
    act = structure(source(f"Статья 1. Реестр\n1. Реестр открыт.\n2. {words}"))
    assert unit(act, "art_1__para_2").role is not Role.EXCLUDED


def test_an_excluded_point_above_an_article_is_no_heading() -> None:
    text = "Глава 1. Лица\n1. Полные\nСтатья 1. Понятие\nНорма.\n2. (исключен)\nСтатья 2. Плата\nНорма."
    assert units(text, UnitKind.PARAGRAPH) == [("paragraph", "1")]


@pytest.mark.parametrize(
    ("act", "title", "grounds", "verb"),
    [
        ("ПРИКАЗ", "О пристанях", "В соответствии с Законом о реках", "ПРИКАЗЫВАЮ:"),
        ("БҰЙРЫҚ", "Айлақтар туралы", "Өзендер туралы Заңның 8-бабына сәйкес", "БҰЙЫРАМЫН:"),
    ],
)
def test_grounds_on_a_line_of_their_own(act: str, title: str, grounds: str, verb: str) -> None:
    found = structure(source(f"{act}\n{title}\n{grounds}\n{verb}\n1. Норма."))
    assert found.requisites.title == title
    assert own(found, "preamble") == grounds


@pytest.mark.parametrize(
    ("violation", "sanction"),
    [("Нарушение правил стоянки, –", "влечет штраф."), ("Тұрақ қағидаларын бұзу –", "айыппұл салуға әкеп соғады.")],
)
def test_the_sanction_behind_a_dash_is_the_second_paragraph(violation: str, sanction: str) -> None:
    act = structure(source(f"Статья 1. Стоянка\n1. {violation}\n{sanction}\n2. {violation}\n{sanction}"))
    assert own(act, "art_1__para_2") == violation and own(act, "art_1__para_2__indent_2") == sanction
    assert next(p.lead for p in provisions(act) if p.address == "art_1__para_2__indent_2") == violation


@pytest.mark.parametrize(
    ("text", "chapter", "paragraph"),
    [
        (
            "Глава 3. СБОР ВОДЫ Параграф 1. Общие положения\nСтатья 5. Сосуды\nСосуды чистые.\n"
            "Параграф 2. Крышки\nСтатья 6. Крышки\nКрышки целые.",
            "СБОР ВОДЫ",
            "Общие положения",
        ),
        (
            "3-тарау. СУ ЖИНАУ 1-параграф. Жалпы ережелер\n5-бап. Ыдыстар\nЫдыстар таза болады.\n"
            "2-параграф. Қақпақтар\n6-бап. Қақпақтар\nҚақпақтар бүтін болады.",
            "СУ ЖИНАУ",
            "Жалпы ережелер",
        ),
    ],
)
def test_a_chapter_and_its_first_paragraph_on_one_line(text: str, chapter: str, paragraph: str) -> None:
    act = structure(source(text))
    units = {(unit.kind, unit.number): unit for unit in act.root.walk()}
    heads = units[UnitKind.CHAPTER, "3"], units[UnitKind.PARAGRAPH, "1"]
    assert [act.text(unit.heading) for unit in heads] == [chapter, paragraph]
    assert units[UnitKind.PARAGRAPH, "1"] in units[UnitKind.CHAPTER, "3"].children
    assert units[UnitKind.ARTICLE, "5"] in units[UnitKind.PARAGRAPH, "1"].children
    assert units[UnitKind.ARTICLE, "6"] in units[UnitKind.PARAGRAPH, "2"].children
