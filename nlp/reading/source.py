"""SourceText: clean text of a file, with where every character came from.

Reads: nothing. Writes: the types that the readers (``docx``, ``plain``, ``pdf``) build and that structure consumes.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block was in the file."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"


class DropReason(StrEnum):
    """Why text was set aside instead of being judged."""

    EDITOR_NOTE = "editor_note"
    STAMP = "stamp"
    HEADER_FOOTER = "header_footer"
    DELETED_REVISION = "deleted_revision"
    MARKUP = "markup"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    TABLE_OF_CONTENTS = "table_of_contents"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the original file.

    ``paragraph`` counts ``w:p`` of the document body in document order, cells included (DOCX), or lines (text), from 0.
    In PDF it counts lines in reading order, in HTML printed paragraphs, in XLSX lines of filled cells. ``table``,
    ``row``, ``column`` count from 0 and are -1 outside tables. ``page`` counts from 1 and is 0 where the format has
    none.
    """

    paragraph: int
    table: int = -1
    row: int = -1
    column: int = -1
    page: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """``length`` clean characters from ``start`` (in SourceText.text) equal original characters from ``source``.

    ``source`` counts characters of the paragraph's accepted text (DOCX), of the decoded file (text files) or of the
    text as the reader printed it, line after line (HTML; PDF, where ``Block.boxes`` say more). Clean characters covered
    by no segment were made by the reader (an automatic number, a mended hyphen).
    """

    start: int
    length: int
    source: int


@dataclass(frozen=True, slots=True)
class Box:
    """Where a word stands on its page. ``start``/``end`` are offsets in SourceText.text.

    ``page`` counts from 1; the corners are in points of the page's own space (from its lower left corner, before any
    rotation for display), as annotations of PDF want them. A word broken over two lines has two boxes.
    """

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """A read-only sequence of ``Box``, in order of ``start``, packed: a long document has hundreds of thousands."""

    packed: bytes = b""

    @classmethod
    def of(cls, boxes: Iterable[Box]) -> Boxes:
        """Pack boxes; raises ``struct.error`` for numbers that no page has."""
        return cls(b"".join(_BOX.pack(b.start, b.end, b.page, b.x0, b.y0, b.x1, b.y1) for b in boxes))

    def __len__(self) -> int:
        return len(self.packed) // _BOX.size

    def __getitem__(self, index: int) -> Box:
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return Box(*_BOX.unpack_from(self.packed, index % len(self) * _BOX.size))

    def __iter__(self) -> Iterator[Box]:
        return (Box(*row) for row in _BOX.iter_unpack(self.packed))


_BOX = struct.Struct("<IIIffff")


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """Layout hints, never relied on alone.

    ``column`` is 1 for text of the left and 2 for text of the right column of a page set in two columns (bilingual
    prints), 0 for all other text.
    """

    bold: bool = False
    centered: bool = False
    right: bool = False
    outline_level: int = -1
    column: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table cell. ``start``/``end`` are offsets in SourceText.text.

    ``number`` is the automatic label that Word prints and that the text itself does not hold (``"3-1)"``); the label
    and one blank stand at the start of the block's clean text. ``boxes`` hold the words' places on the page (PDF).
    """

    kind: BlockKind
    start: int
    end: int
    place: Place
    segments: tuple[Segment, ...] = ()
    number: str = ""
    style: BlockStyle = field(default_factory=BlockStyle)
    boxes: Boxes = field(default_factory=Boxes)

    def boxes_of(self, start: int, end: int) -> list[Box]:
        """The boxes of all words that a clean span touches, in order."""
        return [box for box in self.boxes if box.start < end and box.end > start]

    def original_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Clean span → span in the original paragraph; None when nothing of it is original."""
        inside = [
            (max(start, s.start) - s.start + s.source, min(end, s.start + s.length) - s.start + s.source)
            for s in self.segments
            if s.start < end and s.start + s.length > start
        ]
        if not inside:
            return None
        return inside[0][0], inside[-1][1]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text set aside, with the reason and the place it stood at."""

    reason: DropReason
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a user should know about reading or structuring: a message code and what fills its blanks."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """Clean text of one file. Blocks are in order, do not overlap and are parted by one ``\\n``.

    ``format`` is what the file is and ``sha256`` of its bytes. Where it was read by way of a Word file that was made of
    it (``nlp.reading.convert``), ``converted`` is the sha256 of that file, in which all places are; else it is "".
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    dropped: tuple[Dropped, ...] = ()
    notices: tuple[Notice, ...] = ()
    name: str = ""
    sha256: str = ""
    converted: str = ""
    inserted_revisions: int = 0
    deleted_revisions: int = 0

    def block_at(self, offset: int) -> Block:
        """The block that holds ``offset``; raises ``IndexError`` for an empty text."""
        position = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[max(position, 0)]
