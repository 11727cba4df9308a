"""Sheets of answers as people see them: what was submitted, one's own draft, the form in Word.

Reads: sheets, the conclusion they are of. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.case.answer_cells import Question
from expertise.case.answers import Given, Signatory
from expertise.case.states import ISSUED, CaseError, State
from expertise.documents.answer_form import answer_form
from expertise.documents.docx_writer import write_docx
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.answer_tables import Answer, AnswerComment, AnswerSheet
from expertise.store.case_tables import ConclusionRow
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.work.issued import conclusion_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft or a submission with the conclusion it answers."""

    row: AnswerSheet
    conclusion: ConclusionRow
    answers: Mapping[int, Answer]
    comments: Mapping[int, tuple[AnswerComment, ...]] = field(default_factory=dict)

    @property
    def given(self) -> Mapping[int, Given]:
        """The answers without who wrote them."""
        return {number: Given(row.position, row.wording, row.reason) for number, row in self.answers.items()}

    @property
    def signatory(self) -> Signatory:
        """Who answers."""
        return Signatory(self.row.signed_by, self.row.post, self.row.letter_number, self.row.letter_date)

    @property
    def settled(self) -> frozenset[int]:
        """Numbers with an answer that no question of an uploaded file has put in doubt since."""
        return frozenset(self.answers) - {question.number for question in self.questions}

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was not clear in the file that was uploaded last."""
        return tuple(Question(**each) for each in self.row.questions)


def to_answer(session: Session, opened: Opened) -> ConclusionRow | None:
    """The conclusion of this round where it was sent and the actor may see it."""
    if State(opened.case.state) not in ISSUED or not opened.may("see_conclusion"):
        return None
    return conclusion_of(session, opened)


def submissions(session: Session, opened: Opened) -> tuple[Sheet, ...]:
    """Everything that was submitted in the case, in all rounds, the last first."""
    require(opened.actor, "see_answers", opened.standing)
    rows = select(AnswerSheet).where(
        AnswerSheet.case_id == opened.case.id, AnswerSheet.submitted_at.is_not(None), AnswerSheet.number.is_not(None)
    )
    ordered = rows.order_by(AnswerSheet.round.desc(), AnswerSheet.number.desc())
    return tuple(sheet_of(session, row) for row in session.scalars(ordered))


def draft(session: Session, opened: Opened) -> Sheet | None:
    """The actor's own draft of answers to the conclusion of this round."""
    require(opened.actor, "answer", opened.standing)
    row = draft_row(session, opened.actor, conclusion_of(session, opened))
    return sheet_of(session, row) if row else None


def positions(session: Session, opened: Opened) -> Mapping[str, tuple[int, str]]:
    """Finding → number and position by the last submission of this round; a defect of both texts has two findings."""
    last = next((each for each in submissions(session, opened) if each.row.round == opened.case.round), None)
    if last is None:
        return {}
    return {
        str(decision["finding"]): (found["number"], last.answers[found["number"]].position)
        for found in last.conclusion.content["findings"]
        for decision in found["decisions"]
        if found["number"] in last.answers
    }


def form_document(office: Office, actor: Actor, case_id: str, language: str) -> bytes:
    """The form in Word for the conclusion of this round, with what the actor's draft holds, else what was submitted.

    Raises ``DeniedError``, ``CaseError`` while no conclusion was sent, ``ValueError`` for an unknown language.
    """
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id, "see_answers")
        conclusion = to_answer(session, opened)
        if conclusion is None:
            raise CaseError("expertise.no_conclusion_sent")
        known = draft(session, opened) if opened.may("answer") else None
        if known is None:
            known = next((each for each in submissions(session, opened) if each.conclusion.id == conclusion.id), None)
    given, signatory = (known.given, known.signatory) if known else (None, None)
    least = office.settings.answer_reason_characters
    return write_docx(answer_form(conclusion.content, language, conclusion.content_hash, least, given, signatory))


def sheet_file(office: Office, actor: Actor, case_id: str, sheet_id: str, number: int) -> tuple[str, bytes]:
    """Name and bytes of a filled form, the ``number``-th of its sheet from 1; of a draft for who writes it only.

    Raises ``DeniedError``, ``NotFoundError``, ``KeptFileError``.
    """
    with office.database.reading() as session:
        opened = open_case(session, actor, case_id, "see_answers")
        row = session.get(AnswerSheet, sheet_id)
        hidden = row is None or row.case_id != opened.case.id or (row.number is None and row.by != actor.id)
        if row is None or hidden or not 1 <= number <= len(row.files):
            raise NotFoundError("expertise.no_answer_file")
        file = row.files[number - 1]
    return str(file["name"]), office.files.get(str(file["sha256"]))


def draft_row(session: Session, actor: Actor, conclusion: ConclusionRow) -> AnswerSheet | None:
    """The draft of this person, if there is one."""
    rows = select(AnswerSheet).where(
        AnswerSheet.conclusion_id == conclusion.id, AnswerSheet.by == actor.id, AnswerSheet.submitted_at.is_(None)
    )
    return session.scalars(rows).first()


def sheet_of(session: Session, row: AnswerSheet) -> Sheet:
    """A row with all that belongs to it."""
    conclusion = session.get_one(ConclusionRow, row.conclusion_id)
    answers = session.scalars(select(Answer).where(Answer.sheet_id == row.id).order_by(Answer.number))
    said: dict[int, tuple[AnswerComment, ...]] = {}
    for each in session.scalars(
        select(AnswerComment).where(AnswerComment.sheet_id == row.id).order_by(AnswerComment.id)
    ):
        said[each.number] = (*said.get(each.number, ()), each)
    return Sheet(row, conclusion, {answer.number: answer for answer in answers}, said)
