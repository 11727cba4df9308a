"""Document model → PDF/A-2b, set by Typst from the same words as the DOCX.

Reads: Document, ``parts/document.typ``, the fonts of the system. Writes: bytes; same document and fonts, same bytes.
Words go in as data (JSON), never as markup. ISO 19005-2, level B: fonts embedded, no clock, nothing from outside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst

from expertise.documents.fitting import fitted, is_short
from expertise.documents.fonts import FAMILIES, font_files, showable
from expertise.documents.model import Block, Cell, Document, Paragraph, Picture, Shade, Table, Turn
from expertise.documents.wording import shorten
from expertise.documents.xmltext import clean

STANDARD: Literal["a-2b"] = "a-2b"
_FOOT_LENGTH = 130
_EPOCH = 315_532_800  # PDF/A asks for a date: that of the archives of our DOCX (1980), for there is no clock here
_LONG_WORD = re.compile(r"[^\s\u2011]{24,}")
_ANY_PIECE = re.compile(r".{8}(?=.)")


def write_pdf(document: Document) -> bytes:
    """The document as PDF/A-2b. Raises ``FontsMissingError`` where the fonts are not installed."""
    folders = sorted({str(path.parent) for path in font_files()})
    made: bytes = typst.compile(
        _template(),
        sys_inputs={"document": json.dumps(_document(document), ensure_ascii=False)},
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=_EPOCH,
    )
    return made


@cache
def _template() -> bytes:
    return files("expertise.documents.parts").joinpath("document.typ").read_bytes()


def _document(document: Document) -> dict[str, Any]:
    language, _, region = document.locale.partition("-")
    return {
        "title": _safe(document.title),
        "language": language,
        "region": region,
        "fonts": list(FAMILIES),
        "page_statement": _safe(document.page_statement),
        "page_mark": _safe(document.page_mark),
        "page_foot": shorten(" ".join(_safe(document.page_foot).split()), _FOOT_LENGTH),
        "page_number": _page_number(document.page_number.replace(" ", "\u00a0")),
        "parts": list(_parts(document)),
    }


def _safe(words: str) -> str:
    return showable(clean(words))


def _page_number(words: str) -> list[Any]:
    """«Страница {page} из {total}», in either order, as words and which figure stands first."""
    before, _, rest = words.partition("{")
    first, _, rest = rest.partition("}")
    between, _, rest = rest.partition("{")
    after = rest.partition("}")[2]
    return [{"text": before, "first": first}, between, after]


def _parts(document: Document) -> Iterator[dict[str, Any]]:
    """Runs of pages of one orientation."""
    part: dict[str, Any] = {"wide": document.wide, "blocks": []}
    for block in document.blocks:
        if isinstance(block, Turn):
            if part["blocks"]:
                yield part
            part = {"wide": block.wide, "blocks": []}
        else:
            part["blocks"].append(_block(block))
    yield part


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Picture):
        return {"svg": block.svg, "width": block.width, "alt": _safe(block.alt)}
    assert isinstance(block, Table)  # a turn parts the pages and is no block of one
    table = fitted(block, own_fonts=True)
    head, rows = _rows(table.head, table.widths), _rows(table.rows, table.widths)
    return {"widths": list(table.widths), "head": head, "rows": rows}


def _paragraph(paragraph: Paragraph, *, narrow: bool = False) -> dict[str, Any]:
    runs = [
        {"text": _breakable(_safe(run.text)) if narrow else _safe(run.text), "emphasis": run.emphasis.value}
        for run in paragraph.runs
    ]
    return {"style": paragraph.style.value, "keep": paragraph.keep, "runs": [run for run in runs if run["text"]]}


def _breakable(words: str) -> str:
    """An address or a checksum does not run over the next column: it may break where no blank is."""
    return _LONG_WORD.sub(lambda found: _ANY_PIECE.sub("\\g<0>\u200b", found[0]), words)


def _rows(rows: Iterable[Sequence[Cell]], widths: Sequence[float]) -> list[list[dict[str, Any]]]:
    return [[_cell(cell, whole=is_short(row, widths)) for cell in row] for row in rows]


def _cell(cell: Cell, *, whole: bool) -> dict[str, Any]:
    return {
        "shade": "" if cell.shade is Shade.NONE else cell.shade.value,
        "across": cell.across,
        "down": cell.down,
        "keep": whole,
        "paragraphs": [_paragraph(paragraph, narrow=True) for paragraph in cell.paragraphs],
    }
