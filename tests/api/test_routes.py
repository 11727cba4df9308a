"""Every route × everybody: what is not said to be permitted is denied, and a denied request leaves no trace.

A new route without a row here fails. Rows say who passes the door of a route; ``INNER`` says of routes that judge
further (by seat, by transition) who gets through with a request that is right in itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from api.app import served
from expertise import audit
from expertise.office import Office
from expertise.people import ANONYMOUS, Actor, Role, Seat
from expertise.policy import table
from expertise.store.case_tables import Case
from expertise.work.registering import register
from expertise.work.seats import declare, give_seat
from tests.api.conftest import Browse
from tests.work.conftest import Hire, Staff

EXPERTS, DEVELOPERS = {"first", "second", "third"}, {"developer", "other_developer"}
COORDINATORS = {"coordinator", "other_coordinator"}
ADMIN = {"administrator"}
CHECKS = COORDINATORS | DEVELOPERS | {"client"}
LISTS = EXPERTS | DEVELOPERS | COORDINATORS | {"approver", "observer", "client"}
EVERYBODY = LISTS | ADMIN | {"methodologist"}
SEATED = {"first", "second"}
SEE = SEATED | {"coordinator", "developer", "observer"}
FINDINGS = SEATED | {"coordinator"}
COUNTS = COORDINATORS | {"observer"}
ALL = EVERYBODY | {"anonymous", "nobody"}

C = "/api/v1/cases/{case_id}"
DOORS: dict[str, set[str]] = {
    "GET /healthz": ALL,
    "GET /readyz": ALL,
    "GET /metrics": ALL,
    "POST /api/v1/session": ALL,
    "GET /api/v1/session": EVERYBODY,
    "DELETE /api/v1/session": EVERYBODY,
    "GET /api/v1/account": EVERYBODY,
    "PUT /api/v1/account/password": EVERYBODY,
    "PUT /api/v1/account/language": EVERYBODY,
    "GET /api/v1/cases": LISTS,
    "POST /api/v1/cases": COORDINATORS | {"client"},
    f"GET {C}": SEE,
    f"PATCH {C}": {"coordinator", "first"},
    f"POST {C}/transitions": SEE,
    f"GET {C}/history": {"coordinator"},
    f"GET {C}/files": SEE,
    f"POST {C}/files": {"coordinator"},
    f"GET {C}/files/{{file_id}}": SEE,
    f"DELETE {C}/files/{{file_id}}": {"coordinator"},
    f"POST {C}/analyses": {"coordinator"},
    f"GET {C}/analyses": SEE,
    f"GET {C}/analyses/{{analysis_id}}": SEE,
    f"GET {C}/analyses/{{analysis_id}}/result": FINDINGS,
    f"GET {C}/originals/{{language}}/{{page}}": SEE,
    f"GET {C}/originals/{{language}}/{{page}}/picture": SEE,
    f"GET {C}/seats": SEE,
    f"PUT {C}/seats/{{seat}}": {"coordinator"},
    f"POST {C}/declaration": SEATED,
    f"GET {C}/findings": FINDINGS,
    f"POST {C}/findings": FINDINGS,
    f"PUT {C}/findings/{{finding_id}}/decision": FINDINGS,
    f"DELETE {C}/findings/{{finding_id}}/decision": FINDINGS,
    f"GET {C}/chapters": FINDINGS,
    f"PUT {C}/chapters": SEATED,
    f"POST {C}/finish": FINDINGS,
    f"GET {C}/conclusion/draft": {"first", "coordinator"},
    f"GET {C}/conclusion/draft.docx": {"first", "coordinator"},
    f"POST {C}/conclusion": {"first"},
    f"GET {C}/conclusions": FINDINGS,
    f"GET {C}/conclusion": FINDINGS,
    f"GET {C}/conclusion/files/{{name}}": FINDINGS,
    f"POST {C}/conclusion/files/{{name}}/signatures": set(),
    f"GET {C}/papers/{{name}}": SEE,
    f"GET {C}/risks": FINDINGS,
    f"PUT {C}/risks/{{number}}": set(),
    f"PUT {C}/plan/{{number}}": set(),
    "GET /api/v1/risks": COORDINATORS | {"observer"},
    "GET /api/v1/risks/files/{name}": COORDINATORS | {"observer"},
    f"GET {C}/differences": {"coordinator"},
    f"GET {C}/answers": SEE - {"observer"},
    f"GET {C}/answers/form.docx": SEE - {"observer"},
    f"PUT {C}/answers/draft/{{number}}": set(),
    f"POST {C}/answers/draft/file": set(),
    f"POST {C}/answers/submissions": set(),
    f"GET {C}/answers/sheets/{{sheet_id}}/files/{{number}}": SEE - {"observer"},
    f"POST {C}/answers/submissions/{{sheet_id}}/comments": set(),
    f"GET {C}/adoption": {"first", "coordinator"},
    f"POST {C}/adoption/rest": set(),
    f"PUT {C}/adoption/{{number}}/decision": set(),
    f"DELETE {C}/adoption/{{number}}/decision": set(),
    f"POST {C}/adoption/{{number}}/comments": set(),
    f"POST {C}/later-texts": set(),
    f"GET {C}/later-texts/{{text_id}}": {"first", "coordinator"},
    f"DELETE {C}/later-texts/{{text_id}}": set(),
    f"POST {C}/later-texts/{{text_id}}/comparisons": set(),
    f"GET {C}/later-texts/{{text_id}}/redline": {"first", "coordinator"},
    "GET /api/v1/indicators": COUNTS,
    "GET /api/v1/certificates": COUNTS,
    "POST /api/v1/certificates": COORDINATORS,
    "GET /api/v1/certificates/{certificate_id}": COUNTS,
    "GET /api/v1/certificates/{certificate_id}/files/{name}": COUNTS,
    "GET /api/v1/open-data/passport": ALL,
    "GET /api/v1/open-data/indicators": ALL,
    "GET /api/v1/open-data/indicators.csv": ALL,
    f"GET {C}/preliminary/{{name}}": SEATED | {"coordinator", "developer"},
    "GET /api/v1/checks": CHECKS,
    "POST /api/v1/checks": CHECKS,
    "GET /api/v1/checks/{check_id}": CHECKS,
    "GET /api/v1/checks/{check_id}/files/{name}": CHECKS,
    "POST /api/v1/checks/{check_id}/case": CHECKS,
    "DELETE /api/v1/checks/{check_id}": CHECKS,
    "GET /api/v1/pack": {"methodologist"},
    "GET /api/v1/pack/changes": {"methodologist"},
    "POST /api/v1/pack/changes": {"methodologist"},
    "POST /api/v1/pack/previews": {"methodologist"},
    "GET /api/v1/pack/previews/{preview_id}": {"methodologist"},
    "GET /api/v1/similar": COORDINATORS,
    "GET /api/v1/similar/wordings": COORDINATORS,
    f"GET {C}/similar": {"coordinator"},
    f"PUT {C}/similar/base": set(),
    f"POST {C}/similar/proposals": {"coordinator"},
    f"GET {C}/proposals": {"first"},
    "GET /api/v1/people": ADMIN | COORDINATORS,
    "POST /api/v1/people": ADMIN,
    "GET /api/v1/people/{person_id}": ADMIN | COORDINATORS,
    "PATCH /api/v1/people/{person_id}": ADMIN,
    "PUT /api/v1/people/{person_id}/password": ADMIN,
    "PUT /api/v1/people/{person_id}/identity": ADMIN,
    "GET /api/v1/tokens": ADMIN,
    "POST /api/v1/tokens": ADMIN,
    "DELETE /api/v1/tokens/{token_id}": ADMIN,
    "GET /api/v1/audit": ADMIN,
    "GET /api/v1/audit/verification": ADMIN,
    "GET /api/v1/hooks": ADMIN,
    "POST /api/v1/hooks": ADMIN,
    "DELETE /api/v1/hooks/{hook_id}": ADMIN,
}
SAID = {"factor": "broad_discretion", "severity": "high", "explanation": "о", "risk": "р"}
INNER: list[tuple[str, str, object, set[str]]] = [
    ("GET", f"{C}/findings", None, SEATED),
    ("GET", f"{C}/findings?seat=first", None, {"first"}),
    ("GET", f"{C}/findings?seat=second", None, {"second"}),
    ("GET", f"{C}/findings?seat=adjudicator", None, {"first", "coordinator"}),
    ("GET", f"{C}/chapters?seat=first", None, {"first"}),
    ("GET", f"{C}/chapters?seat=second", None, {"second"}),
    ("POST", f"{C}/findings", {"language": "ru", "said": SAID}, SEATED),
    ("POST", f"{C}/findings", {"language": "ru", "said": SAID, "seat": "first"}, {"first"}),
    ("PUT", f"{C}/findings/x/decision", {"verdict": "confirmed"}, SEATED),
    ("PUT", f"{C}/findings/x/decision", {"verdict": "confirmed", "seat": "second"}, {"second"}),
    ("PUT", f"{C}/findings/x/decision", {"verdict": "confirmed", "seat": "adjudicator"}, set()),
    ("DELETE", f"{C}/findings/x/decision", None, SEATED),
    ("PUT", f"{C}/chapters", {"key": "1", "seat": "second"}, {"second"}),
    ("POST", f"{C}/finish", {"seat": "first"}, {"first"}),
    ("POST", f"{C}/transitions", {"transition": "approve"}, set()),
    ("POST", f"{C}/transitions", {"transition": "send"}, {"coordinator"}),
    ("POST", f"{C}/transitions", {"transition": "conclude"}, {"first"}),
    ("POST", f"{C}/transitions", {"transition": "withdraw"}, {"coordinator", "developer"}),
    ("POST", f"{C}/transitions", {"transition": "return"}, {"coordinator"}),
    ("POST", f"{C}/transitions", {"transition": "assign"}, {"coordinator"}),
]
DENIED = {"api.not_signed_in", "expertise.denied", "expertise.no_case", "expertise.no_seat"}
PUBLIC = {path for path in DOORS if DOORS[path] == ALL}

Keys = Callable[[Actor], dict[str, str]]


class Scene:
    """A case in review with two blind experts, and everybody who might come."""

    def __init__(self, office: Office, staff: Staff, hire: Hire, case: Case, keys: Keys) -> None:
        give_seat(office, staff.coordinator, case.id, Seat.SECOND, staff.second.id)
        declare(office, staff.second, case.id)
        people: dict[str, Actor] = dict(vars(staff))
        people["other_coordinator"] = hire("other_coordinator", Role.COORDINATOR)
        people["other_developer"] = hire("other_developer", Role.DEVELOPER)
        people["methodologist"] = hire("methodologist", Role.METHODOLOGIST)
        people["client"] = hire("client", Role.CLIENT)
        people["nobody"] = hire("nobody")
        self.case = case
        self.headers = {name: keys(actor) for name, actor in people.items()}
        self.headers["anonymous"] = {}
        assert set(self.headers) == ALL
        register(office, people["other_coordinator"], "Чужое дело")

    def path(self, template: str) -> str:
        """The template with the case, and with ids of things that are not there."""
        seat = "second" if template.endswith("{seat}") else ""
        filled = (
            template.replace("{case_id}", self.case.id)
            .replace("{seat}", seat)
            .replace("{name}", "ru.pdf")
            .replace("{number}", "1")
            .replace("{page}", "1")
            .replace("{language}", "ru")
            .replace("{factor}", "vague_wording")
            .replace("{rule}", "vague_wording.ru.x")
        )
        for thing in (
            "file",
            "analysis",
            "person",
            "token",
            "hook",
            "finding",
            "sheet",
            "text",
            "check",
            "preview",
            "certificate",
        ):
            filled = filled.replace(f"{{{thing}_id}}", "0" * 32)
        return filled


@pytest.fixture
def scene(office: Office, staff: Staff, hire: Hire, in_review: Case, keys: Keys) -> Scene:
    return Scene(office, staff, hire, in_review, keys)


def head(office: Office) -> str:
    with office.database.reading() as session:
        return audit.head(session)


def test_every_route_has_its_row(app: FastAPI) -> None:
    routes = {f"{route.method} {route.path}" for route in served(app)}
    assert routes == set(DOORS)
    assert {route.action for route in served(app)} - {""} <= set(table())


def test_only_these_are_open_to_everybody(app: FastAPI) -> None:
    assert {f"{route.method} {route.path}" for route in served(app) if not route.action} == PUBLIC


def test_whoever_is_not_let_in_is_denied_everything(scene: Scene, browse: Browse, office: Office) -> None:
    """All that is denied, with bodies that say nothing: the demand comes before what was sent is looked at."""
    before, client, wrong = head(office), browse("127.0.0.1").client, []
    for row, who in DOORS.items():
        method, template = row.split()
        for name in sorted(ALL - who):
            answer = client.request(method, scene.path(template), headers=scene.headers[name], json={"nonsense": 1})
            if (
                answer.status_code not in (401, 403, 404)
                or answer.json()["error"]["code"] not in DENIED
                or (name == "anonymous" and answer.status_code != 401)
            ):
                wrong.append((row, name, answer.status_code))
    assert wrong == []
    assert head(office) == before


def test_whoever_is_let_in_comes_in(scene: Scene, browse: Browse) -> None:
    """With a request that is wrong in itself, so that nothing moves: the answer is not a denial."""
    client, wrong = browse("127.0.0.1").client, []
    for row, who in DOORS.items():
        method, template = row.split()
        for name in sorted(who):
            answer = client.request(method, scene.path(template), headers=scene.headers[name], json={"nonsense": 1})
            code = answer.json()["error"]["code"] if answer.status_code >= 400 and "error" in answer.text else ""
            if answer.status_code >= 500 and template != "/readyz":
                wrong.append((row, name, code))
            if code in DENIED - {"expertise.no_seat"} or answer.status_code == 401:
                wrong.append((row, name, code))
    assert wrong == []


def test_behind_the_door_the_use_case_judges(scene: Scene, browse: Browse, office: Office) -> None:
    before, client, wrong = head(office), browse().client, []
    for (method, path, body, who), name in itertools.product(INNER, sorted(ALL)):
        if name in who and (method != "GET" or "x/decision" in path):
            continue  # these would do it: the other tests let them
        answer = client.request(method, scene.path(path), headers=scene.headers[name], json=body)
        denied = answer.status_code in (401, 403, 404, 409) and answer.json()["error"]["code"] in DENIED
        if denied == (name in who):
            wrong.append((method, path, name, answer.text))
    assert wrong == []
    assert head(office) == before


def test_anonymous_is_nobody(office: Office) -> None:
    assert not ANONYMOUS.id and not ANONYMOUS.roles
