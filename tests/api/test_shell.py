"""The shell: headers of every answer, limits of bodies, one shape of errors, health and figures."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from api.accounts.gate import allowed, anybody
from api.app import OPENAPI, create_app, served
from api.problems import Problem, preferred
from api.service import Desk, Reach
from expertise.office import Office
from expertise.people import Role
from expertise.work.queueing import alive
from tests.api.conftest import CHEAP, PASSWORD, Browse, Browser, narrower, told

broken = APIRouter()


@broken.get("/broken", dependencies=[Depends(anybody)])
def breaks() -> None:
    raise RuntimeError("пароль от базы: secret")


@broken.post("/form", dependencies=[Depends(allowed("see_own_account"))])
async def form(request: Request) -> dict[str, str]:
    return {name: str(value) for name, value in (await request.form()).items()}


@broken.get("/page", dependencies=[Depends(allowed("see_people"))])
def page() -> None:
    return None


def with_broken(office: Office) -> FastAPI:
    return create_app(office, Reach(plain_http=True), passwords=CHEAP, routers=[broken])


def test_headers_are_on_every_answer(browse: Browse, office: Office) -> None:
    client = browse().client
    answers = [client.get(path) for path in ("/healthz", OPENAPI, "/nowhere", "/api/v1/cases", "/metrics")]
    answers.append(Browser(with_broken(office)).client.get("/broken"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "*" not in policy and "http" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert len(answer.headers["x-request-id"]) == 32
        assert "strict-transport-security" not in answer.headers and "server" not in answer.headers


def test_what_nobody_expected_says_nothing_of_itself(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "saraptama.service"):
        answer = Browser(with_broken(office)).client.get("/broken", headers={"accept-language": "kk"})
    assert (answer.status_code, told(answer)) == (500, "api.fault")
    assert "secret" not in answer.text and "RuntimeError" not in answer.text
    assert answer.json()["error"]["message"].startswith("Ішкі қате")
    assert answer.json()["error"]["request_id"] in caplog.text and "secret" in caplog.text


def test_a_given_request_id_is_kept_and_a_strange_one_not(browse: Browse) -> None:
    client = browse().client
    assert client.get("/healthz", headers={"x-request-id": "abc-12345"}).headers["x-request-id"] == "abc-12345"
    for strange in ("short", "a" * 65, "a b c d e f g", "<script>alert"):
        assert client.get("/healthz", headers={"x-request-id": strange}).headers["x-request-id"] != strange


def test_errors_have_one_shape(browse: Browse) -> None:
    browser = browse()
    nowhere = browser.client.get("/nowhere")
    assert told(nowhere) == "api.no_such_place"
    assert nowhere.json()["error"]["params"] == {}, "no limit is told where none was passed"
    assert told(browser.client.put("/healthz")) == "api.no_such_method"
    assert told(browser.ask("POST", "/session", content=b"{")) == "api.invalid"
    wrong = {"content-type": "application/json"}
    for body in (b"{", b"[]", b'{"login": 1, "password": "x"}', b'{"login": "x", "password": "x", "more": 1}', b"\xff"):
        answer = browser.ask("POST", "/session", content=body, headers=wrong)
        assert answer.status_code in (400, 422) and told(answer) in ("api.invalid", "api.bad_request")


def test_what_was_sent_is_not_sent_back(browse: Browse) -> None:
    answer = browse().ask("POST", "/session", json={"login": 7, "password": ["hunter2-hunter2"]})
    assert answer.status_code == 422 and "hunter2" not in answer.text


def test_a_body_one_byte_over_the_limit(office: Office) -> None:
    browser = Browser(create_app(narrower(office, request_bytes=1000), Reach(plain_http=True), passwords=CHEAP))
    frame = len(json.dumps({"login": "", "password": "x"}))
    at, over = ("a" * (1000 - frame + more) for more in (0, 1))
    header = {"content-type": "application/json"}
    answer = browser.ask("POST", "/session", content=json.dumps({"login": at, "password": "x"}), headers=header)
    assert answer.status_code == 422  # a login is not that long; it was read
    for content in (json.dumps({"login": over, "password": "x"}).encode(), iter([b" " * 600] * 2)):
        answer = browser.ask("POST", "/session", content=content, headers=header)
        assert (answer.status_code, told(answer)) == (413, "api.body_too_large")
        assert set(answer.json()["error"]["params"]) == {"limit_mb"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "ru"),
        ("kk", "kk"),
        ("kk-KZ,ru;q=0.5", "kk"),
        ("ru;q=0.2, kk;q=0.9", "kk"),
        ("en-GB, en", "ru"),
        ("en, kk;q=0.1", "kk"),
        ("kk;q=x, ru;q=0.1", "ru"),
        ("," * 10_000, "ru"),
        ("kk;q=nan", "kk"),
    ],
)
def test_the_language_asked_for(header: str, language: str) -> None:
    assert preferred(header) == language


def test_the_form_key_may_stand_in_the_form(office: Office, account: Callable[..., str]) -> None:
    account("expert", Role.EXPERT)
    browser = Browser(with_broken(office))
    browser.sign_in("expert")
    key, send = browser.form_key, browser.client.post
    assert send("/form", data={"a": "1", "form_key": key}).json() == {"a": "1", "form_key": key}
    assert send("/form", data={"form_key": key}, files={"f": b"x"}).status_code == 200
    for answer in (send("/form", data={"a": "1"}), send("/form", json={"form_key": key}), send("/form")):
        assert (answer.status_code, told(answer)) == (403, "api.form_key")
    assert (
        send("/form", data={"form_key": key}, files={"f": b"x" * (office.settings.request_bytes + 1)}).status_code
        == 413
    )


def test_other_sites_make_nobody_sign_in(browse: Browse, account: Callable[..., str]) -> None:
    account("expert", Role.EXPERT)
    body = {"login": "expert", "password": PASSWORD}
    for site, status in (("cross-site", 403), ("same-origin", 201), ("none", 201)):
        answer = browse().ask("POST", "/session", json=body, headers={"sec-fetch-site": site})
        assert answer.status_code == status
        assert ("set-cookie" in answer.headers) == (status == 201)
    assert browse().client.get("/healthz", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_pages_lead_where_the_problem_is_solved(office: Office, account: Callable[..., str]) -> None:
    app = with_broken(office)
    desk: Desk = app.state.desk

    def page_of(request: Request, problem: Problem) -> Response:
        return PlainTextResponse(problem.message, problem.status)

    desk.error_page = page_of
    client = Browser(app).client
    answer = client.get("/page?a=1&b=//evil", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fpage%3Fa%3D1%26b%3D%2F%2Fevil"
    assert client.get("/nowhere").text.startswith("Такой страницы нет")
    assert told(client.get("/api/v1/account")) == "api.not_signed_in"
    account("new", Role.COORDINATOR, must_change=True)
    browser = Browser(app)
    browser.sign_in("new")
    assert browser.client.get("/page", follow_redirects=False).headers["location"] == "/account/password"


def test_alive_and_ready(browse: Browse, office: Office) -> None:
    client = browse().client
    assert client.get("/healthz").json() == {"live": True}
    assert client.get("/readyz").json()["checks"] == {
        "database": True, "schema": True, "files": True, "worker": False
    }  # fmt: skip
    alive(office, "worker-1")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    office.files.folder.rmdir()
    office.files.folder.write_bytes(b"no folder")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["files"]) == (503, False)


def test_not_ready_without_a_database(office: Office) -> None:
    from dataclasses import replace

    from expertise.store.database import Database

    empty = Database("sqlite://")
    client = Browser(create_app(replace(office, database=empty), passwords=CHEAP)).client
    assert client.get("/readyz").json()["checks"]["schema"] is False
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1")
    client = Browser(create_app(replace(office, database=gone), passwords=CHEAP)).client
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)
    answer = client.get("/api/v1/account", headers={"authorization": "Bearer x"})
    assert (answer.status_code, told(answer)) == (503, "api.busy")


def test_figures_are_for_this_machine_or_the_token(office: Office, app: FastAPI) -> None:
    here, elsewhere = Browser(app, "127.0.0.1").client, Browser(app, "10.0.0.1").client
    here.get("/api/v1/cases/" + "0" * 32)
    text = here.get("/metrics").text
    assert 'saraptama_requests_total{method="GET",route="/api/v1/cases/{case_id}",status="401"} 1' in text
    assert "saraptama_request_seconds_count" in text and "# TYPE saraptama_analyses gauge" in text
    assert elsewhere.get("/metrics").status_code == 404
    assert here.get("/metrics", headers={"x-forwarded-for": "10.0.0.1"}).status_code == 404
    tokened = create_app(office, Reach(plain_http=True, metrics_token="t0ken"), passwords=CHEAP)
    assert Browser(tokened, "127.0.0.1").client.get("/metrics").status_code == 404
    shown = {"authorization": "Bearer t0ken"}
    assert Browser(tokened, "10.0.0.1").client.get("/metrics", headers=shown).status_code == 200


def test_reach_is_read_from_the_environment() -> None:
    given = {"SARAPTAMA_PLAIN_HTTP": "1", "SARAPTAMA_PRIVATE_HOOKS": "0", "SARAPTAMA_METRICS_TOKEN": "x"}
    assert Reach.from_environment(given) == Reach(plain_http=True, metrics_token="x")
    assert Reach.from_environment({}) == Reach()
    with pytest.raises(ValueError, match="SARAPTAMA_PLAIN_HTTP"):
        Reach.from_environment({"SARAPTAMA_PLAIN_HTTP": "yes"})


def test_the_description_is_whole_and_loads_nothing_from_elsewhere(browse: Browse) -> None:
    described = browse().client.get(OPENAPI).json()
    assert described["openapi"].startswith("3.1") and len(described["paths"]) > 25
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert browse().client.get(path).status_code == 404
    for name, schema in described["components"]["schemas"].items():
        if schema.get("type") == "object":
            assert schema.get("additionalProperties") is False, name


def test_the_description_tells_of_errors_and_demands(app: FastAPI, browse: Browse) -> None:
    described = browse().client.get(OPENAPI).json()
    actions = {(route.method.lower(), route.path): route.action for route in served(app)}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["responses"]["default"]["content"]["application/json"]["schema"]["$ref"].endswith(
                "/Problem"
            )
            assert "422" not in operation["responses"]
            assert operation.get("x-action", "") == actions[method, path]
            assert ("security" in operation) == bool(actions[method, path])
    assert "ValidationError" not in str(described["components"]["schemas"])
