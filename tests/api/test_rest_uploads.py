"""Uploads over REST, and requests that are done once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from expertise.office import Office
from expertise.people import Actor
from expertise.store.case_tables import Case, CaseFile
from expertise.store.service_tables import Once
from tests.api.conftest import Browse, Browser, told
from tests.api.rest_scenes import Ask, Keys, ask, count, upload
from tests.work.conftest import Clock, Staff

_FIXTURE = ask


def test_a_broken_upload_leaves_no_half_case(
    app: FastAPI, keys: Keys, staff: Staff, case: Case, office: Office
) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"a" * 1000
        raise ConnectionError("the line went dead")

    before, kept = count(office, CaseFile), list(office.files.names())
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.post(
        f"/api/v1/cases/{case.id}/files", params={"kind": "text", "name": "a.txt"}, content=breaking(),
        headers=keys(staff.coordinator),
    )  # fmt: skip
    assert (answer.status_code, told(answer)) == (500, "api.fault")
    assert (count(office, CaseFile), list(office.files.names())) == (before, kept)
    assert not list(office.files.folder.glob(".coming-*"))


@pytest.mark.anyio
async def test_a_client_that_goes_away_leaves_no_half_case(
    app: FastAPI, keys: Keys, staff: Staff, case: Case, office: Office
) -> None:
    before, sent = count(office, CaseFile), []
    messages = iter([{"type": "http.request", "body": b"a" * 1000, "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> dict[str, object]:
        return next(messages)

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    header = keys(staff.coordinator)["authorization"].encode()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": f"/api/v1/cases/{case.id}/files", "raw_path": b"", "query_string": b"kind=text&name=a.txt",
        "headers": [(b"authorization", header)], "client": ("10.0.0.1", 1), "server": ("testserver", 80),
        "root_path": "",
    }  # fmt: skip
    await app(scope, receive, send)  # type: ignore[arg-type]
    assert count(office, CaseFile) == before and sent == []
    assert not list(office.files.folder.glob(".coming-*"))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_limits_of_uploads(ask: Callable[[Actor], Ask], staff: Staff, case: Case, office: Office) -> None:
    send, most = ask(staff.coordinator), office.settings.upload_bytes
    assert upload(send, case.id, b"a" * most).status_code == 201
    for content in (b"a" * (most + 1), iter([b"a" * most, b"a"]), b"a" * (most + 100_000)):
        answer = upload(send, case.id, content)  # type: ignore[arg-type]
        assert answer.status_code == 413 and told(answer) in ("expertise.file_too_large", "api.body_too_large")
    assert told(upload(send, case.id, b"")) == "expertise.file_empty"
    answer = send("POST", f"/cases/{case.id}/files", params={"kind": "virus", "name": "a"}, content=b"a")
    assert (answer.status_code, told(answer)) == (422, "expertise.unknown_file_kind")
    for n in range(office.settings.case_files - 2):
        assert upload(send, case.id, f"{n}".encode()).status_code == 201
    answer = upload(send, case.id, b"one too many")
    assert (answer.status_code, told(answer)) == (409, "expertise.too_many_files")


def test_so_many_uploads_at_once(app: FastAPI, browse: Browse, keys: Keys, staff: Staff, case: Case) -> None:
    room: threading.BoundedSemaphore = app.state.desk.upload_room
    header = keys(staff.coordinator)
    for _ in range(app.state.desk.office.settings.uploads_at_once):
        assert room.acquire(blocking=False)
    answer = upload(browse().ask, case.id, b"a", headers=header)
    assert (answer.status_code, told(answer)) == (503, "api.uploads_busy")
    room.release()
    assert upload(browse().ask, case.id, b"a", headers=header).status_code == 201


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\a\\b.docx", "a\r\nSet-Cookie: x=1.txt", '"; filename="x.exe']
)
def test_names_do_no_harm(name: str, ask: Callable[[Actor], Ask], staff: Staff, case: Case) -> None:
    send = ask(staff.coordinator)
    made = upload(send, case.id, b"abc", name=name).json()
    assert not set("/\\\r\n") & set(made["name"])
    got = send("GET", f"/cases/{case.id}/files/{made['id']}")
    assert got.content == b"abc" and "x-bad" not in got.headers
    assert got.headers["content-type"] == "application/octet-stream"


def test_a_damaged_file_is_not_given_out(ask: Callable[[Actor], Ask], staff: Staff, case: Case, office: Office) -> None:
    send = ask(staff.coordinator)
    made = upload(send, case.id, b"abc").json()
    office.files.path(made["sha256"]).write_bytes(b"abd")
    answer = send("GET", f"/cases/{case.id}/files/{made['id']}")
    assert (answer.status_code, told(answer)) == (500, "expertise.file_damaged")


def test_a_file_taken_out_is_gone(ask: Callable[[Actor], Ask], staff: Staff, case: Case) -> None:
    send = ask(staff.coordinator)
    made = upload(send, case.id, b"abc").json()
    at = f"/cases/{case.id}/files/{made['id']}"
    assert send("DELETE", at).status_code == 204
    assert [send(method, at).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert made["id"] not in send("GET", f"/cases/{case.id}/files").text


# Done once


def test_the_same_key_and_request_get_the_same_answer(
    ask: Callable[[Actor], Ask], staff: Staff, office: Office, case: Case
) -> None:
    send, key = ask(staff.coordinator), {"idempotency-key": "k-1"}
    first = send("POST", "/cases", json={"title": "а"}, headers=key)
    again = send("POST", "/cases", json={"title": "а"}, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    answer = send("POST", "/cases", json={"title": "б"}, headers=key)
    assert (answer.status_code, told(answer)) == (409, "expertise.once_other")
    assert count(office, Case) == 2
    files = [upload(send, case.id, b"abc", headers={"idempotency-key": "k-2"}).json()["id"] for _ in range(3)]
    assert len(set(files)) == 1
    assert upload(send, case.id, b"abd", headers={"idempotency-key": "k-2"}).status_code == 409
    asked = [send("POST", f"/cases/{case.id}/analyses", json={}, headers={"idempotency-key": "k-3"}) for _ in range(2)]
    assert asked[0].json() == asked[1].json()


def test_keys_of_others_are_others(ask: Callable[[Actor], Ask], staff: Staff, office: Office, hire: object) -> None:
    from expertise.people import Role

    other = hire("other", Role.COORDINATOR)  # type: ignore[operator]
    key = {"idempotency-key": "k"}
    made = [
        ask(actor)("POST", "/cases", json={"title": "а"}, headers=key).json()["id"]
        for actor in (staff.coordinator, other)
    ]
    assert len(set(made)) == 2


def test_a_request_that_failed_may_be_repeated(ask: Callable[[Actor], Ask], staff: Staff, office: Office) -> None:
    send, key = ask(staff.coordinator), {"idempotency-key": "k"}
    assert send("POST", "/cases", json={"title": " "}, headers=key).status_code == 422
    assert (count(office, Once), count(office, Case)) == (0, 0)
    assert send("POST", "/cases", json={"title": "а"}, headers=key).status_code == 201


def test_keys_are_forgotten_after_a_time(
    ask: Callable[[Actor], Ask], staff: Staff, office: Office, clock: Clock
) -> None:
    send, key = ask(staff.coordinator), {"idempotency-key": "k"}
    send("POST", "/cases", json={"title": "а"}, headers=key)
    clock.on(hours=office.settings.once_hours, seconds=1)
    assert send("POST", "/cases", json={"title": "б"}, headers=key).status_code == 201


def test_two_at_once_have_one_effect(app: FastAPI, keys: Keys, staff: Staff, office: Office) -> None:
    header = keys(staff.coordinator) | {"idempotency-key": "k"}
    answers: list[Response] = []

    def send() -> None:
        answers.append(Browser(app).ask("POST", "/cases", json={"title": "а"}, headers=header))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201} and count(office, Case) == 1
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_cases_registered_at_once_get_numbers_of_their_own(app: FastAPI, keys: Keys, staff: Staff) -> None:
    header = keys(staff.coordinator)
    answers: list[Response] = []

    def send() -> None:
        answers.append(Browser(app).ask("POST", "/cases", json={"title": "а"}, headers=header))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.json()["number"] for answer in answers) == [f"2026-{n:04d}" for n in range(1, 9)]
