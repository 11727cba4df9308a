"""Lines of a text file → paragraphs: which line goes on with the line before it.

Text files come hard-wrapped at a width, broken at hyperlinks, with one paragraph a line, or with blank lines between
paragraphs; often several of these in one file. The profile of the whole file and the two neighbouring lines decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nlp.reading.data import load
from nlp.reading.noise import opens_note

_INDENT = re.compile(r"[ \xa0\t]*")
_SIGNED = re.compile(r"(?:[\w-]+ +){0,4}[А-ЯӘҒҚҢӨҰҮҺІЁ]\. ?(?:[А-ЯӘҒҚҢӨҰҮҺІЁ]\. ?)?[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё-]+")
_CLOSING_NUMBER = re.compile(r"\d{1,3}\)[,;.]")
_CELLS = re.compile(r"\s\|(?:\s|$)")
_TERMINAL = re.compile(r"[.;:!?][»\")\]*_]*\s*$")
_LAST_WORD = re.compile(r"([\w.]+)\.\s*$")
_LAST_CAPITALS = re.compile(r"(?<!\w)[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]{2,}$")
_WRAPPED_LONGEST = 220  # a file whose lines nearly all stay below this many characters may be hard-wrapped
_CONTINUED_SHARE = 0.15  # of lines that go on with a small letter: above it lines are broken inside paragraphs
_INDENTED_SHARE = 0.10
_FULL_ENOUGH = 0.6  # of the width
_FULL_SHARE = 0.6  # of the broken lines
_NEARLY_ALL = 0.98  # of the lines, by length
_NEARLY_FULL = 0.8  # of the longest lines: hyperlinks move words about
_FULL = 0.72  # of the width: a line this long was probably broken by the wrap


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line: ``index`` from 0, ``start``/``end`` offsets in the decoded file (without the line end)."""

    index: int
    start: int
    end: int
    text: str  # as it stands, blanks at both ends cut
    indent: int  # columns of blank before the text; a tab counts as four
    trailing: bool  # blanks at the end: a mark of a break inside a paragraph
    after_blank: int  # blank lines before it


@dataclass(frozen=True, slots=True)
class Profile:
    """How a file breaks its lines."""

    wrapped: bool
    width: int
    indented: bool
    longest: int = 0  # of nearly all lines


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    data = load("starts.yaml")
    headings = re.compile("|".join(f"(?:{p})" for p in data["headings"]))
    labels = re.compile("|".join(f"(?:{p})" for p in data["labels"]))
    tails = re.compile(rf"(?:^|[\s(])(?:{'|'.join(data['reference_tails'])})\s*$|,\s*$", re.IGNORECASE)
    return headings, labels, tails, frozenset(data["abbreviations"])


