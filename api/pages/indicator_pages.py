"""Indicators: both of them with the tables they sum up, the rows behind every number, certificates."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import allowed
from api.pages.file_names import of_certificate
from api.pages.forms import form_of, offset_of, once_key, onward
from api.pages.indicator_query import Asked, asked, behind
from api.pages.rendering import page
from api.problems import Problem, language_of, problem_of
from api.sending import as_sent
from api.service import desk_of
from expertise.case.certificate import Kind, Signs, totals
from expertise.case.indicators import Draft, by_factor, grouped
from expertise.case.periods import here
from expertise.case.states import CaseError
from expertise.documents.certificate_lists import advice, conclusion_number, norms, result, risk, row_factor, title_in
from expertise.documents.certificate_words import figures, heads, label, named_period, shown, shown_of
from expertise.documents.words import words
from expertise.policy import permits
from expertise.work.certifying import Wanted, certificate_file, certificates, draw_up
from expertise.work.indicating import UNSTATED, choices, drafts
from expertise.work.indicator_rows import rows_behind
from expertise.work.naming import names_of
from expertise.work.sign_ins import Signed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Sees = Annotated[Signed, Depends(allowed("see_indicators"))]
SeesCertificates = Annotated[Signed, Depends(allowed("see_certificates"))]
DrawsUp = Annotated[Signed, Depends(allowed("draw_up_certificate"))]


@router.get("/indicators")
def indicators_page(request: Request, signed: Sees) -> Response:
    """Both indicators of a period, narrowed as asked."""
    return _indicators(request, signed, request.query_params, None)


@router.get("/indicators/rows")
def rows_page(request: Request, signed: Sees) -> Response:
    """The rows behind a number."""
    office, language = desk_of(request).office, language_of(request)
    wanted, shown_rows = asked(request.query_params, here(office.clock())), behind(request.query_params)
    offset, limit = offset_of(request), office.settings.page_of_cases
    with office.database.reading() as session:
        found = rows_behind(session, office, signed.actor, wanted.selection, shown_rows, offset, limit)
    said, own = words(language), dict(request.query_params)

    def at(start: int) -> str:
        return "?" + urlencode(own | {"offset": str(max(start, 0))})

    listed = [
        {
            "draft": row.draft,
            "title": title_in(row.title, said),
            "conclusion": conclusion_number(row.number, row.dated, said),
            "body": shown_of("body", row.draft.body, said),
            "factor": row_factor(row.told, said) if row.told else "",
            "norms": norms(row.told, said) if row.told else (),
            "risk": risk(row.told, said) if row.told else (),
            "advice": advice(row.told, said) if row.told else (),
            "result": result(row.draft.reason, row.told, said) if row.told else "",
            "fate": said.say(f"certificate.fate.{row.draft.fate.value}"),
        }
        for row in found.rows
    ]
    return page(
        request, "indicator_rows.html", path="/indicators", wanted=wanted, behind=shown_rows, rows=listed,
        total=found.total, offset=offset, period=_named(wanted, language), back=f"/indicators?{wanted.query()}",
        earlier=at(offset - limit) if offset > 0 else None,
        later=at(offset + limit) if offset + limit < found.total else None,
    )  # fmt: skip


@router.get("/certificates")
def certificates_page(request: Request, signed: SeesCertificates) -> Response:
    """Certificates that were drawn up, the last first."""
    office, language = desk_of(request).office, language_of(request)
    offset, limit = offset_of(request), office.settings.page_of_cases
    with office.database.reading() as session:
        rows, total = certificates(session, signed.actor, offset, limit)
        people = names_of(session, [row.made_by for row in rows])
    periods = {row.id: named_period(row.content["period"], words(language)) for row in rows}
    return page(
        request, "certificates.html", path="/indicators", rows=rows, total=total, people=people, periods=periods,
        earlier=f"?offset={max(offset - limit, 0)}" if offset > 0 else None,
        later=f"?offset={offset + limit}" if offset + limit < total else None,
    )  # fmt: skip


@router.post("/certificates")
async def certificate_form(request: Request, signed: DrawsUp) -> Response:
    """Draw a certificate up and freeze it; a button that is pressed twice draws up one."""
    form, office = await form_of(request), desk_of(request).office
    wanted = asked(form.words, here(office.clock()))

    def save() -> None:
        if wanted.wrong is not None:
            raise wanted.wrong
        if form["kind"] not in set(Kind):
            raise CaseError("expertise.certificate_kind")
        signs = Signs(form["signs_name"], form["signs_post"])
        draw_up(office, signed.actor, Wanted(Kind(form["kind"]), wanted.selection, signs), once_key(form))

    try:
        await run_in_threadpool(save)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_indicators, request, signed, form.words, told)
    return onward("/certificates", "certified")


@router.get("/certificates/{certificate_id}/files/{name}")
def certificate_file_page(
    request: Request,
    signed: SeesCertificates,
    certificate_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
    name: Annotated[str, Path(max_length=200)],
) -> Response:
    """One file of a certificate, as it was frozen."""
    number, content = certificate_file(desk_of(request).office, signed.actor, certificate_id, name)
    return as_sent(of_certificate(number, name, language_of(request)), content)


def _indicators(request: Request, signed: Signed, given: Mapping[str, str], told: Problem | None) -> Response:
    office, language = desk_of(request).office, language_of(request)
    today = here(office.clock())
    wanted = asked(given, today)
    with office.database.reading() as session:
        found, known = drafts(session, signed.actor, wanted.selection), choices(session, signed.actor)
    said = words(language)
    if told is None and wanted.wrong is not None:
        told = problem_of(request, wanted.wrong)
    return page(
        request, "indicators.html", told.status if told else 200, path="/indicators", problem=told, wanted=wanted,
        given=given, period=_named(wanted, language), periods=_periods(today, language), known=known, UNSTATED=UNSTATED,
        boxes=[_box(kind.value, totals(kind, found), wanted, said) for kind in Kind],
        tables=[_table(name, found, wanted, said) for name in ("body", "sphere", "act_form")],
        factors=[(each, f"/indicators/rows?{wanted.query()}&factor={each.factor}") for each in by_factor(found)],
        rule=said.lines("counting.rule"), rule_heading=said.say("counting.heading"),
        form_name=lambda form: said.known(f"act_forms.{form}", form), kinds=[kind.value for kind in Kind],
        indicator=lambda kind: said.say(f"certificate.indicator.{kind}"), certificate=said.say,
        may_draw_up=permits(signed.actor, "draw_up_certificate"), once=secrets.token_hex(16),
    )  # fmt: skip


def _box(kind: str, counted: Mapping[str, Any], wanted: Asked, said: Any) -> dict[str, Any]:
    """An indicator: name, value and the rows behind each figure."""
    lines = [
        (label(kind, name, said), shown(name, value), wanted.rows(kind, name))
        for name, value in figures(kind, counted)
    ]  # fmt: skip
    return {"name": said.say(f"certificate.indicator.{kind}"), "lines": lines}


def _table(name: str, found: Sequence[Draft], wanted: Asked, said: Any) -> dict[str, Any]:
    """Both indicators by body, sphere or kind of act."""
    columns = [("factors", each) for each in heads("factors")] + [
        ("adoption", each) for each in heads("adoption") if each != "drafts"
    ]
    rows = []
    for value, part in grouped(found, lambda draft: str(getattr(draft, name))):
        counts = {kind.value: dict(figures(kind.value, totals(kind, part))) for kind in Kind}
        narrowed = {name: value or UNSTATED}
        cells = [
            (
                shown(each, counts[kind][each]),
                wanted.rows(kind, each, **narrowed),
                said.say(f"certificate.column_{each}"),
            )
            for kind, each in columns
        ]
        rows.append((shown_of(name, value, said), f"/indicators?{wanted.query(**narrowed)}", cells))
    heads_of = [said.say(f"certificate.column_{each}") for _, each in columns]
    return {"name": said.say(f"certificate.{name}"), "heads": heads_of, "rows": rows}


def _named(wanted: Asked, language: str) -> str:
    period = wanted.selection.period
    plain = {"first": period.first.isoformat(), "last": period.last.isoformat(), "name": period.name}
    return named_period(plain, words(language))


def _periods(today: date, language: str) -> Iterator[tuple[str, str]]:
    """Names of periods to choose from, and how they are called."""
    for year in (today.year, today.year - 1):
        for name in (str(year), *(f"{year}-{part}" for part in ("H1", "H2", "Q1", "Q2", "Q3", "Q4"))):
            yield name, named_period({"name": name}, words(language))
