"""Paragraphs of a PDF in reading order → one printed text with the box of every word, and from it the SourceText.

Reads: paragraphs as rows. Writes: ``SourceText``. Rows are printed as lines of one text and let go; what is kept of a
word is its place in that text and its box, packed. Cleaning and noise are those of text files (``assembly``).
"""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.limits import Limits
from nlp.reading.assembly import Assembly, Paragraph
from nlp.reading.hyphens import divides_words, keeps_hyphen
from nlp.reading.joining import starts_heading
from nlp.reading.pdf_paragraphs import PlacedRow
from nlp.reading.pdf_words import to_page
from nlp.reading.source import (
    Block,
    BlockKind,
    BlockStyle,
    Box,
    Boxes,
    Dropped,
    DropReason,
    Place,
    Segment,
    SourceText,
)

_BROKEN = re.compile(r"([^\W_]+(?:-[^\W_]+)*)-$")
_HEAD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE = re.compile(r"[;:.]\s*$")
_HEADING_LENGTH = 400
_WORD_BOX = struct.Struct("<IIIffff")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A paragraph in the printed text: spans of its lines and whether each but the last ends with a hyphen."""

    lines: list[tuple[int, int]]
    hyphens: list[bool]
    place: Place
    kind: BlockKind
    style: BlockStyle


class Printer:
    """Prints paragraphs one after another; ``source`` gives the text they make."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._line = 0
        self._starts = array("I")
        self._boxes = bytearray()  # _WORD_BOX for each of _starts
        self._paragraphs: list[_Printed] = []
        self._dropped: list[Dropped] = []

    @property
    def length(self) -> int:
        """Characters printed so far."""
        return self._length

    def drop(self, reason: DropReason, text: str, page: int) -> None:
        """Set text of a page aside."""
        if text.strip():
            self._dropped.append(Dropped(reason, text.strip(), Place(self._line, page=page)))

    def paragraph(self, rows: list[PlacedRow], place: Place | None = None) -> None:
        """Print one paragraph; ``place`` names the cell of a table."""
        first = rows[0]
        table = place or Place(0)
        where = Place(self._line, table.table, table.row, table.column, first.page)
        lines: list[tuple[int, int]] = []
        for row in rows:
            lines.append(self._print(row))
        hyphens = [row.row.hyphen for row in rows[:-1]]
        text = " ".join(row.row.text for row in rows[:6])
        bold = all(row.bold for row in rows)
        style = BlockStyle(
            bold=bold,
            centered=place is None and rows[-1].centered and all(row.even for row in rows),
            right=place is None and all(row.at_right for row in rows),
            column=first.column,
        )
        kind = BlockKind.PARAGRAPH
        if place is not None:
            kind = BlockKind.CELL
        elif (bold or starts_heading(text)) and not _is_sentence(text):
            kind = BlockKind.HEADING
        self._paragraphs.append(_Printed(lines, hyphens, where, kind, style))

    def _print(self, placed: PlacedRow) -> tuple[int, int]:
        """One line of the printed text."""
        row = placed.row
        start = self._length
        for word, (left, right) in zip(row.words, row.spans, strict=True):
            box = word.page_box or to_page(placed.quadrant, (word.x0, word.y0, word.x1, word.y1))
            self._starts.append(start + left)
            self._boxes += _WORD_BOX.pack(start + left, start + right, placed.page, *box)
        self._pieces.append(row.text)
        self._length += len(row.text) + 1
        self._line += 1
        return start, self._length - 1

    def source(self, name: str, form: str = "pdf") -> SourceText:
        """The finished text."""
        text = "\n".join(self._pieces)
        self._pieces.clear()
        breaks = [_breaks(text, printed) for printed in self._paragraphs]
        halves = [(left, right) for found in breaks for _, _, left, right in found]
        vocabulary = _vocabulary(text) if halves else frozenset[str]()
        divides = divides_words(halves)
        assembly = Assembly(text, self._limits)
        for printed, found in zip(self._paragraphs, breaks, strict=True):
            spans = _spans(printed, found, vocabulary, divides)
            assembly.add(Paragraph(spans, [""] * len(found), printed.place, printed.kind, printed.style))
        source = assembly.source(form, name)
        blocks = tuple(replace(block, boxes=self._block_boxes(block, source.text)) for block in source.blocks)
        dropped = sorted((*source.dropped, *self._dropped), key=lambda item: (item.place.page, item.place.paragraph))
        return replace(source, blocks=blocks, dropped=tuple(dropped))

    def _block_boxes(self, block: Block, text: str) -> Boxes:
        """Boxes of the words of a block, in clean offsets; pieces of one word on one line are one box."""
        boxes: list[Box] = []
        for segment in block.segments:
            for box in self._segment_boxes(segment):
                last = boxes[-1] if boxes else None
                if last and last.end == box.start and _side_by_side(last, box) and not text[box.start].isspace():
                    boxes[-1] = _union(last, box)
                else:
                    boxes.append(box)
        return Boxes.of(boxes)

    def _segment_boxes(self, segment: Segment) -> list[Box]:
        end = segment.source + segment.length
        found: list[Box] = []
        at = max(bisect_left(self._starts, segment.source + 1) - 1, 0)
        while at < len(self._starts) and self._starts[at] < end:
            left, right, page, *corners = _WORD_BOX.unpack_from(self._boxes, at * _WORD_BOX.size)
            left, right = max(left, segment.source), min(right, end)
            if left < right:
                shift = segment.start - segment.source
                x0, y0, x1, y1 = (round(corner, 2) for corner in corners)
                found.append(Box(left + shift, right + shift, page, x0, y0, x1, y1))
            at += 1
        return found


