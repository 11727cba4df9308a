"""Builds the example drafts in Word from their readable sources.

    python examples/build.py            writes draft-ru.docx, draft-kk.docx and draft-ru-revised.docx beside this file
    python examples/build.py --check    writes nothing; exit code 1 when a file differs from its source

The same sources give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from draft_revisions import apply_changes
from draft_source import Address, load, paragraphs
from draft_word import ORDER_LIST, new_document, package, put_in_list

FOLDER = Path(__file__).resolve().parent
STYLES = {"point": "Draft Point", "subpoint": "Draft Subpoint", "part": "Draft Part"}
RIGHT_EDGE = Cm(17)

Places = dict[Address, Paragraph]


def build_all(folder: Path = FOLDER) -> dict[str, bytes]:
    """File name → bytes of all examples. Raises ``SourceError`` when a source contradicts itself."""
    files = {}
    for name in ("draft-ru", "draft-kk"):
        document, _ = build_draft(load(folder / f"{name}.yaml"))
        files[f"{name}.docx"] = package(document)
    document, places = build_draft(load(folder / "draft-ru.yaml"))
    apply_changes(places, load(folder / "draft-ru-revisions.yaml"), STYLES)
    files["draft-ru-revised.docx"] = package(document)
    return files


def build_draft(source: dict[str, Any]) -> tuple[WordDocument, Places]:
    """The Word document of a draft, and the paragraph of every addressed unit."""
    document = new_document(source["language"], source["chapter"], source["head"]["title"])
    places: Places = {}
    _head(document, source["head"])
    _order(document, source["order"], places)
    _signature(document, source["signature"], source.get("agreed", ()))
    _approved(document, source["document"], places)
    for annex in source["annexes"]:
        _annex(document, annex)
    return document, places


def _head(document: WordDocument, head: dict[str, Any]) -> None:
    document.add_paragraph(head["mark"], "Draft Right")
    _blank(document)
    _lines(document.add_paragraph(style="Draft Title"), head["issuer"])
    _blank(document)
    document.add_paragraph(head["form"], "Draft Title")
    _blank(document)
    _two_sided(document, [head["date"]], head["place"])
    _blank(document, 2)
    document.add_paragraph(head["title"], "Draft Title")
    _blank(document, 2)
    document.add_paragraph(head["preamble"], "Draft Body")


def _order(document: WordDocument, points: list[dict[str, Any]], places: Places) -> None:
    """Points of the order carry their list directly; those of the approved document inherit it from the style."""
    for point in points:
        for address, kind, text in paragraphs(point, prefix="o"):
            paragraph = document.add_paragraph(text, "Draft Body")
            if kind != "part":
                put_in_list(paragraph._p, ORDER_LIST, 1 if kind == "subpoint" else 0)
            places[address] = paragraph


def _signature(document: WordDocument, signature: dict[str, Any], agreed: Any) -> None:
    _blank(document, 2)
    _two_sided(document, signature["post"], signature["name"], bold=True)
    for lines in agreed:
        _blank(document)
        _lines(document.add_paragraph(style="Draft Left"), lines)


def _approved(document: WordDocument, approved: dict[str, Any], places: Places) -> None:
    _lines(document.add_paragraph(style="Draft Stamp"), approved["stamp"])
    _blank(document, 2)
    document.add_paragraph(approved["title"], "Draft Title")
    for chapter in approved["chapters"]:
        document.add_paragraph(chapter["title"], "Heading 1")
        for point in chapter["points"]:
            for address, kind, text in paragraphs(point):
                places[address] = document.add_paragraph(text, STYLES[kind])


def _annex(document: WordDocument, annex: dict[str, Any]) -> None:
    _lines(document.add_paragraph(style="Draft Stamp"), annex["stamp"])
    _blank(document)
    if "label" in annex:
        document.add_paragraph(annex["label"], "Draft Right")
        _blank(document)
    document.add_paragraph(annex["title"], "Draft Title")
    _blank(document)
    for text in annex.get("text", ()):
        document.add_paragraph(text, "Draft Left")
    if annex.get("text"):
        _blank(document)
    _table(document, annex["table"])
    if annex.get("after"):
        _blank(document)
    for text in annex.get("after", ()):
        document.add_paragraph(text, "Draft Left")


def _table(document: WordDocument, content: dict[str, Any]) -> None:
    rows = [content["header"], *content["rows"]]
    table = document.add_table(len(rows), len(content["header"]), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, content["widths"], strict=True):
        column.width = Cm(width)
    for number, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, width, text in zip(row.cells, content["widths"], words, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.style = "Draft Cell"
            if text:
                paragraph.add_run(text)
            if number == 0:
                paragraph.runs[0].bold = True
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _two_sided(document: WordDocument, left: list[str], right: str, bold: bool = False) -> None:
    """Words at the left edge (one line under another) and at the right edge of the last line."""
    paragraph = document.add_paragraph(style="Draft Left")
    paragraph.paragraph_format.tab_stops.add_tab_stop(RIGHT_EDGE, WD_TAB_ALIGNMENT.RIGHT)
    _lines(paragraph, left)
    paragraph.add_run(f"\t{right}")
    for run in paragraph.runs:
        run.bold = bold or None


def _lines(paragraph: Paragraph, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        run = paragraph.add_run(line)
        if number < len(lines) - 1:
            run.add_break()


def _blank(document: WordDocument, count: int = 1) -> None:
    for _ in range(count):
        document.add_paragraph(style="Draft Left")


def main(arguments: list[str]) -> int:
    """Command line; 0 when the files stand as their sources say."""
    files = build_all()
    if "--check" in arguments:
        stale = [name for name, data in files.items() if not _same(FOLDER / name, data)]
        for name in stale:
            print(f"{name} differs from its source: run python examples/build.py")
        return 1 if stale else 0
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")
    return 0


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
