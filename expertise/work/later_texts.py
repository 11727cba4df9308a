"""Later texts of a case whose conclusion was sent: a later version of the draft, the adopted act.

A text is kept as it came and examined by the worker in the same queue as drafts; what is compared with what, and kept,
is the business of ``expertise.work.comparing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.answers import LONGEST_LINE, plain
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.adoption_tables import AdoptionRun, LaterText
from expertise.store.blobs import Kept
from expertise.store.case_tables import Analysis, Case, CaseFile
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.store.database import before_commit
from expertise.store.job_columns import DONE, RUNNING, WAITING
from expertise.work.analysing import dossier_hash
from expertise.work.registering import LATER_KINDS, file_name, files_of, subject

ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a later text: number and date of the adopted act."""

    number: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """A later text with its files, the last wish to examine it and the comparison that stands, if there is one."""

    row: LaterText
    files: tuple[CaseFile, ...]
    analysis: Analysis | None
    run: AdoptionRun | None


def require_later_kind(kind: str) -> None:
    """Raises ``CaseError`` unless it is a kind of later text."""
    if kind not in LATER_KINDS:
        raise CaseError("expertise.unknown_file_kind", kind=kind)


def bring(
    office: Office, actor: Actor, case_id: str, kind: str, given: Sequence[tuple[str, Kept]],
    about: About = About(), beside: str = "",
) -> LaterText:  # fmt: skip
    """Enter files that arrived as a later text and have it examined. ``given``: (name, what arrived); ``beside``: id of
    a text to which they are added, being its other language.

    Raises ``DeniedError``, ``NotFoundError`` (``beside``), ``CaseError``: unknown kind, empty file, too many files,
    words too long.
    """
    require_later_kind(kind)
    number = " ".join(plain(about.number).split())
    if len(number) > LONGEST_LINE:
        raise CaseError("expertise.words_too_long", limit=LONGEST_LINE)
    if not given:
        raise CaseError("expertise.file_empty", name="–")
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "bring_text", lock=True)
        row = _beside(session, opened, beside, kind) if beside else LaterText(
            case_id=opened.case.id, round=opened.case.round, kind=kind, act_number=number, act_date=about.date,
            files=[], by=actor.id, at=now,
        )  # fmt: skip
        row.files = [*row.files, *(_enter(session, office, opened, kind, name, kept).id for name, kept in given)]
        session.add(row)
        session.flush()
        told = {
            "text": row.id, "kind": kind, "number": number, "date": about.date.isoformat() if about.date else "",
            "files": [kept.sha256 for _, kept in given],
        }  # fmt: skip
        audit.write(session, actor, now, "bring_text", subject(case_id), None, told)
        _ask(session, office, opened, row, force=False)
        opened.case.changed_at = now
    return row


def withdraw_text(office: Office, actor: Actor, case_id: str, text_id: str) -> None:
    """It was the wrong text: nothing is proposed of it any more; it stays kept, and decisions stay as they are."""
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "bring_text", lock=True)
        row = _text(session, opened, text_id)
        row.withdrawn_at = now
        opened.case.changed_at = now
        audit.write(session, actor, now, "withdraw_text", subject(case_id), {"text": row.id}, None)


def compare_again(office: Office, actor: Actor, case_id: str, text_id: str, *, force: bool = False) -> Analysis:
    """Have a later text examined and compared once more: by a newer machine, or ``force`` what is no act for it.

    Decisions stay as they are. Raises ``DeniedError``, ``NotFoundError``.
    """
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "bring_text", lock=True)
        return _ask(session, office, opened, _text(session, opened, text_id), force=force)


def brought(session: Session, opened: Opened) -> tuple[Brought, ...]:
    """Later texts of the round that were not withdrawn, the last first. Raises ``DeniedError``."""
    require(opened.actor, "see_adoption", opened.standing)
    return tuple(with_files(session, row) for row in texts_of_case(session, opened.case))


def texts_of_case(session: Session, case: Case, round: int | None = None) -> tuple[LaterText, ...]:
    """Later texts of a round (the present one) that were not withdrawn, the last first."""
    rows = select(LaterText).where(
        LaterText.case_id == case.id, LaterText.round == (case.round if round is None else round),
        LaterText.withdrawn_at.is_(None),
    )  # fmt: skip
    return tuple(session.scalars(rows.order_by(LaterText.at.desc(), LaterText.id)))


