"""What is likely of each element of a power, from all that was gathered for it: one state may tell of another.

Reads: ``estimates.json``, learnt by ``evaluation/power_states.py`` from powers of acts in force, marked
without sight of the code. Writes: for each element the likeliest state. An estimate has no words to show, so it never
says that an element is settled or lacking; it only tells where a gap had better be asked about than asserted.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.norms.powers.model import Element, Power, PowerSlot, State

STATES = tuple(State)
_MOST_PROVISIONS = 10


@dataclass(frozen=True, slots=True)
class Estimates:
    """``cues``: name → words by whose presence the core norm or its heading tells what a power is about; ``weights``:
    element → trait → a weight for each state in the order of ``STATES``."""

    cues: Mapping[str, re.Pattern[str]]
    weights: Mapping[Element, Mapping[str, tuple[float, ...]]]

    def of(self, power: Power) -> dict[Element, tuple[State, float]]:
        """Element → its likeliest state and how likely it is, 0 to 1."""
        return {element: self._likeliest(power, element) for element in Element}

    def _likeliest(self, power: Power, element: Element) -> tuple[State, float]:
        weights = self.weights[element]
        sums = [0.0] * len(STATES)
        for trait, value in traits(power, element, self.cues).items():
            for at, weight in enumerate(weights.get(trait, ())):
                sums[at] += value * weight
        best = max(range(len(STATES)), key=lambda at: sums[at])
        return STATES[best], 1 / sum(math.exp(each - sums[best]) for each in sums)


def traits(power: Power, element: Element, cues: Mapping[str, re.Pattern[str]]) -> dict[str, float]:
    """What is known of a power and of one of its elements, each with a value of 0 to 1."""
    slot = power.slots[element]
    found = {
        "all": 1.0, f"kind={power.kind}": 1.0, f"own={_told(slot)}": 1.0, f"where={_where(power, slot)}": 1.0,
        f"own,kind={slot.state.value},{power.kind}": 0.7, "provisions": _provisions(power),
    }  # fmt: skip
    if power.order is not None:
        found["order"] = 1.0
    for other in Element:
        if other is not element:
            found[f"{other.value}={power.state(other).value}"] = 0.5
    core = f"{power.core.lead} {power.core.text}"
    for name, cue in cues.items():
        if cue.search(core):
            found[f"core:{name}"] = 1.0
        if cue.search(power.core.heading):
            found[f"heading:{name}"] = 1.0
    return found


def _told(slot: PowerSlot) -> str:
    told = {
        "reference": slot.by_reference,
        "hint": slot.by_hint,
        "supposed": slot.supposed,
        "other": slot.of_other_step,
    }
    return "+".join([slot.state.value, *(name for name, is_so in told.items() if is_so)])


def _where(power: Power, slot: PowerSlot) -> str:
    if slot.words is None:
        return "nowhere"
    if slot.words.provision.id == power.core.id:
        return "core"
    return "near" if slot.words.provision.heading == power.core.heading else "far"


def _provisions(power: Power) -> float:
    return min(len(power.provisions), _MOST_PROVISIONS) / _MOST_PROVISIONS


def read(raw: Mapping[str, Any]) -> Estimates:
    """Estimates of a parsed file. Raises ``KeyError`` or ``ValueError`` for a file that is none."""
    weights = {
        Element(name): {trait: tuple(map(float, row)) for trait, row in rows.items()}
        for name, rows in raw["weights"].items()
    }
    if set(weights) != set(Element) or any(
        len(row) != len(STATES) for rows in weights.values() for row in rows.values()
    ):
        raise ValueError("every element needs a weight for every state")
    return Estimates(compiled(raw["cues"]), weights)


def compiled(cues: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """Beginnings of words, as one expression for each cue."""
    return {
        name: re.compile(r"\b(?:" + "|".join(map(re.escape, stems)) + ")", re.IGNORECASE)
        for name, stems in sorted(cues.items())
    }


@cache
def estimates() -> Estimates:
    """Those that are shipped."""
    return read(json.loads(files("nlp.norms.powers").joinpath("estimates.json").read_text("utf-8")))
