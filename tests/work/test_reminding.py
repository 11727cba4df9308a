"""The term of a developer's answer is near: told to other systems once, shown as long as it is so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from expertise.case.deadlines import is_near, workdays_between
from expertise.case.states import State
from expertise.office import Office
from expertise.people import OPERATOR
from expertise.policy import DeniedError
from expertise.store.case_tables import Case
from expertise.store.service_tables import Delivery
from expertise.work.hooks import add_hook
from expertise.work.reminding import remind
from tests.work.conftest import Clock, Staff

MONDAY = date(2026, 3, 23)


@pytest.mark.parametrize(
    ("today", "near", "left"),
    [
        (date(2026, 3, 17), False, 4), (date(2026, 3, 18), True, 3), (date(2026, 3, 20), True, 1),
        (date(2026, 3, 21), True, 1), (date(2026, 3, 22), True, 1), (MONDAY, True, 0), (date(2026, 3, 24), False, 0),
    ],
)  # fmt: skip
def test_working_days_are_counted(today: date, near: bool, left: int) -> None:
    assert is_near(State.SENT, MONDAY, today, 3) is near and workdays_between(today, MONDAY) == left
    assert not is_near(State.ANSWERED, MONDAY, today, 3) and not is_near(State.SENT, None, today, 3)


def told(office: Office) -> list[dict[str, object]]:
    with office.database.reading() as session:
        rows = session.scalars(select(Delivery).where(Delivery.event == "answer.due").order_by(Delivery.next_at))
        return [json.loads(row.body) for row in rows]


def send(office: Office, case: Case) -> None:
    """The case as if its conclusion had been sent (that it truly was is tested with the answers)."""
    with office.database.transaction() as session:
        values = {"state": "sent", "answer_due": MONDAY, "answer_reminded_at": None}
        session.execute(update(Case).where(Case.id == case.id).values(**values))


def test_it_is_told_once_and_only_when_it_is_near(office: Office, staff: Staff, case: Case, clock: Clock) -> None:
    add_hook(office, OPERATOR, "https://example.kz/hook", ["answer.due"])
    assert remind(office) == []
    send(office, case)
    clock.on(days=15)
    assert clock().date() == date(2026, 3, 17) and remind(office) == []
    clock.on(days=1)
    with office.database.reading() as session:
        version = session.get_one(Case, case.id).version
    assert (remind(office), remind(office)) == ([case.id], [])
    (message,) = told(office)
    assert (message["event"], message["case"], message["due"]) == ("answer.due", case.id, "2026-03-23")
    with office.database.reading() as session:
        assert session.get_one(Case, case.id).version == version, "nobody who is writing is refused for it"
    clock.on(days=10)
    assert remind(office) == [] and len(told(office)) == 1
    send(office, case)
    assert remind(office) == [case.id], "a repeat expertise has a term of its own, and one missed is told late"
    later = replace(office, settings=replace(office.settings, answer_reminder_workdays=1))
    send(office, case)
    clock.now = clock.now.replace(day=19)
    assert remind(later) == []
    clock.on(days=1)
    assert remind(later) == [case.id], "one working day before a Monday is the Friday"


def test_only_the_service_itself_reminds(office: Office, staff: Staff) -> None:
    for actor in [*staff.everybody(), OPERATOR]:
        with pytest.raises(DeniedError):
            remind(office, actor)
