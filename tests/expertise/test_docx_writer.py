"""The written DOCX: same words as the model, same bytes every time, fixed layout, safe against hostile words."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import samples
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from expertise.documents.docx_writer import write_docx
from expertise.documents.model import Cell, Document, Paragraph, Style, Table, text
from expertise.documents.preliminary import preliminary
from expertise.documents.xmltext import clean
from nlp.examination import Examination

LANGUAGES = ("ru", "kk")
NAMES = samples.FACTOR_NAMES


def _document(*blocks: Paragraph | Table, **changes: str) -> Document:
    facts = {"page_statement": "Не заключение", "page_number": "{page} из {total}", **changes}
    return Document("Название", "ru", "ru-RU", tuple(blocks), **facts)


def _opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def _root(data: bytes, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_examination_same_bytes(language: str) -> None:
    made = [write_docx(preliminary(samples.noisy(language), language, NAMES)) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_model_is_written(language: str) -> None:
    document = preliminary(samples.noisy(language), language, NAMES)
    opened = _opened(write_docx(document))
    written = [paragraph.text for paragraph in opened.paragraphs]
    written += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    shown = {words.strip().replace("\u2011", "-") for words in written}
    for words in document.texts():
        expected = words.strip().replace("\u2011", "-")
        assert expected in shown or f"–\t{expected}" in shown, expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_carries_the_statement_the_mark_and_the_number(language: str) -> None:
    document = preliminary(samples.noisy(language), language, NAMES)
    section = _opened(write_docx(document)).sections[0]
    header = "\n".join(paragraph.text for paragraph in section.header.paragraphs)
    assert document.page_statement in header
    assert document.page_mark in header
    assert not section.different_first_page_header_footer
    fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert sorted(fields) == ["NUMPAGES", "PAGE"]
    assert section.page_width > section.page_height


def test_the_order_of_page_and_total_follows_the_language() -> None:
    for language, order in (("ru", ["PAGE", "NUMPAGES"]), ("kk", ["NUMPAGES", "PAGE"])):
        data = write_docx(preliminary(samples.examination(language), language, NAMES))
        fields = [f.get(qn("w:instr")) for f in _root(data, "word/footer1.xml").iter(qn("w:fldSimple"))]
        assert fields == order


def test_tables_have_fixed_columns_that_fill_the_page_and_repeated_heads() -> None:
    data = write_docx(preliminary(samples.examination("ru", "kk"), "ru", NAMES))
    opened = _opened(data)
    section = opened.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in opened.tables:
        element = table._tbl
        layout = element.tblPr.find(qn("w:tblLayout"))
        assert layout is not None and layout.get(qn("w:type")) == "fixed"
        grid = [int(column.get(qn("w:w"))) for column in element.tblGrid]
        assert sum(grid) * 635 <= room + 2000
        for row in element.tr_lst:
            wide = sum(
                int(cell.tcPr.find(qn("w:gridSpan")).get(qn("w:val")))
                if cell.tcPr.find(qn("w:gridSpan")) is not None
                else 1
                for cell in row.tc_lst
            )
            assert wide == len(grid)
    repeated = [table for table in opened.tables if table._tbl.tr_lst[0].find(".//" + qn("w:tblHeader")) is not None]
    assert len(repeated) == len(opened.tables) - 1  # all but the requisites


def test_high_rows_may_break_and_low_rows_are_kept() -> None:
    low = (Cell((text("слово", Style.CELL),)), Cell((text("слово", Style.CELL),)))
    high = (Cell((text("слово " * 800, Style.CELL),)), Cell((text("слово", Style.CELL),)))
    rows = list(_root(write_docx(_document(Table((60.0, 60.0), (low, high))))).iter(qn("w:tr")))
    assert rows[0].find(".//" + qn("w:cantSplit")) is not None
    assert rows[1].find(".//" + qn("w:cantSplit")) is None


def test_a_row_of_the_wrong_width_is_refused() -> None:
    one = (Cell((text("а"),)),)
    with pytest.raises(ValueError, match="too few"):
        write_docx(_document(Table((10.0, 10.0), (one,))))
    with pytest.raises(ValueError, match="too many"):
        write_docx(_document(Table((10.0,), ((*one, *one),))))


HOSTILE = "=cmd|' /C calc'!A0\x00\x0b\x1f<w:p/>&amp;]]>\u202eтекст\ufeff\ud800 {{ SEQ }} <!ENTITY a 'b'>\r\nстрока"


def test_hostile_words_stay_words() -> None:
    report = samples.report("ru")
    requisites = replace(report.act.requisites, title=HOSTILE, issuer=HOSTILE)
    source = replace(report.act.source, name=HOSTILE)
    finding = replace(report.findings[0], explanation=HOSTILE, risk=HOSTILE)
    changed = replace(report, act=replace(report.act, requisites=requisites, source=source), findings=(finding,))
    data = write_docx(preliminary(Examination(samples.VERSIONS, (changed,)), "ru", NAMES))
    root = _root(data)
    shown = "".join(element.text or "" for element in root.iter(qn("w:t")))
    assert "<w:p/>&amp;]]>" in shown
    assert "\u202e" not in shown and "\x0b" not in shown
    assert not list(root.iter(qn("w:instrText"))) and not list(root.iter(qn("w:fldSimple")))
    assert len(_opened(data).tables) == 3
    core = _root(data, "docProps/core.xml")
    assert core is not None


@settings(max_examples=60)
@given(st.text(), st.text())
def test_any_words_give_a_file_that_opens(words: str, title: str) -> None:
    document = replace(_document(text(words), text("конец"), page_foot=words, page_mark=words), title=title)
    opened = _opened(write_docx(document))
    assert opened.paragraphs[-1].text == "конец"
    assert opened.paragraphs[0].text.replace("\u2011", "-") == clean(words).replace("\u2011", "-")


def test_clean_keeps_every_letter_of_both_languages() -> None:
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі–«»№…\u00a0\u2011\t\n"
    assert clean(letters + letters.upper()) == letters + letters.upper()
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_lays_it_out(language: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    sample = samples.crowded(language, 60)
    (tmp_path / "check.docx").write_bytes(write_docx(preliminary(sample, language, NAMES)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), "check.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = shutil.which("pdftotext")
    if pages is None:
        pytest.skip("pdftotext is not installed")
    shown = subprocess.run([pages, "-layout", "check.pdf", "-"], cwd=tmp_path, check=True, capture_output=True).stdout
    sheets = shown.decode().split("\f")[:-1]
    statement = preliminary(sample, language, NAMES).page_statement
    assert len(sheets) > 5
    for sheet in sheets:
        assert statement in " ".join(sheet.split())
