"""Builder of hand-made drafts: the same lines give a Word file, its clean text with provenance, the tree of units."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, replace

from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from expertise.documents.ooxml import archive
from nlp.reading.source import Block, BlockKind, Place, Segment, SourceText
from nlp.structure.act import Act, Requisites, Role, Unit, UnitKind

_KINDS = {
    "title": (UnitKind.TEXT, Role.TITLE),
    "heading": (UnitKind.CHAPTER, Role.HEADING),
    "point": (UnitKind.POINT, Role.NORM),
    "subpoint": (UnitKind.SUBPOINT, Role.NORM),
    "clause": (UnitKind.CLAUSE, Role.NORM),
}


@dataclass(frozen=True)
class Line:
    """One paragraph of a draft. ``label`` is typed into the text, or made by Word when ``automatic`` is set."""

    kind: str
    text: str
    label: str = ""
    address: str = ""
    automatic: bool = False

    @property
    def clean(self) -> str:
        return f"{self.label} {self.text}" if self.label else self.text

    @property
    def typed(self) -> str:
        return self.text if self.automatic else self.clean


def word_file(lines: tuple[Line, ...]) -> bytes:
    """The draft as DOCX; automatic labels are numbering properties, so that the file's text does not hold them."""
    document = WordDocument()
    for line in lines:
        paragraph = document.add_paragraph(line.typed, style="List Number" if line.automatic else None)
        if line.kind in ("title", "heading"):
            paragraph.runs[0].bold = True
    buffer = io.BytesIO()
    document.save(buffer)
    # Without the clock that python-docx writes into the archive: the sample is the same file every time.
    with zipfile.ZipFile(buffer) as made:
        return archive((name, made.read(name)) for name in made.namelist())


def source_text(lines: tuple[Line, ...], name: str, data: bytes = b"", file_format: str = "docx") -> SourceText:
    """The clean text of these lines; paragraph *i* of the file is line *i*."""
    blocks, parts, at = [], [], 0
    for index, line in enumerate(lines):
        shift = len(line.clean) - len(line.typed)
        blocks.append(
            Block(
                kind=BlockKind.HEADING if line.kind == "heading" else BlockKind.PARAGRAPH,
                start=at,
                end=at + len(line.clean),
                place=Place(paragraph=index),
                segments=(Segment(at + shift, len(line.typed), 0),) if line.typed else (),
                number=line.label if line.automatic else "",
            )
        )
        parts.append(line.clean)
        at += len(line.clean) + 1
    return SourceText(
        text="\n".join(parts),
        blocks=tuple(blocks),
        format=file_format,
        name=name,
        sha256=hashlib.sha256(data).hexdigest() if data else "",
    )


def act_of(lines: tuple[Line, ...], source: SourceText, language: str, requisites: Requisites) -> Act:
    """The tree: subpoints and clauses hang under the point before them, everything else under the root."""
    children: list[Unit] = []
    for line, block in zip(lines, source.blocks, strict=True):
        kind, role = _KINDS[line.kind]
        own = (block.end - len(line.text), block.end)
        unit = Unit(
            kind,
            line.label.rstrip(".)"),
            line.address or f"line_{block.place.paragraph}",
            (block.start, block.end),
            own,
            role=role,
        )
        if line.kind in ("subpoint", "clause") and children:
            parent = children[-1]
            children[-1] = replace(parent, span=(parent.span[0], block.end), children=(*parent.children, unit))
        else:
            children.append(unit)
    root = Unit(UnitKind.ACT, "", "act", (0, len(source.text)), (0, 0), children=tuple(children))
    return Act(source=source, root=root, language=language, requisites=requisites)


def track_insertion(data: bytes, paragraph: int, text: str) -> bytes:
    """The same file with a tracked insertion at the end of a paragraph."""
    document = WordDocument(io.BytesIO(data))
    element = document.paragraphs[paragraph]._p
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:id"), "900")
    inserted.set(qn("w:author"), "Юрист")
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    inserted.append(run)
    element.append(inserted)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
