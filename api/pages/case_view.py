"""The page of one case, as every form on it shows it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase
from api.pages.forms import onward
from api.pages.rendering import page
from api.problems import Problem, language_of, problem_of
from api.service import desk_of
from expertise.case.deadlines import is_late, is_near, workdays_between
from expertise.case.requisites import fields
from expertise.case.states import State
from expertise.messages import requisite_name
from expertise.office import Office
from expertise.people import Role
from expertise.store.case_tables import Case
from expertise.store.cases import Opened, open_case
from expertise.work.analysing import is_stale, latest_examination
from expertise.work.concluding import still_empty
from expertise.work.moving import open_ways
from expertise.work.naming import names_of, people_with
from expertise.work.papers import papers_of
from expertise.work.registering import KINDS, files_of
from expertise.work.results import analyses
from expertise.work.seats import seats_of
from nlp.errors import SaraptamaError

_OWN_PAGES = ("conclude", "answer", "adopt", "not_adopt")  # ways that are no button of the case page


@dataclass(frozen=True, slots=True)
class Term:
    """What is to be said of the day something is due: it is over, or so many working days are left (none: nothing)."""

    late: bool = False
    left: int | None = None


def term_of(office: Office, case: Case) -> Term:
    """Of the conclusion while it is awaited, then of the developer's answer; only the latter is reminded of."""
    today, state = office.clock().date(), State(case.state)
    if is_late(state, case.deadline, case.answer_due, today):
        return Term(late=True)
    if case.answer_due and is_near(state, case.answer_due, today, office.settings.answer_reminder_workdays):
        return Term(left=workdays_between(today, case.answer_due))
    return Term()


async def doing(request: Request, at: AtCase, save: Callable[[Office], object], done: str) -> Response:
    """Do what a form of the case page asks, and show the page again: with what was done, or with what is wrong."""
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(show_case, request, at, told)
    return onward(f"/cases/{at.case_id}", done)


def show_case(request: Request, at: AtCase, told: Problem | None = None) -> Response:
    office = desk_of(request).office
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id)
        context = _context(session, office, opened, language_of(request))
    asked = context["analysis"]
    over = asked is not None and asked.status == "failed" and request.query_params.get("done") == "asked"
    ended = {"done": ""} if over else {}  # «begun» is no longer true beside a failure
    return page(
        request,
        "case.html",
        told.status if told else 200,
        problem=told,
        path=f"/cases/{at.case_id}",
        **context,
        **ended,
    )


def _context(session: Session, office: Office, opened: Opened, language: str) -> dict[str, Any]:
    case, may = opened.case, opened.may
    asked = analyses(session, opened)
    last = latest_examination(session, opened) if may("see_findings") else None
    files = files_of(session, opened) if may("see_text") else ()
    seats = _seats(session, opened) if may("assign") or opened.seat() else None
    people = names_of(session, [case.coordinator_id, case.developer_id or ""])
    missing = still_empty(session, opened, last is not None)
    held = [row for row in seats_of(session, case).values() if row.person_id == opened.actor.id]
    return {
        "case": case,
        "may": may,
        "due": term_of(office, case),
        "files": files,
        "has_text": any(file.kind in ("text", "table") for file in files),
        "analysis": asked[0] if asked else None,
        "stale": is_stale(session, opened, asked[0]) if asked else False,
        "counts": last.summary["counts"] if last else None,
        "notices": last.summary.get("notices", ()) if last else (),
        "fields": fields(),
        "empty": missing,
        "empty_names": ", ".join(requisite_name(key, case.kind, language) for key in missing),
        "kinds": KINDS,
        "limit_mb": office.settings.upload_bytes // (1024 * 1024),
        "ways": tuple(way for way in open_ways(opened) if way.name not in _OWN_PAGES),
        "undeclared": may("declare") and any(row.declared_at is None for row in held),
        "seats": seats,
        "requisite": lambda key: requisite_name(key, case.kind, language),
        "papers": papers_of(session, office, opened),
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
