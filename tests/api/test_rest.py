"""The work on a case over REST: the whole way of a review, uploads, requests that are done once, hooks, the audit."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.app import create_app
from api.jobs.hooks import signature
from api.service import Reach
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Seat
from expertise.store.audit_tables import EntryText
from expertise.store.case_tables import Case, CaseFile
from expertise.store.service_tables import Delivery, Once
from expertise.work.analysing import run
from expertise.work.hooks import add_hook, check_address, notify, stop_hook
from expertise.work.moving import advance
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browse, Browser, narrower, told
from tests.conftest import needs_fonts
from tests.work.conftest import DRAFT, Clock, Staff

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


def test_the_whole_way(
    ask: Callable[[Actor], Ask], staff: Staff, office: Office, examiner: Examiner, clock: Clock
) -> None:
    coordinator, first = ask(staff.coordinator), ask(staff.first)
    made = coordinator("POST", "/cases", json={"title": "Правила", "developer_id": staff.developer.id})
    assert made.status_code == 201
    case = made.json()
    at = f"/cases/{case['id']}"
    assert (case["number"], case["state"], case["deadline"]) == ("2026-0001", "registered", "2026-03-16")
    assert case["transitions"] == ["assign", "withdraw", "return"] and "number" in case["empty"]
    changed = coordinator("PATCH", at, json={"requisites": {"letter_number": "12-1"}, "deadline": "2026-04-01"})
    assert (changed.json()["requisites"], changed.json()["deadline"]) == ({"letter_number": "12-1"}, "2026-04-01")
    file = upload(coordinator, case["id"], DRAFT.encode()).json()
    assert (file["name"], file["size"]) == ("проект.txt", len(DRAFT.encode()))
    got = coordinator("GET", f"{at}/files/{file['id']}")
    assert got.content == DRAFT.encode() and got.headers["content-disposition"].startswith("attachment; filename*=")
    analysis = coordinator("POST", f"{at}/analyses", json={})
    assert analysis.status_code == 202 and analysis.json()["status"] == "waiting"
    run(office, examiner, Limits(), analysis.json()["id"])
    done = coordinator("GET", f"{at}/analyses/{analysis.json()['id']}").json()
    assert (done["status"], done["done"]) == ("done", 1000) and done["counts"]
    result = coordinator("GET", f"{at}/analyses/{done['id']}/result")
    assert result.json()["texts"][0]["sha256"] == file["sha256"]
    for language, locale in (("ru", "ru"), ("kk", "kk")):
        params = {"form": "sarif", "language": language}
        sarif = coordinator("GET", f"{at}/analyses/{done['id']}/result", params=params)
        assert sarif.json()["version"] == "2.1.0" and sarif.json()["runs"][0]["language"].startswith(locale)
        assert len(sarif.json()["runs"][0]["results"]) == sum(len(t["findings"]) for t in result.json()["texts"])
    assert coordinator("PUT", f"{at}/seats/first", json={"person_id": staff.first.id}).status_code == 200
    assert coordinator("POST", f"{at}/transitions", json={"transition": "assign"}).json()["state"] == "assigned"
    assert first("POST", f"{at}/declaration").json()["seats"][0]["declared_at"]
    assert first("POST", f"{at}/transitions", json={"transition": "start"}).json()["state"] == "in_review"
    found = first("GET", f"{at}/findings").json()
    assert found["seat"] == "first" and len(found["findings"]) >= 3
    one, two, *others = found["findings"]
    decision = f"{at}/findings/{one['id']}/decision"
    edit = {"explanation": "Иначе", "wording": {"ru": "в течение пяти рабочих дней"}}
    assert first("PUT", decision, json={"verdict": "edited", "said": edit}).status_code == 204
    assert told(first("PUT", f"{at}/findings/{two['id']}/decision", json={"verdict": "dismissed"})) == (
        "expertise.dismissal_without_reason"
    )
    assert told(first("POST", f"{at}/finish", json={})) == "expertise.findings_open"
    for each in (two, *others):
        answer = first("PUT", f"{at}/findings/{each['id']}/decision", json={"verdict": "confirmed"})
        assert answer.status_code == 204
    assert first("DELETE", decision).status_code == 204
    assert first("PUT", decision, json={"verdict": "confirmed"}).status_code == 204
    own = {
        "factor": "broad_discretion", "severity": "high", "explanation": "Срок не назван", "risk": "Затягивание",
        "places": [{"language": "ru", "start": 0, "end": 5}],
    }  # fmt: skip
    added = first("POST", f"{at}/findings", json={"language": "ru", "said": own}).json()["id"]
    last = first("GET", f"{at}/findings").json()["findings"][-1]
    assert (last["id"], last["decision"]["verdict"], last["decision"]["said"]) == (added, "added", own)
    assert first("PUT", f"{at}/chapters", json={"key": "chapter:1"}).status_code == 204
    chapters = first("GET", f"{at}/chapters").json()
    assert chapters["read"] == {"chapter:1": ""}
    assert all(each["key"].startswith("question:") and not each["checked"] for each in chapters["questions"])
    assert first("POST", f"{at}/finish", json={}).status_code == 204
    history = coordinator("GET", f"{at}/history").json()["moves"]
    assert [move["transition"] for move in history] == ["assign", "start"]
    late = {"late": True}
    assert coordinator("GET", "/cases", params=late).json()["total"] == 0
    clock.on(days=40)
    assert coordinator("GET", "/cases", params=late | {"mine": True, "state": "in_review"}).json()["total"] == 1


def test_what_is_asked_is_taken_strictly(ask: Callable[[Actor], Ask], staff: Staff) -> None:
    send = ask(staff.coordinator)
    for body in (
        {"title": 5}, {"title": "а" * 2001}, {"title": "а\x00"}, {"title": "а", "more": 1},
        {"title": "а", "deadline": 5},
        {"title": "а", "requisites": {"Number": "x"}}, {"title": "а", "developer_id": "x"}, {},
        {"title": "а", "deadline": "3000-01-01"}, {"title": "а", "requisites": {f"a{'b' * n}": "" for n in range(41)}},
    ):  # fmt: skip
        answer = send("POST", "/cases", json=body)
        assert (answer.status_code, told(answer)) == (422, "api.invalid"), body
    assert told(send("POST", "/cases", json={"title": "а", "developer_id": staff.first.id})) == (
        "expertise.no_such_developer"
    )
    assert told(send("POST", "/cases", json={"title": "а", "requisites": {"nothing": "x"}})) == (
        "expertise.unknown_requisite"
    )
    assert send("GET", "/cases", params={"limit": 201}).status_code == 422
    assert send("GET", "/cases", params={"words": "\x00"}).status_code == 422


def test_an_unknown_transition_is_told(ask: Callable[[Actor], Ask], staff: Staff, case: Case) -> None:
    send = ask(staff.coordinator)
    answer = send("POST", f"/cases/{case.id}/transitions", json={"transition": "fly"})
    assert (answer.status_code, told(answer)) == (422, "expertise.unknown_transition")
    answer = send("POST", f"/cases/{case.id}/transitions", json={"transition": "send"})
    assert (answer.status_code, told(answer)) == (409, "expertise.no_way")
    assert answer.json()["error"]["message"].startswith("Из состояния «зарегистрировано» нельзя")


@needs_fonts
def test_the_conclusion(ask: Callable[[Actor], Ask], staff: Staff, in_review: Case) -> None:
    first, coordinator, developer = ask(staff.first), ask(staff.coordinator), ask(staff.developer)
    approver, at = ask(staff.approver), f"/cases/{in_review.id}"
    assert told(coordinator("GET", f"{at}/conclusion")) == "expertise.no_conclusion"
    draft = first("GET", f"{at}/conclusion/draft").json()
    assert [each["code"] for each in draft["obstacles"]] == ["expertise.seat_unfinished"]
    assert first("GET", f"{at}/conclusion/draft.docx", params={"language": "kk"}).content.startswith(b"PK")
    refused = first("POST", f"{at}/conclusion", json={"languages": ["ru"]})
    assert (refused.status_code, told(refused)) == (409, "expertise.seat_unfinished")
    for each in first("GET", f"{at}/findings").json()["findings"]:
        first("PUT", f"{at}/findings/{each['id']}/decision", json={"verdict": "confirmed"})
    assert first("POST", f"{at}/finish", json={}).status_code == 204
    made = first("POST", f"{at}/conclusion", json={"languages": ["ru", "kk"]})
    assert made.status_code == 201, made.text
    assert {"ru.docx", "ru.pdf", "kk.docx", "kk.pdf", "conclusion.json", "findings.sarif"} <= set(made.json()["files"])
    for name, sha256 in made.json()["files"].items():
        got = coordinator("GET", f"{at}/conclusion/files/{name}")
        assert hashlib.sha256(got.content).hexdigest() == sha256
        assert got.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert developer("GET", f"{at}/conclusion/files/{name}").status_code == 403
    assert coordinator("GET", f"{at}/conclusion/files/none.pdf").status_code == 404
    assert approver("POST", f"{at}/transitions", json={"transition": "approve"}).json()["state"] == "approved"
    path, params = f"{at}/conclusion/files/ru.pdf/signatures", {"file_name": "ru.pdf.cms"}
    assert coordinator("POST", path, params=params, content=b"signature").status_code == 201
    assert told(coordinator("POST", path, params=params, content=b"s" * (1024 * 1024 + 1))) in (
        "expertise.file_too_large", "api.body_too_large",
    )  # fmt: skip
    assert coordinator("POST", f"{at}/transitions", json={"transition": "send"}).json()["state"] == "sent"
    seen = developer("GET", f"{at}/conclusion").json()
    assert (seen["content_hash"], len(seen["signatures"])) == (made.json()["content_hash"], 1)
    assert developer("GET", f"{at}/conclusions").json()["conclusions"][0]["id"] == seen["id"]
    assert ask(staff.administrator)("GET", "/audit/verification", params={"head": seen["audit_head"]}).json()["whole"]


def test_what_two_experts_differ_on(ask: Callable[[Actor], Ask], staff: Staff, in_review: Case, office: Office) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    give_seat(office, staff.coordinator, in_review.id, Seat.ADJUDICATOR, staff.third.id)
    declare(office, staff.second, in_review.id)
    adjudicator, at = ask(staff.third), f"/cases/{in_review.id}"
    assert told(adjudicator("GET", f"{at}/differences")) == "expertise.experts_at_work"
    for actor, body in (
        (staff.first, {"verdict": "confirmed"}),
        (staff.second, {"verdict": "dismissed", "reason": "п"}),
    ):
        send = ask(actor)
        for each in send("GET", f"{at}/findings").json()["findings"]:
            assert send("PUT", f"{at}/findings/{each['id']}/decision", json=body).status_code == 204
        assert send("POST", f"{at}/finish", json={}).status_code == 204
    found = adjudicator("GET", f"{at}/differences").json()
    assert found["shown"] and found["differences"][0]["second"]["reason"] == "п"
    hidden = ask(staff.coordinator)("GET", f"{at}/differences").json()
    assert not hidden["shown"] and hidden["differences"][0]["first"] is None
    assert ask(staff.first)("GET", f"{at}/differences").status_code == 403


# Uploads


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


# Hooks


def test_hooks_are_told_of_events(
    ask: Callable[[Actor], Ask], staff: Staff, office: Office, case: Case, examiner: Examiner
) -> None:
    send = ask(staff.administrator)
    made = send(
        "POST", "/hooks", json={"url": "https://example.kz/hook?a=1", "events": ["case.moved", "analysis.done"]}
    )
    assert made.status_code == 201
    secret, hook = made.json()["secret"], made.json()["hook"]
    assert secret not in send("GET", "/hooks").text
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    analysis = ask(staff.coordinator)("POST", f"/cases/{case.id}/analyses", json={}).json()["id"]
    run(office, examiner, Limits(), analysis)
    with office.database.reading() as session:
        rows = list(session.scalars(select(Delivery).order_by(Delivery.event)))
    assert [row.event for row in rows] == ["analysis.done", "case.moved"]
    body = json.loads(rows[1].body)
    assert body == {
        "id": rows[1].id, "event": "case.moved", "at": "2026-03-02T09:00:00+00:00", "case": case.id,
        "transition": "assign", "state": "assigned", "round": 1,
    }  # fmt: skip
    expected = hmac.new(secret.encode(), rows[1].body.encode(), hashlib.sha256).hexdigest()
    assert signature(secret, rows[1].body) == f"sha256={expected}"
    assert send("DELETE", f"/hooks/{hook['id']}").status_code == 204
    with office.database.transaction() as session:
        notify(session, office, "case.moved", {})
    assert count(office, Delivery) == 2
    with office.database.reading() as session:
        assert secret not in "".join(row.before + row.after for row in session.scalars(select(EntryText)))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://10.1.2.3/x", "https://192.168.0.1", "https://169.254.169.254/latest", "https://[::1]/",
        "https://localhost/", "https://LOCALHOST./", "https://db/", "https://a.local/", "https://0x7f.1/", "https://127.1/",
        "https://2130706433/", "https://[::ffff:10.0.0.1]/", "http://example.kz/", "https://0.0.0.0/", "ftp://example.kz/",
        "https://224.0.0.1/", "https://a.internal/", "https://[fd00::1]/",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(url: str) -> None:
    with pytest.raises(CaseError) as caught:
        check_address(url)
    assert caught.value.code == "expertise.hook_inside"
    if not url.startswith("ftp"):
        check_address(url, private=True)


@pytest.mark.parametrize(
    "url",
    ["", "https://", "https://user:word@example.kz/", "https://example.kz:0/", "https://example.kz:99999/", "https://[::1",
     "https://пример.kz/", "https://example.kz/ a", "https://example.kz/\r\nx", "https://example.kz/#a",
     "https://example.kz/" + "a" * 1000],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    for private in (False, True):
        with pytest.raises(CaseError) as caught:
            check_address(url, private=private)
        assert caught.value.code == "expertise.hook_address"


def test_so_many_hooks(office: Office) -> None:
    few = narrower(office, hooks=2)
    made = [add_hook(few, OPERATOR, f"https://example.kz/{n}", ["case.moved"])[1] for n in range(2)]
    with pytest.raises(CaseError) as caught:
        add_hook(few, OPERATOR, "https://example.kz/3", ["case.moved"])
    assert caught.value.code == "expertise.too_many_hooks"
    stop_hook(few, OPERATOR, made[0].id)
    add_hook(few, OPERATOR, "https://example.kz/3", ["case.moved"])


def test_inner_addresses_where_a_setting_allows_them(office: Office, keys: Keys, staff: Staff) -> None:
    app = create_app(office, Reach(plain_http=True, private_hooks=True), passwords=CHEAP)
    body = {"url": "http://10.0.0.5/hook", "events": ["case.moved"]}
    answer = Browser(app).ask("POST", "/hooks", json=body, headers=keys(staff.administrator))
    assert answer.status_code == 201


# The audit


def test_the_audit_is_listed_and_verified(ask: Callable[[Actor], Ask], staff: Staff, case: Case) -> None:
    send = ask(staff.administrator)
    page = send("GET", "/audit", params={"subject": f"case:{case.id}", "limit": 1}).json()
    assert (page["total"], page["entries"][0]["action"]) == (2, "upload")
    assert "Правила" not in send("GET", "/audit").text
    found = send("GET", "/audit/verification").json()
    assert found["whole"] and found["head"] == send("GET", "/audit").json()["entries"][0]["hash"]
    assert send("GET", "/audit/verification", params={"head": page["entries"][0]["hash"]}).json()["whole"]
    wrong = send("GET", "/audit/verification", params={"head": "f" * 64}).json()
    assert not wrong["whole"] and wrong["faults"][0]["message"].startswith("Контрольной суммы")


# Isolation


def test_nobody_sees_what_is_another_s(
    ask: Callable[[Actor], Ask], staff: Staff, hire: object, in_review: Case, office: Office
) -> None:
    from expertise.people import Role
    from expertise.work.registering import keep_file, register

    other = hire("other", Role.COORDINATOR)  # type: ignore[operator]
    theirs = register(office, other, "Чужое дело")
    file = keep_file(office, other, theirs.id, "text", "theirs.txt", [b"theirs"])
    mine, foreign = ask(staff.coordinator), ask(other)
    assert [case["id"] for case in mine("GET", "/cases").json()["cases"]] == [in_review.id]
    assert [case["id"] for case in foreign("GET", "/cases").json()["cases"]] == [theirs.id]
    assert foreign("GET", "/cases", params={"words": "разрешений"}).json()["total"] == 0
    for send, path in ((mine, f"/cases/{theirs.id}/files/{file.id}"), (mine, f"/cases/{in_review.id}/files/{file.id}")):
        assert send("GET", path).status_code == 404
    analysis = mine("GET", f"/cases/{in_review.id}/analyses").json()["analyses"][0]["id"]
    for suffix in ("", "/result"):
        assert foreign("GET", f"/cases/{theirs.id}/analyses/{analysis}{suffix}").status_code == 404
        assert foreign("GET", f"/cases/{in_review.id}/analyses/{analysis}{suffix}").status_code == 404
    developer = ask(staff.developer)
    assert developer("GET", f"/cases/{in_review.id}/analyses").json()["analyses"][0]["counts"] is None
    assert developer("GET", f"/cases/{in_review.id}/analyses/{analysis}/result").status_code == 403
    assert developer("GET", f"/cases/{in_review.id}/seats").json() == {"seats": []}


def test_blind_experts_learn_nothing_of_each_other(
    ask: Callable[[Actor], Ask], staff: Staff, in_review: Case, office: Office
) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    first, second, at = ask(staff.first), ask(staff.second), f"/cases/{in_review.id}"
    said = {"factor": "broad_discretion", "severity": "high", "explanation": "тайное слово", "risk": "р"}
    added = first("POST", f"{at}/findings", json={"language": "ru", "said": said}).json()["id"]
    finding = first("GET", f"{at}/findings").json()["findings"][0]["id"]
    body = {"verdict": "dismissed", "reason": "тайная причина"}
    first("PUT", f"{at}/findings/{finding}/decision", json=body)
    paths = ["", "/files", "/analyses", "/seats", "/findings", "/chapters"]
    seen = "".join(second("GET", f"{at}{path}").text for path in paths) + second("GET", "/cases").text
    assert not [words for words in ("тайн", added, staff.first.id, "dismissed") if words in seen]
    seats = [[row["seat"] for row in send("GET", f"{at}/seats").json()["seats"]] for send in (first, second)]
    assert seats == [["first"], ["second"]]
    assert staff.second.id not in "".join(first("GET", f"{at}{path}").text for path in paths)
    for path in ("/findings?seat=first", "/chapters?seat=first", "/history", "/findings?seat=adjudicator"):
        assert second("GET", f"{at}{path}").status_code == 403
    answer = second("PUT", f"{at}/findings/{added}/decision", json={"verdict": "confirmed"})
    assert (answer.status_code, told(answer)) == (404, "expertise.no_finding")
