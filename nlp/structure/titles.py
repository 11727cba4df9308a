"""The title of an approved document or an annex: the lines below its stamp that name it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from nlp.structure.forms import form_of_title
from nlp.structure.formulas import formulas
from nlp.structure.lines import Line
from nlp.structure.wording import is_capitals, starts_lower

_LONGEST = 8  # lines
_LONGEST_LINE = 600
_SHORT = 2  # words: «Состав», «Типовая форма» alone do not say of what
BLANK = re.compile(r"_{3,}")
FEW_BLANKS = 3  # an annex with so many is a form to be filled in
_HYPHEN = re.compile(r"[-–—,(«]$")


def title_lines(lines: Sequence[Line], place: int, marks: Container[int]) -> list[Line]:
    """Lines of the title that begins at ``place``: unnumbered, without a full stop; [] when a unit begins there.

    Where numbered units or body text follow, everything above them is the title. Else (a list without numbers, a form)
    only lines that go on with the first belong to it.
    """
    found: list[Line] = []
    while place < len(lines) and len(found) < _LONGEST and place not in marks and _may_be_title(lines[place]):
        found.append(lines[place])
        place += 1
    if len(found) < 2 or _opens_body(lines, place, marks):
        return found
    return [line for n, line in enumerate(found) if n <= _last_of_title(found)]


def _may_be_title(line: Line) -> bool:
    if line.label is not None or line.table or line.mark in (".", ";", ":") or len(line.text) > _LONGEST_LINE:
        return False
    return not (formulas().has("contents", line.folded) or BLANK.search(line.text) or line.text.startswith("("))


def _opens_body(lines: Sequence[Line], place: int, marks: Container[int]) -> bool:
    """Whether the text proper begins at ``place``: a numbered unit or a full sentence."""
    if place >= len(lines) or place in marks or lines[place].table or BLANK.search(lines[place].text):
        return False
    line = lines[place]
    return line.label is not None or line.mark == "." or formulas().has("contents", line.folded)


def _last_of_title(found: Sequence[Line]) -> int:
    forms = [n for n, line in enumerate(found) if formulas().has("stamps.form", line.folded)]
    last = forms[0] if forms and forms[0] == 0 else 0
    while last + 1 < len(found) and _goes_on(found[last], found[last + 1], first=last == 0 or last in forms):
        last += 1
    return last


def _goes_on(before: Line, line: Line, first: bool) -> bool:
    if formulas().has("stamps.form", before.folded) or formulas().has("stamps.form", line.folded):
        return True
    if starts_lower(line.text) and form_of_title(before.text, "document") is None and not first:
        return True
    if _HYPHEN.search(before.text) or (is_capitals(before.text) and is_capitals(line.text)):
        return True
    if first and len(before.text.split()) < _SHORT:
        return True
    if first and (starts_lower(line.text) or formulas().has("stamps.continues", line.folded)):
        return True
    return before.centered and line.centered
