"""Passwords: what one must be like, and Argon2id over it."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from expertise.case.states import CaseError

if TYPE_CHECKING:
    from expertise.office import Office

LONGEST = 200


def check_password(office: Office, password: str, login: str) -> None:
    """Raises ``CaseError`` when a new password is too short, too long, or the login itself."""
    least = office.settings.password_characters
    if not least <= len(password) <= LONGEST:
        raise CaseError("api.password_length", least=least, most=LONGEST)
    if password.strip().lower() == login.strip().lower():
        raise CaseError("api.password_is_login")


class Passwords:
    """Hashes passwords and judges them, at most so many at once: each takes 64 MiB for a moment.

    The parameters are those RFC 9106 recommends for machines with little memory (argon2-cffi's defaults).
    """

    def __init__(self, at_once: int, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = threading.BoundedSemaphore(at_once)
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """The hash with its salt and parameters, as text."""
        with self._room:
            return self._hasher.hash(password)

    def is_right(self, kept: str, password: str) -> bool:
        """Whether the password is the one of ``kept``. An empty ``kept`` costs the same work and is never right."""
        with self._room:
            try:
                right = self._hasher.verify(kept or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return right and bool(kept)

    def is_old(self, kept: str) -> bool:
        """Whether ``kept`` was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)
