"""The audit as administrators read it, and its verification."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from expertise import audit
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.audit_tables import Entry

MOST_FAULTS = 100


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
        entries = session.scalar(select(func.count()).select_from(Entry)) or 0
        return Verified(tuple(faults), entries, audit.head(session))
