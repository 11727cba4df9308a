"""The words of a norm beside the proposed ones: what stays, goes, comes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_PIECES = re.compile(r"\w+(?:[-–]\w+)*|\s+|.", re.UNICODE)
_LONGEST = 6_000  # pieces of one text; longer ones are shown whole, one after the other


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with what becomes of them: ``same``, ``gone`` or ``new``."""

    what: str
    text: str


@lru_cache(maxsize=2_000)
def compare(old: str, new: str) -> tuple[Stretch, ...]:
    """Stretches that read one after another show both texts. Gone words stand before the new ones they give way to."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        return (Stretch("gone", old), Stretch("new", new))
    return tuple(_joined(_stretches(before, after)))


def _stretches(before: list[str], after: list[str]) -> Iterator[Stretch]:
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(before[a:b]))
            continue
        if b > a:
            yield Stretch("gone", "".join(before[a:b]))
        if d > c:
            yield Stretch("new", "".join(after[c:d]))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Changes with nothing but a blank between them are one: whole phrases read better than word after word."""
    gone, new = "", ""
    for each in stretches:
        if each.what == "same" and (each.text.strip() or not (gone or new)):
            yield from _changed(gone, new)
            gone = new = ""
            yield each
        elif each.what == "same":
            gone, new = gone + each.text, new + each.text
        elif each.what == "gone":
            gone += each.text
        else:
            new += each.text
    yield from _changed(gone, new)


def _changed(gone: str, new: str) -> Iterator[Stretch]:
    """Blanks at the end that both sides have belong to neither."""
    common = ""
    while gone and new and gone[-1] == new[-1] and gone[-1].isspace():
        common, gone, new = gone[-1] + common, gone[:-1], new[:-1]
    if gone:
        yield Stretch("gone", gone)
    if new:
        yield Stretch("new", new)
    if common:
        yield Stretch("same", common)
