"""Tables of reports: what every issued conclusion counts, frozen when it was issued; certificates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base, new_id


class IssuedRow(Base):
    """A conclusion that was sent, and what it counts; written in the transaction that sends it, never changed.

    ``counted``: factors and recommendations with numbers of findings (``expertise.case.counting``): the stored whole
    that shares of adopted recommendations are of.
    """

    __tablename__ = "issued"

    conclusion_id: Mapped[str] = mapped_column(ForeignKey("conclusions.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    round: Mapped[int]
    issued_on: Mapped[date] = mapped_column(index=True)
    body: Mapped[str] = mapped_column(Text)
    sphere: Mapped[str] = mapped_column(String(50))
    act_form: Mapped[str] = mapped_column(String(50))
    restricted: Mapped[bool]
    factors: Mapped[int]
    recommendations: Mapped[int]
    counted: Mapped[dict[str, Any]]

    __table_args__ = (UniqueConstraint("case_id", "round", name="uq_issued_round"),)


class CertificateRow(Base):
    """A certificate that was drawn up, frozen: its content, and every file made of it by hash."""

    __tablename__ = "certificates"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # factors, adoption
    first: Mapped[date]
    last: Mapped[date]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, Any]]  # «ru.docx» → sha256
    made_by: Mapped[str] = mapped_column(String(32), index=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    once_key: Mapped[str | None] = mapped_column(String(64), unique=True)  # hash of who asked, and of the key sent
