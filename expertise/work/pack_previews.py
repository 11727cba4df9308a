"""A preview of a change to the pack: some cases are examined with it and without it, and what differs is told.

Whoever changes the pack need not see cases: they choose by number, and are told factor, kind and place of what would
differ – never the words of a draft. Nothing of a preview enters a case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.pack_overlay import Change, check_change, standing
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import MACHINE, Actor
from expertise.policy import require
from expertise.store.case_tables import Analysis, Case, CaseFile
from expertise.store.cases import NotFoundError
from expertise.store.job_columns import DONE, FAILED, RUNNING, WAITING
from expertise.store.pack_tables import PackPreview
from expertise.work.dossiers import dossier_from, reason_of
from expertise.work.jobs import status_of, taken_in_hand
from expertise.work.pack_changes import ACTION, CurrentExaminer, base_pack, changes, load_with
from nlp.detection.finding import Finding
from nlp.errors import SaraptamaError
from nlp.examination import Examination
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_bytes
from nlp.reading.source import SourceText

_OFFERED = 50
_TOLD = 200  # findings of one case


def offered_cases(office: Office, actor: Actor) -> tuple[str, ...]:
    """Numbers of cases that were examined, the last first, and nothing else of them. Raises ``DeniedError``."""
    require(actor, ACTION)
    with office.database.reading() as session:
        rows = (
            select(Case.number, func.max(Analysis.ended_at))
            .join(Analysis, (Analysis.case_id == Case.id) & (Analysis.round == Case.round))
            .where(Analysis.status == DONE, Analysis.later_id.is_(None))
            .group_by(Case.number)
            .order_by(func.max(Analysis.ended_at).desc())
        )
        return tuple(number for number, _ in session.execute(rows.limit(_OFFERED)))


def ask_preview(
    office: Office, actor: Actor, kind: str, subject: str, said: Mapping[str, Any], numbers: Sequence[str]
) -> PackPreview:
    """Have it made. Raises ``DeniedError``, ``CaseError`` (no such change, bad cases, too many previews wait)."""
    require(actor, ACTION)
    pack, wanted, most = base_pack(office), tuple(dict.fromkeys(numbers)), office.settings.preview_cases
    if not wanted or len(wanted) > most:
        raise CaseError("expertise.preview_cases", limit=most)
    with office.database.transaction() as session:
        _check_queue(session, office)
        given = check_change(pack, standing(changes(session)), kind, subject, said)
        ids = {number: id_ for number in wanted if (id_ := _examined(session, number))}
        if len(ids) < len(wanted):
            unknown = next(number for number in wanted if number not in ids)
            raise CaseError("expertise.preview_no_case", number=unknown[:40])
        row = PackPreview(
            kind=kind, subject=subject, said=given, cases=list(ids.values()), result={}, status=WAITING,
            asked_by=actor.id, asked_at=office.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        told = {"kind": kind, "subject": subject, "cases": list(wanted)}
        audit.write(session, actor, office.clock(), "preview_pack", f"preview:{row.id}", None, told)
    return row


def get_preview(office: Office, actor: Actor, preview_id: str) -> PackPreview:
    """One, whoever asked for it. Raises ``DeniedError``, ``NotFoundError``."""
    require(actor, ACTION)
    with office.database.reading() as session:
        row = session.get(PackPreview, preview_id)
    if row is None:
        raise NotFoundError("expertise.no_preview")
    return row


def run_preview(office: Office, current: CurrentExaminer, limits: Limits, preview_id: str, worker: str = "") -> str:
    """Make the preview and return its status at the end; raises what ``analysing.run`` raises, to be tried again."""
    with office.database.transaction() as session:
        row = session.get(PackPreview, preview_id, with_for_update=True)
        if not taken_in_hand(office, row, worker):
            return status_of(session, PackPreview, preview_id)
        assert row is not None
        cases = list(row.cases)
        made = changes(session)
        change = Change(standing(made).version + 1, row.kind, row.subject, row.said, row.asked_by, row.asked_at)
    before = current.now()
    after = before.with_pack(load_with(current.base.pack, standing([*made, change]), {}))
    result: dict[str, Any] = {}
    for position, case_id in enumerate(cases):
        number, told = _compared(office, before, after, limits, case_id)
        result[number] = told
        _note(office, preview_id, position + 1, len(cases))
    return _end(office, preview_id, result)


def _compared(
    office: Office, before: Examiner, after: Examiner, limits: Limits, case_id: str
) -> tuple[str, dict[str, Any]]:
    """Number of the case, and what differs; or the reason why it cannot be said."""
    with office.database.reading() as session:
        case = session.get(Case, case_id)
        last = _last_done(session, case_id)
        rows = session.scalars(select(CaseFile).where(CaseFile.id.in_(last.files if last else [])))
        files = {row.id: (row.kind, row.name, row.sha256) for row in rows}
    assert case is not None and last is not None
    try:
        read: dict[str, list[SourceText]] = {}
        for file_id in last.files:
            kind, name, sha256 = files[file_id]
            read.setdefault(kind, []).append(read_bytes(office.files.get(sha256), name, limits))
        dossier, options = dossier_from(read), Options(force=bool(last.options.get("force")))
        return case.number, _differences(before.examine(dossier, options), after.examine(dossier, options))
    except SaraptamaError as error:
        return case.number, {"reason": reason_of(error)}


def _differences(before: Examination, after: Examination) -> dict[str, Any]:
    old = {finding.id: finding for report in before.reports for finding in report.findings}
    new = {finding.id: finding for report in after.reports for finding in report.findings}
    told = [_told("gone", old[id_]) for id_ in old if id_ not in new]
    told += [_told("came", new[id_]) for id_ in new if id_ not in old]
    for id_ in (each for each in old if each in new):
        if _weight(old[id_]) != _weight(new[id_]):
            told.append(_told("changed", new[id_]))
        elif (old[id_].explanation, old[id_].risk) != (new[id_].explanation, new[id_].risk):
            told.append(_told("reworded", new[id_]))
    counts = {what: sum(each["what"] == what for each in told) for what in ("gone", "came", "changed", "reworded")}
    return {"before": len(old), "after": len(new), **counts, "findings": told[:_TOLD]}


def _weight(finding: Finding) -> tuple[str, str]:
    return finding.kind.value, finding.severity.value


def _told(what: str, finding: Finding) -> dict[str, str]:
    """Where and what; the words of the draft are not in it."""
    place = finding.marks[0].citation if finding.marks else ""
    return {
        "what": what, "factor": finding.factor, "kind": finding.kind.value, "severity": finding.severity.value,
        "language": finding.language, "place": place,
    }  # fmt: skip


def _examined(session: Session, number: str) -> str:
    case = session.scalars(select(Case).where(Case.number == number[:20])).first()
    return case.id if case and _last_done(session, case.id) else ""


def _last_done(session: Session, case_id: str) -> Analysis | None:
    case = session.get(Case, case_id)
    if case is None:
        return None
    rows = select(Analysis).where(
        Analysis.case_id == case.id, Analysis.round == case.round, Analysis.status == DONE, Analysis.later_id.is_(None)
    )  # fmt: skip
    return session.scalars(rows.order_by(Analysis.asked_at.desc(), Analysis.id.desc())).first()


def _check_queue(session: Session, office: Office) -> None:
    waiting = select(func.count()).select_from(PackPreview).where(PackPreview.status.in_([WAITING, RUNNING]))
    if (session.scalar(waiting) or 0) >= office.settings.previews_waiting:
        raise CaseError("expertise.previews_waiting", limit=office.settings.previews_waiting)


def _note(office: Office, preview_id: str, done: int, total: int) -> None:
    with office.database.transaction() as session:
        row = session.get(PackPreview, preview_id)
        if row is not None:
            row.done = done * 1000 // total


def _end(office: Office, preview_id: str, result: dict[str, Any]) -> str:
    with office.database.transaction() as session:
        row = session.get(PackPreview, preview_id, with_for_update=True)
        if row is None:
            return FAILED
        row.status, row.ended_at, row.done, row.result = DONE, office.clock(), 1000, result
        audit.write(session, MACHINE, office.clock(), "previewed", f"preview:{preview_id}")
    return DONE
