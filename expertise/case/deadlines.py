"""Deadlines in working days: of the conclusion, and of the developer's answer to it.

The term of an expertise is nowhere confirmed in a source we have read (methodology 1.5), so it is a setting; holidays
are not known here, Saturdays and Sundays are.
"""

from __future__ import annotations

from datetime import date, timedelta

from expertise.case.states import OPEN, State

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


def awaited(state: State, deadline: date | None, answer_due: date | None) -> date | None:
    """The day by which something is due in this state: the conclusion, then the answer; none when nothing is."""
    if state in OPEN:
        return deadline
    return answer_due if state is State.SENT else None


def is_late(state: State, deadline: date | None, answer_due: date | None, today: date) -> bool:
    """Whether that day is over. ``expertise.store.cases`` says the same in SQL."""
    day = awaited(state, deadline, answer_due)
    return day is not None and day < today
