"""Pictures of pages: every pixel knows its place on the page, however the picture is turned, tilted or scaled."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.limits import Limits
from nlp.reading.ocr_picture import Picture, Pixels, grey_of, picture_of, rendered
from nlp.reading.ocr_skew import skew, straightened
from nlp.reading.pdf_document import open_pdf
from tests.reading.pdf.printing import Look, pieces_of, print_pdf

TEXT = [f"{number}. Орган принимает решение в течение десяти рабочих дней." for number in range(1, 40)]


def spot(picture: Picture) -> tuple[float, float, float, float]:
    """Where the dark pixels of a picture lie on its page."""
    rows, columns = np.nonzero(picture.pixels < 128)
    return picture.box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


@pytest.fixture
def marked() -> Picture:
    pixels = np.full((400, 300), 255, np.uint8)
    pixels[50:60, 200:212] = 0
    return picture_of(pixels, 144.0)


def test_a_picture_is_a_page_in_points(marked: Picture) -> None:
    assert spot(marked) == (100.0, 170.0, 106.0, 175.0)
    assert (marked.width, marked.height, marked.points) == (300, 400, 0.5)


@pytest.mark.parametrize("quarters", range(4))
def test_turning_keeps_places(marked: Picture, quarters: int) -> None:
    turned = marked.turned(quarters)
    assert (turned.width > turned.height) == (quarters % 2 == 1)
    assert spot(turned) == pytest.approx(spot(marked))
    assert spot(turned.turned(4 - quarters)) == pytest.approx(spot(marked))


@pytest.mark.parametrize("degrees", [-5.0, -1.0, 0.4, 3.0])
def test_tilting_keeps_places(marked: Picture, degrees: float) -> None:
    assert spot(marked.leaned(degrees)) == pytest.approx(spot(marked), abs=0.8)
    assert marked.leaned(degrees).pixels.shape == marked.pixels.shape


@pytest.mark.parametrize("factor", [0.5, 1.7, 2.0])
def test_scaling_keeps_places(marked: Picture, factor: float) -> None:
    scaled = marked.scaled(factor)
    assert spot(scaled) == pytest.approx(spot(marked), abs=0.6)
    assert scaled.dpi == pytest.approx(144 * factor, rel=0.01)
    assert scaled.turned(1).leaned(2.0).points == pytest.approx(0.5 / factor, rel=0.01)


def page(look: Look, dpi: float = 100, most: int = 10**8) -> Picture:
    with open_pdf(print_pdf(pieces_of(TEXT), look), Limits()) as pdf, pdf.page(0) as opened:
        assert opened is not None
        return rendered(opened, dpi, most)


@pytest.mark.parametrize("rotate", [False, True])
def test_a_rendered_page_stands_as_it_is_shown(rotate: bool) -> None:
    picture = page(Look(rotate=rotate))
    assert picture.width < picture.height and picture.dpi == 100
    x0, y0, x1, y1 = spot(picture)
    if rotate:  # the page lies on its side in the file
        assert x1 - x0 > y1 - y0
    else:
        assert x0 == pytest.approx(70, abs=30) and y1 == pytest.approx(842 - 70, abs=15)


def test_no_more_pixels_than_allowed() -> None:
    assert page(Look(), 300, 500_000).pixels.size <= 500_000
    assert page(Look(), 300, 1).pixels.size == 1
    assert page(Look(), 300).pixels.size > 8_000_000


@pytest.mark.parametrize("degrees", [-4.0, -2.0, -0.4, 0.3, 1.3, 3.0])
def test_how_far_a_page_leans(degrees: float) -> None:
    picture = page(Look())
    assert skew(picture.leaned(degrees)) == pytest.approx(-degrees, abs=0.11)
    assert abs(skew(straightened(picture.leaned(degrees)))) < 0.15


def test_a_level_page_is_left_as_it_is() -> None:
    picture = page(Look())
    assert straightened(picture) is picture


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((500, 400), 255, np.uint8),
        np.zeros((500, 400), np.uint8),
        np.random.default_rng(1).integers(0, 256, (500, 400)).astype(np.uint8),
        np.zeros((1, 1), np.uint8),
        np.full((3, 900), 7, np.uint8),
    ],
    ids=["white", "black", "noise", "one", "strip"],
)
def test_where_nothing_tells_nothing_is_turned(pixels: Pixels) -> None:
    picture = picture_of(pixels, 300.0)
    assert skew(picture) == 0.0 and straightened(picture) is picture


def test_coloured_ink_is_made_pale_black_ink_stays() -> None:
    page = np.full((100, 100, 3), 250, np.uint8)
    page[10:60, 10:60] = (20, 20, 25)
    page[70:80, 10:30] = (40, 60, 190)
    grey = grey_of(page)
    assert grey[20, 20] < 30 and grey[75, 20] >= 190
    assert grey_of(np.ascontiguousarray(page[65:]))[10, 20] == 40  # text printed in colour is text
