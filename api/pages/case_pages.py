"""Pages of cases: the list, a new case, the case itself with its files, requisites, experts and ways onward."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Path
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, allowed, in_case
from api.pages.forms import Form, day_of, form_of, offset_of, onward, pieces, seat_of
from api.pages.rendering import page
from api.problems import Problem, language_of, problem_of
from api.service import desk_of
from expertise.case.deadlines import is_late
from expertise.case.requisites import empty, fields
from expertise.case.states import CaseError, State
from expertise.messages import term
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import permits
from expertise.store.case_tables import Case
from expertise.store.cases import Opened, Wanted, list_cases, open_case
from expertise.work.analysing import ask, is_stale, latest_examination
from expertise.work.moving import advance, history, open_ways
from expertise.work.naming import names_of, people_with
from expertise.work.registering import KINDS, change, file_content, files_of, keep_file, register, take_out_file
from expertise.work.results import analyses
from expertise.work.seats import declare, give_seat, seats_of
from expertise.work.sign_ins import Signed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Sees = Annotated[AtCase, Depends(in_case("see_case"))]
Uploads = Annotated[AtCase, Depends(in_case("upload", uploads=True))]
_OWN_PAGES = ("conclude", "answer")  # ways that are no button of the case page


@router.get("/cases")
def cases(request: Request, signed: Annotated[Signed, Depends(allowed("list_cases"))]) -> Response:
    """The cases one may see, narrowed as asked."""
    office = desk_of(request).office
    today = office.clock().date()
    wanted = _wanted(request, signed.actor, today)
    offset, limit = offset_of(request), office.settings.page_of_cases
    with office.database.reading() as session:
        found = list_cases(session, signed.actor, wanted, offset, limit)
    late = {case.id for case in found.cases if is_late(State(case.state), case.deadline, case.answer_due, today)}
    return page(
        request, "cases.html", found=found, wanted=wanted, late=late, states=[state.value for state in State],
        filtered=wanted != Wanted(), may_register=permits(signed.actor, "register_case"),
        earlier=_at(request, offset - limit) if offset > 0 else None,
        later=_at(request, offset + limit) if offset + limit < found.total else None,
    )  # fmt: skip


@router.get("/cases/new")
def new_case(request: Request, signed: Annotated[Signed, Depends(allowed("register_case"))]) -> Response:
    """The form of a new case."""
    return _new_case(request, signed.actor, Form({}), None)


@router.post("/cases")
async def new_case_form(
    request: Request, signed: Annotated[Signed, Depends(allowed("register_case", uploads=True))]
) -> Response:
    """Register a case; its files are kept and examined at once."""
    form = await form_of(request)
    office = desk_of(request).office
    try:
        case_id = await run_in_threadpool(_register, office, signed.actor, form)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_new_case, request, signed.actor, form, told)
    return onward(f"/cases/{case_id}", "registered")


@router.get("/cases/{case_id}")
def case_page(request: Request, at: Sees) -> Response:
    """One case."""
    return _case(request, at)


@router.post("/cases/{case_id}")
async def requisites_form(request: Request, at: Annotated[AtCase, Depends(in_case("edit_requisites"))]) -> Response:
    """Title, deadline and requisites."""
    form = await form_of(request)
    given = {field.key: form[field.key] for field in fields() if field.key in form.words}

    def save(office: Office) -> None:
        change(
            office,
            at.actor,
            at.case_id,
            title=form["title"],
            deadline=day_of(form["deadline"], "deadline"),
            requisites=given,
        )

    return await _doing(request, at, save, "saved")


@router.post("/cases/{case_id}/files")
async def files_form(request: Request, at: Uploads) -> Response:
    """Keep files of one kind; each is in the case as soon as it is on the disk."""
    form = await form_of(request)

    def save(office: Office) -> None:
        if not form.files:
            raise CaseError("expertise.file_empty", name="–")
        for file in form.files:
            keep_file(office, at.actor, at.case_id, form["kind"], file.filename or "", pieces(file))

    return await _doing(request, at, save, "uploaded")


@router.get("/cases/{case_id}/files/{file_id}")
def file_content_page(request: Request, at: Annotated[AtCase, Depends(in_case("see_text"))], file_id: Id) -> Response:
    """The file as it came, to be saved and never shown by the browser."""
    row, content = file_content(desk_of(request).office, at.actor, at.case_id, file_id)
    named = f"attachment; filename*=UTF-8''{quote(row.name, safe='')}"
    return Response(content, media_type="application/octet-stream", headers={"content-disposition": named})


@router.post("/cases/{case_id}/files/{file_id}/out")
async def take_out_form(request: Request, at: Annotated[AtCase, Depends(in_case("upload"))], file_id: Id) -> Response:
    """A file leaves the dossier."""
    return await _doing(
        request, at, lambda office: take_out_file(office, at.actor, at.case_id, file_id), "taken_out"
    )  # fmt: skip


@router.post("/cases/{case_id}/analysis")
async def analysis_form(request: Request, at: Annotated[AtCase, Depends(in_case("analyse"))]) -> Response:
    """Have the files examined."""
    form = await form_of(request)
    force = form["force"] == "1"
    return await _doing(request, at, lambda office: ask(office, at.actor, at.case_id, force=force), "asked")


@router.get("/cases/{case_id}/progress")
def progress(request: Request, at: Sees) -> dict[str, Any]:
    """How far the last analysis is, for the page that waits for it."""
    office = desk_of(request).office
    with office.database.reading() as session:
        asked = analyses(session, open_case(session, at.actor, at.case_id))
    if not asked or asked[0].status in ("done", "failed"):
        return {"ended": True, "done": 1000, "words": ""}
    from api.pages.texts import Texts

    words = Texts(language_of(request))
    said = words("case.analysis_waiting")
    if asked[0].status == "running":
        said = words("case.analysis_running", percent=asked[0].done // 10)
    return {"ended": False, "done": asked[0].done, "words": said}


@router.post("/cases/{case_id}/seats")
async def seats_form(request: Request, at: Annotated[AtCase, Depends(in_case("assign"))]) -> Response:
    """Give an expert a seat."""
    form = await form_of(request)

    def save(office: Office) -> None:
        give_seat(office, at.actor, at.case_id, seat_of(form["seat"]), form["person"])

    return await _doing(request, at, save, "assigned")


@router.post("/cases/{case_id}/declaration")
async def declaration_form(request: Request, at: Annotated[AtCase, Depends(in_case("declare"))]) -> Response:
    """No conflict of interest."""
    return await _doing(request, at, lambda office: declare(office, at.actor, at.case_id), "declared")


@router.post("/cases/{case_id}/moves")
async def moves_form(request: Request, at: Sees) -> Response:
    """Move the case; whether one may is decided by the move itself."""
    form = await form_of(request)

    def save(office: Office) -> None:
        name = form["transition"]
        with office.database.reading() as session:
            known = {way.name for way in open_ways(open_case(session, at.actor, at.case_id))}
        if name not in known:
            raise CaseError("expertise.no_way", state=_state(office, at), transition=name[:50])
        advance(office, at.actor, at.case_id, name, form["reason"])

    return await _doing(request, at, save, "moved")


@router.get("/cases/{case_id}/history")
def history_page(request: Request, at: Annotated[AtCase, Depends(in_case("see_history"))]) -> Response:
    """Who moved the case, when and why."""
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_history")
        moves = history(session, opened)
        names = names_of(session, [move.by for move in moves])
    return page(request, "history.html", case=opened.case, may=opened.may, moves=moves, names=names)


async def _doing(request: Request, at: AtCase, save: Callable[[Office], object], done: str) -> Response:
    """Do what a form of the case page asks, and show the page again: with what was done, or with what is wrong."""
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_case, request, at, told)
    return onward(f"/cases/{at.case_id}", done)


def _case(request: Request, at: AtCase, told: Problem | None = None) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id)
        context = _context(session, office, opened, language_of(request))
    return page(
        request, "case.html", told.status if told else 200, problem=told, path=f"/cases/{at.case_id}", **context
    )


def _context(session: Session, office: Office, opened: Opened, language: str) -> dict[str, Any]:
    case, may = opened.case, opened.may
    asked = analyses(session, opened)
    last = latest_examination(session, opened) if may("see_findings") else None
    files = files_of(session, opened) if may("see_text") else ()
    seats = _seats(session, opened) if may("assign") or opened.seat() else None
    people = names_of(session, [case.coordinator_id, case.developer_id or ""])
    missing = empty(case.requisites)
    held = [row for row in seats_of(session, case).values() if row.person_id == opened.actor.id]
    return {
        "case": case,
        "may": may,
        "files": files,
        "has_text": any(file.kind in ("text", "table") for file in files),
        "analysis": asked[0] if asked else None,
        "stale": is_stale(session, opened, asked[0]) if asked else False,
        "counts": last.summary["counts"] if last else None,
        "fields": fields(),
        "empty": missing,
        "empty_names": ", ".join(term("requisite", key, language) for key in missing),
        "kinds": KINDS,
        "limit_mb": office.settings.upload_bytes // (1024 * 1024),
        "ways": tuple(way for way in open_ways(opened) if way.name not in _OWN_PAGES),
        "undeclared": may("declare") and any(row.declared_at is None for row in held),
        "seats": seats,
        "experts": people_with(session, Role.EXPERT) if may("assign") else (),
        "coordinator": people.get(case.coordinator_id, ""),
        "developer": people.get(case.developer_id or "", ""),
    }


@dataclass(frozen=True, slots=True)
class _Held:
    name: str
    declared_at: object
    finished_at: object


def _seats(session: Session, opened: Opened) -> Mapping[str, _Held]:
    """Seats as the actor may know of them: blind experts do not learn who the other one is."""
    rows = seats_of(session, opened.case)
    if not opened.may("assign"):
        rows = {seat: row for seat, row in rows.items() if row.person_id == opened.actor.id}
    names = names_of(session, [row.person_id for row in rows.values()])
    return {
        seat.value: _Held(names.get(row.person_id, ""), row.declared_at, row.finished_at) for seat, row in rows.items()
    }


def _register(office: Office, actor: Actor, form: Form) -> str:
    case: Case = register(
        office, actor, form["title"], developer=form["developer"], deadline=day_of(form["deadline"], "deadline")
    )  # fmt: skip
    for file in form.files:
        keep_file(office, actor, case.id, "text", file.filename or "", pieces(file))
    if form.files:
        ask(office, actor, case.id)
    return case.id


def _new_case(request: Request, actor: Actor, form: Form, told: Problem | None) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        developers = people_with(session, Role.DEVELOPER)
    given = {name: form[name] for name in ("title", "developer", "deadline")}
    return page(
        request, "new_case.html", told.status if told else 200, problem=told, given=given, developers=developers,
        days=office.settings.deadline_workdays, limit_mb=office.settings.upload_bytes // (1024 * 1024),
    )  # fmt: skip


def _wanted(request: Request, actor: Actor, today: date) -> Wanted:
    asked = request.query_params
    state = asked.get("state", "")
    return Wanted(
        words=asked.get("words", "")[:200],
        states=(State(state),) if state in set(State) else (),
        late_on=today if asked.get("late") == "1" else None,
        mine=actor.id if asked.get("mine") == "1" else "",
    )


def _at(request: Request, offset: int) -> str:
    asked = {name: value for name, value in request.query_params.items() if name not in ("offset", "done")}
    return f"/cases?{urlencode(asked | {'offset': max(offset, 0)})}"


def _state(office: Office, at: AtCase) -> str:
    with office.database.reading() as session:
        return open_case(session, at.actor, at.case_id).case.state
