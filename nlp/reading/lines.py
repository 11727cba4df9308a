"""A decoded text file → physical lines with their offsets."""

from __future__ import annotations

import re

from nlp.reading.cleaning import clean_line
from nlp.reading.joining import Line, indent_of

_LINE = re.compile(r"([^\r\n\f\x0b\x85\u2028\u2029]*)(\r\n|[\r\n\f\x0b\x85\u2028\u2029]|\Z)")
_CUT = " \t\xa0\ufeff\u200b\u200e\u200f"


def split_lines(text: str) -> tuple[list[Line], list[int]]:
    """Lines with something in them, and for each the page it stands on (form feeds part pages; 0 without any).

    Line numbers count all lines, blank ones too, from 0.
    """
    lines: list[Line] = []
    pages: list[int] = []
    page = 1 if "\f" in text else 0
    blank = 0
    for index, match in enumerate(_LINE.finditer(text)):
        raw = match.group(1)
        stripped = raw.strip(_CUT)
        if stripped and (shown := _shown(stripped)):
            lines.append(
                Line(
                    index=index,
                    start=match.start(1),
                    end=match.end(1),
                    text=shown,
                    indent=indent_of(raw),
                    trailing=raw[-1] in _CUT,
                    after_blank=blank,
                )
            )
            pages.append(page)
            blank = 0
        elif not stripped:
            blank += 1
        if match.group(2) == "\f":
            page += 1
        if match.end() == len(text) and not match.group(2):
            break
    return lines, pages


def _shown(stripped: str) -> str:
    """What a reader sees of the line: used to judge how it begins and ends."""
    if stripped[0] in "[*<\\&\xad>" or stripped[-1] in "*>" or not stripped[0].isprintable():
        return clean_line(stripped).text
    return stripped
