"""Pages of methodologists: the pack as installed, verification of its bases, rules switched off and re-worded."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.gate import allowed
from api.pages.forms import Form, form_of, offset_of, onward
from api.pages.pack_view import factor_rows, factor_view, rule_view
from api.pages.rendering import page
from api.problems import Problem, problem_of
from api.service import desk_of
from expertise.case.pack_overlay import REWORD, TEXTS, VERIFY
from expertise.messages import LANGUAGES
from expertise.people import Actor
from expertise.store.cases import NotFoundError
from expertise.work.pack_changes import ACTION, change_pack, pack_history, pack_state
from expertise.work.pack_previews import ask_preview, get_preview, offered_cases
from expertise.work.sign_ins import Signed
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Manages = Annotated[Signed, Depends(allowed(ACTION))]
FactorId = Annotated[str, Path(pattern="^[a-z_]{1,60}$")]
RuleId = Annotated[str, Path(pattern="^[a-z0-9_.-]{1,200}$")]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@router.get("/pack")
def pack_page(request: Request, signed: Manages) -> Response:
    """All factors with their rules and bases."""
    state = pack_state(desk_of(request).office, signed.actor)
    return page(request, "pack.html", state=state, rows=factor_rows(state), problem=None)


@router.get("/pack/changes")
def changes_page(request: Request, signed: Manages) -> Response:
    """Who changed what, when and why."""
    office = desk_of(request).office
    offset, limit = offset_of(request), office.settings.page_of_cases
    found = pack_history(office, signed.actor, offset, limit)
    later = offset + limit if offset + limit < found.total else None
    return page(request, "pack_changes.html", found=found, later=later)


@router.get("/pack/factors/{factor}")
def factor_page(request: Request, signed: Manages, factor: FactorId) -> Response:
    """One factor: bases with their marks, rules with their state."""
    return _factor(request, signed.actor, factor, None)


@router.post("/pack/factors/{factor}")
async def basis_form(request: Request, signed: Manages, factor: FactorId) -> Response:
    """A basis was compared with the official text, or was not after all."""
    form = await form_of(request)
    try:
        await run_in_threadpool(_change, request, signed.actor, form["basis"], form)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_factor, request, signed.actor, factor, told)
    return onward(f"/pack/factors/{factor}", "pack_changed")


@router.get("/pack/rules/{rule}")
def rule_page(request: Request, signed: Manages, rule: RuleId) -> Response:
    """One rule: what it says, its tests, its state."""
    return _rule(request, signed.actor, rule, None, None)


@router.post("/pack/rules/{rule}")
async def rule_form(request: Request, signed: Manages, rule: RuleId) -> Response:
    """Switch it off or on, say it otherwise; or look first what that would do (``preview``)."""
    form = await form_of(request, several=("cases",))
    act = _preview if form["preview"] == "1" else _change
    try:
        made = await run_in_threadpool(act, request, signed.actor, rule, form)
    except SaraptamaError as error:
        told = problem_of(request, error)
        return await run_in_threadpool(_rule, request, signed.actor, rule, told, form)
    if form["preview"] == "1":
        return onward(f"/pack/previews/{made}", "preview_asked")
    return onward(f"/pack/rules/{rule}", "pack_changed")


@router.get("/pack/previews/{preview_id}")
def preview_page(request: Request, signed: Manages, preview_id: Id) -> Response:
    """What a change would do to some cases."""
    return page(
        request, "pack_preview.html", preview=get_preview(desk_of(request).office, signed.actor, preview_id),
        path=f"/pack/previews/{preview_id}",
    )  # fmt: skip


@router.get("/pack/previews/{preview_id}/progress")
def preview_progress(request: Request, signed: Manages, preview_id: Id) -> dict[str, Any]:
    """How far it is, for the page that waits for it."""
    row = get_preview(desk_of(request).office, signed.actor, preview_id)
    return {"ended": row.status in ("done", "failed"), "done": row.done, "words": ""}


def _change(request: Request, actor: Actor, subject: str, form: Form) -> str:
    change_pack(desk_of(request).office, actor, form["kind"], subject, _said(form), form["reason"])
    return ""


def _preview(request: Request, actor: Actor, subject: str, form: Form) -> str:
    office = desk_of(request).office
    return ask_preview(office, actor, form["kind"], subject, _said(form), form.several.get("cases", ())).id


def _said(form: Form) -> dict[str, Any]:
    if form["kind"] == VERIFY:
        return {"edition": form["edition"]}
    if form["kind"] == REWORD:
        return {name: {code: form[f"{name}-{code}"] for code in LANGUAGES} for name in TEXTS}
    return {}


def _factor(request: Request, actor: Actor, factor: str, told: Problem | None) -> Response:
    state = pack_state(desk_of(request).office, actor)
    if factor not in state.pack.all_factors:
        raise NotFoundError("expertise.pack_no_rule")
    return page(
        request, "pack_factor.html", told.status if told else 200, problem=told, view=factor_view(state, factor),
        path=f"/pack/factors/{factor}",
    )  # fmt: skip


def _rule(request: Request, actor: Actor, rule: str, told: Problem | None, form: Form | None) -> Response:
    office = desk_of(request).office
    state = pack_state(office, actor)
    if rule not in state.pack.by_id:
        raise NotFoundError("expertise.pack_no_rule")
    return page(
        request, "pack_rule.html", told.status if told else 200, problem=told, view=rule_view(state, rule, form),
        history=pack_history(office, actor, subject=rule), cases=offered_cases(office, actor), texts=TEXTS,
        most_cases=office.settings.preview_cases, path=f"/pack/rules/{rule}", languages=LANGUAGES,
        chosen=form.several.get("cases", ()) if form else (),
    )  # fmt: skip
