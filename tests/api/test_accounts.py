"""Accounts: passwords, sessions, tokens, tries, form keys; nothing tells whether there is a login."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from api.accounts.passwords import Passwords
from api.app import create_app
from api.service import Reach
from expertise.case.states import CaseError
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Role
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry, EntryText
from expertise.store.people_tables import Attempt, Person, SignedIn, Token
from expertise.work.people import add_person, change_person, close_person, give_password, open_person
from expertise.work.tokens import give_token, revoke_token
from tests.api.conftest import CHEAP, HASH, PASSWORD, Browse, Browser, narrower, told
from tests.work.conftest import Clock

NEW = "другой пароль 22"


@pytest.fixture
def expert(account: Callable[..., str]) -> str:
    return account("expert", Role.EXPERT)


@pytest.fixture
def root(account: Callable[..., str], browse: Browse) -> Browser:
    account("root", Role.ADMINISTRATOR)
    browser = browse("10.9.9.9")
    assert browser.sign_in("root").status_code == 201
    return browser


def test_signing_in_and_out(browse: Browse, expert: str, office: Office) -> None:
    browser = browse()
    assert told(browser.ask("GET", "/account")) == "api.not_signed_in"
    answer = browser.sign_in(" EXPERT ")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert browser.ask("GET", "/account").json()["login"] == "expert"
    secret = browser.client.cookies["saraptama"]
    with office.database.reading() as session:
        assert secret not in str([vars(row) for row in session.scalars(select(SignedIn))])
    assert browser.ask("DELETE", "/session").status_code == 204
    browser.client.cookies.set("saraptama", secret)
    assert browser.ask("GET", "/account").status_code == 401


def test_over_https_the_cookie_is_bound_to_the_host(office: Office, expert: str) -> None:
    browser = Browser(create_app(office, passwords=CHEAP))
    answer = browser.sign_in("expert")
    assert answer.headers["set-cookie"].startswith("__Host-saraptama=") and "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_new_sign_in_has_a_new_secret_and_ends_the_old(browse: Browse, expert: str) -> None:
    browser = browse()
    browser.sign_in("expert")
    first, key = browser.client.cookies["saraptama"], browser.form_key
    browser.sign_in("expert")
    assert browser.client.cookies["saraptama"] != first and browser.form_key != key
    other = browse()
    other.client.cookies.set("saraptama", first)
    assert other.ask("GET", "/account").status_code == 401


def test_a_session_ends_when_idle_and_at_its_end(browse: Browse, expert: str, clock: Clock, office: Office) -> None:
    browser = browse()
    browser.sign_in("expert")
    for _ in range(office.settings.session_hours - 1):
        clock.on(minutes=office.settings.session_idle_minutes - 1)
        assert browser.ask("GET", "/account").status_code == 200
    clock.on(minutes=office.settings.session_idle_minutes)
    assert browser.ask("GET", "/account").status_code == 401
    browser.sign_in("expert")
    for _ in range(office.settings.session_hours * 60 // 50):
        clock.on(minutes=50)
        browser.ask("GET", "/account")
    clock.on(minutes=20)
    assert browser.ask("GET", "/account").status_code == 401


@pytest.mark.parametrize("login", ["expert", "nobody", "closed", "unset", "", "x" * 500])
def test_every_refusal_is_the_same(
    login: str, browse: Browse, expert: str, account: Callable[..., str], office: Office
) -> None:
    close_person(office, OPERATOR, _also(office, account("closed", Role.EXPERT)))
    add_person(office, OPERATOR, "unset", "Без пароля", [Role.EXPERT], "")
    answer = browse().sign_in(login, "неверный пароль")
    assert (answer.status_code, told(answer)) == (401, "api.wrong_password")
    assert login not in answer.text or not login


def _also(office: Office, person_id: str) -> str:
    """Closing needs another administrator to stay."""
    add_person(office, OPERATOR, "root", "Администратор", [Role.ADMINISTRATOR], "")
    return person_id


def test_the_same_work_is_done_whoever_asks() -> None:
    class Counting(Passwords):
        def __init__(self) -> None:
            super().__init__(1, CHEAP._hasher)
            self.verified: list[str] = []
            hasher = self._hasher

            class Told:
                def verify(_, kept: str, password: str) -> bool:  # noqa: N805
                    self.verified.append(kept.rsplit("$", 2)[0])
                    return hasher.verify(kept, password)

            self._hasher = Told()  # type: ignore[assignment]

    passwords = Counting()
    assert passwords.is_right(HASH, PASSWORD) and not passwords.is_right("", PASSWORD)
    assert not passwords.is_right("broken", PASSWORD)
    assert passwords.verified[0] == passwords.verified[1]


def test_so_many_passwords_are_judged_at_once() -> None:
    class Slow:
        """Two meet here, or nobody goes on; how many were here at once at most."""

        def __init__(self) -> None:
            self.meeting, self.lock, self.here, self.most = threading.Barrier(2), threading.Lock(), 0, 0

        def hash(self, password: str) -> str:
            return "hash"

        def verify(self, kept: str, password: str) -> bool:
            with self.lock:
                self.here += 1
                self.most = max(self.most, self.here)
            self.meeting.wait(60)
            with self.lock:
                self.here -= 1
            return True

    slow = Slow()
    passwords = Passwords(2, slow)  # type: ignore[arg-type]
    threads = [threading.Thread(target=passwords.is_right, args=("kept", "word")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slow.most == 2


def test_tries_are_limited_by_login(browse: Browse, expert: str, clock: Clock, office: Office) -> None:
    for n in range(office.settings.sign_in_tries):
        assert browse(f"10.1.0.{n}").sign_in("expert", "неверный").status_code == 401
    answer = browse("10.1.1.1").sign_in("expert")
    assert (answer.status_code, told(answer)) == (429, "expertise.too_many_tries")
    assert answer.headers["retry-after"] == str(office.settings.sign_in_minutes * 60)
    assert browse("10.1.1.1").sign_in("nobody-else", "x").status_code == 401
    clock.on(minutes=office.settings.sign_in_minutes, seconds=1)
    assert browse().sign_in("expert").status_code == 201


def test_tries_are_limited_by_address(office: Office, expert: str) -> None:
    app = create_app(narrower(office, sign_in_address_tries=3), Reach(plain_http=True), passwords=CHEAP)
    for n in range(3):
        assert Browser(app).sign_in(f"nobody{n}", "x").status_code == 401
    assert Browser(app).sign_in("expert").status_code == 429
    assert Browser(app, "10.0.0.2").sign_in("expert").status_code == 201


def test_a_good_sign_in_forgets_the_tries(browse: Browse, expert: str, office: Office) -> None:
    for _ in range(3):
        for _ in range(office.settings.sign_in_tries - 1):
            browse().sign_in("expert", "неверный")
        assert browse().sign_in("expert").status_code == 201
    with office.database.reading() as session:
        left = session.scalar(select(func.count()).select_from(Attempt))
        assert left == 3 * (office.settings.sign_in_tries - 1)  # from the address; no login is written down
        assert "expert" not in str([row.key for row in session.scalars(select(Attempt))])


def test_changing_needs_the_form_key(browse: Browse, expert: str) -> None:
    browser = browse()
    browser.sign_in("expert")
    key = browser.form_key
    for wrong in ("", "x", "ключ".encode(), key[:-1]):
        browser.form_key = ""
        answer = browser.ask("PUT", "/account/language", json={"language": "kk"}, headers={"x-form-key": wrong})
        assert (answer.status_code, told(answer)) == (403, "api.form_key")
    browser.form_key = key
    assert browser.ask("PUT", "/account/language", json={"language": "kk"}).status_code == 204
    assert browser.ask("GET", "/account").json()["language"] == "kk"
    assert browser.ask("GET", "/people").json()["error"]["message"].startswith("Бұл әрекетке")


def test_a_new_password_ends_all_sessions(browse: Browse, expert: str) -> None:
    here, there = browse(), browse("10.0.0.2")
    here.sign_in("expert")
    there.sign_in("expert")
    assert told(here.ask("PUT", "/account/password", json={"old": "x", "new": NEW})) == "api.old_password_wrong"
    answer = here.ask("PUT", "/account/password", json={"old": PASSWORD, "new": NEW})
    here.form_key = answer.json()["form_key"]
    assert here.ask("GET", "/account").status_code == 200
    assert there.ask("GET", "/account").status_code == 401
    assert browse().sign_in("expert").status_code == 401
    assert browse().sign_in("expert", NEW).status_code == 201


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("a" * 11, "api.password_length"),
        ("a" * 201, "api.password_length"),
        ("Expert-Expert", "api.password_is_login"),
        (PASSWORD, "api.password_unchanged"),
    ],
)
def test_what_a_password_must_not_be(password: str, code: str, browse: Browse, account: Callable[..., str]) -> None:
    account("expert-expert", Role.EXPERT)
    browser = browse()
    browser.sign_in("expert-expert")
    answer = browser.ask("PUT", "/account/password", json={"old": PASSWORD, "new": password})
    assert (answer.status_code, told(answer)) == (422, code)


def test_a_made_up_password_must_be_changed_first(browse: Browse, account: Callable[..., str]) -> None:
    account("new", Role.COORDINATOR, must_change=True)
    browser = browse()
    assert browser.sign_in("new").json()["must_change_password"] is True
    assert told(browser.ask("GET", "/people")) == "api.must_change_password"
    browser.form_key = browser.ask("PUT", "/account/password", json={"old": PASSWORD, "new": NEW}).json()["form_key"]
    assert browser.ask("GET", "/people").status_code == 200


def test_administration(root: Browser, browse: Browse, office: Office) -> None:
    made = root.ask(
        "POST", "/people", json={"login": "Anna", "name": " Анна  Б. ", "roles": ["expert"], "password": PASSWORD}
    )
    assert made.status_code == 201
    anna = made.json()
    assert (anna["login"], anna["name"], anna["must_change"]) == ("anna", "Анна Б.", True)
    again = root.ask("POST", "/people", json={"login": "anna", "name": "А", "roles": ["expert"], "password": PASSWORD})
    assert (again.status_code, told(again)) == (409, "expertise.login_taken")
    browser = browse()
    browser.sign_in("anna")
    assert root.ask("PATCH", f"/people/{anna['id']}", json={"roles": ["observer"]}).json()["roles"] == ["observer"]
    assert browser.ask("GET", "/account").json()["roles"] == ["observer"]
    assert root.ask("PATCH", f"/people/{anna['id']}", json={"closed": True}).json()["closed"] is True
    assert browser.ask("GET", "/account").status_code == 401
    assert browse().sign_in("anna").status_code == 401
    assert root.ask("GET", "/people", params={"words": "нна"}).json()["total"] == 1
    assert root.ask("GET", "/people", params={"role": "administrator"}).json()["total"] == 1
    with office.database.reading() as session:
        entries = [entry.action for entry in session.scalars(select(Entry).order_by(Entry.id))]
        texts = "".join(row.before + row.after for row in session.scalars(select(EntryText)))
    assert entries[2:] == ["add_person", "sign_in", "change_person", "change_person", "close_person"]
    assert "argon2" not in texts and PASSWORD not in texts


def test_no_answer_has_a_hash(root: Browser, account: Callable[..., str], office: Office) -> None:
    person = account("anna", Role.EXPERT)
    given = root.ask("POST", "/tokens", json={"person_id": person, "name": "обмен"}).json()
    answers = [
        root.ask("GET", path).text for path in ("/people", f"/people/{person}", "/tokens", "/account", "/session")
    ]
    with office.database.reading() as session:
        kept = [row.password_hash for row in session.scalars(select(Person))]
        kept += [row.secret_hash for row in session.scalars(select(Token))]
        kept += [row.secret_hash for row in session.scalars(select(SignedIn))]
    for words in [*kept, "argon2", "password_hash", "secret_hash", given["secret"]]:
        assert not any(words in answer for answer in answers)


def test_the_last_administrator_stays(root: Browser, office: Office) -> None:
    me = root.ask("GET", "/account").json()["id"]
    for change in ({"closed": True}, {"roles": ["expert"]}):
        answer = root.ask("PATCH", f"/people/{me}", json=change)
        assert (answer.status_code, told(answer)) == (409, "expertise.last_administrator")
    assert root.ask("GET", "/account").json()["roles"] == ["administrator"]


def test_tokens(root: Browser, browse: Browse, account: Callable[..., str], office: Office, clock: Clock) -> None:
    person = account("system", Role.CLIENT)
    given = root.ask("POST", "/tokens", json={"person_id": person, "name": "обмен", "days": 2}).json()
    header = {"authorization": f"Bearer {given['secret']}"}
    client = browse("10.0.0.3")
    assert client.ask("GET", "/account", headers=header).json()["login"] == "system"
    assert client.ask("PUT", "/account/language", json={"language": "kk"}, headers=header).status_code == 204
    assert root.ask("DELETE", f"/tokens/{given['token']['id']}").status_code == 204
    assert client.ask("GET", "/account", headers=header).status_code == 401
    secret, _ = give_token(office, OPERATOR, person, "ещё", 1)
    header = {"authorization": f"Bearer {secret}"}
    assert client.ask("GET", "/account", headers=header).status_code == 200
    clock.on(days=1)
    assert client.ask("GET", "/account", headers=header).status_code == 401
    for days in (0, office.settings.token_days + 1):
        with pytest.raises(CaseError):
            give_token(office, OPERATOR, person, "слишком", days)


def test_a_wrong_token_is_not_helped_by_a_cookie(browse: Browse, expert: str) -> None:
    browser = browse()
    browser.sign_in("expert")
    for header in ("Bearer x", "Bearer", "Basic eDp4", "bearer  "):
        answer = browser.ask("GET", "/account", headers={"authorization": header})
        assert (answer.status_code, told(answer)) == (401, "api.not_signed_in")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_closing_ends_tokens_for_good(office: Office, account: Callable[..., str], browse: Browse) -> None:
    person = _also(office, account("system", Role.CLIENT))
    secret, token = give_token(office, OPERATOR, person, "обмен")
    close_person(office, OPERATOR, person)
    open_person(office, OPERATOR, person)
    answer = browse().ask("GET", "/account", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    assert revoke_token(office, OPERATOR, token.id).revoked_at is not None


def test_use_cases_deny(office: Office, expert: str) -> None:
    actor = Actor(expert, "E", frozenset({Role.EXPERT, Role.COORDINATOR}))
    with pytest.raises(DeniedError):
        add_person(office, actor, "x1", "X", [Role.EXPERT], "")
    with pytest.raises(DeniedError):
        change_person(office, actor, expert, roles=[Role.ADMINISTRATOR])
    with pytest.raises(DeniedError):
        give_password(office, actor, expert, "")
    with pytest.raises(DeniedError):
        close_person(office, actor, expert)
    with pytest.raises(DeniedError):
        give_token(office, actor, expert, "x")


@pytest.mark.parametrize("login", ["", "a", "Ы", "a b", "-a", "a" * 101, "a\n"])
def test_what_is_no_login(login: str, office: Office) -> None:
    if login == "a\n":
        login = "a\nb"
    with pytest.raises(CaseError) as caught:
        add_person(office, OPERATOR, login, "Имя", [Role.EXPERT], "")
    assert caught.value.code == "expertise.bad_login"


def test_an_older_hash_is_renewed(office: Office, browse: Browse) -> None:
    from argon2 import PasswordHasher

    old = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    person = add_person(office, OPERATOR, "anna", "Анна", [Role.EXPERT], old, must_change=False)
    assert browse().sign_in("anna").status_code == 201
    with office.database.reading() as session:
        row = session.get(Person, person.id)
        assert row is not None and row.password_hash != old and CHEAP.is_right(row.password_hash, PASSWORD)


def test_the_default_is_argon2id_with_much_memory() -> None:
    kept = Passwords(1).hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_route_that_demands_nothing_is_not_served(office: Office) -> None:
    from fastapi import APIRouter

    careless = APIRouter()

    @careless.get("/careless")
    def page() -> str:
        return "x"

    with pytest.raises(ValueError, match="careless"):
        create_app(office, passwords=CHEAP, routers=[careless])
