"""Risks for an actor: those of a case with its experts' ratings, and all that were issued, for the map.

Reads: conclusions, findings as they were made, ratings. Writes: ratings, each with its audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.answers import finding_of, plain
from expertise.case.risks import EXPERT, Rating, Risk, checked, rated
from expertise.case.states import ISSUED, CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.case_tables import Case, ConclusionRow, FindingRow, Move
from expertise.store.cases import NotFoundError, Opened, open_case, visible_to
from expertise.store.indicator_tables import IssuedRow
from expertise.store.risk_tables import RiskRatingRow
from expertise.work.issued import conclusion_of
from expertise.work.registering import subject

UNSTATED = "-"
"""In a selection and in groups: the body, sphere or kind of act that nobody stated."""

_HERE = timezone(timedelta(hours=5))  # the whole country keeps one time
_Key = tuple[str, int, str]  # case, round, finding


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which risks: issued from – to, of a body, sphere, kind of act; "" – all, ``UNSTATED`` – nobody stated it."""

    first: date
    last: date
    body: str = ""
    sphere: str = ""
    act_form: str = ""
    kind: str = ""

    def holds(self, risk: Risk) -> bool:
        """Whether the risk is of the body, sphere and kind of act, and of the kind of case that were asked for."""
        asked_for = (self.body, self.sphere, self.act_form, self.kind)
        pairs = zip(asked_for, (risk.body, risk.sphere, risk.act_form, risk.kind), strict=True)
        return all(not asked or asked == has for asked, has in pairs)


@dataclass(frozen=True, slots=True)
class CaseRisk:
    """A finding of the conclusion with its rating. ``reason``: of an expert's rating."""

    found: Mapping[str, Any]
    rating: Rating | None
    reason: str = ""


def issued_risks(session: Session, office: Office, actor: Actor, wanted: Wanted) -> tuple[Risk, ...]:
    """Risks of conclusions issued in the period, each case by its present round, in cases the actor may see.

    Raises ``DeniedError``, ``CaseError`` where more conclusions were issued than ``risk_map_conclusions``.
    """
    require(actor, "see_risk_map")
    sent = (
        select(Move.case_id, Move.round, func.max(Move.at).label("at"))
        .where(Move.transition == "send")
        .group_by(Move.case_id, Move.round)
        .subquery()
    )
    rows = (
        select(ConclusionRow, Case, sent.c.at, IssuedRow.body)
        .join(Case, Case.id == ConclusionRow.case_id)
        .outerjoin(IssuedRow, IssuedRow.conclusion_id == ConclusionRow.id)
        .join(sent, (sent.c.case_id == Case.id) & (sent.c.round == Case.round))
        .where(
            visible_to(actor),
            Case.state.in_([state.value for state in ISSUED]),
            ConclusionRow.round == Case.round,
            ConclusionRow.set_aside_at.is_(None),
            sent.c.at >= _midnight(wanted.first),
            sent.c.at < _midnight(wanted.last + timedelta(days=1)),
        )
        .order_by(Case.number)
        .limit(office.settings.risk_map_conclusions + 1)
    )
    found = [(row, case, at.astimezone(_HERE).date(), body) for row, case, at, body in session.execute(rows)]
    if len(found) > office.settings.risk_map_conclusions:
        raise CaseError("expertise.risk_map_too_large", limit=office.settings.risk_map_conclusions)
    cases = [case for _, case, _, _ in found]
    machine, experts = _machine(session, cases), _experts(session, cases)
    risks = (
        risk
        for conclusion, case, day, body in found
        for risk in _risks(conclusion.content, case, day, body or "", machine, experts)
    )
    return tuple(risk for risk in risks if wanted.holds(risk))


def risks_of_case(session: Session, opened: Opened) -> tuple[CaseRisk, ...]:
    """Findings of the conclusion of this round with their ratings. Raises ``DeniedError``, ``CaseError`` (none yet)."""
    case, conclusion = opened.case, conclusion_of(session, opened)
    machine, experts = _machine(session, [case]), _experts(session, [case])
    made = []
    for found in conclusion.content["findings"]:
        rating, reason = _rating(found, case, machine, experts)
        made.append(CaseRisk(found, rating, reason))
    return tuple(made)


