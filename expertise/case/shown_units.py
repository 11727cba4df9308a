"""Units of a shown text: by address, by place, above another, and the words that a conclusion quotes of one."""

from __future__ import annotations

from expertise.shown_text import ShownText, ShownUnit

_LABEL = 16  # characters of a number label before a unit's own words, as in documents


def unit_with(text: ShownText, address: str) -> ShownUnit | None:
    """The unit with this address."""
    return next((unit for unit in text.units if unit.address == address), None)


def is_inside(address: str, unit: str) -> bool:
    """Whether an address is that of a part of this unit: a point does not repeat its own subpoints."""
    return bool(unit) and address.startswith(unit + "__")


def unit_holding(text: ShownText, start: int, end: int) -> ShownUnit | None:
    """The smallest unit that holds all of [start, end)."""
    holding = [unit for unit in text.units if unit.start <= start and end <= unit.end]
    return min(holding, key=lambda unit: (unit.end - unit.start, -unit.depth), default=None)


def above(text: ShownText, unit: ShownUnit) -> ShownUnit | None:
    """The unit in which this one stands."""
    at = text.units.index(unit)
    return next((each for each in reversed(text.units[:at]) if each.depth < unit.depth), None)


def has_words(unit: ShownUnit) -> bool:
    """Whether the unit has words of its own beside its number and its children."""
    return unit.own[1] > unit.own[0]


def quoted_span(unit: ShownUnit) -> tuple[int, int]:
    """The unit's own words with the number before them; the heading of a unit that has only that."""
    if not has_words(unit):
        return unit.heading if unit.heading[1] > unit.heading[0] else (unit.start, unit.end)
    labelled = 0 < unit.own[0] - unit.start <= _LABEL
    return (unit.start if labelled else unit.own[0], unit.own[1])


def label_of(text: ShownText, unit: ShownUnit) -> str:
    """The number before the unit's own words («3)»), "" where there is none."""
    start = quoted_span(unit)[0]
    return text.text[start : unit.own[0]].strip() if has_words(unit) else ""


def own_words(text: ShownText, unit: ShownUnit) -> str:
    """The unit's own words."""
    return text.text[unit.own[0] : unit.own[1]]


def lead_in(text: ShownText, unit: ShownUnit) -> str:
    """«… вправе:» before an item of a list: without it the item is no sentence; "" where there is none."""
    holder = above(text, unit) if unit.kind in ("subpoint", "indent") else None
    words = own_words(text, holder).strip() if holder else ""
    if holder is None or not words.endswith(":"):
        return ""
    start, end = quoted_span(holder)
    return text.text[start:end].strip()
