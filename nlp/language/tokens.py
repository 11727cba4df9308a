"""Tokens and sentences of legal text, the same for Russian and Kazakh.

A label («3-1)», «6-1-тармақ», «10-бабының», «37¹», «120/НҚ», «410-V»), a date, a percentage, a hyphenated word and an
abbreviation with its dot are one token each; «и (или)» is four. Offsets are those of the given string.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

_L: Final = r"A-Za-z\u00ad\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u0300-\u036f\u0400-\u0481\u048a-\u052f"
_SUPER: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class Piece(NamedTuple):
    """One raw token: its text and offsets; ``kind`` is word, number, label, abbreviation or mark."""

    text: str
    start: int
    end: int
    kind: str


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, bool]:
    """Abbreviation (lower case) -> whether it can end a sentence; data/abbreviations.tsv."""
    table: dict[str, bool] = {}
    path = Path(__file__).parent / "data" / "abbreviations.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            form, ends = line.split("\t")
            table[form] = ends == "yes"
    return table


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """The token grammar, most specific first."""
    forms = sorted(_abbreviations(), key=lambda form: (-len(form), form))
    abbreviation = "|".join(re.escape(form).replace(r"\ ", r"[ \u00a0]") for form in forms)
    initials = {form[0] for form in forms}
    first = "".join(sorted(initials | {letter.upper() for letter in initials}))
    return re.compile(
        rf"""
        (?P<abbreviation>(?=[{first}])(?i:{abbreviation})(?![{_L}\d]))
      | (?P<address>(?:https?://|www\.)[^\s«»<>()\u201c\u201d]+|[A-Za-z][\w.+-]*@[\w-]+(?:\.[\w-]+)+)
      | (?P<word>[{_L}]+(?:[-\u2010\u2011'’ʼ][{_L}\d]+)*)
      | (?P<date>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}(?!\d))
      | (?P<label>\d+[{_SUPER}]*(?:-\d+[{_SUPER}]*)*\))
      | (?P<number>
            \d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?![\d]|-\d)
          | \d+(?:[.,]\d+)+%?(?:-[{_L}]+)*
          | \d+[{_SUPER}]*(?:[-\u2011]\d+[{_SUPER}]*)*(?:/[{_L}\d]+)*%?(?:[-\u2010\u2011][{_L}]+)*(?:/[{_L}\d]+)*
        )
      | (?P<other>[^\W\d_]+|_+|\.{{2,}}|[^\w\s])
      | (?P<rest>\S)
        """,
        re.VERBOSE,
    )


_ADJACENT_SUBPOINT = re.compile(
    r"\s*(?:(?:,|және|мен|бен|пен|–|-)\s*\d+(?:-\d+)*\)\s*)*тармақша"
)  # «1) және 2) тармақшалары»
_SUBPOINT_BEFORE = re.compile(r"(?:подпункт\w*|подп\.|пп\.)\s*(?:\d+(?:-\d+)*\)\s*(?:,|и|или|–|-)\s*)*$", re.IGNORECASE)
_KINDS: Final = {
    "word": "word",
    "other": "mark",
    "number": "number",
    "label": "label",
    "abbreviation": "abbreviation",
    "date": "number",
    "address": "word",
    "rest": "mark",
}


def pieces(text: str) -> list[Piece]:
    """Raw tokens of ``text`` in order; every non-blank character belongs to exactly one."""
    found: list[Piece] = []
    depth = 0
    append = found.append
    make = Piece._make
    for match in _pattern().finditer(text):
        group = match.lastgroup
        surface = match.group()
        start, end = match.span()
        if group == "word":
            append(make((surface, start, end, "word")))
        elif group == "other":
            if surface == "(":
                depth += 1
            elif surface == ")" and depth:
                depth -= 1
            append(make((surface, start, end, "word" if surface.isalpha() else "mark")))
        elif group == "label":
            if depth and not _is_subpoint(text, start, end):
                depth -= 1
                append(make((surface[:-1], start, end - 1, "number")))
                append(make((")", end - 1, end, "mark")))
            else:
                append(make((surface, start, end, "label")))
        else:
            append(make((surface, start, end, _KINDS[group or "rest"])))
    return found


def _is_subpoint(text: str, start: int, end: int) -> bool:
    """Inside brackets: is «3)» a subpoint («(подпункт 3) пункта 2)») and not a number before the closing bracket?"""
    return bool(_ADJACENT_SUBPOINT.match(text, end)) or bool(_SUBPOINT_BEFORE.search(text, max(0, start - 80), start))


def can_end_sentence(abbreviation: str) -> bool:
    """Whether a listed abbreviation may be the last word of a sentence («и т.д.», not «ст.»)."""
    return _abbreviations().get(abbreviation.lower().replace("\u00a0", " "), False)
