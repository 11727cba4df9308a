"""quantities(): a text → its numbers with what they count, in order.

Reads: words of one language. Writes: ``Quantity``s with offsets in the given text. Linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.quantities.quantity import Quantity
from nlp.quantities.words import QuantityWords, kazakh_number, words_of
from nlp.structure.wording import fold

_PIECE = re.compile(r"\d+(?:[ \u00a0]\d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+|№|%")
_DMY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})\.(\d{1,2})\.(\d{1,2})")
_WINDOW = 60  # characters after a number in which its unit stands
_BEFORE = 30
_CASE_ENDING = re.compile(r"-(?:ти|и|х|го|й|м|ми|ші|шы|ге|ға|ке|қа|ден|дан|тен|тан|нен|нан|ге дейін)?(?!\w)")
_YEARS = (1900, 2100)
_THOUSAND = 1000
_POSSESSED = "(?:с?[іы](?:н|не|на|нен|нан|нің|ның|нде|нда|мен)?)?"
_ORDINAL = re.compile(r"\w+(?:інші|ыншы|нші|ншы)(?!\w)|\d+\s?-\s?(?:ші|шы)(?!\w)")
_QUARTER = "тоқсан"  # ninety, and a quarter of a year


_Part = tuple[str, float, int, int]  # kind, value, start, end


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    start: int
    end: int
    figure: bool


@lru_cache(maxsize=20_000)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Numbers in figures and in words, each with its unit; ``language`` is ru or kk."""
    words = words_of(language)
    folded = fold(text)
    found: list[Quantity] = []
    dates = list(_dates(folded, words, language))
    at = 0
    for number in _numbers(folded, words, language):
        if number.start < at or any(d.start <= number.start < d.end for d in dates):
            continue
        quantity = _quantity(folded, number, words)
        found.append(quantity)
        at = quantity.end
    return tuple(sorted((*found, *dates), key=lambda q: q.start))


# --- numbers ----------------------------------------------------------------------------------------------------------


def _numbers(text: str, words: QuantityWords, language: str) -> Iterator[_Number]:
    group: list[_Part] = []
    for match in _PIECE.finditer(text):
        kind, value = _reading(match.group(), words, language)
        if not kind and group and group[-1][0] == "by":
            kind, value = _possessed(match.group(), words)  # «төрттен үшінен»: three of four
        if not kind:
            part = _joined(text, match, words)
            if part and group and _goes_on(text, group, "number", part[1], part[2]):
                group.append(part)
                part = None
            yield from _flush(group)
            group = []
            yield from _flush([part] if part else [])
            continue
        if kind == "by" and group and group[-1][0] == "number" and _digits_free(group[-1][1], value):
            kind = "number"  # «он төрттен»: of fourteen, not a fraction
        if group and not _goes_on(text, group, kind, value, match.start()):
            yield from _flush(group)
            group = []
        group.append((kind, value, match.start(), match.end()))
    yield from _flush(group)


def _reading(piece: str, words: QuantityWords, language: str) -> tuple[str, float]:
    if piece[0].isdigit():
        return "figure", float(re.sub(r"[ \u00a0]", "", piece).replace(",", "."))
    for kind, table in (
        ("whole", words.whole), ("by", words.fraction_by), ("number", words.numbers), ("times", words.times),
        ("part", words.parts),
    ):  # fmt: skip
        if piece in table:
            return kind, table[piece]
    if language == "kk":
        for kind, table in (("number", words.numbers), ("times", words.times)):
            value = kazakh_number(piece, table)
            if value is not None:
                return kind, value
    return "", 0.0


def _possessed(piece: str, words: QuantityWords) -> tuple[str, float]:
    """The numerator of a Kazakh fraction, which has the ending of what the parts belong to."""
    found = next((v for stem, v in words.numbers.items() if re.fullmatch(f"{stem}{_POSSESSED}", piece)), 0.0)
    return ("number", found) if found else ("", 0.0)


def _goes_on(text: str, group: list[_Part], kind: str, value: float, start: int) -> bool:
    last_kind, last, _, end = group[-1]
    if text[end:start].strip(" \u00a0\n"):
        return False
    if last_kind == "by" or kind == "part":
        return kind in ("number", "part") and last_kind != "figure"
    if kind == "times":
        return last_kind in ("number", "figure", "whole")
    if kind != "number" or last_kind not in ("number", "times"):
        return False
    return last_kind == "times" or _digits_free(last, value) or (value == 100 and last < 10)


def _digits_free(last: float, value: float) -> bool:
    """«двадцать пять», «сто тридцать»: the next number fits where the last has zeros."""
    return (last >= 100 and value < 100) or (20 <= last < 100 and value < 10) or (last == 10 and value < 10)


