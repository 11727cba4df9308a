"""Methodologists on pages and by REST: the pack shown, a basis verified, a rule switched off, a preview."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from api.service import Reach
from api.serving import create_service
from expertise.case.pack_overlay import bases
from expertise.office import Office
from expertise.people import Role
from expertise.store.case_tables import Case
from expertise.work.people import choose_language
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys, told
from tests.api.test_own_check_pages import work
from tests.work.conftest import Hire

WHY = "сверено по официальному тексту"
WORDS = {"ru": "Новые слова: {quote}", "kk": "Жаңа сөздер: {quote}"}


@pytest.fixture
def service(office: Office, examiner: Examiner) -> FastAPI:
    return create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)


def test_the_way_of_a_methodologist(
    service: FastAPI, office: Office, hire: Hire, in_review: Case, keys: Keys, examiner: Examiner
) -> None:
    person = hire("methodologist", Role.METHODOLOGIST)
    client, mine = Browser(service).client, keys(person)
    assert client.get("/", headers=mine, follow_redirects=False).headers["location"] == "/pack"
    basis, (factor, words) = next(iter(bases(examiner.pack).items()))
    page = f"/pack/factors/{factor}"
    shown = client.get(page, headers=mine).text
    assert words["ru"].split("–")[0] in shown and f"не сверено [{words['mark']}]" in shown
    form = {"basis": basis, "kind": "verify", "edition": "редакция <01.07.2026>", "reason": WHY}
    refused = client.post(page, headers=mine, data=form | {"reason": "да"})
    assert refused.status_code == 422 and "не меньше 10 знаков" in refused.text
    assert client.post(page, headers=mine, data=form, follow_redirects=False).status_code == 303
    assert "редакция &lt;01.07.2026&gt;" in client.get(page, headers=mine).text
    rule = "excessive_requirement.ru.submit_open"
    page = f"/pack/rules/{rule}"
    first = client.get(page, headers=mine).text
    assert "Должно отметить" in first and in_review.number in first
    asked = client.post(
        page, headers=mine, data={"kind": "off", "preview": "1", "cases": [in_review.number]}, follow_redirects=False
    )
    preview = asked.headers["location"].partition("?")[0]
    assert client.get(f"{preview}/progress", headers=mine).json()["ended"] is False
    work(office, examiner)
    assert "исчезнет 1" in client.get(preview, headers=mine).text
    bad = {"kind": "reword", "explanation-ru": "{path}", "explanation-kk": "x", "risk-ru": "x", "risk-kk": "x"}
    answer = client.post(page, headers=mine, data=bad | {"reason": WHY})
    assert answer.status_code == 422 and "{path}" in answer.text
    assert client.post(page, headers=mine, data={"kind": "off", "reason": WHY}).status_code == 200
    assert "выключено" in client.get(page, headers=mine).text
    assert "Methodologist" in client.get("/pack/changes", headers=mine).text
    choose_language(office, person, "kk")
    for path in ("/pack", "/pack/changes", f"/pack/factors/{factor}", page, preview):
        kazakh = client.get(path, headers=mine)
        assert kazakh.status_code == 200 and "Әдістеме" in kazakh.text, path


def test_by_rest(service: FastAPI, office: Office, hire: Hire, in_review: Case, keys: Keys, examiner: Examiner) -> None:
    client, mine = Browser(service).client, keys(hire("methodologist", Role.METHODOLOGIST))
    rule = "excessive_requirement.ru.submit_open"
    wish = {"kind": "reword", "subject": rule, "explanation": WORDS, "risk": WORDS}
    asked = client.post("/api/v1/pack/previews", headers=mine, json=wish | {"cases": [in_review.number]})
    assert asked.status_code == 202
    work(office, examiner)
    result = client.get(f"/api/v1/pack/previews/{asked.json()['id']}", headers=mine).json()["result"]
    assert result[in_review.number]["reworded"] == 1 and result[in_review.number]["gone"] == 0
    made = client.post("/api/v1/pack/changes", headers=mine, json=wish | {"reason": WHY})
    assert made.status_code == 201 and made.json()["id"] == 1
    again = client.post("/api/v1/pack/changes", headers=mine, json={"kind": "on", "subject": rule, "reason": WHY})
    assert (again.status_code, told(again)) == (409, "expertise.pack_unchanged")
    pack = client.get("/api/v1/pack", headers=mine).json()
    (told_rule,) = [each for factor in pack["factors"] for each in factor["rules"] if each["id"] == rule]
    assert (pack["changes"], told_rule["reworded"], told_rule["explanation"]) == (1, True, WORDS)
    assert client.get("/api/v1/pack/changes", headers=mine).json()["total"] == 1
