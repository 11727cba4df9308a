"""One document model: what a document says, independent of the format it is written in.

Reads: nothing. Writes: immutable blocks that every writer (DOCX, PDF) turns into the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Emphasis(StrEnum):
    """How a stretch of words is shown."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"  # context and small print
    FLAGGED = "flagged"  # words a finding is about: bold on a shade
    INSERTED = "inserted"  # proposed words: underlined
    DELETED = "deleted"  # words to take out: struck through


class Style(StrEnum):
    """Role of a paragraph."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    STATEMENT = "statement"
    NOTE = "note"
    BULLET = "bullet"
    CELL = "cell"
    CELL_CENTERED = "cell_centered"
    COLUMN_HEAD = "column_head"


class Shade(Enum):
    """Background of a cell."""

    NONE = ""
    HEAD = "head"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one emphasis; ``\\n`` breaks the line."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``keep`` holds it on the page of the next block."""

    runs: tuple[Run, ...]
    style: Style = Style.BODY
    keep: bool = False

    @property
    def text(self) -> str:
        """Its words without emphasis."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``across`` columns and ``down`` rows wide."""

    paragraphs: tuple[Paragraph, ...]
    shade: Shade = Shade.NONE
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """Its words, one paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of fixed widths in millimetres; ``head`` rows are repeated on each page.

    A row lists the cells that begin in it: a column covered by a cell from above is left out.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows stands on pages of their own: wide ones (A4 across) or upright ones."""

    wide: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG) of a width and height in millimetres; ``alt`` tells what it shows to whoever does not see it."""

    svg: str
    width: float
    height: float
    alt: str


Block = Paragraph | Table | Turn | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    ``page_statement`` stands at the head of every page, ``page_mark`` (a restriction mark, may be empty) above it;
    ``page_foot`` and the page number (``page_number`` with ``{page}`` and ``{total}``) at its foot. ``wide``: whether
    the first pages are across.
    """

    title: str
    language: str
    locale: str
    blocks: tuple[Block, ...]
    page_statement: str
    page_number: str
    page_foot: str = ""
    page_mark: str = ""
    wide: bool = True

    def texts(self) -> tuple[str, ...]:
        """Words of every paragraph in reading order, cells included: equal for every writer."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            elif isinstance(block, Table):
                found.extend(cell.text for row in (*block.head, *block.rows) for cell in row)
        return tuple(found)


def text(
    words: str, style: Style = Style.BODY, emphasis: Emphasis = Emphasis.PLAIN, *, keep: bool = False
) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(words, emphasis),), style, keep)
