"""Tokens with which other systems act for an account: given once, kept as a hash, ended by date or by hand."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from expertise import audit
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.cases import NotFoundError
from expertise.store.people_tables import Person, Token
from expertise.work.people import actor_of, subject
from expertise.work.sign_ins import Signed, fresh_secret, hash_of

PREFIX = "srp_"
"""So that a token that lies about in some log is known for one."""
LONGEST_NAME = 200


def give_token(office: Office, actor: Actor, person_id: str, name: str, days: int | None = None) -> tuple[str, Token]:
    """A token for the account and its secret, which is told this once. Without ``days`` it lasts as long as it may.

    Raises ``DeniedError``, ``NotFoundError`` (no such account, or closed), ``CaseError`` (no name, too many days).
    """
    require(actor, "manage_tokens")
    now, secret = office.clock(), PREFIX + fresh_secret()
    days = office.settings.token_days if days is None else days
    if not 1 <= days <= office.settings.token_days:
        raise CaseError("expertise.token_days", limit=office.settings.token_days)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise CaseError("expertise.token_name", limit=LONGEST_NAME)
    with office.database.transaction() as session:
        person = session.get(Person, person_id)
        if person is None or person.closed:
            raise NotFoundError("expertise.no_person")
        ends = now + timedelta(days=days)
        row = Token(person_id=person.id, name=name, secret_hash=hash_of(secret), created_at=now, ends_at=ends)
        session.add(row)
        session.flush()
        said = {"token": row.id, "name": name, "ends_at": ends.isoformat()}
        audit.write(session, actor, now, "give_token", subject(person.id), None, said)
    return secret, row


def list_tokens(office: Office, actor: Actor, person_id: str = "") -> tuple[Token, ...]:
    """All tokens, or those of one account, the last given first; never their secrets."""
    require(actor, "manage_tokens")
    query = select(Token).order_by(Token.created_at.desc(), Token.id)
    with office.database.reading() as session:
        return tuple(session.scalars(query.where(Token.person_id == person_id) if person_id else query))


def revoke_token(office: Office, actor: Actor, token_id: str) -> Token:
    """The token no longer opens anything. Revoking twice changes nothing."""
    require(actor, "manage_tokens")
    now = office.clock()
    with office.database.transaction() as session:
        row = session.get(Token, token_id)
        if row is None:
            raise NotFoundError("expertise.no_token")
        if row.revoked_at is None:
            row.revoked_at = now
            audit.write(session, actor, now, "revoke_token", subject(row.person_id), {"token": row.id}, None)
    return row


def by_token(office: Office, secret: str) -> Signed | None:
    """For whom this token acts; None when there is none, it ended, or the account is closed."""
    now = office.clock()
    with office.database.reading() as session:
        row = session.scalars(select(Token).where(Token.secret_hash == hash_of(secret))).first()
        person = session.get(Person, row.person_id) if row else None
    if row is None or person is None or person.closed or row.revoked_at is not None:
        return None
    if row.ends_at is not None and now >= row.ends_at:
        return None
    return Signed(actor_of(person), "", False)
