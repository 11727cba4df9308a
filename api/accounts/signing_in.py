"""Signing in with a password, and changing one's own.

Nobody learns from the answer or from how long it takes whether there is such a login: an unknown login, a closed
account, one without a password and a wrong password are one error after the same work.
"""

from __future__ import annotations

from api.accounts.openid_settings import SignIn
from api.accounts.passwords import check_password
from api.problems import ApiError
from api.service import Desk
from expertise.case.states import CaseError
from expertise.people import Role
from expertise.store.people_tables import Person
from expertise.work.people import change_password, own_account, refresh_hash
from expertise.work.sign_ins import Signed, begin_session, by_login, forget_tries, note_try


def has_password(ways: SignIn, person: Person) -> bool:
    """Whether a password opens this account; where passwords are off, only that of the emergency administrator does."""
    return ways.passwords or (ways.takes_password(person.login) and Role.ADMINISTRATOR.value in person.roles)


def sign_in(desk: Desk, login: str, password: str, address: str, old_secret: str = "") -> tuple[str, Signed]:
    """The secret of a new session, for the cookie, and who is signed in.

    ``old_secret``: of the session this browser had; it ends. Raises ``ApiError`` (401), ``TooManyTriesError``.
    """
    noted, ways = note_try(desk.office, login, address), desk.reach.sign_in
    person = by_login(desk.office, login)
    if person and not has_password(ways, person):
        person = None
    kept = person.password_hash if person else ""
    if not desk.passwords.is_right(kept, password) or person is None:
        raise ApiError(401, "api.wrong_password" if ways.passwords else "api.passwords_off")
    forget_tries(desk.office, login, noted)
    if desk.passwords.is_old(kept):
        refresh_hash(desk.office, person.id, desk.passwords.hash(password))
    return begin_session(desk.office, person, old_secret)


def change_own_password(desk: Desk, signed: Signed, old: str, new: str, address: str) -> tuple[str, Signed]:
    """All sessions of the person end; the answer is a new one for this browser.

    Raises ``CaseError`` for a new password that is none, ``ApiError`` when the old one is wrong, ``TooManyTriesError``.
    """
    person = own_account(desk.office, signed.actor)
    if not has_password(desk.reach.sign_in, person):
        raise ApiError(403, "api.passwords_off")
    check_password(desk.office, new, person.login)
    if new == old:
        raise CaseError("api.password_unchanged")
    noted = note_try(desk.office, person.login, address)
    if not desk.passwords.is_right(person.password_hash, old):
        raise ApiError(422, "api.old_password_wrong")
    forget_tries(desk.office, person.login, noted)
    changed = change_password(desk.office, signed.actor, desk.passwords.hash(new))
    return begin_session(desk.office, changed)


def first_password(desk: Desk, login: str, password: str) -> str:
    """The hash of a first password; empty where this login has none at all. Raises ``CaseError``."""
    if not password and not desk.reach.sign_in.takes_password(login):
        return ""
    check_password(desk.office, password, login)
    return desk.passwords.hash(password)
