"""A part of a text, or the same text in another order, that still knows where every character came from.

Reads: a ``SourceText`` and blocks of it. Writes: a ``SourceText`` of these blocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nlp.reading.source import Block, Box, Boxes, Segment, SourceText


def excerpt(source: SourceText, blocks: Iterable[Block]) -> SourceText:
    """A text of these blocks of ``source`` in this order; segments and boxes move with their words."""
    pieces: list[str] = []
    moved: list[Block] = []
    at = 0
    for block in blocks:
        pieces.append(source.text[block.start : block.end])
        moved.append(_moved(block, at - block.start))
        at += block.end - block.start + 1
    return replace(source, text="\n".join(pieces), blocks=tuple(moved))


def _moved(block: Block, shift: int) -> Block:
    if not shift:
        return block
    segments = tuple(Segment(s.start + shift, s.length, s.source) for s in block.segments)
    boxes = Boxes.of(Box(b.start + shift, b.end + shift, b.page, b.x0, b.y0, b.x1, b.y1) for b in block.boxes)
    return replace(block, start=block.start + shift, end=block.end + shift, segments=segments, boxes=boxes)
