"""Boxes of figures by their ink; small letters that recognition takes for capitals."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.reading.ocr_boxes import refine
from nlp.reading.ocr_case import settle_case
from nlp.reading.ocr_hocr import Box, ScannedChar, ScannedLine, ScannedWord
from nlp.reading.ocr_picture import Pixels

SLIPPED: Box = (1, 1, 2, 2)


def inked(*spans: tuple[int, int]) -> Pixels:
    """White paper with one block of ink from column to column each."""
    pixels = np.full((60, 300), 250, np.uint8)
    for left, right in spans:
        pixels[20:50, left:right] = 10
    return pixels


def word(text: str, box: Box = (0, 0, 300, 60)) -> ScannedWord:
    return ScannedWord(box, 90, [ScannedChar(char, SLIPPED) for char in text])


def boxes(found: ScannedWord) -> list[Box]:
    return [char.box for char in found.chars]


def test_figures_are_counted_off_from_the_left() -> None:
    found = word("24-6)")
    refine(found, inked((10, 30), (40, 60), (70, 80), (90, 110), (115, 122)))
    assert [(box[0], box[2]) for box in boxes(found)] == [(10, 30), (40, 60), (70, 80), (90, 110), (115, 122)]
    assert {(box[1], box[3]) for box in boxes(found)} == {(20, 50)}


def test_letters_behind_figures_keep_their_boxes() -> None:
    found = word("31-ы")
    refine(found, inked((10, 30), (40, 50), (60, 70), (80, 90), (95, 99)))  # the last letter is of two pieces
    assert [box[0] for box in boxes(found)] == [10, 40, 60, SLIPPED[0]]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("31", [(10, 30)]),  # two figures that touch
        ("31", [(10, 30), (40, 50), (60, 70)]),
        ("31-ы", [(10, 30), (40, 50)]),
        ("ы31", [(10, 30), (40, 50), (60, 70)]),
        ("орган", [(10, 30), (40, 50), (60, 70), (80, 90), (95, 99)]),
        ("3", []),
    ],
)
def test_where_ink_and_characters_do_not_agree_nothing_is_touched(text: str, spans: list[tuple[int, int]]) -> None:
    found = word(text)
    refine(found, inked(*spans))
    assert set(boxes(found)) == {SLIPPED}


def test_a_box_beyond_the_page() -> None:
    found = word("31", (290, 50, 900, 900))
    refine(found, inked((10, 30)))
    assert set(boxes(found)) == {SLIPPED}


def line(*words: tuple[str, int]) -> ScannedLine:
    """Words, each with the height of its letters."""
    return ScannedLine(
        (0, 0, 900, 46), 0.0, 0.0, 46.0, False,
        [ScannedWord((0, 0, 9, 9), 90, [ScannedChar(c, (0, 0, 20, height)) for c in text]) for text, height in words],
    )  # fmt: skip


SMALL = ("осенние", 24)


@pytest.mark.parametrize(
    ("text", "height", "meant"),
    [
        ("В", 24, "в"),
        ("В", 34, "В"),
        ("ДНЯ", 25, "дня"),
        ("ДНЯ", 34, "ДНЯ"),
        ("Закон", 25, "закон"),
        ("Закон", 34, "Закон"),
        ("Республика", 25, "Республика"),  # a small «р» would go below the line
        ("ПраВо", 25, "ПраВо"),
        ("VI", 25, "VI"),
        ("12", 25, "12"),
    ],
)
def test_case_by_height(text: str, height: int, meant: str) -> None:
    lines = [line(SMALL, (text, height))]
    assert settle_case(lines) == (text != meant)
    assert lines[0].words[1].text == meant


def test_a_line_without_small_letters_tells_nothing() -> None:
    """A header in smaller type has low capitals: only its own small letters count."""
    lines = [line(SMALL, ("МИНИСТЕРСТВО", 34)), line(("ЗАКОН", 24)), line(("в", 17), ("Закон", 24))]
    assert settle_case(lines) == 0 and settle_case([]) == 0
