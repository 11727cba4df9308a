"""The review: the act with flagged words, findings beside it, decisions by form or by key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.accounts.gate import AtCase, in_case
from api.pages.act_view import lines
from api.pages.cards import spans
from api.pages.closed_words import closed_words
from api.pages.forms import Form, form_of, onward, seat_of
from api.pages.original_pages import pages_of, sheet
from api.pages.rendering import page, render
from api.pages.review_board import CHAPTER, QUESTION, Board, ShownAct, board_of, chosen, contents_of, filtered, in_order
from api.pages.review_forms import changed, find, given, said_in, verdict_of
from api.pages.where import where_of
from api.problems import Problem, language_of, problem_of
from api.service import desk_of
from expertise.case.decisions import Said, Verdict
from expertise.office import Office
from expertise.work.originals import has_pages
from expertise.work.reviewing import add_finding, decide, finish, read_chapter, take_back
from nlp.errors import SaraptamaError
from nlp.messages import LANGUAGES

router = APIRouter(include_in_schema=False)
Sees = Annotated[AtCase, Depends(in_case("see_findings"))]
FindingId = Annotated[str, Path(pattern="^[0-9a-z-]{1,64}$")]


@router.get("/cases/{case_id}/review")
def review_page(request: Request, at: Sees) -> Response:
    """The review as the actor's seat has it; for a script that asks so, the one finding whose words are changed."""
    where = where_of(request)
    if request.headers.get("x-fragment") and where.edit:
        return _fragment(request, at, where.edit, None, None)
    return _review(request, at)


@router.post("/cases/{case_id}/findings")
async def add_form(request: Request, at: Sees) -> Response:
    """A finding by hand: its words are looked up in the text."""
    form = await form_of(request)

    def save(office: Office) -> str:
        said = said_in(form)
        language = form["language"] if form["language"] in LANGUAGES else language_of(request)
        places = find(office, at, form["language"], form["quote"])
        made = Said(said.factor, said.severity, said.explanation, said.risk, said.recommendation, said.wording, places)
        return add_finding(office, at.actor, at.case_id, made, language, seat=seat_of(form["seat"]))

    try:
        finding = await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_review, request, at, told, "add", form)
    return onward(f"/cases/{at.case_id}/review", "added", f"f-{finding}", **where_of(request, form).query())


@router.post("/cases/{case_id}/findings/{finding_id}")
async def decide_form(request: Request, at: Sees, finding_id: FindingId) -> Response:
    """A decision on a finding."""
    form = await form_of(request)

    def save(office: Office) -> None:
        verdict = verdict_of(form["verdict"])
        said = changed(office, at, finding_id, form) if verdict is Verdict.EDITED else Said()
        decide(
            office, at.actor, at.case_id, finding_id, verdict,
            seat=seat_of(form["seat"]), said=said, reason=form["reason"], in_both=form["in_both"] == "1",
        )  # fmt: skip

    return await _on_finding(request, at, finding_id, form, save)


@router.post("/cases/{case_id}/findings/{finding_id}/undo")
async def undo_form(request: Request, at: Sees, finding_id: FindingId) -> Response:
    """The last decision no longer counts."""
    form = await form_of(request)
    return await _on_finding(
        request, at, finding_id, form,
        lambda office: take_back(office, at.actor, at.case_id, finding_id, seat=seat_of(form["seat"])),
    )  # fmt: skip


@router.post("/cases/{case_id}/chapters")
async def chapter_form(request: Request, at: Annotated[AtCase, Depends(in_case("read_chapter"))]) -> Response:
    """A chapter has been read."""
    form = await form_of(request)
    key = form["chapter"][:190]
    return await _then_review(
        request, at, form,
        lambda office: read_chapter(office, at.actor, at.case_id, CHAPTER + key, seat=seat_of(form["seat"])), "",
    )  # fmt: skip


@router.post("/cases/{case_id}/questions")
async def question_form(request: Request, at: Annotated[AtCase, Depends(in_case("read_chapter"))]) -> Response:
    """What the machine asked has been looked up."""
    form = await form_of(request)
    key = form["question"][:190]
    return await _then_review(
        request, at, form,
        lambda office: read_chapter(
            office, at.actor, at.case_id, QUESTION + key, form["answer"], seat=seat_of(form["seat"])
        ), "",
    )  # fmt: skip


@router.post("/cases/{case_id}/finish")
async def finish_form(request: Request, at: Sees) -> Response:
    """Everything is decided."""
    form = await form_of(request)
    return await _then_review(
        request, at, form, lambda office: finish(office, at.actor, at.case_id, seat=seat_of(form["seat"])), "finished"
    )  # fmt: skip


