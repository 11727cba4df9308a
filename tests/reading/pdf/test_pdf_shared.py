"""Seeds printed to PDF, and an official PDF, are read as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest

from nlp.reading.pdf import read_pdf
from nlp.reading.plain import read_plain
from nlp.reading.source import DropReason
from nlp.structure import provisions, structure
from tests.reading.pdf.measures import block_texts, character_error, kept_whole
from tests.reading.pdf.printing import HEADER, STAMP, Look, PdfPrinter, pieces_of, print_pdf

pytestmark = pytest.mark.shared

LOOK = Look(stamp=STAMP, header=HEADER, numbered=True, hyphenated=True)


def seed(shared: Path, number: str) -> list[str]:
    """Paragraphs of one seed."""
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return block_texts(read_plain(path.read_bytes()))


@pytest.mark.parametrize(("number", "whole"), [("001", 0.97), ("002", 0.97)])
def test_seeds_printed_with_stamps_and_headers(shared: Path, number: str, whole: float) -> None:
    texts = seed(shared, number)
    source = read_pdf(print_pdf(pieces_of(texts), LOOK))
    read = block_texts(source)
    assert character_error(texts, read) <= 0.005
    assert kept_whole(texts, read) >= whole
    assert STAMP[-30:] not in source.text and HEADER not in source.text
    pages = max(block.place.page for block in source.blocks)
    assert sum(item.reason is DropReason.STAMP for item in source.dropped) >= pages


def test_two_seeds_in_two_columns_and_a_table(shared: Path) -> None:
    left, right = seed(shared, "002"), seed(shared, "001")
    rows = [[str(number), *pair] for number, pair in enumerate(zip(left[20:40], right[20:40], strict=True))]
    printer = PdfPrinter(Look(size=11, leading=14, left=50, right=40, stamp=STAMP, hyphenated=True, numbered=True))
    printer.columns(pieces_of(left), pieces_of(right))
    printer._new_page()
    printer.table([row for row in rows if max(map(len, row)) < 1500], [0.1, 0.45, 0.45])
    source = read_pdf(printer.bytes())
    columns = [block.style.column for block in source.blocks]
    assert columns == sorted(columns, key=lambda column: column or 3)
    for column, texts in ((1, left), (2, right)):
        assert character_error(texts, block_texts(source, column)) <= 0.005
    cells = [text for row in rows if max(map(len, row)) < 1500 for text in row]
    assert character_error(cells, block_texts(source, 0)) <= 0.005
    assert STAMP[-30:] not in source.text


@pytest.mark.parametrize("number", ["001", "002"])
def test_no_provision_holds_words_of_a_stamp(shared: Path, number: str) -> None:
    """In one column, in two, and in a table, with the stamp turned at the margin of every page."""
    texts = seed(shared, number)
    plain = print_pdf(pieces_of(texts), LOOK)
    printer = PdfPrinter(Look(size=11, leading=14, left=50, right=40, stamp=STAMP, numbered=True))
    printer.columns(pieces_of(texts), pieces_of(texts))
    printer._new_page()
    printer.table([[text, text] for text in texts if len(text) < 900])
    for data in (plain, printer.bytes()):
        source = read_pdf(data)
        assert character_error(texts, block_texts(source, 1) or block_texts(source)) <= 0.005
        found = provisions(structure(source))
        assert len(found) > 20
        for provision in found:
            for words in (provision.text, provision.lead, provision.heading):
                assert not re.search("Documentolog|СЭД|ЭЦП|Копия электронного", words)


def small_figures(data: bytes) -> int:
    """Figures that the file sets in a smaller size than its text, counted character by character."""
    count = 0
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                small = 0 < pypdfium2.raw.FPDFText_GetFontSize(text.raw, index) < 8.5
                count += small and text.get_text_range(index, 1).isdigit()
    return count


def test_an_official_amending_law_keeps_its_superscripts(shared: Path) -> None:
    data = (shared / "documents" / "kg-amending-law-mediation.pdf").read_bytes()
    source = read_pdf(data)
    raised = re.findall(r"\d+[⁰¹²³⁴-⁹]+", source.text)
    assert len(raised) == small_figures(data) == 25
    assert "статью 37 дополнить частью 1¹ следующего содержания:" in source.text
    assert 'дополнить цифрами "7¹,";' in source.text
    assert "дополнить пунктом 7² следующего содержания" in source.text
    assert not re.search(r"частью 11|пунктом (?:11|21|41|51|71|72)\b", source.text)
    headers = [item.text for item in source.dropped]
    assert len(headers) == 12 and headers.count("cbd.minjust.gov.kg") == 4
    assert sum(bool(re.match(r"Статья \d\.$", text)) for text in block_texts(source)) == 8
