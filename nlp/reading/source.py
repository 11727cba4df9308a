"""SourceText: clean text of a file, with where every character came from.

Reads: nothing. Writes: the types that the readers (``docx``, ``plain``) build and that structure consumes.
"""

from __future__ import annotations

from bisect import bisect_right
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
    ``table``, ``row``, ``column`` count from 0 and are -1 outside tables. ``page`` is 0 where the format has none.
    """

    paragraph: int
    table: int = -1
    row: int = -1
    column: int = -1
    page: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """``length`` clean characters from ``start`` (in SourceText.text) equal original characters from ``source``.

    ``source`` counts characters of the paragraph's accepted text (DOCX) or of the line (text files). Clean characters
    covered by no segment were made by the reader (an automatic number, a mended hyphen).
    """

    start: int
    length: int
    source: int


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """Layout hints, never relied on alone."""

    bold: bool = False
    centered: bool = False
    right: bool = False
    outline_level: int = -1


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table cell. ``start``/``end`` are offsets in SourceText.text.

    ``number`` is the automatic label that Word prints and that the text itself does not hold (``"3-1)"``); the label
    and one blank stand at the start of the block's clean text.
    """

    kind: BlockKind
    start: int
    end: int
    place: Place
    segments: tuple[Segment, ...] = ()
    number: str = ""
    style: BlockStyle = field(default_factory=BlockStyle)

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
    """Clean text of one file. Blocks are in order, do not overlap and are parted by one ``\\n``."""

    text: str
    blocks: tuple[Block, ...]
    format: str
    dropped: tuple[Dropped, ...] = ()
    notices: tuple[Notice, ...] = ()
    name: str = ""
    sha256: str = ""
    inserted_revisions: int = 0
    deleted_revisions: int = 0

    def block_at(self, offset: int) -> Block:
        """The block that holds ``offset``; raises ``IndexError`` for an empty text."""
        position = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[max(position, 0)]
