"""The way into the reading room: a file → SourceText, parsed in the child process (``isolation``).

Files of other word processors are made into Word files first (``convert``), and those are read.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.archive import too_large
from nlp.reading.convert import FORMS, shown, to_docx
from nlp.reading.detect import name_notices
from nlp.reading.file_names import printable_name
from nlp.reading.isolation import Parser
from nlp.reading.source import SourceText

_lock = threading.Lock()
_parsers: dict[tuple[int, Limits], Parser] = {}
_KEPT = 2


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A read file. ``document`` are the bytes in which the places of ``source`` are.

    They are those of the file itself, or of the Word file that was made of it (``SourceText.converted``): what comments
    are written into.
    """

    source: SourceText
    document: bytes


def read_document(data: bytes, name: str = "", limits: Limits | None = None) -> ReadDocument:
    """Read a file given as bytes.

    The parser child is kept between calls, one for each set of limits. Raises ``ReadingError`` with a code whose text
    says what to do (``nlp.messages``); for formats that LibreOffice converts also the codes of ``convert.to_docx``.
    """
    limits, name = limits or Limits(), printable_name(name)
    parser = parser_for(limits)
    try:
        return ReadDocument(parser.read(data, name), data)
    except ReadingError as error:
        if error.code != "reading.needs_conversion":
            raise
        form = str(error.params.get("form"))
    if form not in FORMS:  # the child that parsed a hostile file may say anything
        raise ReadingError("reading.crashed", reason="answer")
    return _converted(parser, data, form, name, limits)


def _converted(parser: Parser, data: bytes, form: str, name: str, limits: Limits) -> ReadDocument:
    document = to_docx(data, form, limits)
    try:
        source = parser.read(document)
    except ReadingError as error:
        if error.code in _FAULTS_OF_CONVERSION:  # of a file that the user never saw
            raise ReadingError("reading.not_converted", format=shown(form)) from None
        raise
    source = replace(
        source,
        format=shown(form).lower(),
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        converted=source.sha256,
        notices=(*name_notices(form, name), *source.notices),
    )
    return ReadDocument(source, document)


_FAULTS_OF_CONVERSION = frozenset(
    {"reading.truncated", "reading.docx_damaged", "reading.doctype", "reading.format_not_supported", "reading.not_text"}
)


def read_bytes(data: bytes, name: str = "", limits: Limits | None = None) -> SourceText:
    """The text of a file given as bytes; errors as those of ``read_document``."""
    return read_document(data, name, limits).source


def load_file(path: str | os.PathLike[str], limits: Limits | None = None) -> bytes:
    """The bytes of a file of permitted size.

    Raises ``ReadingError``: ``reading.not_found``, ``reading.not_a_file``, ``reading.no_access``,
    ``reading.too_large``.
    """
    limits = limits or Limits()
    path = Path(path)
    try:
        if not path.exists():
            raise ReadingError("reading.not_found", name=printable_name(path.name))
        if not path.is_file():
            raise ReadingError("reading.not_a_file", name=printable_name(path.name))
        if path.stat().st_size > limits.file_bytes:
            raise too_large(path.stat().st_size, limits)
        return path.read_bytes()
    except OSError:
        raise ReadingError("reading.no_access", name=printable_name(path.name)) from None


def read_file(path: str | os.PathLike[str], limits: Limits | None = None) -> SourceText:
    """Read a file from disk; ``SourceText.name`` is its name without folders, ``sha256`` of its bytes.

    Raises ``ReadingError`` with the codes of ``load_file`` and of reading.
    """
    return read_bytes(load_file(path, limits), Path(path).name, limits)


def close() -> None:
    """End the parser children kept by this process."""
    with _lock:
        while _parsers:
            _parsers.popitem()[1].close()


def parser_for(limits: Limits) -> Parser:
    """The parser child kept for these limits; started when there is none."""
    key = (os.getpid(), limits)  # a forked process must not talk over its parent's pipes
    with _lock:
        if key not in _parsers:
            for stale in [kept for kept in _parsers if kept[0] != key[0]]:
                del _parsers[stale]
            while len(_parsers) >= _KEPT:
                _parsers.pop(next(iter(_parsers))).close()
            _parsers[key] = Parser(limits)
        return _parsers[key]


atexit.register(close)
