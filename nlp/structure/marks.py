"""What parts one text of a file from the next: stamps of approval, annexes, agreement; signatures; quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlp.structure.act import UnitKind
from nlp.structure.forms import form_of_title
from nlp.structure.formulas import formulas
from nlp.structure.lines import Line
from nlp.structure.wording import language_of, starts_lower

_LONGEST_STAMP_LINE = 400
_LONGEST_STAMP = 10  # lines
_LONGEST_TAIL = 14  # lines from a signature to the next stamp
_NAME_WITHIN = 5  # lines from the office to the name: «Заместитель / Премьер-Министра – Министр / … С. Жумангарин»
NAME = re.compile(r"(?:^|[\s.])[А-ЯӘҒҚҢӨҰҮҺІЁ]\.\s?(?:[А-ЯӘҒҚҢӨҰҮҺІЁ]\.\s?)?[А-ЯӘҒҚҢӨҰҮҺІЁ][\w-]+[\s*_]*$")


class MarkKind(StrEnum):
    """What begins at a line."""

    APPROVAL = "approval"
    ANNEX = "annex"
    AGREEMENT = "agreement"
    SIGNATURE = "signature"
    TITLE = "title"  # of an approved document whose stamp is lost


@dataclass(frozen=True, slots=True)
class Mark:
    """A stamp or signature over lines [start, stop)."""

    kind: MarkKind
    start: int
    stop: int


def find_marks(lines: Sequence[Line], quotes: Mapping[int, int]) -> dict[int, Mark]:
    """All marks outside quotations by their first line; they do not overlap."""
    found: dict[int, Mark] = {}
    place = 0
    floor = 0
    enacted = False
    while place < len(lines):
        enacted = enacted or formulas().has("enacting", lines[place].folded.rstrip(" *_"))
        if place in quotes:
            place = quotes[place]
            continue
        mark = _mark_at(lines, place, floor)
        if mark is None and enacted and place > floor and _is_lost_title(lines, place):
            mark = Mark(MarkKind.TITLE, place, place)
        if mark is not None:
            for inside in range(mark.start, mark.stop):
                found.pop(inside, None)
            found[mark.start] = mark
            place = floor = max(mark.stop, place + 1)
        else:
            place += 1
    return found


def _mark_at(lines: Sequence[Line], place: int, floor: int) -> Mark | None:
    line = lines[place]
    if line.table or (line.label is not None and not _labelled_stamp(line)):
        return None
    if line.mark in (".", ";", ":") or len(line.text) > _LONGEST_STAMP_LINE:
        return None
    if formulas().has("stamps.agreement", line.folded):
        return Mark(MarkKind.AGREEMENT, place, place + 1)
    for kind in (MarkKind.APPROVAL, MarkKind.ANNEX):
        if formulas().has(f"stamps.{kind}", line.folded):
            if starts_lower(line.text) and not _closes_stamp(lines, place, floor):
                return None
            mark = _stamp(lines, kind, place, floor)
            return mark if kind is MarkKind.ANNEX or _names_approver(lines, mark) else None
    if formulas().has("signature", line.folded.strip("*_ ")) and _is_signature(lines, place):
        return None if _opens_next_stamp(lines, place) else Mark(MarkKind.SIGNATURE, place, place + 1)
    return None


def _names_approver(lines: Sequence[Line], mark: Mark) -> bool:
    """A stamp of approval says by what act; a line of prose may end with «бекітілген» as well."""
    if language_of(lines[mark.stop - 1].text) != "kk":
        return True
    words = " ".join(line.folded for line in lines[mark.start : mark.stop])
    return "№" in words or formulas().has("stamps.approved_by", words)


def _is_lost_title(lines: Sequence[Line], place: int) -> bool:
    """«Правила выдачи разрешений» below the order, with the numbering starting again at 1 right after it."""
    line = lines[place]
    if line.label is not None or line.table or line.mark or line.text[:1].islower() or len(line.text.split()) < 2:
        return False
    if form_of_title(line.text, "document") is None:
        return False
    following = next((other.label for other in lines[place + 1 : place + 4] if other.label is not None), None)
    numbered = following is not None and (following.is_heading or following.kind is UnitKind.POINT)
    return numbered and following is not None and following.number in ("1", "I")


def _labelled_stamp(line: Line) -> bool:
    """«1-қосымша» reads like a label of nothing; a year («2022 жылғы … бекітілген») never is one."""
    return line.label is not None and line.label.style == "bullet"


def _closes_stamp(lines: Sequence[Line], place: int, floor: int) -> bool:
    """A small letter may begin only the last line of a Kazakh stamp: «№ 541 бұйрығына / қосымша»."""
    before = lines[place - 1].folded if place > floor else ""
    return _ends_stamp(lines[place]) and formulas().has("stamps.continues", before)


def _ends_stamp(line: Line) -> bool:
    return formulas().has("stamps.ends", line.folded)


def _stamp(lines: Sequence[Line], kind: MarkKind, place: int, floor: int) -> Mark:
    if language_of(lines[place].text) == "kk":
        return Mark(kind, _kazakh_start(lines, place, floor), place + 1)
    return Mark(kind, place, _russian_stop(lines, place))


def _russian_stop(lines: Sequence[Line], place: int) -> int:
    """A Russian stamp begins with its word and goes on: «Утвержден / приказом Министра / от … № …»."""
    stop = place + 1
    complete = "№" in lines[place].text and _ends_stamp(lines[place])
    while stop < min(len(lines), place + _LONGEST_STAMP):
        line = lines[stop]
        if line.label is not None or line.mark in (".", ";", ":") or len(line.text) > 150 or line.heading:
            break
        if form_of_title(line.text, "document") is not None and not starts_lower(line.text):
            break
        numbered = line.folded.startswith(("№", "от "))
        aligned = line.right and lines[place].right
        if (
            not numbered
            and not aligned
            and (complete or not (starts_lower(line.text) or formulas().has("stamps.continues", line.folded)))
        ):
            break
        if formulas().has("stamps.annex", line.folded) and not starts_lower(line.text):
            break
        complete = complete or ("№" in line.text and _ends_stamp(line))
        stop += 1
    return stop


def _kazakh_start(lines: Sequence[Line], place: int, floor: int) -> int:
    """A Kazakh stamp ends with its word («… министрінің / № … бұйрығымен / бекітілген»): go back to its first line."""
    start = place
    if _opens_stamp(lines[place]):
        return start
    whole = "№" in lines[place].folded and "жылғы" in lines[place].folded
    while start - 1 >= floor and place - start < _LONGEST_STAMP:
        line = lines[start - 1]
        if _bars_stamp(line) or (whole and not _opens_stamp(line)):
            break
        aligned = line.right and lines[place].right
        broken = starts_lower(lines[start].text)  # a name of a document over two lines
        if not (aligned or broken or formulas().has("stamps.continues", line.folded)):
            break
        start -= 1
        if _opens_stamp(line):
            break
    return start


def _opens_stamp(line: Line) -> bool:
    """«Қазақстан Республикасы …» begins a Kazakh stamp: nothing above it belongs to it."""
    return formulas().has("stamps.first", line.folded) and line.text[:1].isupper()


def _bars_stamp(line: Line) -> bool:
    """What no line of a stamp is: a unit, a sentence, a row, a name under an office, a line of a form."""
    if line.label is not None or line.mark in (".", ";", ":") or len(line.text) > 150 or line.table:
        return True
    return NAME.search(line.text) is not None or formulas().has("stamps.form_line", line.folded)


def _opens_next_stamp(lines: Sequence[Line], place: int) -> bool:
    """«Қазақстан Республикасының / … министрінің / № … бұйрығына / 2-қосымша» begins like a signature."""
    for stop in range(place + 1, min(len(lines), place + _LONGEST_STAMP)):
        line = lines[stop]
        if any(formulas().has(f"stamps.{kind}", line.folded) for kind in (MarkKind.APPROVAL, MarkKind.ANNEX)):
            return language_of(line.text) == "kk" and _kazakh_start(lines, stop, place) == place
        if _bars_stamp(line):
            return False
    return False


def _is_signature(lines: Sequence[Line], place: int) -> bool:
    """After the last norm (closed by a stop), with nothing numbered before the next stamp or the end of the file."""
    if place == 0 or lines[place - 1].mark not in (".", ";", "!") or len(lines[place].text) > 200:
        return False
    near = lines[place : place + _NAME_WITHIN]
    if any(line.mark == "" and line.label is None and NAME.search(line.text) for line in near):
        return True
    for line in lines[place + 1 : place + 1 + _LONGEST_TAIL]:
        if (
            line.label is None
            and line.mark == ""
            and any(formulas().has(f"stamps.{kind}", line.folded) for kind in ("approval", "annex", "agreement"))
        ):
            return True
        if (line.label is not None and line.label.style != "bullet") or len(line.text) > 300:
            return False
    return place + 1 + _LONGEST_TAIL >= len(lines)
