"""The original page in the review: marks lie on the words, the page follows the finding, links do without scripts."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest
from fastapi import FastAPI
from PIL import Image

from api.pages.original_pages import lines_of
from api.service import Reach
from api.serving import create_service
from api.shell import POLICY
from expertise.office import Office
from expertise.people import Seat
from expertise.store.case_tables import Case
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browse, Browser, Keys, told
from tests.api.living import RUSSIAN, pdf_file, word_file
from tests.work.conftest import Staff

LONG = RUSSIAN[:4] + tuple(f"{number}. {RUSSIAN[5][3:]}" for number in range(1, 60)) + ("60. " + RUSSIAN[4][3:],)
_LINK = re.compile(r'<a href="#f-([\w-]+)" class="(\w+)" data-findings="\1"[^>]*><title>([^<]+)</title>(.*?)</a>', re.S)
_RECT = re.compile(r'<rect x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)"')


@pytest.fixture
def service(office: Office, examiner: Examiner) -> FastAPI:
    return create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)


def reviewed(office: Office, staff: Staff, examiner: Examiner, name: str, data: bytes) -> Case:
    made = register(office, staff.coordinator, "Правила", developer=staff.developer.id)
    keep_file(office, staff.coordinator, made.id, "text", name, [data])
    give_seat(office, staff.coordinator, made.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, made.id, "assign")
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, made.id).id) == "done"
    declare(office, staff.first, made.id)
    advance(office, staff.first, made.id, "start")
    return made


@pytest.fixture
def printed(office: Office, staff: Staff, examiner: Examiner) -> Case:
    return reviewed(office, staff, examiner, "draft.pdf", pdf_file(LONG))


def test_marks_lie_on_words_of_the_page(service: FastAPI, staff: Staff, printed: Case, keys: Keys) -> None:
    client, headers = Browser(service).client, keys(staff.first)
    seen: dict[str, str] = {}
    for number in (1, 2, 3):
        answer = client.get(f"/cases/{printed.id}/review?view=page&text=ru&page={number}", headers=headers)
        assert answer.status_code == 200 and answer.headers["content-security-policy"] == POLICY
        assert 'style="' not in answer.text and "data:image" not in answer.text
        source = re.search(r'<img src="([^"]+)"', answer.text)
        if source is None:
            assert "reading" not in answer.text and 'class="message problem"' in answer.text
            continue
        picture = client.get(source[1], headers=headers)
        assert picture.headers["content-type"] == "image/png"
        ink = np.asarray(Image.open(io.BytesIO(picture.content)).convert("L")) < 128
        for finding, tone, title, inside in _LINK.findall(answer.text):
            seen[finding] = tone
            assert "степень риска" in title
            for x, y, width, height in (map(int, each) for each in _RECT.findall(inside)):
                assert ink[max(y, 0) : y + height, max(x, 0) : x + width].mean() > 0.03
        assert answer.text.count("<rect") == sum(len(_RECT.findall(each[3])) for each in _LINK.findall(answer.text))
    found = set(re.findall(r'data-finding="([\w-]+)"', answer.text))
    assert found and set(seen) == found


def test_the_page_can_be_turned_by_links_alone(service: FastAPI, staff: Staff, printed: Case, keys: Keys) -> None:
    client, headers = Browser(service).client, keys(staff.first)
    path, turned = f"/cases/{printed.id}/review?view=page&text=ru", []
    while path:
        answer = client.get(path, headers=headers)
        turned.append(re.search(r'data-sheet data-page="(\d+)"', answer.text)[1])  # type: ignore[index]
        following = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = following[1].replace("&amp;", "&") if following else ""
    assert turned == [str(number) for number in range(1, len(turned) + 1)] and len(turned) > 1
    last = re.findall(r'class="small" href="([^"#]+)#f-[\w-]+"', answer.text)[-1].replace("&amp;", "&")
    assert f"page={len(turned)}" in last and client.get(last, headers=headers).status_code == 200


def test_a_script_gets_the_page_alone(service: FastAPI, staff: Staff, printed: Case, keys: Keys) -> None:
    path = f"/cases/{printed.id}/review?view=page&text=ru&page=2"
    answer = Browser(service).client.get(path, headers=keys(staff.first) | {"x-fragment": "1"})
    assert answer.text.lstrip().startswith("<div") and "<article" not in answer.text and "<rect" in answer.text


def test_what_is_wrong_with_a_page_is_told_on_it(
    service: FastAPI, staff: Staff, printed: Case, keys: Keys, office: Office
) -> None:
    client, headers = Browser(service).client, keys(staff.first)
    answer = client.get(f"/cases/{printed.id}/review?view=page&text=ru&page=99", headers=headers)
    assert answer.status_code == 200 and "В файле нет страницы 99" in answer.text and "<article" in answer.text
    assert client.get(f"/cases/{printed.id}/original/ru/99", headers=headers).status_code == 422
    assert client.get(f"/cases/{printed.id}/original/kk/1", headers=headers).status_code == 404
    for nonsense in ("view=x", "page=-1", "page=²", "page=99999999999", "text=en", "seat=boss", "view=page&text=both"):
        assert client.get(f"/cases/{printed.id}/review?{nonsense}", headers=headers).status_code == 200
    for path in Path(office.files.folder).rglob("*"):
        if path.is_file() and path.read_bytes()[:4] == b"%PDF":
            path.unlink()
    answer = client.get(f"/cases/{printed.id}/review?view=page&text=ru&page=2", headers=headers)
    assert answer.status_code == 200, "the text can be read all the same"


def test_a_word_file_has_no_pages(
    service: FastAPI, staff: Staff, examiner: Examiner, office: Office, keys: Keys
) -> None:
    case = reviewed(office, staff, examiner, "draft.docx", word_file())
    client, headers = Browser(service).client, keys(staff.first)
    answer = client.get(f"/cases/{case.id}/review?view=page&text=ru", headers=headers)
    assert answer.status_code == 200 and "view=page" not in answer.text and "data-sheet" not in answer.text
    assert client.get(f"/cases/{case.id}/original/ru/1", headers=headers).status_code == 404


def test_rest_tells_words_and_gives_the_picture(browse: Browse, staff: Staff, printed: Case, keys: Keys) -> None:
    client, headers = browse().client, keys(staff.developer)
    path = f"/api/v1/cases/{printed.id}/originals/ru/1"
    page = client.get(path, headers=headers).json()
    assert page["page"] == 1 and page["pages"] > 1 and len(page["words"]) > 50
    picture = client.get(f"{path}/picture", headers=headers)
    assert picture.headers["content-type"] == "image/png" and picture.headers["cache-control"] == "no-store"
    assert Image.open(io.BytesIO(picture.content)).size == (page["width"], page["height"])
    answer = client.get(f"/api/v1/cases/{printed.id}/originals/ru/99", headers=headers)
    assert (answer.status_code, told(answer)) == (422, "reading.no_such_page")
    answer = client.get(f"/api/v1/cases/{printed.id}/originals/kk/1", headers=headers)
    assert (answer.status_code, told(answer)) == (404, "expertise.no_original")
    assert client.get(f"/api/v1/cases/{printed.id}/originals/en/1", headers=headers).status_code == 422


def test_frames_of_words_are_joined_line_by_line() -> None:
    level = [(10, 10, 40, 12), (55, 11, 30, 10), (10, 30, 20, 12)]
    assert lines_of(level) == ((8, 8, 79, 16), (8, 28, 24, 16))
    turned = [(10, 100, 12, 40), (11, 60, 10, 30), (30, 100, 12, 40)]
    assert lines_of(turned) == ((8, 58, 16, 84), (28, 98, 16, 44))
    assert lines_of([]) == ()
