"""Findings in the order of the act, whichever text they were seen in and whoever found them.

Reads: entries of a conclusion, the shown texts. Writes: the same entries in the order in which the act is read: one
text leads, and what was seen in the other alone stands where the same unit stands in the first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from expertise.case.shown_units import unit_holding, unit_with
from expertise.shown_text import ShownText, ShownUnit

Key = tuple[float, int, int]
_LAST: Key = (math.inf, 0, 0)


def in_order(entries: Sequence[dict[str, Any]], texts: Sequence[ShownText]) -> list[dict[str, Any]]:
    """By the first words that each entry shows; entries at the same words, and those without any, stay as they were."""
    if not texts:
        return list(entries)
    known = {text.language: text for text in texts}
    return sorted(entries, key=lambda entry: _key(entry, texts[0], known))


def _key(entry: Mapping[str, Any], leading: ShownText, texts: Mapping[str, ShownText]) -> Key:
    own = [place for place in entry["places"] if not place["repeats"]] or list(entry["places"])
    place = next((each for each in own if each["language"] == leading.language), own[0] if own else None)
    text = texts.get(place["language"]) if place else None
    if place is None or text is None:
        return _LAST
    unit = unit_with(text, place["address"]) or unit_holding(text, place["start"], place["end"])
    if text is leading or unit is None:
        return (unit.start if unit else place["start"]), 0, place["start"]
    return _across(unit, place["start"], text, leading)


def _across(unit: ShownUnit, start: int, text: ShownText, leading: ShownText) -> Key:
    """Where words of the other text would stand: at the same unit, or after the last one before them that both have."""
    before = [each for each in text.units if each.start <= unit.start]
    for each in (unit, *sorted(before, key=lambda one: one.start, reverse=True)):
        same = unit_with(leading, each.address)
        if same is not None:
            return same.start, int(each is not unit), same.start + start - each.start
    return 0, 0, start
