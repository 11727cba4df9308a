"""Observation: one detector's word on an act as a whole – on a power, a reference, two units – before it is a finding.

A rule speaks of one provision (``Evidence``); a detector sees the act (``ActView``) and may name several places. What
it says in words is data of the pack: ``detectors/<detector>/texts.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.detection.finding import Edit, Kind
from nlp.norms.frame import FieldSpan
from nlp.reading.source import Notice
from nlp.structure.act import Provision

if TYPE_CHECKING:
    from nlp.detection.act_view import ActView

Blanks = Mapping[str, Mapping[str, str]]
"""Values of the blanks of a text: name → {"ru": …, "kk": …}."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one provision."""

    provision: Provision
    span: FieldSpan


@dataclass(frozen=True, slots=True)
class Observation:
    """``text`` is a key of the detector's texts, ``places`` are in the order in which they are to be shown, the leading
    one first. ``probability`` and ``impact`` are 0 where the factor's defaults hold; ``edits`` re-word the leading
    provision (none: the text's own instruction and wording are the recommendation). ``settles``: what a rule says of
    this factor there is answered, and there is no finding. ``apart``: a defect of its own, never joined to another of
    the same factor and norm."""

    detector: str
    text: str
    factor: str
    places: tuple[Place, ...]
    kind: Kind = Kind.ATTENTION
    strength: int = 1
    confidence: float = 0.5
    probability: int = 0
    impact: int = 0
    blanks: Blanks = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    reason: tuple[tuple[str, str], ...] = ()
    settles: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What the machine could not decide of one power and a person has to look up while reading (DESIGN 2).

    ``element`` names what is asked about (time_limit, grounds …); ``text`` is a key of the detector's texts under
    ``questions``.
    """

    detector: str
    element: str
    text: str
    place: Place
    blanks: Blanks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Detected:
    """All that one detector says of one text."""

    observations: tuple[Observation, ...] = ()
    questions: tuple[Question, ...] = ()
    notices: tuple[Notice, ...] = ()


Detector = Callable[["ActView"], Detected]
"""A detector is a pure function of the view of an act; it is built once for a pack (``nlp.detection.detectors``)."""
