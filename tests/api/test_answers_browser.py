"""A developer answers in a real browser, in both languages and without scripts: drafts, the form in Word, refused while
incomplete, submitted; the expert comments. Skipped where Chromium is not installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from expertise.office import Office
from expertise.people import Actor, Role, Seat
from expertise.store.case_tables import Case
from expertise.store.cases import open_case
from expertise.store.people_tables import Person
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP
from tests.api.living import KAZAKH, living, word_file
from tests.api.test_browser import CHROMIUM, Desk, chromium, follow
from tests.conftest import needs_fonts
from tests.work.answer_scenes import WHY, conclude_and_send, filled

_CHROMIUM = chromium  # a fixture
pytestmark = [
    needs_fonts,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
ROLES = {"coordinator": Role.COORDINATOR, "first": Role.EXPERT, "approver": Role.APPROVER, "developer": Role.DEVELOPER}


@pytest.fixture
def sent(office: Office, examiner: Examiner, account: Callable[..., str]) -> Case:
    """A case with both texts whose conclusion was sent."""
    people: Any = SimpleNamespace(
        **{login: Actor(account(login, role), login.title(), frozenset({role})) for login, role in ROLES.items()}
    )
    made = register(office, people.coordinator, "Правила выдачи разрешений", developer=people.developer.id)
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


def choose(card: Locator, position: str, **words: str) -> None:
    """A position by keyboard, with what belongs to it."""
    card.locator(f"input[value={position}]").focus()
    card.page.keyboard.press("Space")
    for name, text in words.items():
        card.locator(f"textarea[name^={name}]").fill(text)


def state(office: Office, case: Case) -> str:
    with office.database.reading() as session:
        coordinator = Actor(case.coordinator_id, "", frozenset({Role.COORDINATOR}))
        return open_case(session, coordinator, case.id).case.state


@pytest.mark.parametrize(("language", "scripts"), [("ru", True), ("kk", False)])
def test_a_developer_answers(
    office: Office, chromium: Browser, address: str, sent: Case, language: str, scripts: bool, tmp_path: Path
) -> None:
    with office.database.transaction() as session:
        for person in session.query(Person):
            person.language = language
    path = f"/cases/{sent.id}/answers"
    desk = Desk(chromium, address, "developer", scripts=scripts)
    page = desk.open(f"/cases/{sent.id}")
    follow(page.locator("a.button.main[href$='/answers']"))
    cards = page.locator("article.answer")
    count = cards.count()
    assert count >= 3
    choose(cards.nth(0), "rejected", reason="нет")
    choose(cards.nth(1), "accepted")
    cards.nth(0).locator("button").click()
    expect(cards.nth(0).locator("[role=alert]")).to_be_visible()
    assert cards.nth(0).locator("textarea[name^=reason]").input_value() == "нет", "what was written stays"
    choose(cards.nth(0), "rejected", reason=WHY)
    page.fill("#signed_by", "Ахметова А. Б.")
    page.fill("#post", "директор департамента")
    page.locator("button[value=submit]").click()
    expect(page.locator("[data-problem]")).to_contain_text("3")
    assert state(office, sent) == "sent"

    page.locator("details summary").first.click()
    with page.expect_download() as saved:
        page.locator(f"a[href$='/form/{language}']").click()
    words = {"ru": "частично принято", "kk": "ішінара қабылданды"}[language]
    form = filled(saved.value.path().read_bytes(), {(3, 3): words, (3, 4): "3. Решение принимается за день."})
    (tmp_path / "жауап.docx").write_bytes(form)
    page.set_input_files("#file", tmp_path / "жауап.docx")
    page.locator("form[action$='/file'] button").click()
    expect(cards.nth(2)).to_have_attribute("data-position", "in_part")
    expect(cards.nth(2).locator("textarea[name^=wording]")).to_have_value("3. Решение принимается за день.")
    expect(cards.nth(0)).to_have_attribute("data-position", "rejected")
    page.locator("button[value=submit]").click()
    expect(page.locator("[data-counts]")).to_be_visible()
    assert state(office, sent) == "answered"
    expect(page.locator("textarea")).to_have_count(0)

    expert = Desk(chromium, address, "first", scripts=scripts)
    page = expert.open(f"/cases/{sent.id}/review")
    page.locator(".finding a.badge.rejected").first.click()
    expect(page.locator("#r-1")).to_be_visible()
    page.locator("#r-1 details summary").click()
    page.locator("#r-1 textarea").fill("Закон такого порядка не содержит.")
    page.locator("#r-1 details button").click()
    expect(page.locator("#r-1 .given")).to_contain_text("Закон такого порядка не содержит.")
    page = desk.open(f"{path}?enter=1")
    choose(page.locator("#r-1"), "accepted")
    page.fill("#signed_by", "Ахметова А. Б.")
    page.fill("#post", "директор департамента")
    page.locator("button[value=submit]").click()
    expect(page.locator("ul.plain li")).to_have_count(2)
    page.locator("ul.plain li a").first.click()
    expect(page.locator("#r-1")).to_have_attribute("data-position", "rejected")
    assert desk.errors == expert.errors == []


def test_the_coordinator_enters_a_paper_and_no_page_is_too_wide(
    office: Office, chromium: Browser, address: str, sent: Case
) -> None:
    desk = Desk(chromium, address, "coordinator", width=420)
    page = desk.open(f"/cases/{sent.id}/answers")
    follow(page.locator("a.button.main"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    cards = page.locator("article.answer")
    for index in range(cards.count()):
        choose(cards.nth(index), "accepted")
    page.fill("#signed_by", "Ахметова А. Б.")
    page.fill("#post", "директор департамента")
    page.locator("button[value=submit]").click()
    expect(page.locator("[data-problem]")).to_be_visible()
    page.fill("#letter_number", "12-3/77")
    page.fill("#letter_date", "2026-03-04")
    page.locator("button[value=submit]").click()
    expect(page.locator("ul.plain .badge")).to_be_visible()
    assert state(office, sent) == "answered"
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert desk.errors == []
