"""A table of acts from anywhere becomes a status register, or the user reads which line is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.errors import SaraptamaError
from nlp.limits import Limits
from nlp.references.citation import CitedAct
from nlp.register.acts import ActsRegister, Status, dump_acts, import_acts, iso_day, load_acts
from tests.register.test_services_register import workbook

HEAD = "Наименование;Атауы;Вид акта;Дата;Номер;Статус;Дата утраты силы;Заменен"
ROWS = (
    "О голубятнях;Көгершінханалар туралы;Закон;18.11.2015;410-V;утратил силу;01.07.2024;Закон «О птицах»",
    "Об учете лодок;Қайықтарды есепке алу туралы;Приказ;2020-05-12;№ 77/НҚ;действует;;",
    "Об учете плотов;Салдарды есепке алу туралы;Приказ;12.05.2020;№ 78/НҚ;қолданыста;;",
)
TABLE = "\n".join((HEAD, *ROWS)) + "\n"


def register(table: str = TABLE) -> ActsRegister:
    return import_acts(table.encode(), "акты.csv").register


def test_rows_become_acts() -> None:
    first, second, third = register().acts
    assert (first.form, first.date, first.number, first.status) == ("law", "2015-11-18", "410-V", Status.REPEALED)
    assert (first.repealed, first.replaced_by) == ("2024-07-01", "Закон «О птицах»")
    assert (second.form, second.number, second.date, second.status) == ("order", "77/НҚ", "2020-05-12", Status.IN_FORCE)
    assert third.name("kk") == "Салдарды есепке алу туралы"


def test_a_workbook_is_the_same_register() -> None:
    rows = [tuple(line.split(";")) for line in (HEAD, *ROWS)]
    assert import_acts(workbook(*rows), "акты.xlsx").register.sha256 == register().sha256


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        (CitedAct("law", "", "2015-11-18", "410-V"), ["О голубятнях"]),
        (CitedAct("law", "", "2015-11-18", "410-В"), ["О голубятнях"]),  # the Cyrillic letter
        (CitedAct("law", "", "", "410-V"), ["О голубятнях"]),
        (CitedAct("law", "«О  голубятнях»"), ["О голубятнях"]),
        (CitedAct("law", "Көгершінханалар туралы"), ["О голубятнях"]),
        (CitedAct("code", "О голубятнях"), []),  # another form
        (CitedAct("law", "О голубях"), []),
        (CitedAct("law", "", "2015-11-19", "410-V"), []),  # another day
        (CitedAct("law", ""), []),
    ],
)
def test_acts_are_found_by_number_and_date_or_by_the_whole_name(cited: CitedAct, found: list[str]) -> None:
    assert [act.name_ru for act in register().find(cited)] == found


def test_wrong_rows_are_listed_with_their_lines() -> None:
    further = (
        ";;Закон;;1;действует;;\nО судах;;;;2;может быть;;\nО реках;;;31.02.20;3;действует;;\n"
        "О морях;;;;=A1;действует;;\nО голубятнях;;Закон;18.11.2015;410-V;действует;;\n"
        + "я" * 2100
        + ";;;;;действует;;\n"
    )
    imported = import_acts((TABLE + further).encode(), "акты.csv")
    assert [(wrong.line, wrong.code.removeprefix("register.row_")) for wrong in imported.wrong] == [
        (5, "act_no_name"), (6, "no_status"), (7, "no_date"), (8, "formula"), (9, "act_twice"), (10, "too_long"),
    ]  # fmt: skip
    assert len(imported.register.acts) == 3


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (b"%PDF-1.7 x", "register.not_a_table"),
        ("Имя;Адрес\nа;б\n".encode(), "register.no_columns"),
        ("Наименование;Статус\nа;действует\n".encode(), "register.acts_nothing_right"),
    ],
)
def test_what_is_no_register(table: bytes, code: str) -> None:
    with pytest.raises(SaraptamaError) as caught:
        import_acts(table, "акты.csv")
    assert caught.value.code == code


def test_more_cells_than_allowed() -> None:
    with pytest.raises(SaraptamaError) as caught:
        import_acts(TABLE.encode(), "акты.csv", Limits(table_cells=10))
    assert caught.value.code == "reading.table_too_large"


def test_what_was_written_is_read_and_a_change_is_noticed() -> None:
    made = register()
    written = dump_acts(made)
    assert load_acts(written.encode()).acts == made.acts
    for wrong in (written.replace("голубятнях", "ульях"), "{}", "[", '{"kind": "services"}', "[" * 100_000, TABLE):
        with pytest.raises(SaraptamaError) as caught:
            load_acts(wrong.encode())
        assert caught.value.code == "register.acts_damaged"


@pytest.mark.parametrize(
    ("words", "day"),
    [("", ""), ("18.11.2015", "2015-11-18"), ("5/3/1999", "1999-03-05"), ("2015-11-18 00:00:00", "2015-11-18"),
     ("18.13.2015", None), ("вчера", None), ("2015", None)],
)  # fmt: skip
def test_days(words: str, day: str | None) -> None:
    assert iso_day(words) == day


@given(
    st.binary(max_size=300) | st.text(alphabet='Наименование;Статус\n"действует\t,=1.', max_size=200).map(str.encode)
)
def test_any_bytes_are_a_register_or_a_refusal(data: bytes) -> None:
    try:
        imported = import_acts(data, "акты.csv")
    except SaraptamaError:
        return
    assert load_acts(dump_acts(imported.register).encode()).acts == imported.register.acts
