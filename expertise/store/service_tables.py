"""Tables of the service itself: hooks of other systems, requests that must not be done twice, settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base, new_id


class Hook(Base):
    """An address that is told of events; ``secret`` signs what is sent."""

    __tablename__ = "hooks"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    url: Mapped[str] = mapped_column(String(1000))
    secret: Mapped[str] = mapped_column(String(100))
    events: Mapped[list[Any]]
    created_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class Delivery(Base):
    """One message for one hook, with what became of it."""

    __tablename__ = "deliveries"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    hook_id: Mapped[str] = mapped_column(ForeignKey("hooks.id"), index=True)
    event: Mapped[str] = mapped_column(String(50))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), index=True)  # waiting, done, failed
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(200), default="")


class Once(Base):
    """A request with an idempotency key: the same key with the same body gets the same answer."""

    __tablename__ = "once"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)  # person and key
    body_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(index=True)


class WorkerRow(Base):
    """A worker, with the moment it was last alive."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
