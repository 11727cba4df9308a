"""Asking the REST interface as somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from httpx import Response
from sqlalchemy import func, select

from expertise.office import Office
from expertise.people import Actor
from tests.api.conftest import Browse

Keys = Callable[[Actor], dict[str, str]]
Ask = Callable[..., Response]


@pytest.fixture
def ask(browse: Browse, keys: Keys) -> Callable[[Actor], Ask]:
    """``ask(actor)("GET", path, …)``."""

    def of(actor: Actor) -> Ask:
        header, browser = keys(actor), browse()

        def send(method: str, path: str, **more: object) -> Response:
            headers = header | more.pop("headers", {})  # type: ignore[operator]
            return browser.ask(method, path, headers=headers, **more)

        return send

    return of


def count(office: Office, table: type) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def upload(send: Ask, case_id: str, content: bytes, name: str = "проект.txt", **more: object) -> Response:
    return send("POST", f"/cases/{case_id}/files", params={"kind": "text", "name": name}, content=content, **more)
