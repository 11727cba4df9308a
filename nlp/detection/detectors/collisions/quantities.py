"""Time limits and amounts: «в течение 10 (десяти) рабочих дней», «в трехдневный срок», «он жұмыс күні ішінде».

Reads: tokens. Writes: what is measured, how much of which unit, as what bound. Comparable quantities compare equal in
whatever words they are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from nlp.detection.detectors.collisions.words import Words, forms, root_of
from nlp.language.token import Token, Tokens

_FIGURE = re.compile(r"(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:[.,]\d+)?")
_HYPHENED = re.compile(r"(\d+)\s*-\s*(\w+)")
_AMOUNTS = frozenset({"mrp", "tenge", "percent"})
_SAME = {"week": ("calendar_day", 7), "year": ("month", 12), "day": ("calendar_day", 1)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit`` (as compared: years are months, weeks are days), at tokens [first, last).

    ``bound``: within, least, before (that long before an event), for (duration) or "" where no word tells.
    ``spelled``: the number written in brackets after the figure, None where there is none.
    """

    value: Fraction
    unit: str
    bound: str
    first: int
    last: int
    spelled: int | None = None

    @property
    def is_amount(self) -> bool:
        """Money or a share, not time."""
        return self.unit in _AMOUNTS

    @property
    def contradicts_itself(self) -> bool:
        """«10 (пятнадцати)»: the figure is not the number in words."""
        return self.spelled is not None and self.spelled != self.value

    def same(self) -> tuple[str, Fraction]:
        """What compares equal; a month is not told from thirty days, a day from twenty-four hours."""
        if self.unit == "hour" and self.value % 24 == 0:
            return "calendar_day", self.value / 24
        if self.unit == "month" and self.value.denominator == 1 and self.value < 12:
            return "calendar_day", self.value * 30
        return self.unit, self.value


def quantities(tokens: Tokens, words: Words) -> tuple[Quantity, ...]:
    """All quantities of a text in order; linear in its length."""
    found: list[Quantity] = []
    position = 0
    while position < len(tokens):
        if not words.may_open_quantity(tokens[position]):
            position += 1
            continue
        made = (
            _adjective(tokens, position, words) or _counted(tokens, position, words) or _bare(tokens, position, words)
        )
        if made is None:
            position += 1
        else:
            found.append(made)
            position = made.last
    return tuple(found)


_LONGEST_FIGURE = 30
"""Characters. Longer rows of digits are accounts or noise, no amounts; Python makes no number of more than 4,300."""


def number(tokens: Tokens, position: int, words: Words) -> tuple[Fraction, int] | None:
    """(number, end) of a number in figures or words at a token."""
    figure = _FIGURE.fullmatch(tokens[position].text)
    if figure is not None:
        digits, end = re.sub(r"\s", "", tokens[position].text).replace(",", "."), position + 1
        return _scaled(Fraction(digits), tokens, end, words) if len(digits) <= _LONGEST_FIGURE else None
    return _spelled(tokens, position, words)


def _scaled(value: Fraction, tokens: Tokens, end: int, words: Words) -> tuple[Fraction, int]:
    """«5 тысяч»."""
    if end < len(tokens) and _word_value(tokens[end], words) == 1000:
        return value * 1000, end + 1
    return value, end


def _spelled(tokens: Tokens, position: int, words: Words) -> tuple[Fraction, int] | None:
    total, group, last, end = 0, 0, 10_000, position
    while end < len(tokens):
        value = _word_value(tokens[end], words)
        if value is None:
            break
        if value == 1000:
            total, group, last = total + 1000 * (group or 1), 0, 10_000
        elif value == 100 and 0 < group < 10 and words.code == "kk":
            group, last = group * 100, 100
        elif value < last and _joins(last, value):
            group, last = group + value, value
        else:
            break
        end += 1
    return (Fraction(total + group), end) if end > position else None


def _joins(last: int, value: int) -> bool:
    """«двадцать пять», but not «пять три»: tens take units, hundreds take both."""
    return last >= 100 or (last >= 20 and value < 10) or (last == 10 and value < 10)


def _word_value(token: Token, words: Words) -> int | None:
    return next((words.numbers[form] for form in forms(token) if form in words.numbers), None)


