"""What workers need to know: which analyses wait, who is alive, whose work was left behind.

The table of analyses is the queue: a wish is written down in the transaction of whoever asked, so none is lost between
the asking and the engine; an engine is told of it by a worker, under a name that makes telling twice harmless.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from expertise.office import Office
from expertise.store.case_tables import Analysis
from expertise.store.service_tables import WorkerRow
from expertise.work.analysing import RUNNING, WAITING


def waiting(office: Office, most: int = 100) -> Sequence[tuple[str, str]]:
    """Analyses that wait, the oldest first: (id, name of this try). A try that failed gives the next one a new name."""
    rows = select(Analysis.id, Analysis.tries).where(Analysis.status == WAITING)
    with office.database.reading() as session:
        found = session.execute(rows.order_by(Analysis.asked_at, Analysis.id).limit(most))
        return [(analysis_id, f"{analysis_id}-{tries}") for analysis_id, tries in found]


def put_back(office: Office, analysis_id: str) -> None:
    """An analysis that was broken off waits again, as another try; one that ended stays as it is."""
    with office.database.transaction() as session:
        row = session.get(Analysis, analysis_id, with_for_update=True)
        if row is None:
            return
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
    """Analyses in the hands of workers that were not seen for long wait again; their ids.

    A worker that was only slow may still end such an analysis: the effect of both is one.
    """
    since = office.clock() - timedelta(seconds=office.settings.worker_lost_seconds)
    living = select(WorkerRow.name).where(WorkerRow.seen_at >= since)
    rows = select(Analysis).where(
        Analysis.status == RUNNING, Analysis.worker.not_in(living), Analysis.started_at < since
    )
    with office.database.transaction() as session:
        found = list(session.scalars(rows.with_for_update()))
        for row in found:
            row.status, row.worker = WAITING, ""
        return [row.id for row in found]
