"""What workers need to know: which wishes (analyses, own checks) wait, who is alive, whose work was left behind.

Their tables are the queue: a wish is written down in the transaction of whoever asked, so none is lost between
the asking and the engine; an engine is told of it by a worker, under a name that makes telling twice harmless.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from expertise.office import Office
from expertise.store.job_columns import RUNNING, WAITING
from expertise.store.service_tables import WorkerRow
from expertise.work.jobs import KINDS


def waiting(office: Office, most: int = 100) -> Sequence[tuple[str, str]]:
    """Wishes that wait, the oldest first: (id, name of this try). A try that failed gives the next one a new name."""
    found: list[tuple[datetime, str, int]] = []
    with office.database.reading() as session:
        for kind in KINDS:
            rows = select(kind.asked_at, kind.id, kind.tries).where(kind.status == WAITING)
            found += [
                (at, id_, tries)
                for at, id_, tries in session.execute(rows.order_by(kind.asked_at, kind.id).limit(most))
            ]
    return [(job_id, f"{job_id}-{tries}") for _, job_id, tries in sorted(found)[:most]]


def put_back(office: Office, job_id: str) -> None:
    """A wish that was broken off waits again, as another try; one that ended stays as it is."""
    with office.database.transaction() as session:
        for kind in KINDS:
            row = session.get(kind, job_id, with_for_update=True)
            if row is None:
                continue
            if row.status == WAITING:  # broken off before it was begun
                row.tries += 1
            elif row.status == RUNNING:
                row.status, row.worker = WAITING, ""


def alive(office: Office, worker: str, *, started: bool = False) -> None:
    """The worker is alive."""
    now = office.clock()
    with office.database.transaction() as session:
        row = session.get(WorkerRow, worker)
        if row is None:
            session.add(WorkerRow(name=worker, started_at=now, seen_at=now))
            return
        row.seen_at = now
        if started:
            row.started_at = now


def gone(office: Office, worker: str) -> None:
    """The worker ended in good order."""
    with office.database.transaction() as session:
        row = session.get(WorkerRow, worker)
        if row is not None:
            session.delete(row)


def workers(office: Office) -> Sequence[WorkerRow]:
    """Workers seen within ``settings.worker_lost_seconds``."""
    since = office.clock() - timedelta(seconds=office.settings.worker_lost_seconds)
    with office.database.reading() as session:
        return list(session.scalars(select(WorkerRow).where(WorkerRow.seen_at >= since).order_by(WorkerRow.name)))


def take_over(office: Office) -> Sequence[str]:
    """Wishes in the hands of workers that were not seen for long wait again; their ids.

    A worker that was only slow may still end such a one: the effect of both is one.
    """
    since = office.clock() - timedelta(seconds=office.settings.worker_lost_seconds)
    living = select(WorkerRow.name).where(WorkerRow.seen_at >= since)
    found: list[str] = []
    with office.database.transaction() as session:
        for kind in KINDS:
            rows = select(kind).where(kind.status == RUNNING, kind.worker.not_in(living), kind.started_at < since)
            for row in session.scalars(rows.with_for_update()):
                row.status, row.worker = WAITING, ""
                found.append(row.id)
    return found
