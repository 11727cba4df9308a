"""A person's own preliminary checks: asked for, read, saved, handed over to a case, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import allowed
from api.pages.document_html import blocks
from api.pages.forms import Form, form_of, offset_of, onward, pieces
from api.pages.preliminary_pages import FileName, saved, shown_language
from api.pages.rendering import page
from api.pages.texts import Texts
from api.problems import Problem, language_of, problem_of
from api.sending import as_sent
from api.service import desk_of
from expertise.messages import LANGUAGES
from expertise.office import Office
from expertise.people import Actor
from expertise.work.own_checks import (
    ACTION,
    ask_again,
    ask_check,
    cases_to_hand_over,
    check_document,
    check_result,
    delete_check,
    get_check,
    hand_over,
    list_checks,
    receive,
)
from expertise.work.sign_ins import Signed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Checks = Annotated[Signed, Depends(allowed(ACTION))]
Uploads = Annotated[Signed, Depends(allowed(ACTION, uploads=True))]


@router.get("/checks")
def checks_page(request: Request, signed: Checks) -> Response:
    """All of one's own, and the form of a new one."""
    return _list(request, signed.actor, None)


@router.post("/checks")
async def check_form(request: Request, signed: Uploads) -> Response:
    """Have a draft checked."""
    form = await form_of(request)
    try:
        check_id = await run_in_threadpool(_ask, desk_of(request).office, signed.actor, form)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_list, request, signed.actor, told)
    return onward(f"/checks/{check_id}", "check_asked")


@router.get("/checks/{check_id}")
def check_page(request: Request, signed: Checks, check_id: Id) -> Response:
    """How far it is, or the preliminary check itself."""
    return _show(request, signed.actor, check_id, None)


@router.get("/checks/{check_id}/progress")
def progress(request: Request, signed: Checks, check_id: Id) -> dict[str, Any]:
    """How far it is, for the page that waits for it."""
    row = get_check(desk_of(request).office, signed.actor, check_id)
    words = Texts(language_of(request))
    if row.status in ("done", "failed"):
        return {"ended": True, "done": 1000, "words": ""}
    said = words("case.analysis_running", percent=row.done // 10) if row.status == "running" else ""
    return {"ended": False, "done": row.done, "words": said or words("case.analysis_waiting")}


@router.get("/checks/{check_id}/files/{name}")
def check_file(request: Request, signed: Checks, check_id: Id, name: FileName) -> Response:
    """The preliminary check in Word or PDF, or the result for programs."""
    office = desk_of(request).office
    if name == "result.json":
        return as_sent("examination.json", check_result(office, signed.actor, check_id))
    about = PurePath(get_check(office, signed.actor, check_id).name).stem
    return saved(name, about, lambda language: check_document(office, signed.actor, check_id, language))


@router.post("/checks/{check_id}/again")
async def again_form(request: Request, signed: Checks, check_id: Id) -> Response:
    """The same texts checked anew, even if they do not look like a draft."""
    form, office = await form_of(request), desk_of(request).office
    try:
        row = await run_in_threadpool(ask_again, office, signed.actor, check_id, force=form["force"] == "1")
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_show, request, signed.actor, check_id, told)
    return onward(f"/checks/{row.id}", "check_asked")


@router.post("/checks/{check_id}/case")
async def hand_over_form(request: Request, signed: Checks, check_id: Id) -> Response:
    """The texts enter a case."""
    form, office = await form_of(request), desk_of(request).office
    case_id = form["case"]
    return await _doing(
        request, signed.actor, check_id, lambda: hand_over(office, signed.actor, check_id, case_id),
        f"/cases/{case_id}", "uploaded",
    )  # fmt: skip


@router.post("/checks/{check_id}/delete")
async def delete_form(request: Request, signed: Checks, check_id: Id) -> Response:
    """The check is gone for good."""
    office = desk_of(request).office
    return await _doing(
        request, signed.actor, check_id, lambda: delete_check(office, signed.actor, check_id), "/checks",
        "check_deleted",
    )  # fmt: skip


def _ask(office: Office, actor: Actor, form: Form) -> str:
    sent = [receive(office, actor, file.filename or "", pieces(file)) for file in form.files]
    return ask_check(office, actor, sent, force=form["force"] == "1").id


async def _doing(
    request: Request, actor: Actor, check_id: str, save: Callable[[], object], onto: str, done: str
) -> Response:
    try:
        await run_in_threadpool(save)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_show, request, actor, check_id, told)
    return onward(onto, done)


def _list(request: Request, actor: Actor, told: Problem | None) -> Response:
    office = desk_of(request).office
    settings = office.settings
    offset, limit = offset_of(request), settings.page_of_cases
    found = list_checks(office, actor, offset, limit)
    return page(
        request, "checks.html", told.status if told else 200, problem=told, found=found,
        limit_mb=settings.own_check_bytes // (1024 * 1024), most_files=settings.own_check_files,
        per_day=settings.own_checks_per_day, later=offset + limit if offset + limit < found.total else None,
    )  # fmt: skip


def _show(request: Request, actor: Actor, check_id: str, told: Problem | None) -> Response:
    office, shown = desk_of(request).office, shown_language(request)
    row = get_check(office, actor, check_id)
    document = None
    if row.status == "done":
        try:
            document = check_document(office, actor, check_id, shown)
        except SaraptamaError as error:
            told = told or problem_of(request, error)
    status = told.status if told else 200
    ended = {"done": ""} if row.status in ("done", "failed") else {}  # «put into the queue» is no longer true
    return page(
        request, "check.html", status, **ended, problem=told, check=row, document=document, shown=shown,
        languages=LANGUAGES, blocks=blocks(document) if document else (), cases=cases_to_hand_over(office, actor),
        path=f"/checks/{row.id}",
    )  # fmt: skip
