"""The developer's answer: every recommendation with its position, one's draft, what was submitted, the form in Word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, in_case
from api.pages.answer_cards import cards, counted
from api.pages.case_view import term_of
from api.pages.file_names import called
from api.pages.forms import Form, day_of, form_of, offset_of, onward, pieces
from api.pages.rendering import page
from api.problems import Problem, language_of, problem_of
from api.sending import as_file, as_sent
from api.service import desk_of
from expertise.case.answers import Given, Position, Signatory, recommended, unanswered
from expertise.case.states import CaseError, State
from expertise.office import Office
from expertise.store.case_tables import ConclusionRow
from expertise.store.cases import Opened, open_case
from expertise.work.answer_sheets import Sheet, draft, form_document, sheet_file, submissions, to_answer
from expertise.work.answering import comment, read_answers, save_answers, submit
from expertise.work.naming import names_of
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Sees = Annotated[AtCase, Depends(in_case("see_answers"))]
Answers = Annotated[AtCase, Depends(in_case("answer"))]
Uploads = Annotated[AtCase, Depends(in_case("answer", uploads=True))]
_MOST_CARDS = 60  # three fields each: a form has 200


@dataclass(frozen=True, slots=True)
class _Tried:
    """A form that did not go through: what was written, what is wrong with it."""

    given: Mapping[int, Given]
    signatory: Signatory | None
    problems: Mapping[int, Problem]
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class _View:
    """What the page is of: a draft that is being written, or a submission that is read."""

    conclusion: ConclusionRow | None
    shown: Sheet | None
    sheets: Sequence[Sheet]
    editing: bool
    may_answer: bool
    developer: bool

    @property
    def signatory(self) -> Signatory:
        """Of the draft; a new one does not take over the letter of the last submission."""
        draft_of = self.shown if self.shown and self.shown.row.number is None else None
        return draft_of.signatory if draft_of else Signatory()


_NOTHING = _Tried({}, None, {}, None)


@router.get("/cases/{case_id}/answers")
def answers_page(request: Request, at: Sees) -> Response:
    """One's draft to go on with, else what was submitted."""
    return _page(request, at, _NOTHING, entering=request.query_params.get("enter") == "1")


@router.get("/cases/{case_id}/answers/form/{language}")
def answer_form_file(request: Request, at: Sees, language: Annotated[str, Path(pattern="^(ru|kk)$")]) -> Response:
    """The form in Word, with what one's draft holds already."""
    office = desk_of(request).office
    content = form_document(office, at.actor, at.case_id, language)
    with office.database.reading() as session:
        number = open_case(session, at.actor, at.case_id).case.number
    return as_file(f"answer.{language}.docx", content, called("answer", number, language, "docx"))


@router.get("/cases/{case_id}/answers/sheets/{sheet_id}/files/{number}")
def filled_form_file(
    request: Request,
    at: Sees,
    sheet_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
    number: Annotated[int, Path(ge=1, le=999_999)],
) -> Response:
    """A filled form as it came."""
    return as_sent(*sheet_file(desk_of(request).office, at.actor, at.case_id, sheet_id, number))


@router.post("/cases/{case_id}/answers")
async def answers_form(request: Request, at: Answers) -> Response:
    """Keep what is right in one's draft; then, where that was asked for, submit the whole."""
    form = await form_of(request)
    return await run_in_threadpool(_save, request, at, form)


@router.post("/cases/{case_id}/answers/file")
async def answer_file(request: Request, at: Uploads) -> Response:
    """Put the answers of a filled form into one's draft."""
    form = await form_of(request)

    def read(office: Office) -> None:
        if not form.files:
            raise CaseError("expertise.answer_not_docx")
        read_answers(office, at.actor, at.case_id, pieces(form.files[0]), form.files[0].filename or "")

    return await _doing(request, at, read, "answers_read")


@router.post("/cases/{case_id}/answers/comments")
async def comment_form(request: Request, at: Annotated[AtCase, Depends(in_case("comment_answer"))]) -> Response:
    """An expert says something to a position that was not accepted in full."""
    form = await form_of(request)
    number = _number(form["number"])

    def say(office: Office) -> None:
        comment(office, at.actor, at.case_id, form["sheet"][:32], number, form["text"])

    return await _doing(request, at, say, "commented", anchor=f"r-{number}", sheet=form["sheet"][:32])


async def _doing(
    request: Request, at: AtCase, do: Callable[[Office], None], done: str, anchor: str = "", **query: str
) -> Response:
    try:
        await run_in_threadpool(do, desk_of(request).office)
    except SaraptamaError as error:
        tried = replace(_NOTHING, problem=problem_of(request, error))
        return await run_in_threadpool(_page, request, at, tried, entering=done == "answers_read")
    query |= {"enter": "1"} if done == "answers_read" else {}
    return onward(f"/cases/{at.case_id}/answers", done, anchor, **query)


