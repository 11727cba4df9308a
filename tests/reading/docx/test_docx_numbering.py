"""Automatic numbers: exactly what LibreOffice prints, and what ISO/IEC 29500 says where LibreOffice falls short."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from nlp.limits import Limits
from nlp.reading.docx import read_docx
from nlp.reading.number_formats import written
from tests.reading.docx.build_fixtures import BUILDERS, FIXTURES, printed_by_libreoffice
from tests.reading.docx.word_xml import (
    DELETED_MARK,
    abstract,
    cell,
    deleted,
    docx,
    lvl,
    num,
    override,
    para,
    row,
    style,
    table,
)

NAMES = [build.__name__ for build in BUILDERS]
NORMAL = style("Normal", default=True)


def lines(data: bytes) -> list[str]:
    source = read_docx(data, "test.docx", Limits())
    return [source.text[block.start : block.end] for block in source.blocks]


def expected(name: str) -> list[str]:
    return (FIXTURES / f"{name}.expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_those_that_libreoffice_prints(name: str) -> None:
    assert lines((FIXTURES / f"{name}.docx").read_bytes()) == expected(name)


@pytest.mark.parametrize("build", BUILDERS, ids=NAMES)
def test_committed_fixtures_are_what_the_script_builds(build) -> None:  # type: ignore[no-untyped-def]
    assert (FIXTURES / f"{build.__name__}.docx").read_bytes() == build()


def test_every_fixture_holds_numbers_that_its_text_does_not() -> None:
    for name in NAMES:
        source = read_docx((FIXTURES / f"{name}.docx").read_bytes(), name, Limits())
        numbered = [block for block in source.blocks if block.number]
        assert numbered, name
        for block in numbered:
            assert source.text.startswith(block.number, block.start)
            assert all(segment.start >= block.start + len(block.number) for segment in block.segments)


@pytest.mark.libreoffice
def test_expectations_are_still_what_libreoffice_prints(tmp_path: Path) -> None:
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed")
    printed = printed_by_libreoffice([FIXTURES / f"{name}.docx" for name in NAMES], tmp_path)
    assert printed == {name: expected(name) for name in NAMES}


@pytest.mark.libreoffice
def test_files_saved_by_libreoffice_give_the_same_numbers(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "docx"]
    files = [str(FIXTURES / f"{name}.docx") for name in NAMES]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300)
    for name in NAMES:
        assert lines((tmp_path / f"{name}.docx").read_bytes()) == expected(name), name


# What follows is known to be printed otherwise by LibreOffice 7.4; the standard and Word agree.


def test_level_that_never_restarts() -> None:
    """ISO/IEC 29500-1, 17.9.10 (lvlRestart 0): articles are counted on from chapter to chapter."""
    levels = (
        lvl(0, "decimal", "%1-тарау.", suffix="space"),
        lvl(1, "decimal", "%2-бап.", more='<w:lvlRestart w:val="0"/>', suffix="space"),
        lvl(2, "decimal", "%3."),
    )
    order = (
        (0, "Жалпы ережелер"),
        (1, "Ұғымдар"),
        (2, "Ереже"),
        (1, "Мақсат"),
        (0, "Реттеу"),
        (1, "Құзырет"),
        (2, "Х"),
    )
    body = "".join(para(text, (1, level)) for level, text in order)
    assert lines(docx(body, numbering=abstract(0, *levels) + num(1, 0))) == [
        "1-тарау. Жалпы ережелер",
        "1-бап. Ұғымдар",
        "1. Ереже",
        "2-бап. Мақсат",
        "2-тарау. Реттеу",
        "3-бап. Құзырет",
        "1. Х",
    ]


def test_level_that_restarts_after_a_named_level_only() -> None:
    """ISO/IEC 29500-1, 17.9.10 (lvlRestart 1): begins anew after the first level, not after the second."""
    levels = (
        lvl(0, "decimal", "%1."),
        lvl(1, "decimal", "%1.%2."),
        lvl(2, "decimal", "%3)", more='<w:lvlRestart w:val="1"/>'),
    )
    body = "".join(para("Норма", (1, level)) for level in (0, 1, 2, 2, 1, 2, 0, 1, 2))
    found = [line.split()[0] for line in lines(docx(body, numbering=abstract(0, *levels) + num(1, 0)))]
    assert found == ["1.", "1.1.", "1)", "2)", "1.2.", "3)", "2.", "2.1.", "1)"]


def test_legal_figures() -> None:
    """ISO/IEC 29500-1, 17.9.4 (isLgl): every level in the number is written in Arabic figures."""
    levels = (lvl(0, "upperRoman", "%1."), lvl(1, "russianLower", "%1.%2.", more="<w:isLgl/>"))
    body = "".join(para("Норма", (1, level)) for level in (0, 1, 1, 0, 1))
    found = [line.split()[0] for line in lines(docx(body, numbering=abstract(0, *levels) + num(1, 0)))]
    assert found == ["I.", "1.1.", "1.2.", "II.", "2.1."]


def test_start_of_its_own_on_a_lower_level() -> None:
    """ISO/IEC 29500-1, 17.9.26 (startOverride) on the second level of a list that shares its definition."""
    numbering = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2)"))
    numbering += num(1, 0) + num(2, 0, override(0, 10) + override(1, 4))
    order = ((1, 0), (1, 1), (2, 0), (2, 1), (2, 1), (2, 0), (2, 1))
    found = [line.split()[0] for line in lines(docx("".join(para("Норма", at) for at in order), numbering=numbering))]
    assert found == ["1.", "1)", "10.", "4)", "5)", "11.", "4)"]


def test_deleted_row_is_not_counted() -> None:
    """ISO/IEC 29500-1, 17.13.5.12 (del, table row): LibreOffice hides the row and still counts it."""
    gone = '<w:del w:id="9" w:author="Редактор" w:date="2024-01-01T00:00:00Z"/>'
    rows = (
        row(cell(para("", (1, 0))), cell(para("Лицензия"))),
        row(cell(para("", (1, 0), look=DELETED_MARK)), cell(para("", inner=deleted("Патент"))), look=gone),
        row(cell(para("", (1, 0))), cell(para("Разрешение"))),
    )
    source = read_docx(docx(table(*rows), numbering=abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)), "", Limits())
    assert source.text.split("\n") == ["1.", "Лицензия", "2.", "Разрешение"]
    assert [dropped.text for dropped in source.dropped] == ["Патент"]


def test_level_named_by_a_style_goes_before_the_level_in_the_style() -> None:
    """ISO/IEC 29500-1, 17.9.23 (pStyle)."""
    properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = NORMAL + style("Chapter", properties) + style("Article", properties) + style("Late", based_on="Article")
    numbering = abstract(
        0,
        lvl(0, "decimal", "Глава %1.", more='<w:pStyle w:val="Chapter"/>'),
        lvl(1, "decimal", "Статья %2.", more='<w:pStyle w:val="Article"/>'),
    )
    body = (
        para("А", style="Chapter") + para("Б", style="Article") + para("В", style="Late") + para("Г", style="Chapter")
    )
    assert lines(docx(body, numbering=numbering + num(1, 0), styles=styles)) == [
        "Глава 1. А",
        "Статья 1. Б",
        "Статья 2. В",
        "Глава 2. Г",
    ]


@pytest.mark.parametrize(
    ("suffix", "label", "text", "printed"),
    [
        ("nothing", "%1", "-бап. Мақсат", "1-бап. Мақсат"),
        ("nothing", "%1", ") подпункт", "1) подпункт"),
        ("nothing", "%1.", "Пункт", "1. Пункт"),
        ("nothing", "%1. ", "Пункт", "1. Пункт"),
        ("space", "%1.", "Пункт", "1. Пункт"),
        ("tab", "%1.", " Пункт", "1. Пункт"),
        ("tab", "Статья\u00a0%1.", "Цель", "Статья 1. Цель"),
        ("tab", "", "Пункт", "Пункт"),
    ],
)
def test_what_stands_between_number_and_text(suffix: str, label: str, text: str, printed: str) -> None:
    numbering = abstract(0, lvl(0, "decimal", label, suffix=suffix)) + num(1, 0)
    assert lines(docx(para(text, (1, 0)), numbering=numbering)) == [printed]


def test_hidden_number_is_counted_but_not_printed() -> None:
    level = lvl(0, "decimal", "%1.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    numbering = abstract(0, level, lvl(1, "decimal", "%1.%2.")) + num(1, 0)
    assert lines(docx(para("А", (1, 0)) + para("Б", (1, 0)) + para("В", (1, 1)), numbering=numbering)) == [
        "А",
        "Б",
        "2.1. В",
    ]


def test_custom_format_of_word() -> None:
    level = lvl(0, "decimal", "%1.").replace(
        '<w:numFmt w:val="decimal"/>',
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>',
    )
    assert lines(docx(para("А", (1, 0)) + para("Б", (1, 0)), numbering=abstract(0, level) + num(1, 0))) == [
        "001. А",
        "002. Б",
    ]


def test_figure_of_a_bullet_level_is_empty() -> None:
    levels = (lvl(0, "decimal", "%1."), lvl(1, "bullet", "—"), lvl(2, "decimal", "%1.%2%3."))
    body = para("А", (1, 0)) + para("Б", (1, 2)) + para("В", (1, 2))
    assert lines(docx(body, numbering=abstract(0, *levels) + num(1, 0))) == ["1. А", "1.1. Б", "1.2. В"]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        num(1, 7),
        abstract(0, more='<w:numStyleLink w:val="Loop"/>') + num(1, 0),
        abstract(0) + num(1, 0),
        '<w:num w:numId="1"/>',
        '<w:num w:numId="one"><w:abstractNumId w:val="0"/></w:num>',
    ],
)
def test_broken_definitions_print_nothing(numbering: str) -> None:
    styles = style("Loop", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    assert lines(docx(para("Пункт", (1, 0)), numbering=numbering, styles=styles)) == ["Пункт"]


def test_numbers_of_styles_based_on_each_other() -> None:
    styles = style("A", based_on="B") + style("B", based_on="A")
    assert lines(docx(para("Пункт", style="A"), styles=styles)) == ["Пункт"]


@pytest.mark.parametrize(
    ("count", "number_format", "language", "text"),
    [
        (4, "decimal", "", "4"),
        (1999, "upperRoman", "", "MCMXCIX"),
        (26, "lowerLetter", "", "z"),
        (28, "lowerLetter", "", "bb"),
        (9, "russianLower", "", "и"),
        (10, "russianLower", "", "к"),
        (29, "russianUpper", "", "Я"),
        (31, "russianLower", "", "бб"),
        (9, "decimalZero", "", "09"),
        (10, "decimalZero", "", "10"),
        (3, "ordinal", "ru-RU", "3-й"),
        (22, "ordinal", "en-US", "22nd"),
        (12, "ordinal", "en-GB", "12th"),
        (0, "upperRoman", "", "0"),
        (5, "ideographTraditional", "", "5"),
        (5, "none", "", ""),
    ],
)
def test_formats(count: int, number_format: str, language: str, text: str) -> None:
    assert written(count, number_format, language) == text


def test_absurd_starts_stay_within_what_word_counts() -> None:
    numbering = abstract(0, lvl(0, "upperRoman", "%1.", start=2_000_000_000)) + num(1, 0)
    (line,) = lines(docx(para("Пункт", (1, 0)), numbering=numbering))
    assert len(line) < 100
