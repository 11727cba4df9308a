"""Signing in: tries are counted, sessions of browsers begin and end. Only hashes of secrets are kept.

Whether a password is right is judged by the caller, outside every transaction: it takes long on purpose.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from expertise import audit
from expertise.office import Office
from expertise.people import Actor
from expertise.store.people_tables import Attempt, Person, SignedIn
from expertise.work.people import actor_of, subject
from nlp.errors import SaraptamaError

_SEEN_EVERY = timedelta(minutes=1)  # how often a session notes that it is in use: not with every request


class TooManyTriesError(SaraptamaError):
    """Too many tries to sign in with this login or from this address; ``params["minutes"]``: when to come back."""


def hash_of(secret: str) -> str:
    """What is kept of a secret that nobody could guess (a password is no such secret)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fresh_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def note_try(office: Office, login: str, address: str) -> Mapping[str, int]:
    """Count a try before it is judged, so that tries made at once count too; what to give ``forget_tries`` if it was
    a good one. Raises ``TooManyTriesError``, whether there is such a login or not."""
    by_login = {_key("login", login.strip().lower()): office.settings.sign_in_tries}
    return _noted(office, by_login | {_key("address", address): office.settings.sign_in_address_tries})


def note_address(office: Office, address: str) -> None:
    """Count a sign-in that is begun elsewhere. Raises ``TooManyTriesError``."""
    _noted(office, {_key("address", address): office.settings.sign_in_address_tries})


def _noted(office: Office, bounds: Mapping[str, int]) -> Mapping[str, int]:
    now = office.clock()
    begin = now - timedelta(minutes=office.settings.sign_in_minutes)
    with office.database.transaction() as session:
        session.execute(delete(Attempt).where(Attempt.at < begin))
        noted = {}
        for key, most in bounds.items():
            count = session.scalar(select(func.count()).select_from(Attempt).where(Attempt.key == key)) or 0
            if count >= most:
                raise TooManyTriesError("expertise.too_many_tries", minutes=office.settings.sign_in_minutes)
            row = Attempt(key=key, at=now)
            session.add(row)
            session.flush()
            noted[key] = row.id
    return noted


def forget_tries(office: Office, login: str, noted: Mapping[str, int]) -> None:
    """The sign-in was good: the tries with this login no longer count, those from the address but this one do."""
    with office.database.transaction() as session:
        session.execute(delete(Attempt).where(Attempt.key == _key("login", login.strip().lower())))
        session.execute(delete(Attempt).where(Attempt.id.in_(noted.values())))


def by_login(office: Office, login: str) -> Person | None:
    """The open account with this login; for judging a password only, never to be shown."""
    with office.database.reading() as session:
        rows = select(Person).where(Person.login == login.strip().lower(), Person.closed.is_(False))
        return session.scalars(rows).first()


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who is signed in. ``form_key``: what forms of this session carry; empty for a token."""

    actor: Actor
    form_key: str
    must_change: bool = False
    secret_hash: str = ""


def begin_session(office: Office, person: Person, old_secret: str = "", *, openid: bool = False) -> tuple[str, Signed]:
    """A new session with a new secret (the old one of this browser ends); the secret is told once.

    ``openid``: somebody signed in elsewhere and has no password of ours to change.
    """
    now = office.clock()
    secret, form_key = fresh_secret(), fresh_secret()
    with office.database.transaction() as session:
        session.execute(delete(SignedIn).where(SignedIn.ends_at < now))
        if old_secret:
            session.execute(delete(SignedIn).where(SignedIn.secret_hash == hash_of(old_secret)))
        ends = now + timedelta(hours=office.settings.session_hours)
        session.add(
            SignedIn(
                secret_hash=hash_of(secret), person_id=person.id, form_key=form_key, created_at=now, seen_at=now,
                ends_at=ends, openid=openid,
            )
        )  # fmt: skip
        said = {"issuer": person.issuer} if openid else None
        audit.write(session, actor_of(person), now, "sign_in", subject(person.id), None, said)
    return secret, Signed(actor_of(person), form_key, person.must_change and not openid, hash_of(secret))


def by_session(office: Office, secret: str) -> Signed | None:
    """Who has this session; None when it ended, was idle for too long, or the account is closed."""
    now, kept = office.clock(), hash_of(secret)
    with office.database.reading() as session:
        row = session.get(SignedIn, kept)
        person = session.get(Person, row.person_id) if row else None
    if row is None or person is None or person.closed or _is_over(office, row, now):
        return None
    if now - row.seen_at >= _SEEN_EVERY:
        with office.database.transaction() as session:
            session.execute(update(SignedIn).where(SignedIn.secret_hash == kept).values(seen_at=now))
    return Signed(actor_of(person), row.form_key, person.must_change and not row.openid, kept)


def end_session(office: Office, signed: Signed) -> None:
    """Sign out."""
    with office.database.transaction() as session:
        session.execute(delete(SignedIn).where(SignedIn.secret_hash == signed.secret_hash))
        audit.write(session, signed.actor, office.clock(), "sign_out", subject(signed.actor.id))


def _is_over(office: Office, row: SignedIn, now: datetime) -> bool:
    idle = timedelta(minutes=office.settings.session_idle_minutes)
    return now >= row.ends_at or now - row.seen_at >= idle


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
