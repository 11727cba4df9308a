"""Evidence and Finding: one detector's word, and what an expert reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from nlp.norms.frame import FieldSpan

MODEL: Final = "model"
"""The trained classifier as a detector, in evidence."""


class Kind(StrEnum):
    """*remark* «замечание» needs actor, decision and a missing element; anything less asks for *attention*
    («требует внимания эксперта»), methodology 10.9."""

    REMARK = "remark"
    ATTENTION = "attention"


class Severity(StrEnum):
    """Probability × impact, methodology 4.4."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One detector's word on one provision.

    ``strength`` is 1 (borderline) or 2 (an expert would write it); ``reason`` is machine-readable: which phrase and
    which conditions of the frame decided.
    """

    detector: str  # rule id
    version: str
    factor: str
    spans: tuple[FieldSpan, ...]
    strength: int
    confidence: float
    reason: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace [start, end) of a field by ``text``."""

    span: FieldSpan
    text: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Proposed wording: this very norm re-worded. ``wording`` is the whole new text; "" means: exclude the unit."""

    language: str
    action: str  # replace | delete | supplement
    instruction: str  # «подпункт 4) пункта 8 Проекта исключить» / in words, for the conclusion
    wording: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a finding is shown: offsets in the source's clean text and the quoted words."""

    address: str
    citation: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class ChangedWording:
    """The norm before and after the draft, for findings on amendments with the wording in force and on table rows.

    ``unit`` cites the unit in the amended act. Spans are offsets of ``after`` (``new``, ``marked``: what the finding is
    about) and of ``before`` (``gone``). ``before`` is "" for a new norm, ``after`` for one that is struck out.
    """

    act: str
    unit: str
    heading: str
    lead: str
    before: str
    after: str
    new: tuple[tuple[int, int], ...]
    gone: tuple[tuple[int, int], ...]
    marked: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal ground. ``verified`` is empty for [B]/[D] statements: these show their mark and stay out of documents
    that are sent."""

    text: str
    mark: str  # "S0".."S4", "R:n", "R2:n", "B", "D"
    verified: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Evidence joined: what is wrong with this norm, why it matters, what to write instead.

    ``id`` = hash(factor, unit fingerprint, anchor words, k-th equal) (DESIGN 3.7): stable when numbers change.
    """

    id: str
    factor: str
    kind: Kind
    strength: int
    confidence: float
    severity: Severity
    probability: int
    impact: int
    provision: str  # Provision.id
    language: str
    marks: tuple[Mark, ...]
    explanation: str
    risk: str
    recommendation: Recommendation | None
    basis: tuple[Basis, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    also_at: tuple[str, ...] = field(default=())  # addresses of further units with the same norm
    change: ChangedWording | None = None
    counterpart: str = ""  # id of the finding on the same defect in the other authentic text
