"""What a worker was told to do, by its id alone: an analysis of a case, somebody's own check, a preview of the pack."""

from __future__ import annotations

from expertise.office import Office
from expertise.store.check_tables import OwnCheck
from expertise.store.pack_tables import PackPreview
from expertise.work.analysing import run
from expertise.work.checking import run_check
from expertise.work.pack_changes import CurrentExaminer
from expertise.work.pack_previews import run_preview
from nlp.limits import Limits


def run_job(office: Office, current: CurrentExaminer, limits: Limits, job_id: str, worker: str = "") -> str:
    """Do it and return its status at the end; raises what ``analysing.run`` raises, to be tried again."""
    with office.database.reading() as session:
        own = session.get(OwnCheck, job_id) is not None
        preview = session.get(PackPreview, job_id) is not None
    if preview:
        return run_preview(office, current, limits, job_id, worker)
    return (run_check if own else run)(office, current.now(), limits, job_id, worker)
