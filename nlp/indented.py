"""``indented``: plain JSON values → the text of ``json.dumps`` with two blanks of indent and letters as they are.

The library writes indented text piece by piece through Python generators; results have some ten thousand pieces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any


def indented(value: Any, margin: str = "\n") -> str:
    """The text. Raises ``ValueError`` for a number that JSON does not have, ``TypeError`` for what is no JSON value."""
    if isinstance(value, str):
        return encode_basestring(value)
    deeper = margin + "  "
    if isinstance(value, Mapping):
        rows = [f"{_key(key)}: {indented(item, deeper)}" for key, item in value.items()]
        return _between("{", rows, "}", deeper, margin)
    if isinstance(value, list | tuple):
        return _between("[", [indented(item, deeper) for item in value], "]", deeper, margin)
    return json.dumps(value, allow_nan=False)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(key)
    return encode_basestring(key)


def _between(opening: str, rows: list[str], closing: str, deeper: str, margin: str) -> str:
    return f"{opening}{deeper}{f',{deeper}'.join(rows)}{margin}{closing}" if rows else opening + closing
