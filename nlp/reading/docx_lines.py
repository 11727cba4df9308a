"""The read pieces of a Word paragraph → its clean lines with segments into the accepted text.

Reads: pieces. Writes: ``Line``; segments count from the start of the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from nlp.reading.cleaning import clean_line
from nlp.reading.docx_paragraph import Piece
from nlp.reading.source import Segment

_SENTENCE_ENDS = (".", ";", ":", "!", "?", ",")
_STARTS_UNIT = re.compile(r"\W*(?:\d|[^\W\d_]{1,2}\))")


@dataclass(frozen=True, slots=True)
class Line:
    """A clean line without number."""

    text: str
    segments: tuple[Segment, ...]


def lines_of(pieces: list[Piece], *, whole: bool) -> list[Line]:
    """Clean lines of a paragraph; empty ones are left out.

    A line break inside a paragraph is either a wrap of one sentence, which becomes a blank, or the way in which a
    converter wrote paragraphs, which parts lines. It is a wrap when the next line goes on in a small letter and the
    line before it ends no clause. ``whole`` makes every break a wrap (headings).
    """
    text = "".join(piece.text for piece in pieces)
    spans = _spans(pieces)
    if "\n" not in text:
        line = _clean(text, spans, 0)
        return [line] if line.text else []
    found: list[Line] = []
    for start, end in _cuts(text, whole):
        line = _clean(text[start:end], spans, start)
        if line.text:
            found.append(line)
    return found


def _spans(pieces: list[Piece]) -> list[tuple[int, int, int]]:
    """(start in the read text, length, start in the accepted text), neighbours joined."""
    spans: list[tuple[int, int, int]] = []
    position = 0
    for piece in pieces:
        length = len(piece.text)
        if spans and spans[-1][2] + spans[-1][1] == piece.source:
            start, known, source = spans[-1]
            spans[-1] = (start, known + length, source)
        else:
            spans.append((position, length, piece.source))
        position += length
    return spans


def _cuts(text: str, whole: bool) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r"\n+", text):
        if not whole and not _is_wrap(
            text[max(start, match.start() - 20) : match.start()], text[match.end() : match.end() + 20]
        ):
            cuts.append((start, match.start()))
            start = match.end()
    cuts.append((start, len(text)))
    return cuts


def _is_wrap(before: str, after: str) -> bool:
    before, after = before.rstrip(), after.lstrip()
    if not before or not after or before.endswith(_SENTENCE_ENDS):
        # A comma ends no sentence, but after it a list item in a small letter may begin: «а) …,».
        return before.endswith(",") and after[:1].islower() and not _STARTS_UNIT.match(after)
    return after[0].islower() and not _STARTS_UNIT.match(after)


def _clean(text: str, spans: list[tuple[int, int, int]], offset: int) -> Line:
    clean = clean_line(text)
    if len(spans) == 1:
        _, _, source = spans[0]
        shift = source + offset
        return Line(clean.text, tuple(Segment(each.start, each.length, each.source + shift) for each in clean.segments))
    segments: list[Segment] = []
    for each in clean.segments:
        segments.extend(_through(each, spans, offset))
    return Line(clean.text, tuple(segments))


def _start(span: tuple[int, int, int]) -> int:
    return span[0]


def _through(segment: Segment, spans: list[tuple[int, int, int]], offset: int) -> list[Segment]:
    """A segment into the read text → segments into the accepted text."""
    first = segment.source + offset
    last = first + segment.length
    found: list[Segment] = []
    for index in range(max(bisect_right(spans, first, key=_start) - 1, 0), len(spans)):
        start, length, source = spans[index]
        if start >= last:
            break
        low, high = max(first, start), min(last, start + length)
        if low < high:
            found.append(Segment(segment.start + low - first, high - low, source + low - start))
    return found
