"""Changes of comparative tables: what differs is charged to the draft, what both columns say is not."""

from __future__ import annotations

import pytest

from nlp.changes.change import Change
from nlp.changes.comparative import table_changes
from tests.structure.comparative.tables import RU, Row, act_of


def changes(*rows: Row) -> list[Change]:
    act = act_of([RU, *rows])
    found = list(table_changes(act))
    for change in found:
        for piece in change.pieces:
            assert (
                change.after[piece.start : piece.start + piece.length]
                == (act.source.text[piece.source : piece.source + piece.length])
            )
        assert all(0 <= start < end <= len(change.after) for start, end in change.changed)
        assert act.find(change.address) is not None
    return found


def pairs(*rows: Row) -> list[tuple[str, str]]:
    return [(change.before, change.after) for change in changes(*rows)]


def test_the_smallest_provision_that_differs() -> None:
    old = "Статья 5. Сбор\n1. Орган взимает сбор.\n2. Орган:\n1) ведет учет;\n2) выдает справки.\n3. Сбор невозвратен."
    new = old.replace("выдает справки", "вправе выдавать справки")
    [change] = changes(["1", "Статья 5", old, new, ""])
    assert (change.before, change.after) == ("выдает справки.", "вправе выдавать справки.")
    assert change.address == "row_1__qstr__art_5__para_2__subpara_2"
    assert (change.heading, change.lead) == ("Сбор", "Орган:")
    assert [change.after[start:end] for start, end in change.changed] == ["вправе выдавать"]


def test_lead_and_heading_come_from_the_wording_in_force_where_the_proposed_one_leaves_them_out() -> None:
    [change] = changes(
        ["1", "подпункт 2) пункта 1 статьи 5", "Статья 5. Сбор\n1. Орган вправе:\n2) отказать.", "2) отсрочить.", ""]
    )
    assert (change.before, change.after) == ("отказать.", "отсрочить.")
    assert (change.heading, change.lead) == ("Сбор", "Орган вправе:")


def test_new_units_are_new_as_a_whole() -> None:
    [change] = changes(["1", "Новый пункт 2-1 статьи 5", "Отсутствует.", "2-1. Плата берется.", ""])
    assert (change.before, change.changed) == ("", ((0, len("Плата берется.")),))


@pytest.mark.parametrize("words", ["Исключить.", "3) исключить;", "Статья 5. Сбор\n2. Орган:\n…\n3) исключен;"])
def test_struck_out_units_have_no_wording_after(words: str) -> None:
    old = "Статья 5. Сбор\n2. Орган:\n1) ждет;\n3) сообщает о сроке."
    [change] = changes(["1", "подпункт 3) пункта 2 статьи 5", old, words, ""])
    assert (change.before, change.after) == ("сообщает о сроке.", "")


def test_renumbered_units_are_matched_by_their_words() -> None:
    old = "2. Орган:\n1) ведет учет сборов;\n2) выдает справки о сборах."
    new = "2. Орган:\n1) определяет размер платы;\n2) ведет учет сборов;\n3) выдает справки о сборах."
    assert pairs(["1", "пункт 2 статьи 5", old, new, ""]) == [("", "определяет размер платы;")]


def test_a_unit_left_out_of_the_proposed_wording_is_struck_out_only_where_nothing_is_elided() -> None:
    old = "2. Орган:\n1) ведет учет сборов;\n2) сообщает о сроке."
    assert pairs(["1", "пункт 2 статьи 5", old, "2. Орган:\n1) ведет учет сборов;", ""]) == [("сообщает о сроке.", "")]
    assert pairs(["1", "пункт 2 статьи 5", old, "2. Орган:\n1) ведет учет сборов;\n…", ""]) == []


def test_context_that_only_the_current_column_repeats_is_not_struck_out() -> None:
    old = "Статья 5. Сбор\n1. Сбор берется.\n2. Плата берется раз."
    assert pairs(["1", "пункт 2 статьи 5", old, "2. Плата берется дважды.", ""]) == [
        ("Плата берется раз.", "Плата берется дважды.")
    ]


@pytest.mark.parametrize("words", ["Без изменений", "2. Плата  берётся раз", "«2. Плата берется раз.»;"])
def test_unchanged_rows_give_nothing(words: str) -> None:
    assert changes(["1", "пункт 2 статьи 5", "2. Плата берется раз.", words, ""]) == []


def test_parts_of_a_merged_row_that_were_not_there_are_new() -> None:
    first, second = ["1", "Пункт 5", "5. Орган ждет.", "5. Орган берет."], {2: "Отсутствует", 3: "Плата берется."}
    assert pairs(first, second) == [("Орган ждет.", "Орган берет."), ("", "Плата берется.")]


def test_words_only_struck_out_leave_no_changed_span() -> None:
    [change] = changes(["1", "пункт 2", "2. Плата берется в течение пяти дней.", "2. Плата берется.", ""])
    assert change.changed == ()
    assert change.before and change.after
