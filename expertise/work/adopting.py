"""The coordinator decides what became of every recommendation of a sent conclusion; experts of the case may say so too.

Reads: the conclusion, the proposals of the comparison that stands. Writes: decisions and comments, which are only added
to: a comparison made anew or another text changes no decision.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.adoption import Adoption, Decided, Verdict, checked, require_decided
from expertise.case.answers import finding_of, plain, recommended
from expertise.case.states import CaseError, State
from expertise.office import Office
from expertise.people import Actor
from expertise.store.adoption_tables import AdoptionComment, AdoptionDecisionRow
from expertise.store.case_tables import ConclusionRow
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.work.adopted import decided, proposals, standing_run
from expertise.work.issued import conclusion_of
from expertise.work.registering import subject

_CLOSED = (State.ADOPTED, State.NOT_ADOPTED)


def decide_adoption(
    office: Office, actor: Actor, case_id: str, number: int, verdict: Verdict, *, run: str | None = None
) -> Decided:
    """Decide on one recommendation by its number. ``run``: the comparison that was before the eyes of who decides
    ("" – none; None – whichever stands).

    Raises ``DeniedError``, ``NotFoundError`` (no such recommendation), ``CaseError``: what ``checked`` raises, another
    comparison stands by now.
    """
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "decide_adoption", lock=True)
        conclusion = conclusion_of(session, opened)
        _require_known(conclusion, (number,))
        return _decide(session, office, opened, conclusion, number, verdict, run)


def decide_rest(office: Office, actor: Actor, case_id: str, verdict: Verdict) -> tuple[int, ...]:
    """One verdict for all recommendations nobody decided on (an act that was not adopted); their numbers.

    What was decided stays as it is. Raises what ``decide_adoption`` raises; ``CaseError`` without a reason.
    """
    if not plain(verdict.reason):
        raise CaseError("expertise.adoption_reason_rest")
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "decide_adoption", lock=True)
        conclusion = conclusion_of(session, opened)
        known = decided(session, conclusion)
        left = [each["number"] for each in recommended(conclusion.content) if each["number"] not in known]
        for number in left:
            _decide(session, office, opened, conclusion, number, verdict, None)
    return tuple(left)


def take_back_adoption(office: Office, actor: Actor, case_id: str, number: int) -> None:
    """Undo: the last decision on the recommendation no longer counts, the one before does again.

    Raises ``DeniedError`` (a closed case too), ``NotFoundError``, ``CaseError`` where there is none.
    """
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "undo_adoption", lock=True)
        conclusion = conclusion_of(session, opened)
        _require_known(conclusion, (number,))
        before = decided(session, conclusion).get(number)
        if before is None:
            raise CaseError("expertise.adoption_nothing_to_take_back")
        row = _row(office, opened, conclusion, number)
        row.state, row.taken_back, row.run_id = before.state.value, True, None
        session.add(row)
        session.flush()
        audit.write(session, actor, row.at, "take_back_adoption", subject(case_id), _told(before), None)
        opened.case.changed_at = row.at


def comment_adoption(office: Office, actor: Actor, case_id: str, number: int, words: str) -> AdoptionComment:
    """An expert of the case says something of a recommendation's adoption.

    Raises ``DeniedError``, ``NotFoundError``, ``CaseError`` (no words, too many).
    """
    text, most, now = plain(words), office.settings.decision_characters, office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "comment_adoption", lock=True)
        conclusion = conclusion_of(session, opened)
        _require_known(conclusion, (number,))
        if not text:
            raise CaseError("expertise.adoption_comment_empty")
        if len(text) > most:
            raise CaseError("expertise.words_too_long", limit=most)
        made = AdoptionComment(conclusion_id=conclusion.id, number=number, text=text, by=actor.id, at=now)
        session.add(made)
        session.flush()
        audit.write(session, actor, now, "comment_adoption", subject(case_id), None, {"number": number, "text": text})
    return made


def require_all_decided(session: Session, conclusion: ConclusionRow) -> None:
    """Raises ``CaseError`` with the numbers nobody decided on: a case is closed by people, never by a proposal."""
    numbers = [int(each["number"]) for each in recommended(conclusion.content)]
    require_decided(numbers, decided(session, conclusion))


def _decide(
    session: Session, office: Office, opened: Opened, conclusion: ConclusionRow, number: int, verdict: Verdict,
    seen: str | None,
) -> Decided:  # fmt: skip
    run = standing_run(session, opened.case, conclusion)
    if seen is not None and seen != (run.id if run else ""):
        raise CaseError("expertise.adoption_proposal_changed")
    proposed = proposals(session, run).get(number)
    state = proposed.state if proposed and proposed.state != Adoption.UNDECIDED else ""
    closed = State(opened.case.state) in _CLOSED
    given = checked(verdict, state, office.settings.decision_characters, correcting=closed)
    before = decided(session, conclusion).get(number)
    row = _row(office, opened, conclusion, number)
    row.state, row.reason, row.document = given.state, given.reason, given.document
    row.run_id, row.proposed = (run.id, proposed.state) if run and proposed else (None, "")
    session.add(row)
    session.flush()
    made = decided(session, conclusion)[number]
    audit.write(session, opened.actor, row.at, "decide_adoption", subject(opened.case.id), _told(before), _told(made))
    opened.case.changed_at = row.at
    return made


def _row(office: Office, opened: Opened, conclusion: ConclusionRow, number: int) -> AdoptionDecisionRow:
    found = next(each for each in recommended(conclusion.content) if each["number"] == number)
    return AdoptionDecisionRow(
        case_id=opened.case.id, round=opened.case.round, conclusion_id=conclusion.id, number=number,
        finding_id=finding_of(found), state="", by=opened.actor.id, at=office.clock(), taken_back=False,
        reason="", document="", proposed="",
    )  # fmt: skip


def _require_known(conclusion: ConclusionRow, numbers: Sequence[int]) -> None:
    known = {each["number"] for each in recommended(conclusion.content)}
    if set(numbers) - known:
        raise NotFoundError("expertise.no_recommendation")


def _told(made: Decided | None) -> dict[str, object] | None:
    if made is None:
        return None
    told = {"number": made.number, "state": made.state.value, "reason": made.reason, "document": made.document}
    return {**told, "proposed": made.proposed, "run": made.run}
