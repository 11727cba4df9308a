"""What became of the recommendations of a case, for pages, certificates and indicators.

``adoption_of(session, case)`` is the way in for whoever counts: per recommendation of the issued conclusion what a
person decided – state, reason, document, who and when – beside what the machine proposes. It asks no policy: use cases
that call it have done so (``see_adoption``, ``see_conclusion``). A recommendation without a decision has ``state`` "";
a proposal is never a decision. Reads: conclusions, later texts, runs, decisions. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.case.adoption import Adoption, Decided, standing
from expertise.case.answers import finding_of, recommended
from expertise.store.adoption_tables import (
    AdoptionComment,
    AdoptionDecisionRow,
    AdoptionProposal,
    AdoptionRun,
    LaterText,
)
from expertise.store.case_tables import Case, ConclusionRow
from expertise.work.later_texts import ADOPTED, run_of, texts_of_case


@dataclass(frozen=True, slots=True)
class Adopted:
    """One recommendation. ``finding``: id of its finding, ``number``: in the conclusion; ``state``: "" – not decided,
    else adopted, in_part, not_adopted, moot; ``by``: id of who decided; ``proposed``: state that the machine proposes
    now, "" – nothing was compared; ``sureness`` of a hundred."""

    number: int
    finding: str
    factor: str
    state: str
    reason: str
    document: str
    by: str
    on: datetime | None
    proposed: str
    sureness: int


def adoption_of(session: Session, case: Case, round: int | None = None) -> tuple[Adopted, ...]:
    """Recommendations of the conclusion of a round (the present one) in the order of the conclusion.

    Nothing where there is no conclusion that was not set aside; a draft without recommendations has none either.
    """
    conclusion = issued_of(session, case, case.round if round is None else round)
    if conclusion is None:
        return ()
    made = decided(session, conclusion)
    found = proposals(session, standing_run(session, case, conclusion))
    return tuple(
        _adopted(int(each["number"]), each, made.get(int(each["number"])), found.get(int(each["number"])))
        for each in recommended(conclusion.content)
    )


def adopted_act(session: Session, case: Case) -> LaterText | None:
    """The adopted act of the case with its number and date, if its text was brought; the last where there are more."""
    return next((row for row in texts_of_case(session, case) if row.kind == ADOPTED), None)


def issued_of(session: Session, case: Case, round: int) -> ConclusionRow | None:
    """The conclusion of a round that was not set aside."""
    rows = select(ConclusionRow).where(
        ConclusionRow.case_id == case.id, ConclusionRow.round == round, ConclusionRow.set_aside_at.is_(None)
    )
    return session.scalars(rows.order_by(ConclusionRow.made_at.desc())).first()


def decided(session: Session, conclusion: ConclusionRow) -> dict[int, Decided]:
    """Number → the decision that stands."""
    return standing(all_decided(session, conclusion))


def all_decided(session: Session, conclusion: ConclusionRow) -> tuple[Decided, ...]:
    """All decisions in the order they were taken, those taken back and what took them back too."""
    rows = select(AdoptionDecisionRow).where(AdoptionDecisionRow.conclusion_id == conclusion.id)
    return tuple(decided_of(row) for row in session.scalars(rows.order_by(AdoptionDecisionRow.id)))


def decided_of(row: AdoptionDecisionRow) -> Decided:
    """One decision as it is kept."""
    return Decided(
        row.number, Adoption(row.state), row.reason, row.document, row.proposed, row.by, row.at, row.taken_back,
        row.run_id or "", row.id,
    )  # fmt: skip


def comments(session: Session, conclusion: ConclusionRow) -> Mapping[int, tuple[AdoptionComment, ...]]:
    """What experts said, by number, in order."""
    rows = select(AdoptionComment).where(AdoptionComment.conclusion_id == conclusion.id).order_by(AdoptionComment.id)
    found: dict[int, tuple[AdoptionComment, ...]] = {}
    for row in session.scalars(rows):
        found[row.number] = (*found.get(row.number, ()), row)
    return found


def standing_run(session: Session, case: Case, conclusion: ConclusionRow) -> AdoptionRun | None:
    """The comparison whose proposals are shown: with the last adopted act, else with the last later version that was
    compared."""
    ordered = sorted(texts_of_case(session, case, conclusion.round), key=lambda row: row.kind != ADOPTED)
    runs = (run_of(session, row) for row in ordered)
    return next((run for run in runs if run is not None and run.conclusion_id == conclusion.id), None)


def proposals(session: Session, run: AdoptionRun | None) -> dict[int, AdoptionProposal]:
    """Number → proposal of a comparison."""
    if run is None:
        return {}
    rows = select(AdoptionProposal).where(AdoptionProposal.run_id == run.id).order_by(AdoptionProposal.number)
    return {row.number: row for row in session.scalars(rows)}


def _adopted(
    number: int, found: Mapping[str, object], made: Decided | None, proposed: AdoptionProposal | None
) -> Adopted:
    return Adopted(
        number=number,
        finding=finding_of(found),
        factor=str(found["factor"]),
        state=made.state.value if made else "",
        reason=made.reason if made else "",
        document=made.document if made else "",
        by=made.by if made else "",
        on=made.at if made else None,
        proposed=proposed.state if proposed else "",
        sureness=proposed.sureness if proposed else 0,
    )
