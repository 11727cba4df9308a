"""The developer's answers: drafts, submissions, the form in Word, what experts say to a rejection."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AfterValidator, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.file_names import called
from api.rest.keys import Key
from api.rest.models import HEX_ID, Asked, Language, Line, Long, Moment, Told, without_nul
from api.rest.receiving import RAW_ANSWER, RAW_BODY, receiving
from api.sending import as_file, as_sent
from api.service import desk_of
from expertise.case.answers import Given, Position, Signatory, recommended, unanswered
from expertise.messages import say
from expertise.people import Actor
from expertise.store.answer_tables import AnswerComment
from expertise.store.cases import open_case
from expertise.work.answer_sheets import Sheet, draft, form_document, sheet_file, submissions, to_answer
from expertise.work.answering import Saved, comment, read_answers, save_answers, submit
from expertise.work.once import once

router = APIRouter(tags=["answers"])
Sees = Annotated[AtCase, Depends(in_case("see_answers"))]
Answers = Annotated[AtCase, Depends(in_case("answer"))]
Uploads = Annotated[AtCase, Depends(in_case("answer", uploads=True))]
Comments = Annotated[AtCase, Depends(in_case("comment_answer"))]
Number = Annotated[int, Field(ge=1, le=999_999)]
Day = Annotated[date, Field(strict=False, ge=date(2000, 1, 1), le=date(2200, 1, 1))]
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {_WORD: {}}}}


class AnswerAsked(Asked):
    """``wording``: the developer's own, where it is accepted in part; ``reason``: needed where it is rejected."""

    position: Annotated[str, StringConstraints(pattern="^(accepted|in_part|rejected)$")]
    wording: Long = ""
    reason: Long = ""


class SubmissionAsked(Asked):
    """Who answers. The letter must be named for what came on paper."""

    name: Line
    post: Line
    letter_number: Line = ""
    letter_date: Day | None = None


class CommentAsked(Asked):
    """What an expert says to the answer with this number."""

    number: Number
    text: Long


class CommentTold(Told):
    """The same, with who said it."""

    number: int
    text: str
    by: str
    at: Moment


class AnswerTold(Told):
    """The position on one recommendation, by its number in the conclusion."""

    number: int
    finding_id: str
    position: Position
    wording: str
    reason: str
    by: str
    at: Moment


class QuestionTold(Told):
    """What was not clear in an uploaded form; ``number`` 0: it belongs to no recommendation."""

    number: int
    code: str
    message: str
    position: str
    wording: str
    reason: str


class AnswerFileTold(Told):
    """A filled form as it came; ``number`` asks for it."""

    number: int
    name: str
    sha256: str
    size: int
    at: Moment


class SheetTold(Told):
    """A draft (``number`` is null) or a submission. ``on_behalf``: it came on paper, somebody else entered it."""

    id: str
    round: int
    conclusion_id: str
    number: int | None
    on_behalf: bool
    name: str
    post: str
    letter_number: str
    letter_date: date | None
    by: str
    submitted_at: Moment | None
    answers: list[AnswerTold]
    questions: list[QuestionTold]
    files: list[AnswerFileTold]
    comments: list[CommentTold]


class AnswersTold(Told):
    """``recommended``: numbers that are asked; ``draft``: one's own; ``submissions``: of all rounds, the last first."""

    due: date | None
    recommended: list[int]
    unanswered: list[int]
    draft: SheetTold | None
    submissions: list[SheetTold]


@router.get("/cases/{case_id}/answers")
def answers(request: Request, at: Sees) -> AnswersTold:
    """What is asked, one's own draft, everything that was submitted."""
    with desk_of(request).office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_answers")
        row = to_answer(session, opened)
        found = recommended(row.content) if row else ()
        own = draft(session, opened) if opened.may("answer") else None
        given = submissions(session, opened)
    last = own or next((sheet for sheet in given if row and sheet.conclusion.id == row.id), None)
    return AnswersTold(
        due=opened.case.answer_due,
        recommended=[each["number"] for each in found],
        unanswered=list(unanswered(found, last.settled if last else ())),
        draft=_told(own, at.actor) if own else None,
        submissions=[_told(sheet, at.actor) for sheet in given],
    )


