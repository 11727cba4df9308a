"""Rows of one column → paragraphs: which row goes on with the row before it.

Reads: rows in reading order with the edges of their column. Writes: lists of rows, one for each paragraph. What the
print shows decides first (a row that ends before the next word would have had to move down was ended by the author);
labels and headings of units and the letter case decide the rest, as for text files (``joining``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from nlp.reading.joining import ends_sentence, is_reference, starts_heading, starts_item
from nlp.reading.noise import opens_note
from nlp.reading.pdf_rows import Row

_GAP = 1.3  # of the leading: a wider step starts a new paragraph
_LEADING = 1.25  # of the size, where nothing better is known
_INDENT = 0.9  # of the size
_CENTERED = 1.2  # of the size: the most that the two margins of a centred row differ
_SIZE = 0.15
_BLANK = 0.25  # of the size
_BLANK_TO_FILL = re.compile(r"__\W*$")
_SHORT = 2  # letters: a word this short is tied to the next one


@dataclass(slots=True)
class Metrics:
    """Edges of a column on one page, its usual step from row to row, and its usual indent (0: none).

    ``block``: whole paragraphs are indented there, not only their first lines.
    """

    left: float
    right: float
    leading: float
    indent: float
    block: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its page (from 1) and the column it stands in (``BlockStyle.column``)."""

    row: Row
    page: int
    column: int
    metrics: Metrics
    quadrant: int = 0

    @property
    def centered(self) -> bool:
        """Whether both margins are alike and wider than an indent."""
        m, before = self.metrics, self.row.x0 - self.metrics.left
        if before < 1.5 * self.row.size or not self.even:
            return False
        return not (m.indent and abs(before - m.indent) < 2.0)

    @property
    def even(self) -> bool:
        """Whether both margins are alike."""
        m, row = self.metrics, self.row
        return abs((row.x0 - m.left) - (m.right - row.x1)) <= _CENTERED * row.size

    @property
    def at_right(self) -> bool:
        """Whether the row stands at the right edge only."""
        m, row = self.metrics, self.row
        return m.right - row.x1 < 0.5 * row.size and row.x0 - m.left > 0.4 * (m.right - m.left)

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return all(word.bold for word in self.row.words)

    @property
    def indented(self) -> bool:
        """Whether it begins to the right of the column's edge."""
        return self.row.x0 - self.metrics.left > _INDENT * self.row.size


def metrics_of(rows: list[Row], before: Metrics | None = None) -> Metrics:
    """Measure one column of one page; few rows lean on the column of the page ``before``."""
    if len(rows) < 4 and before is not None:
        return Metrics(
            min(before.left, min((row.x0 for row in rows), default=before.left)),
            max(before.right, max((row.x1 for row in rows), default=before.right)),
            before.leading,
            before.indent,
        )
    lefts = Counter(round(row.x0) for row in rows)
    edge = min(lefts, default=0)
    likely = [x for x, count in lefts.items() if count >= max(2, 0.15 * len(rows))]
    left = min(likely, default=edge)
    right = max((row.x1 for row in rows), default=0.0)
    indents = Counter(round(row.x0 - left) for row in rows if row.x0 - left > _INDENT * row.size)
    indent, count = indents.most_common(1)[0] if indents else (0, 0)
    if count < 2:
        indent = 0
    pairs = [(one, other) for one, other in pairwise(rows) if _goes_on_small(one, other)]
    block = indent > 0 and _is_block(pairs, left, left + indent, right)
    return Metrics(left, right, _leading(rows, pairs, before), float(indent), block)


def _is_block(pairs: list[tuple[Row, Row]], left: float, indent: float, right: float) -> bool:
    """Whether rows that go on with a small letter stand at the indent more often than at the edge of the column."""
    at_indent = at_edge = 0
    for one, other in pairs:
        if abs(one.x0 - indent) >= 2:
            continue
        if abs(other.x0 - left) < 2 or (abs(other.x0 - indent) < 2 and _fits(other, right - one.x1)):
            at_edge += 1
        elif abs(other.x0 - indent) < 2:
            at_indent += 1
    return at_indent > at_edge


def _goes_on_small(one: Row, other: Row) -> bool:
    return other.text[0].islower() and not ends_sentence(one.text)


