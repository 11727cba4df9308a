"""Signing in by an OpenID provider: what is right comes in, everything else is told and stays out."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from httpx import Response
from sqlalchemy import func, select

from api.accounts.openid_settings import OpenId, SignIn
from api.service import Reach
from api.serving import create_service
from expertise import audit
from expertise.case.states import CaseError
from expertise.messages import say
from expertise.office import Office
from expertise.people import OPERATOR, Actor, Role
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry
from expertise.store.people_tables import Begun, Person, SignedIn
from expertise.work.identities import link
from expertise.work.people import close_person
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, PASSWORD, Browser, narrower
from tests.api.issuer import CLIENT, SECRET, Issuer, answering
from tests.work.conftest import Clock

BACK = "/sign-in/openid/back"


@pytest.fixture
def issuer(clock: Clock) -> Iterator[Issuer]:
    made = Issuer(clock)
    with answering(made):
        yield made


@pytest.fixture
def ways(issuer: Issuer) -> SignIn:
    return SignIn(OpenId(issuer.url, CLIENT, SECRET, "http://testserver"))


Serve = Callable[..., Browser]


@pytest.fixture
def serve(office: Office, examiner: Examiner, ways: SignIn) -> Serve:
    """``serve(ways, office)`` → a browser before a service with these ways to sign in."""

    def make(sign_in: SignIn = ways, of: Office = office) -> Browser:
        return Browser(create_service(of, examiner.pack, Reach(True, sign_in=sign_in), passwords=CHEAP))

    return make


@pytest.fixture
def anna(account: Callable[..., str], office: Office, issuer: Issuer) -> str:
    """An expert whom the provider knows; the first password was never used."""
    person = account("anna", Role.EXPERT, must_change=True)
    link(office, OPERATOR, person, issuer.url, issuer.subject)
    return person


def get(browser: Browser, path: str, **query: str) -> Response:
    answer: Response = browser.client.get(path, params=query, follow_redirects=False)
    return answer


def sign_in(browser: Browser, issuer: Issuer, way: str = "/account") -> Response:
    """There and back."""
    there = get(browser, "/sign-in/openid", next=way)
    assert there.status_code == 303, there.text
    return get(browser, BACK, **issuer.authorize(there.headers["location"]))


def refused(answer: Response, code: str, status: int = 401, **params: object) -> None:
    """Told on the page of signing in; no session began."""
    assert answer.status_code == status
    assert say(code, "ru", params) in answer.text and "Traceback" not in answer.text
    assert not any(name == "saraptama" for name, _ in cookies(answer))


def cookies(answer: Response) -> list[tuple[str, str]]:
    """Cookies the answer sets, without those it takes back."""
    given = [one.partition("=")[::2] for one in answer.headers.get_list("set-cookie")]
    return [(name, words) for name, words in given if not words.startswith('""')]


def sessions(office: Office) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(SignedIn)) or 0


def test_there_and_back(serve: Serve, issuer: Issuer, anna: str, office: Office) -> None:
    browser = serve()
    assert 'href="/sign-in/openid?next=%2Fcases"' in get(browser, "/sign-in").text
    answer = sign_in(browser, issuer, "/account?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?x=1")
    assert "anna" in get(browser, "/account").text, "the first password is nothing to whoever signs in elsewhere"
    pair = f"{CLIENT}:{quote(SECRET, safe='')}".encode()
    assert issuer.authorization == "Basic " + base64.b64encode(pair).decode()
    with office.database.reading() as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None and (entry.action, entry.by) == ("sign_in", anna)
        assert list(audit.verify(session)) == []
        assert session.scalar(select(func.count()).select_from(Begun)) == 0
    assert get(browser, "/sign-in/openid", next="/cases").headers["location"] == "/cases", "signed in already"


def test_what_a_browser_and_the_tables_keep(serve: Serve, issuer: Issuer, office: Office) -> None:
    browser = serve()
    there = get(browser, "/sign-in/openid", next="//evil.example")
    ((name, words),) = cookies(there)
    assert name == "saraptama-openid" and "HttpOnly" in words and "SameSite=lax" in words
    state = issuer.authorize(there.headers["location"])["state"]
    with office.database.reading() as session:
        row = session.scalars(select(Begun)).one()
        assert state not in str(vars(row)) and words.split(";")[0] not in str(vars(row))
        assert row.way == "/cases"


def test_the_secret_goes_into_the_form_where_the_provider_wants_it(serve: Serve, issuer: Issuer, anna: str) -> None:
    issuer.publish = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert sign_in(serve(), issuer).status_code == 303 and issuer.authorization == SECRET


def test_a_public_client_has_no_secret(serve: Serve, issuer: Issuer, anna: str) -> None:
    openid = OpenId(issuer.url, CLIENT, "", "http://testserver")
    assert sign_in(serve(SignIn(openid)), issuer).status_code == 303 and issuer.authorization == ""


LIES: dict[str, dict[str, Any]] = {
    "nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "nonce of another kind": {"nonce": ["x"]},
    "audience": {"aud": "somebody"},
    "audiences": {"aud": ["somebody", "else"]},
    "two audiences and no party": {"aud": [CLIENT, "somebody"]},
    "another party": {"azp": "somebody"},
    "no audience": {"aud": None},
    "issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "ended": {"exp": 1_000_000_000},
    "no end": {"exp": None},
    "end of another kind": {"exp": "soon"},
    "from the future": {"iat": 4_000_000_000},
    "not yet": {"nbf": 4_000_000_000},
    "no subject": {"sub": None},
    "empty subject": {"sub": " "},
    "subject of another kind": {"sub": 7},
    "long subject": {"sub": "x" * 256},
}


@pytest.mark.parametrize("claims", LIES.values(), ids=LIES.keys())
def test_a_token_that_says_something_else(
    claims: dict[str, Any], serve: Serve, issuer: Issuer, anna: str, office: Office
) -> None:
    issuer.claims = claims
    refused(sign_in(serve(), issuer), "api.openid_refused")
    assert sessions(office) == 0


def test_just_ended_and_one_second_before(serve: Serve, issuer: Issuer, anna: str, clock: Clock) -> None:
    now = int(clock().timestamp())
    issuer.claims = {"exp": now - 60}
    refused(sign_in(serve(), issuer), "api.openid_refused")
    issuer.claims = {"exp": now - 59}  # clocks differ by up to a minute
    assert sign_in(serve(), issuer).status_code == 303


@pytest.mark.parametrize("lie", ["none", "public key", "another key", "unknown key", "unsigned", "words", "nothing"])
def test_a_token_that_the_provider_did_not_sign(lie: str, serve: Serve, issuer: Issuer, anna: str) -> None:
    right = issuer.key
    if lie == "none":
        issuer.sign = issuer.unsigned
    elif lie == "public key":
        issuer.sign = issuer.with_public_key
    elif lie == "another key":
        issuer.rotate()
        issuer.published, issuer.header = [right], {"kid": right.kid}
    elif lie == "unknown key":
        issuer.rotate()
        issuer.published = [right]
    elif lie == "unsigned":
        issuer.sign = lambda claims: issuer._signed(claims).rpartition(".")[0] + "."
    else:
        issuer.sign = lambda _: "a.b.c" if lie == "words" else ""
    refused(sign_in(serve(), issuer), "api.openid_refused")


def test_new_keys_are_asked_for_but_not_again_and_again(serve: Serve, issuer: Issuer, anna: str, clock: Clock) -> None:
    browser = serve()
    assert sign_in(browser, issuer).status_code == 303
    browser.client.cookies.clear()
    issuer.header = {"kid": "unheard of"}
    for _ in range(3):
        refused(sign_in(browser, issuer), "api.openid_refused")
    assert issuer.asked.count("/keys") == 1
    issuer.header = {}
    issuer.rotate()
    clock.on(minutes=2)
    assert sign_in(browser, issuer).status_code == 303 and issuer.asked.count("/keys") == 2
    assert issuer.asked.count("/.well-known/openid-configuration") == 1


def test_a_state_is_good_once(serve: Serve, issuer: Issuer, anna: str) -> None:
    browser = serve()
    answer = issuer.authorize(get(browser, "/sign-in/openid").headers["location"])
    cookie = browser.client.cookies["saraptama-openid"]
    assert get(browser, BACK, **answer).status_code == 303
    browser.client.cookies.clear()
    browser.client.cookies.set("saraptama-openid", cookie)
    refused(get(browser, BACK, **answer), "api.openid_again")


def test_a_state_of_another_browser(serve: Serve, issuer: Issuer, anna: str) -> None:
    one, other = serve(), serve()
    answer = issuer.authorize(get(one, "/sign-in/openid").headers["location"])
    refused(get(other, BACK, **answer), "api.openid_again")
    get(other, "/sign-in/openid")
    refused(get(other, BACK, **answer), "api.openid_again")


@pytest.mark.parametrize("answer", [{}, {"state": "x"}, {"state": "x" * 9000, "code": "y"}, {"code": "y"}])
def test_an_answer_nobody_waits_for(answer: dict[str, str], serve: Serve, issuer: Issuer) -> None:
    refused(get(serve(), BACK, **answer), "api.openid_again")
    assert issuer.asked == []


def test_a_sign_in_that_took_too_long(serve: Serve, issuer: Issuer, anna: str, clock: Clock, office: Office) -> None:
    browser = serve()
    last = office.settings.openid_minutes * 60
    for seconds, status in ((last - 1, 303), (last, 401)):
        browser.client.cookies.clear()
        answer = issuer.authorize(get(browser, "/sign-in/openid").headers["location"])
        clock.on(seconds=seconds)
        assert get(browser, BACK, **answer).status_code == status


def test_the_provider_says_no(serve: Serve, issuer: Issuer, anna: str) -> None:
    browser = serve()
    for more, code in (
        ({"error": "access_denied", "code": ""}, "api.openid_denied"),
        ({"code": "x" * 5000}, "api.openid_denied"),
        ({"iss": "https://evil.example"}, "api.openid_refused"),
    ):
        answer = issuer.authorize(get(browser, "/sign-in/openid").headers["location"])
        refused(get(browser, BACK, **(answer | more)), code)


PUBLISHED: dict[str, dict[str, Any]] = {
    "foreign issuer": {"issuer": "https://evil.example"},
    "keys elsewhere": {"jwks_uri": "http://127.0.0.1:9/keys"},
    "token elsewhere": {"token_endpoint": "https://evil.example/token"},
    "file": {"jwks_uri": "file:///etc/passwd"},
    "no address": {"token_endpoint": 7},
    "lines": {"authorization_endpoint": "{url}/a\r\nSet-Cookie: x=1"},
    "broken": {"authorization_endpoint": "http://[::1"},
}


@pytest.mark.parametrize("told", PUBLISHED.values(), ids=PUBLISHED.keys())
def test_a_provider_that_publishes_what_is_not_its_own(told: dict[str, Any], serve: Serve, issuer: Issuer) -> None:
    issuer.publish = {name: value.replace("{url}", issuer.url) if isinstance(value, str) else value
                      for name, value in told.items()}  # fmt: skip
    refused(get(serve(), "/sign-in/openid"), "api.openid_refused")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000])
def test_an_answer_that_is_none(content: bytes, serve: Serve, issuer: Issuer, anna: str) -> None:
    issuer.content["/token"] = content
    refused(sign_in(serve(), issuer), "api.openid_refused")
    issuer.content = {"/keys": content}
    refused(sign_in(serve(), issuer), "api.openid_refused")


@pytest.mark.parametrize("status", [302, 400, 500])
def test_a_redirect_is_not_followed(status: int, serve: Serve, issuer: Issuer) -> None:
    issuer.status = status
    refused(get(serve(), "/sign-in/openid"), "api.openid_refused")
    assert issuer.asked == ["/.well-known/openid-configuration"]


def test_an_answer_at_its_bound_and_one_over(serve: Serve, issuer: Issuer, anna: str, office: Office) -> None:
    issuer.content["/.well-known/openid-configuration"] = content = str(issuer.metadata()).replace("'", '"').encode()
    of = narrower(office, openid_bytes=len(content))
    assert get(serve(of=of), "/sign-in/openid").status_code == 303
    refused(get(serve(of=narrower(of, openid_bytes=len(content) - 1)), "/sign-in/openid"), "api.openid_silent", 503)


def test_a_provider_that_begins_and_does_not_end(serve: Serve, issuer: Issuer, office: Office) -> None:
    issuer.slow = True
    browser = serve(of=narrower(office, openid_seconds=1))
    refused(get(browser, "/sign-in/openid"), "api.openid_silent", 503)
    issuer.hold.set()
    issuer.slow = False
    assert get(browser, "/sign-in/openid").status_code == 303, "the next one comes in"


def test_nobody_is_there(serve: Serve) -> None:
    ways = SignIn(OpenId("http://127.0.0.1:9", CLIENT, SECRET, "http://testserver"))
    refused(get(serve(ways), "/sign-in/openid"), "api.openid_silent", 503)


def test_tries_are_counted_by_address(serve: Serve, issuer: Issuer, office: Office) -> None:
    browser = serve(of=narrower(office, sign_in_address_tries=2))
    for status in (303, 303, 429):
        assert get(browser, "/sign-in/openid").status_code == status


def test_whom_no_account_has_stays_out_and_learns_the_number(serve: Serve, issuer: Issuer, office: Office) -> None:
    issuer.subject = "<b>"
    answer = sign_in(serve(), issuer)
    assert answer.status_code == 403 and "&lt;b&gt;" in answer.text and "<b>" not in answer.text
    assert sessions(office) == 0
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_the_same_number_at_another_issuer_is_somebody_else(
    serve: Serve, issuer: Issuer, office: Office, account: Callable[..., str]
) -> None:
    link(office, OPERATOR, account("anna", Role.EXPERT), "https://another.example", issuer.subject)
    refused(sign_in(serve(), issuer), "expertise.identity_unknown", 403, subject=issuer.subject)


def test_a_closed_account_stays_out(
    serve: Serve, issuer: Issuer, anna: str, office: Office, account: Callable[..., str]
) -> None:
    account("root", Role.ADMINISTRATOR)
    close_person(office, OPERATOR, anna)
    refused(sign_in(serve(), issuer), "expertise.account_closed", 403)
    assert sessions(office) == 0


def test_accounts_made_at_the_first_sign_in_have_no_role(
    serve: Serve, issuer: Issuer, ways: SignIn, office: Office, account: Callable[..., str]
) -> None:
    assert ways.openid is not None
    creating = SignIn(replace(ways.openid, creates=True))
    for _ in range(2):
        refused(sign_in(serve(creating), issuer), "expertise.account_without_roles", 403)
    account("taken", Role.EXPERT)
    for subject, name, login, stays in (
        ("2", "Б" * 900, "TAKEN", False),
        ("3", None, "не логин", False),
        ("4", "\x00", None, False),
        ("5", 5, "ivan", True),
    ):
        issuer.subject, issuer.claims = subject, {"name": name, "preferred_username": login}
        refused(sign_in(serve(creating), issuer), "expertise.account_without_roles", 403)
        with office.database.reading() as session:
            made = session.scalars(select(Person).where(Person.subject == subject)).one()
            assert made.roles == [] and made.name and made.password_hash == ""
            assert (made.login == login) == stays and (stays or made.login.startswith("openid-"))
    with office.database.reading() as session:
        first = session.scalars(select(Person).where(Person.subject == "8f2c-anna")).one()
        assert (first.login, first.name) == ("anna", "Анна Ахметова")
        assert session.scalar(select(func.count()).select_from(Entry).where(Entry.by == "machine")) == 5
    assert sessions(office) == 0


def test_linking(office: Office, account: Callable[..., str], issuer: Issuer, clock: Clock) -> None:
    one, other = account("one", Role.EXPERT), account("other", Role.EXPERT)
    link(office, OPERATOR, one, issuer.url, " 7 ")
    for number, code in (("7", "expertise.identity_taken"), ("x" * 256, "expertise.bad_identity"),
                         ("номер", "expertise.bad_identity"), ("a\nb", "expertise.bad_identity")):  # fmt: skip
        with pytest.raises(CaseError) as caught:
            link(office, OPERATOR, other, issuer.url, number)
        assert caught.value.code == code
    link(office, OPERATOR, one, issuer.url, "")
    link(office, OPERATOR, other, issuer.url, "x" * 255)
    link(office, OPERATOR, one, issuer.url, "7")
    with pytest.raises(DeniedError):
        link(office, Actor(one, "Один", frozenset({Role.COORDINATOR})), one, issuer.url, "8")


def test_an_administrator_links_by_page_and_by_rest(
    serve: Serve, issuer: Issuer, account: Callable[..., str], office: Office
) -> None:
    account("root", Role.ADMINISTRATOR)
    person = account("anna", Role.EXPERT)
    browser = serve()
    browser.sign_in("root")
    form = {"form_key": browser.form_key, "subject": "from-the-page"}
    assert browser.client.post(f"/people/{person}/identity", data=form, follow_redirects=False).status_code == 303
    assert "from-the-page" in get(browser, "/people").text
    assert browser.ask("PUT", f"/people/{person}/identity", json={"subject": issuer.subject}).status_code == 204
    assert browser.ask("GET", f"/people/{person}").json()["subject"] == issuer.subject
    assert sign_in(serve(), issuer).status_code == 303


def test_without_a_provider_there_is_nothing_to_see(serve: Serve, account: Callable[..., str]) -> None:
    browser = serve(SignIn())
    assert "openid" not in get(browser, "/sign-in").text
    assert get(browser, BACK, state="x", code="y").status_code == 404
    assert get(browser, "/sign-in/openid").status_code == 404
    person = account("root", Role.ADMINISTRATOR)
    browser.sign_in("root")
    assert "identity" not in get(browser, "/people").text
    assert browser.ask("PUT", f"/people/{person}/identity", json={"subject": "x"}).status_code == 404


def test_passwords_switched_off_but_for_the_emergency(
    serve: Serve, ways: SignIn, account: Callable[..., str], office: Office
) -> None:
    account("root", Role.ADMINISTRATOR)
    account("admin2", Role.ADMINISTRATOR)
    account("anna", Role.EXPERT)
    off = replace(ways, passwords=False, emergency="root")
    for login in ("admin2", "anna", "nobody"):
        answer = serve(off).sign_in(login)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "api.passwords_off")
    browser = serve(off)
    assert browser.sign_in("root", "неверный пароль").json()["error"]["code"] == "api.passwords_off"
    assert browser.sign_in(" ROOT ").status_code == 201
    added = browser.ask("POST", "/people", json={"login": "boris", "name": "Борис", "roles": ["expert"]})
    assert added.status_code == 201 and not added.json()["must_change"]
    page = get(serve(off), "/sign-in").text
    assert "<details>" in page and 'name="password"' in page
    assert 'name="password"' not in get(serve(replace(off, emergency="")), "/sign-in").text
    assert serve(replace(off, emergency="anna")).sign_in("anna").status_code == 401, "no administrator"


def test_with_passwords_a_first_one_is_asked_for(serve: Serve, account: Callable[..., str]) -> None:
    account("root", Role.ADMINISTRATOR)
    browser = serve()
    browser.sign_in("root")
    answer = browser.ask("POST", "/people", json={"login": "boris", "name": "Борис", "roles": ["expert"]})
    assert answer.json()["error"]["code"] == "api.password_length"


def test_whoever_has_no_password_cannot_change_one(serve: Serve, ways: SignIn, issuer: Issuer, anna: str) -> None:
    browser = serve(replace(ways, passwords=False))
    assert sign_in(browser, issuer).status_code == 303
    assert "/account/password" not in get(browser, "/account").text
    browser.form_key = browser.ask("GET", "/session").json()["form_key"]
    answer = browser.ask("PUT", "/account/password", json={"old": PASSWORD, "new": "другой пароль 22"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "api.passwords_off")


RIGHT = {"SARAPTAMA_OPENID_ISSUER": "https://id.example/realms/x", "SARAPTAMA_OPENID_CLIENT": "c",
         "SARAPTAMA_OPENID_SECRET": "s", "SARAPTAMA_ADDRESS": "https://expertise.example/"}  # fmt: skip


def test_settings() -> None:
    assert Reach.from_environment({}).sign_in == SignIn()
    made = Reach.from_environment(RIGHT | {"SARAPTAMA_PASSWORDS": "0", "SARAPTAMA_EMERGENCY_LOGIN": "Root"}).sign_in
    assert made.openid is not None and made.openid.back == "https://expertise.example/sign-in/openid/back"
    assert not made.passwords and made.emergency == "root" and not made.openid.creates
    assert "secret" not in repr(made.openid)
    here = RIGHT | {"SARAPTAMA_OPENID_ISSUER": "http://127.0.0.1:9", "SARAPTAMA_OPENID_PLAIN_HTTP": "1"}
    assert Reach.from_environment(here).sign_in.openid is not None


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SARAPTAMA_OPENID_ISSUER": "http://id.example"}, "SARAPTAMA_OPENID_ISSUER"),
        ({"SARAPTAMA_OPENID_ISSUER": "http://id.example", "SARAPTAMA_OPENID_PLAIN_HTTP": "1"}, "OPENID_ISSUER"),
        ({"SARAPTAMA_OPENID_ISSUER": "http://127.0.0.1:9"}, "SARAPTAMA_OPENID_ISSUER"),
        ({"SARAPTAMA_OPENID_ISSUER": "https://u:p@id.example"}, "SARAPTAMA_OPENID_ISSUER"),
        ({"SARAPTAMA_OPENID_ISSUER": "https://id.example?x"}, "SARAPTAMA_OPENID_ISSUER"),
        ({"SARAPTAMA_OPENID_ISSUER": "https://[x"}, "SARAPTAMA_OPENID_ISSUER"),
        ({"SARAPTAMA_OPENID_CLIENT": ""}, "SARAPTAMA_OPENID_CLIENT"),
        ({"SARAPTAMA_ADDRESS": ""}, "SARAPTAMA_ADDRESS"),
        ({"SARAPTAMA_ADDRESS": "http://expertise.example"}, "SARAPTAMA_ADDRESS"),
        ({"SARAPTAMA_ADDRESS": "https://expertise.example/x"}, "SARAPTAMA_ADDRESS"),
        ({"SARAPTAMA_OPENID_CREATE": "yes"}, "SARAPTAMA_OPENID_CREATE"),
        ({"SARAPTAMA_OPENID_ISSUER": "", "SARAPTAMA_PASSWORDS": "0"}, "SARAPTAMA_PASSWORDS"),
    ],
)
def test_settings_that_make_no_sense(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Reach.from_environment(RIGHT | wrong)
