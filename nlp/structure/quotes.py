"""Quotation marks of drafts: which way a mark looks, quotations inside an instruction, where new wording ends.

Typographic marks are counted; a straight mark, or “, opens when words follow it and nothing stands before it. Drafts
often close nested marks once («О «Правилах»;), so what follows a mark decides too: the words of an instruction after
quoted words, a line that ends like a closed norm (``.»;`` ``;».``) after new wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.structure.act import Span
from nlp.structure.amendments.grammar import grammar
from nlp.structure.formulas import LANGUAGES, phrase
from nlp.structure.wording import CLOSING, OPENING, fold

if TYPE_CHECKING:
    from nlp.structure.lines import Line

_MARKS = re.compile('[«“„»”"]')
_ENDS = re.compile(r"[»”“\"]\s*(?:[;.,]+\s*)?$")
_ENDS_AS_NORM = re.compile(r"[.;:!?…)]\s*[»”“\"]+\s*(?:[;.,]+\s*)?$")
_ONLY_MARK = re.compile(r"^[«“„»”\"]+\s*[;.,]*$")
_BEFORE_OPENING = '([{«„“"-–—:/'
LONGEST = 4000  # lines: a whole code may be quoted; an unclosed quotation must not swallow the rest of an act for ever
_FEW = 60  # lines that are looked at to tell the end of a quotation inside from the end of the wording
_LONGEST_INLINE = 20_000  # characters of one instruction that are searched
_DEEPEST = 20  # quoted amendments in quoted amendments


def opens(text: str, place: int, depth: int) -> bool:
    """Whether the quotation mark at ``place`` opens; ``depth`` counts the quotations open before it."""
    char = text[place]
    if char in "«„":
        return True
    if char in "»”":
        return False
    after = text[place + 1] if place + 1 < len(text) else " "
    before = text[place - 1] if place else " "
    if after.isspace() or (after in ".;:!?)»”" and depth):
        return False
    if before.isspace() or before in _BEFORE_OPENING:
        return not (after in CLOSING and depth)
    return depth == 0 and after.isalnum() and not before.isalnum()


def depth_after(text: str, depth: int) -> int:
    """Depth of nesting after ``text``, begun at ``depth``; never below 0."""
    for found in _MARKS.finditer(text):
        depth = depth + 1 if opens(text, found.start(), depth) else max(depth - 1, 0)
    return depth


# --- quotations inside an instruction ---------------------------------------------------------------------------------


def inline_quotes(text: str) -> list[Span]:
    """Outer quotations in order, with their marks; none overlap. A quotation that is never closed gives none."""
    found: list[Span] = []
    marks = [match.start() for match in _MARKS.finditer(text[:_LONGEST_INLINE])]
    place = 0
    while place < len(marks):
        start = marks[place]
        if not opens(text, start, 0):
            place += 1
            continue
        end = _closing(text, marks, place)
        if end is None:  # nothing closes any more
            break
        found.append((start, end))
        place = next((n for n in range(place, len(marks)) if marks[n] >= end), len(marks))
    return found


def _closing(text: str, marks: Sequence[int], place: int) -> int | None:
    """Where the quotation opened by ``marks[place]`` ends: the balanced mark, unless an instruction goes on before."""
    depth, early = 1, None
    for at in marks[place + 1 :]:
        if opens(text, at, depth):
            depth += 1
            continue
        depth -= 1
        goes_on = _goes_on().match(fold(text[at + 1 : at + 60]))
        if depth == 0:
            return early if early is not None and not goes_on else at + 1
        if early is None and goes_on:
            if goes_on.group("sure"):
                return at + 1
            early = at + 1
    return early or _last_closing(text, marks, place)


def _last_closing(text: str, marks: Sequence[int], place: int) -> int | None:
    closing = [at for at in marks[place + 1 :] if not opens(text, at, 1)]
    return closing[-1] + 1 if closing else None


@lru_cache(maxsize=1)
def _goes_on() -> re.Pattern[str]:
    """What follows quoted words in an instruction: its verb («исключить»), or the noun of the next quotation."""
    sure = "|".join(phrase(p) for code in LANGUAGES for p in grammar(code).data["after_quoted_words"])
    return re.compile(rf"\s*(?:(?P<sure>,?\s*(?:{sure})(?!\w))|[;.,]?\s*$)")


# --- new wording over lines -------------------------------------------------------------------------------------------


def opens_quote(line: Line) -> bool:
    """Whether the line begins with an opening quotation mark."""
    return line.text[:1] in OPENING and (len(line.text) > 1 or line.text in '«„“"')


def quoted_lines(
    lines: Sequence[Line],
    start: int,
    stop: int,
    awaits: Callable[[Line], bool] | None = None,
    instructs: Callable[[Line], bool] | None = None,
    nested: int = 0,
) -> int | None:
    """Index after the last line of the wording that opens in ``lines[start]``; None when it is not closed in time.

    ``awaits`` tells an instruction whose new wording follows: inside the wording it opens a quotation of its own.
    ``instructs`` tells an instruction: one that follows a closing mark shows that this mark was meant for two.
    """
    depth = 0
    place = start
    limit = min(stop, start + LONGEST)
    while place < limit:
        line = lines[place]
        if awaits and place > start and nested < _DEEPEST and opens_quote(line) and awaits(lines[place - 1]):
            inner = quoted_lines(lines, place, limit, awaits, instructs, nested + 1)
            if inner is None or _closes_two(lines[inner - 1].text):
                return inner  # what is not closed inside is not closed outside
            place = inner
            continue
        depth = depth_after(line.text, depth)
        alone = _ONLY_MARK.match(line.text) is not None
        closes = _ENDS.search(line.text) and (depth == 0 or alone or _ENDS_AS_NORM.search(line.text))
        inner = closes and depth and not alone and _closed_later(lines, place, depth, limit, instructs)
        if closes and not inner and (place > start or not alone):
            return place + 1
        if instructs and _ENDS.search(line.text) and _closed_for_two(lines, place, instructs):
            return place + 1
        place += 1
    return None


def _closed_later(
    lines: Sequence[Line], place: int, depth: int, stop: int, instructs: Callable[[Line], bool] | None
) -> bool:
    """Whether the marks balance on one of the next lines, before another instruction: a quotation inside ended here."""
    for at in range(place + 1, min(stop, place + _FEW)):
        line = lines[at]
        if instructs is None or instructs(line):
            return False
        depth = depth_after(line.text, depth)
        if depth == 0:
            return _ENDS.search(line.text) is not None
    return False


def _closed_for_two(lines: Sequence[Line], place: int, instructs: Callable[[Line], bool]) -> bool:
    following = lines[place + 1] if place + 1 < len(lines) else None
    return following is not None and instructs(following) and not instructs(lines[place])


def _closes_two(text: str) -> bool:
    """«…».».: the quotation inside and the one around it end on one line."""
    return re.search(r"[»”“\"]\s*[;.,]*\s*[»”“\"]\s*[;.,]*\s*$", text) is not None
