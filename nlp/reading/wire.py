"""SourceText over a pipe, as JSON: what the parser child says is data and can never be code.

A child that parsed a hostile file may be in its hands. So nothing is unpickled: the parent reads plain JSON, checks
every type and every offset, and builds the objects itself.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from nlp.errors import ReadingError
from nlp.reading.source import (
    Block,
    BlockKind,
    BlockStyle,
    Box,
    Boxes,
    Dropped,
    DropReason,
    Notice,
    Place,
    Segment,
    SourceText,
)

_CODE = re.compile(r"reading\.[a-z0-9_]{1,60}")
_PARAM_LENGTH = 300
_BOX_SCALE = 100
_BOX_NUMBERS = 7
_MALFORMED = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    OverflowError,
    struct.error,
)


class WireError(Exception):
    """The child said something that is no answer."""


def encode_source(source: SourceText) -> bytes:
    """One SourceText as bytes."""
    answer = {
        "text": source.text,
        "blocks": [_block_row(block) for block in source.blocks],
        "format": source.format,
        "dropped": [[item.reason.value, item.text, _place_row(item.place)] for item in source.dropped],
        "notices": [[notice.code, [list(pair) for pair in notice.params]] for notice in source.notices],
        "inserted": source.inserted_revisions,
        "deleted": source.deleted_revisions,
    }
    return _dumped({"source": answer})


def encode_error(code: str, params: dict[str, object]) -> bytes:
    """An expected failure as bytes; params become short strings."""
    return _dumped({"error": code, "params": {key: str(value)[:_PARAM_LENGTH] for key, value in params.items()}})


def decode_answer(data: bytes, name: str, sha256: str) -> SourceText:
    """The child's answer. Raises the ``ReadingError`` it tells of, or ``WireError`` for anything malformed."""
    try:
        answer = json.loads(data)
        if isinstance(answer, dict) and "error" in answer:
            raise _error(answer)
        return _source(answer["source"], name, sha256)
    except _MALFORMED as error:
        raise WireError(type(error).__name__) from None


def _dumped(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _place_row(place: Place) -> list[int]:
    return [place.paragraph, place.table, place.row, place.column, place.page]


def _block_row(block: Block) -> list[Any]:
    style = block.style
    segments = [number for s in block.segments for number in (s.start, s.length, s.source)]
    look = [style.bold, style.centered, style.right, style.outline_level, style.column]
    boxes = [number for box in block.boxes for number in _box_row(box)]
    return [block.kind.value, block.start, block.end, _place_row(block.place), segments, block.number, look, boxes]


def _box_row(box: Box) -> list[int]:
    """Corners in hundredths of a point: finer than any printer, and JSON numbers stay whole and short."""
    corners = (round(corner * _BOX_SCALE) for corner in (box.x0, box.y0, box.x1, box.y1))
    return [box.start, box.end, box.page, *corners]


def _error(answer: dict[str, Any]) -> ReadingError:
    code = _text(answer["error"])
    if not _CODE.fullmatch(code):
        raise ValueError(code)
    params = {_text(key): _text(value)[:_PARAM_LENGTH] for key, value in answer["params"].items()}
    return ReadingError(code, **params)


def _source(answer: dict[str, Any], name: str, sha256: str) -> SourceText:
    text = _text(answer["text"])
    blocks = tuple(_block(row, len(text)) for row in answer["blocks"])
    for before, after in pairwise(blocks):
        if before.end > after.start:
            raise ValueError("blocks overlap")
    return SourceText(
        text=text,
        blocks=blocks,
        format=_text(answer["format"]),
        dropped=tuple(Dropped(DropReason(row[0]), _text(row[1]), _place(row[2])) for row in answer["dropped"]),
        notices=tuple(_notice(row) for row in answer["notices"]),
        name=name,
        sha256=sha256,
        inserted_revisions=_number(answer["inserted"]),
        deleted_revisions=_number(answer["deleted"]),
    )


def _block(row: list[Any], length: int) -> Block:
    kind, start, end, place, flat, number, look, corners = row
    if not 0 <= _number(start) <= _number(end) <= length:
        raise ValueError("block outside the text")
    segments = tuple(
        Segment(_number(flat[at]), _number(flat[at + 1]), _number(flat[at + 2])) for at in range(0, len(flat), 3)
    )
    if any(s.start < start or s.start + s.length > end or s.length < 0 for s in segments):
        raise ValueError("segment outside its block")
    bold, centered, right, level, column = look
    style = BlockStyle(bold is True, centered is True, right is True, _number(level), _number(column))
    boxes = Boxes.of(_boxes(corners, start, end))
    return Block(BlockKind(kind), start, end, _place(place), segments, _text(number), style, boxes)


def _boxes(flat: list[Any], start: int, end: int) -> Iterator[Box]:
    at = start
    for position in range(0, len(flat), _BOX_NUMBERS):
        left, right, page, *corners = (_number(value) for value in flat[position : position + _BOX_NUMBERS])
        if not at <= left < right <= end or page < 1:
            raise ValueError("box outside its block")
        at = left
        x0, y0, x1, y1 = (corner / _BOX_SCALE for corner in corners)
        if not (x0 <= x1 and y0 <= y1):
            raise ValueError("box turned inside out")
        yield Box(left, right, page, x0, y0, x1, y1)


def _place(row: list[Any]) -> Place:
    paragraph, table, line, column, page = (_number(value) for value in row)
    return Place(paragraph, table, line, column, page)


def _notice(row: list[Any]) -> Notice:
    code, params = row
    if not _CODE.fullmatch(_text(code)):
        raise ValueError(code)
    return Notice(code, tuple((_text(key), _text(value)) for key, value in params))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("number")
    return value
