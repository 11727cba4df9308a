"""Which tables are comparative ones, and what their columns and rows are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.reading.source import Block, BlockKind, Place
from nlp.structure import structure
from nlp.structure.act import Role
from nlp.structure.comparative import has_comparative_table
from nlp.structure.comparative_layout import recognise
from nlp.structure.comparative_rows import Fate, comparative_rows
from tests.structure.comparative.tables import KK, RU, TITLE_KK, act_of, rows_of, table
from tests.structure.test_total import check

OLD, NEW = "3) выдает разрешения;", "3) вправе выдавать разрешения;"


def kinds(*head: str) -> str:
    layout = recognise([dict(enumerate(head)), {0: "1", 1: "a", 2: "b"}])
    return "" if layout is None else " ".join(column.kind for column in layout.columns)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (tuple(RU), "number unit current proposed reason"),
        (tuple(KK), "number unit current proposed reason"),
        (("№", "Статья", "Действующая редакция", "Новая редакция"), "number unit current proposed"),
        (("Текст действующей редакции", "Редакция проекта"), "current proposed"),
        (("Предлагаемая редакция", "Действующая редакция", "Обоснование"), "proposed current reason"),
        (
            ("№", "Структурный элемент", "Редакция законопроекта", "Предлагаемое изменение или дополнение",
             "Автор изменения и его обоснование", "Решение головного комитета"),
            "number unit current proposed reason reason",
        ),
        (("Действующая редакция", "Редакция проекта", "Обоснование предлагаемой редакции"), "current proposed reason"),
        (("№ р/с", "Қолданыстағы редакциясы", "Ұсынылып отырған редакция"), "number current proposed"),
        (("Қазіргі мәтін", "Жобаның редакциясы", "Түсініктеме"), "current proposed reason"),
        (("Было", "Стало"), "current proposed"),
        (("ДЕЙСТВУЮЩАЯ\nРЕДАКЦИЯ", "ПРЕДЛАГАЕМАЯ\nРЕДАКЦИЯ:"), "current proposed"),
    ],
)  # fmt: skip
def test_heads(head: tuple[str, ...], wanted: str) -> None:
    assert kinds(*head) == wanted


@pytest.mark.parametrize(
    "head",
    [
        ("№", "Наименование услуги", "Срок", "Плата"),
        ("№ п/п", "Структурный элемент", "Действующая редакция", "Обоснование"),
        ("Статья", "Предлагаемая редакция"),
        ("Р/с №", "Атауы", "Мерзімі"),
        ("В действующей редакции пункта 5 слова о сборах читать иначе, а предлагаемая редакция " * 4, "б"),
        ("", "", ""),
    ],
)
def test_other_tables_are_left_alone(head: tuple[str, ...]) -> None:
    assert kinds(*head) == ""
    assert not has_comparative_table(act_of([head, ["1", "Статья 5", OLD, NEW]]).root)


def test_head_of_two_rows_and_figures_below() -> None:
    act = act_of(
        [
            {0: "№ п/п", 1: "Структурный элемент", 2: "Редакция", 4: "Обоснование"},
            {2: "действующая", 3: "предлагаемая"},
            {0: "1", 1: "2", 2: "3", 3: "4", 4: "5"},
            {0: "1", 1: "Подпункт 3) пункта 2 статьи 5", 2: OLD, 3: NEW, 4: "Причина."},
        ]
    )
    [row] = comparative_rows(act)
    assert (row.number, row.fate) == ("1", Fate.CHANGED)
    assert [p.text for p in row.proposed] == ["вправе выдавать разрешения;"]
    assert act.text(row.reason) == "Причина."


def test_title_inside_the_table_and_head_repeated_on_each_page() -> None:
    act = act_of(
        [{0: "Сравнительная таблица"}, RU, ["1", "2", "3", "4", "5"], ["1", "пункт 1 статьи 2", "1. А.", "1. Б.", ""],
         RU, ["1", "2", "3", "4", "5"], ["2", "пункт 2 статьи 2", "2. В.", "2. Г.", ""]]
    )  # fmt: skip
    assert [row.number for row in comparative_rows(act)] == ["1", "2"]
    check(act)


def test_merged_rows_name_the_acts() -> None:
    rows = rows_of(
        {0: "Кодекс Республики Казахстан от 29 октября 2015 года «Предпринимательский кодекс Республики Казахстан»"},
        {0: "1.", 1: "статья 5", 2: "1. А.", 3: "1. Б."},
        {0: "2", 1: "Закон Республики Казахстан от 4 мая 2020 года № 7 «О сборах»"},
        {0: "3.", 1: "статья 6", 2: "1. А.", 3: "1. Б."},
        {0: "Глава 3. Плата"},
        {0: "4.", 1: "статья 7", 2: "1. А.", 3: "1. Б."},
    )
    assert [(row.number, row.act.form, row.act.title, row.act.date, row.act.number) for row in rows] == [
        ("1", "code", "Предпринимательский кодекс Республики Казахстан", "2015-10-29", ""),
        ("3", "law", "О сборах", "2020-05-04", "7"),
        ("4", "law", "О сборах", "2020-05-04", "7"),
    ]


def test_several_tables_with_the_act_above_each() -> None:
    first = [RU, ["1", "пункт 1 статьи 2", "1. А.", "1. Б.", ""]]
    second = [RU, ["1", "пункт 1 статьи 9", "1. В.", "1. Г.", ""]]
    act = act_of(
        first, title="Сравнительная таблица\nк проекту закона\nЗакон Республики Казахстан «О сборах»", further=[second]
    )
    assert [(row.number, row.proposed[0].address) for row in comparative_rows(act)] == [
        ("1", "row_1__qstr__art_2__para_1"),
        ("1", "table_2__row_1__qstr__art_9__para_1"),
    ]
    check(act)


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        (("1. А.", "Исключить."), Fate.REMOVED),
        (("1. А.", "исключен"), Fate.REMOVED),
        (("1. А.", "Статья 5. Сбор\n…\n1. Исключить."), Fate.REMOVED),
        (("1. А.", "Пункт 1 статьи 5 исключить"), Fate.REMOVED),
        (("1. А.", "алып тасталсын"), Fate.REMOVED),
        (("1. А.", "1-тармақ алып тасталсын."), Fate.REMOVED),
        (("1. А.", "Күші жойылды деп танылсын"), Fate.REMOVED),
        (("1. А.", "без изменений"), Fate.UNCHANGED),
        (("1. А.", "Өзгеріссіз"), Fate.UNCHANGED),
        (("1. А.", "–"), Fate.UNCHANGED),
        (("1. А.", ""), Fate.UNCHANGED),
        (("Отсутствует", "1. Б."), Fate.NEW),
        (("Статья 5-1. Отсутствует.", "Статья 5-1. Плата\n1. Б."), Fate.NEW),
        (("1-1) отсутствует;", "1-1) плата;"), Fate.NEW),
        (("Жоқ", "1. Б."), Fate.NEW),
        (("", "1. Б."), Fate.NEW),
        (("...", "1. Б."), Fate.NEW),
        (("1. А.", "1. Исключить из реестра лицо вправе уполномоченный орган."), Fate.CHANGED),
        (("1. Реестр отсутствует у заявителя.", "1. Б."), Fate.CHANGED),
    ],
)
def test_short_cells(words: tuple[str, str], fate: Fate) -> None:
    [row] = rows_of(["1", "пункт 1 статьи 5", *words, "Причина."])
    assert row.fate is fate


def test_rows_that_go_on_after_a_page_break_are_one() -> None:
    act = act_of(
        [
            RU,
            ["1", "Статья 5", "Статья 5. Сбор\n1. Орган взимает", "Статья 5. Сбор\n1. Орган вправе взимать", "Это"],
            {2: "сбор.\n2. А.", 3: "сбор.\n2. Б.", 4: "нужно."},
            ["2", "Статья 6", "1. В.", "1. Г.", ""],
            {4: "Потому что."},
        ]
    )
    first, second = comparative_rows(act)
    assert [p.text.replace("\n", " ") for p in first.proposed] == ["Орган вправе взимать сбор.", "Б."]
    assert [p.text.replace("\n", " ") for p in first.current] == ["Орган взимает сбор.", "А."]
    assert act.text(first.reason) == "Это\nнужно."
    assert [p.text for p in second.proposed] == ["Г."]
    check(act)


def test_a_table_inside_a_cell_belongs_to_the_wording() -> None:
    source = table(
        [RU, ["1", "пункт 1 статьи 5", "1. А.", "1. Размеры сбора:", ""], ["2", "пункт 2", "2. В.", "2. Г.", ""]]
    )
    at = next(n for n, b in enumerate(source.blocks) if source.text[b.start : b.end] == "1. Размеры сбора:") + 1
    inner = "рынок – 5 показателей;"
    start = source.blocks[at].start
    block = Block(BlockKind.CELL, start, start + len(inner), Place(50, table=1, row=0, column=0))
    moved = [replace(b, start=b.start + len(inner) + 1, end=b.end + len(inner) + 1) for b in source.blocks[at:]]
    text = f"{source.text[:start]}{inner}\n{source.text[start:]}"
    act = structure(replace(source, text=text, blocks=(*source.blocks[:at], block, *moved)))
    first, second = comparative_rows(act)
    assert [p.text for p in first.proposed] == ["Размеры сбора:", inner]
    assert [p.text for p in second.proposed] == ["Г."]


def test_places_of_continued_rows_stay_those_of_the_file() -> None:
    act = act_of([RU, ["1", "Статья 5", "1. А", "1. Б", ""], {2: "в.", 3: "г."}])
    words = {act.source.text[b.start : b.end]: b.place for b in act.source.blocks}
    assert (words["в."].row, words["г."].row) == (2, 2)
    assert act.source.text.index("в.") < act.source.text.index("1. Б")


def test_two_blocks_of_columns_in_two_languages() -> None:
    head = [*RU, *KK[1:]]
    act = act_of(
        [head, ["1", "Статья 5", "1. Орган рассматривает.", "1. Орган вправе рассмотреть.", "Так надо.",
                "5-бап", "1. Орган қарайды.", "1. Орган қарауға құқылы.", "Қажет."]]
    )  # fmt: skip
    russian, kazakh = comparative_rows(act)
    assert (russian.language, russian.proposed[0].text) == ("ru", "Орган вправе рассмотреть.")
    assert (kazakh.language, kazakh.current[0].text, kazakh.proposed[0].text) == (
        "kk", "Орган қарайды.", "Орган қарауға құқылы.",
    )  # fmt: skip
    check(act)


def test_the_table_is_an_act_of_the_form_of_its_draft() -> None:
    act = act_of([KK, ["1", "5-бап", "1. Орган қарайды.", "1. Орган қарауға құқылы.", ""]], TITLE_KK)
    assert act.is_act
    assert act.requisites.form == "law"
    assert act.language == "kk"


def test_only_the_proposed_wording_is_judged() -> None:
    from nlp.structure import provisions

    act = act_of([RU, ["1", "пункт 2 статьи 5", "2. Комиссия вправе отказать.", "2. Комиссия отказывает.", "Вправе."]])
    assert [(p.role, p.text) for p in provisions(act)] == [(Role.QUOTED, "Комиссия отказывает.")]
