"""An uploaded form of answers, read in the confined child: tables of cells, and whether it is of this conclusion.

Reads: bytes as somebody sent them. Writes: ``Read``: answers and questions. Only Word files are taken: nothing is
converted, no picture is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from expertise.case.answer_cells import Read, read_cells
from expertise.case.answers import recommended
from expertise.case.states import CaseError
from expertise.documents.answer_form import heads
from expertise.office import Settings
from expertise.store.case_tables import ConclusionRow
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.isolation import Parser
from nlp.reading.source import SourceText

_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ZIP = b"PK\x03\x04"


def taken(pieces: Iterable[bytes], limit: int) -> bytes:
    """All pieces together. Raises ``CaseError`` when they are longer than ``limit`` bytes, or nothing."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > limit:
            raise CaseError("expertise.answer_file_too_large", limit_kb=limit // 1024)
    if not content:
        raise CaseError("expertise.answer_not_docx")
    return bytes(content)


def read_form(content: bytes, conclusion: ConclusionRow, settings: Settings, limits: Limits | None = None) -> Read:
    """Answers and questions of a filled form, or of the table of the conclusion itself.

    Raises ``CaseError`` (no Word file, of another conclusion, no table with the heads), ``ReadingError``.
    """
    if not content.startswith(_ZIP):
        raise CaseError("expertise.answer_not_docx")
    source = _read(content, replace(limits or Limits(), file_bytes=settings.answer_file_bytes, ocr_pages=0))
    if source.format != "docx":
        raise CaseError("expertise.answer_not_docx")
    if conclusion.content_hash not in _HASH.findall(source.text):
        raise CaseError("expertise.answer_form_other")
    numbers = {int(each["number"]) for each in recommended(conclusion.content)}
    least, most = settings.answer_reason_characters, settings.decision_characters
    return read_cells(tables(source), heads(), numbers, least, most)


def tables(source: SourceText) -> Sequence[Sequence[dict[int, str]]]:
    """Tables as rows of cells by column; lines of a cell are joined by line ends."""
    found: dict[int, dict[int, dict[int, str]]] = {}
    for block in source.blocks:
        place = block.place
        if place.table < 0:
            continue
        row = found.setdefault(place.table, {}).setdefault(place.row, {})
        words = source.text[block.start : block.end]
        row[place.column] = f"{row[place.column]}\n{words}" if place.column in row else words
    return [list(rows.values()) for rows in found.values()]


def _read(content: bytes, limits: Limits) -> SourceText:
    """In a child of its own: it has seen no other file, and sees no further one."""
    try:
        with Parser(limits) as parser:
            return parser.read(content)
    except ReadingError as error:
        if error.code in ("reading.needs_conversion", "reading.format_not_supported", "reading.not_text"):
            raise CaseError("expertise.answer_not_docx") from None
        raise
