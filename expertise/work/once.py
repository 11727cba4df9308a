"""Requests that must not be done twice: the same key and the same request get the same answer.

The answer is kept in the transaction of what was done: a process that is killed leaves both or neither.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.store.service_tables import Once

Answer = dict[str, Any]


def once(office: Office, actor: Actor, key: str, asked: object, do: Callable[[], Answer]) -> Answer:
    """What ``do`` answers, or what it answered when ``actor`` asked the same under this key before.

    ``asked``: what the request is, as plain JSON values. An empty key does it every time. A request that failed leaves
    nothing and may be repeated. Raises ``CaseError`` when the key came with another request.
    """
    if not key:
        return do()
    name = f"{actor.id}:{_hash(key)}"
    body_hash = _hash(json.dumps(asked, sort_keys=True))
    with office.database.together() as session:
        _forget_old(session, office)
        if not _claim(session, office, name, body_hash):
            return _again(session, name, body_hash)
        answer = do()
        row = session.get(Once, name)
        assert row is not None
        row.answer = answer
    return answer


def _claim(session: Session, office: Office, name: str, body_hash: str) -> bool:
    """Whether the key is new. Of two at once the second waits here until the first has ended."""
    of = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = of(Once).values(key=name, body_hash=body_hash, answer={}, at=office.clock())
    return bool(session.scalar(row.on_conflict_do_nothing().returning(Once.key)))


def _again(session: Session, name: str, body_hash: str) -> Answer:
    row = session.get(Once, name)
    if row is None or row.body_hash != body_hash:
        raise CaseError("expertise.once_other")
    return dict(row.answer)


def _forget_old(session: Session, office: Office) -> None:
    session.execute(delete(Once).where(Once.at < office.clock() - timedelta(hours=office.settings.once_hours)))


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
