"""The work on a case over REST: the whole way of a review, the audit, isolation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from api.pages.file_names import of_conclusion
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.store.case_tables import Case
from expertise.work.analysing import run
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import saved_name, told
from tests.api.rest_scenes import Ask, ask, upload
from tests.conftest import needs_fonts
from tests.work.conftest import DRAFT, Clock, Staff

_FIXTURE = ask


def test_the_whole_way(
    ask: Callable[[Actor], Ask], staff: Staff, office: Office, examiner: Examiner, clock: Clock
) -> None:
    coordinator, first = ask(staff.coordinator), ask(staff.first)
    made = coordinator("POST", "/cases", json={"title": "Правила", "developer_id": staff.developer.id})
    assert made.status_code == 201
    case = made.json()
    at = f"/cases/{case['id']}"
    assert (case["number"], case["state"], case["deadline"]) == ("2026-0001", "registered", "2026-03-16")
    assert case["transitions"] == ["assign", "withdraw", "return"] and "number" in case["empty"]
    changed = coordinator("PATCH", at, json={"requisites": {"letter_number": "12-1"}, "deadline": "2026-04-01"})
    assert (changed.json()["requisites"], changed.json()["deadline"]) == ({"letter_number": "12-1"}, "2026-04-01")
    file = upload(coordinator, case["id"], DRAFT.encode()).json()
    assert (file["name"], file["size"]) == ("проект.txt", len(DRAFT.encode()))
    got = coordinator("GET", f"{at}/files/{file['id']}")
    assert got.content == DRAFT.encode() and got.headers["content-disposition"].startswith("attachment; filename*=")
    analysis = coordinator("POST", f"{at}/analyses", json={})
    assert analysis.status_code == 202 and analysis.json()["status"] == "waiting"
    run(office, examiner, Limits(), analysis.json()["id"])
    done = coordinator("GET", f"{at}/analyses/{analysis.json()['id']}").json()
    assert (done["status"], done["done"]) == ("done", 1000) and done["counts"]
    result = coordinator("GET", f"{at}/analyses/{done['id']}/result")
    assert result.json()["texts"][0]["sha256"] == file["sha256"]
    for language, locale in (("ru", "ru"), ("kk", "kk")):
        params = {"form": "sarif", "language": language}
        sarif = coordinator("GET", f"{at}/analyses/{done['id']}/result", params=params)
        assert sarif.json()["version"] == "2.1.0" and sarif.json()["runs"][0]["language"].startswith(locale)
        assert len(sarif.json()["runs"][0]["results"]) == sum(len(t["findings"]) for t in result.json()["texts"])
    assert coordinator("PUT", f"{at}/seats/first", json={"person_id": staff.first.id}).status_code == 200
    assert coordinator("POST", f"{at}/transitions", json={"transition": "assign"}).json()["state"] == "assigned"
    assert first("POST", f"{at}/declaration").json()["seats"][0]["declared_at"]
    assert first("POST", f"{at}/transitions", json={"transition": "start"}).json()["state"] == "in_review"
    found = first("GET", f"{at}/findings").json()
    assert found["seat"] == "first" and len(found["findings"]) >= 3
    one, two, *others = found["findings"]
    decision = f"{at}/findings/{one['id']}/decision"
    edit = {"explanation": "Иначе", "wording": {"ru": "в течение пяти рабочих дней"}}
    assert first("PUT", decision, json={"verdict": "edited", "said": edit}).status_code == 204
    assert told(first("PUT", f"{at}/findings/{two['id']}/decision", json={"verdict": "dismissed"})) == (
        "expertise.dismissal_without_reason"
    )
    assert told(first("POST", f"{at}/finish", json={})) == "expertise.findings_open"
    for each in (two, *others):
        answer = first("PUT", f"{at}/findings/{each['id']}/decision", json={"verdict": "confirmed"})
        assert answer.status_code == 204
    assert first("DELETE", decision).status_code == 204
    assert first("PUT", decision, json={"verdict": "confirmed"}).status_code == 204
    own = {
        "factor": "broad_discretion", "severity": "high", "explanation": "Срок не назван", "risk": "Затягивание",
        "places": [{"language": "ru", "start": 0, "end": 5}],
    }  # fmt: skip
    added = first("POST", f"{at}/findings", json={"language": "ru", "said": own}).json()["id"]
    last = first("GET", f"{at}/findings").json()["findings"][-1]
    assert (last["id"], last["decision"]["verdict"], last["decision"]["said"]) == (added, "added", own)
    assert first("PUT", f"{at}/chapters", json={"key": "chapter:1"}).status_code == 204
    chapters = first("GET", f"{at}/chapters").json()
    assert chapters["read"] == {"chapter:1": ""}
    assert all(each["key"].startswith("question:") and not each["checked"] for each in chapters["questions"])
    assert first("POST", f"{at}/finish", json={}).status_code == 204
    history = coordinator("GET", f"{at}/history").json()["moves"]
    assert [move["transition"] for move in history] == ["assign", "start"]
    late = {"late": True}
    assert coordinator("GET", "/cases", params=late).json()["total"] == 0
    clock.on(days=40)
    assert coordinator("GET", "/cases", params=late | {"mine": True, "state": "in_review"}).json()["total"] == 1


def test_what_is_asked_is_taken_strictly(ask: Callable[[Actor], Ask], staff: Staff) -> None:
    send = ask(staff.coordinator)
    for body in (
        {"title": 5}, {"title": "а" * 2001}, {"title": "а\x00"}, {"title": "а", "more": 1},
        {"title": "а", "deadline": 5},
        {"title": "а", "requisites": {"Number": "x"}}, {"title": "а", "developer_id": "x"}, {},
        {"title": "а", "deadline": "3000-01-01"}, {"title": "а", "requisites": {f"a{'b' * n}": "" for n in range(41)}},
    ):  # fmt: skip
        answer = send("POST", "/cases", json=body)
        assert (answer.status_code, told(answer)) == (422, "api.invalid"), body
    assert told(send("POST", "/cases", json={"title": "а", "developer_id": staff.first.id})) == (
        "expertise.no_such_developer"
    )
    assert told(send("POST", "/cases", json={"title": "а", "requisites": {"nothing": "x"}})) == (
        "expertise.unknown_requisite"
    )
    assert send("GET", "/cases", params={"limit": 201}).status_code == 422
    assert send("GET", "/cases", params={"words": "\x00"}).status_code == 422


def test_an_unknown_transition_is_told(ask: Callable[[Actor], Ask], staff: Staff, case: Case) -> None:
    send = ask(staff.coordinator)
    answer = send("POST", f"/cases/{case.id}/transitions", json={"transition": "fly"})
    assert (answer.status_code, told(answer)) == (422, "expertise.unknown_transition")
    answer = send("POST", f"/cases/{case.id}/transitions", json={"transition": "send"})
    assert (answer.status_code, told(answer)) == (409, "expertise.no_way")
    assert answer.json()["error"]["message"].startswith("Из состояния «зарегистрировано» нельзя")


@needs_fonts
def test_the_conclusion(ask: Callable[[Actor], Ask], staff: Staff, in_review: Case) -> None:
    first, coordinator, developer = ask(staff.first), ask(staff.coordinator), ask(staff.developer)
    approver, at = ask(staff.approver), f"/cases/{in_review.id}"
    assert told(coordinator("GET", f"{at}/conclusion")) == "expertise.no_conclusion"
    draft = first("GET", f"{at}/conclusion/draft").json()
    assert [each["code"] for each in draft["obstacles"]] == ["expertise.seat_unfinished"]
    assert first("GET", f"{at}/conclusion/draft.docx", params={"language": "kk"}).content.startswith(b"PK")
    refused = first("POST", f"{at}/conclusion", json={"languages": ["ru"]})
    assert (refused.status_code, told(refused)) == (409, "expertise.seat_unfinished")
    for each in first("GET", f"{at}/findings").json()["findings"]:
        first("PUT", f"{at}/findings/{each['id']}/decision", json={"verdict": "confirmed"})
    assert first("POST", f"{at}/finish", json={}).status_code == 204
    made = first("POST", f"{at}/conclusion", json={"languages": ["ru", "kk"]})
    assert made.status_code == 201, made.text
    assert {"ru.docx", "ru.pdf", "kk.docx", "kk.pdf", "conclusion.json", "findings.sarif"} <= set(made.json()["files"])
    for name, sha256 in made.json()["files"].items():
        got = coordinator("GET", f"{at}/conclusion/files/{name}")
        assert hashlib.sha256(got.content).hexdigest() == sha256
        short, _, clear = got.headers["content-disposition"].partition("; filename*=UTF-8''")
        assert short == f'attachment; filename="{name}"', "programs keep the short name"
        assert clear and saved_name(got) == of_conclusion(in_review, name, "ru")
        assert developer("GET", f"{at}/conclusion/files/{name}").status_code == 403
    assert coordinator("GET", f"{at}/conclusion/files/none.pdf").status_code == 404
    assert approver("POST", f"{at}/transitions", json={"transition": "approve"}).json()["state"] == "approved"
    path, params = f"{at}/conclusion/files/ru.pdf/signatures", {"file_name": "ru.pdf.cms"}
    assert coordinator("POST", path, params=params, content=b"signature").status_code == 201
    assert told(coordinator("POST", path, params=params, content=b"s" * (1024 * 1024 + 1))) in (
        "expertise.file_too_large", "api.body_too_large",
    )  # fmt: skip
    assert coordinator("POST", f"{at}/transitions", json={"transition": "send"}).json()["state"] == "sent"
    seen = developer("GET", f"{at}/conclusion").json()
    assert (seen["content_hash"], len(seen["signatures"])) == (made.json()["content_hash"], 1)
    assert developer("GET", f"{at}/conclusions").json()["conclusions"][0]["id"] == seen["id"]
    assert ask(staff.administrator)("GET", "/audit/verification", params={"head": seen["audit_head"]}).json()["whole"]


def test_what_two_experts_differ_on(ask: Callable[[Actor], Ask], staff: Staff, in_review: Case, office: Office) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    give_seat(office, staff.coordinator, in_review.id, Seat.ADJUDICATOR, staff.third.id)
    declare(office, staff.second, in_review.id)
    adjudicator, at = ask(staff.third), f"/cases/{in_review.id}"
    assert told(adjudicator("GET", f"{at}/differences")) == "expertise.experts_at_work"
    for actor, body in (
        (staff.first, {"verdict": "confirmed"}),
        (staff.second, {"verdict": "dismissed", "reason": "п"}),
    ):
        send = ask(actor)
        for each in send("GET", f"{at}/findings").json()["findings"]:
            assert send("PUT", f"{at}/findings/{each['id']}/decision", json=body).status_code == 204
        assert send("POST", f"{at}/finish", json={}).status_code == 204
    found = adjudicator("GET", f"{at}/differences").json()
    assert found["shown"] and found["differences"][0]["second"]["reason"] == "п"
    hidden = ask(staff.coordinator)("GET", f"{at}/differences").json()
    assert not hidden["shown"] and hidden["differences"][0]["first"] is None
    assert ask(staff.first)("GET", f"{at}/differences").status_code == 403


# The audit


def test_the_audit_is_listed_and_verified(ask: Callable[[Actor], Ask], staff: Staff, case: Case) -> None:
    send = ask(staff.administrator)
    page = send("GET", "/audit", params={"subject": f"case:{case.id}", "limit": 1}).json()
    assert (page["total"], page["entries"][0]["action"]) == (2, "upload")
    assert "Правила" not in send("GET", "/audit").text
    found = send("GET", "/audit/verification").json()
    assert found["whole"] and found["head"] == send("GET", "/audit").json()["entries"][0]["hash"]
    assert send("GET", "/audit/verification", params={"head": page["entries"][0]["hash"]}).json()["whole"]
    wrong = send("GET", "/audit/verification", params={"head": "f" * 64}).json()
    assert not wrong["whole"] and wrong["faults"][0]["message"].startswith("Контрольной суммы")


# Isolation


def test_nobody_sees_what_is_another_s(
    ask: Callable[[Actor], Ask], staff: Staff, hire: object, in_review: Case, office: Office
) -> None:
    from expertise.people import Role
    from expertise.work.registering import keep_file, register

    other = hire("other", Role.COORDINATOR)  # type: ignore[operator]
    theirs = register(office, other, "Чужое дело")
    file = keep_file(office, other, theirs.id, "text", "theirs.txt", [b"theirs"])
    mine, foreign = ask(staff.coordinator), ask(other)
    assert [case["id"] for case in mine("GET", "/cases").json()["cases"]] == [in_review.id]
    assert [case["id"] for case in foreign("GET", "/cases").json()["cases"]] == [theirs.id]
    assert foreign("GET", "/cases", params={"words": "разрешений"}).json()["total"] == 0
    for send, path in ((mine, f"/cases/{theirs.id}/files/{file.id}"), (mine, f"/cases/{in_review.id}/files/{file.id}")):
        assert send("GET", path).status_code == 404
    analysis = mine("GET", f"/cases/{in_review.id}/analyses").json()["analyses"][0]["id"]
    for suffix in ("", "/result"):
        assert foreign("GET", f"/cases/{theirs.id}/analyses/{analysis}{suffix}").status_code == 404
        assert foreign("GET", f"/cases/{in_review.id}/analyses/{analysis}{suffix}").status_code == 404
    developer = ask(staff.developer)
    assert developer("GET", f"/cases/{in_review.id}/analyses").json()["analyses"][0]["counts"] is None
    assert developer("GET", f"/cases/{in_review.id}/analyses/{analysis}/result").status_code == 403
    assert developer("GET", f"/cases/{in_review.id}/seats").json() == {"seats": []}


def test_blind_experts_learn_nothing_of_each_other(
    ask: Callable[[Actor], Ask], staff: Staff, in_review: Case, office: Office
) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    first, second, at = ask(staff.first), ask(staff.second), f"/cases/{in_review.id}"
    said = {"factor": "broad_discretion", "severity": "high", "explanation": "тайное слово", "risk": "р"}
    added = first("POST", f"{at}/findings", json={"language": "ru", "said": said}).json()["id"]
    finding = first("GET", f"{at}/findings").json()["findings"][0]["id"]
    body = {"verdict": "dismissed", "reason": "тайная причина"}
    first("PUT", f"{at}/findings/{finding}/decision", json=body)
    paths = ["", "/files", "/analyses", "/seats", "/findings", "/chapters"]
    seen = "".join(second("GET", f"{at}{path}").text for path in paths) + second("GET", "/cases").text
    assert not [words for words in ("тайн", added, staff.first.id, "dismissed") if words in seen]
    seats = [[row["seat"] for row in send("GET", f"{at}/seats").json()["seats"]] for send in (first, second)]
    assert seats == [["first"], ["second"]]
    assert staff.second.id not in "".join(first("GET", f"{at}{path}").text for path in paths)
    for path in ("/findings?seat=first", "/chapters?seat=first", "/history", "/findings?seat=adjudicator"):
        assert second("GET", f"{at}{path}").status_code == 403
    answer = second("PUT", f"{at}/findings/{added}/decision", json={"verdict": "confirmed"})
    assert (answer.status_code, told(answer)) == (404, "expertise.no_finding")