def _side_by_side(one: Box, other: Box) -> bool:
    """Whether two boxes lie on one line of one page (or overlap so much that they may count as such)."""
    if one.page != other.page:
        return False
    across = min(one.y1, other.y1) - max(one.y0, other.y0)
    along = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1 - one.y0, other.y1 - other.y0)
    width = min(one.x1 - one.x0, other.x1 - other.x0)
    return across > 0.3 * height or (along > 0.3 * width and across > -0.5 * max(height, 1.0))


def _union(one: Box, other: Box) -> Box:
    return Box(
        one.start,
        other.end,
        one.page,
        min(one.x0, other.x0),
        min(one.y0, other.y0),
        max(one.x1, other.x1),
        max(one.y1, other.y1),
    )


def _vocabulary(text: str) -> frozenset[str]:
    """Lower-case words of the text, without those that a line end breaks."""
    return frozenset(
        match.group().lower()
        for match in _WORDS.finditer(text)
        if text[match.end() : match.end() + 2] != "-\n" and text[max(match.start() - 2, 0) : match.start()] != "-\n"
    )


def _breaks(text: str, printed: _Printed) -> list[tuple[int, int, str, str]]:
    """Words broken over two lines: (end of the first line, start of the second, left half, right half)."""
    found: list[tuple[int, int, str, str]] = []
    for ((left, end), (following, right)), hyphen in zip(pairwise(printed.lines), printed.hyphens, strict=True):
        broken = _BROKEN.search(text, left, end) if hyphen else None
        head = _HEAD.match(text, following, right)
        if broken and head:
            found.append((end, following, broken.group(1), head.group()))
    return found


def _spans(
    printed: _Printed, breaks: list[tuple[int, int, str, str]], vocabulary: frozenset[str], divides: bool
) -> list[tuple[int, int]]:
    """Spans of the paragraph, cut where a word is broken by a hyphen."""
    spans: list[tuple[int, int]] = []
    start = printed.lines[0][0]
    for end, following, left, right in breaks:
        spans.append((start, end if keeps_hyphen(left, right, vocabulary, divides) else end - 1))
        start = following
    spans.append((start, printed.lines[-1][1]))
    return spans


def _is_sentence(text: str) -> bool:
    return len(text) > _HEADING_LENGTH or bool(_SENTENCE.search(text))
