"""What all wishes that workers fulfil have in common: begun, noted, failed, given up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.store.case_tables import Analysis
from expertise.store.check_tables import OwnCheck
from expertise.store.job_columns import DONE, FAILED, RUNNING, JobColumns
from expertise.store.pack_tables import PackPreview
from expertise.work.dossiers import reason_of
from nlp.reading.source import SourceText

KINDS: tuple[type[JobColumns], ...] = (Analysis, OwnCheck, PackPreview)
"""Tables of wishes, which together are the queue."""

_STEP = 50  # of a thousand: how often progress is written down


def taken_in_hand(office: Office, row: JobColumns | None, worker: str) -> bool:
    """Whether the wish is to be fulfilled now, and then who does it is written down; false when it is done or failed.

    After ``settings.analysis_tries`` times it fails with a reason of its own.
    """
    if row is None or row.status in (DONE, FAILED):
        return False
    row.tries += 1
    if row.tries > office.settings.analysis_tries:
        row.status, row.reason, row.ended_at = (
            FAILED,
            reason_of(CaseError("expertise.analysis_gave_up")),
            office.clock(),
        )
        return False
    row.status, row.started_at, row.done, row.worker = RUNNING, office.clock(), 0, worker
    return True


def failed(office: Office, row: JobColumns | None, reason: dict[str, Any]) -> bool:
    """Write down why it failed; false when it had ended meanwhile."""
    if row is None or row.status == DONE:
        return False
    row.status, row.reason, row.ended_at = FAILED, reason, office.clock()
    return True


def status_of(session: Session, kind: type[JobColumns], job_id: str) -> str:
    """How it stands; failed when there is none."""
    row = session.get(kind, job_id)
    return row.status if row else FAILED


def require_shown_length(office: Office, sources: Iterable[SourceText]) -> None:
    """Raises ``CaseError`` for a text that has more paragraphs and cells than pages can show, before any work on it."""
    most = office.settings.text_paragraphs
    for source in sources:
        if len(source.blocks) > most:
            raise CaseError("expertise.text_too_long", file=source.name, count=len(source.blocks), limit=most)


class Progress:
    """Writes down how far the work is, not more often than makes a difference to whoever looks."""

    def __init__(self, office: Office, kind: type[JobColumns], job_id: str) -> None:
        self._office, self._kind, self._id, self._last = office, kind, job_id, 0

    def __call__(self, done: int, total: int) -> None:
        """So many of so many provisions are judged."""
        share = done * 1000 // max(total, 1)
        if share - self._last < _STEP:
            return
        self._last = share
        with self._office.database.transaction() as session:
            session.execute(update(self._kind).where(self._kind.id == self._id).values(done=share))
