"""Boxes of words: packed, over the wire, and what the parent refuses."""

from __future__ import annotations

import json
import struct

import pytest

from nlp.reading.source import Block, BlockKind, BlockStyle, Box, Boxes, Place, SourceText
from nlp.reading.wire import WireError, decode_answer, encode_source

BOXES = (Box(0, 5, 1, 70.0, 700.25, 99.5, 711.0), Box(6, 8, 2, 12.5, 30.0, 40.0, 41.75))


def source(boxes: Boxes) -> SourceText:
    """One block with boxes."""
    block = Block(BlockKind.PARAGRAPH, 0, 8, Place(0, page=1), style=BlockStyle(column=2), boxes=boxes)
    return SourceText("Орган ре", (block,), "pdf", sha256="0")


def test_packed_boxes_are_a_sequence() -> None:
    boxes = Boxes.of(BOXES)
    assert tuple(boxes) == BOXES and len(boxes) == 2
    assert boxes[0] == boxes[-2] == BOXES[0] and boxes[1] == boxes[-1] == BOXES[1]
    with pytest.raises(IndexError):
        boxes[2]
    assert not Boxes() and tuple(Boxes()) == ()
    assert boxes == Boxes.of(list(BOXES)) and hash(boxes) == hash(Boxes.of(BOXES))
    with pytest.raises(struct.error):
        Boxes.of([Box(-1, 2, 1, 0, 0, 0, 0)])


def test_boxes_of_a_span() -> None:
    block = source(Boxes.of(BOXES)).blocks[0]
    assert block.boxes_of(0, 1) == [BOXES[0]]
    assert block.boxes_of(5, 6) == []
    assert block.boxes_of(4, 7) == list(BOXES)


def test_boxes_cross_the_wire() -> None:
    sent = source(Boxes.of(BOXES))
    assert decode_answer(encode_source(sent), "", "0") == sent


@pytest.mark.parametrize(
    "row",
    [
        [0, 9, 1, 0, 0, 1, 1],  # beyond the block
        [-1, 5, 1, 0, 0, 1, 1],
        [5, 5, 1, 0, 0, 1, 1],  # empty
        [0, 5, 0, 0, 0, 1, 1],  # no page
        [0, 5, 1, 10, 0, 1, 1],  # turned inside out
        [0, 5, 1, 0, 0, 1],  # a number short
        [0, 5, 1, 0, 0, 1, "1"],
        [0, 5, 1, 0, 0, 1, 1.5],
        [0, 5, 2**40, 0, 0, 1, 1],
        [0, 5, 1, 0, 0, 10**60, 10**60],
        [3, 5, 1, 0, 0, 1, 1, 0, 2, 1, 0, 0, 1, 1],  # out of order
    ],
)
def test_false_boxes_are_refused(row: list[object]) -> None:
    answer = json.loads(encode_source(source(Boxes.of(BOXES))))
    answer["source"]["blocks"][0][7] = row
    with pytest.raises(WireError):
        decode_answer(json.dumps(answer).encode(), "", "0")
