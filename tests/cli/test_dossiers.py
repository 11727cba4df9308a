"""saraptama examine on what ministries send: bilingual files, pairs, comparative tables; outputs and refusals."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import Workbook

from nlp.messages import LANGUAGES
from nlp.result import schema
from saraptama.cli.codes import Exit
from tests.cli.conftest import Run
from tests.dossier.files import (
    ACT_KK,
    ACT_RU,
    TABLE_HEAD,
    TABLE_ROWS,
    TABLE_TITLE,
    bilingual_comparative,
    comparative,
    side_by_side,
    word,
)
from tests.reading.pdf.printing import Look, PdfPrinter, pieces_of


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def examination(folder: Path) -> dict[str, Any]:
    [path] = folder.glob("*.examination.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    jsonschema.validate(found, schema())
    return found


def comments_of(path: Path) -> list[str]:
    """Words of each comment of a Word file."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/comments.xml").decode()
    return [
        "".join(re.findall(r"<w:t[^>]*>([^<]*)", one)) for one in re.findall(r"<w:comment .*?</w:comment>", xml, re.S)
    ]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("way", ["after", "beside"])
def test_one_word_file_with_both_texts(run: Run, tmp_path: Path, way: str, order: int) -> None:
    first, second = (ACT_RU, ACT_KK)[::order]
    codes = ("ru", "kk")[::order]
    data = word(*first, *second) if way == "after" else side_by_side(*codes)
    file = written(tmp_path / "проект.docx", data)
    ran = run("examine", file, "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (Exit.OK, "")
    assert "оба текста" in ran.out
    found = examination(tmp_path / "out")
    assert [text["language"] for text in found["texts"]] == ["ru", "kk"]
    assert all(text["findings"] for text in found["texts"])
    assert found["notices"][0]["code"] == "dossier.both_texts"
    [commented] = (tmp_path / "out").glob("*.commented.docx")
    assert len(comments_of(commented)) >= sum(len(text["findings"]) for text in found["texts"])


def test_comments_stand_at_the_words_of_both_texts(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "проект.docx", word(*ACT_RU, *ACT_KK))
    assert run("examine", file, "--out", tmp_path / "out").code == Exit.OK
    with zipfile.ZipFile(tmp_path / "out" / "проект.commented.docx") as archive:
        body = archive.read("word/document.xml").decode()
    marked = []
    for paragraph in re.findall(r"<w:p>.*?</w:p>", body, re.S):
        if "commentRangeStart" in paragraph:
            marked.append("".join(re.findall(r"<w:t[^>]*>([^<]*)", paragraph)))
    assert ACT_RU[13] in marked
    assert ACT_KK[13] in marked


def test_a_pdf_in_two_columns_is_annotated_for_both_texts(run: Run, tmp_path: Path) -> None:
    printer = PdfPrinter(Look())
    printer.columns(pieces_of(ACT_RU), pieces_of(ACT_KK))
    file = written(tmp_path / "проект.pdf", printer.bytes())
    ran = run("examine", file, "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (Exit.OK, "")
    found = examination(tmp_path / "out")
    assert [text["language"] for text in found["texts"]] == ["ru", "kk"]
    assert all(text["findings"] for text in found["texts"])
    assert [path.name for path in (tmp_path / "out").glob("*.annotated.pdf")] == ["проект.annotated.pdf"]


def test_a_pair_in_any_order_and_by_any_option(run: Run, tmp_path: Path) -> None:
    ru, kk = written(tmp_path / "а.docx", word(*ACT_RU)), written(tmp_path / "б.docx", word(*ACT_KK))
    for number, words in enumerate(([ru, "--kk", kk], ["--ru", ru, "--kk", kk], ["--ru", kk, "--kk", ru])):
        out = tmp_path / f"out{number}"
        assert run("examine", *words, "--out", out).code == Exit.OK
        assert [text["name"] for text in examination(out)["texts"]] == ["а.docx", "б.docx"]
        assert len(list(out.glob("*.commented.docx"))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_pairs_are_refused_in_the_language_of_the_user(run: Run, tmp_path: Path, language: str) -> None:
    ru, both = written(tmp_path / "а.docx", word(*ACT_RU)), written(tmp_path / "б.docx", word(*ACT_RU, *ACT_KK))
    same = run("examine", ru, "--kk", ru, "--language", language)
    assert (same.code, same.out) == (Exit.INPUT, "")
    assert {"ru": "на одном языке", "kk": "бір тілде"}[language] in same.err
    many = run("examine", ru, "--kk", both, "--language", language)
    assert many.code == Exit.INPUT
    assert {"ru": "больше двух", "kk": "екіден көп"}[language] in many.err


@pytest.mark.parametrize("words", [[], ["а.docx", "б.docx", "--kk", "в.docx"], ["а.docx", "--ru", "б.docx"]])
def test_wrong_numbers_of_files_are_usage_errors(run: Run, words: list[str]) -> None:
    ran = run("examine", *words)
    assert ran.code == Exit.USAGE
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparative_table_is_examined_as_a_draft(run: Run, tmp_path: Path, language: str) -> None:
    file = written(tmp_path / "таблица.docx", comparative(language))
    ran = run("examine", file, "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (Exit.OK, "")
    [text] = examination(tmp_path / "out")["texts"]
    assert (text["language"], text["is_act"], text["requisites"]["form"]) == (language, True, "law")
    assert text["counts"]["provisions_judged"] == 1  # the second row changes nothing
    places = _places(text)
    assert ({place["row"] for place in places}, {place["column"] for place in places}) == ({1}, {3})
    cited = "пункт 2 статьи 5 в предлагаемой редакции (строка 1 сравнительной таблицы)"
    assert {mark["citation"] for finding in text["findings"] for mark in finding["marks"]} == {cited}


def _places(text: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the marks of a text stand in its file."""
    found = [place for finding in text["findings"] for mark in finding["marks"] for place in mark["places"]]
    assert found
    return found


def test_a_bilingual_comparative_table(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "таблица.docx", bilingual_comparative())
    assert run("examine", file, "--out", tmp_path / "out").code == Exit.OK
    found = examination(tmp_path / "out")
    assert [text["counts"]["provisions_judged"] for text in found["texts"]] == [1, 1]
    columns = [{place["column"] for place in _places(text)} for text in found["texts"]]
    assert columns == [{3}, {7}]


def test_a_comparative_table_in_a_spreadsheet(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in TABLE_TITLE["ru"]:
        sheet.append([line])
    for cells in (TABLE_HEAD["ru"], [1, 2, 3, 4, 5], *TABLE_ROWS["ru"]):
        sheet.append(list(cells))
    book.save(tmp_path / "таблица.xlsx")
    ran = run("examine", tmp_path / "таблица.xlsx", "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (Exit.OK, "")
    [text] = examination(tmp_path / "out")["texts"]
    assert text["format"] == "xlsx"
    assert text["counts"]["provisions_judged"] == 1
    assert text["findings"]
    assert not list((tmp_path / "out").glob("*.commented.docx"))


def test_a_draft_with_its_table_in_one_file(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "проект.docx", comparative("ru", tuple(ACT_RU)))
    assert run("examine", file, "--out", tmp_path / "out").code == Exit.OK
    [text] = examination(tmp_path / "out")["texts"]
    assert text["requisites"]["form"] == "order"
    assert {place["table"] for place in _places(text)} == {-1}


def test_the_structure_of_a_table_is_shown(run: Run, tmp_path: Path) -> None:
    ran = run("structure", written(tmp_path / "таблица.docx", comparative("ru")))
    assert ran.code == Exit.OK
    assert "row_1__qstr__art_5__para_2 [quoted] Орган вправе отказать" in ran.out
    assert "row_1__current__qstr__art_5__para_2 [current] Орган отказывает" in ran.out
