"""What parser child and parent say to each other about recognition: grey pixels one way, Tesseract's page the other.

A frame of the child is either its answer (JSON, ``wire``) or a question: one line of figures and raw grey pixels. No
compressed picture leaves the child, so no decoder of the parent or of Tesseract meets a hostile file; and what
Tesseract says goes back into the child unread.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.wire import WireError

_MARK = b"SCAN "
_HEAD = re.compile(rb"SCAN (text|turn) ([1-9]\d{0,5}) ([1-9]\d{0,5}) ([1-9]\d{1,3})\n")
_HEAD_LENGTH = 40
_SAID, _REFUSED = b"+", b"-"


class Kind(StrEnum):
    """What is asked: the text of a picture, or how it is turned."""

    TEXT = "text"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Question:
    """``pixels``: ``height`` rows of ``width`` bytes, 0 black and 255 white; ``dpi``: dots to the inch, 10 to 9999."""

    kind: Kind
    width: int
    height: int
    dpi: int
    pixels: bytes | memoryview


def encode_question(question: Question) -> bytes:
    """Bytes for the parent."""
    dpi = min(max(question.dpi, 10), 9999)
    head = f"{_MARK.decode()}{question.kind.value} {question.width} {question.height} {dpi}\n"
    return head.encode() + question.pixels


def is_question(frame: bytes) -> bool:
    """Whether a frame of the child is a question and not its answer."""
    return frame.startswith(_MARK)


def decode_question(frame: bytes, limits: Limits) -> Question:
    """The question in a frame; raises ``WireError`` for anything malformed or beyond ``limits.ocr_pixels``."""
    head = _HEAD.match(frame[:_HEAD_LENGTH])
    if head is None:
        raise WireError("question")
    width, height, dpi = (int(figure) for figure in head.groups()[1:])
    pixels = memoryview(frame)[head.end() :]
    if width * height > limits.ocr_pixels or len(pixels) != width * height:
        raise WireError("pixels")
    return Question(Kind(head[1].decode()), width, height, dpi, pixels)


def encode_reply(said: bytes | ReadingError) -> bytes:
    """Bytes for the child: what Tesseract said, or why it said nothing."""
    if isinstance(said, bytes):
        return _SAID + said
    params = {key: str(value) for key, value in said.params.items()}
    return _REFUSED + json.dumps({"code": said.code, "params": params}).encode()


def decode_reply(frame: bytes) -> bytes | ReadingError:
    """What the parent (who is believed) says."""
    if frame.startswith(_SAID):
        return frame[1:]
    refusal = json.loads(frame[1:])
    return ReadingError(refusal["code"], **refusal["params"])
