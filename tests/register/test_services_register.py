"""A table of services from anywhere becomes a register, or the user reads which line is wrong."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.errors import SaraptamaError
from nlp.limits import Limits
from nlp.register.services import ServiceRegister, dump_services, import_services, load_services

HEAD = "Код;Наименование услуги;Атауы (қазақ тілінде);Услугодатель;Результат"
ROWS = (
    "00101001;Выдача справки о голубятне;Көгершінхана туралы анықтама беру;Акимат;справка",
    "00101002;Включение в реестр гончаров;Қыш шеберлерінің тізіліміне енгізу;;",
)
TABLE = "\n".join((HEAD, *ROWS)) + "\n"


def register(table: str | bytes, name: str = "реестр.csv") -> ServiceRegister:
    return import_services(table.encode() if isinstance(table, str) else table, name).register


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def code_of(table: bytes | str, name: str = "реестр.csv") -> str:
    with pytest.raises(SaraptamaError) as caught:
        register(table, name)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_encodings_and_delimiters(encoding: str, mark: str) -> None:
    made = register(TABLE.replace(";", mark).encode(encoding))
    assert [service.code for service in made.services] == ["00101001", "00101002"]
    assert made.services[0].name("kk") == "Көгершінхана туралы анықтама беру"
    assert made.services[0].provider == "Акимат"
    assert made.sha256 == register(TABLE).sha256


def test_windows_1251() -> None:
    table = "Код;Наименование\n00101001;Выдача справки о голубятне\n".encode("cp1251")
    assert register(table).services[0].name_ru == "Выдача справки о голубятне"


def test_a_workbook_is_the_same_register() -> None:
    rows = [tuple(line.split(";")) for line in (HEAD, *ROWS)]
    assert register(workbook(("Реестр",), *rows), "реестр.xlsx").sha256 == register(TABLE).sha256


def test_columns_in_any_order_and_the_other_language() -> None:
    made = register("Көрсетілетін қызметтің атауы;Қызмет коды\nКөгершінхана туралы анықтама беру;00101001\n")
    assert made.services[0].code == "00101001" and made.services[0].name("ru") == "Көгершінхана туралы анықтама беру"


def test_wrong_rows_are_listed_with_their_lines() -> None:
    further = "\n;Без кода;\n00101003;;\n00101001;Другая;\n\n00101004;=HYPERLINK(1);\n00101005;Выдача пропуска;\n"
    imported = import_services((TABLE.strip() + further).encode(), "реестр.csv")
    assert [(wrong.line, wrong.code.removeprefix("register.row_")) for wrong in imported.wrong] == [
        (4, "no_code"), (5, "no_name"), (6, "code_twice"), (8, "formula"),
    ]  # fmt: skip
    assert len(imported.register.services) == 3
    assert imported.columns.headings["name_ru"] == "Наименование услуги"


def test_a_formula_of_a_workbook_without_a_value_is_no_name() -> None:
    imported = import_services(
        workbook(("Код", "Наименование"), ("00101001", "=A1&B1"), ("00101002", "Выдача пропуска")), "реестр.xlsx"
    )
    assert [wrong.code for wrong in imported.wrong] == ["register.row_no_name"]


def test_a_quoted_cell_over_two_lines_keeps_the_count() -> None:
    imported = import_services('Код;Наименование\n00101001;"Выдача\nпропуска"\n;x\n'.encode(), "реестр.csv")
    assert imported.register.services[0].name_ru == "Выдача пропуска"
    assert imported.wrong[0].line == 4


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (b"%PDF-1.7 x", "register.not_a_table"),
        ("<html><body><p>Код</p></body></html>", "register.not_a_table"),
        ("Имя;Адрес\nа;б\n", "register.no_columns"),
        ("Код;Наименование\n;а\n", "register.nothing_right"),
        ("Код;Наименование\n", "register.nothing_right"),
        ('Код;Наименование\n00101001;"' + "а" * 200_000, "register.broken_line"),
    ],
)
def test_what_is_no_register(table: bytes | str, code: str) -> None:
    assert code_of(table if isinstance(table, bytes) else table.encode()).startswith(code)


def test_more_cells_than_allowed() -> None:
    with pytest.raises(SaraptamaError) as caught:
        import_services(TABLE.encode(), "реестр.csv", Limits(table_cells=10))
    assert caught.value.code == "reading.table_too_large"


def test_what_was_written_is_read_and_a_change_is_noticed() -> None:
    made = register(TABLE)
    written = dump_services(made)
    assert load_services(written.encode()) == made
    for wrong in (written.replace("голубятне", "ульях"), "{}", "[", '{"kind": "acts"}', "[" * 100_000, TABLE):
        with pytest.raises(SaraptamaError) as caught:
            load_services(wrong.encode())
        assert caught.value.code == "register.damaged"
    assert json.loads(written)["sha256"] == made.sha256


@given(st.binary(max_size=300) | st.text(alphabet='Код;Наименование\n"001\t,=', max_size=200).map(str.encode))
def test_any_bytes_are_a_register_or_a_refusal(data: bytes) -> None:
    try:
        imported = import_services(data, "реестр.csv")
    except SaraptamaError:
        return
    assert imported.register.services
    assert load_services(dump_services(imported.register).encode()) == imported.register
