"""Threes and fives are told apart by their shape in every font, or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from nlp.reading.ocr_figures import three_or_five
from nlp.reading.ocr_hocr import Box
from nlp.reading.ocr_picture import Pixels

FONTS = sorted(Path("/usr/share/fonts/truetype").glob("**/*.ttf")) if Path("/usr/share/fonts/truetype").is_dir() else []


def drawn(figure: str, font: Path, size: int) -> tuple[Pixels, Box]:
    image = Image.new("L", (3 * size, 3 * size), 240)
    ImageDraw.Draw(image).text((size, size), figure, font=ImageFont.truetype(str(font), size), fill=30)
    pixels = np.asarray(image)
    rows, columns = np.nonzero(pixels < 135)
    return pixels, (int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


def test_every_font_of_this_machine() -> None:
    fonts = [font for font in FONTS if font.stem[:3] in ("PTF", "PTS", "PTN", "Dej", "Lib")]
    if not fonts:
        pytest.skip("no fonts are installed")
    verdicts = [
        (figure, three_or_five(*drawn(figure, font, size))) for font in fonts for size in (28, 50) for figure in "35"
    ]
    assert not [1 for figure, seen in verdicts if seen not in (figure, "")]
    assert sum(figure == seen for figure, seen in verdicts) > 0.85 * len(verdicts)


@pytest.mark.parametrize("font", ["PTF55F", "PTF75F", "PTF56F"])
def test_the_threes_with_a_flat_head(font: str) -> None:
    path = next((each for each in FONTS if each.stem == font), None)
    if path is None:
        pytest.skip(f"{font} is not installed")
    assert three_or_five(*drawn("3", path, 50)) == "3"
    assert three_or_five(*drawn("5", path, 50)) in ("5", "")


@pytest.mark.parametrize("box", [(0, 0, 0, 0), (5, 5, 9, 9), (0, 0, 40, 60), (90, 90, 200, 200), (60, 10, 20, 40)])
def test_no_figure_no_verdict(box: Box) -> None:
    white = np.full((100, 100), 255, np.uint8)
    assert three_or_five(white, box) == ""
    assert three_or_five(np.full((100, 100), 90, np.uint8), box) == ""