def _leading(rows: list[Row], pairs: list[tuple[Row, Row]], before: Metrics | None) -> float:
    """The step inside paragraphs: where a row goes on with a small letter; else that of the page before."""
    for likely in (pairs, None if before else list(pairwise(rows))):
        if likely is None:
            return before.leading if before else 0.0
        steps = Counter(
            round(one.base - other.base, 0) for one, other in likely if 0 < one.base - other.base < 3 * one.size
        )
        if steps:
            return steps.most_common(1)[0][0]
    return _LEADING * max((row.size for row in rows), default=12.0)


def continues(paragraph: list[PlacedRow], line: PlacedRow) -> bool:
    """Whether ``line`` goes on with the paragraph whose rows so far are given."""
    previous = paragraph[-1]
    text, before = line.row.text, previous.row.text
    if abs(line.row.size - previous.row.size) > _SIZE * previous.row.size and _body_size(paragraph, line):
        return False
    if starts_heading(text) or opens_note(text):
        return False
    small = text[0].islower() or text[0] in ",;.)»%"
    if (previous.row.hyphen and text[0].isalpha()) or (before[-1] == "№" and text[0].isdigit()):
        return True
    gap = _gap(previous, line)
    forced = _forced(previous, line)
    unfinished = not ends_sentence(before)
    if starts_item(text):
        if gap or forced or _shifted(paragraph, line):
            return False
        return (unfinished and not starts_heading(paragraph[0].row.text)) or is_reference(before, text)
    if small and unfinished:
        return not (_first_line(line) or (forced and (gap or _shifted(paragraph, line))))
    if gap or line.bold != previous.bold or _BLANK_TO_FILL.search(before) or not _alike(previous, line, unfinished):
        return False
    if forced:
        return line.centered and starts_heading(paragraph[0].row.text)
    return line.centered or _not_indented(paragraph, line, unfinished)


def _body_size(paragraph: list[PlacedRow], line: PlacedRow) -> bool:
    """Whether the two sizes are of running text, not of one large letter or mark in a row."""
    return len(line.row.text) > 2 and len(paragraph[-1].row.text) > 2


def _alike(previous: PlacedRow, line: PlacedRow, unfinished: bool) -> bool:
    """Whether both rows are centred, or neither; the first row of a centred heading may fill the whole width."""
    if line.centered == previous.centered:
        return True
    return line.even and previous.even and unfinished


def _first_line(line: PlacedRow) -> bool:
    """Whether the row begins where first lines of paragraphs do, and no others."""
    m = line.metrics
    return m.indent > 0 and not m.block and abs(line.row.x0 - m.left - m.indent) < 2.0


def _shifted(paragraph: list[PlacedRow], line: PlacedRow) -> bool:
    """Whether the row begins farther to the right than the one before, or both stand at a first-line indent."""
    previous = paragraph[-1]
    if line.even and previous.even and (line.centered or previous.centered):
        return False
    start = line.row.x0 - line.metrics.left
    shift = start - (previous.row.x0 - previous.metrics.left)
    if shift > _INDENT * line.row.size:
        at_indent = line.metrics.indent > 0 and abs(start - line.metrics.indent) < 2.0
        return at_indent or not (len(paragraph) == 1 and starts_item(previous.row.text))
    return _first_line(line)


def _not_indented(paragraph: list[PlacedRow], line: PlacedRow, unfinished: bool) -> bool:
    if _shifted(paragraph, line):
        return False
    level = abs(line.row.x0 - line.metrics.left - (paragraph[-1].row.x0 - paragraph[-1].metrics.left)) < 3.0
    if line.indented and level and len(paragraph) == 1:
        return unfinished
    return True


def _gap(previous: PlacedRow, line: PlacedRow) -> bool:
    if previous.page != line.page or previous.column != line.column:
        return False
    step = previous.row.base - line.row.base
    size = max(previous.row.size, line.row.size)
    return step > max(_GAP * line.metrics.leading, 1.05 * size) + 0.5


def _forced(previous: PlacedRow, line: PlacedRow) -> bool:
    """Whether the next word would have found room in the row before: the break is the author's."""
    room = previous.metrics.right - previous.row.x1
    if previous.centered:
        room = previous.metrics.right - previous.metrics.left - (previous.row.x1 - previous.row.x0)
    return _fits(line.row, room)


def _fits(row: Row, room: float) -> bool:
    """Whether the first word of a row, and a blank before it, would have found ``room``."""
    words = row.words
    width = words[0].x1 - words[0].x0
    if len(words) > 1 and len(words[0].text) <= _SHORT:
        width = words[1].x1 - words[0].x0
    return room > width + _BLANK * row.size + 1.0
