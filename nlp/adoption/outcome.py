"""Outcome: what became of one recommendation, as a proposal with its evidence (DESIGN 3.7, methodology 1.7a)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.adoption.asked import Asked
from nlp.adoption.links import Link
from nlp.adoption.measure import Measures
from nlp.detection.finding import Finding
from nlp.structure.act import Act


class State(StrEnum):
    """Proposed states; a person confirms."""

    ADOPTED = "adopted"
    PARTLY = "adopted_partly"
    NOT_ADOPTED = "not_adopted"
    MOOT = "moot"  # the norm or the power itself is gone
    UNDECIDED = "undecided"  # a person is asked


class Reason(StrEnum):
    """Why a state is proposed; the words are in the message catalogues (``adoption.reason_…``)."""

    UNIT_GONE_AS_ASKED = "unit_gone_as_asked"
    DEFECT_GONE = "defect_gone"  # with the norm, though another way was asked
    CURED_ELSEWHERE = "cured_elsewhere"  # by a change of the other norm of two
    UNIT_GONE = "unit_gone"
    UNCHANGED = "unchanged"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    WORDING_THERE = "wording_there"
    PART_THERE = "part_there"
    STILL_FIRES = "still_fires"
    FLAGGED_CHANGED = "flagged_changed"
    FLAGGED_GONE = "flagged_gone"
    FLAGGED_STAYS = "flagged_stays"
    ELSEWHERE = "elsewhere"  # the recommended words stand in another unit
    TIE = "tie"
    NOT_FOUND = "not_found"  # the place in the draft
    OPEN = "open"  # the norm was changed, and nothing tells whether as was meant


@dataclass(frozen=True, slots=True)
class Quote:
    """A unit and words of it, offsets in the clean text."""

    address: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One recommendation. ``old`` and ``new``: the wording in the draft and in the adopted act (of a norm that is gone
    the unit in which it stood); ``recommended``: the norm as it was to read; ``fires``: findings of the same factor on
    the adopted units."""

    asked: Asked
    state: State
    reason: Reason
    confidence: float
    link: Link
    draft_unit: str = ""
    old: str = ""
    recommended: str = ""
    new: tuple[Quote, ...] = ()
    fires: tuple[Finding, ...] = ()
    measures: Measures | None = None
    closest: str = ""  # of a norm that is gone: the new unit that is somewhat like it


@dataclass(frozen=True, slots=True)
class Adoption:
    """All recommendations on one text, in the order given, and what is new in the adopted text."""

    language: str
    draft: Act
    adopted: Act
    outcomes: tuple[Outcome, ...]
    new_findings: tuple[Finding, ...] = ()
    foreign: bool = False
