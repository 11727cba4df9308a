"""A page as people see it: boxes fall on the words, limits hold, and a child in hostile hands is not believed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.isolation import Parser
from nlp.reading.page_wire import PagePicture, decode_page, encode_page
from nlp.reading.pages import page_picture
from nlp.reading.png import png_of
from nlp.reading.reader import read_bytes
from nlp.reading.source import Box
from nlp.reading.wire import WireError
from tests.hostile import prints
from tests.reading.hostile import docx, paragraph
from tests.reading.pdf.printing import Look, pieces_of, print_pdf

REPOSITORY = str(Path(__file__).resolve().parents[3])
TEXTS = [
    "1. Уполномоченный орган вправе приостановить действие разрешения в случаях, предусмотренных настоящими Правилами.",
    "2. Заявитель представляет заявление, копию устава и иные документы по требованию органа.",
    "3. Рұқсатты берген орган оның қолданысын ақылға қонымды мерзімде тоқтата тұруға құқылы.",
] * 12
DARK = 128


def pixels_of(picture: PagePicture) -> np.ndarray:
    """Rows of grey pixels."""
    shape = (picture.height, picture.width, picture.channels)
    return np.frombuffer(picture.pixels, np.uint8).reshape(shape).min(axis=2)


def boxes_of(data: bytes) -> tuple[str, list[Box]]:
    """The text of a file and the boxes of all its words."""
    source = read_bytes(data, "a.pdf")
    return source.text, [box for block in source.blocks for box in block.boxes]


def cropped(data: bytes, turn: int = 0) -> bytes:
    """Every page shows a part of itself only, and is shown turned."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_cropbox(40, 300, 560, 800)
        page.set_rotation(turn)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["plain", "turned", "cropped", "cropped-90", "cropped-180", "cropped-270"])
def test_boxes_cover_the_ink_of_their_words_and_all_of_it(kind: str) -> None:
    data = print_pdf(pieces_of(TEXTS), Look(rotate=kind == "turned"))
    if kind.startswith("cropped"):
        data = cropped(data, int(kind.partition("-")[2] or 0))
    text, boxes = boxes_of(data)
    assert len(boxes) > 100
    document = pypdfium2.PdfDocument(data)
    for number in range(1, len(document) + 1):
        picture = page_picture(data, number)
        assert picture.pages == len(document)
        ink = pixels_of(picture) < DARK
        uncovered = ink.copy()
        textpage = document[number - 1].get_textpage()
        for box in (each for each in boxes if each.page == number):
            frame = picture.frame((box.x0, box.y0, box.x1, box.y1))
            assert frame is not None, text[box.start : box.end]
            x, y, width, height = frame
            assert ink[y : y + height, x : x + width].mean() > 0.03, text[box.start : box.end]
            uncovered[max(y - 1, 0) : y + height + 1, max(x - 1, 0) : x + width + 1] = False
            said = textpage.get_text_bounded(box.x0 - 0.5, box.y0 - 0.5, box.x1 + 0.5, box.y1 + 0.5)
            assert text[box.start : box.end].strip(".,") in said
        if not kind.startswith("cropped"):
            assert uncovered.sum() <= ink.sum() * 0.01


def test_a_stamp_keeps_its_colour_and_a_text_needs_none() -> None:
    blue = prints.one(contents=prints.shown(prints.NORM) + b"0 0 1 rg 100 100 90 40 re f")
    assert (page_picture(blue, 1).channels, page_picture(prints.one(), 1).channels) == (3, 1)


def test_an_image_is_a_page() -> None:
    picture = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(picture).rectangle((300, 500, 600, 560), fill=0)
    stream = io.BytesIO()
    picture.save(stream, "PNG", dpi=(150, 150))
    made = page_picture(stream.getvalue(), 1)
    points = 72 / 150
    frame = made.frame((300 * points, (1754 - 560) * points, 600 * points, (1754 - 500) * points))
    assert frame is not None
    x, y, width, height = frame
    dark = pixels_of(made) < DARK
    assert dark[y + 2 : y + height - 2, x + 2 : x + width - 2].all()
    dark[y - 1 : y + height + 1, x - 1 : x + width + 1] = False
    assert not dark.any()


