"""Tables of cases: the case, its files, who sits in it, how it moved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base, new_id
from expertise.store.job_columns import JobColumns


class Case(Base):
    """One draft under expertise. ``number`` is «2026-0001»; ``round`` counts repeat expertises from 1."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20), default="draft", index=True)  # draft, act_in_force
    state: Mapped[str] = mapped_column(String(20), index=True)
    round: Mapped[int] = mapped_column(default=1)
    coordinator_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    developer_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    requisites: Mapped[dict[str, Any]]
    deadline: Mapped[date | None] = mapped_column(index=True)
    answer_due: Mapped[date | None] = mapped_column(index=True)  # of the developer, once the conclusion is sent
    answer_reminded_at: Mapped[datetime | None]  # when it was told that the term is near
    blind: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (two people never overwrite each other silently)


class SeatRow(Base):
    """An expert in a case. ``declared_at``: the statement that there is no conflict of interest."""

    __tablename__ = "seats"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(String(20), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    assigned_by: Mapped[str] = mapped_column(String(32))
    assigned_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class CaseFile(Base):
    """A file of a case. It is kept whatever became of it: ``status`` and ``reason`` say so."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # text, table, base, note, previous, letter, material, later, adopted
    name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))  # kept, read, failed
    reason: Mapped[dict[str, Any] | None]
    withdrawn_at: Mapped[datetime | None]
    uploaded_by: Mapped[str] = mapped_column(String(32))
    uploaded_at: Mapped[datetime]


class Move(Base):
    """One transition: who moved the case, when and why."""

    __tablename__ = "moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    transition: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class Analysis(JobColumns, Base):
    """A wish to have the texts of a case examined, and what became of it."""

    __tablename__ = "analyses"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    dossier_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[list[Any]]
    options: Mapped[dict[str, Any]]
    later_id: Mapped[str | None] = mapped_column(ForeignKey("later_texts.id"), index=True)  # not the draft but this
    examination_id: Mapped[str | None] = mapped_column(ForeignKey("examinations.id"))

    __table_args__ = (Index("ix_analyses_case_round", "case_id", "round"),)


class ExaminationRow(Base):
    """The machine's result. One per case, round, texts and versions: a job that runs twice leaves one."""

    __tablename__ = "examinations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    dossier_hash: Mapped[str] = mapped_column(String(64))
    versions_hash: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(64))  # sha256 of the JSON among the kept files
    texts: Mapped[str] = mapped_column(String(64))  # sha256 of the texts as read, for showing and marking
    summary: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("case_id", "round", "dossier_hash", "versions_hash", name="uq_examinations_once"),
    )


class FindingRow(Base):
    """A finding of a case: the machine's (by its id within the text) or an expert's own."""

    __tablename__ = "findings"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    examination_id: Mapped[str | None] = mapped_column(ForeignKey("examinations.id"))  # the last that has it
    added_by: Mapped[str] = mapped_column(String(32), default="")  # "" – the machine
    added_as: Mapped[str] = mapped_column(String(20), default="")  # the seat of who added it
    position: Mapped[int]
    content: Mapped[dict[str, Any]]


class DecisionRow(Base):
    """One decision; never changed, never deleted."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    finding_id: Mapped[str] = mapped_column(String(64))
    seat: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20))
    said: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text, default="")
    taken_back: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class ReadChapter(Base):
    """A chapter that a seat has read, or an answered question about a power."""

    __tablename__ = "chapters_read"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class ConclusionRow(Base):
    """A conclusion that was drawn up, frozen: the content, and every file made of it by hash."""

    __tablename__ = "conclusions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    number: Mapped[str] = mapped_column(String(50))
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, Any]]  # «ru.docx» → sha256
    audit_head: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]  # when the case was sent back


class SignatureRow(Base):
    """A detached signature of one file of a conclusion; it is kept as it came and not judged here."""

    __tablename__ = "signatures"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    conclusion_id: Mapped[str] = mapped_column(ForeignKey("conclusions.id"), index=True)
    signs: Mapped[str] = mapped_column(String(50))  # «ru.pdf»
    name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
