"""Tables of similar drafts: fingerprints of texts, their families, the base expertise of a family, what was taken over.

A fingerprint holds hashes of norms, not their words. Bands are how members of a family are looked up; norms of a family
tell in how many families a norm stands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from expertise.store.base import Base, new_id


class FingerprintRow(Base):
    """One text of a case as it was examined last. ``family_id`` is one for all texts of a case; ``units``: addresses of
    the norms that were looked at, in their order; ``content``: the fingerprint in base64."""

    __tablename__ = "fingerprints"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    family_id: Mapped[str] = mapped_column(String(32), index=True)
    text_sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    units: Mapped[list[Any]]
    entered_at: Mapped[datetime]  # into the family: the first of a family is the one all others are compared with
    made_at: Mapped[datetime]


class FingerprintBand(Base):
    """A key under which a text is found."""

    __tablename__ = "fingerprint_bands"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    family_id: Mapped[str] = mapped_column(String(32))

    __table_args__ = (Index("ix_fingerprint_bands_key", "key", "family_id"),)


class FamilyNorm(Base):
    """A norm that some text of a family has."""

    __tablename__ = "family_norms"

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    family_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class FamilyBase(Base):
    """The case whose expertise a coordinator has chosen as the base of a family; each chooses for their own."""

    __tablename__ = "family_bases"

    family_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    coordinator_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]


class TakenOver(Base):
    """A decision of a base expertise that the coordinator has put before the expert as a proposal; no decision itself.

    ``finding_id``: of this case, "" where the base has a finding that the machine did not make here. ``said``: what the
    proposal says in place of the machine; ``unit``: address here; ``made_by``: which pass linked the two.
    """

    __tablename__ = "taken_over"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    finding_id: Mapped[str] = mapped_column(String(64))
    base_case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    base_finding_id: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(20))
    said: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(10))
    unit: Mapped[str] = mapped_column(String(300))
    quote: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[str] = mapped_column(String(20))
    same_words: Mapped[bool]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("case_id", "round", "base_case_id", "base_finding_id", name="uq_taken_over_once"),
    )
