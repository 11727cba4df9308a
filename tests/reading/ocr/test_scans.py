"""Real scans of our own drafts, read by Tesseract."""

from __future__ import annotations

from io import BytesIO

import pytest

from nlp.limits import Limits
from nlp.reading.reader import read_bytes, read_file
from nlp.reading.source import BlockKind, DropReason, SourceText
from tests.reading.ocr.accuracy import Sample, errors, example, plain, printed, two_columns
from tests.reading.ocr.scanning import Scan, scan_images, scan_pdf
from tests.reading.pdf.measures import block_texts
from tests.reading.pdf.printing import STAMP, Look, PdfPrinter, Piece, pieces_of, print_pdf

pytestmark = [pytest.mark.tesseract, pytest.mark.usefixtures("tesseract")]


@pytest.fixture(scope="module")
def russian() -> Sample:
    return printed(plain(example("draft-ru.docx"))[:11])


@pytest.fixture(scope="module")
def kazakh() -> Sample:
    return printed(plain(example("draft-kk.docx"))[:10])


def read(sample: Sample, scan: Scan) -> SourceText:
    return read_bytes(scan_pdf(sample.pdf, scan), "scan.pdf")


def poor(source: SourceText) -> int:
    return sum(notice.code == "reading.ocr_poor_page" for notice in source.notices)


def test_russian(russian: Sample) -> None:
    pdf = scan_pdf(russian.pdf, Scan(skew=1.0, stamp=True))
    source = read_bytes(pdf, "scan.pdf")
    error, whole = errors(russian, source)
    assert error < 0.015 and whole > 0.75 and not poor(source)
    assert source == read_bytes(pdf, "scan.pdf")  # the same scan, the same text


def test_kazakh_at_low_density(kazakh: Sample) -> None:
    source = read(kazakh, Scan(dpi=150, quality=50))
    error, whole = errors(kazakh, source)
    assert error < 0.01 and whole > 0.75 and not poor(source)


def test_on_its_side(kazakh: Sample) -> None:
    source = read(kazakh, Scan(turn=1))
    assert errors(kazakh, source)[0] < 0.01
    for block in source.blocks:  # lines of a page lying on its side run upwards or downwards
        for box in block.boxes:
            if box.end - box.start > 6:
                assert box.y1 - box.y0 > box.x1 - box.x0


def test_upside_down(russian: Sample) -> None:
    assert errors(russian, read(russian, Scan(turn=2)))[0] < 0.015


def test_two_languages_side_by_side() -> None:
    sample = two_columns(plain(example("draft-ru.docx"))[7:13], plain(example("draft-kk.docx"))[6:12])
    source = read(sample, Scan())
    assert errors(sample, source)[0] < 0.02
    assert {block.style.column for block in source.blocks} == {1, 2}


def test_a_page_hard_to_make_out_is_given_and_named(russian: Sample) -> None:
    source = read(russian, Scan(dpi=100, noise=45, quality=20))
    assert poor(source) == 1 and source.text


def test_stamps_numbers_and_superscripts() -> None:
    texts = [
        "Статья 37¹. Полномочия уполномоченного органа",
        "1. Уполномоченный орган в пределах статьи 43² настоящего Закона:",
        "1) утверждает правила;",
        "2) ведёт реестр разрешений;",
        "3) рассматривает жалобы в течение 13 рабочих дней.",
    ]
    pieces = [Piece(texts[0], "h"), *map(Piece, texts[1:])]
    source = read(Sample(print_pdf(pieces, Look(stamp=STAMP, spacing=6)), {0: texts}), Scan())
    assert block_texts(source) == texts
    (stamp,) = source.dropped
    assert stamp.reason is DropReason.STAMP and stamp.text.startswith("Копия электронного документа")


def test_a_ruled_table_comes_out_as_cells() -> None:
    rows = [["Действующая редакция", "Предлагаемая редакция"]] + [
        [f"Орган отвечает в течение {days} дней.", f"Орган отвечает в течение {days + 1} рабочих дней с даты подачи."]
        for days in (13, 15, 30)
    ]
    printer = PdfPrinter(Look())
    printer.table(rows)
    printer.print(pieces_of(["Настоящая таблица составлена органом, который разработал проект."]))
    source = read_bytes(scan_pdf(printer.bytes(), Scan(dpi=200, skew=0.8, noise=6)), "a.pdf")
    cells = {
        (block.place.row, block.place.column): source.text[block.start : block.end]
        for block in source.blocks
        if block.kind is BlockKind.CELL
    }
    assert cells == {(row, column): text for row, texts in enumerate(rows) for column, text in enumerate(texts)}
    assert block_texts(source)[-1].startswith("Настоящая таблица")


def test_boxes_lie_on_the_words(kazakh: Sample) -> None:
    """The same words have nearly the same boxes in the print and in its leaning scan (which is mapped back)."""
    original = read_bytes(kazakh.pdf, "a.pdf")
    source = read(kazakh, Scan())
    places = {original.text[b.start : b.end]: b for block in original.blocks for b in block.boxes}
    compared = 0
    for block in source.blocks:
        for box in block.boxes:
            word = source.text[box.start : box.end]
            twin = places.get(word)
            if twin and source.text.count(word) == original.text.count(word) == 1:
                assert abs(box.x0 - twin.x0) < 3 and abs(box.x1 - twin.x1) < 3
                assert twin.y0 - 2 < box.y0 and box.y1 < twin.y1 + 2
                compared += 1
    assert compared > 30


def test_a_photograph_as_jpeg(russian: Sample) -> None:
    (image,) = scan_images(russian.pdf, Scan(dpi=250, grey=70, noise=6, skew=0.8))[:1]
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=60)  # says nothing of its density
    assert errors(russian, read_bytes(buffer.getvalue(), "photo.jpg"))[0] < 0.02


@pytest.mark.shared
@pytest.mark.parametrize("number", ["001", "002"])
def test_seeds_printed_and_scanned(shared: object, number: str) -> None:
    from pathlib import Path

    assert isinstance(shared, Path)
    (file,) = (shared / "seeds").glob(f"{number}_*.txt")
    texts = plain(block_texts(read_file(file)))[:12]
    sample = Sample(print_pdf(pieces_of(texts)), {0: texts})
    assert errors(sample, read_bytes(scan_pdf(sample.pdf, Scan(dpi=200), slice(2)), "s.pdf", Limits()))[0] < 0.03
