"""The audit as administrators read it, and its verification."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.audit_tables import Entry, EntryText
from expertise.store.case_tables import Case, Move
from expertise.store.cases import NotFoundError, Opened
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


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did in a case, ``count`` times without a pause; ``what``: the names of files, of a way its ends;
    ``move``: the name of the way the case went."""

    at: datetime
    by: str
    action: str
    count: int = 1
    what: tuple[str, ...] = ()
    reason: str = ""
    move: Move | None = None


_OF_EXPERTS = frozenset({"assign", "declare", "decide", "take_back", "add_finding", "finish", "take_up_again", "read"})
_OWN_DRAFTS = frozenset({"save_answers", "read_answers"})


def deeds(session: Session, opened: Opened, moves: Sequence[Move]) -> list[Deed]:
    """What happened in the case, in order: the audit and the moves, which know their reasons. Who sits in the case is
    told only to whoever may know it; drafts of answers to whoever writes them. The use case asked for ``see_history``.
    """
    rows = session.scalars(select(Entry).where(Entry.subject == subject_of_case(opened.case.id)).order_by(Entry.id))
    shown = [each for each in rows if not each.action.startswith("to_") and _may_know(opened, each)]
    ids = [each.id for each in shown if each.action in _NAMED]
    texts = session.scalars(select(EntryText).where(EntryText.entry_id.in_(ids)))
    names = {text.entry_id: _name(text.after or text.before) for text in texts}
    found = [Deed(each.at, each.by, each.action, 1, tuple(filter(None, [names.get(each.id)]))) for each in shown]
    found += [Deed(move.at, move.by, f"to_{move.transition}", reason=move.reason, move=move) for move in moves]
    return _gathered(sorted(found, key=lambda each: each.at.replace(microsecond=0)))


_NAMED = frozenset({"upload", "take_out_file"})


def _may_know(opened: Opened, entry: Entry) -> bool:
    if entry.by == opened.actor.id:
        return True
    if entry.action in _OWN_DRAFTS:
        return False
    return entry.action not in _OF_EXPERTS or opened.may("see_seats")


def _name(words: str) -> str:
    """The name of a file out of the text of an entry; "" where it was erased."""
    told = json.loads(words) if words else {}
    return str(told.get("name", "")) if isinstance(told, dict) else ""


def _gathered(found: Sequence[Deed]) -> list[Deed]:
    """The same done again and again by one person is told once, with how often."""
    made: list[Deed] = []
    for each in found:
        last = made[-1] if made else None
        if last is not None and each.move is None and (last.by, last.action) == (each.by, each.action):
            made[-1] = replace(last, at=each.at, count=last.count + 1, what=(*last.what, *each.what))
        else:
            made.append(each)
    return made


def case_numbers(session: Session, subjects: Iterable[str]) -> Mapping[str, str]:
    """Numbers of the cases among subjects of the audit, by the id of the case."""
    ids = {each.removeprefix("case:") for each in subjects if each.startswith("case:")}
    rows = session.execute(select(Case.id, Case.number).where(Case.id.in_(ids)))
    return {str(row.id): str(row.number) for row in rows}


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
