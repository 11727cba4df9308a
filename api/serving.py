"""The whole service: REST and pages over an office and a pack."""

from __future__ import annotations

from dataclasses import replace

from fastapi import FastAPI

from api.accounts.passwords import Passwords
from api.app import create_app
from api.pages.router import dress, page_routers
from api.service import Reach
from expertise.office import Office
from nlp.detection.pack import Pack


def create_service(
    office: Office, pack: Pack, reach: Reach | None = None, *, passwords: Passwords | None = None
) -> FastAPI:
    """The application as it is served. Raises ``ValueError`` for a route that does not say what it demands."""
    office = office if office.pack else replace(office, pack=pack)
    app = create_app(office, reach, passwords=passwords, routers=page_routers(pack))
    dress(app)
    return app