def _save(request: Request, at: AtCase, form: Form) -> Response:
    office, given = desk_of(request).office, _given(form)
    signatory: Signatory | None = None
    try:
        signatory = _signatory(form)
        refused = save_answers(office, at.actor, at.case_id, given, signatory).refused
        problems = {number: problem_of(request, error) for number, error in refused.items()}
        if problems:
            return _page(request, at, _Tried(given, signatory, problems, None), entering=True)
        if form["do"] == "submit":
            submit(office, at.actor, at.case_id)
            return onward(f"/cases/{at.case_id}/answers", "answered")
    except SaraptamaError as error:
        return _page(request, at, _Tried(given, signatory, {}, problem_of(request, error)), entering=True)
    anchor = f"r-{form['do'].removeprefix('save-')}" if form["do"].startswith("save-") else ""
    return onward(f"/cases/{at.case_id}/answers", "answers_saved", anchor, enter="1", offset=form["offset"][:9])


def _page(request: Request, at: AtCase, tried: _Tried, *, entering: bool) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_answers")
        view = _view(request, session, opened, entering)
        names = names_of(session, _people(view))
    found = recommended(view.conclusion.content) if view.conclusion else ()
    size = min(office.settings.page_of_answers, _MOST_CARDS)
    offset = _offset(request, found, tried, size)
    made = cards(found[offset : offset + size], view.shown, language_of(request), tried.given, tried.problems)
    answered = view.shown.answers if view.shown else {}
    told = tried.problem or next(iter(tried.problems.values()), None)
    return page(
        request, "answers.html", told.status if told else 200, path=f"/cases/{at.case_id}/answers",
        problem=tried.problem, refused=tuple(tried.problems), case=opened.case, may=opened.may, names=names, cards=made,
        due=term_of(office, opened.case),
        view=view, positions=tuple(Position), signatory=tried.signatory or view.signatory, found=found,
        places={each["number"]: index for index, each in enumerate(found)},
        left=unanswered(found, view.shown.settled if view.shown else ()), counts=counted(answered.values()),
        offset=offset, size=size,
        least=office.settings.answer_reason_characters, limit_mb=office.settings.answer_file_bytes // (1024 * 1024),
    )  # fmt: skip


def _view(request: Request, session: Session, opened: Opened, entering: bool) -> _View:
    """One's draft where one is answering, else the submission that was asked for, else the last one."""
    row, given = to_answer(session, opened), submissions(session, opened)
    may_answer = row is not None and opened.may("answer")
    developer = "developer" in opened.standing.relations(opened.actor)
    asked = request.query_params.get("sheet", "")
    if may_answer and (entering or (developer and State(opened.case.state) is State.SENT)):
        last = next((sheet for sheet in given if row and sheet.conclusion.id == row.id), None)
        return _View(row, draft(session, opened) or last, given, editing=True, may_answer=True, developer=developer)
    shown = next((sheet for sheet in given if sheet.row.id == asked), given[0] if given else None)
    return _View(shown.conclusion if shown else row, shown, given, False, may_answer, developer)


def _people(view: _View) -> Sequence[str]:
    said = [each.by for sheet in view.sheets for several in sheet.comments.values() for each in several]
    return [*said, *(sheet.row.by for sheet in view.sheets)]


def _offset(request: Request, found: Sequence[Mapping[str, Any]], tried: _Tried, size: int) -> int:
    """The first recommendation of the page: of what was tried, else as the address says."""
    wanted = next((index for index, each in enumerate(found) if each["number"] in tried.given), offset_of(request))
    wanted = min(wanted, max(len(found) - 1, 0))
    return wanted - wanted % size


def _given(form: Form) -> dict[int, Given]:
    """The answers of the page; words in a field that its position does not ask for were not shown and are nothing."""
    numbers = [_number(name.removeprefix("reason_")) for name in form.words if name.startswith("reason_")]
    found = {}
    for number in numbers:
        position = form[f"position_{number}"]
        wording = form[f"wording_{number}"] if position in ("", Position.IN_PART) else ""
        found[number] = Given(position, wording, form[f"reason_{number}"])
    return found


def _signatory(form: Form) -> Signatory:
    day = day_of(form["letter_date"], "letter_date")
    return Signatory(form["signed_by"], form["post"], form["letter_number"], day)


def _number(words: str) -> int:
    return int(words) if words.isdecimal() and words.isascii() and len(words) < 7 else 0
