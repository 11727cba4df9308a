"""Files that cannot be read end in a code that says what to do; every limit is tried one over; fuzzing."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from nlp import messages
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.isolation import Parser
from nlp.reading.pdf import read_pdf
from nlp.reading.reader import read_bytes
from nlp.reading.source import Notice
from tests.reading.pdf.printing import HEIGHT, STAMP, WIDTH, Look, PdfPrinter, pieces_of, print_pdf

NORM = "1. Орган рассматривает заявление в течение пяти рабочих дней."


def refusal(data: bytes, limits: Limits | None = None) -> ReadingError:
    """The error of a file; its text exists in both languages."""
    with pytest.raises(ReadingError) as caught:
        read_pdf(data, "проект.pdf", limits)
    error = caught.value
    for language in ("ru", "kk"):
        assert len(messages.text(error.code, language, **error.params)) > 20
    return error


def picture() -> ImageReader:
    """A grey page."""
    buffer = BytesIO()
    Image.new("L", (60, 80), 200).save(buffer, "PNG")
    buffer.seek(0)
    return ImageReader(buffer)


def scanned(pages: int, stamp: str = "") -> bytes:
    """Pages that are images; they may bear a turned stamp of text."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    name = PdfPrinter(Look()).plain
    for _ in range(pages):
        canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
        if stamp:
            canvas.saveState()
            canvas.translate(570, 100)
            canvas.rotate(90)
            canvas.setFont(name, 8)
            canvas.drawString(0, 0, stamp)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("stamp", ["", STAMP])
def test_a_scan_is_told_from_a_text(stamp: str) -> None:
    assert refusal(scanned(3, stamp)).code == "reading.scan"


def test_scanned_pages_among_others_are_named() -> None:
    printer = PdfPrinter(Look(numbered=True))
    printer.print(pieces_of([NORM]))
    for _ in range(3):
        printer._new_page()
        printer.canvas.drawImage(picture(), 40, 60, 500, 700)
    printer._new_page()
    printer.print(pieces_of([NORM]))
    source = read_pdf(printer.bytes())
    assert source.text == f"{NORM}\n{NORM}"
    assert source.notices == (Notice("reading.pages_without_text", (("count", "3"), ("pages", "2–4"))),)
    for notice in source.notices:
        assert "2–4" in messages.text(notice.code, "ru", **dict(notice.params))
        assert "2–4" in messages.text(notice.code, "kk", **dict(notice.params))


def test_empty_pages_are_no_scan() -> None:
    assert refusal(PdfPrinter(Look()).bytes()).code == "reading.empty"


def test_a_password() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 100, "text")
    canvas.save()
    assert refusal(buffer.getvalue()).code == "reading.encrypted"


def test_protection_without_a_password_to_open_is_no_hindrance() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    canvas.drawString(100, 100, "Agency decides within five days.")
    canvas.save()
    assert read_pdf(buffer.getvalue()).text == "Agency decides within five days."


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"x" * 4000, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"]
)
def test_damaged_files(data: bytes) -> None:
    assert refusal(data).code == "reading.pdf_damaged"


def test_a_truncated_file_is_damaged_or_mended() -> None:
    data = print_pdf(pieces_of([NORM] * 200))
    for share in (0.2, 0.5, 0.9):
        try:
            assert NORM in read_pdf(data[: int(len(data) * share)]).text
        except ReadingError as error:
            assert error.code in ("reading.pdf_damaged", "reading.empty")


def test_pages_one_over_the_limit() -> None:
    printer = PdfPrinter(Look())
    for _ in range(3):
        printer.print(pieces_of([NORM]))
        printer._new_page()
    printer.print(pieces_of([NORM]))
    data = printer.bytes()
    assert read_pdf(data, limits=Limits(pages=4)).text.count(NORM) == 4
    error = refusal(data, Limits(pages=3))
    assert (error.code, error.params) == ("reading.too_many_pages", {"pages": 4, "limit": 3})


def test_characters_one_over_the_limit() -> None:
    data = print_pdf(pieces_of([NORM]))
    printed = len(NORM) + 1
    assert read_pdf(data, limits=Limits(text_characters=printed)).text == NORM
    assert refusal(data, Limits(text_characters=printed - 1)).code == "reading.too_long"


def test_cells_one_over_the_limit() -> None:
    printer = PdfPrinter(Look())
    printer.table([["Показатель", "Значение"], ["Срок", "5"]])
    data = printer.bytes()
    assert read_pdf(data, limits=Limits(table_cells=4)).text
    assert refusal(data, Limits(table_cells=3)).code == "reading.table_too_large"


