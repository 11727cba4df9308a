"""Ruling lines of scanned tables: found when they lean no more, broken or not; letters are no rules."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.reading.ocr_picture import Picture, picture_of
from nlp.reading.ocr_rules import without_rules
from tests.reading.ocr.scanning import Scan, scan_images
from tests.reading.pdf.printing import Look, pieces_of, print_pdf


def table(*, broken: bool = False, thickness: int = 4, paper: int = 250) -> Picture:
    """Three rows of two cells, 300 dots to the inch."""
    pixels = np.full((1200, 1500), paper, np.uint8)
    for y in (100, 400, 700, 1000):
        pixels[y : y + thickness, 200:1300] = 20
    for x in (200, 700, 1300):
        pixels[100 : 1000 + thickness, x : x + thickness] = 20
    if broken:
        pixels[:, 350:352] = paper
        pixels[520:522, :] = paper
    return picture_of(pixels, 300.0)


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("paper", [250, 150])
def test_a_grid_is_found_and_its_lines_go(broken: bool, paper: int) -> None:
    picture = table(broken=broken, paper=paper)
    clean, (grid,) = without_rules(picture)
    assert (grid.rows, len(grid.cells)) == (3, 6)
    assert grid.borders == pytest.approx((200.24 * 0.24, 700.24 * 0.24, 1300.24 * 0.24), abs=1.5)
    assert grid.top == pytest.approx((1200 - 102) * 0.24, abs=1) and grid.bottom == pytest.approx(198 * 0.24, abs=1)
    assert int(clean.pixels.min()) > 100 and int(picture.pixels.min()) == 20


def test_text_is_no_table() -> None:
    texts = [f"{number}. Орган принимает решение ___________ в течение ____ дней." for number in range(40)]
    for image in scan_images(print_pdf(pieces_of(texts), Look()), Scan(dpi=200)):
        picture = picture_of(np.asarray(image), 200.0)
        assert without_rules(picture) == (picture, [])


@pytest.mark.parametrize(
    "picture",
    [
        picture_of(np.zeros((300, 300), np.uint8), 300.0),
        picture_of(np.full((1, 1), 255, np.uint8), 300.0),
        picture_of(np.full((2, 4000), 0, np.uint8), 72.0),
        table(thickness=60),
    ],
    ids=["black", "one", "strip", "bars"],
)
def test_what_is_no_table(picture: Picture) -> None:
    assert without_rules(picture) == (picture, [])


def test_a_page_full_of_lines_is_given_up() -> None:
    pixels = np.full((3000, 3000), 255, np.uint8)
    pixels[::8, :] = 0
    pixels[:, ::8] = 0
    picture = picture_of(pixels, 300.0)
    assert without_rules(picture)[1] == []
