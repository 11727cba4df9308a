"""The way into the reading room: a file → SourceText, parsed in the child process (``isolation``)."""

from __future__ import annotations

import atexit
import os
import threading
from pathlib import Path

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.archive import too_large
from nlp.reading.isolation import Parser
from nlp.reading.source import SourceText

_lock = threading.Lock()
_parsers: dict[tuple[int, Limits], Parser] = {}
_KEPT = 2


def read_bytes(data: bytes, name: str = "", limits: Limits | None = None) -> SourceText:
    """Read a file given as bytes.

    The parser child is kept between calls, one for each set of limits. Raises ``ReadingError`` with a code whose text
    says what to do (``nlp.messages``).
    """
    return _parser(limits or Limits()).read(data, name)


def load_file(path: str | os.PathLike[str], limits: Limits | None = None) -> bytes:
    """The bytes of a file of permitted size.

    Raises ``ReadingError``: ``reading.not_found``, ``reading.not_a_file``, ``reading.no_access``,
    ``reading.too_large``.
    """
    limits = limits or Limits()
    path = Path(path)
    try:
        if not path.exists():
            raise ReadingError("reading.not_found", name=path.name)
        if not path.is_file():
            raise ReadingError("reading.not_a_file", name=path.name)
        if path.stat().st_size > limits.file_bytes:
            raise too_large(path.stat().st_size, limits)
        return path.read_bytes()
    except OSError:
        raise ReadingError("reading.no_access", name=path.name) from None


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


def _parser(limits: Limits) -> Parser:
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
