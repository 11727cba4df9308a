"""A person's own preliminary checks: a draft without a case, examined for whoever sent it and for nobody else.

Every function takes only what belongs to its actor; a check of somebody else does not exist for them. Files lie in a
folder of this person alone, so that what is deleted is gone: no case can name them, and no backup holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError
from expertise.documents.model import Document
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.blobs import Blobs, Kept
from expertise.store.case_tables import Case, CaseFile
from expertise.store.cases import NotFoundError, Opened, open_case, standing_of, visible_to
from expertise.store.check_tables import CheckDay, OwnCheck
from expertise.store.job_columns import WAITING
from expertise.work.preliminary import kept_document
from expertise.work.registering import file_name, keep_files

ACTION = "check_privately"
_CASES = 50


def folder_of(office: Office, person_id: str) -> Blobs:
    """Where the files of a person's checks lie. Raises ``ValueError`` for what is no id."""
    if not person_id or not person_id.isalnum():
        raise ValueError(person_id)
    return Blobs(_root(office) / person_id)


def _root(office: Office) -> Path:
    return office.files.folder.with_name("own-checks")


@dataclass(frozen=True, slots=True)
class Sent:
    """A text as it was sent, on the disk."""

    name: str
    kept: Kept


def receive(office: Office, actor: Actor, name: str, pieces: Iterable[bytes]) -> Sent:
    """Put a text on the disk. Raises ``DeniedError``, ``KeptFileError`` (too large), ``CaseError`` (empty)."""
    require(actor, ACTION)
    with office.database.reading() as session:
        _check_room(session, office, actor)
    kept = folder_of(office, actor.id).put_stream(pieces, office.settings.own_check_bytes)
    if kept.size == 0:
        raise CaseError("expertise.file_empty", name=file_name(name))
    return Sent(file_name(name), kept)


