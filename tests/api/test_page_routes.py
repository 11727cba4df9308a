"""Every route of the whole service × everybody: pages deny what REST denies, and a denied request leaves no trace."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import Response

from api.app import served
from api.service import Reach
from api.serving import create_service
from expertise.messages import say
from expertise.office import Office
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser
from tests.api.test_routes import (
    ADMIN,
    ALL,
    CHECKS,
    COORDINATORS,
    COUNTS,
    DOORS,
    EVERYBODY,
    FINDINGS,
    LISTS,
    SEATED,
    SEE,
    Scene,
    head,
    scene,
)  # fmt: skip

_SCENE = scene  # a fixture

C = "/cases/{case_id}"
PAGES: dict[str, set[str]] = {
    "GET /": ALL,
    "GET /sign-in": ALL,
    "POST /sign-in": ALL,
    "GET /sign-in/openid": ALL,
    "GET /sign-in/openid/back": ALL,
    "POST /sign-out": EVERYBODY,
    "GET /account": EVERYBODY,
    "GET /account/password": EVERYBODY,
    "POST /account/password": EVERYBODY,
    "POST /account/language": EVERYBODY,
    "GET /cases": LISTS,
    "GET /cases/new": COORDINATORS | {"client"},
    "POST /cases": COORDINATORS | {"client"},
    "GET /indicators": COUNTS,
    "GET /indicators/rows": COUNTS,
    "GET /certificates": COUNTS,
    "POST /certificates": COORDINATORS,
    "GET /certificates/{certificate_id}/files/{name}": COUNTS,
    f"GET {C}": SEE,
    f"POST {C}": {"coordinator", "first"},
    f"POST {C}/files": {"coordinator"},
    f"GET {C}/files/{{file_id}}": SEE,
    f"POST {C}/files/{{file_id}}/out": {"coordinator"},
    f"POST {C}/analysis": {"coordinator"},
    f"GET {C}/progress": SEE,
    f"GET {C}/original/{{language}}/{{number}}": SEE,
    f"POST {C}/seats": {"coordinator"},
    f"POST {C}/declaration": SEATED,
    f"POST {C}/moves": SEE,
    f"GET {C}/history": {"coordinator"},
    f"GET {C}/review": FINDINGS,
    f"POST {C}/findings": FINDINGS,
    f"POST {C}/findings/{{finding_id}}": FINDINGS,
    f"POST {C}/findings/{{finding_id}}/undo": FINDINGS,
    f"POST {C}/chapters": SEATED,
    f"POST {C}/questions": SEATED,
    f"POST {C}/finish": FINDINGS,
    f"GET {C}/conclusion": SEE,
    f"POST {C}/conclusion": {"first"},
    f"GET {C}/conclusion/files/{{name}}": FINDINGS,
    f"GET {C}/papers/{{name}}": SEE,
    f"GET {C}/risks": FINDINGS,
    f"POST {C}/risks": set(),
    f"POST {C}/plan": set(),
    "GET /risks": COORDINATORS | {"observer"},
    "GET /risks/files/{name}": COORDINATORS | {"observer"},
    f"POST {C}/signatures": set(),
    f"GET {C}/differences": {"coordinator"},
    f"GET {C}/answers": SEE - {"observer"},
    f"GET {C}/answers/form/{{language}}": SEE - {"observer"},
    f"POST {C}/answers": set(),
    f"GET {C}/answers/sheets/{{sheet_id}}/files/{{number}}": SEE - {"observer"},
    f"POST {C}/answers/file": set(),
    f"POST {C}/answers/comments": set(),
    f"GET {C}/adoption": {"first", "coordinator"},
    f"GET {C}/adoption/progress": {"first", "coordinator"},
    f"POST {C}/adoption/texts": set(),
    f"GET {C}/adoption/texts/{{text_id}}": {"first", "coordinator"},
    f"POST {C}/adoption/texts/{{text_id}}/again": set(),
    f"POST {C}/adoption/texts/{{text_id}}/out": set(),
    f"POST {C}/adoption/rest": set(),
    f"POST {C}/adoption/{{number}}": set(),
    f"POST {C}/adoption/{{number}}/undo": set(),
    f"POST {C}/adoption/{{number}}/comments": set(),
    f"GET {C}/preliminary": SEATED | {"coordinator", "developer"},
    f"GET {C}/preliminary/files/{{name}}": SEATED | {"coordinator", "developer"},
    "GET /checks": CHECKS,
    "POST /checks": CHECKS,
    "GET /checks/{check_id}": CHECKS,
    "GET /checks/{check_id}/progress": CHECKS,
    "GET /checks/{check_id}/files/{name}": CHECKS,
    "POST /checks/{check_id}/again": CHECKS,
    "POST /checks/{check_id}/case": CHECKS,
    "POST /checks/{check_id}/delete": CHECKS,
    "GET /pack": {"methodologist"},
    "GET /pack/changes": {"methodologist"},
    "GET /pack/factors/{factor}": {"methodologist"},
    "POST /pack/factors/{factor}": {"methodologist"},
    "GET /pack/rules/{rule}": {"methodologist"},
    "POST /pack/rules/{rule}": {"methodologist"},
    "GET /pack/previews/{preview_id}": {"methodologist"},
    "GET /pack/previews/{preview_id}/progress": {"methodologist"},
    "GET /help": EVERYBODY - {"client"},
    "GET /similar": COORDINATORS,
    "GET /similar/radar": COORDINATORS,
    f"GET {C}/similar": {"coordinator"},
    f"POST {C}/similar/base": set(),
    f"POST {C}/similar/proposals": {"coordinator"},
    "GET /people": ADMIN | COORDINATORS,
    "POST /people": ADMIN,
    "POST /people/{person_id}": ADMIN,
    "POST /people/{person_id}/password": ADMIN,
    "POST /people/{person_id}/identity": ADMIN,
    "POST /people/{person_id}/closed": ADMIN,
    "GET /audit": ADMIN,
    "GET /audit/check": ADMIN,
}
_DENIALS = [say(code, "ru") for code in ("expertise.denied", "expertise.no_case")]


@pytest.fixture
def service(office: Office, examiner: Examiner) -> FastAPI:
    return create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)


def denied(answer: Response) -> bool:
    """Led to signing in, or told that it is not permitted or not there."""
    if answer.status_code == 303:
        return answer.headers["location"].startswith("/sign-in")
    return answer.status_code in (403, 404) and any(words in answer.text for words in _DENIALS)


def send(client: object, row: str, scene: Scene, name: str) -> Response:
    method, template = row.split()
    form = {"data": {"nonsense": "1"}} if method == "POST" else {}
    answer: Response = client.request(  # type: ignore[attr-defined]
        method, scene.path(template), headers=scene.headers[name], follow_redirects=False, **form
    )
    return answer


def test_every_route_of_the_service_has_its_row(service: FastAPI) -> None:
    assert {f"{route.method} {route.path}" for route in served(service)} == set(DOORS) | set(PAGES)
    opened = {f"{route.method} {route.path}" for route in served(service) if not route.action}
    assert opened == {row for row, who in (DOORS | PAGES).items() if who == ALL}


def test_pages_deny_whoever_is_not_let_in(scene: Scene, service: FastAPI, office: Office) -> None:
    before, client = head(office), Browser(service).client
    wrong = []
    for row, who in PAGES.items():
        for name in sorted(ALL - who):
            answer = send(client, row, scene, name)
            if not denied(answer) or (name == "anonymous") != (answer.status_code == 303):
                wrong.append((row, name, answer.status_code))
    assert wrong == []
    assert head(office) == before


def test_pages_open_for_whoever_is_let_in(scene: Scene, service: FastAPI) -> None:
    client, wrong = Browser(service).client, []
    for row, who in PAGES.items():
        for name in sorted(who):
            if row.startswith("GET") and row != "GET /":
                answer = send(client, row, scene, name)
                if denied(answer) or answer.status_code >= 500:
                    wrong.append((row, name, answer.status_code, answer.text[:300]))
    assert wrong == []


def test_what_nobody_expected_is_told_as_a_page(
    scene: Scene, service: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret word")

    monkeypatch.setattr("api.pages.case_list_pages.list_cases", fail)
    client = Browser(service).client
    answer = client.get("/cases", headers=scene.headers["coordinator"])
    assert answer.status_code == 500
    assert "text/html" in answer.headers["content-type"] and answer.headers["x-request-id"] in answer.text
    assert "secret" not in answer.text and "Traceback" not in answer.text
    monkeypatch.setattr(service.state.desk, "error_page", fail)
    plain = client.get("/cases", headers=scene.headers["coordinator"])
    assert plain.status_code == 500 and plain.json()["error"]["code"] == "api.fault"
