"""What the corpora hold, as immutable records.

Reads: nothing. Writes: the types that the readers build and that evaluation and training consume.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

KAZAKH_TEXT_SUFFIX = "_kz"
ENRICHED = "enriched"


@dataclass(frozen=True, slots=True)
class Label:
    """One factor in one provision: strength 2 = an expert would write it, 1 = borderline (guideline, «Strength»)."""

    factor: str
    strength: int
    quote: str


@dataclass(frozen=True, slots=True)
class AnnotatedProvision:
    """A provision with its labels; most provisions carry none.

    ``weight`` = how many provisions of its stratum in the pool this one stands for; 0 in the stratum ``enriched``,
    which was drawn for suspicious wording and is left out of rates. ``annotator`` is who labelled it, empty where it
    is not said; a provision may stand in a corpus once for each annotator (``corpora.annotators`` makes one of them).
    """

    id: str
    language: str
    act: str
    heading: str
    path: str
    lead: str
    text: str
    labels: tuple[Label, ...]
    stratum: str
    weight: float
    annotator: str = ""

    @property
    def base_act(self) -> str:
        """The act without the mark of its Kazakh text, so that ru and kk of one act are one group."""
        return self.act.removesuffix(KAZAKH_TEXT_SUFFIX)

    @property
    def is_natural(self) -> bool:
        """Whether the provision counts in rates at natural prevalence."""
        return self.stratum != ENRICHED and self.weight > 0

    def strength_of(self, factor: str) -> int:
        """Strength of the label with this factor, 0 when there is none."""
        return next((label.strength for label in self.labels if label.factor == factor), 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """A flawed norm and its sound wording. ``spans`` are quotes from ``flawed``, one per label or common to all."""

    id: str
    language: str
    domain: str
    heading: str
    lead: str
    flawed: str
    labels: tuple[str, ...]
    spans: tuple[str, ...]
    sound: str
    why: str

    def quote_of(self, position: int) -> str:
        """The quote of the label at ``position``; the first one when the quotes are not told apart."""
        if len(self.spans) == len(self.labels):
            return self.spans[position]
        return self.spans[0] if self.spans else ""


@dataclass(frozen=True, slots=True)
class NeutralNorm:
    """A norm with nothing to be said about it."""

    id: str
    language: str
    domain: str
    heading: str
    lead: str
    text: str


class AdoptionState(StrEnum):
    """What became of a recommendation in the adopted act (methodology 1.7a)."""

    ADOPTED = "adopted"
    ADOPTED_PARTLY = "adopted_partly"
    NOT_ADOPTED = "not_adopted"
    MOOT = "moot"  # the norm itself is gone


@dataclass(frozen=True, slots=True)
class GoldFinding:
    """One expected finding of a draft.

    ``unit`` is the number of the point («12»); the order's own points are «o1», annex rows «a1»; in an amending order
    the number of the amendment («1/5)»), with ``sub`` the amended point.
    """

    unit: str
    sub: str
    part: str
    factor: str
    strength: int
    quote: str
    risk: str
    recommendation: str


@dataclass(frozen=True, slots=True)
class AdoptionOutcome:
    """The state of one gold finding in the adopted text, with the words that show it."""

    unit: str
    factor: str
    state: AdoptionState
    adopted_unit: str
    evidence: str


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A factor that came into the adopted text after the expertise."""

    unit: str
    factor: str
    quote: str


@dataclass(frozen=True, slots=True)
class DraftCase:
    """A whole draft with its expected findings, the adopted text and what became of each finding."""

    id: str
    language: str
    folder: Path
    draft: Path
    gold: tuple[GoldFinding, ...]
    adopted: Path | None = None
    adoption: tuple[AdoptionOutcome, ...] = ()
    new_findings: tuple[NewFinding, ...] = ()
    meta: Mapping[str, object] = field(default_factory=dict, hash=False)


class CorpusKind(StrEnum):
    """What a corpus path holds."""

    PROVISIONS = "provisions"
    PAIRS = "pairs"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus as read. ``sha256`` is of the file's bytes (of all the draft's files in order of name)."""

    name: str
    kind: CorpusKind
    sha256: str
    provisions: tuple[AnnotatedProvision, ...] = ()
    pairs: tuple[Pair, ...] = ()
    neutrals: tuple[NeutralNorm, ...] = ()
    drafts: tuple[DraftCase, ...] = ()
