"""The developer answers: a draft that may be changed, then a submission that may not.

Reads: the conclusion that was sent. Writes: sheets of answers; the first submission moves the case. A draft is seen by
who writes it only; what came on paper is entered by the coordinator and told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.answers import (
    Given,
    Position,
    Signatory,
    checked,
    finding_of,
    plain,
    recommended,
    require_all,
    require_signed,
    signed,
)
from expertise.case.states import CaseError, State
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.answer_tables import Answer, AnswerComment, AnswerSheet
from expertise.store.blobs import Kept
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.store.database import before_commit
from expertise.work.answer_files import read_form, taken
from expertise.work.answer_sheets import Sheet, draft_row, sheet_of, submissions
from expertise.work.issued import conclusion_of
from expertise.work.moving import apply
from expertise.work.registering import file_name, subject
from nlp.limits import Limits


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after something was saved. ``refused``: number → why that answer was not."""

    sheet: Sheet
    refused: Mapping[int, CaseError]


def save_answers(
    office: Office, actor: Actor, case_id: str, given: Mapping[int, Given], signatory: Signatory | None = None
) -> Saved:
    """Keep answers in the actor's draft, those that are right; an empty one changes nothing.

    Raises ``DeniedError``, ``NotFoundError`` for a number that is no recommendation, ``CaseError`` (the signatory).
    """
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "answer", lock=True)
        sheet = _begun(session, office, opened)
        refused = _keep(session, office, opened, sheet, given)
        _keep_signatory(sheet.row, signatory)
        session.flush()
        return Saved(sheet_of(session, sheet.row), refused)


def read_answers(
    office: Office, actor: Actor, case_id: str, pieces: Iterable[bytes], name: str = "", limits: Limits | None = None
) -> Sheet:
    """Put the answers of a filled form into the actor's draft; what is not clear in it is kept as questions.

    The file itself is kept with the draft, and with the submission it becomes. Raises ``DeniedError``, what
    ``read_form`` raises, ``CaseError`` for too many files; the draft is as it was then.
    """
    with office.database.reading() as session:
        conclusion = conclusion_of(session, open_case(session, actor, case_id, "answer"))
    form = taken(pieces, office.settings.answer_file_bytes)
    read = read_form(form, conclusion, office.settings, limits)
    with office.files.arriving() as coming:
        kept = coming.put_stream([form], len(form))
        with office.database.transaction() as session:
            opened = open_case(session, actor, case_id, "answer", lock=True)
            sheet = _begun(session, office, opened)
            if sheet.conclusion.id != conclusion.id:
                raise CaseError("expertise.answer_form_other")
            _keep(session, office, opened, sheet, read.answers)
            sheet.row.questions = [question.as_json() for question in read.questions]
            _keep_file(session, office, opened, sheet.row, file_name(name or "answer.docx"), kept)
            session.flush()
            return sheet_of(session, sheet.row)


def submit(
    office: Office, actor: Actor, case_id: str, signatory: Signatory | None = None,
    given: Mapping[int, Given] | None = None,
) -> Sheet:  # fmt: skip
    """Submit the draft as a whole, after keeping ``given``; the first submission moves the case to «answered».

    Raises ``DeniedError``, ``CaseError``: what is wrong with one of ``given``, recommendations without an answer (their
    numbers), no signatory, of a paper no letter, nothing new since the last submission. Nothing is kept then.
    """
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "answer", lock=True)
        sheet = _begun(session, office, opened)
        refused = _keep(session, office, opened, sheet, given or {})
        if refused:
            raise next(iter(refused.values()))
        _keep_signatory(sheet.row, signatory)
        session.flush()
        whole = sheet_of(session, sheet.row)
        require_all(recommended(whole.conclusion.content), whole.settled)
        require_signed(whole.signatory, whole.row.on_behalf)
        _require_change(session, opened, whole)
        _close(session, office, opened, whole)
        return whole


def comment(office: Office, actor: Actor, case_id: str, sheet_id: str, number: int, words: str) -> AnswerComment:
    """An expert says something to a position that was not accepted in full.

    Raises ``DeniedError``, ``NotFoundError`` (no such answer), ``CaseError`` (accepted, no words, too many).
    """
    most, now = office.settings.decision_characters, office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "comment_answer", lock=True)
        row = session.get(AnswerSheet, sheet_id)
        answer = session.get(Answer, (sheet_id, number))
        if row is None or row.case_id != opened.case.id or row.submitted_at is None or answer is None:
            raise NotFoundError("expertise.no_answer")
        if answer.position == Position.ACCEPTED:
            raise CaseError("expertise.answer_accepted")
        if not plain(words):
            raise CaseError("expertise.answer_comment_empty")
        if len(plain(words)) > most:
            raise CaseError("expertise.words_too_long", limit=most)
        made = AnswerComment(sheet_id=sheet_id, number=number, text=plain(words), by=actor.id, at=now)
        session.add(made)
        session.flush()
        told = {"sheet": sheet_id, "number": number, "text": made.text}
        audit.write(session, actor, now, "comment_answer", subject(case_id), None, told)
    return made