@router.get("/cases/{case_id}/answers/form.docx", response_class=Response, responses=_FILE)
def form(request: Request, at: Sees, language: Annotated[Language, Query()] = "ru") -> Response:
    """The form in Word, with what one's draft holds already."""
    office = desk_of(request).office
    content = form_document(office, at.actor, at.case_id, language)
    with office.database.reading() as session:
        number = open_case(session, at.actor, at.case_id).case.number
    return as_file(f"answer.{language}.docx", content, called("answer", number, language, "docx"))


@router.put("/cases/{case_id}/answers/draft/{number}")
def save(request: Request, at: Answers, number: Annotated[int, Path(ge=1, le=999_999)], body: AnswerAsked) -> SheetTold:
    """Keep one answer in one's draft."""
    given = {number: Given(body.position, body.wording, body.reason)}
    return _told(_whole(save_answers(desk_of(request).office, at.actor, at.case_id, given)), at.actor)


@router.post("/cases/{case_id}/answers/draft/file", openapi_extra=RAW_BODY)
def upload(
    request: Request,
    at: Uploads,
    name: Annotated[str, Query(max_length=1_000), AfterValidator(without_nul)] = "",
) -> SheetTold:
    """Put the answers of a filled form into one's draft; its bytes are the body, and are kept with the draft."""
    with receiving(request) as pieces:
        return _told(read_answers(desk_of(request).office, at.actor, at.case_id, pieces, name), at.actor)


@router.get("/cases/{case_id}/answers/sheets/{sheet_id}/files/{number}", response_class=Response, responses=RAW_ANSWER)
def filled_form(
    request: Request,
    at: Sees,
    sheet_id: Annotated[str, Path(pattern=HEX_ID)],
    number: Annotated[int, Path(ge=1, le=999_999)],
) -> Response:
    """A filled form, byte for byte as it came; browsers save it and never show it."""
    return as_sent(*sheet_file(desk_of(request).office, at.actor, at.case_id, sheet_id, number))


@router.post("/cases/{case_id}/answers/submissions", status_code=201)
def send(request: Request, at: Answers, body: SubmissionAsked, key: Key = "") -> SheetTold:
    """Submit one's draft as a whole."""
    office = desk_of(request).office
    signatory = Signatory(body.name, body.post, body.letter_number, body.letter_date)

    def do() -> dict[str, Any]:
        return _told(submit(office, at.actor, at.case_id, signatory), at.actor).model_dump(mode="json")

    asked = ["submit", at.case_id, body.model_dump(mode="json")]
    return SheetTold.model_validate(once(office, at.actor, key, asked, do))


@router.post("/cases/{case_id}/answers/submissions/{sheet_id}/comments", status_code=201)
def say_to(
    request: Request, at: Comments, sheet_id: Annotated[str, Path(pattern=HEX_ID)], body: CommentAsked
) -> CommentTold:
    """An expert says something to a position that was not accepted in full."""
    return _comment(comment(desk_of(request).office, at.actor, at.case_id, sheet_id, body.number, body.text))


def _whole(saved: Saved) -> Sheet:
    for error in saved.refused.values():
        raise error
    return saved.sheet


def _comment(row: AnswerComment) -> CommentTold:
    return CommentTold(number=row.number, text=row.text, by=row.by, at=row.at)


def _told(sheet: Sheet, actor: Actor) -> SheetTold:
    row = sheet.row
    return SheetTold(
        id=row.id, round=row.round, conclusion_id=row.conclusion_id, number=row.number, on_behalf=row.on_behalf,
        name=row.signed_by, post=row.post, letter_number=row.letter_number, letter_date=row.letter_date, by=row.by,
        submitted_at=row.submitted_at,
        answers=[AnswerTold.model_validate(answer) for answer in sheet.answers.values()],
        questions=[
            QuestionTold(
                number=each.number, code=each.code, message=say(each.code, actor.language, each.params),
                position=each.position, wording=each.wording, reason=each.reason,
            )
            for each in sheet.questions
        ],
        files=[
            AnswerFileTold(number=number, **each | {"at": datetime.fromisoformat(each["at"])})
            for number, each in enumerate(row.files, start=1)
        ],
        comments=[_comment(each) for said in sheet.comments.values() for each in said],
    )  # fmt: skip
