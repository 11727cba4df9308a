"""Characters of symbol fonts as characters of Unicode.

Reads: ``symbols.tsv`` (font, code, character). Writes: one character for one. ISO/IEC 29500-1, 17.3.3.30 (sym).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("symbols.tsv")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_UNKNOWN = "•"


@cache
def _symbols() -> dict[tuple[str, int], str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(font.lower(), int(code, 16)): character for font, code, character, *_ in rows}


def symbol(font: str | None, code: str | None) -> str:
    """The character of ``w:sym``: ``font`` is the font's name, ``code`` four hexadecimal figures.

    Always one character: «•» (an ornament) for what is not in the table, a plain letter for letters of ordinary fonts.
    """
    try:
        point = int((code or "")[:6], 16)
    except ValueError:
        return _UNKNOWN
    return _shown(font or "", point)


def without_private_characters(text: str, font: str) -> str:
    """Text typed in a symbol font, whose letters are kept as private characters; the length does not change."""
    if not _PRIVATE.search(text):
        return text
    return _PRIVATE.sub(lambda match: _shown(font, ord(match[0])), text)


def _shown(font: str, point: int) -> str:
    low = point - 0xF000 if 0xF020 <= point <= 0xF0FF else point
    known = _symbols().get((font.lower(), low)) or _symbols().get(("*", low) if point != low else ("", -1))
    if known:
        return known
    if point != low or not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return _UNKNOWN
    return chr(point)
