"""The parser process: confined, it reads files given over a pipe and answers over another.

Started by ``isolation`` as ``python -m nlp.reading.child``; never imported by the parent.
Frames: parent → child an 8-byte length, a JSON header (name, limits; page, where one is to be drawn), an 8-byte length,
the bytes of the file; child → parent an 8-byte length and the answer (``wire``, ``page_wire``). The first answer is a
greeting. Before its answer the child may ask about pictures of pages, one after another; each question is followed by a
reply (``ocr_wire``).
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading import ocr_wire, page_wire, wire
from nlp.reading.confinement import allow_cpu, confine
from nlp.reading.convert import FORMS, shown
from nlp.reading.detect import detect_format
from nlp.reading.docx import read_docx
from nlp.reading.html import read_html, read_mhtml
from nlp.reading.ocr_images import read_image
from nlp.reading.ocr_page import Ask, Recogniser
from nlp.reading.page_painter import paint
from nlp.reading.pdf import read_pdf
from nlp.reading.plain import read_plain
from nlp.reading.plugged import ASKED, read_plugged
from nlp.reading.source import Notice, SourceText
from nlp.reading.xlsx import read_xlsx

Read = Callable[[bytes, str, Limits, Ask | None], SourceText]
Draw = Callable[[bytes, str, int, Limits], page_wire.PagePicture]
_READERS: dict[str, Callable[[bytes, str, Limits], SourceText]] = {
    "txt": read_plain,
    "html": read_html,
    "mhtml": read_mhtml,
    "xlsx": read_xlsx,
}
_RECOGNISING: dict[str, Callable[[bytes, str, Limits, Recogniser | None], SourceText]] = {
    "docx": read_docx,
    "pdf": read_pdf,
    "image": read_image,
}
_LENGTH = struct.Struct(">Q")


def read_here(data: bytes, name: str, limits: Limits, ask: Ask | None = None) -> SourceText:
    """Read one file in this very process; ``ask`` leads to the program that recognises pictures of pages.

    Raises ``ReadingError``; ``reading.needs_conversion`` {form, format} for a key of ``convert.FORMS``: the caller has
    it made into a Word file, for this process may start no program.
    """
    source, notices = _read(data, name, limits, ask)
    if len(source.text) > limits.text_characters:
        raise ReadingError("reading.too_long", characters=len(source.text), limit=limits.text_characters)
    if len(source.blocks) > limits.blocks:
        raise ReadingError("reading.too_many_blocks", blocks=len(source.blocks), limit=limits.blocks)
    return _with_notices(source, notices)


def _read(data: bytes, name: str, limits: Limits, ask: Ask | None) -> tuple[SourceText, tuple[Notice, ...]]:
    try:
        detected = detect_format(data, name, limits)
    except ReadingError as error:
        if error.code not in ASKED:
            raise
        return read_plugged(data, name, limits, error), ()
    if detected.format in FORMS:
        raise ReadingError("reading.needs_conversion", form=detected.format, format=shown(detected.format))
    if detected.format in _RECOGNISING:
        recogniser = Recogniser(ask, limits) if ask else None
        return _RECOGNISING[detected.format](data, name, limits, recogniser), detected.notices
    return _READERS[detected.format](data, name, limits), detected.notices


def _with_notices(source: SourceText, notices: tuple[Notice, ...]) -> SourceText:
    return replace(source, notices=(*notices, *source.notices)) if notices else source


def serve(read: Read, draw: Draw = paint) -> None:
    """Confine this process and answer until the pipe closes."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # nothing that prints can spoil the answers
    questions = sys.stdin.buffer
    memory = int(sys.argv[1])
    network = confine(memory)
    _send(answers, json.dumps({"ready": network}).encode())

    def ask(question: ocr_wire.Question) -> bytes | ReadingError:
        _send(answers, ocr_wire.encode_question(question))
        reply = _receive(questions)
        if reply is None:  # the parent is gone
            raise EOFError
        return ocr_wire.decode_reply(reply)

    while (header := _receive(questions)) is not None:
        data = _receive(questions)
        if data is None:
            return
        _send(answers, _answer(read, draw, header, data, ask))


def _answer(read: Read, draw: Draw, header: bytes, data: bytes, ask: Ask) -> bytes:
    asked = json.loads(header)
    limits = Limits(**asked["limits"])
    allow_cpu(limits.parse_seconds)
    try:
        if asked["page"] is not None:
            return page_wire.encode_page(draw(data, asked["name"], asked["page"], limits))
        return wire.encode_source(read(data, asked["name"], limits, ask))
    except ReadingError as error:
        return wire.encode_error(error.code, error.params)
    except MemoryError:
        return wire.encode_error("reading.memory", {"limit": limits.parse_memory_bytes // 2**20})
    except RecursionError:
        return wire.encode_error("reading.too_deep", {"part": asked["name"], "limit": limits.xml_depth})
    except Exception as error:  # a fault of ours must not take the caller down
        return wire.encode_error("reading.crashed", {"reason": type(error).__name__})


def _receive(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _send(stream: BinaryIO, body: bytes) -> None:
    view = memoryview(_LENGTH.pack(len(body)) + body)
    while view:
        view = view[stream.write(view) or 0 :]


if __name__ == "__main__":
    serve(read_here)
