"""Indicators on pages and over REST, certificates given out, open data that tell of no single draft."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.pages.router import dress
from api.service import Reach
from expertise.case.counting import Counted, CountedFactor
from expertise.case.indicators import Draft, Fate, grouped
from expertise.case.open_data import JOINED, cells, joined, passport
from expertise.messages import LANGUAGES
from expertise.office import Office, Settings
from expertise.people import Actor
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from tests.api.conftest import CHEAP, saved_name, told
from tests.conftest import needs_fonts
from tests.work.conftest import Clock, Staff
from tests.work.indicator_scenes import EXAMPLE, issue
from tests.work.test_indicators import FACTORS, issued_example

Keys = Callable[[Actor], dict[str, str]]
OPEN = "/api/v1/open-data"


@pytest.fixture
def office(database: Database, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """Without a pack: nothing is examined here."""
    yield Office(database, Blobs(tmp_path / "files"), FACTORS, Settings(), clock)


@pytest.fixture
def app(office: Office) -> FastAPI:
    from api.pages import indicator_pages

    made = create_app(office, Reach(plain_http=True), passwords=CHEAP, routers=[indicator_pages.router])
    dress(made)
    return made


@needs_fonts
def test_every_number_of_the_page_leads_to_its_rows_and_a_certificate_is_drawn_up(
    app: FastAPI, office: Office, staff: Staff, keys: Keys
) -> None:
    issued_example(office, staff)
    client, headers = TestClient(app, follow_redirects=False), keys(staff.coordinator)
    for address in (
        "/indicators",
        "/indicators?period=2026-Q1&sphere=land",
        "/indicators?first=2026-03-01&last=2026-03-31",
    ):
        shown = client.get(address, headers=headers)
        assert shown.status_code == 200 and "2,00" in shown.text
        links = re.findall(r'<a href="(/indicators/rows\?[^"]+)">([^<]+)</a>', shown.text)
        assert len(links) > 30
        for link, number in links:
            if number.isdigit() and "only=most" not in link:
                rows = client.get(link.replace("&amp;", "&"), headers=headers).text
                assert int(re.search(r'small">(\d+) ', rows)[1]) == int(number), link  # type: ignore[index]
    assert client.get("/indicators?body=%00&sphere=%F0%9F&first=0001-01-01&last=9999-12-31", headers=headers).is_success
    for bad in (
        "/indicators?period=2026-Q9",
        "/indicators?first=вчера",
        "/indicators?first=2026-03-02&last=2026-03-01",
    ):
        assert client.get(bad, headers=headers).status_code == 422
    assert client.get("/indicators/rows?show=x&fate=y&state=z&only=q&offset=-", headers=headers).status_code == 200
    sent = {"kind": "adoption", "first": "2026-01-01", "last": "2026-03-31", "signs_name": "=Имя"}
    assert client.post("/certificates", data=sent | {"kind": "x"}, headers=headers).status_code == 422
    page = client.get("/indicators", headers=headers).text
    sent["once"] = re.search(r'name="once" value="([0-9a-f]{32})"', page)[1]  # type: ignore[index]
    assert sent["once"] not in client.get("/indicators", headers=headers).text
    for _ in range(2):  # the button is pressed twice
        assert (
            client.post("/certificates", data=sent, headers=headers).headers["location"]
            == "/certificates?done=certified"
        )
    listed = client.get("/certificates", headers=headers).text
    assert "№ 2026/0001" in listed and "I квартал 2026 года" in listed
    files = re.findall(r'href="(/certificates/[^"]+)"', listed)
    assert len(files) == 7, "one certificate"
    made = client.get(files[0], headers=headers)
    assert made.status_code == 200 and saved_name(made) == "Справка по показателям 2026-0001 рус.docx"
    assert client.get(files[0], headers=keys(staff.first)).status_code == 403
    assert client.get(files[0][:-4] + "exe", headers=headers).status_code == 404


@needs_fonts
def test_rest_says_the_same(app: FastAPI, office: Office, staff: Staff, keys: Keys) -> None:
    issued_example(office, staff)
    client, headers = TestClient(app), keys(staff.coordinator)
    found = client.get("/api/v1/indicators?period=2026-H1", headers=headers).json()
    assert found["factors"] == EXAMPLE["factors"]
    assert found["adoption"] == EXAMPLE["adoption"]
    assert [each["value"] for each in found["bodies"]] == ["Акимат области"] and set(found["rule"]) == {"ru", "kk"}
    asked = {"kind": "factors", "first": "2026-03-01", "last": "2026-03-31", "signs_post": "Руководитель аппарата"}
    made = client.post("/api/v1/certificates", json=asked, headers=headers)
    assert made.status_code == 201
    certificate = made.json()
    keyed = headers | {"idempotency-key": "2026-03"}
    again = [client.post("/api/v1/certificates", json=asked | {"signs_name": "А"}, headers=keyed) for _ in range(2)]
    assert again[0].status_code == 201 and again[0].json() == again[1].json() != certificate
    assert told(client.post("/api/v1/certificates", json=asked, headers=keyed)) == "expertise.once_other"
    assert client.get("/api/v1/certificates", headers=keys(staff.observer)).json()["certificates"] == [
        again[0].json(), certificate,
    ]  # fmt: skip
    path = f"/api/v1/certificates/{certificate['id']}"
    assert client.get(path, headers=headers).json() == certificate
    saved = client.get(f"{path}/files/certificate.json", headers=headers | {"accept-language": "kk"})
    content, named = saved.json(), saved.headers["content-disposition"]
    assert 'filename="certificate-2026-0001-certificate.json"' in named, "programs keep the short name"
    assert "2026-0001.json" in saved_name(saved)
    assert content["totals"] == EXAMPLE["factors"] and content["signs"]["post"] == "Руководитель аппарата"
    for wrong in ({"kind": "x"}, {"kind": "factors", "period": "2026-Q9"}, {"kind": "factors", "first": "вчера"}):
        assert client.post("/api/v1/certificates", json=wrong, headers=headers).status_code == 422
    assert told(client.get("/api/v1/indicators?period=26", headers=headers)) == "expertise.period_unknown"
    assert told(client.get(f"/api/v1/certificates/{'0' * 32}", headers=headers)) == "expertise.no_certificate"


def test_open_data_are_off_until_they_are_switched_on_and_tell_sums_only(
    app: FastAPI, office: Office, staff: Staff, clock: Clock
) -> None:
    for name in ("passport", "indicators", "indicators.csv"):
        assert told(TestClient(app).get(f"{OPEN}/{name}")) == "api.no_such_place"
    issued_example(office, staff)
    for number in range(3):
        issue(office, staff, f"Секрет {number}", EXAMPLE["drafts"][1]["findings"], developer="=Орган", sphere="other")
    issue(office, staff, "Один", EXAMPLE["drafts"][0]["findings"], developer="Малый орган")
    reach = Reach(plain_http=True, open_data=True, open_data_licence="CC BY 4.0", open_data_publisher="Институт")
    client = TestClient(create_app(office, reach, passwords=CHEAP))
    described = client.get(f"{OPEN}/passport?year=2026").json()
    assert described["licence"] == "CC BY 4.0" and described["least_drafts_in_a_cell"] == 3
    assert all(each[code] for each in described["fields"] for code in ("ru", "kk", "en"))
    found = client.get(f"{OPEN}/indicators")
    rows = found.json()["rows"]
    assert [list(row) for row in rows] == [[each["name"] for each in described["fields"]]] * len(rows)
    whole = rows[0]
    assert (whole["table"], whole["drafts"], whole["factors"], whole["issued"]) == ("all", 8, 19, None)
    bodies = {row["value"]: row["drafts"] for row in rows if row["table"] == "body"}
    assert bodies in ({"Акимат области": 4, JOINED: 4}, {"=Орган": 3, JOINED: 5})
    assert "Малый орган" not in found.text and "Секрет" not in found.text and "пункт" not in found.text
    assert min(row["drafts"] for row in rows) >= 3
    table = list(csv.DictReader(io.StringIO(client.get(f"{OPEN}/indicators.csv").text)))
    assert len(table) == len(rows) and not [
        cell for row in table for cell in row.values() if cell[:1] in "=+-@" and cell
    ]
    issue(office, staff, "Ещё", [])
    assert client.get(f"{OPEN}/indicators").json()["rows"] == rows  # counted once an hour
    clock.on(minutes=60)
    assert client.get(f"{OPEN}/indicators").json()["rows"][0]["drafts"] == 9
    assert client.get(f"{OPEN}/indicators?year=2025").json()["rows"] == []
    assert client.get(f"{OPEN}/indicators?year=1").status_code == 422


_MADE = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(list(Fate)), st.booleans(), st.sets(st.sampled_from("abc"))),
    max_size=25,
)


@given(_MADE, st.integers(2, 5))
def test_no_cell_tells_of_fewer_drafts(made: list[tuple[int, Fate, bool, set[str]]], least: int) -> None:
    drafts = [
        Draft(
            str(number), "", date(2026, 1 + number % 12, 1), f"орган {body}", "", "", restricted,
            Counted(tuple(CountedFactor(each, "u", (1,)) for each in sorted(factors)), ((1,),)), fate,
        )
        for number, (body, fate, restricted, factors) in enumerate(made)
    ]  # fmt: skip
    found = cells(drafts, least)
    public = [draft for draft in drafts if not draft.restricted]
    assert bool(found) == (len(public) >= least)
    assert all(cell.counts["drafts"] >= least for cell in found)  # type: ignore[operator]
    for table in ("quarter", "body", "sphere", "act_form"):
        own = [cell for cell in found if cell.table == table]
        if own:
            assert sum(cell.counts["drafts"] for cell in own) == len(public)  # type: ignore[misc]
        told_of = [cell for cell in own if cell.counts["issued"] is not None]
        assert all(cell.counts["adopted_drafts"] == 0 or cell.counts["adopted_drafts"] >= least for cell in told_of)  # type: ignore[operator]
        hidden = [cell for cell in own if cell.counts["issued"] is None]
        if hidden and len(hidden) < len(own) and any(cell.counts["adopted_drafts"] for cell in told_of):
            assert sum(cell.counts["adopted_drafts"] for cell in hidden) >= least  # type: ignore[misc]
    parts = joined(grouped(public, lambda draft: draft.body), least)
    assert not parts or {draft.case for _, part in parts for draft in part} == {draft.case for draft in public}


def test_the_passport_names_every_field_once() -> None:
    names = [each["name"] for each in passport()["fields"]]
    assert len(set(names)) == len(names) and {f"name_{code}" for code in LANGUAGES} <= set(names)


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("period=2026&first=2025-01-01&last=2025-02-01", "01.01.2025"),
        ("period=2026&first=&last=&shown=/", "2026 год"),
        ("period=2026-Q3&first=2025-01-01&last=2025-02-01&shown=2025-01-01/2025-02-01", "III квартал 2026 года"),
        ("period=&first=2025-01-01&last=2025-02-01&shown=/", "01.02.2025"),
    ],
)
def test_days_that_were_entered_win(app: FastAPI, staff: Staff, keys: Keys, query: str, heading: str) -> None:
    """And days the page showed itself do not."""
    page = TestClient(app).get(f"/indicators?{query}", headers=keys(staff.coordinator)).text
    assert heading in page.partition("<h1>")[2].partition("</h1>")[0]


def test_periods_are_called_by_words(app: FastAPI, staff: Staff, keys: Keys) -> None:
    client, headers = TestClient(app), keys(staff.coordinator)
    page = client.get("/indicators", headers=headers).text
    assert '<option value="2026-H1">I полугодие 2026 года</option>' in page and ">III квартал 2026 года<" in page
    half = client.get("/indicators?period=2026&first=2025-01-01", headers=headers)
    assert half.status_code == 422 and "Укажите оба дня" in half.text
