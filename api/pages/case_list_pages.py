"""Pages of many cases: the list, and the form of a new one."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import allowed
from api.pages.case_view import term_of
from api.pages.forms import Form, day_of, form_of, offset_of, onward, pieces
from api.pages.rendering import page
from api.problems import Problem, problem_of
from api.service import desk_of
from expertise.case.states import State
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.policy import permits
from expertise.store.case_tables import Case
from expertise.store.cases import Wanted, list_cases
from expertise.work.analysing import ask
from expertise.work.naming import people_with
from expertise.work.registering import CASE_KINDS, note_file, put_files, register
from expertise.work.sign_ins import Signed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)


@router.get("/cases")
def cases(request: Request, signed: Annotated[Signed, Depends(allowed("list_cases"))]) -> Response:
    """The cases one may see, narrowed as asked."""
    office = desk_of(request).office
    today = office.clock().date()
    wanted = _wanted(request, signed.actor, today)
    offset, limit = offset_of(request), office.settings.page_of_cases
    with office.database.reading() as session:
        found = list_cases(session, signed.actor, wanted, offset, limit)
    terms = {case.id: term_of(office, case) for case in found.cases}
    return page(
        request, "cases.html", found=found, wanted=wanted, terms=terms, states=[state.value for state in State],
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
        case = await run_in_threadpool(_register, office, signed.actor, form)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_new_case, request, signed.actor, form, told)
    late = case.deadline is not None and case.deadline < office.clock().date()
    return onward(f"/cases/{case.id}", "registered_late" if late else "registered")


def _register(office: Office, actor: Actor, form: Form) -> Case:
    """The case with its files, or nothing at all: with a case left behind the corrected form would make another."""
    deadline = day_of(form["deadline"], "deadline")
    with office.files.arriving() as coming:
        kept = put_files(office, coming, [(file.filename or "", pieces(file)) for file in form.files])
        with office.database.together():
            case: Case = register(
                office, actor, form["title"], developer=form["developer"], deadline=deadline,
                kind=form["case_kind"] or CASE_KINDS[0],
            )  # fmt: skip
            for name, file in kept:
                note_file(office, actor, case.id, "text", name, file)
            if kept:
                ask(office, actor, case.id)
    return case


def _new_case(request: Request, actor: Actor, form: Form, told: Problem | None) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        developers = people_with(session, Role.DEVELOPER)
    given = {name: form[name] for name in ("title", "developer", "deadline", "case_kind")}
    return page(
        request, "new_case.html", told.status if told else 200, problem=told, given=given, developers=developers,
        case_kinds=CASE_KINDS,
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
