"""What differs between two blind experts, and how far they agree: for whoever adjudicates or coordinates.

Nothing is compared before both have finished: until then neither may learn of the other, not even through somebody who
asks both. What each decided is shown only to whom the policy shows the work of that seat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from expertise.case.agreement import NONE, Agreement, Coded, Marked, agreement
from expertise.case.decisions import STANDS, Decision, disagreements
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Seat
from expertise.policy import require
from expertise.store.case_tables import FindingRow
from expertise.store.cases import Opened
from expertise.work.examined import Examined, examined
from expertise.work.seats import seats_of
from nlp.agreement import Span


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding on which the experts differ. ``first``, ``second``, ``adjudged`` are None where the actor may not see
    the seat's work as well as where it said nothing; ``settled``: the adjudicator has decided."""

    row: FindingRow
    first: Decision | None
    second: Decision | None
    adjudged: Decision | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """All of them in the order of the text; ``shown``: whether the decisions are shown to this actor."""

    items: tuple[Difference, ...]
    agreement: tuple[Agreement, ...]
    shown: bool

    @property
    def open(self) -> int:
        """On how many nobody has adjudged."""
        return sum(not item.settled for item in self.items)


def differences(session: Session, office: Office, opened: Opened) -> Differences:
    """What differs. Raises ``DeniedError``, ``CaseError`` when there is no second expert or one has not finished."""
    require(opened.actor, "see_differences", opened.standing)
    require_both_finished(session, opened)
    seen = examined(session, office, opened)
    first, second, adjudged = seen.by(Seat.FIRST), seen.by(Seat.SECOND), seen.by(Seat.ADJUDICATOR)
    may = {seat: opened.may(action) for seat, action in _SEES.items()}
    pairs = sorted(disagreements(first, second), key=lambda pair: (seen.findings[pair.finding].position, pair.finding))
    return Differences(
        items=tuple(
            Difference(
                row=seen.findings[pair.finding],
                first=pair.first if may[Seat.FIRST] else None,
                second=pair.second if may[Seat.SECOND] else None,
                adjudged=adjudged.get(pair.finding) if may[Seat.ADJUDICATOR] else None,
                settled=pair.finding in adjudged,
            )
            for pair in pairs
        ),
        agreement=agreed(seen, first, second),
        shown=may[Seat.FIRST] and may[Seat.SECOND],
    )


_SEES = {Seat.FIRST: "see_first", Seat.SECOND: "see_second", Seat.ADJUDICATOR: "see_final"}


def require_both_finished(session: Session, opened: Opened) -> None:
    """Raises ``CaseError`` where there is no blind second expert or one of the two has not finished."""
    seats = seats_of(session, opened.case)
    if Seat.SECOND not in seats:
        raise CaseError("expertise.no_second_expert")
    if any(seat not in seats or seats[seat].finished_at is None for seat in (Seat.FIRST, Seat.SECOND)):
        raise CaseError("expertise.experts_at_work")


def agreed(seen: Examined, first: Mapping[str, Decision], second: Mapping[str, Decision]) -> tuple[Agreement, ...]:
    """Agreement over everything that either decided on, the marked words of all texts as one continuous text."""
    names = [*first, *(finding for finding in second if finding not in first)]
    coded = [Coded(name, _code(seen, name, first), _code(seen, name, second)) for name in names]
    starts, length = {}, 0
    for text in seen.texts:
        starts[text.language] = length
        length += len(text.text)
    return agreement(coded, length, _marked(seen, first, starts), _marked(seen, second, starts))


def _code(seen: Examined, finding: str, made: Mapping[str, Decision]) -> str:
    decision = made.get(finding)
    if decision is None or decision.verdict not in STANDS:
        return NONE
    return decision.said.factor or str(seen.findings[finding].content["factor"])


def _marked(seen: Examined, made: Mapping[str, Decision], starts: Mapping[str, int]) -> Marked:
    spans: dict[str, list[Span]] = {}
    for each in seen.decided({name: decision for name, decision in made.items() if decision.verdict in STANDS}):
        for code, start, end in each.places:
            if code in starts:
                factor = _code(seen, each.finding, made)
                spans.setdefault(factor, []).append((starts[code] + start, starts[code] + end))
    return Marked(spans)
