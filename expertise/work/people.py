"""Accounts: somebody is added, gets other roles or another password, is closed. An account is never deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import CaseError
from expertise.messages import LANGUAGES
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import require
from expertise.store.cases import NotFoundError
from expertise.store.people_tables import Person, SignedIn, Token

LONGEST_NAME = 300
LONGEST_ORGANISATION = 500
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,99}")


def add_person(
    office: Office,
    actor: Actor,
    login: str,
    name: str,
    roles: Iterable[Role],
    password_hash: str,
    *,
    organisation: str = "",
    language: str = "ru",
    must_change: bool = True,
) -> Person:
    """A new account. ``must_change``: its first password was made up by somebody else.

    Raises ``DeniedError``, ``CaseError`` (the login is taken or no login, no name, no role, unknown language).
    """
    require(actor, "manage_people")
    now = office.clock()
    with office.database.transaction() as session:
        login = _free_login(session, login)
        person = Person(
            login=login,
            name=_name(name),
            organisation=_organisation(organisation),
            roles=_roles(roles),
            language=_language(language),
            password_hash=password_hash,
            must_change=must_change,
            created_at=now,
        )
        session.add(person)
        session.flush()
        audit.write(session, actor, now, "add_person", subject(person.id), None, _facts(person))
    return person


def change_person(
    office: Office,
    actor: Actor,
    person_id: str,
    *,
    name: str | None = None,
    organisation: str | None = None,
    roles: Iterable[Role] | None = None,
    language: str | None = None,
) -> Person:
    """What is not given stays. New roles hold from the next request on. Raises as ``add_person``, ``NotFoundError``."""
    require(actor, "manage_people")
    with office.database.transaction() as session:
        person = _person(session, person_id)
        before = _facts(person)
        if name is not None:
            person.name = _name(name)
        if organisation is not None:
            person.organisation = _organisation(organisation)
        if roles is not None:
            person.roles = _roles(roles)
        if language is not None:
            person.language = _language(language)
        _require_an_administrator(session)
        audit.write(session, actor, office.clock(), "change_person", subject(person.id), before, _facts(person))
    return person


def close_person(office: Office, actor: Actor, person_id: str) -> Person:
    """Nobody signs in with the account any more; sessions and tokens end at once. Closing twice changes nothing."""
    require(actor, "manage_people")
    now = office.clock()
    with office.database.transaction() as session:
        person = _person(session, person_id)
        if person.closed:
            return person
        before = _facts(person)
        person.closed = True
        _require_an_administrator(session)
        end_sessions(session, person.id)
        alive = update(Token).where(Token.person_id == person.id, Token.revoked_at.is_(None))
        session.execute(alive.values(revoked_at=now))
        audit.write(session, actor, now, "close_person", subject(person.id), before, _facts(person))
    return person


def open_person(office: Office, actor: Actor, person_id: str) -> Person:
    """A closed account is in use again; its tokens stay revoked."""
    require(actor, "manage_people")
    with office.database.transaction() as session:
        person = _person(session, person_id)
        if person.closed:
            before = _facts(person)
            person.closed = False
            audit.write(session, actor, office.clock(), "open_person", subject(person.id), before, _facts(person))
    return person


def give_password(office: Office, actor: Actor, person_id: str, password_hash: str) -> Person:
    """A password made up by an administrator: sessions end, and the person must choose another at the next sign-in."""
    require(actor, "manage_people")
    return _set_password(office, actor, person_id, password_hash, "give_password", must_change=True)


def change_password(office: Office, actor: Actor, password_hash: str) -> Person:
    """The actor's own new password; all their sessions end, this one too."""
    require(actor, "see_own_account")
    return _set_password(office, actor, actor.id, password_hash, "change_password", must_change=False)


def refresh_hash(office: Office, person_id: str, password_hash: str) -> None:
    """The same password under newer parameters of the hash; nothing anybody could see changes."""
    with office.database.transaction() as session:
        session.execute(update(Person).where(Person.id == person_id).values(password_hash=password_hash))


def choose_language(office: Office, actor: Actor, language: str) -> None:
    """The language in which the service speaks to the actor."""
    require(actor, "see_own_account")
    with office.database.transaction() as session:
        _person(session, actor.id).language = _language(language)


