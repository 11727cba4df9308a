"""Tesseract's page is hostile text: what is well formed is read, all else passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading.ocr_hocr import lines_of_page, quarters_of
from tests.reading.ocr.conftest import hocr


def test_lines_words_and_characters() -> None:
    (line, second) = lines_of_page(hocr("Статья 7.", "а б").encode())
    assert [word.text for word in line.words] == ["Статья", "7."]
    assert [word.text for word in second.words] == ["а", "б"]
    assert line.box[:2] == (290, 300) and line.size == 46 and not line.turned
    assert line.base(1000) == line.box[3] - 8
    word = line.words[0]
    assert word.confidence == 95 and word.chars[1].box == (312, 314, 332, 338)


def test_entities_and_turned_lines() -> None:
    page = hocr("ab", turned=True).replace(">a<", ">&amp;<").replace(">b<", ">&#39;<")
    (line,) = lines_of_page(page.encode())
    assert line.turned and line.words[0].text == "&'"


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\xff\xfe\x00",
        b"<span class='ocr_line' title=\"bbox 1 2\"></span>",
        b"<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 5'></span>",
        b"<span class='ocr_line' title=\"bbox 9 9 1 1\"><span class='ocrx_word' title='bbox 1 1 2 2'>",
        hocr("слово").replace("x_bboxes", "x_b").encode(),
        hocr("слово").replace("bbox 290", "bbox 99999999999").encode(),
    ],
)
def test_what_is_malformed_is_passed_over(page: bytes) -> None:
    assert lines_of_page(page) == []


_PIECES = [
    "<span class='ocr_line' title=\"",
    "<span class='ocrx_word' title='",
    "<span class='ocrx_cinfo' title='x_bboxes 1 2 3 4'>",
    *("bbox 1 2 30 40", "; baseline 0.1 -3", "; x_size 20", "; textangle 90", "; x_wconf 300"),
    *("'>", '">', "ж", "&amp;", "&#0;", "</span>", "\x00", "-", "9" * 7),
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_PIECES), max_size=60))
def test_pieces_in_any_order_never_raise(pieces: list[str]) -> None:
    for line in lines_of_page("".join(pieces).encode()):
        assert line.words and line.size >= 1
        for word in line.words:
            assert word.text and 0 <= word.confidence <= 100 and word.text.isprintable()


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_bytes_never_raise(page: bytes) -> None:
    lines_of_page(page)
    assert quarters_of(page) in range(4)


@pytest.mark.parametrize(
    ("rotate", "sure", "quarters"), [(0, 9, 0), (90, 9, 3), (180, 9, 2), (270, 9, 1), (90, 0, 0), (45, 9, 0)]
)
def test_how_a_page_is_turned(rotate: int, sure: int, quarters: int) -> None:
    said = f"Page number: 0\nOrientation in degrees: 1\nRotate: {rotate}\nOrientation confidence: {sure}.35\n"
    assert quarters_of(said.encode()) == quarters
