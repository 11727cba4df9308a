"""Widths of columns that no word is torn in, and soft hyphens where a word is too long for any.

Reads: a table of the document model. Writes: the same table with widths by the longest words. A machine without Times
New Roman sets a Word file in whatever serif it has, so that words are measured in a wide one (DejaVu Serif); a PDF has
its own fonts (PT Serif), and its words are measured by these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from expertise.documents.model import Cell, Emphasis, Paragraph, Style, Table

SOFT_HYPHEN = "\u00ad"
_POINT = 25.4 / 72
_PADDING = 3.6  # millimetres between a word and the rules of its cell, both sides
_FULL = 0.9  # of the page: where words ask for more, nothing is left for the columns with much to say
_WORDED = 32.0  # millimetres that a word of a cell may ask for then: longer ones break at syllables
_WIDE, _NARROW = 1.0, 0.9
_SIZES = {Style.COLUMN_HEAD: 8.5}
_SIZE = 10.0
_BOLD = 1.13
_BOLD_EMPHASES = frozenset({Emphasis.STRONG, Emphasis.FLAGGED})
_LONGEST = 24  # signs: what is longer is an address or a checksum and breaks anywhere
_EMS = {
    **dict.fromkeys("іІ.,:;!'()[]|-\u2011\"ijlft", 0.38), **dict.fromkeys("жшщюмфыыЖШЩЮМФЫ", 0.88),
    **dict.fromkeys("гвзстхчэкңғ", 0.58),
}  # fmt: skip
_USUAL, _CAPITAL = 0.64, 0.8
_WORD = re.compile(r"[^\s\u200b–—-]+-?")  # a hyphen and a dash may end a line, a non-breaking one may not
_LETTERS = re.compile(r"[^\W\d_]{5,}")
_VOWELS = frozenset("аеёиоуыэюяәіөұүАЕЁИОУЫЭЮЯӘІӨҰҮ")
_NOT_FIRST = frozenset("ьъйЬЪЙ")  # no line begins with them

# A row that is not higher than a few lines is kept on one page; a higher one breaks, or half pages stay empty.
_LINE_WIDTH = 1.85  # millimetres a character of table text takes on average
_CELL_PADDING = 4.0
_KEPT_LINES = 6


def fitted(table: Table, *, own_fonts: bool = False) -> Table:
    """The table with no column narrower than its longest word; words that still do not fit may break at syllables.

    ``own_fonts``: the document brings its fonts along.
    """
    scale = _NARROW if own_fonts else _WIDE
    widths = _widths(table, scale)
    return replace(
        table,
        widths=widths,
        head=tuple(_hyphenated(row, widths, scale) for row in table.head),
        rows=tuple(_hyphenated(row, widths, scale) for row in table.rows),
    )


def is_short(row: Sequence[Cell], widths: Sequence[float]) -> bool:
    """Whether a row is so low that it is not torn over two pages."""
    if any(cell.across > 1 for cell in row) or len(row) != len(widths):
        return True
    return max(_cell_lines(cell, width) for cell, width in zip(row, widths, strict=True)) <= _KEPT_LINES


def _cell_lines(cell: Cell, width: float) -> int:
    fitting = max((width - _CELL_PADDING) / _LINE_WIDTH, 1.0)
    return sum(
        max(math.ceil(len(line) / fitting), 1) for paragraph in cell.paragraphs for line in paragraph.text.split("\n")
    )


def _widths(table: Table, scale: float) -> tuple[float, ...]:
    total = sum(table.widths)
    heads = _needs(table.head, len(table.widths), scale)
    worded = _needs(table.rows, len(table.widths), scale)
    bodies = [max(pair) for pair in zip(heads, worded, strict=True)]
    if sum(bodies) > total * _FULL:
        bodies = [max(head, min(need, _WORDED)) for head, need in zip(heads, worded, strict=True)]
    if all(need <= width for need, width in zip(bodies, table.widths, strict=True)):
        return table.widths
    needs = _within(heads, bodies, total)
    slack = [max(width - need, 0.0) for width, need in zip(table.widths, needs, strict=True)]
    share = (total - sum(needs)) / sum(slack) if sum(slack) else 0.0
    return tuple(round(need + room * share, 2) for need, room in zip(needs, slack, strict=True))


def _within(heads: Sequence[float], bodies: Sequence[float], total: float) -> Sequence[float]:
    """What columns need, cut to the page: heads before words of the cells."""
    if sum(bodies) <= total:
        return bodies
    if sum(heads) >= total:
        return [head * total / sum(heads) for head in heads]
    part = (total - sum(heads)) / (sum(bodies) - sum(heads))
    return [head + (body - head) * part for head, body in zip(heads, bodies, strict=True)]


def _needs(rows: Sequence[Sequence[Cell]], columns: int, scale: float) -> list[float]:
    """Width of the longest word of each column; cells over several columns ask for nothing."""
    needs = [0.0] * columns
    for row in rows:
        if len(row) != columns or any(cell.across > 1 for cell in row):
            continue
        for column, cell in enumerate(row):
            widest = max((width for one in cell.paragraphs for _, width in _words(one, scale)), default=0.0)
            needs[column] = max(needs[column], widest)
    return needs


def _words(paragraph: Paragraph, scale: float) -> Iterator[tuple[str, float]]:
    """Words with the room they take."""
    bold = "\n".join(run.text for run in paragraph.runs if run.emphasis in _BOLD_EMPHASES)
    head = paragraph.style is Style.COLUMN_HEAD
    size = _SIZES.get(paragraph.style, _SIZE) * _POINT
    for found in _WORD.finditer(paragraph.text):
        word = found[0]
        if len(word) <= _LONGEST:
            heavy = _BOLD if head or word.strip("«».,;:()") in bold else 1.0
            yield word, _ems(word) * size * heavy * scale + _PADDING


def _ems(word: str) -> float:
    return sum(_EMS.get(sign) or (_CAPITAL if sign.isupper() else _USUAL) for sign in word)


def _placed(row: Sequence[Cell], widths: Sequence[float]) -> Iterator[tuple[Cell, float]]:
    """Cells with their widths; of a row that is not laid out one to one nothing is known, and nothing is broken."""
    one_to_one = len(row) == len(widths) and all(cell.across == 1 for cell in row)
    yield from zip(row, widths if one_to_one else [math.inf] * len(row), strict=True)


def _long_words(cell: Cell, width: float, scale: float) -> frozenset[str]:
    return frozenset(word for one in cell.paragraphs for word, room in _words(one, scale) if room > width + 0.05)


def _hyphenated(row: Sequence[Cell], widths: Sequence[float], scale: float) -> tuple[Cell, ...]:
    made = []
    for cell, width in _placed(row, widths):
        long = _long_words(cell, width, scale)
        made.append(replace(cell, paragraphs=tuple(_broken(one, long) for one in cell.paragraphs)) if long else cell)
    return tuple(made)


def _broken(paragraph: Paragraph, long: frozenset[str]) -> Paragraph:
    runs = []
    for run in paragraph.runs:
        words = _WORD.sub(lambda found: syllables(found[0]) if _part_of(found[0], long) else found[0], run.text)
        runs.append(replace(run, text=words))
    return replace(paragraph, runs=tuple(runs))


def _part_of(word: str, long: frozenset[str]) -> bool:
    """A word may lie in several runs: its parts are broken as the whole would be."""
    return any(word in each for each in long)


def syllables(word: str) -> str:
    """The word with soft hyphens between its syllables (Russian and Kazakh alike)."""
    return _LETTERS.sub(lambda found: _parted(found[0]), word)


def _parted(letters: str) -> str:
    pieces = letters[:1]
    for index in range(1, len(letters)):
        if _may_part(letters, index):
            pieces += SOFT_HYPHEN
        pieces += letters[index]
    return pieces


def _may_part(letters: str, index: int) -> bool:
    """Before a consonant with a vowel after it, where a vowel stands before and two letters are left on each side."""
    if index < 2 or len(letters) - index < 2 or letters[index] in _NOT_FIRST:
        return False
    begins = letters[index] not in _VOWELS and letters[index + 1] in _VOWELS
    return begins and any(letter in _VOWELS for letter in letters[:index])
