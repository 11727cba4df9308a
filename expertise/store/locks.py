"""What only one transaction may do at a time, until it ends.

PostgreSQL waits by an advisory lock; SQLite has one writer anyway.
"""

from __future__ import annotations

from enum import IntEnum, unique

from sqlalchemy import text
from sqlalchemy.orm import Session


@unique
class Lock(IntEnum):
    """Numbers that no other advisory lock of the database has."""

    AUDIT = 7_303_014_100
    CASE_NUMBERS = 7_303_014_101
    CERTIFICATE_NUMBERS = 7_303_014_102
    FAMILIES = 7_303_014_103
    PACK_CHANGES = 7_303_014_120


def hold(session: Session, lock: Lock) -> None:
    """Wait until no other transaction holds ``lock``, and hold it to the end of this one."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(lock)})
