"""Own checks on pages and by REST: asked for, read, saved, handed over, deleted; strangers find nothing."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.people import Role
from expertise.store.case_tables import Case
from expertise.work.pack_changes import CurrentExaminer
from expertise.work.queueing import waiting
from expertise.work.registering import register
from expertise.work.running import run_job
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys, saved_name, told
from tests.conftest import needs_fonts
from tests.work.conftest import DRAFT, Hire, Staff


@pytest.fixture
def service(office: Office, examiner: Examiner) -> FastAPI:
    return create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)


def work(office: Office, examiner: Examiner, ends: str = "done") -> None:
    for job, _ in waiting(office):
        assert run_job(office, CurrentExaminer(office, examiner), Limits(), job) == ends


@needs_fonts
def test_the_way_of_a_developer(
    service: FastAPI, office: Office, staff: Staff, hire: Hire, keys: Keys, examiner: Examiner
) -> None:
    client, mine = Browser(service).client, keys(staff.developer)
    strangers = [keys(staff.coordinator), keys(hire("other", Role.DEVELOPER))]
    case = register(office, staff.coordinator, "Правила", developer=staff.developer.id)
    files = [("files", ("проект.txt", DRAFT.encode()))]
    answer = client.post("/checks", headers=mine, files=files, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"].partition("?")[0]
    assert (
        "в очереди" in client.get(path, headers=mine).text.casefold()
        or "<progress" in client.get(path, headers=mine).text
    )
    assert client.get(f"{path}/progress", headers=mine).json()["ended"] is False
    assert client.get(f"{path}/files/ru.pdf", headers=mine).status_code == 404
    work(office, examiner)
    shown = client.get(path, headers=mine).text
    assert "Не является заключением научной антикоррупционной экспертизы" in shown and "проект.txt" in shown
    kazakh = client.get(f"{path}?language=kk", headers=mine).text
    assert "алдын ала тексеру" in kazakh.casefold()
    for name, magic in (("ru.docx", b"PK"), ("kk.docx", b"PK"), ("ru.pdf", b"%PDF"), ("result.json", b"{")):
        saved = client.get(f"{path}/files/{name}", headers=mine)
        assert saved.content.startswith(magic) and "attachment" in saved.headers["content-disposition"], name
    rest = f"/api/v1{path}"
    printed = client.get(f"{rest}/files/kk.pdf", headers=mine)
    assert printed.content[:4] == b"%PDF"
    assert saved_name(printed) == "Алдын ала тексеру проект қаз.pdf"
    for headers in strangers:
        for address in (path, f"{path}/progress", f"{path}/files/ru.docx", rest, f"{rest}/files/result.json"):
            assert client.get(address, headers=headers).status_code == 404, address
        for address in (f"{path}/delete", f"{path}/case"):
            assert client.post(address, headers=headers, data={"case": case.id}).status_code == 404
        assert "проект.txt" not in client.get("/checks", headers=headers).text
        assert client.get("/api/v1/checks", headers=headers).json()["total"] == 0
    assert client.get("/checks", headers=keys(staff.first)).status_code == 403
    assert case.number in shown
    over = client.post(f"{path}/case", headers=mine, data={"case": case.id}, follow_redirects=False)
    assert over.headers["location"].startswith(f"/cases/{case.id}")
    assert "проект.txt" in client.get(f"/cases/{case.id}", headers=mine).text
    gone = client.post(f"{path}/delete", headers=mine, follow_redirects=False)
    assert gone.headers["location"].startswith("/checks")
    assert client.get(path, headers=mine).status_code == 404
    none = client.post("/checks", headers=mine, data={"force": "1"})
    assert none.status_code == 422 and "Приложите файл" in none.text


def test_by_rest(service: FastAPI, office: Office, staff: Staff, keys: Keys, examiner: Examiner) -> None:
    client, mine = Browser(service).client, keys(staff.developer)
    headers = mine | {"idempotency-key": "one", "content-type": "application/octet-stream"}
    asked = [client.post("/api/v1/checks?name=a.txt", headers=headers, content=DRAFT.encode()) for _ in range(2)]
    assert [each.status_code for each in asked] == [202, 202] and asked[0].json() == asked[1].json()
    path = f"/api/v1/checks/{asked[0].json()['id']}"
    work(office, examiner)
    one = client.get(path, headers=mine).json()
    assert (one["status"], one["name"], one["counts"]["findings"] > 0) == ("done", "a.txt", True)
    listed = client.get("/api/v1/checks", headers=mine).json()
    assert (listed["total"], listed["left_today"]) == (1, office.settings.own_checks_per_day - 1)
    assert told(client.post(f"{path}/case", headers=mine, json={"case": "0" * 32})) == "expertise.no_case"
    assert client.get(f"{path}/files/ru.docx", headers=mine).content[:2] == b"PK"
    assert client.delete(path, headers=mine).status_code == 204
    assert told(client.get(path, headers=mine)) == "expertise.no_check"


def test_the_preliminary_check_of_a_case_on_its_page(
    service: FastAPI, staff: Staff, in_review: Case, keys: Keys
) -> None:
    client, path = Browser(service).client, f"/cases/{in_review.id}/preliminary"
    for person in (staff.developer, staff.coordinator, staff.first):
        shown = client.get(path, headers=keys(person)).text
        assert "Не является заключением" in shown
        assert client.get(f"{path}/files/kk.docx", headers=keys(person)).content[:2] == b"PK"
        assert client.get(f"/api/v1{path}/ru.docx", headers=keys(person)).content[:2] == b"PK"
    assert re.search(
        r'href="/cases/\w+/preliminary"', client.get(f"/cases/{in_review.id}", headers=keys(staff.developer)).text
    )
    for person in (staff.observer, staff.approver, staff.second, staff.administrator):
        assert client.get(path, headers=keys(person)).status_code in (403, 404)


def test_what_is_no_draft_goes_on_with_the_tick(
    service: FastAPI, office: Office, staff: Staff, keys: Keys, examiner: Examiner
) -> None:
    """The page says which tick to set and has it; what waits no longer is not called waiting."""
    client, mine = Browser(service).client, keys(staff.developer)
    sent = [("files", ("письмо.txt", "Добрый день! Высылаем обещанное письмо о встрече.".encode()))]
    asked = client.post("/checks", headers=mine, files=sent, follow_redirects=False).headers["location"]
    work(office, examiner, "failed")
    shown = client.get(asked, headers=mine).text
    assert "--force" not in shown and "отметьте «проверить, даже если текст не похож на проект акта»" in shown
    assert "Проект поставлен в очередь" not in shown
    path = asked.partition("?")[0]
    again = client.post(f"{path}/again", headers=mine, data={"force": "1"}, follow_redirects=False)
    work(office, examiner)
    page = client.get(again.headers["location"], headers=mine).text
    assert again.status_code == 303 and "Проверить не удалось" not in page
    assert client.post(f"{path}/again", headers=keys(staff.coordinator)).status_code == 404