def _counted(tokens: Tokens, position: int, words: Words) -> Quantity | None:
    """A number and its unit: «10 (десяти) рабочих дней», «на 5 %»."""
    read = number(tokens, position, words)
    if read is None:
        return None
    value, end = read
    figure = _FIGURE.fullmatch(tokens[position].text) is not None
    spelled: int | None = None
    if end + 2 < len(tokens) and tokens[end].text == "(":
        inside = _spelled(tokens, end + 1, words) if figure else number(tokens, end + 1, words)
        if inside is not None and inside[1] < len(tokens) and tokens[inside[1]].text == ")":
            spelled, end = int(inside[0]) if figure else None, inside[1] + 1
    if end >= len(tokens):
        return None
    unit = words.units.at(tokens, end)
    if unit is None:
        return None
    return _made(value, unit[0], tokens, position, unit[1], words, spelled)


def _bare(tokens: Tokens, position: int, words: Words) -> Quantity | None:
    """«в течение месяца», «в течение рабочего дня»: one of the unit."""
    found = words.before.at(tokens, position)
    if found is None or found[1] - position < 2 or found[1] >= len(tokens):
        return None
    unit = words.units.at(tokens, found[1])
    if unit is None or found[0] != "within" or "sing" not in tokens[unit[1] - 1].tags:
        return None
    return _made(Fraction(1), unit[0], tokens, found[1], unit[1], words, None)


def _adjective(tokens: Tokens, position: int, words: Words) -> Quantity | None:
    """«5-дневный», «трехмесячный», «месячный срок»."""
    norm = tokens[position].norm
    lemma = tokens[position].lemma
    hyphened = _HYPHENED.fullmatch(norm)
    stem = hyphened.group(2) if hyphened is not None else lemma
    for ending, unit in words.adjectives:
        root = root_of(ending)
        at = stem.find(root)
        if at < 0 or len(stem) - at - len(root) > 3:
            continue
        value = int(hyphened.group(1)) if hyphened is not None and at == 0 else _prefix(stem[:at], words)
        before_term = position + 1 < len(tokens) and words.has("term_nouns", tokens[position + 1])
        if value is None or not before_term:
            return None
        quantity = _made(Fraction(value), unit, tokens, position, position + 2, words, None)
        durable = position > 0 and tokens[position - 1].norm == "на"
        return Quantity(
            quantity.value, quantity.unit, "for" if durable else "within", position, position + 2, quantity.spelled
        )
    return None


def _prefix(stem: str, words: Words) -> int | None:
    if not stem:
        return 1
    return next((value for prefix, value in words.prefixes if prefix == stem), None)


def _made(
    value: Fraction, unit: str, tokens: Tokens, first: int, last: int, words: Words, spelled: int | None
) -> Quantity:
    compared, times = _SAME.get(unit, (unit, 1))
    told = None if spelled is None else spelled * times
    return Quantity(value * times, compared, _bound(tokens, first, last, words), first, last, told)


_BORDERS = frozenset({",", ";", ":", "."})
_FIRM = ("before", "least", "for", "within")


def _bound(tokens: Tokens, first: int, last: int, words: Words) -> str:
    """What the words around make of a quantity; the weightier word wins («не менее чем за 10 дней до»)."""
    near: set[str] = set()
    position = _opening(tokens, first, words.reach)
    while position < first:
        found = words.before.at(tokens, position)
        if found is not None and found[1] <= first:
            near.add(found[0])
            if found[1] == first or found[1] - position > 1:
                near.add(f"{found[0]}!")
            position = found[1]
        else:
            position += 1
    following: set[str] = set()
    for position in range(last, min(last + words.reach, len(tokens))):
        if tokens[position].text in _BORDERS:
            break
        found = words.after.at(tokens, position)
        if found is not None:
            following.add(found[0])
    return _decided(near, following, words.code)


def _opening(tokens: Tokens, first: int, reach: int) -> int:
    """Where the words that may govern a quantity begin: a few tokens before, in the same part of the sentence."""
    start = first
    while start > max(first - reach, 0) and tokens[start - 1].text not in _BORDERS:
        start -= 1
    return start


def _decided(near: set[str], following: set[str], code: str) -> str:
    if code == "ru":
        if "before" in near and "before" in following:
            return "before"
        if "least" in near:
            return "least"
        if "for!" in near:
            return "for"
        return "within" if "within" in near else ""
    both = near | following
    return next((name for name in _FIRM if name in both), "")