def test_a_page_of_too_many_lines_is_read_as_text_and_named() -> None:
    printer = PdfPrinter(Look())
    printer.print(pieces_of([NORM]))
    for number in range(1300):
        printer.canvas.line(50, number / 2, 500, number / 2)
    source = read_pdf(printer.bytes())
    assert source.text == NORM
    assert source.notices == (Notice("reading.tables_not_read", (("count", "1"), ("pages", "1"))),)


def test_text_beyond_the_edge_is_not_read_and_named() -> None:
    printer = PdfPrinter(Look())
    printer.print(pieces_of([NORM]))
    printer.canvas.drawString(WIDTH + 50, 400, "невидимо")
    source = read_pdf(printer.bytes())
    assert source.text == NORM
    assert source.notices == (Notice("reading.text_off_page", (("characters", "8"),)),)


def test_the_confined_child_reads_the_same(russian: list[str]) -> None:
    printer = PdfPrinter(Look(stamp=STAMP, hyphenated=True, numbered=True))
    printer.print(pieces_of(russian))
    printer.table([["Показатель", "Значение"], ["Срок", "5"]])
    data = printer.bytes()
    direct = read_pdf(data, "проект.pdf")
    with Parser() as parser:
        apart = parser.read(data, "проект.pdf")
        assert (apart.text, apart.blocks, apart.dropped) == (direct.text, direct.blocks, direct.dropped)
        assert sum(len(block.boxes) for block in apart.blocks) > 1000
        with pytest.raises(ReadingError) as caught:
            parser.read(scanned(1), "скан.pdf")
        assert caught.value.code == "reading.scan"


def test_a_wrong_name_is_told() -> None:
    source = read_bytes(print_pdf(pieces_of([NORM])), "проект.docx")
    assert source.format == "pdf" and source.text == NORM
    assert source.notices == (Notice("reading.wrong_extension", (("extension", ".docx"), ("format", "PDF"))),)


# Fuzzing


@pytest.fixture(scope="module")
def sample() -> bytes:
    """A small file with all that the reader looks at; streams are not packed, so that mutations reach them."""
    printer = PdfPrinter(Look(stamp=STAMP, numbered=True, hyphenated=True))
    printer.canvas.setPageCompression(0)
    printer.print(pieces_of([NORM, "Статью 37¹ дополнить частью 1¹ следующего содержания."]))
    printer.table([["Показатель", "Значение"], ["Срок", "5"]])
    printer._new_page()
    printer.columns(pieces_of([NORM * 4] * 3), pieces_of([NORM * 4] * 3))
    return printer.bytes()


@settings(max_examples=60)
@given(data=st.data())
def test_changed_bytes_end_in_text_or_a_code(sample: bytes, data: st.DataObject) -> None:
    broken = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 30))):
        at = data.draw(st.integers(0, len(broken) - 1))
        kind = data.draw(st.sampled_from(["byte", "cut", "double", "number"]))
        if kind == "byte":
            broken[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del broken[at : at + data.draw(st.integers(1, 40))]
        elif kind == "double":
            broken[at:at] = broken[at : at + 60]
        else:
            broken[at:at] = data.draw(st.sampled_from([b" -1 ", b" 99999999999 ", b" 1e38 ", b" nan ", b" 0 "]))
    try:
        source = read_pdf(bytes(broken))
    except ReadingError as error:
        assert error.code.startswith("reading.")
    else:
        assert source.blocks


@settings(max_examples=40)
@given(
    stream=st.lists(
        st.sampled_from(
            ["BT", "ET", "/F1 12 Tf", "/F1 -3 Tf", "/F1 0 Tf", "/F1 1e30 Tf", "(Norm) Tj", "(1) Tj", "7 Ts", "0 Ts",
             "1 0 0 1 70 700 Tm", "0 1 -1 0 70 300 Tm", "1e20 0 0 1e20 5 5 Tm", "0 0 0 0 0 0 Tm", "-1 0 0 -1 9 9 Tm",
             "50 Tc", "-9 Tc", "0 -14 Td", "200 0 Td", "[(a) -9000 (b) 9000 (c)] TJ", "q", "Q", "70 600 200 80 re S",
             "70 600 m 400 600 l S", "70 600 m 70 100 l h S", "1e9 0 m 1e9 1e9 l S", "0.7 0.7 -0.7 0.7 9 9 cm", "3 Tr"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_any_page_content_ends_in_text_or_a_code(stream: list[str]) -> None:
    content = "\n".join(stream).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % (n, text) for n, text in enumerate(objects, start=1))
    try:
        source = read_pdf(body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF")
    except ReadingError as error:
        assert error.code.startswith("reading.")
    else:
        assert all(block.place.page == 1 for block in source.blocks)
