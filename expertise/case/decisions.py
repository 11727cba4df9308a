"""What a human says of a finding, and what follows from all that was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from expertise.case.states import CaseError
from expertise.people import Seat


class Verdict(StrEnum):
    """Decision on one finding. A finding added by hand has an ``ADDED`` decision from its birth."""

    CONFIRMED = "confirmed"
    EDITED = "edited"
    DISMISSED = "dismissed"
    ADDED = "added"


STANDS = frozenset({Verdict.CONFIRMED, Verdict.EDITED, Verdict.ADDED})
"""Verdicts that put a finding into the conclusion."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the expert wrote in place of the machine's words; an empty field leaves the machine's.

    ``wording``: proposed text by language. ``places``: (language, start, end) in the clean texts.
    """

    factor: str = ""
    severity: str = ""
    explanation: str = ""
    risk: str = ""
    recommendation: str = ""
    wording: Mapping[str, str] = field(default_factory=dict)
    places: tuple[tuple[str, int, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return self == Said()


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; later ones of the same seat on the same finding replace it, none is ever taken away.

    ``number`` is that of its row (0: not yet written down): conclusions name it for every sentence.
    """

    finding: str
    seat: Seat
    verdict: Verdict
    said: Said
    reason: str
    by: str
    at: datetime
    taken_back: bool = False
    number: int = field(default=0, compare=False)


def check(verdict: Verdict, said: Said, reason: str, factors: Iterable[str]) -> None:
    """Raises ``CaseError`` when a decision lacks what its verdict asks for or names an unknown factor or severity."""
    if verdict is Verdict.DISMISSED and not reason.strip():
        raise CaseError("expertise.dismissal_without_reason")
    if verdict in (Verdict.CONFIRMED, Verdict.DISMISSED) and not said.is_empty:
        raise CaseError("expertise.words_without_edit")
    if verdict is Verdict.EDITED and said.is_empty:
        raise CaseError("expertise.edit_without_words")
    if verdict is Verdict.ADDED:
        missing = [name for name in ("factor", "explanation", "risk", "severity") if not getattr(said, name).strip()]
        if missing:
            raise CaseError("expertise.added_incomplete", fields=", ".join(missing))
    if said.factor and said.factor not in set(factors):
        raise CaseError("expertise.unknown_factor", factor=said.factor)
    if said.severity and said.severity not in ("low", "medium", "high"):
        raise CaseError("expertise.unknown_severity", severity=said.severity)
    if any(start < 0 or end <= start for _, start, end in said.places):
        raise CaseError("expertise.place_empty")


def current(decisions: Iterable[Decision], seat: Seat) -> dict[str, Decision]:
    """Finding → the last decision of the seat that was not taken back, in the order decisions were first taken."""
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.seat is seat:
            found.setdefault(decision.finding, []).append(decision)
    last = {finding: _last(of_one) for finding, of_one in found.items()}
    return {finding: decision for finding, decision in last.items() if decision is not None}


def _last(decisions: list[Decision]) -> Decision | None:
    """Taking back uncovers the decision before (undo), so the list is walked as a stack."""
    standing: list[Decision] = []
    for decision in decisions:
        if decision.taken_back:
            if standing:
                standing.pop()
        else:
            standing.append(decision)
    return standing[-1] if standing else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two seats on one finding: what each decided (None: not decided, or not seen at all)."""

    finding: str
    first: Decision | None
    second: Decision | None


def disagreements(first: Mapping[str, Decision], second: Mapping[str, Decision]) -> tuple[Disagreement, ...]:
    """Findings that one seat lets stand and the other does not, or names with another factor or severity."""
    names = [*first, *(finding for finding in second if finding not in first)]
    pairs = [Disagreement(name, first.get(name), second.get(name)) for name in names]
    return tuple(pair for pair in pairs if _differ(pair))


def _differ(pair: Disagreement) -> bool:
    one, two = (each is not None and each.verdict in STANDS for each in (pair.first, pair.second))
    if one != two:
        return True
    if not one or pair.first is None or pair.second is None:
        return False
    return (pair.first.said.factor, pair.first.said.severity) != (pair.second.said.factor, pair.second.said.severity)


def final(
    first: Mapping[str, Decision], second: Mapping[str, Decision] | None, adjudged: Mapping[str, Decision]
) -> dict[str, Decision]:
    """Finding → the decision that counts: the first expert's, where a second one differs the adjudicator's.

    Findings on which the seats differ and nobody has adjudged are left out: see ``disagreements`` for what is open.
    """
    if second is None:
        return {**first, **adjudged}
    open_ = {pair.finding for pair in disagreements(first, second)} - set(adjudged)
    agreed = {finding: decision for finding, decision in first.items() if finding not in open_}
    return {**agreed, **adjudged}
