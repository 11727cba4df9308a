"""Recognised lines → words as the PDF reader has them: upright, in points, with their box on the page.

Reads: ``ScannedLine``s and the picture they were seen in. Writes: ``ScannedPage``, whose words go through the same
rows, columns and paragraphs as those of a text layer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import median

from nlp.reading.data import load
from nlp.reading.ocr_boxes import refine
from nlp.reading.ocr_case import settle_case
from nlp.reading.ocr_figures import CONFUSED, three_or_five
from nlp.reading.ocr_hocr import ScannedChar, ScannedLine, ScannedWord
from nlp.reading.ocr_mending import mend_lines
from nlp.reading.ocr_picture import Picture
from nlp.reading.ocr_quality import Quality, is_known, quality_of
from nlp.reading.pdf_rules import Grid
from nlp.reading.pdf_words import PageWords, Word

_SIZE_OF_LINE = 0.93  # Tesseract's height of a line to the size of the font
_SAME_SIZE = 0.3  # of the page's usual size: a line so near to it is set in it
_SAME_EDGE = 3.0  # points: lines that begin so near to each other begin at one edge
_RAISED = 0.18  # of the line's height: a figure whose foot stands so far above the base line is raised
_RAISED_HEIGHT = (0.15, 0.62)  # of the line's height: an apostrophe may be a one, a whole figure is no index
_MOST_RAISED = 2
_CLOSING = frozenset(".,;:)»")
_BLANK = 0.15  # of the size: the least blank between two words
_LEAST_CONFIDENCE = 50  # a line below it with no word of a dictionary is no text
_MOST_DOUBTFUL = 0.3  # of the characters of a page
_FULL_PAGE = 150  # characters
_LEAST_SIZE, _MOST_SIZE = 4.0, 200.0  # points
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class ScannedPage:
    """``words``: upright words; ``aside``: texts that are no text of the page (turned stamps, spots).

    ``mended``: words in which a mistake of recognition was put right.
    """

    words: PageWords
    quality: Quality
    aside: list[str] = field(default_factory=list)
    mended: int = 0
    grids: list[Grid] = field(default_factory=list)


def page_of(lines: list[ScannedLine], picture: Picture, grids: list[Grid]) -> ScannedPage:
    """All lines of one picture; ``grids`` are its tables."""
    upright = [line for line in lines if not line.turned]
    kept = _kept(upright, picture)
    left = {id(line) for line in kept}
    aside = [" ".join(word.text for word in line.words) for line in lines if id(line) not in left]
    for line in kept:
        for word in line.words:
            refine(word, picture.pixels)
    settled = settle_case(kept) + sum(_settle_figures(word, picture) for line in kept for word in line.words)
    texts, mended = mend_lines([[_with_figures_raised(word, line) for word in line.words] for line in kept])
    words = PageWords(0, _words(kept, texts, picture), low=0.0, high=picture.height * picture.points)
    quality = quality_of(
        (text, word.confidence)
        for line, found in zip(kept, texts, strict=True)
        for word, text in zip(line.words, found, strict=True)
    )
    return ScannedPage(words, quality, [text for text in aside if any(map(str.isalnum, text))], mended + settled, grids)


def _kept(lines: list[ScannedLine], picture: Picture) -> list[ScannedLine]:
    """Lines of text. Where most of a full page is doubtful, it is the page that is poor: its lines are given."""
    possible = [line for line in lines if _may_be_text(line, picture)]
    kept = [line for line in possible if _is_text(line)]
    every, sure = (sum(len(word.chars) for line in found for word in line.words) for found in (possible, kept))
    return possible if every - sure > max(_MOST_DOUBTFUL * every, _FULL_PAGE) else kept


def _may_be_text(line: ScannedLine, picture: Picture) -> bool:
    size = line.size * picture.points
    return _LEAST_SIZE <= size <= _MOST_SIZE and any(map(str.isalnum, "".join(word.text for word in line.words)))


def _is_text(line: ScannedLine) -> bool:
    """Spots, signatures and the rims of round stamps come out as lines of nonsense."""
    if sum(word.confidence for word in line.words) >= _LEAST_CONFIDENCE * len(line.words):
        return True
    return any(len(piece) > 3 and is_known(piece) for piece in (_bare(word.text) for word in line.words))


def _bare(word: str) -> str:
    return word.strip('«»"().,;:')


def _settle_figures(word: ScannedWord, picture: Picture) -> bool:
    """Threes and fives by their shape; whether one was changed."""
    changed = False
    for number, char in enumerate(word.chars):
        if char.text in CONFUSED and (seen := three_or_five(picture.pixels, char.box)) and seen != char.text:
            word.chars[number] = ScannedChar(seen, char.box)
            changed = True
    return changed


def _with_figures_raised(word: ScannedWord, line: ScannedLine) -> str:
    """The text of a word; one or two figures set as an index behind it become superscripts."""
    text = word.text
    end = len(word.chars)
    while end and word.chars[end - 1].text in _CLOSING:
        end -= 1
    start = end
    while start and _is_raised(word.chars[start - 1], line):
        start -= 1
    figures = "".join(char.text for char in word.chars[start:end])
    before = "".join(char.text for char in word.chars[:start])
    if not 1 <= len(figures) <= _MOST_RAISED or not before or not before[-1].isalnum():
        return text
    if before[-1].isdigit():
        figures = "".join(_raised_figures().get(figure, figure) for figure in figures)
    if not (figures.isascii() and figures.isdigit()):
        return text
    return before + figures.translate(_SUPERSCRIPTS) + "".join(char.text for char in word.chars[end:])


def _is_raised(char: ScannedChar, line: ScannedLine) -> bool:
    x0, y0, x1, y1 = char.box
    height = (y1 - y0) / line.size
    return line.base((x0 + x1) / 2) - y1 > _RAISED * line.size and _RAISED_HEIGHT[0] < height < _RAISED_HEIGHT[1]


@lru_cache(maxsize=1)
def _raised_figures() -> dict[str, str]:
    table: dict[str, str] = load("ocr.yaml")["raised_figures"]
    return table


def _words(lines: list[ScannedLine], texts: list[list[str]], picture: Picture) -> list[Word]:
    points = picture.points
    high = picture.height * points
    sizes = _sizes(lines, points)
    starts = _edges([line.words[0].box[0] * points for line in lines])
    ends = _edges([line.words[-1].box[2] * points for line in lines])
    words: list[Word] = []
    order = 0
    for number, (line, found) in enumerate(zip(lines, texts, strict=True)):
        size = sizes[number]
        base = high - line.base((line.box[0] + line.box[2]) / 2) * points
        first = len(words)
        for scanned, text in zip(line.words, found, strict=True):
            x0, y0, x1, y1 = scanned.box
            box = (x0 * points, high - y1 * points, x1 * points, high - y0 * points)
            word = Word(text, box, base, size, bold=False, order=order, glued=False)
            word.page_box = picture.box(x0, y0, x1, y1)
            order += len(text) + 4
            words.append(word)
        words[first].x0 = min(starts[number], words[first].x1)
        words[-1].x1 = max(ends[number], words[-1].x0)
        _part(words[first:])
    return words


def _part(words: list[Word]) -> None:
    """Words that Tesseract parts are parted, however narrow the blank between them came out."""
    for before, word in pairwise(words):
        before.x1 = max(min(before.x1, word.x0 - _BLANK * word.size), before.x0)


def _sizes(lines: list[ScannedLine], points: float) -> list[float]:
    """The size of each line's font: that of the page, where it is near to it, for heights of lines vary by letters."""
    sizes = [line.size * points / _SIZE_OF_LINE for line in lines]
    usual = median(
        [size for size, line in zip(sizes, lines, strict=True) for _ in range(sum(len(w.chars) for w in line.words))]
        or [0.0]
    )
    return [usual if abs(size - usual) <= _SAME_SIZE * usual else size for size in sizes]


def _edges(values: list[float]) -> list[float]:
    """The same values, those near to each other made equal: letters begin at different distances from the edge."""
    order = sorted(range(len(values)), key=lambda number: values[number])
    result = list(values)
    group: list[int] = []
    for number in [*order, -1]:
        if group and (number < 0 or values[number] - values[group[0]] > _SAME_EDGE):
            middle = median(values[member] for member in group)
            for member in group:
                result[member] = middle
            group = []
        if number >= 0:
            group.append(number)
    return result
