"""Numbers of units as amendments write them: «5), 6) и 7)», «2–4», «вторую и третью», «үшінші және төртінші»."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.structure.amendments.grammar import grammar, number_item
from nlp.structure.operations import LAST
from nlp.structure.wording import number_key, roman_value

_MOST_IN_RANGE = 200
_DASH = re.compile(r"\s*[-–—‑]\s*")


@lru_cache(maxsize=2)
def number_list(language: str) -> str:
    """Several numbers as an expression, joined by commas, conjunctions or a dash; brackets hold further numbers."""
    item = number_item(language)
    joints = "|".join(sorted((re.escape(word) for word in _joints(language)), key=len, reverse=True))
    # «1-1» is one item already: were it two items as well, «1-1-1-…» without a unit behind would be tried in 2ⁿ ways.
    dash = r"(?:(?<!\d)|(?!\s?[-–‑]\s?\d{1,3}(?![\d.])(?!\)?\s*[-–]?\s*\d{4})))\s*[-–—]\s*"
    more = rf"(?:\s*,\s*(?:(?:{joints})\s+)?|\s+(?:{joints})\s+|{dash})"
    return rf"{item}(?:{more}{item})*(?:\s*\({item}\))?"


def _joints(language: str) -> list[str]:
    return [*grammar(language).data["conjunctions"], *(("по",) if language == "ru" else ())]


def read_numbers(text: str, language: str, plural: bool) -> tuple[tuple[str, ...], frozenset[str]]:
    """The numbers in a folded list, in order, and the cases its ordinals may stand in (empty: they do not tell).

    ``plural``: the noun stands in the plural, so that «2-4» is a range; «2-1» is then still a number. Ranges are
    written out.
    """
    item = re.compile(number_item(language))
    found: list[str] = []
    cases: frozenset[str] | None = None
    at, last_end = 0, 0
    while (match := item.search(text, at)) is not None:
        raw = match.group()
        between = text[last_end : match.start()]
        values, here = _read_item(raw, language, plural)
        if here:
            cases = here if cases is None else (cases & here or cases)
        if found and values and _is_dash(between, language):
            values = _range(found[-1], values[0]) or values
        found += [value for value in values if value not in found]
        at = last_end = match.end()
    return tuple(found), cases or frozenset()


def _is_dash(between: str, language: str) -> bool:
    bare = between.strip()
    return bare in ("-", "–", "—", "‑") or (language == "ru" and bare == "по")


def _read_item(raw: str, language: str, plural: bool) -> tuple[list[str], frozenset[str]]:
    word = " ".join(raw.split())
    known = grammar(language).ordinals.get(word)
    if known is not None:
        return [str(known[0])], known[1]
    if word.startswith(grammar(language).data["last"]):
        return [LAST], frozenset()
    bare = word.rstrip(")")
    parts = _DASH.split(bare)
    spaced = re.search(r"\s[-–]|[-–]\s|–", bare) is not None
    if plural and len(parts) == 2 and all(part.isdigit() for part in parts):
        written = _range(parts[0], parts[1])
        if written and (spaced or int(parts[1]) > int(parts[0])):
            return written, frozenset()
    value = "-".join(parts)
    if not value[:1].isdigit() and roman_value(value.upper()):
        value = value.upper().translate(str.maketrans("ІХС", "IXC"))
    return [value], frozenset()


def _range(first: str, last: str) -> list[str]:
    """All numbers from ``first`` to ``last``; empty when they do not make a range."""
    if not (first.isdigit() and last.isdigit()):
        left, right = number_key(first), number_key(last)
        if len(left) == len(right) == 2 and left[0] == right[0] and left[1] < right[1] <= left[1] + _MOST_IN_RANGE:
            return [f"{left[0]}-{second}" for second in range(left[1], right[1] + 1)]
        return []
    if not int(first) < int(last) <= int(first) + _MOST_IN_RANGE:
        return []
    return [str(value) for value in range(int(first), int(last) + 1)]
