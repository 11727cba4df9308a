"""Tables of what is checked outside of cases: a person's own preliminary checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base
from expertise.store.job_columns import JobColumns


class OwnCheck(JobColumns, Base):
    """A draft that somebody has checked for themselves. Its files lie in a folder of this person alone."""

    __tablename__ = "own_checks"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))  # of the first file
    files: Mapped[list[Any]]  # {name, sha256, size} of each text
    options: Mapped[dict[str, Any]]
    result: Mapped[str] = mapped_column(String(64), default="")  # sha256 of the JSON in the person's folder
    documents: Mapped[dict[str, Any]]  # language → sha256 of the preliminary check as data
    summary: Mapped[dict[str, Any]]


class CheckDay(Base):
    """How many checks a person has asked for on a day, those deleted since included."""

    __tablename__ = "check_days"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
