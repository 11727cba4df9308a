"""Columns of the documents: no word is torn, what is too long breaks at syllables, rows fill the pages."""

from __future__ import annotations

import io
import re
import zipfile

import conclusion_samples as samples
import pytest
from lxml import etree

from expertise.documents.conclusion import conclusion
from expertise.documents.docx_writer import write_docx
from expertise.documents.fitting import SOFT_HYPHEN, fitted, is_short, syllables
from expertise.documents.model import Cell, Document, Style, Table, text
from expertise.documents.ooxml import W
from expertise.documents.pdf_writer import write_pdf
from tests.conftest import needs_fonts

HEADS = ("Структурный элемент", "Коррупциогенный фактор", "Ответственный исполнитель")


def cells(*words: str, style: Style = Style.CELL) -> tuple[Cell, ...]:
    return tuple(Cell((text(each, style),)) for each in words)


def table(*rows: tuple[str, ...], widths: tuple[float, ...] = (60.0, 12.0, 12.0)) -> Table:
    return Table(widths, tuple(cells(*row) for row in rows), (cells(*HEADS, style=Style.COLUMN_HEAD),))


def test_a_column_is_as_wide_as_its_longest_word_and_the_table_no_wider() -> None:
    given = table(("пункт 1", "неопределённость", "министр"), widths=(90.0, 12.0, 12.0))
    made = fitted(given)
    assert sum(made.widths) == pytest.approx(114.0, abs=0.1)
    assert made.widths[1] > 30 and made.widths[2] > 25 and made.widths[0] < 90
    assert SOFT_HYPHEN not in "".join(cell.text for row in (*made.head, *made.rows) for cell in row)


def test_columns_that_are_wide_enough_stay_as_they_are() -> None:
    given = table(("пункт 1", "слово", "слово"), widths=(50.0, 60.0, 70.0))
    assert fitted(given) == given


def test_a_word_wider_than_any_column_breaks_at_syllables_only() -> None:
    made = fitted(table(("пункт", "Қағидалардың", "министр"), widths=(20.0, 20.0, 15.0)))
    words = [cell.text for row in (*made.head, *made.rows) for cell in row]
    assert any(SOFT_HYPHEN in each for each in words)
    assert [each.replace(SOFT_HYPHEN, "") for each in words] == [*HEADS, "пункт", "Қағидалардың", "министр"]


def test_a_checksum_asks_for_no_room() -> None:
    given = table(("a" * 64, "слово", "слово"), widths=(40.0, 60.0, 70.0))
    assert fitted(given).widths == given.widths


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("разработчика", "раз-ра-бот-чи-ка"),
        ("Әзірлеушінің", "Әзір-ле-уші-нің"),
        ("заявитель", "за-яви-тель"),
        ("мойын", "мо-йын"),
        ("дом", "дом"),
    ],
)
def test_syllables(word: str, parted: str) -> None:
    made = syllables(word)
    assert made.replace(SOFT_HYPHEN, "") == word
    pieces = made.split(SOFT_HYPHEN)
    assert all(len(piece) > 1 and re.search("[аеёиоуыэюяәіөұүАЕЁИОУЫЭЮЯӘІӨҰҮ]", piece) for piece in pieces)
    assert len(pieces) <= len(parted.split("-"))


def test_only_low_rows_are_kept_whole() -> None:
    assert is_short(cells("слово", "слово"), (60.0, 60.0))
    assert not is_short(cells("слово " * 60, "слово"), (40.0, 60.0)), "half a page would stay empty"


@needs_fonts
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_heads_of_the_conclusion_are_whole_in_word(language: str) -> None:
    data = write_docx(conclusion(samples.both(), language, "c0ff" * 16))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        root = etree.fromstring(opened.read("word/document.xml"))
    heads = [row for row in root.iter(f"{{{W}}}tr") if row.find(f".//{{{W}}}tblHeader") is not None]
    assert heads and not [soft for row in heads for soft in row.iter(f"{{{W}}}softHyphen")]


@needs_fonts
def test_both_writers_take_soft_hyphens() -> None:
    given = table(("пункт", "Қағидалардың", "министр"), widths=(20.0, 20.0, 15.0))
    document = Document("т", "ru", "ru-RU", (given,), "проверка", "{page} из {total}")
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as opened:
        assert b"softHyphen" in opened.read("word/document.xml")
        assert "\u00a0из\u00a0" in opened.read("word/footer1.xml").decode(), "the number of the page does not wrap"
    assert write_pdf(document).startswith(b"%PDF")
