"""Tables of the audit: a chain of entries that is only ever added to, and texts that may be erased beside it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base


class Entry(Base):
    """One entry. ``before``/``after`` are salted hashes of what was there: the chain holds no personal words."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(50))
    subject: Mapped[str] = mapped_column(String(100), index=True)  # «case:…», «person:…»
    before: Mapped[str] = mapped_column(String(64), default="")
    after: Mapped[str] = mapped_column(String(64), default="")
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class EntryText(Base):
    """What the hashes of an entry are of, with the salt. Erasing a row leaves the chain whole."""

    __tablename__ = "audit_texts"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
