"""Hooks that systems register over REST."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from api.app import create_app
from api.jobs.hooks import signature
from api.service import Reach
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Seat
from expertise.store.audit_tables import EntryText
from expertise.store.case_tables import Case
from expertise.store.service_tables import Delivery
from expertise.work.analysing import run
from expertise.work.hooks import add_hook, check_address, notify, stop_hook
from expertise.work.moving import advance
from expertise.work.seats import give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, narrower
from tests.api.rest_scenes import Ask, Keys, ask, count
from tests.work.conftest import Staff

_FIXTURE = ask


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
