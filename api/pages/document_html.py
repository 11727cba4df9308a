"""A document of the document model on a page: the same words as in the file that is issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from expertise.documents.model import Cell, Document, Emphasis, Paragraph, Run, Shade, Style, Table


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words; ``tag`` is the element that shows its emphasis, "" – none."""

    text: str
    tag: str
    style: str


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; ``style`` is its role in the document."""

    style: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a table."""

    texts: tuple[Text, ...]
    shade: str
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: shares of the width in per cent, rows of the head, rows of the body."""

    widths: tuple[int, ...]
    head: tuple[tuple[Box, ...], ...]
    rows: tuple[tuple[Box, ...], ...]


_TAGS = {Emphasis.STRONG: "strong", Emphasis.FLAGGED: "mark", Emphasis.INSERTED: "ins", Emphasis.DELETED: "del"}


def blocks(document: Document) -> tuple[Text | Grid, ...]:
    """The blocks of the document for a template, in order."""
    return tuple(_blocks(document))


def texts(cell: Cell) -> tuple[Text, ...]:
    """The paragraphs of one cell for a template."""
    return tuple(_text(paragraph) for paragraph in cell.paragraphs)


def _blocks(document: Document) -> Iterator[Text | Grid]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield _grid(block)
        elif isinstance(block, Paragraph):  # a turn of the paper is nothing on a page
            yield _text(block)


def _grid(table: Table) -> Grid:
    whole = sum(table.widths) or 1.0
    widths = tuple(round(width * 100 / whole) for width in table.widths)
    return Grid(widths, tuple(map(_row, table.head)), tuple(map(_row, table.rows)))


def _row(cells: Sequence[Cell]) -> tuple[Box, ...]:
    return tuple(
        Box(
            texts(cell),
            cell.shade.value if cell.shade is not Shade.NONE else "",
            cell.across,
            cell.down,
        )
        for cell in cells
    )


def _text(paragraph: Paragraph) -> Text:
    return Text(Style(paragraph.style).value, tuple(_words(run) for run in paragraph.runs if run.text))


def _words(run: Run) -> Words:
    return Words(run.text, _TAGS.get(run.emphasis, ""), "quiet" if run.emphasis is Emphasis.QUIET else "")
