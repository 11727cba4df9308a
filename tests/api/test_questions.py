"""What the machine asks stands on the page of the review and takes a tick and a note."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.store.case_tables import Case
from expertise.store.cases import open_case
from expertise.work.analysing import latest_examination
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys
from tests.work.conftest import Staff

MARK = {"address": "para_1", "citation": "пункт 1 <Правил>", "start": 0, "end": 5, "quote": "орган"}
TOLD = {
    "language": "ru", "detector": "powers", "element": "power", "mark": MARK,
    "text": {"ru": "Установлен ли там срок?", "kk": "Онда мерзім бар ма?"},
}  # fmt: skip


@pytest.fixture
def service(office: Office, examiner: Examiner) -> FastAPI:
    return create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)


def test_questions_are_shown_and_ticked(
    service: FastAPI, office: Office, staff: Staff, in_review: Case, keys: Keys
) -> None:
    with office.database.transaction() as session:
        row = latest_examination(session, open_case(session, staff.first, in_review.id))
        assert row is not None
        row.summary = {**row.summary, "questions": [TOLD]}
    client, headers = Browser(service).client, keys(staff.first)
    path = f"/cases/{in_review.id}/review"
    before = client.get(path, headers=headers).text
    assert "Установлен ли там срок?" in before and "пункт 1 &lt;Правил&gt;" in before
    found = re.search(r'name="question" value="(\w+)"', before)
    assert found is not None
    body = {"key": f"question:{found.group(1)}", "answer": "пять дней <пункт 4>"}
    assert client.put(f"/api/v1/cases/{in_review.id}/chapters", json=body, headers=headers).status_code == 204
    after = client.get(path, headers=headers).text
    assert "проверено 1 из 1" in after and "пять дней &lt;пункт 4&gt;" in after
    (told,) = client.get(f"/api/v1/cases/{in_review.id}/chapters", headers=headers).json()["questions"]
    assert (told["checked"], told["answer"], told["text"]) == (True, body["answer"], TOLD["text"])
