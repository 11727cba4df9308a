"""The developer's answers over REST and on pages: right ones are kept, wrong ones told, others denied."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
import pytest
from httpx import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.people import Actor, Role
from expertise.store.case_tables import Case
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browse, Browser, narrower, saved_name, told
from tests.conftest import needs_fonts
from tests.work.answer_scenes import WHY, conclude_and_send, filled
from tests.work.conftest import Clock, Hire, Staff

pytestmark = needs_fonts
Keys = Callable[[Actor], dict[str, str]]
WHO = {"name": "Ахметова А. Б.", "post": "директор департамента"}
LETTER = {"letter_number": "12-3/77", "letter_date": "2026-03-04"}


@pytest.fixture
def sent(office: Office, staff: Staff, in_review: Case) -> Case:
    conclude_and_send(office, staff, in_review)
    return in_review


class Teller:
    """Somebody with a token before the answers of a case."""

    def __init__(self, browser: Browser, headers: dict[str, str], case: Case) -> None:
        self.browser, self.headers, self.path = browser, headers, f"/cases/{case.id}/answers"

    def ask(self, method: str, below: str = "", **more: object) -> Response:
        return self.browser.ask(method, self.path + below, headers=self.headers, **more)


@pytest.fixture
def teller(browse: Browse, keys: Keys, sent: Case) -> Callable[[Actor], Teller]:
    return lambda actor: Teller(browse("127.0.0.1"), keys(actor), sent)


def test_the_whole_way(teller: Callable[[Actor], Teller], staff: Staff, sent: Case) -> None:
    developer = teller(staff.developer)
    asked = developer.ask("GET").json()
    assert asked["recommended"] == asked["unanswered"] and asked["draft"] is None and asked["due"] == "2026-03-23"
    one, *others = asked["recommended"]
    assert told(developer.ask("POST", "/submissions", json=WHO)) == "expertise.answers_incomplete"
    body = {"position": "rejected", "reason": "нет"}
    answer = developer.ask("PUT", f"/draft/{one}", json=body)
    assert (answer.status_code, told(answer)) == (422, "expertise.answer_reason_short")
    assert told(developer.ask("PUT", "/draft/999", json={"position": "accepted"})) == "expertise.no_answer"
    assert developer.ask("PUT", f"/draft/{one}", json={"position": "rejected", "reason": WHY}).status_code == 200
    for number in others:
        kept = developer.ask("PUT", f"/draft/{number}", json={"position": "accepted"})
    assert [answer["number"] for answer in kept.json()["answers"]] == asked["recommended"]
    assert told(developer.ask("POST", "/submissions", json={"name": "", "post": ""})).endswith("signatory_missing")
    headers = developer.headers | {"idempotency-key": "1"}
    once = developer.browser.ask("POST", developer.path + "/submissions", headers=headers, json=WHO | LETTER)
    again = developer.browser.ask("POST", developer.path + "/submissions", headers=headers, json=WHO | LETTER)
    assert (once.status_code, once.json()) == (201, again.json())
    seen = teller(staff.first).ask("GET").json()
    assert (len(seen["submissions"]), seen["draft"], seen["unanswered"]) == (1, None, [])
    assert seen["submissions"][0]["answers"][0]["reason"] == WHY and not seen["submissions"][0]["on_behalf"]
    sheet = f"/submissions/{seen['submissions'][0]['id']}/comments"
    body = {"number": one, "text": "Закон такого порядка не содержит."}
    assert told(developer.ask("POST", sheet, json=body)) == "expertise.denied"
    assert teller(staff.first).ask("POST", sheet, json=body).status_code == 201
    assert developer.ask("GET").json()["submissions"][0]["comments"][0]["text"] == body["text"]


def test_a_form_is_fetched_filled_and_sent_back(teller: Callable[[Actor], Teller], staff: Staff) -> None:
    developer = teller(staff.developer)
    one = developer.ask("GET").json()["recommended"][0]
    form = developer.ask("GET", "/form.docx?language=kk")
    assert form.status_code == 200 and form.content[:2] == b"PK"
    sent = developer.ask(
        "POST", "/draft/file?name=жауап.docx", content=filled(form.content, {(1, 3): "қабылданды", (2, 3): "иә"})
    )
    assert [answer["number"] for answer in sent.json()["answers"]] == [one]
    (question,) = sent.json()["questions"]
    assert question["code"] == "expertise.answer_position_unclear" and "«иә»" in question["message"]
    again = docx.Document(io.BytesIO(developer.ask("GET", "/form.docx").content))
    assert again.tables[0].cell(1, 3).text == "принято", "what is in the draft stands in the form"
    (file,) = sent.json()["files"]
    below = f"/sheets/{sent.json()['id']}/files/{file['number']}"
    assert saved_name(developer.ask("GET", "/form.docx")).startswith("Бланк ответа 2026-")
    given = developer.ask("GET", below)
    assert (file["name"], file["size"]) == ("жауап.docx", len(given.content))
    assert given.headers["content-disposition"].startswith("attachment;") and b"word/document.xml" in given.content
    assert told(teller(staff.coordinator).ask("GET", below)) == "expertise.no_answer_file", "a draft is one's own"
    assert told(developer.ask("POST", "/draft/file", content=b"no form")) == "expertise.answer_not_docx"


def test_a_form_is_bounded(office: Office, staff: Staff, sent: Case, keys: Keys) -> None:
    small = narrower(office, answer_file_bytes=2048)
    browser = Browser(create_app(small, Reach(plain_http=True), passwords=CHEAP), "127.0.0.1")
    path = f"/cases/{sent.id}/answers/draft/file"
    answer = browser.ask("POST", path, headers=keys(staff.developer), content=b"PK\x03\x04" + b"0" * 2045)
    assert told(answer) == "expertise.answer_file_too_large"


def test_paper_needs_its_letter(teller: Callable[[Actor], Teller], staff: Staff) -> None:
    coordinator = teller(staff.coordinator)
    for number in coordinator.ask("GET").json()["recommended"]:
        coordinator.ask("PUT", f"/draft/{number}", json={"position": "accepted"})
    assert told(coordinator.ask("POST", "/submissions", json=WHO)) == "expertise.answer_letter_missing"
    made = coordinator.ask("POST", "/submissions", json=WHO | LETTER).json()
    assert made["on_behalf"] and made["letter_date"] == "2026-03-04"


def test_another_developer_finds_nothing(teller: Callable[[Actor], Teller], hire: Hire) -> None:
    stranger = teller(hire("stranger", Role.DEVELOPER))
    body: dict[str, object] = {"position": "accepted"}
    for method, below, more in (
        ("GET", "", {}),
        ("GET", "/form.docx", {}),
        ("PUT", "/draft/1", {"json": body}),
        ("POST", "/draft/file", {"content": b"PK\x03\x04"}),
        ("POST", "/submissions", {"json": WHO}),
        ("POST", f"/submissions/{'0' * 32}/comments", {"json": {"number": 1, "text": "нет"}}),
    ):
        answer = stranger.ask(method, below, **more)
        assert (answer.status_code, told(answer)) == (404, "expertise.no_case")


def test_before_sending_there_is_no_form(browse: Browse, keys: Keys, staff: Staff, in_review: Case) -> None:
    developer = Teller(browse("127.0.0.1"), keys(staff.developer), in_review)
    assert developer.ask("GET").json()["recommended"] == []
    assert told(developer.ask("GET", "/form.docx")) == "expertise.no_conclusion_sent"


@pytest.fixture
def pages(office: Office, examiner: Examiner) -> TestClient:
    service = create_service(
        narrower(office, page_of_answers=2), examiner.pack, Reach(plain_http=True), passwords=CHEAP
    )
    return Browser(service, "127.0.0.1").client


def test_pages_show_so_many_answers_and_keep_what_is_right(
    pages: TestClient, keys: Keys, staff: Staff, sent: Case
) -> None:
    path, headers = f"/cases/{sent.id}/answers", keys(staff.developer)
    assert [f'id="r-{number}"' in pages.get(path, headers=headers).text for number in (1, 2, 3)] == [True, True, False]
    assert 'id="r-3"' in pages.get(f"{path}?offset=2", headers=headers).text
    form = {"position_1": "accepted", "wording_1": "лишнее", "reason_1": "", "do": "save-1"}
    form |= {"position_2": "rejected", "reason_2": "<b>"}
    answer = pages.post(path, headers=headers, data=form)
    assert answer.status_code == 422 and "&lt;b&gt;" in answer.text and "<b>" not in answer.text
    form |= {"reason_2": WHY}
    answer = pages.post(path, headers=headers, data=form, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].endswith("enter=1#r-1")
    for wrong in ({"reason_999": "слова"}, {"reason_x": "слова"}, {"letter_date": "вчера"}, {"signed_by": "а" * 501}):
        assert pages.post(path, headers=headers, data=wrong).status_code in (404, 422)
    assert pages.post(f"{path}/file", headers=headers, data={"none": "1"}).status_code == 422
    filled_in = filled(pages.get(f"{path}/form/ru", headers=headers).content, {(1, 3): "принято"})
    assert pages.post(f"{path}/file", headers=headers, files={"files": ("<b>.docx", filled_in)}).status_code == 200
    shown = pages.get(f"{path}?enter=1", headers=headers).text
    (below,) = set(re.findall(r'href="([^"]+/files/1)">&lt;b&gt;.docx', shown))
    assert pages.get(below, headers=headers).content == filled_in
    broken = {"files": ("a.docx", b"PK\x03\x04")}
    assert pages.post(f"{path}/file", headers=headers, files=broken).status_code == 422
    assert pages.post(path, headers=headers, data={"do": "submit"}).status_code == 409


def test_the_list_tells_of_overdue_answers(
    pages: TestClient, keys: Keys, staff: Staff, sent: Case, clock: Clock
) -> None:
    def shown(query: str = "") -> str:
        return pages.get(f"/cases{query}", headers=keys(staff.coordinator)).text

    assert "ответ до 23.03.2026" in shown() and "badge high" not in shown() and sent.title not in shown("?late=1")
    assert "рабочи" not in shown()
    clock.on(days=18)
    assert "остался 1 рабочий день" in shown() and "badge medium" in shown(), "Friday before the Monday"
    head = pages.get(f"/cases/{sent.id}", headers=keys(staff.developer)).text
    assert "остался 1 рабочий день" in head
    clock.on(days=3)
    assert "срок сегодня" in shown()
    clock.on(days=1)
    assert "badge high" in shown() and sent.title in shown("?late=1")
