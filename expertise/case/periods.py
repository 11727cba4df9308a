"""Periods that reports are drawn up for: a quarter, a half-year, a year, or any days from – to.

A day is the one people here have: the whole country keeps one time (UTC+5).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from expertise.case.states import CaseError

ASTANA = timezone(timedelta(hours=5))
_NAMED = re.compile(r"(\d{4})(?:-(Q[1-4]|H[12]))?", re.ASCII)
_MONTHS = {"Q": 3, "H": 6}
_FIRST_YEAR, _LAST_YEAR = 1991, 2200


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day. ``name``: «2026», «2026-H1», «2026-Q3», or "" for any days."""

    first: date
    last: date
    name: str = ""

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first <= day <= self.last


def here(at: datetime) -> date:
    """The day of a moment as people here have it."""
    return at.astimezone(ASTANA).date()


def named(name: str) -> Period:
    """The period of a name. Raises ``CaseError`` for a name that is none."""
    found = _NAMED.fullmatch(name.strip())
    if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        raise CaseError("expertise.period_unknown", value=name[:40])
    year, part = int(found[1]), found[2]
    if not part:
        return Period(date(year, 1, 1), date(year, 12, 31), found[0])
    months = _MONTHS[part[0]]
    last = int(part[1]) * months
    return Period(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]), found[0])


def between(first: date, last: date) -> Period:
    """Any days; those of a quarter, half-year or year get its name. Raises ``CaseError`` when they are turned round."""
    if last < first:
        raise CaseError("expertise.period_turned")
    names = [f"{first.year}", *(f"{first.year}-{part}" for part in ("H1", "H2", "Q1", "Q2", "Q3", "Q4"))]
    fitting = (named(name) for name in names if _FIRST_YEAR <= first.year <= _LAST_YEAR)
    return next((each for each in fitting if (each.first, each.last) == (first, last)), Period(first, last))


def quarter_of(day: date) -> Period:
    """The quarter that holds the day."""
    return named(f"{day.year}-Q{(day.month + 2) // 3}")
