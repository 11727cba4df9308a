"""The texts of a case are examined: asked for by a person, done by a job, kept once.

A job may run twice (its process was killed, two workers took it). Its effect happens once: result and findings are
committed under the hash of the texts, the versions and the case, in the transaction that ends the job.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError
from expertise.documents.shown import shown
from expertise.office import Office
from expertise.people import MACHINE, Actor
from expertise.shown_text import texts_json
from expertise.store.case_tables import Analysis, Case, CaseFile, ExaminationRow, FindingRow
from expertise.store.cases import Opened, open_case
from expertise.store.job_columns import DONE, FAILED, RUNNING, WAITING
from expertise.work import fingerprints
from expertise.work.comparing import Compared, as_dossier, compare
from expertise.work.comparing import keep as keep_compared
from expertise.work.dossiers import File, FileFailedError, dossier_from, read_all, reason_of
from expertise.work.hooks import notify
from expertise.work.jobs import Progress, failed, require_shown_length, status_of, taken_in_hand
from expertise.work.preliminary import keep_preliminary
from expertise.work.registering import files_of, subject
from expertise.work.results import summary_of
from nlp.detection.pack import Pack
from nlp.errors import SaraptamaError
from nlp.examination import Examination
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options, main_language, other_of
from nlp.result import to_json

_EXAMINED = ("text", "table", "base", "note", "previous")


def ask(office: Office, actor: Actor, case_id: str, *, force: bool = False) -> Analysis:
    """Have the current files of the case examined. The same files already waiting, running or done are not done again.

    Raises ``CaseError`` when there is no text to examine.
    """
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "analyse", lock=True)
        case = opened.case
        files = [file for file in files_of(session, opened) if file.kind in _EXAMINED]
        if not any(file.kind in ("text", "table") for file in files):
            raise CaseError("expertise.no_text")
        digest = dossier_hash(files, force)
        same = _same(session, case, digest)
        if same is not None:
            return same
        row = Analysis(
            case_id=case.id,
            round=case.round,
            dossier_hash=digest,
            files=[file.id for file in files],
            options={"force": force},
            status=WAITING,
            asked_by=actor.id,
            asked_at=now,
        )
        session.add(row)
        session.flush()
        audit.write(session, actor, now, "analyse", subject(case.id), None, {"analysis": row.id})
    return row


def _same(session: Session, case: Case, digest: str) -> Analysis | None:
    rows = select(Analysis).where(
        Analysis.case_id == case.id,
        Analysis.round == case.round,
        Analysis.later_id.is_(None),
        Analysis.dossier_hash == digest,
        Analysis.status.in_([WAITING, RUNNING]),
    )
    return session.scalars(rows).first()


def dossier_hash(files: Sequence[CaseFile], force: bool) -> str:
    """What names the files of an analysis, whatever their order."""
    said = sorted((file.kind, file.sha256) for file in files)
    return hashlib.sha256(json.dumps([said, force]).encode()).hexdigest()


def run(office: Office, examiner: Examiner, limits: Limits, analysis_id: str, worker: str = "") -> str:
    """Do the analysis and return its status at the end; ``worker`` is who does it.

    What is done stays done; bad files fail it with a reason.

    Whatever else goes wrong (the machine, the database) is raised, so that the job is tried again; after
    ``settings.analysis_tries`` times the analysis fails with a reason of its own.
    """
    begun = _begin(office, analysis_id, worker)
    if begun is None:
        with office.database.reading() as session:
            return status_of(session, Analysis, analysis_id)
    try:
        examination = _examine(office, examiner, limits, begun)
        compared = compare(office, examiner, limits, begun.later_id, examination) if begun.later_id else None
    except FileFailedError as failure:
        return _fail(office, analysis_id, reason_of(failure.error, failure.name))
    except SaraptamaError as error:
        return _fail(office, analysis_id, reason_of(error))
    _keep(office, examiner.pack, begun, examination, compared)
    return DONE


@dataclass(frozen=True, slots=True)
class _Begun:
    analysis_id: str
    case_id: str
    round: int
    dossier_hash: str
    force: bool
    later_id: str
    files: tuple[File, ...]


def _begin(office: Office, analysis_id: str, worker: str) -> _Begun | None:
    """What is to be done; None when it is done, failed, or there is no such wish."""
    with office.database.transaction() as session:
        row = session.get(Analysis, analysis_id, with_for_update=True)
        if not taken_in_hand(office, row, worker):
            return None
        assert row is not None
        given = {file.id: file for file in session.scalars(select(CaseFile).where(CaseFile.id.in_(row.files)))}
        files = [given[file_id] for file_id in row.files]
        return _Begun(
            row.id, row.case_id, row.round, row.dossier_hash, bool(row.options.get("force")), row.later_id or "",
            tuple((file.id, as_dossier(file.kind), file.name, file.sha256) for file in files),
        )  # fmt: skip


def _examine(office: Office, examiner: Examiner, limits: Limits, begun: _Begun) -> Examination:
    read = read_all(office, limits, begun.files)
    require_shown_length(office, (source for sources in read.values() for source in sources))
    progress = Progress(office, Analysis, begun.analysis_id)
    return examiner.examine(dossier_from(read), Options(force=begun.force, in_both=True), progress)


def _fail(office: Office, analysis_id: str, reason: dict[str, Any]) -> str:
    with office.database.transaction() as session:
        row = session.get(Analysis, analysis_id, with_for_update=True)
        if not failed(office, row, reason):
            return DONE if row else FAILED
        assert row is not None
        said = {"analysis": analysis_id, "reason": reason["code"]}
        audit.write(session, MACHINE, office.clock(), "analysis_failed", subject(row.case_id), None, said)
        notify(session, office, "analysis.failed", {"case": row.case_id, **said})
    return FAILED


def _keep(office: Office, pack: Pack, begun: _Begun, examination: Examination, compared: Compared | None) -> None:
    """The effect, once: files first (they are named by their bytes), then one transaction."""
    result = to_json(examination)
    kept = office.files.put(result.encode())
    texts = office.files.put(texts_json(examination).encode())
    content = json.loads(result)
    entered = shown(examination, office.settings.case_findings)
    summary = summary_of(office, examination, content, entered)
    if compared is None:
        summary["preliminary"] = keep_preliminary(office, office.files, pack, examination)
    versions_hash = hashlib.sha256(json.dumps(content["versions"], sort_keys=True).encode()).hexdigest()
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, MACHINE, begun.case_id, "keep_examination", lock=True)
        analysis = session.get(Analysis, begun.analysis_id, with_for_update=True)
        if analysis is None or analysis.status == DONE:
            return
        row = _existing(session, begun, versions_hash)
        if row is None:
            row = ExaminationRow(
                case_id=begun.case_id, round=begun.round, dossier_hash=begun.dossier_hash,
                versions_hash=versions_hash, result=kept.sha256, texts=texts.sha256, summary=summary,
                made_at=now,
            )  # fmt: skip
            session.add(row)
            session.flush()
            audit.write(session, MACHINE, now, "examined", subject(begun.case_id), None, {"result": kept.sha256})
        if compared is None:
            ids = {finding.id for report in entered.reports for finding in report.findings}
            _enter_findings(session, begun, row, content, ids, in_other_words(examination))
            fingerprints.enter(session, office, opened.case, row)
        else:  # findings of a later text are told with the comparison: nobody decides on them
            keep_compared(session, office, analysis, row, compared)
        analysis.status, analysis.reason, analysis.ended_at, analysis.done = DONE, None, now, 1000
        analysis.examination_id = row.id
        notify(session, office, "analysis.done", {"case": begun.case_id, "analysis": analysis.id})
        opened.case.changed_at = now


def _existing(session: Session, begun: _Begun, versions_hash: str) -> ExaminationRow | None:
    rows = select(ExaminationRow).where(
        ExaminationRow.case_id == begun.case_id,
        ExaminationRow.round == begun.round,
        ExaminationRow.dossier_hash == begun.dossier_hash,
        ExaminationRow.versions_hash == versions_hash,
    )
    return session.scalars(rows).first()


def in_other_words(examination: Examination) -> dict[str, dict[str, Any]]:
    """Finding → its language, reason, risk, instruction and grounds in the language that its text is not in."""
    return {
        finding.id: {
            "language": other_of(main_language(report.act)),
            "explanation": finding.explanation,
            "risk": finding.risk,
            "instruction": finding.recommendation.instruction if finding.recommendation else "",
            "basis": [asdict(each) for each in finding.basis],
        }
        for report in examination.reports
        for finding in report.otherwise
    }


def _enter_findings(
    session: Session,
    begun: _Begun,
    row: ExaminationRow,
    content: dict[str, Any],
    ids: Collection[str],
    otherwise: Mapping[str, Mapping[str, Any]],
) -> None:
    """The machine's findings by their ids: known ones are told anew, decisions on them stay where they are. Only those
    of ``ids``: nobody decides on tens of thousands, and no page shows them."""
    rows = select(FindingRow).where(FindingRow.case_id == begun.case_id, FindingRow.round == begun.round)
    known = {each.id: each for each in session.scalars(rows)}
    position = 0
    for text in content["texts"]:
        for finding in (each for each in text["findings"] if each["id"] in ids):
            position += 1
            found = known.get(finding["id"])
            if found is None:
                found = FindingRow(case_id=begun.case_id, round=begun.round, id=finding["id"], position=position)
                session.add(found)
                known[found.id] = found
            found.content = {**finding, "text_sha256": text["sha256"], "text_language": text["language"]}
            if finding["id"] in otherwise:
                found.content["otherwise"] = otherwise[finding["id"]]
            found.examination_id = row.id
            found.position = position


def is_stale(session: Session, opened: Opened, analysis: Analysis) -> bool:
    """Whether the files of the case are no longer those that the analysis was asked for."""
    files = [file for file in files_of(session, opened) if file.kind in _EXAMINED]
    return dossier_hash(files, bool(analysis.options.get("force"))) != analysis.dossier_hash


def latest_examination(session: Session, opened: Opened) -> ExaminationRow | None:
    """The result of the analysis asked for last among those that are done."""
    case = opened.case
    rows = select(Analysis).where(
        Analysis.case_id == case.id, Analysis.round == case.round, Analysis.later_id.is_(None), Analysis.status == DONE
    )
    last = session.scalars(rows.order_by(Analysis.asked_at.desc(), Analysis.id.desc())).first()
    return session.get(ExaminationRow, last.examination_id) if last and last.examination_id else None
