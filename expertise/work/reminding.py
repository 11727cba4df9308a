"""Other systems are told once that the term of a developer's answer is near; pages show it for themselves.

Reads: cases that were sent. Writes: when it was told, a message for every hook that wants it. Called by workers, as
often as they like and several at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from expertise import audit
from expertise.case.deadlines import after_workdays
from expertise.case.states import State
from expertise.office import Office
from expertise.people import MACHINE, Actor
from expertise.policy import require
from expertise.store.case_tables import Case
from expertise.work.hooks import notify
from expertise.work.registering import subject

EVENT = "answer.due"


def remind(office: Office, actor: Actor = MACHINE) -> Sequence[str]:
    """Ids of the cases that it was told of now: due within ``settings.answer_reminder_workdays``, or already over.

    Raises ``DeniedError`` for anybody but the service itself.
    """
    require(actor, "remind")
    now = office.clock()
    near = after_workdays(now.date(), office.settings.answer_reminder_workdays)
    waits = (Case.state == State.SENT.value, Case.answer_due <= near, Case.answer_reminded_at.is_(None))
    with office.database.reading() as session:
        found = session.scalars(select(Case.id).where(*waits).order_by(Case.answer_due, Case.id)).all()
    return [case_id for case_id in found if _tell(office, actor, case_id)]


def _tell(office: Office, actor: Actor, case_id: str) -> bool:
    """One case; of several workers only the one that changes the row tells. The case's own version stays as it is, so
    that nobody who is writing is refused for a reminder.
    """
    now = office.clock()
    waits = (Case.id == case_id, Case.state == State.SENT.value, Case.answer_reminded_at.is_(None))
    with office.database.transaction() as session:
        done = session.execute(update(Case).where(*waits).values(answer_reminded_at=now).returning(Case.answer_due))
        due = done.scalars().first()
        if due is None:
            return False
        told = {"case": case_id, "due": due.isoformat()}
        audit.write(session, actor, now, "remind", subject(case_id), None, told)
        notify(session, office, EVENT, told)
    return True
