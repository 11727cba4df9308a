"""Tables of people: accounts, sessions, tokens of other systems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base, new_id


class Person(Base):
    """An account. It is never deleted, only closed: decisions and the audit point at it."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    organisation: Mapped[str] = mapped_column(String(500), default="")
    roles: Mapped[list[Any]]
    language: Mapped[str] = mapped_column(String(2), default="ru")
    password_hash: Mapped[str] = mapped_column(String(300), default="")
    issuer: Mapped[str | None] = mapped_column(Text)  # of an OpenID provider, and what it calls the person
    subject: Mapped[str | None] = mapped_column(String(255))
    closed: Mapped[bool] = mapped_column(default=False)
    must_change: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class SignedIn(Base):
    """A session of a browser; only the hash of its secret is kept."""

    __tablename__ = "sessions"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    form_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    openid: Mapped[bool] = mapped_column(default=False)  # signed in at the OpenID provider, not by a password


class Begun(Base):
    """A sign-in on its way to the OpenID provider and back, used once; of secrets of the browser only hashes."""

    __tablename__ = "begun_sign_ins"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(64))
    way: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[datetime] = mapped_column(index=True)


class Token(Base):
    """A token of another system, acting for the person; only its hash is kept."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Attempt(Base):
    """A failed attempt to sign in, for the rate limit; ``key`` is the hash of login or address."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
