"""Pages of one's own account: signing in and out, password, language."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.accounts.browser import address_of, give_cookie, secret_of, take_cookie
from api.accounts.gate import OWN, allowed, anybody
from api.accounts.signing_in import change_own_password, has_password, sign_in
from api.pages.forms import form_of, local_path, onward
from api.pages.rendering import page
from api.problems import ApiError, Problem, problem_of
from api.service import desk_of
from expertise.people import Actor
from expertise.policy import permits
from expertise.work.people import choose_language, own_account
from expertise.work.sign_ins import Signed, end_session
from nlp.errors import SaraptamaError

router = APIRouter(include_in_schema=False)
Own = Annotated[Signed, Depends(allowed(OWN))]
Somebody = Annotated[Signed | None, Depends(anybody)]


@router.get("/")
def home(signed: Somebody) -> Response:
    """Where everybody begins."""
    return RedirectResponse(first_page(signed.actor) if signed else "/sign-in", 303)


def first_page(actor: Actor) -> str:
    """Where somebody's work begins."""
    ways = (("list_cases", "/cases"), ("manage_packs", "/pack"), ("manage_people", "/people"))
    return next((way for action, way in ways if permits(actor, action)), "/account")


@router.get("/sign-in")
def sign_in_page(request: Request, signed: Somebody) -> Response:
    """The form; who is signed in needs none."""
    way = local_path(request.query_params.get("next", "/cases"))
    if signed is not None:
        return RedirectResponse(way, 303)
    return _sign_in(request, 200, way, "", None)


@router.post("/sign-in", dependencies=[Depends(anybody)])
async def sign_in_form(request: Request) -> Response:
    """Sign in; a form of another site is refused, so that nobody is signed in as somebody else unawares."""
    _require_own_form(request)
    desk = desk_of(request)
    form = await form_of(request)
    way = local_path(form["next"] or "/cases")
    try:
        old = secret_of(request, desk.reach)
        secret, signed = await run_in_threadpool(
            sign_in, desk, form["login"], form["password"], address_of(request), old
        )  # fmt: skip
    except SaraptamaError as error:
        told = problem_of(request, error)
        return _sign_in(request, told.status, way, form["login"][:100], told)
    way = first_page(signed.actor) if way == "/cases" else way
    response = RedirectResponse("/account/password" if signed.must_change else way, 303)
    give_cookie(response, desk, secret)
    return response


@router.post("/sign-out")
def sign_out(request: Request, signed: Own) -> Response:
    """The session ends."""
    desk = desk_of(request)
    end_session(desk.office, signed)
    response = RedirectResponse("/sign-in", 303)
    take_cookie(response, desk)
    return response


@router.get("/account")
def account(request: Request, signed: Own) -> Response:
    """Who one is."""
    desk = desk_of(request)
    person = own_account(desk.office, signed.actor)
    return page(request, "account.html", login=person.login, has_password=has_password(desk.reach.sign_in, person))


@router.get("/account/password")
def password_page(request: Request, signed: Own) -> Response:
    """The form for another password."""
    return page(request, "password.html", must_change=signed.must_change, problem=None)


@router.post("/account/password")
async def password_form(request: Request, signed: Own) -> Response:
    """Another password; this browser stays signed in, all others do not."""
    desk = desk_of(request)
    form = await form_of(request)
    try:
        secret, _ = await run_in_threadpool(
            change_own_password, desk, signed, form["old"], form["new"], address_of(request)
        )  # fmt: skip
    except SaraptamaError as error:
        told = problem_of(request, error)
        return page(request, "password.html", told.status, must_change=signed.must_change, problem=told)
    response = onward("/cases", "password")
    give_cookie(response, desk, secret)
    return response


@router.post("/account/language")
async def language_form(request: Request, signed: Own) -> Response:
    """Another language, then back to where one was."""
    form = await form_of(request)
    await run_in_threadpool(choose_language, desk_of(request).office, signed.actor, form["language"])
    return onward(local_path(form["back"] or "/cases"))


def sign_in_again(request: Request, told: Problem, way: str) -> Response:
    """The page of signing in with what went wrong elsewhere."""
    return _sign_in(request, told.status, way, "", told)


def _sign_in(request: Request, status: int, way: str, login: str, told: Problem | None) -> Response:
    ways = desk_of(request).reach.sign_in
    return page(
        request, "sign_in.html", status, next=way, login=login, problem=told, openid=ways.openid is not None,
        there=f"/sign-in/openid?{urlencode({'next': way})}", passwords=ways.passwords, emergency=bool(ways.emergency),
    )  # fmt: skip


def _require_own_form(request: Request) -> None:
    """Browsers say where a form stood; without a session there is no form key to ask for."""
    site = request.headers.get("sec-fetch-site", "")
    origin = request.headers.get("origin", "")
    host = origin.partition("://")[2]
    if site in ("cross-site", "same-site") or (origin not in ("", "null") and host != request.headers.get("host", "")):
        raise ApiError(403, "api.form_key")
