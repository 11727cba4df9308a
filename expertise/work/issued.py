"""Conclusions that were drawn up: their files, and detached signatures kept beside them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.blobs import Kept
from expertise.store.case_tables import ConclusionRow, SignatureRow
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.store.database import before_commit
from expertise.work.registering import file_name, subject


def conclusion_of(session: Session, opened: Opened) -> ConclusionRow:
    """The conclusion of the round that was not set aside. Raises ``DeniedError``, ``CaseError`` when there is none."""
    require(opened.actor, "see_conclusion", opened.standing)
    return _current(session, opened)


def conclusions(session: Session, opened: Opened) -> tuple[ConclusionRow, ...]:
    """All of the case, those of earlier rounds and those set aside too, the last first."""
    require(opened.actor, "see_conclusion", opened.standing)
    rows = select(ConclusionRow).where(ConclusionRow.case_id == opened.case.id)
    return tuple(session.scalars(rows.order_by(ConclusionRow.made_at.desc(), ConclusionRow.id)))


def conclusion_file(office: Office, actor: Actor, case_id: str, name: str) -> bytes:
    """One file of the conclusion («ru.pdf»). Raises ``NotFoundError`` for a name it has not."""
    with office.database.reading() as session:
        row = conclusion_of(session, open_case(session, actor, case_id))
        sha256 = row.files.get(name)
    if sha256 is None:
        raise NotFoundError("expertise.no_conclusion_file", name=name[:50])
    return office.files.get(sha256)


def sign(office: Office, actor: Actor, case_id: str, signs: str, name: str, pieces: Iterable[bytes]) -> SignatureRow:
    """Keep a detached signature of the file ``signs`` as it came; a later one of the same file stands beside it.

    It is not checked here: that takes the certificates of whoever signed. Raises ``DeniedError``, ``NotFoundError`` for
    a file that the conclusion has not, ``CaseError`` (empty), ``KeptFileError`` (larger than ``signature_bytes``).
    """
    with office.database.reading() as session:
        open_case(session, actor, case_id, "sign")
    with office.files.arriving() as coming:
        kept = coming.put_stream(pieces, office.settings.signature_bytes)
        if kept.size == 0:
            raise CaseError("expertise.file_empty", name=file_name(name))
        return _enter(office, actor, case_id, signs, name, kept)


def _enter(office: Office, actor: Actor, case_id: str, signs: str, name: str, kept: Kept) -> SignatureRow:
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "sign", lock=True)
        conclusion = _current(session, opened)
        if signs not in conclusion.files:
            raise NotFoundError("expertise.no_conclusion_file", name=signs[:50])
        row = SignatureRow(
            conclusion_id=conclusion.id, signs=signs, name=file_name(name), sha256=kept.sha256, size=kept.size,
            by=actor.id, at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        told = {"conclusion": conclusion.id, "signs": signs, "signed": conclusion.files[signs], "sha256": kept.sha256}
        audit.write(session, actor, now, "sign", subject(case_id), None, told)
        before_commit(session, lambda: office.files.settle(kept))
    return row


def signatures(session: Session, conclusion: ConclusionRow) -> tuple[SignatureRow, ...]:
    """Signatures of a conclusion that the actor was shown, in the order they came."""
    rows = select(SignatureRow).where(SignatureRow.conclusion_id == conclusion.id)
    return tuple(session.scalars(rows.order_by(SignatureRow.at, SignatureRow.id)))


def _current(session: Session, opened: Opened) -> ConclusionRow:
    case = opened.case
    rows = select(ConclusionRow).where(
        ConclusionRow.case_id == case.id, ConclusionRow.round == case.round, ConclusionRow.set_aside_at.is_(None)
    )
    row = session.scalars(rows.order_by(ConclusionRow.made_at.desc())).first()
    if row is None:
        raise CaseError("expertise.no_conclusion")
    return row
