"""Edits of a string: applied, tidied, and expressed as the smallest differences of words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.detection.finding import Edit
from nlp.norms.frame import Field, FieldSpan

_WORDS = re.compile(r"\w+(?:[-–]\w+)*|\s+|.", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Change:
    """Characters [start, end) become ``text``."""

    start: int
    end: int
    text: str


def apply(original: str, changes: Sequence[Change]) -> str:
    """The string with the changes made; of overlapping changes the first given stays."""
    kept: list[Change] = []
    for change in changes:
        if all(change.end <= other.start or change.start >= other.end or change == other for other in kept):
            kept.append(change)
    result = original
    for change in sorted(dict.fromkeys(kept), key=lambda c: (c.start, c.end), reverse=True):
        result = result[: change.start] + change.text + result[change.end :]
    return tidy(result)


def tidy(words: str) -> str:
    """Blanks, commas and capitals put right after words were taken out or in."""
    words = re.sub(r"[ \t]+", " ", words)
    words = re.sub(r" ([,;:.)»])", r"\1", words)
    words = re.sub(r"([(«]) ", r"\1", words)
    words = re.sub(r",(\s*,)+", ",", words)
    words = re.sub(r",\s*([.;:])", r"\1", words)
    words = re.sub(r"([;.]) ?\1+", r"\1", words)
    words = words.strip(" ,")
    return re.sub(r"(^|[.!?] )(\w)", lambda m: m.group(1) + m.group(2).upper() if m.group(1) else m.group(0), words)


def keep_first_letter(original: str, reworded: str) -> str:
    """A text that began with a capital letter still does; an item of a list stays small."""
    if not original or not reworded:
        return reworded
    first = reworded[0].upper() if original[0].isupper() else reworded[0]
    return first + reworded[1:]


def differences(original: str, reworded: str, field: Field) -> tuple[Edit, ...]:
    """The edits, word by word, that turn one string into the other."""
    old, new = _WORDS.findall(original), _WORDS.findall(reworded)
    starts = _offsets(old)
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    return tuple(
        Edit(FieldSpan(field, starts[a], starts[b]), "".join(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets
