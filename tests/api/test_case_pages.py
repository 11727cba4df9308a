"""The pages of a case: what is sent wrong is told, and nothing is lost or doubled by it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from api.pages.file_names import called, of_certificate, of_conclusion, of_paper, of_risk_map
from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.store.case_tables import Case, CaseFile
from expertise.work.papers import PAPERS
from expertise.work.reviewing import finish
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys, saved_name
from tests.conftest import needs_fonts
from tests.work.concluding_scenes import decide_all
from tests.work.conftest import DRAFT, Clock, Staff

FINE, EMPTY = ("files", ("проект.txt", DRAFT.encode())), ("files", ("пустой.txt", b""))


@pytest.fixture
def service(office: Office, examiner: Examiner) -> FastAPI:
    return create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)


@pytest.fixture
def client(service: FastAPI) -> TestClient:
    return Browser(service).client


def cases(office: Office) -> list[Case]:
    with office.database.reading() as session:
        return list(session.scalars(select(Case).order_by(Case.number)))


def file_names(office: Office, case_id: str) -> list[str]:
    with office.database.reading() as session:
        return list(session.scalars(select(CaseFile.name).where(CaseFile.case_id == case_id).order_by(CaseFile.name)))


def text_of(answer: Response) -> str:
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_bad_file_registers_no_case(client: TestClient, office: Office, staff: Staff, keys: Keys) -> None:
    """The corrected form makes one case, not a second."""
    headers, form = keys(staff.coordinator), {"title": "Правила выдачи"}
    bad = client.post("/cases", headers=headers, data=form, files=[FINE, EMPTY])
    assert bad.status_code == 422 and "Файл «пустой.txt» пустой" in bad.text and "Дело не зарегистрировано" in bad.text
    assert "Правила выдачи" in bad.text and cases(office) == []
    assert list(office.files.names()) == [], "nor is the good one kept"
    good = client.post("/cases", headers=headers, data=form, files=[FINE], follow_redirects=False)
    (case,) = cases(office)
    assert good.headers["location"] == f"/cases/{case.id}?done=registered"
    assert file_names(office, case.id) == ["проект.txt"]
    again = client.post(f"/cases/{case.id}/files", headers=headers, data={"kind": "text"}, files=[FINE, EMPTY])
    assert again.status_code == 422 and "пустой.txt" in again.text
    assert file_names(office, case.id) == ["проект.txt"], "all files of a form or none"


def test_a_term_that_is_over_is_told(
    client: TestClient, office: Office, staff: Staff, keys: Keys, clock: Clock
) -> None:
    headers = keys(staff.coordinator)
    form = {"title": "Правила", "deadline": (clock().date() - timedelta(days=3)).isoformat()}
    page = client.post("/cases", headers=headers, data=form)
    assert page.status_code == 200 and "срок заключения уже прошёл" in page.text
    form["deadline"] = clock().date().isoformat()
    assert "срок заключения уже прошёл" not in client.post("/cases", headers=headers, data=form).text


def test_a_file_is_taken_out_after_a_question(client: TestClient, staff: Staff, case: Case, keys: Keys) -> None:
    page = text_of(client.get(f"/cases/{case.id}", headers=keys(staff.coordinator)))
    assert "Убрать файл «draft.txt» из дела?" in page


def test_roles_stay_ticked_after_an_error(client: TestClient, staff: Staff, keys: Keys) -> None:
    given = {"login": "new", "name": "Новый", "role-expert": "1", "password": "1"}
    page = client.post("/people", headers=keys(staff.administrator), data=given)
    assert page.status_code == 422
    form = page.text.partition('action="/people"')[2].partition("</form>")[0]
    assert 'name="role-expert" value="1" checked' in form and 'name="role-observer" value="1" checked' not in form


@needs_fonts
def test_blanks_are_frozen_only_when_confirmed(
    client: TestClient, office: Office, staff: Staff, in_review: Case, keys: Keys
) -> None:
    path, headers = f"/cases/{in_review.id}/conclusion", keys(staff.first)
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    shown = text_of(client.get(path, headers=headers))
    assert (
        "номер заключения, дата заключения, номер письма разработчика" in shown and "не отмечены прочитанными" in shown
    )
    refused = client.post(path, headers=headers, data={"ru": "1"})
    assert refused.status_code == 409 and "есть незаполненные места" in refused.text
    assert cases(office)[0].state == "in_review"
    drawn = client.post(path, headers=headers, data={"ru": "1", "with_blanks": "1"})
    assert drawn.status_code == 200 and cases(office)[0].state == "concluded"


def test_pages_are_a_number(client: TestClient, office: Office, staff: Staff, case: Case, keys: Keys) -> None:
    headers, form = keys(staff.coordinator), {"title": case.title, "pages": "abc"}
    wrong = client.post(f"/cases/{case.id}", headers=headers, data=form)
    assert wrong.status_code == 422 and "В поле «объём, страниц» должно стоять целое число" in wrong.text
    assert client.post(f"/cases/{case.id}", headers=headers, data=form | {"pages": " 12 "}).status_code == 200
    assert cases(office)[0].requisites["pages"] == "12"


def test_the_history_tells_what_was_done(
    client: TestClient, office: Office, staff: Staff, in_review: Case, keys: Keys
) -> None:
    decide_all(office, staff.first, in_review)
    path = f"/cases/{in_review.id}/history"
    shown = text_of(client.get(path, headers=keys(staff.coordinator)))
    for words in (
        "Зарегистрировано дело", "Добавлен файл draft.txt", "Проверка программой выполнена", "Назначен эксперт",
        "Принято решение по замечанию ×",
    ):  # fmt: skip
        assert words in shown, words
    assert "First" not in text_of(client.get(path, headers=keys(staff.approver))).partition("Назначен эксперт")[2]
    assert "Принято решение" not in text_of(client.get(path, headers=keys(staff.approver)))
    journal = text_of(client.get("/audit", headers=keys(staff.administrator)))
    assert f"дело {in_review.number}" in journal and in_review.id[:8] not in journal


def test_an_address_of_no_case_is_told_plainly(client: TestClient, staff: Staff, keys: Keys) -> None:
    for path in ("/cases/zzz", f"/cases/{'0' * 32}"):
        page = client.get(path, headers=keys(staff.coordinator))
        assert page.status_code == 404 and "Такого дела нет" in page.text and "string_pattern_mismatch" not in page.text
    rest = client.get("/api/v1/cases/zzz", headers=keys(staff.coordinator))
    assert rest.status_code == 422, "programs are told which field is wrong"


@needs_fonts
def test_files_are_called_by_what_they_are(
    client: TestClient, office: Office, staff: Staff, in_review: Case, keys: Keys
) -> None:
    at, headers, number = f"/cases/{in_review.id}", keys(staff.first), in_review.number
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    client.post(f"{at}/conclusion", headers=headers, data={"ru": "1", "kk": "1", "with_blanks": "1"})
    for path, name in {
        "conclusion/files/ru.docx": f"Заключение {number} рус.docx",
        "conclusion/files/kk.pdf": f"Қорытынды {number} қаз.pdf",
        "conclusion/files/findings.sarif": f"Замечания {number}.sarif",
        "papers/comparison.ru.docx": f"Сравнительная таблица {number} рус.docx",
        "papers/measures_plan.kk.docx": f"Іс-шаралар жоспары {number} қаз.docx",
        "preliminary/files/kk.docx": f"Алдын ала тексеру {number} қаз.docx",
    }.items():
        assert saved_name(client.get(f"{at}/{path}", headers=headers)) == name
        told = client.get(f"/api/v1{at}/{path.replace('preliminary/files', 'preliminary')}", headers=headers)
        assert saved_name(told) == name and 'attachment; filename="' in told.headers["content-disposition"]


def test_names_of_files_are_safe_and_of_every_language() -> None:
    assert called("preliminary", 'a/b:c*?"\n<d>', "ru", "pdf") == "Предварительная проверка a b c d рус.pdf"
    assert [of_risk_map(name) for name in ("map.ru.docx", "body.kk.svg")] == [
        "Карта рисков рус.docx", "Тәуекелдер картасы әзірлеуші қаз.svg",
    ]  # fmt: skip
    assert of_certificate("2026/0001", "kk.pdf", "ru") == "Көрсеткіштер бойынша анықтама 2026-0001 қаз.pdf"
    case = Case(number="2026-0001", kind="act_in_force")
    assert of_conclusion(case, "draft-1.docx", "ru") == "Проект с замечаниями 2026-0001 1.docx"
    assert of_conclusion(case, "conclusion.json", "kk") == "Анықтама 2026-0001.json"
    papers = {of_paper(Case(number="2026-0001", kind="draft"), f"{paper}.ru.docx") for paper in PAPERS}
    assert len(papers) == len(PAPERS)
