"""Everything about adoption in one case as people and programs see it. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from expertise.case.adoption import Decided, require_decided
from expertise.case.answers import Given, finding_of, recommended
from expertise.case.states import ISSUED, CaseError, State
from expertise.policy import require
from expertise.store.adoption_tables import AdoptionComment, AdoptionProposal, AdoptionRun
from expertise.store.case_tables import ConclusionRow
from expertise.store.cases import Opened
from expertise.work.adopted import comments, decided, issued_of, proposals, standing_run
from expertise.work.answer_sheets import submissions
from expertise.work.later_texts import Brought, brought


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation. ``found``: its finding in the conclusion; ``answer``: the developer's position."""

    number: int
    found: Mapping[str, Any]
    proposal: AdoptionProposal | None
    decision: Decided | None
    answer: Given | None
    comments: tuple[AdoptionComment, ...]

    @property
    def finding(self) -> str:
        """Id of its finding."""
        return finding_of(self.found)

    @property
    def moved(self) -> bool:
        """Whether something else is proposed now than when it was decided; the decision stands all the same."""
        now = self.proposal.state if self.proposal else ""
        return self.decision is not None and bool(now) and now not in (self.decision.proposed, self.decision.state)


@dataclass(frozen=True, slots=True)
class AdoptionView:
    """``conclusion`` None: none was sent yet. ``run``: the comparison whose proposals are shown."""

    conclusion: ConclusionRow | None
    texts: tuple[Brought, ...]
    run: AdoptionRun | None
    recommendations: tuple[Recommendation, ...]

    @property
    def open(self) -> tuple[int, ...]:
        """Numbers nobody decided on."""
        return tuple(each.number for each in self.recommendations if each.decision is None)

    @property
    def shown(self) -> Brought | None:
        """The text whose comparison is shown."""
        return next((each for each in self.texts if self.run and each.row.id == self.run.later_id), None)

    @property
    def obstacle(self) -> CaseError | None:
        """Why the case cannot be closed yet."""
        try:
            made = [each.number for each in self.recommendations if each.decision is not None]
            require_decided([each.number for each in self.recommendations], made)
        except CaseError as error:
            return error
        return None


def adoption_view(session: Session, opened: Opened) -> AdoptionView:
    """The present round. Raises ``DeniedError``."""
    require(opened.actor, "see_adoption", opened.standing)
    case = opened.case
    conclusion = issued_of(session, case, case.round) if State(case.state) in ISSUED else None
    if conclusion is None:
        return AdoptionView(None, (), None, ())
    run = standing_run(session, case, conclusion)
    proposed, made, said = proposals(session, run), decided(session, conclusion), comments(session, conclusion)
    answers = _answers(session, opened, conclusion)
    found = tuple(
        Recommendation(
            each["number"], each, proposed.get(each["number"]), made.get(each["number"]), answers.get(each["number"]),
            said.get(each["number"], ()),
        )
        for each in recommended(conclusion.content)
    )  # fmt: skip
    return AdoptionView(conclusion, brought(session, opened), run, found)


def _answers(session: Session, opened: Opened, conclusion: ConclusionRow) -> Mapping[int, Given]:
    """Positions of the last submission on this conclusion, for whoever may see answers."""
    if not opened.may("see_answers"):
        return {}
    last = next((each for each in submissions(session, opened) if each.conclusion.id == conclusion.id), None)
    return last.given if last else {}
