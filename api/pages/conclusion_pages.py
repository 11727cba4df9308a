"""The conclusion: looked at, drawn up, saved; what two blind experts differ on; signatures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.accounts.gate import AtCase, in_case
from api.pages.cards import card
from api.pages.document_html import blocks
from api.pages.file_names import of_conclusion
from api.pages.forms import form_of, onward, pieces
from api.pages.rendering import page
from api.problems import Problem, language_of, problem_of
from api.sending import as_sent
from api.service import desk_of
from expertise.case.states import CaseError, State
from expertise.documents.conclusion import conclusion
from expertise.office import Office
from expertise.people import Seat
from expertise.store.cases import open_case
from expertise.work.adjudicating import differences
from expertise.work.analysing import latest_examination
from expertise.work.concluding import LANGUAGES, blanks, conclude, document_of, preview
from expertise.work.issued import conclusion_file, sign, signatures
from expertise.work.kept_texts import texts_of
from expertise.work.papers import drawn_up, papers_of
from expertise.work.reviewing import Reviewed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Sees = Annotated[AtCase, Depends(in_case("see_case"))]


@router.get("/cases/{case_id}/conclusion")
def conclusion_page(request: Request, at: Sees) -> Response:
    """The conclusion that was drawn up, else how it would be."""
    return _conclusion(request, at)


@router.post("/cases/{case_id}/conclusion")
async def conclude_form(request: Request, at: Annotated[AtCase, Depends(in_case("to_conclude"))]) -> Response:
    """Draw the conclusion up and freeze it."""
    form = await form_of(request)
    languages = [code for code in LANGUAGES if form[code] == "1"]
    office = desk_of(request).office

    def save() -> None:
        if form["with_blanks"] != "1":
            _require_whole(office, at)
        conclude(office, at.actor, at.case_id, languages)

    try:
        await run_in_threadpool(save)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_conclusion, request, at, told)
    return onward(f"/cases/{at.case_id}/conclusion", "concluded")


@router.get("/cases/{case_id}/conclusion/files/{name}")
def conclusion_file_page(
    request: Request,
    at: Annotated[AtCase, Depends(in_case("see_conclusion"))],
    name: Annotated[str, Path(max_length=200)],
) -> Response:
    """One file of the conclusion, as it was frozen."""
    office = desk_of(request).office
    content = conclusion_file(office, at.actor, at.case_id, name)
    with office.database.reading() as session:
        case = open_case(session, at.actor, at.case_id).case
        return as_sent(of_conclusion(case, name, language_of(request)), content)


@router.post("/cases/{case_id}/signatures")
async def signature_form(request: Request, at: Annotated[AtCase, Depends(in_case("sign", uploads=True))]) -> Response:
    """Keep a detached signature beside the file it signs."""
    form = await form_of(request)

    def save(office: Office) -> None:
        if not form.files:
            raise CaseError("expertise.file_empty", name="–")
        file = form.files[0]
        sign(office, at.actor, at.case_id, form["signs"], file.filename or "", pieces(file))

    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_conclusion, request, at, told)
    return onward(f"/cases/{at.case_id}/conclusion", "signed")


@router.get("/cases/{case_id}/differences")
def differences_page(request: Request, at: Annotated[AtCase, Depends(in_case("see_differences"))]) -> Response:
    """What two blind experts differ on, and how far they agree."""
    office, language = desk_of(request).office, language_of(request)
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_differences")
        try:
            found = differences(session, office, opened)
        except CaseError as error:
            told = problem_of(request, error)
            return page(
                request, "differences.html", told.status, case=opened.case, may=opened.may, found=None, rows=(),
                problem=told, adjudicates=False,
            )  # fmt: skip
        last = latest_examination(session, opened)
        texts = texts_of(office, last)
    rows = []
    for number, item in enumerate(found.items, start=1):
        said = {
            seat.value: card(Reviewed(item.row, decision, gone=False), number, texts, language) if decision else None
            for seat, decision in (
                (Seat.FIRST, item.first),
                (Seat.SECOND, item.second),
                (Seat.ADJUDICATOR, item.adjudged),
            )
        }
        rows.append(
            {"item": item, "said": said, "machine": card(Reviewed(item.row, None, gone=False), number, texts, language)}
        )
    adjudicates = opened.may("decide_adjudicator")
    return page(
        request, "differences.html", case=opened.case, may=opened.may, found=found, rows=rows, problem=None,
        adjudicates=adjudicates,
    )  # fmt: skip


def _conclusion(request: Request, at: AtCase, told: Problem | None = None) -> Response:
    office, language = desk_of(request).office, language_of(request)
    shown = request.query_params.get("language", language)
    shown = shown if shown in LANGUAGES else language
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id)
        state = State(opened.case.state)
        row = drawn_up(session, opened)
        signed = signatures(session, row) if row else ()
        papers = papers_of(session, office, opened) if row else ()
    if row is None and not opened.may("see_draft_conclusion"):
        return RedirectResponse(f"/cases/{at.case_id}", 303)
    empty: list[str] = []
    unread: list[str] = []
    if row is not None:
        document = conclusion(row.content, shown, row.content_hash)
    else:
        drawn = preview(office, at.actor, at.case_id)
        document = document_of(drawn, shown)
        empty, unread = blanks(drawn, language)
    return page(
        request, "conclusion.html", told.status if told else 200, path=f"/cases/{at.case_id}/conclusion",
        case=opened.case, may=opened.may, row=row, signatures=signed, papers=papers, blocks=blocks(document),
        document=document, shown=shown, languages=LANGUAGES,
        may_conclude=opened.may("to_conclude") and state is State.IN_REVIEW, problem=told,
        limit_kb=office.settings.signature_bytes // 1024, empty=empty, unread=unread,
    )  # fmt: skip


def _require_whole(office: Office, at: AtCase) -> None:
    """A conclusion is frozen for good: with blanks only when somebody said so. What hinders it is told by itself."""
    drawn = preview(office, at.actor, at.case_id)
    if not drawn.obstacles and any(blanks(drawn, at.actor.language)):
        raise CaseError("expertise.blanks_unconfirmed")
