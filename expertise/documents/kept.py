"""A document as plain JSON values and back, so that what was said on a day can be shown and written later.

Reads and writes: the document model; ``read_document(document_json(d)) == d``.
"""

from __future__ import annotations

import json
from typing import Any

from expertise.documents.model import (
    Block,
    Cell,
    Document,
    Emphasis,
    Paragraph,
    Picture,
    Run,
    Shade,
    Style,
    Table,
    Turn,
)

VERSION = 1
_FACTS = ("title", "language", "locale", "page_statement", "page_number", "page_foot", "page_mark", "wide")


def document_json(document: Document) -> str:
    """The document as JSON."""
    told = {"version": VERSION, **{name: getattr(document, name) for name in _FACTS}}
    told["blocks"] = [_block(block) for block in document.blocks]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read_document(words: str) -> Document:
    """What ``document_json`` wrote. Raises ``ValueError`` for another version."""
    raw = json.loads(words)
    if raw.get("version") != VERSION:
        raise ValueError(f"document of version {raw.get('version')}")
    return Document(blocks=tuple(_read_block(each) for each in raw["blocks"]), **{name: raw[name] for name in _FACTS})


def _block(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return ["paragraph", *_paragraph(block)]
    if isinstance(block, Turn):
        return ["turn", block.wide]
    if isinstance(block, Picture):
        return ["picture", block.svg, block.width, block.height, block.alt]
    rows = [[[_cell(cell) for cell in row] for row in part] for part in (block.head, block.rows)]
    return ["table", list(block.widths), *rows]


def _read_block(raw: list[Any]) -> Block:
    kind, *rest = raw
    if kind == "paragraph":
        return _read_paragraph(rest)
    if kind == "turn":
        return Turn(rest[0])
    if kind == "picture":
        return Picture(*rest)
    widths, head, rows = rest
    return Table(tuple(widths), _read_rows(rows), _read_rows(head))


def _paragraph(paragraph: Paragraph) -> list[Any]:
    return [[[run.text, run.emphasis.value] for run in paragraph.runs], paragraph.style.value, paragraph.keep]


def _read_paragraph(raw: list[Any]) -> Paragraph:
    runs, style, keep = raw
    return Paragraph(tuple(Run(words, Emphasis(emphasis)) for words, emphasis in runs), Style(style), keep)


def _cell(cell: Cell) -> list[Any]:
    return [[_paragraph(each) for each in cell.paragraphs], cell.shade.value, cell.across, cell.down]


def _read_rows(rows: list[Any]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_read_cell(cell) for cell in row) for row in rows)


def _read_cell(raw: list[Any]) -> Cell:
    paragraphs, shade, across, down = raw
    return Cell(tuple(map(_read_paragraph, paragraphs)), Shade(shade), across, down)