def own_account(office: Office, actor: Actor) -> Person:
    """The actor's own account."""
    require(actor, "see_own_account")
    with office.database.reading() as session:
        return _person(session, actor.id)


@dataclass(frozen=True, slots=True)
class People:
    """Part of the list of accounts."""

    people: tuple[Person, ...]
    total: int


def list_people(
    office: Office, actor: Actor, *, words: str = "", role: Role | None = None, offset: int = 0, limit: int = 50
) -> People:
    """Accounts by name. Raises ``DeniedError``."""
    require(actor, "see_people")
    with office.database.reading() as session:
        query = select(Person).where(*_narrowed(words))
        found = list(session.scalars(query.order_by(func.lower(Person.name), Person.id)))
        held = [person for person in found if role is None or role.value in person.roles]
        return People(tuple(held[offset : offset + limit]), len(held))


def get_person(office: Office, actor: Actor, person_id: str) -> Person:
    """One account. Raises ``DeniedError``, ``NotFoundError``."""
    require(actor, "see_people")
    with office.database.reading() as session:
        return _person(session, person_id)


def find_login(office: Office, actor: Actor, login: str) -> Person:
    """The account with this login. Raises ``DeniedError``, ``NotFoundError``."""
    require(actor, "see_people")
    with office.database.reading() as session:
        found = session.scalars(select(Person).where(Person.login == login.strip().lower())).first()
    if found is None:
        raise NotFoundError("expertise.no_person")
    return found


def actor_of(person: Person) -> Actor:
    """Whoever acts with this account."""
    return Actor(person.id, person.name, frozenset(Role(name) for name in person.roles), person.language)


def end_sessions(session: Session, person_id: str) -> None:
    """All browsers of the person are signed out."""
    session.execute(delete(SignedIn).where(SignedIn.person_id == person_id))


def subject(person_id: str) -> str:
    """How the audit names a person."""
    return f"person:{person_id}"


def _set_password(
    office: Office, actor: Actor, person_id: str, password_hash: str, action: str, *, must_change: bool
) -> Person:
    with office.database.transaction() as session:
        person = _person(session, person_id)
        person.password_hash, person.must_change = password_hash, must_change
        end_sessions(session, person.id)
        audit.write(session, actor, office.clock(), action, subject(person.id))
    return person


def _person(session: Session, person_id: str) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFoundError("expertise.no_person")
    return person


def _require_an_administrator(session: Session) -> None:
    """Whoever locks the last administrator out could not undo it."""
    session.flush()
    roles = session.scalars(select(Person.roles).where(Person.closed.is_(False)))
    if not any(Role.ADMINISTRATOR.value in held for held in roles):
        raise CaseError("expertise.last_administrator")


def is_login(words: str) -> bool:
    """Whether an account could have this login."""
    return bool(_LOGIN.fullmatch(words))


def _free_login(session: Session, login: str) -> str:
    wanted = login.strip().lower()
    if not is_login(wanted):
        raise CaseError("expertise.bad_login")
    if session.scalars(select(Person.id).where(Person.login == wanted)).first() is not None:
        raise CaseError("expertise.login_taken", login=wanted)
    return wanted


def _name(words: str) -> str:
    name = " ".join(words.split())
    if not name or len(name) > LONGEST_NAME:
        raise CaseError("expertise.bad_name", limit=LONGEST_NAME)
    return name


def _organisation(words: str) -> str:
    name = " ".join(words.split())
    if len(name) > LONGEST_ORGANISATION:
        raise CaseError("expertise.bad_organisation", limit=LONGEST_ORGANISATION)
    return name


def _roles(roles: Iterable[Role]) -> list[str]:
    held = set(roles)
    if not held:
        raise CaseError("expertise.no_roles")
    return [role.value for role in Role if role in held]


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise CaseError("expertise.unknown_language")
    return language


def _facts(person: Person) -> dict[str, object]:
    return {
        "login": person.login,
        "name": person.name,
        "organisation": person.organisation,
        "roles": list(person.roles),
        "language": person.language,
        "closed": bool(person.closed),
    }


def _narrowed(words: str) -> list[ColumnElement[bool]]:
    words = words.strip()
    if not words:
        return []
    like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return [or_(Person.name.ilike(like, escape="\\"), Person.login.ilike(like, escape="\\"))]
