"""What the service needs beside the office: how it is reached, and the parts that live as long as the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from api.accounts.passwords import Passwords
from expertise.office import Office

if TYPE_CHECKING:
    from api.metrics import Metrics
    from api.problems import Problem


@dataclass(frozen=True, slots=True)
class Reach:
    """How the service is reached, from the environment.

    ``plain_http``: cookies go over HTTP too (only where nothing leaves this machine). ``private_hooks``: hooks may have
    addresses inside the house. ``metrics_token``: who shows it sees the metrics; without one only this machine does.
    """

    plain_http: bool = False
    private_hooks: bool = False
    metrics_token: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Reach:
        """From ``SARAPTAMA_PLAIN_HTTP``, ``SARAPTAMA_PRIVATE_HOOKS`` (``1`` or ``0``), ``SARAPTAMA_METRICS_TOKEN``.

        Raises ``ValueError`` naming the variable that makes no sense.
        """
        return cls(
            plain_http=_yes(environ, "SARAPTAMA_PLAIN_HTTP"),
            private_hooks=_yes(environ, "SARAPTAMA_PRIVATE_HOOKS"),
            metrics_token=environ.get("SARAPTAMA_METRICS_TOKEN", ""),
        )


ErrorPage = Callable[[Request, "Problem"], Response]


@dataclass(slots=True)
class Desk:
    """What every route has at hand, as ``request.app.state.desk``; see ``desk_of``.

    ``templates``: id of a route → template of its whole path. ``error_page``: makes a page of a problem for whoever
    asked for a page; without one everybody gets JSON.
    """

    office: Office
    reach: Reach
    passwords: Passwords
    metrics: Metrics
    error_page: ErrorPage | None = None
    templates: Mapping[int, str] = field(default_factory=dict)
    upload_room: threading.BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        """A slow upload holds a thread: so many at once, and the others are told to come back."""
        self.upload_room = threading.BoundedSemaphore(self.office.settings.uploads_at_once)


def desk_of(request: Request) -> Desk:
    """The desk of the application that answers this request."""
    desk: Desk = request.app.state.desk
    return desk


def _yes(environ: Mapping[str, str], name: str) -> bool:
    raw = environ.get(name) or "0"
    if raw not in ("0", "1"):
        raise ValueError(f"{name}={raw!r}")
    return raw == "1"
