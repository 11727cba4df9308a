"""The audit: who did what, in a chain in which nothing can be changed, removed or put in unseen.

Every entry carries the hash of the one before. Of what was changed the chain holds salted hashes only; the texts lie in
a table beside it and may be erased (a person's data) without breaking it. The head is printed on conclusions, so that a
chain that was written anew from some entry on no longer has it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from expertise.people import Actor
from expertise.store.audit_tables import Entry, EntryText
from expertise.store.locks import Lock, hold

BEGINNING = "0" * 64


def write(
    session: Session, actor: Actor, at: datetime, action: str, subject: str, before: Any = None, after: Any = None
) -> Entry:
    """Add an entry in the transaction of what it tells of. ``before``/``after``: plain JSON values or None."""
    hold(session, Lock.AUDIT)
    last = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).first()
    salt = secrets.token_hex(32)
    old, new = _words(before), _words(after)
    entry = Entry(
        id=last.id + 1 if last else 1,
        at=at.astimezone(UTC).replace(microsecond=0),
        by=actor.id,
        action=action,
        subject=subject,
        before=_salted(salt, old),
        after=_salted(salt, new),
        previous=last.hash if last else BEGINNING,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()
    if old or new:
        session.add(EntryText(entry_id=entry.id, salt=salt, before=old, after=new))
        session.flush()
    return entry


def head(session: Session) -> str:
    """Hash of the last entry; zeros before the first."""
    found = session.scalars(select(Entry.hash).order_by(Entry.id.desc()).limit(1)).first()
    return found or BEGINNING


def length(session: Session) -> int:
    """How many entries the chain has."""
    return session.scalar(select(func.count()).select_from(Entry)) or 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the chain: the entry and what it is (codes of messages)."""

    entry: int
    code: str


def verify(session: Session, known_head: str = "") -> Iterator[Fault]:
    """Walk the whole chain and tell every fault.

    ``known_head``: a head that was printed somewhere; if the chain no longer has it, that is a fault (entry 0).
    """
    previous, expected, seen = BEGINNING, 1, not known_head or known_head == BEGINNING
    texts = {row.entry_id: row for row in session.scalars(select(EntryText))}
    for entry in session.scalars(select(Entry).order_by(Entry.id)).yield_per(1000):
        if entry.id != expected:
            yield Fault(entry.id, "expertise.audit_gap")
        if entry.previous != previous:
            yield Fault(entry.id, "expertise.audit_broken")
        if entry.hash != _hash(entry):
            yield Fault(entry.id, "expertise.audit_changed")
        kept = texts.get(entry.id)
        if kept and (_salted(kept.salt, kept.before), _salted(kept.salt, kept.after)) != (entry.before, entry.after):
            yield Fault(entry.id, "expertise.audit_text_changed")
        seen = seen or entry.hash == known_head
        previous, expected = entry.hash, entry.id + 1
    if not seen:
        yield Fault(0, "expertise.audit_head_unknown")


ERASED = "erase_texts"
"""Action of the entries that tell of an erasure; who erased what and why is itself never erased."""


def erase_texts(session: Session, subject: str = "", entry: int = 0, before: datetime | None = None) -> list[int]:
    """Erase the texts of the entries that fit all that is given; the chain stays whole. Numbers of the entries."""
    ids = select(Entry.id).where(Entry.action != ERASED)
    if subject:
        ids = ids.where(Entry.subject == subject)
    if entry:
        ids = ids.where(Entry.id == entry)
    if before is not None:
        ids = ids.where(Entry.at < before)
    chosen = EntryText.entry_id.in_(ids)
    found = list(session.scalars(select(EntryText.entry_id).where(chosen).order_by(EntryText.entry_id)))
    session.execute(delete(EntryText).where(chosen))
    return found


def _words(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _salted(salt: str, words: str) -> str:
    return hashlib.sha256((salt + words).encode()).hexdigest() if words else ""


def _hash(entry: Entry) -> str:
    said = [entry.id, entry.at.astimezone(UTC).isoformat(), entry.by, entry.action, entry.subject]
    said += [entry.before, entry.after, entry.previous]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