def with_files(session: Session, row: LaterText) -> Brought:
    """A later text with all that belongs to it."""
    known = {file.id: file for file in session.scalars(select(CaseFile).where(CaseFile.id.in_(row.files)))}
    rows = select(Analysis).where(Analysis.later_id == row.id)
    asked = session.scalars(rows.order_by(Analysis.asked_at.desc(), Analysis.id.desc())).first()
    return Brought(row, tuple(known[each] for each in row.files), asked, run_of(session, row))


def run_of(session: Session, row: LaterText) -> AdoptionRun | None:
    """The comparison that stands: of the wish asked for last among those that are done."""
    rows = select(AdoptionRun).join(Analysis, Analysis.examination_id == AdoptionRun.examination_id)
    wanted = rows.where(AdoptionRun.later_id == row.id, Analysis.later_id == row.id, Analysis.status == DONE)
    return session.scalars(wanted.order_by(Analysis.asked_at.desc(), Analysis.id.desc())).first()


def redline(office: Office, actor: Actor, case_id: str, text_id: str, language: str) -> str:
    """The draft and the later text as HTML to stand on a page, as it was made when they were compared.

    Raises ``DeniedError``, ``NotFoundError``: no such text, or it was not compared yet.
    """
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id, "see_adoption")
        run = run_of(session, _text(session, opened, text_id))
    if run is None:
        raise NotFoundError("expertise.no_comparison")
    return office.files.get(run.redline[language]).decode()


def later_text(session: Session, opened: Opened, text_id: str) -> LaterText:
    """One of the round. Raises ``DeniedError``, ``NotFoundError``."""
    require(opened.actor, "see_adoption", opened.standing)
    return _text(session, opened, text_id)


def _ask(session: Session, office: Office, opened: Opened, row: LaterText, *, force: bool) -> Analysis:
    """A wish in the queue of analyses; one that waits or runs for the same files is enough.

    The acts in force of the draft go with the text: what amends them must be judged as the draft was.
    """
    now = office.clock()
    own = list(session.scalars(select(CaseFile).where(CaseFile.id.in_(row.files)).order_by(CaseFile.id)))
    files = [*own, *(file for file in files_of(session, opened) if file.kind == "base")]
    digest = dossier_hash(files, force)
    rows = select(Analysis).where(
        Analysis.later_id == row.id, Analysis.dossier_hash == digest, Analysis.status.in_([WAITING, RUNNING])
    )
    same = session.scalars(rows).first()
    if same is not None:
        return same
    made = Analysis(
        case_id=opened.case.id, round=opened.case.round, dossier_hash=digest, files=[file.id for file in files],
        options={"force": force}, later_id=row.id, status=WAITING, asked_by=opened.actor.id, asked_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    told = {"analysis": made.id, "text": row.id}
    audit.write(session, opened.actor, now, "analyse", subject(opened.case.id), None, told)
    return made


def _enter(session: Session, office: Office, opened: Opened, kind: str, name: str, kept: Kept) -> CaseFile:
    if kept.size == 0:
        raise CaseError("expertise.file_empty", name=file_name(name))
    case, limit = opened.case, office.settings.later_files
    counted = select(func.count()).select_from(CaseFile)
    here = counted.where(CaseFile.case_id == case.id, CaseFile.kind.in_(LATER_KINDS))
    if (session.scalar(here) or 0) >= limit:
        raise CaseError("expertise.too_many_later_files", limit=limit)
    row = CaseFile(
        case_id=case.id, round=case.round, kind=kind, name=file_name(name), sha256=kept.sha256, size=kept.size,
        status="kept", uploaded_by=opened.actor.id, uploaded_at=office.clock(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    before_commit(session, lambda: office.files.settle(kept))
    return row


def _beside(session: Session, opened: Opened, text_id: str, kind: str) -> LaterText:
    row = _text(session, opened, text_id)
    if row.kind != kind:
        raise NotFoundError("expertise.no_later_text")
    return row


def _text(session: Session, opened: Opened, text_id: str) -> LaterText:
    row = session.get(LaterText, text_id)
    if row is None or (row.case_id, row.round) != (opened.case.id, opened.case.round) or row.withdrawn_at is not None:
        raise NotFoundError("expertise.no_later_text")
    return row
