"""The risk map with its cartogram; the risks of one case: their ratings, the plan of measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, allowed, in_case
from api.pages.file_names import of_risk_map
from api.pages.forms import Form, day_of, form_of, onward
from api.pages.rendering import page
from api.problems import Problem, language_of, problem_of
from api.sending import as_file
from api.service import desk_of
from expertise.case.answers import recommended
from expertise.case.risks import LEVELS, scale
from expertise.case.states import CaseError
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.risk_report import GRIDS, TABLES
from expertise.documents.words import words
from expertise.office import Office
from expertise.store.cases import open_case
from expertise.work.planning import FIELDS, LONGEST, Measure, measures, plan
from expertise.work.registering import CASE_KINDS
from expertise.work.risk_map import map_file, risk_map, selection
from expertise.work.risking import UNSTATED, Wanted, rate, risks_of_case
from expertise.work.sign_ins import Signed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
SeesMap = Annotated[Signed, Depends(allowed("see_risk_map"))]
Sees = Annotated[AtCase, Depends(in_case("see_conclusion"))]
Rates = Annotated[AtCase, Depends(in_case("rate_risk"))]
Plans = Annotated[AtCase, Depends(in_case("plan_measures"))]
_LONGEST_NAME = 500
_NARROWING = ("body", "sphere", "act_form", "kind")


@router.get("/risks")
def risks_page(request: Request, signed: SeesMap) -> Response:
    """Risks of issued conclusions of a period, narrowed as asked."""
    office, language = desk_of(request).office, language_of(request)
    wanted, told = wanted_of(request.query_params, office.clock().date())
    problem = problem_of(request, told) if told else None
    counted, choices = None, None
    try:
        counted, choices = risk_map(office, signed.actor, wanted, language)
    except CaseError as error:
        problem = problem_of(request, error)
    said = words(language)
    tables = [] if counted is None else [(name, counted.by(name)) for name in TABLES]
    return page(
        request, "risks.html", problem.status if problem else 200, path="/risks", problem=problem, wanted=wanted,
        counted=counted, choices=choices, tables=tables, grids=GRIDS, levels=LEVELS, UNSTATED=UNSTATED,
        kinds=CASE_KINDS, said=said.say, drawn=Markup, query=urlencode(_query(wanted)),
        form_name=lambda form: said.known(f"act_forms.{form}", form), selection=selection(wanted, said),
    )  # fmt: skip


@router.get("/risks/files/{name}")
def risks_file(request: Request, signed: SeesMap, name: Annotated[str, Path(max_length=100)]) -> Response:
    """The same as a document or a drawing."""
    office = desk_of(request).office
    wanted, told = wanted_of(request.query_params, office.clock().date())
    if told:
        raise told
    content = map_file(office, signed.actor, wanted, name)
    return as_file(f"risk-{name}", content, of_risk_map(name))


@router.get("/cases/{case_id}/risks")
def case_risks_page(request: Request, at: Sees) -> Response:
    """Risks of the conclusion and the plan against them."""
    return _case_risks(request, at)


@router.post("/cases/{case_id}/risks")
async def rate_form(request: Request, at: Rates) -> Response:
    """An expert's rating of one risk."""
    form = await form_of(request)

    def save(office: Office) -> None:
        probability, impact, number = (_number(form[name]) for name in ("probability", "impact", "number"))
        rate(office, at.actor, at.case_id, number, probability, impact, form["reason"])

    return await _doing(request, at, save, form, "rated", f"r-{_number(form['number'])}")


@router.post("/cases/{case_id}/plan")
async def plan_form(request: Request, at: Plans) -> Response:
    """One row of the plan of measures."""
    form = await form_of(request)

    def save(office: Office) -> None:
        given = Measure(**{name: form[name] for name in FIELDS})
        plan(office, at.actor, at.case_id, {_number(form["number"]): given})

    return await _doing(request, at, save, form, "planned", f"r-{_number(form['number'])}")


def wanted_of(given: Mapping[str, str], today: date) -> tuple[Wanted, CaseError | None]:
    """A selection out of a query; the year so far where no period is asked for or what is asked makes no sense."""
    wanted, wrong = Wanted(date(today.year, 1, 1), date(today.year, 12, 31)), None
    try:
        first, last = day_of(given.get("first", ""), "deadline"), day_of(given.get("last", ""), "deadline")
        wanted = replace(wanted, first=first or wanted.first, last=last or wanted.last)
        if wanted.last < wanted.first:
            wrong = CaseError("expertise.risk_period_turned")
    except CaseError as error:
        wrong = error
    body, sphere, act_form, kind = (given.get(name, "")[:_LONGEST_NAME] for name in _NARROWING)
    return replace(wanted, body=body, sphere=sphere, act_form=act_form, kind=kind), wrong


async def _doing(request: Request, at: AtCase, save: Any, form: Form, done: str, anchor: str) -> Response:
    try:
        await run_in_threadpool(save, desk_of(request).office)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_case_risks, request, at, told, form)
    return onward(f"/cases/{at.case_id}/risks", done, anchor)


def _case_risks(request: Request, at: AtCase, told: Problem | None = None, form: Form | None = None) -> Response:
    office, language = desk_of(request).office, language_of(request)
    said = words(language)
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id)
        risks, planned = risks_of_case(session, opened), measures(session, opened)
    asked = {each["number"] for each in recommended({"findings": [risk.found for risk in risks]})}
    rows = [
        {
            "risk": risk,
            "unit": finding_cells(risk.found, said)["unit"].paragraphs[0].text,
            "proposal": finding_cells(risk.found, said)["proposal"].text,
            "measure": planned.get(risk.found["number"], Measure()),
            "recommended": risk.found["number"] in asked,
        }
        for risk in risks
    ]
    return page(
        request, "case_risks.html", told.status if told else 200, path=f"/cases/{at.case_id}/risks", case=opened.case,
        may=opened.may, rows=rows, problem=told, given=form.words if form else {}, scale=scale(), said=said.say,
        fields=FIELDS, longest=LONGEST,
    )  # fmt: skip


def _query(wanted: Wanted) -> dict[str, str]:
    days = {"first": wanted.first.isoformat(), "last": wanted.last.isoformat()}
    return days | {name: getattr(wanted, name) for name in _NARROWING if getattr(wanted, name)}


def _number(words_: str) -> int:
    return int(words_) if words_.isascii() and words_.isdigit() and len(words_) < 7 else 0
