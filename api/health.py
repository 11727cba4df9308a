"""Whether the service lives, whether it can work, and its figures."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.metrics import work_lines
from api.problems import ApiError
from api.service import desk_of
from expertise.work.health import readiness, waiting_work

router = APIRouter(include_in_schema=False)
_HERE = ("127.0.0.1", "::1")


def nobody_asked() -> None:
    """Open to everybody, and nobody is looked up: a broken database must not break the answer."""


nobody_asked.saraptama_action = ""  # type: ignore[attr-defined]


@router.get("/healthz", dependencies=[Depends(nobody_asked)])
def live() -> Response:
    """The process answers."""
    return JSONResponse({"live": True})


@router.get("/readyz", dependencies=[Depends(nobody_asked)])
def ready(request: Request) -> Response:
    """Whether everything that is needed is there; 503 when something is not."""
    found = dict(readiness(desk_of(request).office))
    return JSONResponse({"ready": all(found.values()), "checks": found}, 200 if all(found.values()) else 503)


@router.get("/metrics", dependencies=[Depends(nobody_asked)])
def figures(request: Request) -> Response:
    """For Prometheus, by its token, or without one from this machine itself and not through a proxy."""
    desk = desk_of(request)
    if not _may_see(request, desk.reach.metrics_token):
        raise ApiError(404, "api.no_such_place")
    lines = [*desk.metrics.lines(), *work_lines(waiting_work(desk.office))]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _may_see(request: Request, token: str) -> bool:
    if token:
        shown = request.headers.get("authorization", "").encode()
        return hmac.compare_digest(shown, f"Bearer {token}".encode())
    through = {"x-forwarded-for", "forwarded", "x-real-ip"} & set(request.headers)
    return request.client is not None and request.client.host in _HERE and not through
