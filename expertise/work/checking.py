"""Own checks are done by workers, from the same queue as analyses: what is done stays done, and its effect is one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from expertise import audit
from expertise.office import Office
from expertise.people import MACHINE
from expertise.store.check_tables import OwnCheck
from expertise.store.job_columns import DONE, FAILED
from expertise.work.dossiers import FileFailedError, reason_of
from expertise.work.jobs import (
    Progress,
    failed,
    require_shown_length,
    status_of,
    taken_in_hand,
)
from expertise.work.own_checks import folder_of, subject, unnamed
from expertise.work.preliminary import keep_preliminary
from nlp.dossier import dossier_of
from nlp.errors import SaraptamaError
from nlp.examination import Examination
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_bytes
from nlp.reading.source import SourceText
from nlp.result import to_json


@dataclass(frozen=True, slots=True)
class _Begun:
    id: str
    person_id: str
    force: bool
    files: tuple[tuple[str, str], ...]  # (name, sha256)


def run_check(office: Office, examiner: Examiner, limits: Limits, check_id: str, worker: str = "") -> str:
    """Do the check and return its status at the end; raises what ``analysing.run`` raises, to be tried again."""
    begun = _begin(office, check_id, worker)
    if begun is None:
        with office.database.reading() as session:
            return status_of(session, OwnCheck, check_id)
    try:
        examination = _examine(office, examiner, limits, begun)
    except FileFailedError as failure:
        return _fail(office, check_id, reason_of(failure.error, failure.name))
    except SaraptamaError as error:
        return _fail(office, check_id, reason_of(error))
    return _keep(office, examiner, begun, examination)


def _begin(office: Office, check_id: str, worker: str) -> _Begun | None:
    with office.database.transaction() as session:
        row = session.get(OwnCheck, check_id, with_for_update=True)
        if not taken_in_hand(office, row, worker):
            return None
        assert row is not None
        files = tuple((each["name"], each["sha256"]) for each in row.files)
        return _Begun(row.id, row.person_id, bool(row.options.get("force")), files)


def _examine(office: Office, examiner: Examiner, limits: Limits, begun: _Begun) -> Examination:
    folder, sources = folder_of(office, begun.person_id), list[SourceText]()
    for name, sha256 in begun.files:
        try:
            sources.append(read_bytes(folder.get(sha256), name, limits))
        except SaraptamaError as error:
            raise FileFailedError(name, error) from error
    require_shown_length(office, sources)
    progress = Progress(office, OwnCheck, begun.id)
    return examiner.examine(dossier_of(sources), Options(force=begun.force, in_both=True), progress)


def _fail(office: Office, check_id: str, reason: dict[str, Any]) -> str:
    with office.database.transaction() as session:
        row = session.get(OwnCheck, check_id, with_for_update=True)
        if not failed(office, row, reason):
            return DONE if row else FAILED
        audit.write(
            session, MACHINE, office.clock(), "check_failed", subject(check_id), None, {"reason": reason["code"]}
        )
    return FAILED


def _keep(office: Office, examiner: Examiner, begun: _Begun, examination: Examination) -> str:
    """The effect, once. A check that was deleted while it was done leaves nothing."""
    folder = folder_of(office, begun.person_id)
    result = to_json(examination)
    kept = folder.put(result.encode()).sha256
    documents = keep_preliminary(office, folder, examiner.pack, examination)
    content = json.loads(result)
    with office.database.transaction() as session:
        row = session.get(OwnCheck, begun.id, with_for_update=True)
        if row is not None and row.status != DONE:
            row.status, row.reason, row.ended_at, row.done = DONE, None, office.clock(), 1000
            row.result, row.documents = kept, documents
            row.summary = {"counts": content["counts"], "versions": content["versions"]}
            audit.write(session, MACHINE, office.clock(), "checked", subject(begun.id))
        left = [] if row else unnamed(session, begun.person_id, (kept, *documents.values(), *_sent(begun)))
    for name in left:
        folder.remove(name)
    return DONE if row else FAILED


def _sent(begun: _Begun) -> list[str]:
    return [sha256 for _, sha256 in begun.files]