def _begun(session: Session, office: Office, opened: Opened) -> Sheet:
    """The actor's draft; a new one begins with what was submitted last."""
    conclusion = conclusion_of(session, opened)
    row = draft_row(session, opened.actor, conclusion)
    if row is not None:
        return sheet_of(session, row)
    last = next((each for each in submissions(session, opened) if each.conclusion.id == conclusion.id), None)
    row = AnswerSheet(
        case_id=opened.case.id, round=opened.case.round, conclusion_id=conclusion.id, number=None, files=[],
        on_behalf="developer" not in opened.standing.relations(opened.actor), letter_date=None, questions=[],
        by=opened.actor.id, started_at=office.clock(), submitted_at=None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    for number, before in (last.answers if last else {}).items():
        session.add(
            Answer(
                sheet_id=row.id, number=number, finding_id=before.finding_id, position=before.position,
                wording=before.wording, reason=before.reason, by=before.by, at=before.at,
            )
        )  # fmt: skip
    session.flush()
    return sheet_of(session, row)


def _keep(
    session: Session, office: Office, opened: Opened, sheet: Sheet, given: Mapping[int, Given]
) -> dict[int, CaseError]:
    """Keep what is right and differs; tell the rest."""
    asked = {int(each["number"]): each for each in recommended(sheet.conclusion.content)}
    if set(given) - set(asked):
        raise NotFoundError("expertise.no_answer")
    refused: dict[int, CaseError] = {}
    before, after = {}, {}
    for number, each in given.items():
        if each.is_empty:
            continue
        try:
            right = checked(each, office.settings.answer_reason_characters, office.settings.decision_characters)
        except CaseError as error:
            refused[number] = error
            continue
        old = sheet.given.get(number)
        if right != old:
            before[str(number)], after[str(number)] = _plain(old), _plain(right)
            _put(session, office, opened, sheet, asked[number], right)
    settled = set(given) - set(refused) - {number for number, each in given.items() if each.is_empty}
    sheet.row.questions = [each for each in sheet.row.questions if each["number"] not in settled]
    if after:
        audit.write(session, opened.actor, office.clock(), "save_answers", subject(opened.case.id), before, after)
    return refused


def _put(
    session: Session, office: Office, opened: Opened, sheet: Sheet, found: Mapping[str, object], right: Given
) -> None:
    row = sheet.answers.get(int(str(found["number"])))
    if row is None:
        row = Answer(sheet_id=sheet.row.id, number=found["number"], finding_id=finding_of(found))
        session.add(row)
    row.position, row.wording, row.reason = right.position, right.wording, right.reason
    row.by, row.at = opened.actor.id, office.clock()


def _keep_file(session: Session, office: Office, opened: Opened, row: AnswerSheet, name: str, kept: Kept) -> None:
    """The form as it came, the last one last; the same bytes again are the same file."""
    others = [each for each in row.files if each["sha256"] != kept.sha256]
    if len(others) >= office.settings.answer_files:
        raise CaseError("expertise.too_many_answer_files", limit=office.settings.answer_files)
    now = office.clock()
    row.files = [*others, {"name": name, "sha256": kept.sha256, "size": kept.size, "at": now.isoformat()}]
    told = {"sheet": row.id, "name": name, "sha256": kept.sha256}
    audit.write(session, opened.actor, now, "read_answers", subject(opened.case.id), None, told)
    before_commit(session, lambda: office.files.settle(kept))


def _plain(given: Given | None) -> list[str] | None:
    return [given.position, given.wording, given.reason] if given else None


def _keep_signatory(row: AnswerSheet, signatory: Signatory | None) -> None:
    if signatory is not None:
        given = signed(signatory)
        row.signed_by, row.post = given.name, given.post
        row.letter_number, row.letter_date = given.letter_number, given.letter_date


def _require_change(session: Session, opened: Opened, sheet: Sheet) -> None:
    """A button that is pressed twice submits once."""
    last = next((each for each in submissions(session, opened) if each.conclusion.id == sheet.conclusion.id), None)
    if last and not sheet.row.files and (dict(last.given), last.signatory) == (dict(sheet.given), sheet.signatory):
        raise CaseError("expertise.answer_unchanged")


def _close(session: Session, office: Office, opened: Opened, sheet: Sheet) -> None:
    row, now = sheet.row, office.clock()
    last = session.scalar(select(func.max(AnswerSheet.number)).where(AnswerSheet.conclusion_id == row.conclusion_id))
    row.number, row.submitted_at, row.questions = (last or 0) + 1, now, []
    session.flush()
    if State(opened.case.state) is State.SENT:
        require(opened.actor, "to_answer", opened.standing)
        apply(session, office, opened, "answer")
    told = {
        "sheet": row.id, "conclusion": row.conclusion_id, "number": row.number, "on_behalf": row.on_behalf,
        "name": row.signed_by, "post": row.post, "letter": row.letter_number,
        "letter_date": row.letter_date.isoformat() if row.letter_date else "",
        "answers": {str(number): _plain(given) for number, given in sheet.given.items()},
        "files": [each["sha256"] for each in row.files],
    }  # fmt: skip
    audit.write(session, opened.actor, now, "submit_answers", subject(opened.case.id), None, told)
