"""The application: every route behind a demand, every failure in one shape, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route

from api.accounts.gate import declared_action
from api.accounts.passwords import Passwords
from api.description import describe
from api.health import router as health
from api.metrics import Metrics
from api.problems import Problem, answer, problem, problem_of
from api.rest import router as rest
from api.service import Desk, Reach
from api.shell import Shell
from expertise.office import Office
from nlp.errors import SaraptamaError

OPENAPI = "/api/v1/openapi.json"
SIGN_IN_PAGE = "/sign-in"
PASSWORD_PAGE = "/account/password"


def create_app(
    office: Office, reach: Reach | None = None, *, passwords: Passwords | None = None, routers: Sequence[APIRouter] = ()
) -> FastAPI:
    """The service over an office.

    ``routers``: further routes (pages). What they find at hand is ``desk_of(request)``; a page for problems is set as
    ``app.state.desk.error_page``. Raises ``ValueError`` for a route that does not say what it demands.
    """
    desk = Desk(office, reach or Reach(), passwords or Passwords(office.settings.password_checks_at_once), Metrics())
    app = FastAPI(
        title="Saraptama",
        version="1",
        openapi_url=OPENAPI,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.desk = desk
    for router in (health, rest, *routers):
        app.include_router(router)
    describe(app, {(route.method, route.path): route.action for route in served(app)})
    desk.templates = {id(route.original_route): str(route.path) for route in iter_route_contexts(app.routes)}
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(Shell, desk=desk)
    return app


@dataclass(frozen=True, slots=True)
class Served:
    """One route: ``action`` is what it demands, ``""`` when it is open to everybody."""

    method: str
    path: str
    action: str


def served(app: FastAPI) -> tuple[Served, ...]:
    """All routes that are answered by code of ours.

    Raises ``ValueError`` for one that does not say what it demands: it would be open to everybody by oversight.
    """
    found: list[Served] = []
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, Route) and not isinstance(route.original_route, APIRoute):
            if route.path == OPENAPI:
                continue
            raise ValueError(f"{route.path} is no route of FastAPI")
        if isinstance(route.original_route, Mount) and str(route.name).startswith("static"):
            continue
        action = declared_action(route.dependant) if isinstance(route.original_route, APIRoute) else None
        if action is None:
            raise ValueError(f"{route.path} does not say what it demands (api.accounts.gate)")
        found.extend(Served(method, str(route.path), action) for method in sorted(route.methods or ()))
    return tuple(found)


async def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaraptamaError)
    return _tell(request, problem_of(request, error))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "api.bad_request")
    params = {}
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        params["limit_mb"] = int(request.scope.get("saraptama.body_limit", 0)) // (1024 * 1024)
    return _tell(request, problem(request, error.status_code, code, params), error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """Which fields are wrong and how, in pydantic's codes; never what was sent."""
    assert isinstance(error, RequestValidationError)
    own = [str(each["loc"][1]) for each in error.errors() if each["loc"][0] == "path" and len(each["loc"]) > 1]
    if own and not _is_rest(request):  # an address nobody was given: whoever reads pages is told just that
        code = "expertise.no_case" if "case_id" in own else "api.no_such_place"
        return _tell(request, problem(request, HTTPStatus.NOT_FOUND, code))
    wrong = [f"{'.'.join(str(part) for part in each['loc'])}: {each['type']}" for each in error.errors()[:10]]
    return _tell(request, problem(request, 422, "api.invalid", {"fields": "; ".join(wrong)[:1000]}))


_HANDLERS: Mapping[type[Exception], Any] = {
    SaraptamaError: _expected,
    HTTPException: _http,
    RequestValidationError: _invalid,
}
_CODES: Mapping[int, str] = {
    HTTPStatus.NOT_FOUND: "api.no_such_place",
    HTTPStatus.METHOD_NOT_ALLOWED: "api.no_such_method",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "api.body_too_large",
}


def _tell(request: Request, of: Problem, headers: Mapping[str, str] | None = None) -> Response:
    extra = dict(headers or {})
    if of.status == HTTPStatus.UNAUTHORIZED and _is_rest(request):
        extra["www-authenticate"] = 'Bearer realm="saraptama"'
    if of.status == HTTPStatus.TOO_MANY_REQUESTS:
        extra["retry-after"] = str(int(of.params.get("minutes", 1)) * 60)
    desk: Desk = request.app.state.desk
    if _is_rest(request) or desk.error_page is None:
        return answer(of, extra)
    return _page(request, of, desk)


def _is_rest(request: Request) -> bool:
    path = request.url.path
    return path.startswith("/api/") or path in ("/healthz", "/readyz", "/metrics")


def _page(request: Request, of: Problem, desk: Desk) -> Response:
    """Whoever reads pages is led to where the problem can be solved."""
    if of.code == "api.not_signed_in":
        return RedirectResponse(_with_way_back(request), HTTPStatus.SEE_OTHER)
    if of.code == "api.must_change_password":
        return RedirectResponse(PASSWORD_PAGE, HTTPStatus.SEE_OTHER)
    assert desk.error_page is not None
    return desk.error_page(request, of)


def _with_way_back(request: Request) -> str:
    if request.method != "GET" or request.url.path == "/":
        return SIGN_IN_PAGE
    way = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"{SIGN_IN_PAGE}?next={quote(way, safe='')}"
