"""An expert reviews: decides on findings, takes a decision back, adds a finding, reads chapters, finishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.decisions import Decision, Said, Verdict, check, current
from expertise.case.reading_list import Asked, questions
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.policy import require
from expertise.store.base import new_id
from expertise.store.case_tables import Case, DecisionRow, ExaminationRow, FindingRow, ReadChapter
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.work.analysing import latest_examination
from expertise.work.registering import subject
from expertise.work.seats import seat_at_work

UNCHANGED = Said()
_ALIKE = frozenset({Verdict.CONFIRMED, Verdict.DISMISSED})
"""Verdicts without words of a language, so that they may hold for both texts."""
SEES = {Seat.FIRST: "see_first", Seat.SECOND: "see_second", Seat.ADJUDICATOR: "see_final"}
DECIDES = {Seat.FIRST: "decide_first", Seat.SECOND: "decide_second", Seat.ADJUDICATOR: "decide_adjudicator"}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding with the decision of one seat. ``gone``: the last analysis no longer says it."""

    row: FindingRow
    decision: Decision | None
    gone: bool

    @property
    def content(self) -> Mapping[str, Any]:
        """What the machine (or who added it) says."""
        return self.row.content


def decide(
    office: Office,
    actor: Actor,
    case_id: str,
    finding_id: str,
    verdict: Verdict,
    *,
    seat: Seat | None = None,
    said: Said = UNCHANGED,
    reason: str = "",
    in_both: bool = False,
) -> None:
    """Write a decision down for the actor's seat.

    ``in_both``: a confirmation or dismissal holds for the same defect in the other authentic text too, unless the seat
    has decided on it already. Raises ``CaseError`` (what the verdict lacks, not declared, finished), ``NotFoundError``
    for a finding that is not of this case or that only the other blind expert added.
    """
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, lock=True)
        seat = _seat(opened, seat)
        require(actor, DECIDES[seat], opened.standing)
        seat_at_work(session, actor, opened.case, seat)
        _bounded(office, said, reason)
        check(verdict, said, reason, office.factors)
        row = _finding(session, opened, finding_id, seat)
        if verdict is Verdict.ADDED and not row.added_by:
            raise CaseError("expertise.not_added_by_hand")
        twin = _open_twin(session, opened, row, seat) if in_both and verdict in _ALIKE else None
        for each in (row, twin) if twin else (row,):
            before = current(decisions(session, opened.case), seat).get(each.id)
            made = Decision(each.id, seat, verdict, said, reason.strip(), actor.id, office.clock())
            _enter(session, office, opened, made)
            told = {"finding": each.id, "verdict": verdict.value, "reason": reason, **_said(said)}
            audit.write(session, actor, office.clock(), "decide", subject(case_id), _told(before), told)


def _open_twin(session: Session, opened: Opened, row: FindingRow, seat: Seat) -> FindingRow | None:
    """The finding of the same defect in the other text, while the seat has not decided on it. An adjudicator decides
    only what the experts differ on."""
    if seat is Seat.ADJUDICATOR:
        return None
    found = reviewed(session, opened, seat)
    twin = twins([each.row for each in found]).get(row.id, "")
    return next((each.row for each in found if each.row.id == twin and each.decision is None and not each.gone), None)


def twins(rows: Sequence[FindingRow]) -> Mapping[str, str]:
    """Finding → the finding of the other authentic text that the examination found to be the same defect."""
    known = {row.id for row in rows}
    linked = ((row.id, str(row.content.get("counterpart") or "")) for row in rows)
    return {one: other for one, other in linked if other in known}


