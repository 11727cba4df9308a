"""Indicators for an actor: the drafts that count in a period, narrowed as asked; every number from these rows.

Reads: conclusions that were issued in cases the actor may see, what became of the acts, confirmed states of
recommendations, the developers' answers. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, true
from sqlalchemy.orm import Session, aliased

from expertise.case.adoption import Adoption, Decided, standing
from expertise.case.counting import Counted
from expertise.case.indicators import Draft, Fate
from expertise.case.periods import Period
from expertise.case.states import State
from expertise.people import MACHINE, Actor
from expertise.policy import require
from expertise.store.adoption_tables import AdoptionDecisionRow
from expertise.store.answer_tables import Answer, AnswerSheet
from expertise.store.case_tables import Case, ConclusionRow, Move
from expertise.store.cases import visible_to
from expertise.store.indicator_tables import IssuedRow
from expertise.work.adopted import decided_of

UNSTATED = "-"
"""In a selection: the body, sphere or kind of act that nobody stated."""

_FATES = {State.ADOPTED: Fate.ADOPTED, State.NOT_ADOPTED: Fate.NOT_ADOPTED, State.WITHDRAWN: Fate.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Selection:
    """What indicators are counted of: a period, and a body, sphere or kind of act; "" – all, ``UNSTATED`` – none."""

    period: Period
    body: str = ""
    sphere: str = ""
    act_form: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Bodies, spheres and kinds of act that occur among the conclusions the actor may count."""

    bodies: tuple[str, ...]
    spheres: tuple[str, ...]
    act_forms: tuple[str, ...]


def drafts(session: Session, actor: Actor, wanted: Selection) -> tuple[Draft, ...]:
    """The drafts that count, in the order their conclusions were issued. Raises ``DeniedError``.

    A draft counts once, by the last conclusion issued on it; whichever way time is parted, the parts sum up to the
    whole.
    """
    require(actor, "publish" if actor is MACHINE else "see_indicators")
    where = _conditions(actor, wanted)
    chosen = select(IssuedRow.conclusion_id).join(Case, Case.id == IssuedRow.case_id).where(*where)
    cases = select(IssuedRow.case_id).join(Case, Case.id == IssuedRow.case_id).where(*where)
    reasons, states, answers = _reasons(session, cases), _states(session, chosen), _answers(session, chosen)
    rows = select(IssuedRow, Case.state).join(Case, Case.id == IssuedRow.case_id).where(*where)
    found = session.execute(rows.order_by(IssuedRow.issued_on, Case.number)).all()
    made = []
    for row, state in found:
        fate = _FATES.get(State(state), Fate.PENDING)
        draft = _draft(row, fate, reasons.get(row.case_id, ""))
        made.append(
            replace(draft, states=states.get(row.conclusion_id, {}), answers=answers.get(row.conclusion_id, {}))
        )
    return tuple(made)


def contents(session: Session, found: tuple[Draft, ...]) -> Mapping[str, ConclusionRow]:
    """The conclusions of drafts that the actor was shown, by id: what stands in them is needed for lists only."""
    made: dict[str, ConclusionRow] = {}
    ids = [draft.conclusion for draft in found]
    for start in range(0, len(ids), 500):
        part = select(ConclusionRow).where(ConclusionRow.id.in_(ids[start : start + 500]))
        made |= {row.id: row for row in session.scalars(part)}
    return made


def choices(session: Session, actor: Actor) -> Choices:
    """What a selection may be narrowed to. Raises ``DeniedError``."""
    require(actor, "see_indicators")

    def of(column: Any) -> tuple[str, ...]:
        rows = select(column).join(Case, Case.id == IssuedRow.case_id).where(visible_to(actor)).distinct()
        return tuple(sorted(value for value in session.scalars(rows) if value))

    return Choices(of(IssuedRow.body), of(IssuedRow.sphere), of(IssuedRow.act_form))


def _conditions(actor: Actor, wanted: Selection) -> list[ColumnElement[bool]]:
    later = aliased(IssuedRow)
    superseded = exists().where(later.case_id == IssuedRow.case_id, later.round > IssuedRow.round)
    seen = true() if actor is MACHINE else visible_to(actor)
    period = IssuedRow.issued_on.between(wanted.period.first, wanted.period.last)
    return [seen, ~superseded, period, *_narrowed(wanted)]


def _narrowed(wanted: Selection) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (IssuedRow.body, wanted.body), (IssuedRow.sphere, wanted.sphere), (IssuedRow.act_form, wanted.act_form),
    ):  # fmt: skip
        if value:
            yield column == ("" if value == UNSTATED else value)


def _draft(row: IssuedRow, fate: Fate, reason: str) -> Draft:
    return Draft(
        case=row.case_id, conclusion=row.conclusion_id, issued_on=row.issued_on, body=row.body, sphere=row.sphere,
        act_form=row.act_form, restricted=row.restricted, counted=Counted.from_json(row.counted), fate=fate,
        reason=reason if fate in (Fate.NOT_ADOPTED, Fate.WITHDRAWN) else "",
    )  # fmt: skip


def _reasons(session: Session, cases: Select[str]) -> Mapping[str, str]:
    """Why an act was not adopted or a draft withdrawn: of each case the last that was said."""
    rows = select(Move.case_id, Move.reason).where(
        Move.case_id.in_(cases), Move.transition.in_(("not_adopt", "withdraw"))
    )
    found: dict[str, str] = {}
    for case, reason in session.execute(rows.order_by(Move.id)):
        found[case] = reason
    return found


def _states(session: Session, chosen: Select[str]) -> Mapping[str, Mapping[int, Adoption]]:
    """Decisions of people that stand, by conclusion and number of the finding; a proposal is none."""
    rows = select(AdoptionDecisionRow).where(AdoptionDecisionRow.conclusion_id.in_(chosen))
    found: dict[str, list[Decided]] = {}
    for row in session.scalars(rows.order_by(AdoptionDecisionRow.id)):
        found.setdefault(row.conclusion_id, []).append(decided_of(row))
    return {conclusion: {number: each.state for number, each in standing(made).items()}
            for conclusion, made in found.items()}  # fmt: skip


def _answers(session: Session, chosen: Select[str]) -> Mapping[str, Mapping[int, str]]:
    """The developers' positions by the last submission on each conclusion."""
    last = (
        select(AnswerSheet.conclusion_id, func.max(AnswerSheet.number).label("number"))
        .where(AnswerSheet.conclusion_id.in_(chosen), AnswerSheet.submitted_at.is_not(None))
        .group_by(AnswerSheet.conclusion_id)
        .subquery()
    )
    rows = (
        select(AnswerSheet.conclusion_id, Answer.number, Answer.position)
        .join(last, (AnswerSheet.conclusion_id == last.c.conclusion_id) & (AnswerSheet.number == last.c.number))
        .join(Answer, Answer.sheet_id == AnswerSheet.id)
    )
    found: dict[str, dict[int, str]] = {}
    for conclusion, number, position in session.execute(rows):
        found.setdefault(conclusion, {})[number] = position
    return found
