"""A coordinator counts a quarter, looks at the rows behind a number and draws a certificate up, in both languages; once
without scripts and on a narrow screen. Skipped where Chromium is not installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from api.app import create_app
from api.pages import account_pages, case_list_pages, indicator_pages
from api.pages.router import dress
from api.service import Reach
from expertise.office import Office, Settings
from expertise.people import Actor, Role
from expertise.store.blobs import Blobs
from expertise.store.database import Database
from expertise.store.people_tables import Person
from tests.api.conftest import CHEAP
from tests.api.living import answering
from tests.api.test_browser import CHROMIUM, Desk, chromium, follow
from tests.conftest import needs_fonts
from tests.work.conftest import Clock
from tests.work.test_indicators import FACTORS, issued_example

_CHROMIUM = chromium  # a fixture
pytestmark = [
    needs_fonts,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


@pytest.fixture
def office(database: Database, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """Without a pack: nothing is examined here."""
    yield Office(database, Blobs(tmp_path / "files"), FACTORS, Settings(), clock)


def test_a_coordinator_gets_a_certificate(
    office: Office, chromium: Browser, account: Callable[..., str], tmp_path: Path
) -> None:
    roles = {"coordinator": Role.COORDINATOR, "first": Role.EXPERT}
    people: Any = SimpleNamespace(
        **{login: Actor(account(login, role), login.title(), frozenset({role})) for login, role in roles.items()}
    )
    issued_example(office, people)
    routers = [account_pages.router, case_list_pages.router, indicator_pages.router]
    app = create_app(office, Reach(plain_http=True), passwords=CHEAP, routers=routers)
    dress(app)
    with answering(app) as address:
        for number, (language, nav, quarter, width) in enumerate(
            (("ru", "Показатели", "I квартал 2026 года", 1366), ("kk", "Көрсеткіштер", "2026 жылғы I тоқсан", 420)), 1
        ):
            with office.database.transaction() as session:
                session.get_one(Person, people.coordinator.id).language = language
            desk = Desk(chromium, address, "coordinator", scripts=language == "ru", width=width)
            page = desk.page
            follow(page.locator(f"header >> text={nav}"))
            page.select_option("#period", "2026-Q1")
            follow(page.locator("form[action='/indicators'] button"))
            expect(page.locator("h1")).to_contain_text(quarter)
            expect(page.locator(".figures").first).to_contain_text("2,00")
            expect(page.locator(".figures").last).to_contain_text("40,0")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if language == "ru" else True
            follow(page.locator(".figures").last.locator("a").first)
            expect(page.locator("tbody tr")).to_have_count(4)
            page.go_back()
            page.check("input[value=adoption]")
            page.fill("#signs_name", "Сериков С.")
            follow(page.locator("#draw-up button.main"))
            expect(page.locator("[role=status]")).to_be_visible()
            expect(page.locator("tbody tr")).to_have_count(number)
            with page.expect_download() as came:
                page.locator(f"a[href$='{language}.pdf']").first.click()
            came.value.save_as(tmp_path / "certificate.pdf")
            assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF-1.7")
            short = {"ru": "рус", "kk": "қаз"}[language]
            name = {"ru": "Справка по показателям", "kk": "Көрсеткіштер бойынша анықтама"}[language]
            assert came.value.suggested_filename == f"{name} 2026-000{number} {short}.pdf"
            assert desk.errors == []
