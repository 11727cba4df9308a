"""Tables of adoption: later texts of an act, what the machine proposes of them, what people decide and say.

Nothing here is ever changed but a text that gets its other language or is withdrawn: runs, proposals, decisions and
comments are only added to.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base, new_id


class LaterText(Base):
    """A later version of the draft or the adopted act, in one or two files (``files``: ids of ``CaseFile``).

    ``act_number``, ``act_date``: those of the adopted act. ``withdrawn_at``: it was the wrong one; it stays kept.
    """

    __tablename__ = "later_texts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))  # later, adopted
    act_number: Mapped[str] = mapped_column(Text, default="")
    act_date: Mapped[date | None]
    files: Mapped[list[Any]]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class AdoptionRun(Base):
    """One comparison of the draft with a later text. One per text, conclusion and examination: a job that runs twice
    leaves one.

    ``redline``: language of the interface → sha256 of the page's body; ``new_findings``: findings of the later text
    that the draft did not have; ``notices``: codes with params of what is to be known of the comparison.
    """

    __tablename__ = "adoption_runs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    later_id: Mapped[str] = mapped_column(ForeignKey("later_texts.id"), index=True)
    conclusion_id: Mapped[str] = mapped_column(ForeignKey("conclusions.id"), index=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    versions: Mapped[dict[str, Any]]
    redline: Mapped[dict[str, Any]]
    new_findings: Mapped[list[Any]]
    notices: Mapped[list[Any]]
    made_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("later_id", "conclusion_id", "examination_id", name="uq_adoption_runs_once"),
        Index("ix_adoption_runs_case_round", "case_id", "round"),
    )


class AdoptionProposal(Base):
    """What the machine proposes of one recommendation: ``number`` is that of the conclusion.

    ``sureness``: of a hundred. ``evidence``: language of the text → wordings, unit, what still fires, the link.
    """

    __tablename__ = "adoption_proposals"

    run_id: Mapped[str] = mapped_column(ForeignKey("adoption_runs.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    finding_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))  # adopted, in_part, not_adopted, moot, undecided
    reason: Mapped[str] = mapped_column(String(40))
    sureness: Mapped[int]
    evidence: Mapped[dict[str, Any]]


class AdoptionDecisionRow(Base):
    """What a person decided of one recommendation. The last one that was not taken back stands.

    ``run_id``: whose proposal was before their eyes, none where nothing was proposed; ``proposed``: its state then.
    """

    __tablename__ = "adoption_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    conclusion_id: Mapped[str] = mapped_column(ForeignKey("conclusions.id"), index=True)
    number: Mapped[int]
    finding_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(Text, default="")
    run_id: Mapped[str | None] = mapped_column(ForeignKey("adoption_runs.id"))
    proposed: Mapped[str] = mapped_column(String(20), default="")
    taken_back: Mapped[bool] = mapped_column(default=False)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class AdoptionComment(Base):
    """What an expert of the case says of one recommendation's adoption; never changed."""

    __tablename__ = "adoption_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    conclusion_id: Mapped[str] = mapped_column(ForeignKey("conclusions.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
