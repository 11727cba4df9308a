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


def is_near(state: State, answer_due: date | None, today: date, days: int) -> bool:
    """Whether the developer is to be reminded: the answer is due within so many working days, today counted as none."""
    if state is not State.SENT or answer_due is None:
        return False
    return today <= answer_due <= after_workdays(today, days)


def workdays_between(start: date, end: date) -> int:
    """Working days after ``start`` up to ``end``; 0 when ``end`` is not later."""
    return sum((start + timedelta(days=each)).weekday() < _SATURDAY for each in range(1, (end - start).days + 1))


def is_late(state: State, deadline: date | None, answer_due: date | None, today: date) -> bool:
    """Whether that day is over. ``expertise.store.cases`` says the same in SQL."""
    day = awaited(state, deadline, answer_due)
    return day is not None and day < today