def rate(office: Office, actor: Actor, case_id: str, number: int, probability: int, impact: int, reason: str) -> None:
    """An expert names probability and consequences of a risk of the conclusion, and why.

    Raises ``DeniedError``, ``NotFoundError`` for a number there is not, ``CaseError`` (off the scale, no reason).
    """
    rating, why = checked(probability, impact), plain(reason)
    if not why:
        raise CaseError("expertise.risk_reason_missing")
    if len(why) > office.settings.decision_characters:
        raise CaseError("expertise.words_too_long", limit=office.settings.decision_characters)
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "rate_risk", lock=True)
        case, found = opened.case, finding_numbered(session, opened, number)
        before = _experts(session, [case]).get((case.id, case.round, finding_of(found)))
        session.add(
            RiskRatingRow(
                case_id=case.id, round=case.round, finding_id=finding_of(found), probability=rating.probability,
                impact=rating.impact, reason=why, by=actor.id, at=now,
            )
        )  # fmt: skip
        session.flush()
        told = {"number": number, "probability": probability, "impact": impact, "reason": why}
        earlier = {"probability": before[0].probability, "impact": before[0].impact} if before else None
        audit.write(session, actor, now, "rate_risk", subject(case_id), earlier, told)


def finding_numbered(session: Session, opened: Opened, number: int) -> Mapping[str, Any]:
    """The finding with this number in the conclusion of this round. Raises ``NotFoundError``, ``CaseError``."""
    findings: Sequence[Mapping[str, Any]] = conclusion_of(session, opened).content["findings"]
    found = next((each for each in findings if each["number"] == number), None)
    if found is None:
        raise NotFoundError("expertise.no_risk", number=number)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _HERE)


def _risks(
    content: Mapping[str, Any], case: Case, day: date, body: str, machine: Mapping[_Key, tuple[int, int]],
    experts: Mapping[_Key, tuple[Rating, str]],
) -> Iterator[Risk]:  # fmt: skip
    """``body``: the developer as the indicators name it, so that both reports group alike whatever the language of the
    conclusion; "" – as the conclusion names it."""
    forms = content["act"]["forms"]
    given = content["requisites"]
    for found in content["findings"]:
        rating, _ = _rating(found, case, machine, experts)
        yield Risk(
            case=case.id, case_number=case.number, number=found["number"], factor=found["factor"],
            severity=found["severity"], citation=found["places"][0]["citation"] if found["places"] else {},
            issued_on=day, body=body or " ".join(given.get("developer", "").split()) or UNSTATED,
            sphere=given.get("sphere", "") or UNSTATED,
            act_form=next((form for form in forms.values() if form), "") or UNSTATED,
            kind=case.kind,
            rating=rating,
        )  # fmt: skip


def _rating(
    found: Mapping[str, Any], case: Case, machine: Mapping[_Key, tuple[int, int]],
    experts: Mapping[_Key, tuple[Rating, str]],
) -> tuple[Rating | None, str]:  # fmt: skip
    keys = [(case.id, case.round, str(made["finding"])) for made in found["decisions"]]
    expert, reason = next((experts[key] for key in keys if key in experts), (None, ""))
    return rated(found["severity"], [machine[key] for key in keys if key in machine], expert), reason


def _machine(session: Session, cases: Sequence[Case]) -> Mapping[_Key, tuple[int, int]]:
    """What the machine gave each finding; what an expert added has none."""
    probability, impact = FindingRow.content["probability"].as_integer(), FindingRow.content["impact"].as_integer()
    found: dict[_Key, tuple[int, int]] = {}
    for ids in _parts([case.id for case in cases]):
        rows = select(FindingRow.case_id, FindingRow.round, FindingRow.id, probability, impact)
        for case_id, round, finding, one, two in session.execute(
            rows.where(FindingRow.case_id.in_(ids), FindingRow.added_by == "")
        ):
            if one and two:
                found[case_id, round, finding] = (one, two)
    return found


def _experts(session: Session, cases: Sequence[Case]) -> Mapping[_Key, tuple[Rating, str]]:
    """The last rating of each finding, with its reason."""
    found: dict[_Key, tuple[Rating, str]] = {}
    for ids in _parts([case.id for case in cases]):
        rows = select(RiskRatingRow).where(RiskRatingRow.case_id.in_(ids)).order_by(RiskRatingRow.id)
        for row in session.scalars(rows):
            found[row.case_id, row.round, row.finding_id] = (
                Rating(row.probability, row.impact, EXPERT),
                row.reason,
            )
    return found


def _parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))
