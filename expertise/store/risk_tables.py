"""Tables of what is made of confirmed risks: the experts' ratings, measures against them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base


class RiskRatingRow(Base):
    """A rating by an expert; never changed, a later one of the same finding counts instead."""

    __tablename__ = "risk_ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    round: Mapped[int]
    finding_id: Mapped[str] = mapped_column(String(64))
    probability: Mapped[int]
    impact: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_risk_ratings_case_round", "case_id", "round"),)


class MeasureRow(Base):
    """What is to be done about one finding of a conclusion: the row of the plan of measures; "" – nobody has said."""

    __tablename__ = "measures"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    measure: Mapped[str] = mapped_column(Text, default="")
    responsible: Mapped[str] = mapped_column(Text, default="")
    term: Mapped[str] = mapped_column(Text, default="")
    completion: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
