"""Pages of a file as people see them, drawn in the parser child (``isolation``) within limits of pixels and time.

Reads: bytes of a PDF or an image. Writes: ``PagePicture``. The child that draws is not the one that reads, so that
nobody who looks at a page waits for a long file to be read.
"""

from __future__ import annotations

from dataclasses import replace

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.page_wire import PagePicture
from nlp.reading.reader import parser_for

_HEAD_BYTES = 4096
_NOT_DRAWN = frozenset({"reading.timeout", "reading.memory", "reading.crashed", "reading.too_deep"})


def page_picture(data: bytes, number: int, limits: Limits | None = None, *, name: str = "") -> PagePicture:
    """Page ``number`` (from 1) of a file.

    Raises ``ReadingError``: ``reading.without_pages``, ``reading.no_such_page`` {page, pages}, ``reading.page_damaged``
    {page}, ``reading.page_not_drawn`` {page} where the child had to be ended, and what opening a file may raise.
    """
    limits = limits or Limits()
    narrow = replace(
        limits, parse_seconds=limits.page_seconds, parse_answer_bytes=3 * limits.page_pixels + _HEAD_BYTES
    )  # fmt: skip
    try:
        return parser_for(narrow).page(data, number, name)
    except ReadingError as error:
        if error.code in _NOT_DRAWN:
            raise ReadingError("reading.page_not_drawn", page=number) from None
        raise
