"""Similar drafts, for their coordinator: families, the radar of wordings, a case beside the base of its family."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import AtCase, allowed, in_case
from api.pages.diff import compare
from api.pages.forms import Form, form_of, offset_of, onward
from api.pages.rendering import page
from api.problems import Problem, problem_of
from api.service import desk_of
from expertise.store.cases import open_case
from expertise.work.families import choose_base, family_of, list_families
from expertise.work.radar import radar
from expertise.work.sign_ins import Signed
from expertise.work.taking_over import Comparison, compared, take_over
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Lists = Annotated[Signed, Depends(allowed("list_similar"))]
Sees = Annotated[AtCase, Depends(in_case("see_similar"))]
_FAMILIES, _WORDINGS = 20, 20  # on one page
_CHOICE = "tie-"


@router.get("/similar")
def similar_page(request: Request, signed: Lists) -> Response:
    """Families of the drafts one coordinates."""
    office, offset = desk_of(request).office, offset_of(request)
    with office.database.reading() as session:
        found = list_families(session, signed.actor, offset, _FAMILIES)
    return page(request, "similar.html", found=found, turns=_turns("/similar", offset, _FAMILIES, found.total))


@router.get("/similar/radar")
def radar_page(request: Request, signed: Lists) -> Response:
    """The same defective wording across them."""
    office, offset = desk_of(request).office, offset_of(request)
    with office.database.reading() as session:
        found = radar(session, office, signed.actor, offset, _WORDINGS)
    return page(request, "radar.html", found=found, turns=_turns("/similar/radar", offset, _WORDINGS, found.total))


@router.get("/cases/{case_id}/similar")
def case_similar_page(request: Request, at: Sees) -> Response:
    """A case beside the base expertise."""
    return _page(request, at, None)


@router.post("/cases/{case_id}/similar/base")
async def base_form(request: Request, at: Annotated[AtCase, Depends(in_case("choose_base"))]) -> Response:
    """Make the case the base of its family."""
    await form_of(request)
    await run_in_threadpool(choose_base, desk_of(request).office, at.actor, at.case_id)
    return onward(f"/cases/{at.case_id}/similar", "base_chosen")


@router.post("/cases/{case_id}/similar/proposals")
async def take_over_form(request: Request, at: Annotated[AtCase, Depends(in_case("take_over"))]) -> Response:
    """Put decisions of the base before the expert."""
    form = await form_of(request)
    try:
        await run_in_threadpool(take_over, desk_of(request).office, at.actor, at.case_id, _choices(form))
    except SaraptamaError as error:
        return await run_in_threadpool(_page, request, at, problem_of(request, error))
    return onward(f"/cases/{at.case_id}/similar", "taken_over")


def _choices(form: Form) -> dict[str, str]:
    return {name.removeprefix(_CHOICE): value for name, value in form.words.items() if name.startswith(_CHOICE)}


def _page(request: Request, at: AtCase, told: Problem | None) -> Response:
    office = desk_of(request).office
    comparison: Comparison | None = None
    with office.database.reading() as session:
        opened = open_case(session, at.actor, at.case_id, "see_similar")
        family = family_of(session, opened)
        if family is not None and family.base is not None and family.base.id != at.case_id:
            try:
                comparison = compared(session, office, opened)
            except SaraptamaError as error:
                told = told or problem_of(request, error)
    return page(
        request, "case_similar.html", told.status if told else 200, case=opened.case, may=opened.may, family=family,
        comparison=comparison, compare=compare, problem=told, choice=_CHOICE,
    )  # fmt: skip


def _turns(path: str, offset: int, limit: int, total: int) -> dict[str, str | None]:
    """Links to the parts of a list before and after."""
    return {
        "earlier": f"{path}?offset={max(offset - limit, 0)}" if offset > 0 else None,
        "later": f"{path}?offset={offset + limit}" if offset + limit < total else None,
    }
