"""Deadlines in working days.

The term of an expertise is nowhere confirmed in a source we have read (methodology 1.5), so it is a setting; holidays
are not known here, Saturdays and Sundays are.
"""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def after_workdays(start: date, days: int) -> date:
    """The day on which ``days`` (0 or more) working days after ``start`` are over; never a Saturday or Sunday."""
    day = start
    left = days
    while left > 0 or day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and left > 0:
            left -= 1
    return day
