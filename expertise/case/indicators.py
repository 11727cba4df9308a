"""The two indicators of the anti-corruption expertise, counted from conclusions that were issued (seed 001: factors in
one draft; share of recommendations taken into acts).

Reads: what was frozen of every issued conclusion, what became of the act, states of recommendations that a person has
confirmed. Writes: whole numbers; shares in tenths of a per cent, means in hundredths, rounded half up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from expertise.case.adoption import Adoption
from expertise.case.counting import Counted


class Fate(StrEnum):
    """What became of a draft whose conclusion was issued."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"
    PENDING = "pending"


REFUSED = (Fate.NOT_ADOPTED, Fate.WITHDRAWN)
"""The act was not adopted; the reason is told."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft with the conclusion that counts. ``states``: number of a finding → state that a person has confirmed;
    ``answers``: number of a finding → the developer's position."""

    case: str
    conclusion: str
    issued_on: date
    body: str
    sphere: str
    act_form: str
    restricted: bool
    counted: Counted
    fate: Fate = Fate.PENDING
    reason: str = ""
    states: Mapping[int, Adoption] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)

    def outcome(self, findings: Sequence[int]) -> Adoption:
        """Of one recommendation. Where its findings ended differently, it was taken in part; one that nobody has
        confirmed keeps the whole undecided."""
        said = {self.states.get(number, Adoption.UNDECIDED) for number in findings}
        if len(said) == 1:
            return said.pop()
        if Adoption.UNDECIDED in said:
            return Adoption.UNDECIDED
        return Adoption.IN_PART if said & {Adoption.ADOPTED, Adoption.IN_PART} else Adoption.NOT_ADOPTED


@dataclass(frozen=True, slots=True)
class FactorsFound:
    """Indicator 1. ``clean``: drafts without a factor."""

    drafts: int
    factors: int
    recommendations: int
    clean: int
    most: int

    @property
    def mean(self) -> int | None:
        """Factors in one draft, in hundredths; None where there is no draft."""
        return rounded(self.factors, self.drafts, 100)


@dataclass(frozen=True, slots=True)
class Taken:
    """Indicator 2. ``issued``: recommendations of the adopted drafts, as frozen when their conclusions were issued –
    the whole that shares are of; ``issued_in_all``: of all drafts."""

    drafts: int
    adopted_drafts: int
    refused_drafts: int
    pending_drafts: int
    issued_in_all: int
    issued: int
    states: Mapping[Adoption, int]

    @property
    def strict(self) -> int | None:
        """Share taken in full, in tenths of a per cent; None where no recommendation counts."""
        return rounded(self.states[Adoption.ADOPTED], self.issued, 1000)

    @property
    def lenient(self) -> int | None:
        """Share taken in full or in part."""
        return rounded(self.states[Adoption.ADOPTED] + self.states[Adoption.IN_PART], self.issued, 1000)


def factors_found(drafts: Iterable[Draft]) -> FactorsFound:
    """Indicator 1 of these drafts, each counted once."""
    seen = tuple(drafts)
    counts = [len(draft.counted.factors) for draft in seen]
    return FactorsFound(
        drafts=len(seen),
        factors=sum(counts),
        recommendations=sum(len(draft.counted.recommendations) for draft in seen),
        clean=counts.count(0),
        most=max(counts, default=0),
    )


def taken(drafts: Iterable[Draft]) -> Taken:
    """Indicator 2 of these drafts. A draft that was not adopted is told with its reason and is in no share."""
    seen = tuple(drafts)
    adopted = [draft for draft in seen if draft.fate is Fate.ADOPTED]
    outcomes = [draft.outcome(numbers) for draft in adopted for numbers in draft.counted.recommendations]
    return Taken(
        drafts=len(seen),
        adopted_drafts=len(adopted),
        refused_drafts=sum(draft.fate in REFUSED for draft in seen),
        pending_drafts=sum(draft.fate is Fate.PENDING for draft in seen),
        issued_in_all=sum(len(draft.counted.recommendations) for draft in seen),
        issued=len(outcomes),
        states={state: outcomes.count(state) for state in Adoption},
    )


def grouped(drafts: Iterable[Draft], key: Callable[[Draft], str]) -> tuple[tuple[str, tuple[Draft, ...]], ...]:
    """Drafts by body, sphere, kind of act, …: the largest group first, then by name."""
    groups: dict[str, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(key(draft), []).append(draft)
    return tuple(sorted(((name, tuple(each)) for name, each in groups.items()), key=lambda one: (-len(one[1]), one[0])))


@dataclass(frozen=True, slots=True)
class FactorCount:
    """One factor: how often it was found, and in how many drafts."""

    factor: str
    found: int
    drafts: int


def by_factor(drafts: Iterable[Draft]) -> tuple[FactorCount, ...]:
    """Factors of these drafts, the most frequent first."""
    found: dict[str, list[str]] = {}
    for draft in drafts:
        for each in draft.counted.factors:
            found.setdefault(each.factor, []).append(draft.case)
    made = (FactorCount(factor, len(cases), len(set(cases))) for factor, cases in found.items())
    return tuple(sorted(made, key=lambda each: (-each.found, each.factor)))


def rounded(part: int, whole: int, scale: int) -> int | None:
    """``part / whole`` in parts of ``scale``, rounded half up; None of nothing."""
    return (2 * scale * part + whole) // (2 * whole) if whole else None
