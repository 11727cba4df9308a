"""Signing in with a password, and changing one's own.

Nobody learns from the answer or from how long it takes whether there is such a login: an unknown login, a closed
account, one without a password and a wrong password are one error after the same work.
"""

from __future__ import annotations

from api.accounts.passwords import check_password
from api.problems import ApiError
from api.service import Desk
from expertise.case.states import CaseError
from expertise.work.people import change_password, own_account, refresh_hash
from expertise.work.sign_ins import Signed, begin_session, by_login, forget_tries, note_try


def sign_in(desk: Desk, login: str, password: str, address: str, old_secret: str = "") -> tuple[str, Signed]:
    """The secret of a new session, for the cookie, and who is signed in.

    ``old_secret``: of the session this browser had; it ends. Raises ``ApiError`` (401), ``TooManyTriesError``.
    """
    noted = note_try(desk.office, login, address)
    person = by_login(desk.office, login)
    kept = person.password_hash if person else ""
    if not desk.passwords.is_right(kept, password) or person is None:
        raise ApiError(401, "api.wrong_password")
    forget_tries(desk.office, login, noted)
    if desk.passwords.is_old(kept):
        refresh_hash(desk.office, person.id, desk.passwords.hash(password))
    return begin_session(desk.office, person, old_secret)


def change_own_password(desk: Desk, signed: Signed, old: str, new: str, address: str) -> tuple[str, Signed]:
    """All sessions of the person end; the answer is a new one for this browser.

    Raises ``CaseError`` for a new password that is none, ``ApiError`` when the old one is wrong, ``TooManyTriesError``.
    """
    person = own_account(desk.office, signed.actor)
    check_password(desk.office, new, person.login)
    if new == old:
        raise CaseError("api.password_unchanged")
    noted = note_try(desk.office, person.login, address)
    if not desk.passwords.is_right(person.password_hash, old):
        raise ApiError(422, "api.old_password_wrong")
    forget_tries(desk.office, person.login, noted)
    changed = change_password(desk.office, signed.actor, desk.passwords.hash(new))
    return begin_session(desk.office, changed)
