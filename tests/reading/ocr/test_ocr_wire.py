"""What child and parent say to each other about recognition; a child in hostile hands gains nothing by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.isolation import Parser
from nlp.reading.ocr_tesseract import Recognition
from nlp.reading.ocr_wire import (
    Kind,
    Question,
    decode_question,
    decode_reply,
    encode_question,
    encode_reply,
    is_question,
)
from nlp.reading.wire import WireError

REPOSITORY = str(Path(__file__).resolve().parents[3])
LIMITS = Limits(ocr_pixels=100)


def test_a_question_comes_through() -> None:
    frame = encode_question(Question(Kind.TEXT, 3, 2, 300, b"abcdef"))
    assert is_question(frame) and not is_question(b'{"source": {}}')
    question = decode_question(frame, LIMITS)
    assert (question.kind, question.width, question.height, question.dpi) == (Kind.TEXT, 3, 2, 300)
    assert bytes(question.pixels) == b"abcdef"


@pytest.mark.parametrize(("dpi", "told"), [(0, 10), (300, 300), (10**6, 9999)])
def test_density_is_held_in_bounds(dpi: int, told: int) -> None:
    assert decode_question(encode_question(Question(Kind.TURN, 1, 1, dpi, b"x")), LIMITS).dpi == told


def test_pixels_up_to_the_limit_and_not_one_more() -> None:
    assert decode_question(encode_question(Question(Kind.TEXT, 10, 10, 300, bytes(100))), LIMITS).width == 10
    with pytest.raises(WireError):
        decode_question(encode_question(Question(Kind.TEXT, 101, 1, 300, bytes(101))), LIMITS)


FALSE = [
    b"SCAN ",
    b"SCAN text 1 1 300\n",
    b"SCAN text 1 1 300\nxx",
    b"SCAN text 0 1 300\n",
    b"SCAN text -1 -1 300\nx",
    b"SCAN text 9999999 9999999 300\nx",
    b"SCAN shell 1 1 300\nx",
    b"SCAN text 1 1 300 -c tessedit_write_images\nx",
    "SCAN text ١ 1 300\nx".encode(),
]


@pytest.mark.parametrize("frame", FALSE)
def test_false_questions_are_refused(frame: bytes) -> None:
    with pytest.raises(WireError):
        decode_question(frame, LIMITS)


@pytest.mark.parametrize("frame", FALSE)
def test_a_child_that_asks_falsely_is_ended(frame: bytes) -> None:
    with Parser(LIMITS, entry="tests.reading.lying_child", path=(REPOSITORY,)) as parser:
        with pytest.raises(ReadingError) as caught:
            parser.read(frame)
        assert parser.pid == 0
    assert (caught.value.code, caught.value.params) == ("reading.crashed", {"reason": "question"})


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_question_or_an_error(body: bytes) -> None:
    try:
        question = decode_question(b"SCAN text " + body, LIMITS)
    except WireError:
        return
    assert question.width * question.height == len(question.pixels) <= 100


def test_replies() -> None:
    assert decode_reply(encode_reply(b"<page>")) == b"<page>"
    error = decode_reply(encode_reply(ReadingError("reading.timeout", seconds=3)))
    assert isinstance(error, ReadingError)
    assert (error.code, error.params) == ("reading.timeout", {"seconds": "3"})


def test_a_child_that_asks_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAPTAMA_TESSERACT", "/nonexistent")
    recognition = Recognition(Limits(ocr_pages=1))
    frame = encode_question(Question(Kind.TEXT, 1, 1, 300, b"x"))
    for _ in range(6):
        assert recognition.reply(frame).startswith(b"-")
    with pytest.raises(WireError):
        recognition.reply(frame)
