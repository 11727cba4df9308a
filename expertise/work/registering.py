"""A case is registered, its requisites are filled in, its files are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.deadlines import after_workdays
from expertise.case.requisites import checked
from expertise.case.states import CaseError, State
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import require
from expertise.store.blobs import Arriving, Kept
from expertise.store.case_tables import Case, CaseFile
from expertise.store.cases import NotFoundError, Opened, next_number, open_case
from expertise.store.database import before_commit
from expertise.store.people_tables import Person

KINDS = ("text", "table", "base", "note", "previous", "letter", "material")
"""What a file of a case may be; «text» is one authentic text or a file with both."""

LATER_KINDS = ("later", "adopted")
"""What a file of a later text is (``expertise.work.later_texts``): no part of the dossier under expertise."""

CASE_KINDS = ("draft", "act_in_force")
"""The expertise of a draft; the internal analysis of corruption risks of an act in force."""

LONGEST_TITLE = 2_000  # characters
LONGEST_NAME = 300


def register(
    office: Office,
    actor: Actor,
    title: str,
    *,
    developer: str = "",
    deadline: date | None = None,
    requisites: Mapping[str, str] | None = None,
    kind: str = "draft",
) -> Case:
    """A new case of this coordinator, of one of ``CASE_KINDS``. Without a deadline it gets the usual term.

    Raises ``DeniedError``, ``CaseError`` (no title, bad requisites, the developer has no such account).
    """
    require(actor, "register_case")
    now = office.clock()
    given = checked(requisites or {})
    if kind not in CASE_KINDS:
        raise CaseError("expertise.unknown_case_kind", value=kind[:40])
    with office.database.transaction() as session:
        _require_developer(session, developer)
        case = Case(
            number=next_number(session, now),
            title=_title(title),
            kind=kind,
            state=State.REGISTERED.value,
            coordinator_id=actor.id,
            developer_id=developer or None,
            requisites=given,
            deadline=deadline or after_workdays(now.date(), office.settings.deadline_workdays),
            created_at=now,
            changed_at=now,
        )
        session.add(case)
        session.flush()
        audit.write(
            session, actor, now, "register", subject(case.id), None, {"title": case.title, "kind": kind, **given}
        )
    return case


def change(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    title: str | None = None,
    developer: str | None = None,
    deadline: date | None = None,
    requisites: Mapping[str, str] | None = None,
) -> Case:
    """Requisites (those given), title, developer and deadline; what is not given stays."""
    given = checked(requisites or {})
    now = office.clock()
    with office.database.transaction() as session:
        case = open_case(session, actor, case_id, "edit_requisites", lock=True).case
        before = _facts(case)
        case.requisites = {**case.requisites, **given}
        if title is not None:
            case.title = _title(title)
        if developer is not None:
            _require_developer(session, developer)
            case.developer_id = developer or None
        if deadline is not None:
            case.deadline = deadline
        case.changed_at = now
        audit.write(session, actor, now, "edit_requisites", subject(case.id), before, _facts(case))
    return case


def keep_file(office: Office, actor: Actor, case_id: str, kind: str, name: str, pieces: Iterable[bytes]) -> CaseFile:
    """Keep a file of the case as it came, whatever is in it; what cannot be read is told by the analysis.

    The bytes are on the disk before the case knows of the file: an upload that breaks off leaves no half case. Raises
    ``CaseError`` (unknown kind, empty file, too many files), ``KeptFileError`` (too large).
    """
    (row,) = keep_files(office, actor, case_id, kind, [(name, pieces)])
    return row


def keep_files(
    office: Office, actor: Actor, case_id: str, kind: str, given: Sequence[tuple[str, Iterable[bytes]]]
) -> list[CaseFile]:
    """Keep several files, all of them or none: with one that cannot be kept nothing enters the case, so that sending
    them again makes no double, and nothing stays on the disk. Raises as ``keep_file``."""
    require_kind(kind)
    with office.database.reading() as session:
        open_case(session, actor, case_id, "upload")
    with office.files.arriving() as coming:
        kept = put_files(office, coming, given)
        with office.database.together():
            return [note_file(office, actor, case_id, kind, name, each) for name, each in kept]


def put_files(office: Office, coming: Arriving, given: Sequence[tuple[str, Iterable[bytes]]]) -> list[tuple[str, Kept]]:
    """Put files on the disk before any case knows of them. Raises ``CaseError`` (empty, too many), ``KeptFileError``
    (too large)."""
    if len(given) > office.settings.case_files:
        raise CaseError("expertise.too_many_files", limit=office.settings.case_files)
    kept = []
    for name, pieces in given:
        each = coming.put_stream(pieces, office.settings.upload_bytes)
        if each.size == 0:
            raise CaseError("expertise.file_empty", name=file_name(name))
        kept.append((name, each))
    return kept


def require_kind(kind: str) -> None:
    """Raises ``CaseError`` for a kind of file that there is not."""
    if kind not in KINDS:
        raise CaseError("expertise.unknown_file_kind", kind=kind)


def note_file(office: Office, actor: Actor, case_id: str, kind: str, name: str, kept: Kept) -> CaseFile:
    """Enter a file that arrived into the case; it is settled with the transaction."""
    if kept.size == 0:
        raise CaseError("expertise.file_empty", name=file_name(name))
    now = office.clock()
    with office.database.transaction() as session:
        case = open_case(session, actor, case_id, "upload", lock=True).case
        _check_room(session, office, case)
        row = CaseFile(
            case_id=case.id,
            round=case.round,
            kind=kind,
            name=file_name(name),
            sha256=kept.sha256,
            size=kept.size,
            status="kept",
            uploaded_by=actor.id,
            uploaded_at=now,
        )
        session.add(row)
        case.changed_at = now
        session.flush()
        audit.write(session, actor, now, "upload", subject(case.id), None, {"name": row.name, "sha256": kept.sha256})
        before_commit(session, lambda: office.files.settle(kept))
    return row


def take_out_file(office: Office, actor: Actor, case_id: str, file_id: str) -> None:
    """A file no longer belongs to the dossier; it stays kept and in the history."""
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "upload", lock=True)
        row = _file(session, opened, file_id)
        row.withdrawn_at = now
        opened.case.changed_at = now
        audit.write(session, actor, now, "take_out_file", subject(case_id), {"name": row.name}, None)


def get_file(office: Office, actor: Actor, case_id: str, file_id: str) -> CaseFile:
    """A file of the current round. Raises ``NotFoundError``, ``DeniedError``."""
    with office.database.reading() as session:
        return _file(session, open_case(session, actor, case_id, "see_text"), file_id)


def files_of(session: Session, opened: Opened) -> tuple[CaseFile, ...]:
    """Files of the dossier in the current round that were not taken out, as they came."""
    rows = select(CaseFile).where(
        CaseFile.case_id == opened.case.id, CaseFile.round == opened.case.round, CaseFile.withdrawn_at.is_(None),
        CaseFile.kind.not_in(LATER_KINDS),
    )  # fmt: skip
    return tuple(session.scalars(rows.order_by(CaseFile.uploaded_at, CaseFile.id)))


def file_content(office: Office, actor: Actor, case_id: str, file_id: str) -> tuple[CaseFile, bytes]:
    """A file of the case with its bytes, of any round. Raises ``NotFoundError``, ``KeptFileError``."""
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id, "see_text")
        row = session.get(CaseFile, file_id)
        if row is None or row.case_id != opened.case.id:
            raise NotFoundError("expertise.no_file")
    return row, office.files.get(row.sha256)


def subject(case_id: str) -> str:
    """How the audit names a case."""
    return f"case:{case_id}"


def _file(session: Session, opened: Opened, file_id: str) -> CaseFile:
    row = session.get(CaseFile, file_id)
    if row is None or row.case_id != opened.case.id or row.withdrawn_at is not None:
        raise NotFoundError("expertise.no_file")
    return row


def _check_room(session: Session, office: Office, case: Case) -> None:
    here = select(func.count()).select_from(CaseFile)
    count = session.scalar(here.where(CaseFile.case_id == case.id, CaseFile.kind.not_in(LATER_KINDS))) or 0
    if count >= office.settings.case_files:
        raise CaseError("expertise.too_many_files", limit=office.settings.case_files)


def _require_developer(session: Session, person_id: str) -> None:
    person = session.get(Person, person_id) if person_id else None
    if person_id and (person is None or person.closed or Role.DEVELOPER.value not in person.roles):
        raise CaseError("expertise.no_such_developer")


def _title(words: str) -> str:
    title = " ".join(words.split())
    if not title:
        raise CaseError("expertise.title_missing")
    if len(title) > LONGEST_TITLE:
        raise CaseError("expertise.title_too_long", limit=LONGEST_TITLE)
    return title


def file_name(name: str) -> str:
    """The last part of a name as some browser sent it, without signs that no name has."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(sign for sign in last if sign.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "file"


def _facts(case: Case) -> dict[str, object]:
    deadline = case.deadline.isoformat() if case.deadline else ""
    return {"title": case.title, "developer": case.developer_id, "deadline": deadline, **case.requisites}