def take_back(office: Office, actor: Actor, case_id: str, finding_id: str, *, seat: Seat | None = None) -> None:
    """Undo: the seat's last decision on the finding no longer counts, the one before does again."""
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, lock=True)
        seat = _seat(opened, seat)
        require(actor, DECIDES[seat], opened.standing)
        seat_at_work(session, actor, opened.case, seat)
        before = current(decisions(session, opened.case), seat).get(finding_id)
        if before is None:
            raise CaseError("expertise.nothing_to_take_back")
        undone = Decision(finding_id, seat, before.verdict, Said(), "", actor.id, office.clock(), taken_back=True)
        _enter(session, office, opened, undone)
        audit.write(session, actor, office.clock(), "take_back", subject(case_id), _told(before), None)


def add_finding(
    office: Office, actor: Actor, case_id: str, said: Said, language: str, *, seat: Seat | None = None
) -> str:
    """A finding the machine did not make. ``said.places`` are offsets in the shown texts; returns its id.

    Raises ``CaseError`` when something a finding needs is missing or a place lies outside the text.
    """
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, lock=True)
        seat = _seat(opened, seat)
        require(actor, DECIDES[seat], opened.standing)
        seat_at_work(session, actor, opened.case, seat)
        _bounded(office, said, "")
        check(Verdict.ADDED, said, "", office.factors)
        case = opened.case
        last = select(func.max(FindingRow.position)).where(
            FindingRow.case_id == case.id, FindingRow.round == case.round
        )
        row = FindingRow(
            case_id=case.id, round=case.round, id=f"own-{new_id()[:16]}", added_by=actor.id, added_as=seat.value,
            position=(session.scalar(last) or 0) + 1,
            content={"language": language, "factor": said.factor, **_said(said)},
        )  # fmt: skip
        session.add(row)
        session.flush()
        decision = Decision(row.id, seat, Verdict.ADDED, said, "", actor.id, office.clock())
        _enter(session, office, opened, decision)
        audit.write(
            session, actor, office.clock(), "add_finding", subject(case_id), None, {"finding": row.id, **_said(said)}
        )
    return row.id


def read_chapter(
    office: Office, actor: Actor, case_id: str, key: str, answer: str = "", *, seat: Seat | None = None
) -> None:
    """The seat has read a chapter, or answers a question; a later answer replaces the earlier one."""
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "read_chapter", lock=True)
        seat = _seat(opened, seat)
        case = opened.case
        seat_at_work(session, actor, case, seat)
        row = session.get(ReadChapter, (case.id, case.round, seat.value, key))
        if row is None:
            row = ReadChapter(
                case_id=case.id, round=case.round, seat=seat.value, key=key[:200], by=actor.id, at=office.clock()
            )
            session.add(row)
        row.answer, row.by, row.at = answer.strip(), actor.id, office.clock()


def finish(office: Office, actor: Actor, case_id: str, *, seat: Seat | None = None) -> None:
    """The seat has decided on everything; raises ``CaseError`` naming how many findings are still open."""
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, lock=True)
        seat = _seat(opened, seat)
        require(actor, "finish_second" if seat is Seat.SECOND else "finish_first", opened.standing)
        row = seat_at_work(session, actor, opened.case, seat)
        open_ = [each for each in reviewed(session, opened, seat) if each.decision is None and not each.gone]
        if open_:
            raise CaseError("expertise.findings_open", count=len(open_))
        row.finished_at = office.clock()
        audit.write(session, actor, office.clock(), "finish", subject(case_id), None, {"seat": seat.value})


def reviewed(session: Session, opened: Opened, seat: Seat) -> tuple[Reviewed, ...]:
    """All findings of the round as this seat has them before it, in the order of the text.

    A finding of the machine that the last analysis no longer makes is left out unless somebody decided on it; what
    another blind seat added is not there. Raises ``DeniedError`` for whoever may not see the seat's work.
    """
    may_see_seat(opened, seat)
    last = latest_examination(session, opened)
    made = current(decisions(session, opened.case), seat)
    found = [Reviewed(row, made.get(row.id), _gone(row, last)) for row in _rows(session, opened.case, seat)]
    return tuple(each for each in found if not each.gone or each.decision is not None)


