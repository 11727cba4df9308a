"""The shell around the application: id of the request, limits of bodies, headers of every answer, the last resort.

Plain ASGI: a body is counted as it streams by, nothing is held in memory.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import ApiError, Problem, answer, problem, request_id
from api.service import Desk

log = logging.getLogger("saraptama.service")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""On every answer, whatever it is."""

_HSTS = "max-age=31536000"
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_TELLING = re.compile(r"[^\x20-\x7e]")


class Shell:
    """Middleware; ``desk`` says how the service is reached."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["saraptama.request_id"] = _id(scope)
        scope["saraptama.body_limit"] = self.desk.office.settings.request_bytes
        began, answering = time.perf_counter(), _Answering(send, scope, self.desk)
        try:
            if _is_foreign(scope):
                raise ApiError(403, "api.form_key")
            await self.app(scope, _counted(scope, receive), answering)
        except ApiError as error:
            told = problem(Request(scope), error.status, error.code, error.params)
            await answer(told)(scope, receive, answering)
        except ClientDisconnect:
            log.info("request %s: the client went away", request_id(scope))
        except Exception as error:
            if answering.status:  # part of an answer is out: only breaking off is honest
                log.exception("request %s broke off", request_id(scope))
                raise
            await _last_resort(error, self.desk, scope, receive, answering)
        finally:
            self._note(scope, answering.status or 499, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = self.desk.templates.get(id(scope.get("route")), "-")
        self.desk.metrics.note(str(scope["method"]), route, status, seconds)
        signed = scope.get("saraptama.signed")
        who = signed.actor.id if signed is not None else "-"
        path = _TELLING.sub("?", str(scope["path"]))
        log.info("%s %s %s %d %.0f ms %s", request_id(scope), scope["method"], path, status, seconds * 1000, who)


class _Answering:
    """Puts headers on the answer and remembers that it began."""

    def __init__(self, send: Send, scope: Scope, desk: Desk) -> None:
        self._send = send
        self._scope = scope
        self._desk = desk
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers["x-request-id"] = request_id(self._scope)
            headers.setdefault("cache-control", "no-store")
            if not self._desk.reach.plain_http:
                headers["strict-transport-security"] = _HSTS
        await self._send(message)


def _is_foreign(scope: Scope) -> bool:
    """Whether a page of another site made a browser send this: signing in has no form key to tell it by."""
    site = dict(scope["headers"]).get(b"sec-fetch-site", b"")
    return site == b"cross-site" and scope["method"] not in ("GET", "HEAD")


def _counted(scope: Scope, receive: Receive) -> Receive:
    """``receive`` that refuses a body longer than the limit the request has when it is read (routes may raise it)."""
    announced = _announced(scope)
    came = 0

    async def counting() -> Message:
        nonlocal came
        limit = int(scope["saraptama.body_limit"])
        if announced > limit:
            raise HTTPException(413)
        message = await receive()
        came += len(message.get("body", b""))
        if came > limit:
            raise HTTPException(413)
        return message

    return counting


def _announced(scope: Scope) -> int:
    raw = dict(scope["headers"]).get(b"content-length", b"0")
    return int(raw[:19]) if raw.isdigit() else 0


async def _last_resort(error: Exception, desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
    """What nobody expected: logged with the request's id, answered without a word of what it was."""
    status, code = _meaning(error)
    if status == 500:
        log.error("request %s failed", request_id(scope), exc_info=error)
    else:
        log.warning("request %s: %s", request_id(scope), type(error).__name__)
    request = Request(scope)
    told = problem(request, status, code, {"request_id": request_id(scope)})
    await _as_wanted(request, told, desk)(scope, receive, send)


def _as_wanted(request: Request, told: Problem, desk: Desk) -> Response:
    """A page for whoever reads pages; if even that fails, the plain answer: this is the last resort."""
    if desk.error_page is None or request.url.path.startswith("/api/"):
        return answer(told)
    try:
        return desk.error_page(request, told)
    except Exception:
        log.exception("request %s: the page of the failure failed", request_id(request.scope))
        return answer(told)


def _meaning(error: Exception) -> tuple[int, str]:
    if isinstance(error, StaleDataError | IntegrityError):
        return 409, "api.changed_meanwhile"
    if isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return 503, "api.busy"
    return 500, "api.fault"


def _id(scope: Scope) -> str:
    """The id a proxy in front gave the request, else a fresh one."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