@lru_cache(maxsize=1)
def _bounds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lines that stand alone, and lines that end a stamp."""
    data = load("starts.yaml")
    alone = re.compile(rf"[*_]*(?:{'|'.join(data['alone'])})[*_]*")
    return alone, re.compile(rf"(?<!\w)(?:{'|'.join(data['stamp_ends'])})\s*$")


def _stands_apart(before: str, text: str) -> bool:
    """Whether a break must stay: at the form of the act, a stamp or a signature, at rows with cells («a | b»)."""
    alone, stamp = _bounds()
    if alone.fullmatch(text) or _CELLS.search(text) or _CELLS.search(before):
        return True
    # «заңмен бекітілген / тетіктер» goes on
    if not text[0].islower() and (stamp.search(before) or _SIGNED.fullmatch(before)):
        return True
    return bool(alone.fullmatch(before)) and not (before.isupper() and text.isupper())


def starts_heading(text: str) -> bool:
    """Whether a line begins as the heading of a unit (Глава 1, 5-бап, Приложение 2 к …)."""
    return bool(_patterns()[0].match(text))


def starts_item(text: str) -> bool:
    """Whether a line begins with the label of a point or of an item of a list."""
    return bool(_patterns()[1].match(text))


def profile_of(lines: list[Line]) -> Profile:
    """Measure the breaking of lines over the whole file.

    A wrapped file breaks its lines where they are full; a file broken at hyperlinks breaks them anywhere.
    """
    if not lines:
        return Profile(False, 0, False)
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int((len(lengths) - 1) * 0.9)]
    broken = [
        (before, line)
        for before, line in pairwise(lines)
        if line.text[0].islower() and not ends_sentence(before.text) and not starts_item(line.text)
    ]
    full = sum(1 for before, _ in broken if len(before.text) >= _FULL_ENOUGH * width)
    indented = sum(1 for line in lines if 3 <= line.indent <= 12)
    return Profile(
        wrapped=(
            lengths[int((len(lengths) - 1) * 0.98)] <= _WRAPPED_LONGEST
            and len(broken) >= _CONTINUED_SHARE * len(lines)
            and full >= _FULL_SHARE * len(broken)
            and any(not line.after_blank for _, line in broken)
        ),
        width=width,
        longest=lengths[int((len(lengths) - 1) * _NEARLY_ALL)],
        indented=indented >= _INDENTED_SHARE * len(lines),
    )


def continues(previous: Line, line: Line, profile: Profile, in_note: bool) -> bool:
    """Whether ``line`` goes on with the paragraph whose last line is ``previous``.

    ``in_note``: the paragraph is an editors' note, whose lines are broken at every hyperlink.
    """
    if profile.indented and line.indent >= 3:
        return False
    if starts_heading(line.text) or opens_note(line.text) or _stands_apart(previous.text, line.text):
        return False
    if profile.indented and line.indent == 0 and _broken_by_wrap(previous, line, profile):
        return True
    if line.after_blank:
        return _continues_over_blank(previous, line, profile)
    if in_note:
        return not (starts_item(line.text) and ends_sentence(previous.text))
    if starts_item(line.text):
        return is_reference(previous.text, line.text)
    return _continues_next(previous, line, profile)


def _broken_by_wrap(previous: Line, line: Line, profile: Profile) -> bool:
    """In a file that indents first lines, a line without indent goes on with a full line before it.

    At the top of a page the indent may be lost: there the next word must have been too long for the line before.
    """
    item = starts_item(line.text) and line.text[0] not in "-–—"
    if item or (line.after_blank and ends_sentence(previous.text)):
        return False
    reach = len(previous.text) + 1 + len(line.text.split(maxsplit=1)[0])
    return reach > profile.longest * (1.0 if line.after_blank else _NEARLY_FULL)


def _continues_over_blank(previous: Line, line: Line, profile: Profile) -> bool:
    """Page breaks and careless converters put blank lines inside a paragraph of a wrapped file."""
    return (
        profile.wrapped
        and line.text[0].islower()
        and not starts_item(line.text)
        and not ends_sentence(previous.text)
        and len(previous.text) >= _FULL * profile.width
    )


def is_reference(before: str, text: str) -> bool:
    """«предусмотренных пунктом / 1. Правил», «(2018 ж. – / 39), …»: the number belongs to the line before."""
    if _CLOSING_NUMBER.match(text) and before.count("(") > before.count(")"):
        return True
    return text[0].isdigit() and not ends_sentence(before) and bool(_patterns()[2].search(before))


def _continues_next(previous: Line, line: Line, profile: Profile) -> bool:
    first = line.text[0]
    if first in ",;.):»" or (first in "(–—" and not ends_sentence(previous.text)):
        return True
    if starts_heading(previous.text) and ends_sentence(previous.text) and first.isupper():
        return False
    if ends_sentence(previous.text):
        return _ends_abbreviated(previous.text) and not first.isupper()
    if first.islower() or first in "№%" or first.isdigit():
        return True
    if (
        previous.text[-1] in ",-–—«(№"
        or previous.text.endswith((' "', '("'))
        or (line.text.isupper() and _LAST_CAPITALS.search(previous.text))
    ):
        return True
    full = profile.wrapped and len(previous.text) >= _FULL * profile.width
    broken = not profile.wrapped and (line.indent in (1, 2) or previous.trailing)
    if starts_heading(previous.text) and not full:
        return False
    return full or broken or bool(_patterns()[2].search(previous.text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a closing mark that is no full stop of an abbreviation."""
    return bool(_TERMINAL.search(text)) and not _ends_abbreviated(text)


def _ends_abbreviated(text: str) -> bool:
    match = _LAST_WORD.search(text)
    return match is not None and match.group(1).lower() in _patterns()[3]


def indent_of(raw: str) -> int:
    """Columns of blank at the start of a raw line."""
    blank = _INDENT.match(raw)
    return sum(4 if char == "\t" else 1 for char in blank.group()) if blank else 0