def test_pages_of_any_size_keep_the_limit_of_pixels() -> None:
    data = print_pdf(pieces_of(TEXTS[:3]))
    whole = page_picture(data, 1, Limits(page_pixels=10_000_000))
    pixels = whole.width * whole.height
    assert page_picture(data, 1, Limits(page_pixels=pixels + 5_000)).width == whole.width
    less = page_picture(data, 1, Limits(page_pixels=pixels // 2))
    assert less.width < whole.width and less.width * less.height <= pixels // 2
    for size in (b"[0 0 14400 14400]", b"[0 0 14400 3]", b"[0 0 3 14400]"):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources<</Font<</F1 3 0 R>>>>/Contents 11 0 R>>" % size
        made = page_picture(prints.one(more={10: page}), 1, Limits(page_pixels=100_000))
        assert 0 < made.width * made.height <= 100_000


@pytest.mark.parametrize("size", [(1, 9000), (9000, 1), (2000, 2000)])
def test_images_of_any_size_keep_the_limit_of_pixels(size: tuple[int, int]) -> None:
    stream = io.BytesIO()
    Image.new("L", size, 255).save(stream, "PNG")
    made = page_picture(stream.getvalue(), 1, Limits(page_pixels=1_000))
    assert 0 < made.width * made.height <= 1_000


@pytest.fixture
def hostile() -> Iterator[Parser]:
    limits = Limits(parse_seconds=1)
    with Parser(limits, entry="tests.reading.hostile_child", path=(REPOSITORY,)) as parser:
        yield parser


@pytest.mark.parametrize(("order", "code"), [("hang", "timeout"), ("spin", "timeout"), ("segfault", "crashed")])
def test_a_page_that_hangs_or_breaks_its_child_ends_it(hostile: Parser, order: str, code: str) -> None:
    assert hostile.page(prints.one(), 1).pages == 1
    child = psutil.Process(hostile.pid)
    with pytest.raises(ReadingError) as caught:
        hostile.page(prints.one(), 1, "!" + order)
    assert caught.value.code == f"reading.{code}"
    assert not child.is_running()
    assert hostile.page(prints.one(), 1).pages == 1


def test_time_is_that_of_page_seconds() -> None:
    """A page on which forms show each other ten times, nine deep."""
    laughs = next(each for each in prints.CASES if each.name == "pdf-form-laughs.pdf")
    limits = Limits(page_seconds=1, parse_seconds=100)
    with pytest.raises(ReadingError) as caught:
        page_picture(laughs.bytes(), 1, limits)
    assert (caught.value.code, caught.value.params) == ("reading.page_not_drawn", {"page": 1})
    assert page_picture(prints.one(), 1, limits).pages == 1


@pytest.mark.parametrize(
    ("data", "number", "code"),
    [
        (prints.one(), 2, "no_such_page"),
        (prints.one(), 0, "no_such_page"),
        (prints._locked("secret", "owner"), 1, "encrypted"),
        (prints.one()[:300], 1, "pdf_damaged"),
        (prints.many(2, b"").replace(b"/Kids[20 0 R 21 0 R]", b"/Kids[20 0 R 99 0 R]"), 2, "page_damaged"),
        (docx(paragraph("1. Норма.")), 1, "without_pages"),
        ("1. Норма.".encode(), 1, "without_pages"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_told(data: bytes, number: int, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        page_picture(data, number)
    assert caught.value.code == f"reading.{code}"


GOOD = PagePicture(2, 3, 1, 4, (1, 0, 0, 0, -1, 3), b"\0\1\2\3\4\5")


def test_a_page_crosses_the_wire() -> None:
    assert decode_page(encode_page(GOOD), Limits()) == GOOD


@pytest.mark.parametrize(
    "head",
    [
        {"size": [2, 3, 2]}, {"size": [3, 3, 1]}, {"size": [2, 3]}, {"size": [True, 6, 1]}, {"size": [2.0, 3, 1]},
        {"size": [-2, -3, 1]}, {"pages": 0}, {"pages": 10**9}, {"to_page": [0, 0, 0, 0, 0, 0]},
        {"to_page": [1, 0, 0, 0, 1]}, {"to_page": [1, 0, 1e300, 0, 1, 0]}, {"to_page": [1, 0, float("nan"), 0, 1, 0]},
        {"to_page": ["1", 0, 0, 0, 1, 0]}, {"to_page": None}, [],
    ],
)  # fmt: skip
def test_a_page_that_is_none_is_not_believed(head: object) -> None:
    good = {"size": [2, 3, 1], "pages": 4, "to_page": [1, 0, 0, 0, -1, 3]}
    said = good | head if isinstance(head, dict) else head
    with pytest.raises(WireError):
        decode_page(b"PAGE " + json.dumps(said).encode() + b"\n" + GOOD.pixels, Limits())


def test_a_child_may_not_send_more_pixels_than_it_may_nor_ask_for_recognition() -> None:
    with pytest.raises(WireError):
        decode_page(encode_page(GOOD), Limits(page_pixels=5))
    with Parser(entry="tests.reading.lying_child", path=(REPOSITORY,)) as parser:
        for lie in (b"SCAN text 1 1 300\n\0", b"PAGE {}\n", b'{"source": {}}', b"nothing"):
            with pytest.raises(ReadingError) as caught:
                parser.page(lie, 1)
            assert caught.value.code == "reading.crashed"


@given(st.binary(max_size=200))
def test_no_frame_does_anything_but_be_refused(frame: bytes) -> None:
    for each in (frame, b"PAGE " + frame):
        with pytest.raises((WireError, ReadingError)):
            decode_page(each, Limits())


@pytest.mark.parametrize("channels", [1, 3])
def test_a_png_holds_the_pixels(channels: int) -> None:
    pixels = bytes(range(30 * channels))
    image = Image.open(io.BytesIO(png_of(6, 5, channels, pixels)))
    image.load()
    assert (image.size, image.tobytes()) == ((6, 5), pixels)
    with pytest.raises(ValueError, match="pixels"):
        png_of(6, 5, channels, pixels[1:])
