"""The application over an office with people, asked in process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from api.accounts.passwords import Passwords
from api.app import create_app
from api.service import Reach
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Role
from expertise.work.people import add_person
from expertise.work.tokens import give_token
from tests.work.conftest import (  # noqa: F401  (fixtures)
    Staff,
    case,
    clock,
    examiner,
    hire,
    in_review,
    office,
    staff,
)  # fmt: skip

PASSWORD = "длинный пароль 1"
CHEAP = Passwords(4, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
HASH = CHEAP.hash(PASSWORD)


@pytest.fixture
def app(office: Office) -> FastAPI:  # noqa: F811
    return create_app(office, Reach(plain_http=True), passwords=CHEAP)


class Browser:
    """A client with its cookies, and the form key of its session."""

    def __init__(self, app: FastAPI, address: str = "10.0.0.1") -> None:
        self.client = TestClient(app, raise_server_exceptions=False, client=(address, 1), base_url="http://testserver")
        self.form_key = ""

    def ask(self, method: str, path: str, **more: object) -> Response:
        """A request of version 1."""
        headers = {"x-form-key": self.form_key} if self.form_key else {}
        headers |= more.pop("headers", {})  # type: ignore[arg-type]
        answer: Response = self.client.request(method, f"/api/v1{path}", headers=headers, **more)  # type: ignore[arg-type]
        return answer

    def sign_in(self, login: str, password: str = PASSWORD) -> Response:
        """Sign in and remember the form key."""
        answer = self.ask("POST", "/session", json={"login": login, "password": password})
        if answer.status_code == 201:
            self.form_key = answer.json()["form_key"]
        return answer


Keys = Callable[[Actor], dict[str, str]]
Browse = Callable[..., Browser]


@pytest.fixture
def browse(app: FastAPI) -> Iterator[Browse]:
    """``browse()`` → a browser; ``browse(address)`` → one elsewhere."""
    yield lambda address="10.0.0.1": Browser(app, address)


@pytest.fixture
def account(office: Office) -> Callable[..., str]:  # noqa: F811
    """``account("login", Role.EXPERT, …)`` → id of an account with the usual password."""

    def make(login: str, *roles: Role, must_change: bool = False) -> str:
        return add_person(office, OPERATOR, login, login.title(), roles, HASH, must_change=must_change).id

    return make


@pytest.fixture
def keys(office: Office, staff: Staff) -> Callable[[Actor], dict[str, str]]:  # noqa: F811
    """Headers with a token of an actor."""

    def make(actor: Actor) -> dict[str, str]:
        secret, _ = give_token(office, OPERATOR, actor.id, "test")
        return {"authorization": f"Bearer {secret}"}

    return make


def saved_name(answer: Response) -> str:
    """The name a browser saves a file under."""
    assert answer.status_code == 200, answer.text
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])


def told(answer: Response) -> str:
    """Code of the error in an answer, after looking at its shape."""
    error = answer.json()["error"]
    assert set(answer.json()) == {"error"} and set(error) == {"code", "message", "params", "request_id"}
    assert error["request_id"] == answer.headers["x-request-id"] and error["message"] != error["code"]
    assert "Traceback" not in answer.text
    return str(error["code"])


def narrower(of: Office, **settings: int) -> Office:
    """The office with other settings."""
    return replace(of, settings=replace(of.settings, **settings))