async def _then_review(
    request: Request, at: AtCase, form: Form, save: Callable[[Office], object], done: str
) -> Response:
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_review, request, at, told, "", form)
    entry = form["entry"] if re.fullmatch(r"[cq]-\d{1,6}", form["entry"]) else ""
    return onward(f"/cases/{at.case_id}/review", done, entry, **where_of(request, form).query())


async def _on_finding(
    request: Request, at: AtCase, finding_id: str, form: Form, save: Callable[[Office], object]
) -> Response:
    """Save, then show the finding: by itself for a script that asked for it, else the whole page at its place."""
    told: Problem | None = None
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
    if request.headers.get("x-fragment"):
        return await run_in_threadpool(_fragment, request, at, finding_id, form, told)
    if told is not None:
        return await run_in_threadpool(_review, request, at, told, finding_id, form)
    return onward(f"/cases/{at.case_id}/review", "decided", f"f-{finding_id}", **where_of(request, form).query())


def _review(
    request: Request, at: AtCase, told: Problem | None = None, problem_of: str = "", form: Form | None = None
) -> Response:
    office, language = desk_of(request).office, language_of(request)
    where = where_of(request, form)
    with office.database.reading() as session:
        board = board_of(session, office, at, where.seat, language)
    marks = {text.language: spans(board.cards, board.found, text) for text in board.texts}
    shown = chosen(board.texts, where.text, language)
    context: dict[str, Any] = {"sheet": None, "texts": ()}
    if where.view and shown and has_pages(shown[0]):
        text = shown[0]
        shown = shown[:1]
        number = where.page or min(pages_of(text, marks[text.language]).values(), default=1)
        context["sheet"] = sheet(request, at, text, number, marks[text.language], office)
    else:
        where = replace(where, view="", page=0)
    acts = tuple(ShownAct(text.language, lines(text, marks[text.language], language)) for text in shown)
    context |= {
        "texts": acts,
        "where": where,
        "shown": {text.language for text in shown},
        "named": {each.id: each for each in board.cards},
        **_shared(board, at, language),
    }
    if request.headers.get("x-fragment") and context["sheet"]:
        return page(request, "sheet.html", **context)
    return page(
        request, "review.html", told.status if told else 200,
        path=f"/cases/{at.case_id}/review", may=board.opened.may, all_texts=board.texts,
        with_pages=[text.language for text in board.texts if has_pages(text)],
        contents=contents_of(shown, acts, marks, board.read),
        cards=in_order(filtered(board.cards, where.show, where.severity, where.factor), shown),
        total=len(board.cards), decided=board.decided,
        present=[factor for factor in office.factors if any(each.factor == factor for each in board.cards)],
        closed=closed_words(board.suppressed["first"], {act.language: act.lines for act in acts}, language),
        notices=board.notices, closed_total=board.suppressed["total"],
        finished=board.finished, problem=told, problem_of=problem_of, given=given(form), **context,
    )  # fmt: skip


def _shared(board: Board, at: AtCase, language: str) -> dict[str, Any]:
    """What a finding needs whether it stands on the page or comes by itself."""
    return {
        "case": board.case,
        "seat": board.seat.value,
        "seats": board.seats,
        "deciding": board.deciding,
        "answers": board.answers,
        "questions": board.questions,
        "questions_left_out": board.questions_left_out,
        "taken": board.taken,
        "units": board.units_of_proposals(language),
        "to_add": board.to_add,
        "twins": board.twins,
        "beside": board.beside,
        "action": f"/cases/{at.case_id}/findings",
        "review": f"/cases/{at.case_id}/review",
        "languages": [text.language for text in board.texts if text.language in LANGUAGES] or LANGUAGES,
    }


def _fragment(request: Request, at: AtCase, finding_id: str, form: Form | None, told: Problem | None) -> Response:
    office, where, language = desk_of(request).office, where_of(request, form), language_of(request)
    with office.database.reading() as session:
        board = board_of(session, office, at, where.seat, language, only=finding_id)
    ordered = sorted(board.cards, key=lambda each: each.id != finding_id)
    html = render(
        request, "fragment.html", cards=ordered, total=len(board.found), decided=board.decided, problem=told,
        problem_of=finding_id if told else "", given=given(form), where=where,
        shown={text.language for text in chosen(board.texts, where.text, language)}, **_shared(board, at, language),
    )  # fmt: skip
    return HTMLResponse(html, told.status if told else 200)
