"""The whole way in a real browser, in both languages: register, upload, review by keyboard, second expert,
adjudication, conclusion, approval, sending. Skipped where Chromium is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from expertise.office import Office
from expertise.people import Actor, Role, Seat
from expertise.store.people_tables import Person
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, PASSWORD
from tests.api.living import RUSSIAN, living, pdf_file, word_file

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(office: Office, examiner: Examiner, account: Callable[..., str]) -> Iterator[str]:
    account("coordinator", Role.COORDINATOR)
    account("first", Role.EXPERT)
    account("second", Role.EXPERT)
    account("third", Role.EXPERT)
    account("approver", Role.APPROVER)
    account("developer", Role.DEVELOPER)
    with living(office, examiner, CHEAP) as found:
        yield found


class Desk:
    """One person at a browser of their own; scripts that fail or policy that is broken is an error of the test."""

    def __init__(self, browser: Browser, address: str, login: str, *, scripts: bool = True, width: int = 1366) -> None:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        context.set_default_timeout(30_000)
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if "Content Security" in said.text else None)
        self.address = address
        self.page.goto(address)
        self.page.fill("#login", login)
        self.page.fill("#password", PASSWORD)
        follow(self.page.locator("main button").first)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


def follow(what: Locator) -> None:
    """Press what leads to another page and wait for that page: what is asked next is asked of it, and going elsewhere
    at once does not take back what was sent."""
    with what.page.expect_navigation():
        what.click()


def actor_of(office: Office, login: str) -> Actor:
    """Who signs in as ``login``."""
    with office.database.reading() as session:
        person = session.query(Person).filter_by(login=login).one()
        return Actor(person.id, person.name, frozenset(Role(role) for role in person.roles))


def press_through(page: Page) -> None:
    """Confirm everything that is open, by keys alone."""
    for _ in range(page.locator(".finding[data-verdict='']").count()):
        open_ = page.locator(".finding[data-verdict='']").count()
        if not open_:
            return
        page.keyboard.press("n")
        both = page.locator(".finding.here form:has([data-do=confirm]) input[name=in_both]").count()
        page.keyboard.press("c")
        expect(page.locator(".finding[data-verdict='']")).to_have_count(open_ - 1 - both)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_whole_way(office: Office, chromium: Browser, address: str, language: str, tmp_path: Path) -> None:
    with office.database.transaction() as session:
        for person in session.query(Person):
            person.language = language
    (tmp_path / "проект.docx").write_bytes(word_file())
    (tmp_path / "жоба.pdf").write_bytes(pdf_file())
    desk = Desk(chromium, address, "coordinator")
    page = desk.open("/cases/new")
    page.fill("#title", "Об утверждении Правил выдачи разрешений")
    page.select_option("#developer", index=1)
    page.set_input_files("#files", [tmp_path / "проект.docx", tmp_path / "жоба.pdf"])
    follow(page.locator("form button.main").first)
    expect(page.locator("[data-analysis]")).to_have_count(0)  # the page waits for the analysis by itself
    case = page.url.split("?")[0].removeprefix(address)
    for seat, name in (("first", "First"), ("second", "Second"), ("adjudicator", "Third")):
        page.select_option(f"#seat-{seat}", label=name)
        follow(page.locator(f"#seat-{seat} ~ button"))
        expect(page.locator("section p", has_text=name)).to_be_visible()
    follow(page.locator("input[value=assign] ~ p button, form:has(input[value=assign]) button").first)

    first = review(chromium, address, case, "first", starts=True)
    press_through(first.page)
    follow(first.page.locator("form[action$='/finish'] button"))
    second = review(chromium, address, case, "second")
    dismiss_one(second.page, "определено в приложении")
    press_through(second.page)
    follow(second.page.locator("form[action$='/finish'] button"))
    assert second.page.goto(f"{address}{case}/differences").status == 403  # type: ignore[union-attr]

    third = Desk(chromium, address, "third")
    page = third.open(case)
    follow(page.locator("form[action$='/declaration'] button"))
    page = third.open(f"{case}/differences")
    expect(page.locator("section.card h3")).to_have_count(1)
    follow(page.locator("section.card a.button"))
    expect(page.locator(".finding.here")).to_have_count(1)
    page.keyboard.press("c")
    expect(page.locator(".finding[data-verdict=confirmed]")).to_have_count(1)

    page = first.open(f"{case}/conclusion")
    page.check("input[name=with_blanks]")  # nobody filled in the number
    follow(page.locator("form button.main"))
    expect(
        page.locator("a[href*='/conclusion/files/ru.pdf'], a[href*='/conclusion/files/ru.docx']").first
    ).to_be_visible()
    with page.expect_download() as saved:
        page.locator("a[href$='.docx']").first.click()
    assert saved.value.path().read_bytes()[:2] == b"PK"

    approver = Desk(chromium, address, "approver")
    page = approver.open(case)
    follow(page.locator("form:has(input[value=approve]) button"))
    page = desk.open(case)
    follow(page.locator("form:has(input[value=send]) button"))
    developer = Desk(chromium, address, "developer")
    page = developer.open(f"{case}/conclusion")
    expect(page.locator(".doc-table").first).to_be_visible()
    assert developer.page.goto(f"{address}{case}/review").status == 403  # type: ignore[union-attr]
    for each in (desk, first, second, third, approver, developer):
        assert each.errors == []


def review(browser: Browser, address: str, case: str, login: str, *, starts: bool = False) -> Desk:
    """An expert declares, begins where that is theirs to do, and has the review before them."""
    desk = Desk(browser, address, login)
    page = desk.open(case)
    follow(page.locator("form[action$='/declaration'] button"))
    if starts:
        follow(page.locator("form:has(input[value=start]) button"))
    page = desk.open(f"{case}/review?text=both")
    expect(page.locator(".act")).to_have_count(2)
    expect(page.locator("mark").first).to_be_visible()
    return desk


def dismiss_one(page: Page, why: str) -> None:
    """Dismiss the first open finding by keyboard."""
    page.keyboard.press("n")
    page.keyboard.press("d")
    page.keyboard.type(why)
    page.keyboard.press("Tab")
    if page.locator(".finding.here [data-do=dismiss] input[name=in_both]").count():
        page.keyboard.press("Space")  # not in the other text
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".finding[data-verdict=dismissed]")).to_have_count(1)


def test_it_reads_and_decides_without_scripts(office: Office, chromium: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "проект.docx").write_bytes(word_file())
    desk = Desk(chromium, address, "coordinator", scripts=False)
    page = desk.open("/cases/new")
    page.fill("#title", "Правила")
    page.set_input_files("#files", [tmp_path / "проект.docx"])
    follow(page.locator("form button.main").first)
    case = page.url.split("?")[0].removeprefix(address)
    page.select_option("#seat-first", label="First")
    follow(page.locator("#seat-first ~ button"))
    follow(page.locator("form:has(input[value=assign]) button").first)
    expert = Desk(chromium, address, "first", scripts=False)
    page = expert.open(case)
    follow(page.locator("form[action$='/declaration'] button"))
    follow(page.locator("form:has(input[value=start]) button"))
    page = expert.open(f"{case}/review")
    finding = page.locator(".finding").first
    finding.locator("[data-do=confirm]").click()
    expect(page.locator(".finding").first).to_have_attribute("data-verdict", "confirmed")
    page.locator(".finding").first.locator("[data-do=undo]").click()
    expect(page.locator(".finding").first).to_have_attribute("data-verdict", "")
    finding = page.locator(".finding").first
    finding.locator("details[data-do=dismiss] summary").click()
    finding.locator("details[data-do=dismiss] textarea").fill("определено в статье 1")
    finding.locator("details[data-do=dismiss] button").click()
    expect(page.locator(".finding").first).to_have_attribute("data-verdict", "dismissed")
    page.locator(".findings > details:has(#quote) > summary").click()
    page.fill("#quote", "копию   устава")
    page.fill("#new-explanation", "Устав есть у государства.")
    page.fill("#new-risk", "Лишний повод для отказа.")
    page.locator("form[action$='/findings'] button.main").click()
    expect(page.locator(".finding").last).to_contain_text("копию устава")


def test_the_original_page_follows_the_finding(
    office: Office, chromium: Browser, address: str, examiner: Examiner
) -> None:
    lines = RUSSIAN[:4] + tuple(f"{number}. {RUSSIAN[5][3:]}" for number in range(1, 60)) + ("60. " + RUSSIAN[4][3:],)
    coordinator, expert = actor_of(office, "coordinator"), actor_of(office, "first")
    case = register(office, coordinator, "Правила выдачи разрешений")
    keep_file(office, coordinator, case.id, "text", "draft.pdf", [pdf_file(lines)])
    give_seat(office, coordinator, case.id, Seat.FIRST, expert.id)
    advance(office, coordinator, case.id, "assign")
    assert run(office, examiner, Limits(), ask(office, coordinator, case.id).id) == "done"
    declare(office, expert, case.id)
    advance(office, expert, case.id, "start")
    desk = Desk(chromium, address, "first")
    page = desk.open(f"/cases/{case.id}/review?view=page")
    expect(page.locator("[data-sheet]")).to_have_attribute("data-page", "1")
    last = page.locator(".finding").last.get_attribute("data-page")
    assert last is not None and int(last) > 1
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator("[data-sheet]")).to_have_attribute("data-page", last)
    expect(page.locator("svg .here rect").first).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator(".finding[data-verdict=confirmed]")).to_have_count(1)
    assert desk.errors == []


def test_an_administrator_adds_somebody_who_then_chooses_a_password(
    chromium: Browser, address: str, account: Callable[..., str]
) -> None:
    account("root", Role.ADMINISTRATOR)
    desk = Desk(chromium, address, "root")
    page = desk.open("/people")
    page.locator("details.card summary").first.click()
    page.fill("#login", "aliya")
    page.fill("#n-new", "Әлия Серік")
    page.check("details.card input[name=role-expert]")
    page.fill("#password", "short")
    page.locator("form[action='/people'] button").click()
    expect(page.locator("[data-problem]")).to_be_visible()
    assert page.input_value("#login") == "aliya", "what was written stays"
    page.check("details.card input[name=role-expert]")
    page.fill("#password", "уақытша құпиясөз")
    page.locator("form[action='/people'] button").click()
    expect(page.locator("section h2", has_text="Әлия Серік")).to_be_visible()
    page = desk.open("/audit/check")
    expect(page.locator(".message[role=status]")).to_be_visible()
    fresh = chromium.new_context().new_page()
    fresh.goto(address)
    fresh.fill("#login", "aliya")
    fresh.fill("#password", "уақытша құпиясөз")
    fresh.click("main button")
    expect(fresh.locator("#new")).to_be_visible()
    fresh.goto(f"{address}/cases")
    expect(fresh.locator("#new")).to_be_visible()  # nothing else before the password is one's own
    fresh.fill("#old", "уақытша құпиясөз")
    fresh.fill("#new", "өзім ойлап тапқан сөз")
    fresh.click("main button")
    expect(fresh.locator("h1")).to_contain_text("Дела")
    assert desk.errors == []


@pytest.mark.parametrize("width", [420, 1366])
@pytest.mark.parametrize("path", ["/cases", "/cases/new", "/help", "/account", "/account/password"])
def test_no_page_is_wider_than_the_window(chromium: Browser, address: str, path: str, width: int) -> None:
    page = Desk(chromium, address, "coordinator", width=width).open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
