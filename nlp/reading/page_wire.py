"""A page as people see it, over a pipe: raw pixels and six figures, so that no decoder meets what the child made.

Reads and writes: frames between parser child and parent (``wire`` tells of the others). The parent checks every figure
and makes the PNG itself (``png``).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading import wire
from nlp.reading.wire import WireError

Affine = tuple[float, float, float, float, float, float]
_MARK = b"PAGE "
_HEAD_LENGTH = 600
_GREATEST = 1e7  # points: far beyond any page
_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Rows of pixels from the top down, ``channels`` bytes each (1 grey, 3 red, green, blue).

    ``pages``: how many the file has. ``to_page``: (a, b, c, d, e, f), pixel (x, y) → point (a·x + b·y + c,
    d·x + e·y + f) of the page's own space, in which the boxes of words are.
    """

    width: int
    height: int
    channels: int
    pages: int
    to_page: Affine
    pixels: bytes

    def frame(self, corners: tuple[float, float, float, float]) -> tuple[int, int, int, int] | None:
        """A box of the page's own space → (x, y, width, height) in whole pixels; None when nothing of it is visible."""
        a, b, c, d, e, f = self.to_page
        turn = a * e - b * d
        x0, y0, x1, y1 = corners
        points = [(x - c, y - f) for x in (x0, x1) for y in (y0, y1)]
        across = [(e * x - b * y) / turn for x, y in points]
        down = [(a * y - d * x) / turn for x, y in points]
        left, right = max(min(across), 0.0), min(max(across), float(self.width))
        top, bottom = max(min(down), 0.0), min(max(down), float(self.height))
        if not (left < right and top < bottom):
            return None
        x, y = math.floor(left), math.floor(top)
        return x, y, math.ceil(right) - x, math.ceil(bottom) - y


def encode_page(picture: PagePicture) -> bytes:
    """Bytes for the parent."""
    head = {
        "size": [picture.width, picture.height, picture.channels],
        "pages": picture.pages,
        "to_page": list(picture.to_page),
    }
    return _MARK + json.dumps(head).encode() + b"\n" + picture.pixels


def decode_page(frame: bytes, limits: Limits) -> PagePicture:
    """The page in an answer. Raises the ``ReadingError`` it tells of, or ``WireError`` for anything malformed."""
    if not frame.startswith(_MARK):
        wire.decode_answer(frame, "", "")  # raises what went wrong
        raise WireError("page")
    end = frame.find(b"\n", 0, _HEAD_LENGTH)
    if end < 0:
        raise WireError("page")
    try:
        return _picture(json.loads(frame[len(_MARK) : end]), frame[end + 1 :], limits)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise WireError(type(error).__name__) from None


def _picture(head: Any, pixels: bytes, limits: Limits) -> PagePicture:
    width, height, channels = (_count(value) for value in head["size"])
    pages = _count(head["pages"])
    if channels not in (1, 3) or width * height > limits.page_pixels or pages > limits.pages:
        raise ValueError("size")
    if len(pixels) != width * height * channels:
        raise ValueError("pixels")
    a, b, c, d, e, f = (_figure(value) for value in head["to_page"])
    if abs(a * e - b * d) < _SMALLEST:
        raise ValueError("matrix")
    return PagePicture(width, height, channels, pages, (a, b, c, d, e, f), pixels)


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError("count")
    return value


def _figure(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < _GREATEST:
        raise TypeError("figure")
    return float(value)


def no_such_page(number: int, pages: int) -> ReadingError:
    """The file has fewer pages."""
    return ReadingError("reading.no_such_page", page=number, pages=pages)
