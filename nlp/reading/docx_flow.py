"""The order in which a DOCX is read: paragraphs of the body, of cells and of text boxes, each with its coordinates.

Reads: the body. Writes: ``Spot`` by ``Spot``. ISO/IEC 29500-1, 17.4 (tables), 17.5 (content controls).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.ooxml import NAMES, TEXT_BOX_TAGS, Element, child, chosen, number, value

_MOST_COLUMNS = 63  # of Word
_TRANSPARENT = frozenset({"w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:sdtContent"})
_DELETED = frozenset({"w:del", "w:moveFrom"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph and where it stands. ``covered``: in a cell that a merged cell above or before it covers."""

    paragraph: Element
    table: int = -1
    row: int = -1
    column: int = -1
    covered: bool = False
    deleted: bool = False
    contents: bool = False


class Flow:
    """Walks a body once; ``foreign`` counts embedded parts of other formats (``w:altChunk``) that are not read."""

    def __init__(self, body: Element, limits: Limits) -> None:
        self._body = body
        self._limits = limits
        self._tables = 0
        self._cells = 0
        self._boxes = next(body.iter(*TEXT_BOX_TAGS), None) is not None
        self.foreign = 0

    def spots(self) -> Iterator[Spot]:
        """Every paragraph that is read, in reading order.

        Raises ``ReadingError`` ``reading.table_too_large`` above ``limits.table_cells``.
        """
        return self._walk(self._body, Spot(self._body))

    def _walk(self, container: Element, at: Spot) -> Iterator[Spot]:
        for element in container:
            name = NAMES[element.tag]
            if name == "w:p":
                yield replace(at, paragraph=element)
                if self._boxes:
                    yield from self._in_boxes(element, at)
            elif name == "w:tbl":
                yield from self._table(element, at)
            elif name == "w:sdt":
                content = child(element, "w:sdtContent")
                if content is not None:
                    contents = at.contents or _is_contents(element)
                    yield from self._walk(content, replace(at, contents=contents))
            elif name in _TRANSPARENT:
                yield from self._walk(element, at)
            elif name in _DELETED:
                yield from self._walk(element, replace(at, deleted=True))
            elif name == "mc:AlternateContent":
                branch = chosen(element)
                if branch is not None:
                    yield from self._walk(branch, at)
            elif name == "w:altChunk":
                self.foreign += 1

    def _table(self, table: Element, at: Spot) -> Iterator[Spot]:
        inside = replace(at, table=self._tables)
        self._tables += 1
        for row, (element, deleted) in enumerate(_members(table, "w:tr", at.deleted)):
            properties = child(element, "w:trPr")
            gone = deleted or (properties is not None and any(NAMES[below.tag] in _DELETED for below in properties))
            column = number(child(properties, "w:gridBefore"), high=_MOST_COLUMNS) or 0
            for cell, cell_deleted in _members(element, "w:tc", gone):
                self._count_cell()
                look = child(cell, "w:tcPr")
                cell_deleted = cell_deleted or child(look, "w:cellDel") is not None
                where = replace(inside, row=row, column=column, covered=_is_covered(look), deleted=cell_deleted)
                yield from self._walk(cell, where)
                column += number(child(look, "w:gridSpan"), low=1, high=_MOST_COLUMNS) or 1

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > self._limits.table_cells:
            raise ReadingError("reading.table_too_large", limit=self._limits.table_cells)

    def _in_boxes(self, paragraph: Element, at: Spot) -> Iterator[Spot]:
        if next(paragraph.iter(*TEXT_BOX_TAGS), None) is None:
            return
        for box, deleted in _boxes(paragraph, at.deleted):
            yield from self._walk(box, replace(at, deleted=deleted))


def _boxes(element: Element, deleted: bool) -> Iterator[tuple[Element, bool]]:
    for below in element:
        name = NAMES[below.tag]
        if name == "w:txbxContent":
            yield below, deleted
        elif name == "mc:AlternateContent":
            branch = chosen(below)
            if branch is not None:
                yield from _boxes(branch, deleted)
        elif name not in ("w:pPr", "w:t"):
            yield from _boxes(below, deleted or name in _DELETED)


def _members(parent: Element, wanted: str, deleted: bool) -> Iterator[tuple[Element, bool]]:
    """Rows of a table or cells of a row, through content controls and changes around them, each with 'deleted'."""
    for element in parent:
        name = NAMES[element.tag]
        if name == wanted:
            yield element, deleted
        elif name == "w:sdt":
            content = child(element, "w:sdtContent")
            if content is not None:
                yield from _members(content, wanted, deleted)
        elif name in _TRANSPARENT or name in _DELETED:
            yield from _members(element, wanted, deleted or name in _DELETED)


def _is_covered(properties: Element | None) -> bool:
    """Continued vertical and horizontal merges: ``w:vMerge``/``w:hMerge`` without ``restart`` (17.4.84)."""
    for name in ("w:vMerge", "w:hMerge"):
        merge = child(properties, name)
        if merge is not None and (value(merge) or "continue") == "continue":
            return True
    merged = child(properties, "w:cellMerge")
    return merged is not None and value(merged, "vMerge") == "cont"


def _is_contents(control: Element) -> bool:
    gallery = child(child(child(control, "w:sdtPr"), "w:docPartObj"), "w:docPartGallery")
    return (value(gallery) or "").lower() == "table of contents"
