"""What a browser keeps: one cookie with the secret of its session."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.service import Desk, Reach


def cookie_name(reach: Reach) -> str:
    """With HTTPS a name that browsers accept only for this host and only over HTTPS."""
    return "saraptama" if reach.plain_http else "__Host-saraptama"


def secret_of(request: Request, reach: Reach) -> str:
    """The secret the browser sent; empty when none."""
    return request.cookies.get(cookie_name(reach), "")


def give_cookie(response: Response, desk: Desk, secret: str) -> None:
    """Have the browser keep the session until its absolute end; no script can read it."""
    response.set_cookie(
        cookie_name(desk.reach),
        secret,
        max_age=desk.office.settings.session_hours * 3600,
        path="/",
        secure=not desk.reach.plain_http,
        httponly=True,
        samesite="lax",
    )


def give_way_cookie(response: Response, desk: Desk, secret: str) -> None:
    """Have the browser keep the secret of a sign-in that it takes to an OpenID provider."""
    seconds = desk.office.settings.openid_minutes * 60
    response.set_cookie(
        _way_name(desk.reach), secret, max_age=seconds, path="/", secure=not desk.reach.plain_http, httponly=True,
        samesite="lax",
    )  # fmt: skip


def way_secret_of(request: Request, reach: Reach) -> str:
    """The secret of the sign-in that this browser took to the provider; empty when none."""
    return request.cookies.get(_way_name(reach), "")


def take_way_cookie(response: Response, desk: Desk) -> None:
    """Have the browser forget the sign-in that has ended."""
    response.delete_cookie(
        _way_name(desk.reach), path="/", secure=not desk.reach.plain_http, httponly=True, samesite="lax"
    )


def _way_name(reach: Reach) -> str:
    return cookie_name(reach) + "-openid"


def take_cookie(response: Response, desk: Desk) -> None:
    """Have the browser forget the session."""
    response.delete_cookie(
        cookie_name(desk.reach), path="/", secure=not desk.reach.plain_http, httponly=True, samesite="lax"
    )


def address_of(request: Request) -> str:
    """Where the request comes from, for counting tries; of IPv6 the network, which is what one customer has.

    Behind a proxy this is the proxy unless uvicorn is told to trust its headers (docs/operations.md).
    """
    host = request.client.host if request.client else ""
    return ":".join(host.split(":")[:4]) if ":" in host else host
