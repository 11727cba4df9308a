"""Names of files as they can be printed and kept: a file system may hold names that are no text in UTF-8."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def printable_name(name: str) -> str:
    """``name`` with bytes that are no UTF-8 as «%FF»; Python holds them as lone surrogates (PEP 383), which nothing
    can print. Other names stay as they are."""
    return _SURROGATE.sub(_percent, name)


def _percent(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"%{code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"%u{code:04X}"
