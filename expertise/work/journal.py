"""The audit as administrators read it, and its verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from expertise import audit
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.audit_tables import Entry
from expertise.store.case_tables import Case
from expertise.store.cases import NotFoundError
from expertise.work.registering import subject as subject_of_case

MOST_FAULTS = 100
LONGEST_REASON = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Journal:
    """Part of the audit, the last entries first, without the texts beside it."""

    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk through the whole chain found: at most ``MOST_FAULTS`` faults, its length and its head."""

    faults: tuple[audit.Fault, ...]
    entries: int
    head: str


def list_entries(office: Office, actor: Actor, *, subject: str = "", offset: int = 0, limit: int = 50) -> Journal:
    """Entries, those about one ``subject`` («case:…», «person:…») where it is given. Raises ``DeniedError``."""
    require(actor, "see_audit")
    query = select(Entry).where(Entry.subject == subject) if subject else select(Entry)
    with office.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        found = session.scalars(query.order_by(Entry.id.desc()).offset(offset).limit(limit))
        return Journal(tuple(found), total)


def verify(office: Office, actor: Actor, known_head: str = "") -> Verified:
    """Walk the chain. ``known_head``: the one printed on some conclusion. Raises ``DeniedError``."""
    require(actor, "verify_audit")
    with office.database.reading() as session:
        faults = []
        for fault in audit.verify(session, known_head):
            faults.append(fault)
            if len(faults) >= MOST_FAULTS:
                break
        return Verified(tuple(faults), audit.length(session), audit.head(session))


def case_subject(office: Office, actor: Actor, number: str) -> str:
    """How the audit names the case with this number. Raises ``DeniedError``, ``NotFoundError``."""
    require(actor, "see_audit")
    with office.database.reading() as session:
        found = session.scalars(select(Case.id).where(Case.number == number.strip())).first()
    if found is None:
        raise NotFoundError("expertise.no_case")
    return subject_of_case(found)


def erase(
    office: Office, actor: Actor, reason: str, *, subject: str = "", entry: int = 0, before: datetime | None = None
) -> tuple[int, ...]:
    """Erase texts beside the audit: of a ``subject``, of one ``entry``, of all ``before`` a moment, or what fits all.

    The chain stays whole, and an entry of its own says who erased the texts of which entries and why. Returns their
    numbers. Raises ``DeniedError``, ``CaseError`` (nothing chosen, no reason, no text fits).
    """
    require(actor, "erase_audit_texts")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise CaseError("expertise.erase_reason", limit=LONGEST_REASON)
    if not (subject or entry or before):
        raise CaseError("expertise.erase_all")
    with office.database.transaction() as session:
        erased = audit.erase_texts(session, subject, entry, before)
        if not erased:
            raise CaseError("expertise.erase_nothing")
        told = {"entries": erased, "reason": reason}
        audit.write(session, actor, office.clock(), audit.ERASED, subject or "audit", None, told)
    return tuple(erased)
