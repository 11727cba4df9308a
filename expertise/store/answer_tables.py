"""Tables of the developer's answers: sheets – drafts and submissions –, positions on recommendations, comments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base, new_id


class AnswerSheet(Base):
    """Positions on all recommendations of one conclusion. ``number`` is none while it is somebody's draft.

    A submission is never changed; a later one stands beside it. ``on_behalf``: it came on paper, and somebody else than
    the developer entered it. ``questions``: cells of an uploaded file that were not clear. ``files``: the filled forms
    as they came (name, sha256, size, at), in that order.
    """

    __tablename__ = "answer_sheets"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    conclusion_id: Mapped[str] = mapped_column(ForeignKey("conclusions.id"), index=True)
    number: Mapped[int | None]
    on_behalf: Mapped[bool]
    signed_by: Mapped[str] = mapped_column(Text, default="")
    post: Mapped[str] = mapped_column(Text, default="")
    letter_number: Mapped[str] = mapped_column(Text, default="")
    letter_date: Mapped[date | None]
    questions: Mapped[list[Any]]
    files: Mapped[list[Any]]
    by: Mapped[str] = mapped_column(String(32), index=True)
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("conclusion_id", "number", name="uq_answer_sheets_number"),)


class Answer(Base):
    """The position on one recommendation: ``number`` is that of the conclusion, ``finding_id`` its finding."""

    __tablename__ = "answers"

    sheet_id: Mapped[str] = mapped_column(ForeignKey("answer_sheets.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[str] = mapped_column(String(64))
    position: Mapped[str] = mapped_column(String(20))  # accepted, in_part, rejected
    wording: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class AnswerComment(Base):
    """What an expert says to a position that was not accepted in full; never changed."""

    __tablename__ = "answer_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[str] = mapped_column(ForeignKey("answer_sheets.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
