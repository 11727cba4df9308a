"""The way of a scan through child and parent, with a Tesseract that says what the test wants."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.ocr_hocr import lines_of_page
from nlp.reading.ocr_page import Recogniser
from nlp.reading.ocr_picture import picture_of
from nlp.reading.ocr_wire import Question
from nlp.reading.ocr_words import page_of
from nlp.reading.pdf_pages import Pages
from nlp.reading.reader import read_bytes
from nlp.reading.source import DropReason, SourceText
from tests.reading.ocr.conftest import Fake, hocr
from tests.reading.ocr.scanning import Scan, image_pdf, scan_images
from tests.reading.pdf.measures import block_texts
from tests.reading.pdf.printing import Look, pieces_of, print_pdf

GOOD = hocr("1. Уполномоченный орган принимает решение", "о выдаче разрешения в течение десяти", "рабочих дней.")
PASTED = hocr(
    "Орган принимает решение о выдаче разрешения", "в течение десяти рабочих дней со дня подачи", "заявления."
)
TEXT = ["2. Отказ в выдаче разрешения допускается по основаниям, которые установлены настоящими Правилами."]


def says(path: Path, page: str) -> None:
    """What the next page will be."""
    (path.parent / "page").write_text(page, encoding="utf-8")


def reciter(fake: Fake, page: str = GOOD) -> Path:
    """A Tesseract that says the same of every picture."""
    path = fake('exec cat "${0%/*}/page"')
    says(path, page)
    return path


def blank(pages: int = 1, size: tuple[int, int] = (248, 351)) -> bytes:
    """Pages that are pictures, 30 dots to the inch."""
    return image_pdf([Image.new("L", size, 255 - number) for number in range(pages)], 30)


def mixed(text_pages: int, scans: int) -> bytes:
    """Text pages, then scans."""
    import pypdfium2

    whole = pypdfium2.PdfDocument(print_pdf(pieces_of(TEXT)))
    scanned = pypdfium2.PdfDocument(blank(scans))
    for _ in range(text_pages - 1):
        whole.import_pages(whole, [0])
    whole.import_pages(scanned)
    buffer = BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def codes(source: SourceText) -> dict[str, dict[str, str]]:
    return {notice.code: dict(notice.params) for notice in source.notices}


def refusal(data: bytes, limits: Limits | None = None) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "scan", limits)
    return caught.value


def test_lines_become_a_paragraph_with_boxes(fake: Fake) -> None:
    reciter(fake)
    source = read_bytes(blank(), "scan.pdf")
    (block,) = source.blocks
    assert source.text.startswith("1. Уполномоченный орган принимает решение о выдаче")
    assert block.place.page == 1 and source.format == "pdf"
    assert [source.text[box.start : box.end] for box in block.boxes][:3] == ["1.", "Уполномоченный", "орган"]
    first = block.boxes[0]
    assert first.x0 == pytest.approx(290 * 0.24, abs=0.5) and first.y1 == pytest.approx(842.4 - 310 * 0.24, abs=0.5)
    assert codes(source) == {"reading.recognised": {"count": "1", "pages": "1", "mended": "0"}}


def test_a_scan_among_text_pages_stands_in_its_place(fake: Fake) -> None:
    reciter(fake)
    source = read_bytes(mixed(2, 1), "a.pdf")
    assert [block.place.page for block in source.blocks] == [1, 2, 3]
    assert codes(source)["reading.recognised"]["pages"] == "3"


def test_poor_pages_are_given_and_named(fake: Fake) -> None:
    path = reciter(fake, hocr("Хлрёфф мкчу прнщъ ываолд гшрык цущкз жлопр мнбвц фыщз тклмн", confidence=70))
    source = read_bytes(blank(), "scan.pdf")
    assert "мкчу" in source.text
    assert codes(source)["reading.ocr_poor_page"] == {
        "page": "1",
        "confidence": "70",
        "doubtful": "0",
        "known": "0",
    }
    says(path, GOOD)
    assert "reading.ocr_poor_page" not in codes(read_bytes(blank(), "scan.pdf"))


def test_turned_lines_and_spots_are_set_aside(fake: Fake) -> None:
    page = GOOD + hocr("Копия документа", turned=True) + hocr("ЪЬХ", top=1500, confidence=10)
    reciter(fake, page)
    source = read_bytes(blank(), "scan.pdf")
    aside = {dropped.text: dropped.reason for dropped in source.dropped}
    assert aside == {"Копия документа": DropReason.STAMP, "ЪЬХ": DropReason.STAMP}


def test_a_page_doubtful_all_over_is_given_and_named(fake: Fake) -> None:
    lines = ["Хлрёфф мкчу прнщъ ываолд гшрык цущкз жлопр мнбвц"] * 8
    reciter(fake, hocr(*lines, top=600, confidence=30))
    source = read_bytes(blank(), "scan.pdf")
    assert source.text.count("мкчу") == 8 and "reading.ocr_poor_page" in codes(source)


def test_page_numbers_and_headers_are_set_aside(fake: Fake) -> None:
    reciter(fake, hocr("Проект закона о дорогах", top=100) + GOOD)
    source = read_bytes(blank(3), "scan.pdf")
    assert "Проект закона" not in source.text
    assert {dropped.reason for dropped in source.dropped} == {DropReason.HEADER_FOOTER}


def test_a_header_that_comes_out_differently_is_one() -> None:
    headers = (
        "Проект закона о дорогах Республики",
        "Прсект эакона о дорогах Республики",
        "Проект закона с дорогах Реслублики",
    )
    pages = Pages(3, Limits())
    for number, header in enumerate(headers, start=1):
        text = hocr(header, top=60) + hocr(f"{number}. Уполномоченный орган принимает решение.", top=1500)
        picture = picture_of(np.full((3509, 2480), 255, np.uint8), 300.0)
        pages.take(number, page_of(lines_of_page(text.encode()), picture, []).words, [])
    source = pages.finish("", "image")
    assert len(source.blocks) == 3 and [each.reason for each in source.dropped] == [DropReason.HEADER_FOOTER] * 3


def test_two_columns_are_read_one_after_the_other(fake: Fake) -> None:
    left = hocr(*[f"левый столбец номер {word}" for word in ("один", "два", "три", "четыре", "пять")])
    right = hocr(*[f"оң жақ баған сөз {word}" for word in ("бір", "екі", "үш", "төрт", "бес")])
    shifted = right
    for x in range(3000, 280, -1):  # moved to the right by 900 dots
        shifted = shifted.replace(f"bbox {x} ", f"bbox @{x + 900} ").replace(f"bboxes {x} ", f"bboxes @{x + 900} ")
    import re

    shifted = re.sub(r"@(\d+) (\d+) (\d+) ", lambda m: f"{m[1]} {m[2]} {int(m[3]) + 900} ", shifted)
    reciter(fake, left + shifted)
    source = read_bytes(blank(), "scan.pdf")
    assert [block.style.column for block in source.blocks] == [1] * (len(source.blocks) // 2) + [2] * (
        len(source.blocks) // 2
    )
    assert source.text.index("пять") < source.text.index("бір")


# Tesseract is absent, incomplete, slow or broken


def test_without_tesseract_a_scan_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_TESSERACT", "/nonexistent/tesseract")
    error = refusal(blank(2))
    assert error.code == "reading.program_missing"
    assert error.params["packages"] == "tesseract-ocr tesseract-ocr-rus tesseract-ocr-kaz"
    picture = BytesIO()
    Image.new("L", (900, 900), 255).save(picture, "PNG")
    assert refusal(picture.getvalue()).code == "reading.program_missing"


def test_without_tesseract_text_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_TESSERACT", "/nonexistent/tesseract")
    source = read_bytes(mixed(1, 2), "a.pdf")
    assert block_texts(source) == TEXT
    found = codes(source)
    assert set(found) == {"reading.ocr_missing"}
    assert (found["reading.ocr_missing"]["pages"], found["reading.ocr_missing"]["count"]) == ("2–3", "2")


@pytest.mark.parametrize(
    ("languages", "packages"),
    [("rus osd", "tesseract-ocr-kaz"), ("kaz", "tesseract-ocr-rus"), ("eng", "tesseract-ocr-kaz tesseract-ocr-rus")],
)
def test_only_the_missing_language_is_asked_for(fake: Fake, languages: str, packages: str) -> None:
    fake("exit 1", languages)
    error = refusal(blank())
    assert (error.code, error.params) == ("reading.program_missing", {"program": "tesseract", "packages": packages})


def test_a_page_that_takes_too_long(fake: Fake) -> None:
    fake("exec sleep 60")
    limits = Limits(ocr_seconds=1)
    assert refusal(blank(), limits).code == "reading.timeout"
    source = read_bytes(mixed(1, 1), "a.pdf", limits)
    assert codes(source) == {"reading.pages_not_recognised": {"count": "1", "pages": "2"}}


def test_a_tesseract_that_fails(fake: Fake) -> None:
    fake("exit 3")
    error = refusal(blank())
    assert (error.code, error.params) == ("reading.program_failed", {"program": "tesseract", "reason": "exit 3"})
    assert "reading.pages_not_recognised" in codes(read_bytes(mixed(1, 1), "a.pdf"))


@pytest.mark.parametrize("page", ["", "nonsense", "\x00\x01", "<span class='ocr_line' title=\"bbox"])
def test_a_tesseract_that_says_nothing(fake: Fake, page: str) -> None:
    reciter(fake, page)
    assert refusal(blank()).code == "reading.scan"
    assert block_texts(read_bytes(mixed(1, 1), "a.pdf")) == TEXT


# Limits: one over


def test_pages_beyond_the_limit_are_named(fake: Fake) -> None:
    reciter(fake)
    limits = Limits(ocr_pages=2)
    assert "reading.ocr_pages_over" not in codes(read_bytes(blank(2), "a.pdf", limits))
    source = read_bytes(blank(3), "a.pdf", limits)
    assert codes(source)["reading.ocr_pages_over"] == {"count": "1", "pages": "3", "limit": "2"}
    assert {block.place.page for block in source.blocks} <= {1, 2}


def test_time_for_all_pages(fake: Fake) -> None:
    fake("exec sleep 0.7")
    error = refusal(blank(4), Limits(ocr_total_seconds=1))
    assert (error.code, error.params) == ("reading.ocr_timeout", {"seconds": 1})
    assert refusal(blank(1), Limits(ocr_total_seconds=60)).code == "reading.scan"


def test_a_picture_never_has_more_pixels_than_allowed() -> None:
    asked: list[Question] = []

    def ask(question: Question) -> bytes:
        asked.append(question)
        return GOOD.encode()

    for most in (1, 999, 1000, 10**6):
        asked.clear()
        recogniser = Recogniser(ask, Limits(ocr_pixels=most))
        recogniser.page(picture_of(np.full((40, 25), 255, np.uint8), 100.0))
        recogniser.page(picture_of(np.full((1, 5000), 255, np.uint8), 100.0))
        assert all(question.width * question.height <= most for question in asked)
        assert all(len(question.pixels) == question.width * question.height for question in asked)
    assert (asked[-2].width, asked[-2].height) == (25, 40)


def _picture(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.new("L", (width, height), 255).save(buffer, "PNG")
    return buffer.getvalue()


def test_one_pixel_too_many_in_an_image(fake: Fake) -> None:
    reciter(fake)
    error = refusal(_picture(1001, 1000), Limits(image_pixels=1_000_000))
    assert (error.code, error.params) == ("reading.image_too_large", {"pixels": "2", "limit": "1"})


def test_memory_of_tesseract(fake: Fake) -> None:
    fake("exec sort /dev/zero")  # one line without end
    error = refusal(blank(), Limits(ocr_memory_bytes=64 * 2**20))
    assert error.code == "reading.program_failed"


def test_density_is_a_setting(fake: Fake) -> None:
    path = fake('case "$*" in *"--dpi 150"*) exec cat "${0%/*}/page";; *) exit 4;; esac')
    says(path, GOOD)
    assert read_bytes(blank(), "a.pdf", Limits(ocr_dpi=150)).text
    assert refusal(blank(), Limits(ocr_dpi=151)).code == "reading.program_failed"


# Images


@pytest.mark.parametrize(
    ("form", "options"),
    [("PNG", {}), ("JPEG", {}), ("BMP", {}), ("TIFF", {"compression": "tiff_lzw"}), ("TIFF", {"compression": "jpeg"})],
)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_images_are_read(fake: Fake, form: str, options: dict[str, str], mode: str) -> None:
    reciter(fake)
    (image,) = scan_images(print_pdf(pieces_of(TEXT)), Scan(dpi=100))
    buffer = BytesIO()
    image.convert(mode).save(buffer, form, **options)
    source = read_bytes(buffer.getvalue(), "a")
    assert source.format == "image" and source.blocks[0].place.page == 1
    assert len(source.blocks[0].boxes) > 10


@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_images_of_every_kind_of_pixel(fake: Fake, mode: str) -> None:
    reciter(fake)
    buffer = BytesIO()
    if mode == "I;16":
        Image.new(mode, (300, 400), 60_000).save(buffer, "PNG")
    else:
        Image.new("L", (300, 400), 255).convert("RGB" if mode == "CMYK" else "L").convert(mode).save(
            buffer, "TIFF" if mode == "CMYK" else "PNG"
        )
    assert read_bytes(buffer.getvalue(), "a").text.startswith("1. Уполномоченный")


def test_a_tiff_of_many_pages(fake: Fake) -> None:
    reciter(fake, hocr("1. Уполномоченный орган принимает решение.", top=1500))
    buffer = BytesIO()
    pages = [Image.new("1", (300, 400), 1) for _ in range(3)]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    source = read_bytes(buffer.getvalue(), "a.tif")
    assert [block.place.page for block in source.blocks] == [1, 2, 3]
    error = refusal(buffer.getvalue(), Limits(pages=2))
    assert (error.code, error.params) == ("reading.too_many_pages", {"pages": "3", "limit": "2"})


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP"])
def test_damaged_images_are_refused_whole(fake: Fake, form: str) -> None:
    reciter(fake)
    (image,) = scan_images(print_pdf(pieces_of(TEXT)), Scan(dpi=60))
    buffer = BytesIO()
    image.save(buffer, form)
    data = buffer.getvalue()
    for part in (12, 40, len(data) // 2):
        assert refusal(data[:part]).code == "reading.image_damaged"


def test_an_image_without_text(fake: Fake) -> None:
    reciter(fake, "")
    assert refusal(_picture(500, 500)).code == "reading.image_without_text"


# Word files


def word_file(*widths: float) -> bytes:
    """Paragraphs with a picture of each width (inches) between them."""
    import docx
    from docx.shared import Inches

    document = docx.Document()
    document.add_paragraph("1. Начало.")
    for number, width in enumerate(widths):
        picture = BytesIO()
        Image.new("L", (600, 500), 255 - number).save(picture, "PNG")
        picture.seek(0)
        document.add_picture(picture, width=Inches(width))
    document.add_paragraph("2. Конец.")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_large_picture_in_a_word_file_is_read_in_its_place(fake: Fake) -> None:
    reciter(fake, PASTED)
    source = read_bytes(word_file(6), "a.docx")
    texts = block_texts(source)
    assert texts[0] == "1. Начало." and texts[-1] == "2. Конец."
    assert texts[1].startswith("Орган принимает решение о выдаче")
    assert source.blocks[1].place.paragraph == 1 and source.blocks[1].original_span(0, 10**6) is None
    assert codes(source) == {"reading.images_recognised": {"count": "1", "mended": "0"}}


def test_small_pictures_are_left_aside(fake: Fake) -> None:
    reciter(fake)
    source = read_bytes(word_file(1, 2.9), "a.docx")
    assert block_texts(source) == ["1. Начало.", "2. Конец."] and source.notices == ()


def test_large_pictures_without_text_are_left_aside(fake: Fake) -> None:
    reciter(fake, hocr("Рисунок 1"))
    source = read_bytes(word_file(6), "a.docx")
    assert block_texts(source) == ["1. Начало.", "2. Конец."] and source.notices == ()


def test_pictures_count_as_pages(fake: Fake) -> None:
    reciter(fake, PASTED)
    source = read_bytes(word_file(6, 5), "a.docx", Limits(ocr_pages=1))
    assert codes(source)["reading.images_not_read"] == {"count": "1"}


def test_a_word_file_without_tesseract_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_TESSERACT", "/nonexistent/tesseract")
    source = read_bytes(word_file(6), "a.docx")
    assert block_texts(source) == ["1. Начало.", "2. Конец."]
    assert codes(source)["reading.images_ocr_missing"]["count"] == "1"
    assert read_bytes(word_file(1), "a.docx").notices == ()


def test_text_pages_are_never_recognised(fake: Fake) -> None:
    fake("exit 5")
    assert read_bytes(print_pdf(pieces_of(TEXT), Look(stamp="Копия")), "a.pdf").notices == ()
