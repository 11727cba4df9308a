"""The whole way of adoption in a real browser: the adopted act is brought, proposals come, the keyboard decides, the
case is closed. Skipped where Chromium is not installed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from expertise.office import Office
from expertise.people import Actor, Role, Seat
from expertise.store.case_tables import Case
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, PASSWORD
from tests.api.living import KAZAKH, living, word_file
from tests.api.test_browser import CHROMIUM, chromium, follow
from tests.conftest import needs_fonts
from tests.work.adoption_scenes import ADOPTED_KAZAKH, ADOPTED_RUSSIAN
from tests.work.answer_scenes import conclude_and_send

_CHROMIUM = chromium  # a fixture
pytestmark = [
    needs_fonts,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
ROLES = {"coordinator": Role.COORDINATOR, "first": Role.EXPERT, "approver": Role.APPROVER}
PICTURES = os.environ.get("SARAPTAMA_PICTURES", "")


@pytest.fixture
def sent(office: Office, examiner: Examiner, account: Callable[..., str]) -> Case:
    """A case with both texts whose conclusion was sent."""
    people: Any = SimpleNamespace(
        **{login: Actor(account(login, role), login.title(), frozenset({role})) for login, role in ROLES.items()}
    )
    made = register(office, people.coordinator, "Правила выдачи разрешений")
    keep_file(office, people.coordinator, made.id, "text", "проект.docx", [word_file()])
    keep_file(office, people.coordinator, made.id, "text", "жоба.docx", [word_file(KAZAKH)])
    give_seat(office, people.coordinator, made.id, Seat.FIRST, people.first.id)
    advance(office, people.coordinator, made.id, "assign")
    assert run(office, examiner, Limits(), ask(office, people.coordinator, made.id).id) == "done"
    declare(office, people.first, made.id)
    advance(office, people.first, made.id, "start")
    conclude_and_send(office, people, made)
    return made


@pytest.fixture
def address(office: Office, examiner: Examiner, sent: Case) -> Iterator[str]:
    with living(office, examiner, CHEAP) as found:
        yield found


WORDS = {
    "ru": ("Принятый акт и поздние редакции", "Разработчик настоял на своей редакции.", "акт принят"),
    "kk": ("Қабылданған акт және кейінгі редакциялар", "Әзірлеуші өз редакциясын қалдырды.", "акт қабылданды"),
}


@pytest.mark.parametrize("language", WORDS)
def test_from_the_adopted_act_to_a_closed_case_and_its_certificate(
    address: str, chromium: Browser, sent: Case, language: str
) -> None:
    heading, reason, closed = WORDS[language]
    context = chromium.new_context(viewport={"width": 1366, "height": 800}, base_url=address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    page.goto(f"/sign-in?lang={language}")
    page.fill("[name=login]", "coordinator")
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form button").first)
    page.goto(f"/cases/{sent.id}")
    other = page.locator(f"header.top button[lang={language}]")
    if other.count():
        follow(other)
    page.goto(f"/cases/{sent.id}")
    page.click(f"main section a[href='/cases/{sent.id}/adoption']")
    expect(page.locator("h2").first).to_have_text(heading)
    page.set_input_files("#files", [
        {"name": "акт.docx", "mimeType": "application/octet-stream", "buffer": word_file(ADOPTED_RUSSIAN)},
        {"name": "акт-kk.docx", "mimeType": "application/octet-stream", "buffer": word_file(ADOPTED_KAZAKH)},
    ])  # fmt: skip
    page.fill("#act_number", "125")
    page.fill("#act_date", "2026-03-02")
    page.click("form[data-upload] button")
    expect(page.locator("[data-proposed]:not([data-proposed=''])").first).to_be_visible()
    cards = page.locator("[data-recommendation]")
    count = cards.count()
    assert count >= 3 and page.locator("[data-new-finding]").count() >= 1
    _picture(page, f"{language}-open")
    page.locator("[data-recommendation]").first.focus()
    for _ in range(count):
        page.keyboard.press("n")
        here = page.locator(".adoption.here")
        number, proposed = here.get_attribute("data-recommendation"), here.get_attribute("data-proposed")
        if proposed in ("adopted", "in_part", "moot"):
            page.keyboard.press("c")
        else:
            page.keyboard.press("3")
            page.keyboard.type(reason)
            page.keyboard.press("Control+Enter")
        expect(page.locator(f"#a-{number}")).not_to_have_attribute("data-state", "")
    # The last state makes the page load itself anew with the way to close the case; a reload of ours would race it.
    expect(page.locator("[data-close]")).to_be_visible()
    page.locator("#a-1").focus()
    page.locator("#a-1").click(position={"x": 5, "y": 5})
    page.keyboard.press("u")
    expect(page.locator("#a-1")).to_have_attribute("data-state", "")
    page.keyboard.press("c")
    expect(page.locator("#a-1")).to_have_attribute("data-state", "adopted")
    _picture(page, f"{language}-decided")
    page.click(".later a.button")
    expect(page.locator(".versions nav a").first).to_be_visible()
    _picture(page, f"{language}-redline")
    page.goto(f"/cases/{sent.id}/adoption")
    follow(page.locator("[data-close]"))
    expect(page.locator(".badge.state")).to_have_text(closed)
    page.goto("/indicators")
    page.check("input[value=adoption]")
    page.fill("#signs_name", "Сериков С.")
    page.click("#draw-up button.main")
    expect(page.locator("[role=status]")).to_be_visible()
    with page.expect_download() as came:
        page.locator(f"a[href$='{language}.pdf']").first.click()
    assert Path(came.value.path()).read_bytes().startswith(b"%PDF-1.7")
    if PICTURES and language == "kk":
        page.goto("/account")
        follow(page.locator("header.top button[lang=ru]"))
        for width, name in ((1366, "ru-closed"), (390, "ru-narrow")):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(f"/cases/{sent.id}/adoption")
            _picture(page, name)
        page.click(".later a.button")
        _picture(page, "ru-redline-narrow")
        page.goto(f"/cases/{sent.id}")
        _picture(page, "ru-case-narrow")
    assert wrong == []
    context.close()


def _picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
