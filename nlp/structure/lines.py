"""SourceText → lines: one paragraph, cell or row of a plain-text table each, with its label and how it ends.

A block that holds several labelled units (soft line breaks, an amendment with its quoted wording on the same line) is
cut into several lines; nothing is lost, spans are offsets in ``SourceText.text``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from nlp.reading.source import Block, BlockKind, SourceText
from nlp.structure.formulas import LANGUAGES, formulas
from nlp.structure.inline_lists import inline_items
from nlp.structure.labels import Label, markdown_length, read_label
from nlp.structure.quotes import inline_quotes
from nlp.structure.wording import fold, last_mark

_HEADING_INSIDE = re.compile(
    r"\s(?=(?:Статья|Параграф)\s\d{1,4}(?:-\d+)?\.\s[А-ЯЁ])"
    r"|\s(?=\d{1,4}(?:-\d+)?-(?:бап|параграф)\.\s[А-ЯӘҒҚҢӨҰҮҺІЁ])"
)
_MARKS = re.compile('[«"“„]')
_NEXT_INSTRUCTION = re.compile(r"\s*[;.,]\s*(?=\S)|\s+(?=(?:и|және)\s)")
_CELLS = re.compile(r"\s\|(?=\s|$)\s?|\t+")


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line. ``start``/``end`` exclude blanks around; ``body`` is where the words after the label begin.

    ``table`` and ``row`` are keys of the table and row the line belongs to, ("",) outside tables.
    """

    start: int
    end: int
    body: int
    text: str
    folded: str
    label: Label | None
    mark: str
    table: tuple[object, ...] = ()
    row: int = -1
    heading: bool = False
    centered: bool = False
    right: bool = False
    cells: tuple[tuple[int, int], ...] = field(default=())
    column: int = -1  # place of the cell in the grid of its table

    @property
    def words(self) -> str:
        """The text after the label."""
        return self.text[self.body - self.start :]

    @property
    def folded_words(self) -> str:
        """The folded text after the label."""
        return self.folded[self.body - self.start :]


def read_lines(source: SourceText) -> list[Line]:
    """All lines of a source in order; empty blocks give none."""
    lines: list[Line] = []
    for block in source.blocks:
        if block.kind is BlockKind.CELL and block.place.table >= 0:
            key: tuple[object, ...] = ("cell", block.place.table)
            lines += [
                make_line(source.text, *piece, block, key, block.place.row) for piece in _trimmed(source.text, block)
            ]
        else:
            lines += _paragraph(source.text, block)
    return _plain_tables(source.text, _without_layout(lines))


def _without_layout(lines: list[Line]) -> list[Line]:
    """A table of one row lays out a stamp or a signature: its cells are paragraphs."""
    rows: dict[tuple[object, ...], set[int]] = {}
    for line in lines:
        if line.table:
            rows.setdefault(line.table, set()).add(line.row)
    layout = {table for table, found in rows.items() if len(found) == 1}
    return [replace(line, table=(), row=-1) if line.table in layout else line for line in lines]


def make_line(
    text: str, start: int, end: int, block: Block | None = None, table: tuple[object, ...] = (), row: int = -1
) -> Line:
    """A line over [start, end) of the clean text; the span must be trimmed and not empty."""
    piece = text[start:end]
    label = read_label(piece)
    skip = label.length if label else markdown_length(piece)
    style = block.style if block else None
    return Line(
        start,
        end,
        start + skip,
        piece,
        fold(piece),
        label,
        last_mark(piece),
        table,
        row,
        heading=bool(block and block.kind is BlockKind.HEADING) or piece.startswith("#"),
        centered=bool(style and style.centered),
        right=bool(style and style.right),
        column=block.place.column if block and table else -1,
    )


def _trimmed(text: str, block: Block) -> list[tuple[int, int]]:
    piece = text[block.start : block.end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return [(block.start + left, block.start + right)] if right > left else []


def _paragraph(text: str, block: Block) -> list[Line]:
    lines = []
    for start, end in _trimmed(text, block):
        for left, right in _pieces(text, start, end):
            lines.append(make_line(text, left, right, block))
    return lines


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut [start, end) before labelled units after soft breaks, before quoted wording and before the items of a list
    written into the paragraph; trimmed, none empty."""
    piece = text[start:end]
    cuts = {0, len(piece)}
    if "\n" in piece:
        for found in re.finditer(r"\n\s*", piece):
            if found.end() < len(piece) and read_label(piece[found.end() : found.end() + 200].split("\n")[0]):
                cuts.add(found.end())
    for found in _new_wording().finditer(fold(piece)) if _MARKS.search(piece) else ():
        cuts |= {found.end(), *_after_quotation(piece, found.end())}
    if not _CELLS.search(piece):
        cuts |= set(inline_items(piece))
    if len(piece) < 400 and (label := read_label(piece)) and label.is_heading:
        cuts |= {found.end() for found in _HEADING_INSIDE.finditer(piece)}
    places = sorted(cuts)
    spans = []
    for left, right in pairwise(places):
        words = piece[left:right]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            spans.append((start + left + lead, start + left + len(words.rstrip())))
    return spans


def _after_quotation(piece: str, start: int) -> list[int]:
    """Where the next instruction begins on the line of quoted wording: «… редакции: «5. Сбор.»; 2) пункт 6 …»."""
    quotes = inline_quotes(piece[start:])
    if not quotes or quotes[0][0] != 0:
        return []
    following = _NEXT_INSTRUCTION.match(piece, start + quotes[0][1])
    return [following.end()] if following else []


@lru_cache(maxsize=1)
def _new_wording() -> re.Pattern[str]:
    """«… в следующей редакции: «» – the place between the frame and the wording it quotes."""
    words = "|".join(re.escape(word) for code in LANGUAGES for word in formulas().data[code]["amendments_open"])
    return re.compile(rf"(?:{words})\s*:?\s+(?=[«\"“„])|(?:{words})\s*:(?=[«\"“„])")


def _plain_tables(text: str, lines: list[Line]) -> list[Line]:
    """Neighbouring lines with cells («a | b | c», tabs) become rows of one table."""
    found: list[Line] = []
    place = 0
    while place < len(lines):
        stop = place
        while stop < len(lines) and not lines[stop].table and _CELLS.search(lines[stop].text):
            stop += 1
        if stop - place >= 2:
            key = ("text", lines[place].start)
            found += [_as_row(line, key, row) for row, line in enumerate(lines[place:stop])]
            place = stop
        else:
            found.append(lines[place])
            place += 1
    return found


def _as_row(line: Line, key: tuple[object, ...], row: int) -> Line:
    cells, left = [], 0
    for found in _CELLS.finditer(line.text):
        cells.append((line.start + left, line.start + found.start()))
        left = found.end()
    cells.append((line.start + left, line.end))
    return Line(
        line.start, line.end, line.body, line.text, line.folded, line.label, line.mark, key, row, line.heading,
        line.centered, line.right, tuple(span for span in cells if text_between(line, span)),
    )  # fmt: skip


def text_between(line: Line, span: tuple[int, int]) -> str:
    """The words of a span inside the line, stripped."""
    return line.text[span[0] - line.start : span[1] - line.start].strip()