def _flush(group: list[_Part]) -> Iterator[_Number]:
    if not group:
        return
    kinds = [kind for kind, *_ in group]
    start, end = group[0][2], group[-1][3]
    value: float
    if kinds[0] == "by":
        above = _sum(group[1:])
        if not 0 < above < group[0][1]:  # «үштен он бестке дейін»: two numbers
            yield _Number(group[0][1], start, group[0][3], False)
            yield from _flush(group[1:])
            return
        value = above / group[0][1]
    elif kinds[-1] == "part":
        if len(group) == 1:
            return
        value = _sum(group[:-1]) / group[-1][1]
    elif kinds == ["times"]:
        value = group[0][1]
    else:
        value = _sum(group)
    yield _Number(value, start, end, kinds[0] == "figure")


def _sum(group: list[_Part]) -> float:
    total = current = 0.0
    for kind, value, *_ in group:
        if kind == "times":
            total += (current or 1.0) * value
            current = 0.0
        elif value == 100 and 0 < current < 10:
            current *= value
        else:
            current += value
    return total + current


def _joined(text: str, match: re.Match[str], words: QuantityWords) -> _Part | None:
    """The number in «десятидневный», «двадцатитрехлетний»; the unit is read from what follows it."""
    at, value = match.start(), 0.0
    while words.joined is not None and (found := words.joined.match(text, at, match.end())):
        one = words.joined_values[found.group()]
        value = value * one if one >= _THOUSAND and value else value + one
        at = found.end()
    if not value or not any(unit.match(text[at : match.end()]) for _, unit in words.units):
        return None
    return "number", value, match.start(), at


# --- what is counted --------------------------------------------------------------------------------------------------


def _quantity(text: str, number: _Number, words: QuantityWords) -> Quantity:
    after = text[number.end : number.end + _WINDOW]
    skipped = 0
    sort = next((s for s, p in words.before if p.search(text[max(number.start - _BEFORE, 0) : number.start])), "")
    ending = _CASE_ENDING.match(after) if number.figure else None
    if ending:
        skipped = ending.end()
    if after[skipped:].startswith(" ("):  # «10 (десять) дней»
        closing = after.find(")", skipped)
        skipped = closing + 1 if closing > 0 else skipped
    for name, pattern in words.between:
        found = pattern.match(after, skipped)
        if found:
            sort, skipped = name or sort, found.end()
    unit, found = next(
        ((name, hit) for name, pattern in words.units if (hit := pattern.match(after, skipped))), ("", None)
    )
    if found is None:
        return Quantity(
            number.value, "", number.start, number.end, number_end=number.end, cited=_cited(text, number, words)
        )
    if _is_a_year(number, unit) or _ORDINAL.match(text, number.start):
        return Quantity(number.value, "", number.start, number.end, number_end=number.end, cited=True)
    return Quantity(number.value, unit, number.start, number.end + found.end(), sort, number_end=number.end)


def _is_a_year(number: _Number, unit: str) -> bool:
    return number.figure and unit == "year" and _YEARS[0] <= number.value <= _YEARS[1]


def _cited(text: str, number: _Number, words: QuantityWords) -> bool:
    """The number names a unit, an act, a year, a place in a row; «тоқсан» that counts nothing is a quarter."""
    if text.startswith(_QUARTER, number.start) or _ORDINAL.match(text, number.start):
        return True
    if number.figure and (
        text[number.end : number.end + 1] in ("-", ")", "/") or text[number.start - 1 : number.start] in ("-", "/")
    ):
        return True
    if number.figure and _YEARS[0] <= number.value <= _YEARS[1]:
        return True
    before, after = text[max(number.start - _BEFORE, 0) : number.start], text[number.end : number.end + _BEFORE]
    if words.cited_before is not None and words.cited_before.match(after):
        return True
    return words.cited_after is not None and words.cited_after.search(before) is not None


# --- dates ------------------------------------------------------------------------------------------------------------


def _dates(text: str, words: QuantityWords, language: str) -> Iterator[Quantity]:
    for match in _DMY.finditer(text):
        day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        yield Quantity(_day(year, month, day), "date", match.start(), match.end())
    for match in _calendar(language).finditer(text):
        month = match["month"]
        at = next((n for n, p in enumerate(words.months, start=1) if p.match(" " + month)), 0)
        if at:
            yield Quantity(_day(match["year"] or "0", str(at), match["day"]), "date", match.start(), match.end())


def _day(year: str, month: str, day: str) -> float:
    return float(int(year) * 10_000 + int(month) * 100 + int(day))


@lru_cache(maxsize=2)
def _calendar(language: str) -> re.Pattern[str]:
    """«1 января 2025 года», «2025 жылғы 1 қаңтар»; the month is checked by the data."""
    day, year = r"(?<!\d)(?P<day>\d{1,2})\s+(?P<month>[^\W\d_]+)", r"(?P<year>\d{4})"
    return re.compile(rf"{day}(?:\s+{year}\s*г\w*)?" if language == "ru" else rf"(?:{year}\s+жыл\w*\s+)?{day}")