def may_see_seat(opened: Opened, seat: Seat) -> None:
    """Raises ``DeniedError`` for whoever may not see the seat's work."""
    require(opened.actor, SEES[seat], opened.standing)


def seat_of(opened: Opened) -> Seat:
    """The actor's own seat. Raises ``CaseError`` for whoever has none."""
    return _seat(opened, None)


def decisions(session: Session, case: Case) -> tuple[Decision, ...]:
    """All decisions of the round in the order they were taken."""
    rows = select(DecisionRow).where(DecisionRow.case_id == case.id, DecisionRow.round == case.round)
    return tuple(_decision(row) for row in session.scalars(rows.order_by(DecisionRow.id)))


def chapters_read(session: Session, case: Case, seat: Seat) -> Mapping[str, str]:
    """Keys a seat has read or answered → the answer."""
    rows = select(ReadChapter).where(
        ReadChapter.case_id == case.id, ReadChapter.round == case.round, ReadChapter.seat == seat.value
    )
    return {row.key: row.answer for row in session.scalars(rows)}


def questions_asked(session: Session, opened: Opened, seat: Seat) -> tuple[Asked, ...]:
    """What the last analysis asks, with what the seat has looked up; answers outlive a new analysis of the round."""
    last = latest_examination(session, opened)
    if last is None:
        return ()
    return questions(last.summary.get("questions", ()), chapters_read(session, opened.case, seat))


def _rows(session: Session, case: Case, seat: Seat) -> list[FindingRow]:
    rows = select(FindingRow).where(FindingRow.case_id == case.id, FindingRow.round == case.round)
    visible = {"", seat.value} if seat is not Seat.ADJUDICATOR else {"", *Seat}
    return [row for row in session.scalars(rows.order_by(FindingRow.position)) if row.added_as in visible]


def _gone(row: FindingRow, last: ExaminationRow | None) -> bool:
    return not row.added_by and (last is None or row.examination_id != last.id)


def _seat(opened: Opened, wanted: Seat | None) -> Seat:
    held = opened.standing.relations(opened.actor)
    seat = wanted or opened.seat()
    if seat is None or seat.value not in held:
        raise CaseError("expertise.no_seat")
    return seat


def _finding(session: Session, opened: Opened, finding_id: str, seat: Seat) -> FindingRow:
    row = session.get(FindingRow, (opened.case.id, opened.case.round, finding_id))
    if row is None or (row.added_as not in ("", seat.value) and seat is not Seat.ADJUDICATOR):
        raise NotFoundError("expertise.no_finding")
    return row


def _enter(session: Session, office: Office, opened: Opened, decision: Decision) -> None:
    case = opened.case
    session.add(
        DecisionRow(
            case_id=case.id, round=case.round, finding_id=decision.finding, seat=decision.seat.value,
            verdict=decision.verdict.value, said=_said(decision.said), reason=decision.reason,
            taken_back=decision.taken_back, by=decision.by, at=decision.at,
        )
    )  # fmt: skip
    case.changed_at = office.clock()
    session.flush()


def _bounded(office: Office, said: Said, reason: str) -> None:
    most = office.settings.decision_characters
    words = [said.explanation, said.risk, said.recommendation, reason, *said.wording.values()]
    if any(len(each) > most for each in words):
        raise CaseError("expertise.words_too_long", limit=most)


def _said(said: Said) -> dict[str, Any]:
    return {key: value for key, value in asdict(said).items() if value}


def _told(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "finding": decision.finding,
        "verdict": decision.verdict.value,
        "reason": decision.reason,
        **_said(decision.said),
    }


def _decision(row: DecisionRow) -> Decision:
    raw = dict(row.said)
    places = tuple((str(code), int(start), int(end)) for code, start, end in raw.pop("places", ()))
    said = Said(places=places, **raw)
    return Decision(
        row.finding_id, Seat(row.seat), Verdict(row.verdict), said, row.reason, row.by, row.at, row.taken_back, row.id
    )  # fmt: skip
