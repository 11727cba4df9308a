"""Numbers of two units compared: time limits, amounts, shares, dates and bare numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from nlp.parity.divergence import DivergenceKind
from nlp.parity.said import Both, Difference
from nlp.quantities.quantity import AMOUNT, TIME, Quantity

Key = tuple[str, float]
_SMALL = 2.0  # a bare number up to it is often no number: «один из», «в двух экземплярах»


def numbers(ours: Both, theirs: Both) -> Iterator[Difference]:
    """Numbers that each text has in the place of the other's, and those that one text lacks."""
    mine = _extra(ours, theirs)
    other = _extra(theirs, ours)
    for sort in ("time", *sorted(AMOUNT), "", "date"):
        one, two = _of_sort(mine, sort), _of_sort(other, sort)
        if one and two:
            yield _difference(one[0], two[0])
        elif one and _is_lacking(one[0], ours, theirs):
            yield _difference(one[0], None)
        elif two and _is_lacking(two[0], theirs, ours):
            yield _difference(None, two[0])
    yield from _unread(mine, other)
    yield from _days(ours[0].quantities, theirs[0].quantities)


def _unread(mine: Sequence[Quantity], other: Sequence[Quantity]) -> Iterator[Difference]:
    """One text has a number with what it counts, the other in its place one whose thing stands further on in the
    sentence: «девятнадцатью процентами», «оннан аз пайызын»."""
    units = [quantity.unit for quantity in (*mine, *other)]
    if len(mine) == len(other) == 1 and units.count("") == 1 and "date" not in units:
        yield _difference(mine[0], other[0])


def _sort(quantity: Quantity) -> str:
    return "time" if quantity.unit in TIME else quantity.unit


def _of_sort(quantities: Sequence[Quantity], sort: str) -> list[Quantity]:
    return [quantity for quantity in quantities if _sort(quantity) == sort]


def _difference(one: Quantity | None, two: Quantity | None) -> Difference:
    told = max(filter(None, (one, two)), key=lambda quantity: bool(quantity.unit))
    kind = DivergenceKind.AMOUNT if told.unit in AMOUNT else DivergenceKind.NUMBER
    reason = tuple((code, f"{q.value:g} {q.unit}".strip()) for code, q in (("ru", one), ("kk", two)) if q)
    return Difference(kind, (one.start, one.end) if one else None, (two.start, two.end) if two else None, reason)


def _extra(one: Both, two: Both) -> list[Quantity]:
    """Quantities of the unit that neither the other unit nor the norm around it has, whatever is counted there."""
    lacking = _keys(one[0].quantities) - _keys(two[0].quantities)
    around = _keys(one[1].quantities) - _keys(two[1].quantities)
    bare = {quantity.value for quantity in two[0].quantities if not quantity.unit or quantity.cited}
    all_of_them = {quantity.value for quantity in two[0].quantities}
    return [
        q
        for q in one[0].quantities
        if _counts(q) and lacking[q.amount] and around[q.amount] and q.value not in (bare if q.unit else all_of_them)
    ]


def _keys(quantities: Iterable[Quantity]) -> Counter[Key]:
    return Counter(quantity.amount for quantity in quantities if _counts(quantity))


def _counts(quantity: Quantity) -> bool:
    return not quantity.cited and (bool(quantity.unit) or quantity.value > _SMALL)


def _is_lacking(quantity: Quantity, one: Both, two: Both) -> bool:
    """The other text has fewer numbers altogether, in the unit and around it."""
    if not quantity.unit or quantity.unit == "date" or quantity.value <= 1 or _keys(two[0].quantities)[quantity.amount]:
        return False
    return all(_size(a.quantities) > _size(b.quantities) for a, b in zip(one, two, strict=True))


def _size(quantities: Iterable[Quantity]) -> int:
    return sum(not quantity.cited for quantity in quantities)


def _days(mine: Sequence[Quantity], other: Sequence[Quantity]) -> Iterator[Difference]:
    """The same number of days, working in one text and calendar in the other."""
    for one in mine:
        same = [q for q in other if q.amount == one.amount]
        if one.unit != "day" or len(same) != 1 or sum(q.amount == one.amount for q in mine) != 1:
            continue
        if {one.sort, same[0].sort} == {"work", "calendar"}:
            yield _difference(one, same[0])
