"""The plan of measures against the risks of a case: what is to be done, by whom, until when, with what result.

Reads: the conclusion of the round. Writes: a row for each recommendation somebody has filled in, with its audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.answers import finding_of, plain, recommended
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.store.risk_tables import MeasureRow
from expertise.work.issued import conclusion_of
from expertise.work.registering import subject

LONGEST = 2_000  # characters of one field


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the plan; "" – nobody has said. ``measure``: in other words than the recommendation's own."""

    measure: str = ""
    responsible: str = ""
    term: str = ""
    completion: str = ""
    result: str = ""


FIELDS = tuple(Measure.__dataclass_fields__)


def measures(session: Session, opened: Opened) -> Mapping[int, Measure]:
    """What is filled in, by the number of the recommendation. Raises ``DeniedError``, ``CaseError`` (none yet)."""
    case, conclusion = opened.case, conclusion_of(session, opened)
    rows = select(MeasureRow).where(MeasureRow.case_id == case.id, MeasureRow.round == case.round)
    kept = {row.finding_id: _measure(row) for row in session.scalars(rows)}
    numbers = {int(each["number"]): finding_of(each) for each in recommended(conclusion.content)}
    return {number: kept[finding] for number, finding in numbers.items() if finding in kept}


def plan(office: Office, actor: Actor, case_id: str, given: Mapping[int, Measure]) -> None:
    """Keep these rows; what is not given stays.

    Raises ``DeniedError``, ``NotFoundError`` for a number that is no recommendation, ``CaseError`` (words too long).
    """
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "plan_measures", lock=True)
        case, conclusion = opened.case, conclusion_of(session, opened)
        known = {int(each["number"]): finding_of(each) for each in recommended(conclusion.content)}
        before = measures(session, opened)
        changed = {number: _checked(each) for number, each in given.items() if _checked(each) != before.get(number)}
        changed = {number: each for number, each in changed.items() if number in before or each != Measure()}
        for number in given:
            if number not in known:
                raise NotFoundError("expertise.no_risk", number=number)
        for number, measure in changed.items():
            row = session.get(MeasureRow, (case.id, case.round, known[number]))
            if row is None:
                row = MeasureRow(case_id=case.id, round=case.round, finding_id=known[number])
                session.add(row)
            for name, words in asdict(measure).items():
                setattr(row, name, words)
            row.by, row.at = actor.id, now
        if changed:
            earlier = {str(number): asdict(before[number]) for number in changed if number in before}
            told = {str(number): asdict(each) for number, each in changed.items()}
            audit.write(session, actor, now, "plan_measures", subject(case_id), earlier or None, told)


def _measure(row: MeasureRow) -> Measure:
    return Measure(**{name: getattr(row, name) for name in FIELDS})


def _checked(given: Measure) -> Measure:
    words = {name: plain(text) for name, text in asdict(given).items()}
    if any(len(text) > LONGEST for text in words.values()):
        raise CaseError("expertise.words_too_long", limit=LONGEST)
    return Measure(**words)
