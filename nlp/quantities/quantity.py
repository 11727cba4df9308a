"""Quantity: a number of a text with what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

TIME = frozenset({"day", "week", "month", "year", "hour", "minute"})
AMOUNT = frozenset({"percent", "money", "multiple"})
_IN_SMALLER = {"week": ("day", 7), "year": ("month", 12)}
_DAY = 24


@dataclass(frozen=True, slots=True)
class Quantity:
    """``unit``: day, week, month, year, hour, minute, percent, money, multiple (of an index), date, or "" for a bare
    number; ``sort``: work or calendar of days. ``start``, ``end`` hold number and unit in the text. A date has its day
    in ``value`` as yyyymmdd."""

    value: float
    unit: str
    start: int
    end: int
    sort: str = ""
    cited: bool = False  # the number of a unit of an act, of an act, of a year, of a place in a row
    number_end: int = 0  # where the number ends and what it counts begins

    @property
    def amount(self) -> tuple[str, float]:
        """Unit and value that are equal for equal amounts: a year is twelve months, 24 hours are a day."""
        if self.unit == "hour" and self.value % _DAY == 0 and self.value:
            return "day", self.value / _DAY
        unit, times = _IN_SMALLER.get(self.unit, (self.unit, 1))
        return unit, float(round(Fraction(self.value) * times, 6))
