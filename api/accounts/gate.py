"""What a route demands of whoever asks. A route without one of these cannot be served (``api.app`` checks).

``allowed("action")`` – signed in, and permitted the action without regard to a case;
``in_case("action")`` – the same for the case of the path; a case one may not see is not found;
``anybody`` – open to everybody. Each is the default of a parameter: ``Depends(allowed("see_people"))``.

Requests of a session that change something carry its form key: in the header ``X-Form-Key`` or the form field
``form_key``. Requests with a token need none: no page of others can make a browser send a token.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.accounts.browser import cookie_name
from api.problems import ApiError
from api.service import Desk, desk_of
from expertise.people import Actor
from expertise.policy import require, table
from expertise.store.cases import open_case
from expertise.work.sign_ins import Signed, by_session
from expertise.work.tokens import by_token

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN = "see_own_account"
_MARK = "saraptama_action"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_FORM_SLACK = 64 * 1024  # bytes of a form beside its file


@dataclass(frozen=True, slots=True)
class AtCase:
    """Somebody before a case they may do the route's action in."""

    signed: Signed
    case_id: str

    @property
    def actor(self) -> Actor:
        """Who it is."""
        return self.signed.actor


def allowed(action: str, *, uploads: bool = False) -> Callable[..., Awaitable[Signed]]:
    """Demand that somebody is signed in and permitted ``action`` (policy.yaml); ``uploads``: bodies may be files."""
    _require_known(action)

    async def check(request: Request) -> Signed:
        signed = await _signed(request, action)
        require(signed.actor, action)
        await _admit_body(request, signed, uploads)
        return signed

    setattr(check, _MARK, action)
    return check


def in_case(action: str, *, uploads: bool = False) -> Callable[..., Awaitable[AtCase]]:
    """Demand that ``action`` is permitted in the case of the path parameter ``case_id``."""
    _require_known(action)

    async def check(request: Request, case_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]) -> AtCase:
        signed = await _signed(request, action)
        await run_in_threadpool(_look, desk_of(request), signed.actor, case_id, action)
        await _admit_body(request, signed, uploads)
        return AtCase(signed, case_id)

    setattr(check, _MARK, action)
    return check


async def anybody(request: Request) -> Signed | None:
    """No demand; who it is, if somebody is signed in."""
    return await run_in_threadpool(_identify, desk_of(request), request)


setattr(anybody, _MARK, "")


def declared_action(dependant: Any) -> str | None:
    """The action a route demands, ``""`` when it is open to everybody, None when it forgot to say.

    ``dependant``: the route's, as FastAPI keeps it.
    """
    found = [getattr(each.call, _MARK, None) for each in _flat(dependant)]
    said = [action for action in found if action is not None]
    return said[0] if said else None


def _flat(dependant: Any) -> list[Any]:
    return [below for each in dependant.dependencies for below in (each, *_flat(each))]


def _require_known(action: str) -> None:
    if action not in table():
        raise KeyError(action)


async def _signed(request: Request, action: str) -> Signed:
    signed = await run_in_threadpool(_identify, desk_of(request), request)
    if signed is None:
        raise ApiError(401, "api.not_signed_in")
    if signed.must_change and action != OWN:
        raise ApiError(403, "api.must_change_password")
    return signed


def _identify(desk: Desk, request: Request) -> Signed | None:
    """By the token when one is shown, else by the session's cookie; a wrong token is never helped by a cookie."""
    header = request.headers.get("authorization", "")
    if header:
        kind, _, secret = header.partition(" ")
        signed = by_token(desk.office, secret.strip()) if kind.lower() == "bearer" else None
    else:
        secret = request.cookies.get(cookie_name(desk.reach), "")
        signed = by_session(desk.office, secret) if secret else None
    request.scope["saraptama.signed"] = signed
    return signed


def _look(desk: Desk, actor: Actor, case_id: str, action: str) -> None:
    with desk.office.database.reading() as session:
        open_case(session, actor, case_id, action)


async def _admit_body(request: Request, signed: Signed, uploads: bool) -> None:
    """Large bodies only now that it is known who sends them; then the form key, which may stand in the body."""
    if uploads:
        request.scope["saraptama.body_limit"] = desk_of(request).office.settings.upload_bytes + _FORM_SLACK
    if request.method in SAFE or not signed.form_key:
        return
    given = request.headers.get("x-form-key", "")
    if not given and request.headers.get("content-type", "").startswith(_FORMS):
        given = str((await request.form()).get("form_key", ""))
    if not hmac.compare_digest(given.encode(), signed.form_key.encode()):
        raise ApiError(403, "api.form_key")