def ask_check(office: Office, actor: Actor, sent: Sequence[Sent], *, force: bool = False) -> OwnCheck:
    """Have texts checked that were received: one, or the same draft in two languages.

    Raises ``DeniedError``, ``CaseError`` (no text or too many, too many checks on this day or at all).
    """
    require(actor, ACTION)
    settings, now = office.settings, office.clock()
    if not sent or len(sent) > settings.own_check_files:
        raise CaseError("expertise.own_check_files", limit=settings.own_check_files)
    with office.database.transaction() as session:
        _check_room(session, office, actor)
        _count_day(session, office, actor)
        row = OwnCheck(
            person_id=actor.id, asked_by=actor.id, asked_at=now, status=WAITING, name=sent[0].name,
            files=[{"name": each.name, "sha256": each.kept.sha256, "size": each.kept.size} for each in sent],
            options={"force": force}, documents={}, summary={},
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit.write(session, actor, now, "check_privately", subject(row.id))
    return row


def ask_again(office: Office, actor: Actor, check_id: str, *, force: bool = False) -> OwnCheck:
    """The texts of a check that failed, checked anew. Raises ``NotFoundError``, and what ``ask_check`` raises."""
    row = get_check(office, actor, check_id)
    sent = [Sent(each["name"], Kept(each["sha256"], each["size"])) for each in row.files]
    return ask_check(office, actor, sent, force=force)


@dataclass(frozen=True, slots=True)
class OwnChecks:
    """Part of the list, the last asked for first; ``total`` is the length of the whole list."""

    checks: tuple[OwnCheck, ...]
    total: int
    offset: int
    left_today: int


def list_checks(office: Office, actor: Actor, offset: int = 0, limit: int = 50) -> OwnChecks:
    """The actor's own checks. Raises ``DeniedError``."""
    require(actor, ACTION)
    mine = select(OwnCheck).where(OwnCheck.person_id == actor.id)
    with office.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
        rows = session.scalars(mine.order_by(OwnCheck.asked_at.desc(), OwnCheck.id).offset(offset).limit(limit))
        left = office.settings.own_checks_per_day - _asked_today(session, office, actor)
        return OwnChecks(tuple(rows), total, offset, max(left, 0))


def get_check(office: Office, actor: Actor, check_id: str) -> OwnCheck:
    """One of the actor's own. Raises ``DeniedError``, ``NotFoundError``."""
    with office.database.reading() as session:
        return _own(session, actor, check_id)


def check_document(office: Office, actor: Actor, check_id: str, language: str) -> Document:
    """The preliminary check. Raises ``NotFoundError`` where it is not done, ``CaseError`` where it was too long."""
    row = get_check(office, actor, check_id)
    return kept_document(folder_of(office, actor.id), row.documents, language)


def check_result(office: Office, actor: Actor, check_id: str) -> bytes:
    """The examination as JSON. Raises ``NotFoundError`` where it is not done."""
    row = get_check(office, actor, check_id)
    if not row.result:
        raise NotFoundError("expertise.no_preliminary")
    return folder_of(office, actor.id).get(row.result)


def delete_check(office: Office, actor: Actor, check_id: str) -> None:
    """The check with all its files is gone for good; the audit keeps that there was one, and nothing of its content."""
    with office.database.transaction() as session:
        row = _own(session, actor, check_id, lock=True)
        names = _files_of(row)
        session.delete(row)
        session.flush()
        audit.write(session, actor, office.clock(), "delete_check", subject(check_id))
        names = unnamed(session, actor.id, names)
    for name in names:
        folder_of(office, actor.id).remove(name)


def unnamed(session: Session, person_id: str, names: Iterable[str]) -> list[str]:
    """Those of the person's files that no check of theirs names any longer."""
    rows = session.scalars(select(OwnCheck).where(OwnCheck.person_id == person_id))
    return sorted({name for name in names if name} - {name for row in rows for name in _files_of(row)})


def sweep(office: Office, older_than: float) -> int:
    """Remove what broken uploads, and texts for which no check was asked in the end, left behind before ``older_than``
    (seconds since 1970); how many."""
    removed = 0
    for place in sorted(_root(office).glob("*")):
        folder = folder_of(office, place.name)
        removed += folder.sweep(older_than)
        old = [name for name in folder.names() if folder.path(name).stat().st_mtime < older_than]
        with office.database.reading() as session:
            left = unnamed(session, place.name, old)
        for name in left:
            folder.remove(name)
        removed += len(left)
    return removed


def cases_to_hand_over(office: Office, actor: Actor) -> tuple[Case, ...]:
    """Cases that take files of this actor now, the last changed first."""
    rows = select(Case).where(visible_to(actor)).order_by(Case.changed_at.desc(), Case.id).limit(_CASES)
    with office.database.reading() as session:
        found = [Opened(case, standing_of(session, case), actor) for case in session.scalars(rows)]
    return tuple(opened.case for opened in found if opened.may("upload"))


def hand_over(office: Office, actor: Actor, check_id: str, case_id: str) -> list[CaseFile]:
    """The texts of the check enter a case, by their owner's act and as if uploaded there; what was found does not.

    Raises ``NotFoundError``, ``DeniedError``, ``CaseError`` as an upload does.
    """
    row = get_check(office, actor, check_id)
    folder = folder_of(office, actor.id)
    with office.database.reading() as session:
        open_case(session, actor, case_id, "upload")
    given = [(each["name"], [folder.get(each["sha256"])]) for each in row.files]
    return keep_files(office, actor, case_id, "text", given)


def subject(check_id: str) -> str:
    """How the audit names a check."""
    return f"check:{check_id}"


def _own(session: Session, actor: Actor, check_id: str, *, lock: bool = False) -> OwnCheck:
    require(actor, ACTION)
    row = session.get(OwnCheck, check_id, with_for_update=True if lock else None)
    if row is None or row.person_id != actor.id:
        raise NotFoundError("expertise.no_check")
    return row


def _files_of(row: OwnCheck) -> list[str]:
    return [name for name in (*(each["sha256"] for each in row.files), row.result, *row.documents.values()) if name]


def _check_room(session: Session, office: Office, actor: Actor) -> None:
    settings = office.settings
    if _asked_today(session, office, actor) >= settings.own_checks_per_day:
        raise CaseError("expertise.own_checks_per_day", limit=settings.own_checks_per_day)
    count = session.scalar(select(func.count()).select_from(OwnCheck).where(OwnCheck.person_id == actor.id)) or 0
    if count >= settings.own_checks:
        raise CaseError("expertise.own_checks_full", limit=settings.own_checks)


def _today(office: Office) -> str:
    return office.clock().date().isoformat()


def _asked_today(session: Session, office: Office, actor: Actor) -> int:
    row = session.get(CheckDay, (actor.id, _today(office)))
    return row.count if row else 0


def _count_day(session: Session, office: Office, actor: Actor) -> None:
    """Deleting a check does not give the day another one."""
    row = session.get(CheckDay, (actor.id, _today(office)), with_for_update=True)
    if row is None:
        row = CheckDay(person_id=actor.id, day=_today(office), count=0, last_at=office.clock())
        session.add(row)
    row.count, row.last_at = row.count + 1, office.clock()
