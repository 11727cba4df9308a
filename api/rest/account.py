"""One's own account: signing in and out, password, language."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.accounts.browser import address_of, give_cookie, secret_of, take_cookie
from api.accounts.gate import OWN, allowed, anybody
from api.accounts.signing_in import change_own_password, sign_in
from api.rest.models import Asked, Language, Line, Password, Told
from api.service import desk_of
from expertise.work.people import choose_language, own_account
from expertise.work.sign_ins import Signed, end_session

router = APIRouter(tags=["account"])
Own = Annotated[Signed, Depends(allowed(OWN))]


class SignIn(Asked):
    """Login and password."""

    login: Line
    password: Password


class SignedIn(Told):
    """A session began; its secret is in the cookie. ``form_key`` goes into ``X-Form-Key`` of changing requests."""

    form_key: str
    must_change_password: bool


class Account(Told):
    """An account as its owner sees it."""

    id: str
    login: str
    name: str
    organisation: str
    roles: list[str]
    language: str
    must_change: bool


class PasswordChange(Asked):
    """The old password once more, and the new one."""

    old: Password
    new: Password


class LanguageChoice(Asked):
    """The language of messages and pages."""

    language: Language


@router.post("/session", status_code=201, dependencies=[Depends(anybody)])
def begin(request: Request, response: Response, body: SignIn) -> SignedIn:
    """Sign in; the browser gets the cookie of a new session."""
    desk = desk_of(request)
    secret, signed = sign_in(desk, body.login, body.password, address_of(request), secret_of(request, desk.reach))
    give_cookie(response, desk, secret)
    return SignedIn(form_key=signed.form_key, must_change_password=signed.must_change)


@router.get("/session")
def look(signed: Own) -> SignedIn:
    """The form key of the session, for a page that lost it."""
    return SignedIn(form_key=signed.form_key, must_change_password=signed.must_change)


@router.delete("/session", status_code=204)
def end(request: Request, response: Response, signed: Own) -> None:
    """Sign out."""
    desk = desk_of(request)
    end_session(desk.office, signed)
    take_cookie(response, desk)


@router.get("/account")
def account(request: Request, signed: Own) -> Account:
    """Who one is."""
    return Account.model_validate(own_account(desk_of(request).office, signed.actor))


@router.put("/account/password")
def password(request: Request, response: Response, signed: Own, body: PasswordChange) -> SignedIn:
    """Another password; all other sessions end, this one gets a new secret and a new form key."""
    desk = desk_of(request)
    secret, fresh = change_own_password(desk, signed, body.old, body.new, address_of(request))
    give_cookie(response, desk, secret)
    return SignedIn(form_key=fresh.form_key, must_change_password=fresh.must_change)


@router.put("/account/language", status_code=204)
def language(request: Request, signed: Own, body: LanguageChoice) -> None:
    """Another language."""
    choose_language(desk_of(request).office, signed.actor, body.language)
