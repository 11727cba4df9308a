"""Units of rows: paths from the first column, units grown around the wording, citations."""

from __future__ import annotations

import pytest

from nlp.structure.citations import Citations
from nlp.structure.comparative_rows import comparative_rows, read_act_name
from nlp.structure.comparative_units import read_path
from tests.structure.comparative.tables import KK, RU, TITLE_KK, act_of


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Подпункт 3) пункта 2 статьи 5", "article 5, point 2, subpoint 3"),
        ("Статья 5, пункт 2, подпункт 3)", "article 5, point 2, subpoint 3"),
        ("ст. 5-1 п. 2", "article 5-1, point 2"),
        ("пп. 3) п. 2 ст. 5", "article 5, point 2, subpoint 3"),
        ("Часть вторая пункта 2 статьи 7", "article 7, point 2, clause 2"),
        ("абзац третий подпункта 3) пункта 1", "point 1, subpoint 3, indent 3"),
        ("Подпункт 3) части второй пункта 5", "point 5, clause 2, subpoint 3"),
        ("подпункты 2) и 3) пункта 1 статьи 4", "article 4, point 1"),
        ("Статьи 5 и 6", ""),
        ("Новая статья 15-2", "article 15-2"),
        ("Заголовок статьи 5", "article 5"),
        ("пункт 3 приложения 2", "annex 2, point 3"),
        ("5-баптың 2-тармағының 3) тармақшасы", "article 5, point 2, subpoint 3"),
        ("15-1-баптың екінші бөлігі", "article 15-1, clause 2"),
        ("5-бап 2-тармақ", "article 5, point 2"),
        ("2-тармақтың 3), 4) тармақшалары", "point 2"),
        ("1-қосымшаның 3-тармағы", "annex 1, point 3"),
        ("үшінші абзац", "indent 3"),
        ("Пункт 5 Правил", "point 5"),
        ("По всему тексту", ""),
        ("", ""),
    ],
)
def test_paths(words: str, path: str) -> None:
    assert ", ".join(f"{step.kind} {step.number}" for step in read_path(words)) == path


def addresses(unit: str, wording: str) -> list[str]:
    [row] = comparative_rows(act_of([RU, ["1", unit, "Отсутствует", wording, ""]]))
    return [p.address.removeprefix("row_1__qstr__") for p in row.proposed]


@pytest.mark.parametrize(
    ("unit", "wording", "wanted"),
    [
        ("подпункт 3) пункта 2 статьи 5", "3) плата;", ["art_5__para_2__subpara_3"]),
        ("подпункт 3) пункта 2 статьи 5", "плата;", ["art_5__para_2__subpara_3"]),
        ("статья 5", "Статья 5. Сбор\n…\n2. Орган:\n…\n3) берет.", ["art_5__para_2", "art_5__para_2__subpara_3"]),
        ("", "Статья 5. Сбор\n2. Орган берет сбор.", ["art_5__para_2"]),
        ("часть вторая пункта 2 статьи 5", "Плата берется.", ["art_5__para_2__clause_2"]),
        (
            "пункт 2 статьи 5", "2. Орган:\n1) ждет;\n2) берет.",
            ["art_5__para_2", "art_5__para_2__subpara_1", "art_5__para_2__subpara_2"],
        ),
        ("пункт 2", "«2. Плата берется.»", ["para_2"]),
        ("пункты 2 и 3 статьи 5", "2. А.\n3. Б.", ["art_5__para_2", "art_5__para_3"]),
        ("статья 5", "1) первый;\n2) второй.", ["art_5__subpara_1", "art_5__subpara_2"]),
    ],
)  # fmt: skip
def test_units_named_by_the_row_hold_the_wording(unit: str, wording: str, wanted: list[str]) -> None:
    assert addresses(unit, wording) == wanted


def test_citations_in_both_languages() -> None:
    act = act_of([RU, ["4", "подпункт 3) пункта 2 статьи 5", "3) старый;", "3) новый;", ""]])
    said = Citations(act)
    proposed, current = "row_4__qstr__art_5__para_2__subpara_3", "row_4__current__qstr__art_5__para_2__subpara_3"
    assert said.cite(proposed, "ru") == (
        "подпункт 3) пункта 2 статьи 5 в предлагаемой редакции (строка 4 сравнительной таблицы)"
    )
    assert said.cite(proposed, "ru", "gen").startswith("подпункта 3) пункта 2 статьи 5 в предлагаемой редакции")
    assert said.cite(proposed, "kk") == (
        "ұсынылатын редакциядағы 5-баптың 2-тармағының 3) тармақшасы (салыстырма кестенің 4-жолы)"
    )
    assert said.cite(current, "ru").startswith("подпункт 3) пункта 2 статьи 5 в действующей редакции")
    assert said.cite(proposed, "ru", style="amending") == "подпункт 3) пункта 2 статьи 5"


def test_wording_without_any_unit_is_cited_by_its_row() -> None:
    act = act_of([KK, ["7", "Мәтін бойынша", "Орган қарайды.", "Орган қарауға құқылы.", ""]], TITLE_KK)
    [row] = comparative_rows(act)
    cited = Citations(act).cite(row.proposed[0].address, "kk", "gen")
    assert cited == "ұсынылатын редакцияның (салыстырма кестенің 7-жолы)"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Закон Республики Казахстан от 4 мая 2020 года «О сборах»", ("law", "О сборах", "2020-05-04", "")),
        ("1. В Закон Республики Казахстан «О сборах»", ("law", "О сборах", "", "")),
        (
            "«Алым туралы» 2020 жылғы 4 мамырдағы Қазақстан Республикасының Заңы",
            ("law", "Алым туралы", "2020-05-04", ""),
        ),
        (
            "Приказ Министра сборов от 1 марта 2020 года № 12 «Об утверждении Правил «Сбор»»",
            ("order", "Об утверждении Правил «Сбор»", "2020-03-01", "12"),
        ),
        ("Глава 2. Сборы", None),
        ("Сравнительная таблица к проекту закона «О сборах»", None),
        ("", None),
    ],
)  # fmt: skip
def test_names_of_acts(line: str, wanted: tuple[str, ...] | None) -> None:
    found = read_act_name(line)
    assert (found and (found.form, found.title, found.date, found.number)) == wanted
