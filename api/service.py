"""What the service needs beside the office: how it is reached, and the parts that live as long as the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from api.accounts.openid_settings import SignIn, yes
from api.accounts.passwords import Passwords
from api.accounts.provider import Provider
from api.configuration import secret_from_file
from expertise.office import Office
from expertise.work.publishing import OpenData

if TYPE_CHECKING:
    from api.metrics import Metrics
    from api.problems import Problem


@dataclass(frozen=True, slots=True)
class Reach:
    """How the service is reached, from the environment.

    ``plain_http``: cookies go over HTTP too (only where nothing leaves this machine). ``private_hooks``: hooks may have
    addresses inside the house. ``metrics_token``: who shows it sees the metrics; without one only this machine does.
    ``sign_in``: by passwords, by an OpenID provider, or both. ``open_data``: sums of issued conclusions are given to
    everybody, under the licence, in the name of the publisher.
    """

    plain_http: bool = False
    private_hooks: bool = False
    metrics_token: str = ""
    sign_in: SignIn = field(default_factory=SignIn)
    open_data: bool = False
    open_data_licence: str = ""
    open_data_publisher: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Reach:
        """From ``SARAPTAMA_PLAIN_HTTP``, ``SARAPTAMA_PRIVATE_HOOKS`` (``1`` or ``0``), ``SARAPTAMA_METRICS_TOKEN``
        or ``SARAPTAMA_METRICS_TOKEN_FILE``, ``SARAPTAMA_OPEN_DATA`` with ``…_LICENCE`` and ``…_PUBLISHER``, and what
        ``SignIn`` reads.

        Raises ``ValueError`` naming the variable that makes no sense.
        """
        return cls(
            plain_http=yes(environ, "SARAPTAMA_PLAIN_HTTP"),
            private_hooks=yes(environ, "SARAPTAMA_PRIVATE_HOOKS"),
            metrics_token=environ.get("SARAPTAMA_METRICS_TOKEN")
            or secret_from_file(environ, "SARAPTAMA_METRICS_TOKEN_FILE"),
            sign_in=SignIn.from_environment(environ),
            open_data=yes(environ, "SARAPTAMA_OPEN_DATA"),
            open_data_licence=environ.get("SARAPTAMA_OPEN_DATA_LICENCE", ""),
            open_data_publisher=environ.get("SARAPTAMA_OPEN_DATA_PUBLISHER", ""),
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
    provider: Provider | None = field(init=False)
    open_data: OpenData = field(init=False)

    def __post_init__(self) -> None:
        """A slow upload holds a thread: so many at once, and the others are told to come back."""
        office, openid = self.office, self.reach.sign_in.openid
        self.upload_room = threading.BoundedSemaphore(office.settings.uploads_at_once)
        bounds = office.settings.openid_seconds, office.settings.openid_bytes
        self.open_data = OpenData(office)
        self.provider = Provider(openid, office.clock, *bounds) if openid else None


def desk_of(request: Request) -> Desk:
    """The desk of the application that answers this request."""
    desk: Desk = request.app.state.desk
    return desk
