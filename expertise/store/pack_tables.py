"""Tables of what methodologists change in the pack: an overlay as rows that are only ever added, and previews of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base
from expertise.store.job_columns import JobColumns


class PackChange(Base):
    """One change; never altered, never deleted. Its number is the version of the overlay that has it as the last."""

    __tablename__ = "pack_changes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))  # verify, unverify, off, on, reword, restore
    subject: Mapped[str] = mapped_column(String(200), index=True)  # id of a rule, or a basis: «factor:hash»
    said: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class PackPreview(JobColumns, Base):
    """A wish to see what a change would do to the findings of some cases; ``result``: by number of the case."""

    __tablename__ = "pack_previews"

    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    said: Mapped[dict[str, Any]]
    cases: Mapped[list[Any]]  # ids
    result: Mapped[dict[str, Any]]
