"""Accounts of an OpenID provider: which account here somebody is, and sign-ins on their way to the provider and back.

An identity is what the issuer calls somebody (``subject``), never a name or an address, which may go to another person.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import MACHINE, Actor
from expertise.policy import DeniedError, require
from expertise.store.cases import NotFoundError
from expertise.store.people_tables import Begun, Person
from expertise.work.people import LONGEST_NAME, end_sessions, is_login, subject
from expertise.work.sign_ins import hash_of

LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A sign-in that was begun: what its token must say, what proves it, and the page wanted afterwards."""

    nonce: str
    verifier: str
    way: str


def begin(office: Office, state: str, browser: str, nonce: str, verifier: str, way: str) -> None:
    """Keep what was begun; ``browser``: the secret of the browser that began it."""
    now = office.clock()
    ends = now + timedelta(minutes=office.settings.openid_minutes)
    with office.database.transaction() as session:
        session.execute(delete(Begun).where(Begun.ends_at <= now))
        session.add(
            Begun(
                state_hash=hash_of(state), browser_hash=hash_of(browser), nonce=nonce, verifier=verifier, way=way,
                ends_at=ends,
            )
        )  # fmt: skip


def take(office: Office, state: str, browser: str) -> OnTheWay | None:
    """What was begun, this once; None when nothing was, by another browser, or too long ago."""
    with office.database.transaction() as session:
        row = session.get(Begun, hash_of(state), with_for_update=True)
        if row is None:
            return None
        session.delete(row)
        if row.ends_at <= office.clock() or not secrets.compare_digest(row.browser_hash, hash_of(browser)):
            return None
        return OnTheWay(row.nonce, row.verifier, row.way)


def person_of(
    office: Office, issuer: str, number: str, *, creates: bool, name: str = "", login: str = "", language: str = "ru"
) -> Person:
    """The account of whom the issuer calls ``number``.

    ``creates``: an unknown one gets an account without a role. Raises ``DeniedError`` for an identity that no account
    has, for a closed account, and for one without a role: it has nothing to see here.
    """
    with office.database.transaction() as session:
        rows = select(Person).where(Person.issuer == issuer, Person.subject == number)
        person = session.scalars(rows).first()
        if person is None and creates:
            person = _created(session, office, issuer, number, name, login, language)
    if person is None:
        raise DeniedError("expertise.identity_unknown", subject=number)
    if person.closed:
        raise DeniedError("expertise.account_closed")
    if not person.roles:
        raise DeniedError("expertise.account_without_roles")
    return person


def link(office: Office, actor: Actor, person_id: str, issuer: str, number: str) -> Person:
    """Whoever signs in at ``issuer`` as ``number`` is this account; an empty ``number`` takes that back.

    Sessions of the account end. Raises ``DeniedError``, ``NotFoundError``, ``CaseError`` (no number, somebody else's).
    """
    require(actor, "manage_people")
    number = number.strip()
    if len(number) > LONGEST_SUBJECT or not (number.isascii() and number.isprintable()):
        raise CaseError("expertise.bad_identity", limit=LONGEST_SUBJECT)
    with office.database.transaction() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotFoundError("expertise.no_person")
        rows = select(Person.id).where(Person.issuer == issuer, Person.subject == number, Person.id != person_id)
        if number and session.scalars(rows).first() is not None:
            raise CaseError("expertise.identity_taken")
        before = {"issuer": person.issuer, "subject": person.subject}
        person.issuer, person.subject = (issuer, number) if number else (None, None)
        end_sessions(session, person.id)
        after = {"issuer": person.issuer, "subject": person.subject}
        audit.write(session, actor, office.clock(), "link_identity", subject(person.id), before, after)
    return person


def _created(
    session: Session, office: Office, issuer: str, number: str, name: str, login: str, language: str
) -> Person:
    now = office.clock()
    person = Person(
        login=_free_login(session, login), name=(name or login or number)[:LONGEST_NAME], roles=[], language=language,
        issuer=issuer, subject=number, created_at=now,
    )  # fmt: skip
    session.add(person)
    session.flush()
    said = {"login": person.login, "name": person.name, "issuer": issuer, "subject": number}
    audit.write(session, MACHINE, now, "add_person", subject(person.id), None, said)
    return person


def _free_login(session: Session, wanted: str) -> str:
    wanted = wanted.strip().lower()
    taken = session.scalars(select(Person.id).where(Person.login == wanted)).first()
    return wanted if is_login(wanted) and taken is None else f"openid-{secrets.token_hex(6)}"
