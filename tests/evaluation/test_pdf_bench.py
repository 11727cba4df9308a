"""The PDF lines of the bench: the pages are what they are said to be, and more of them take no more room."""

from __future__ import annotations

from evaluation.pdf_bench import PAGE_CHARACTERS, memory, pdf_of
from nlp.reading.pdf import read_pdf


def test_pages_of_the_bench_hold_what_they_promise() -> None:
    source = read_pdf(pdf_of(5))
    assert max(block.place.page for block in source.blocks) == 5
    assert abs(len(source.text) / 5 - PAGE_CHARACTERS) < 60
    assert len(source.blocks) >= 20


def test_memory_does_not_grow_with_the_number_of_pages() -> None:
    few, many = memory((20, 400))
    assert many.walking <= few.walking + 8
    assert many.reading <= 12 + 4 * many.text
