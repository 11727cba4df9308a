"""Where quoted new wording ends: «…» изложить в следующей редакции: «12. …»;

Typographic marks are counted; a straight mark, or “, opens when a word follows it and closes otherwise. Drafts often
close nested marks once («О «Правилах»;), so a line that ends like a closed norm (``.»;`` ``;».``) closes the wording
too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.structure.lines import Line

_MARKS = re.compile('[«“„»”"]')
_ENDS = re.compile(r"[»”“\"]\s*[;.,]*\s*$")
_ENDS_AS_NORM = re.compile(r"[.;:!?…)]\s*[»”“\"]+\s*[;.,]*\s*$")
LONGEST = 4000  # lines: a whole code may be quoted; an unclosed quotation must not swallow the rest of an act for ever


def depth_after(text: str, depth: int) -> int:
    """Depth of nesting after ``text``, begun at ``depth``; never below 0."""
    for found in _MARKS.finditer(text):
        char, place = found.group(), found.start()
        if char in "«„":
            depth += 1
        elif char in '"“':
            after = text[place + 1] if place + 1 < len(text) else " "
            before = text[place - 1] if place else " "
            opens = (after.isalnum() or after in "«([") and not before.isalnum() and before not in ".;,:)!?"
            depth = depth + 1 if opens else max(depth - 1, 0)
        else:
            depth = max(depth - 1, 0)
    return depth


def opens_quote(line: Line) -> bool:
    """Whether the line begins with an opening quotation mark."""
    return line.text[:1] in '«“„"' and len(line.text) > 1


def quoted_lines(lines: Sequence[Line], start: int, stop: int) -> int | None:
    """Index after the last line of the wording that opens in ``lines[start]``; None when it is not closed in time."""
    depth = 0
    for place in range(start, min(stop, start + LONGEST)):
        text = lines[place].text
        depth = depth_after(text, depth)
        if _ENDS.search(text) and (depth == 0 or _ENDS_AS_NORM.search(text)):
            return place + 1
    return None
