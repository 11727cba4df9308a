"""Adoption through the client, in Russian: over REST and on pages without scripts; who may see and do what."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from httpx import Response

from api.service import Reach
from api.serving import create_service
from expertise.office import Office
from expertise.people import Actor
from expertise.store.case_tables import Case
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, narrower, told
from tests.conftest import needs_fonts
from tests.work.adoption_scenes import ACT, bring_act, work
from tests.work.answer_scenes import conclude_and_send
from tests.work.conftest import Staff

pytestmark = [needs_fonts, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
Keys = Callable[[Actor], dict[str, str]]


def test_the_whole_way(office: Office, staff: Staff, in_review: Case, examiner: Examiner, keys: Keys) -> None:
    """The act over REST, decisions on the page and over REST, the case closed; what each step refuses."""
    conclude_and_send(office, staff, in_review)
    service = create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)
    client, case = Browser(service).client, in_review.id
    rest, page = f"/api/v1/cases/{case}", f"/cases/{case}/adoption"

    def ask(method: str, path: str, who: Actor = staff.coordinator, **more: object) -> Response:
        headers = keys(who) | more.pop("headers", {})  # type: ignore[operator]
        answer: Response = client.request(method, path, headers=headers, follow_redirects=False, **more)  # type: ignore[arg-type]
        return answer

    assert "Принятый акт ещё не загружен" in ask("GET", page).text
    query = {"kind": "adopted", "name": "act.txt", "number": "125", "date": "2026-03-02"}
    once = {"headers": {"idempotency-key": "1"}, "params": query, "content": ACT.encode()}
    text = ask("POST", f"{rest}/later-texts", **once).json()
    assert text["status"] == "waiting" and text["run"] is None
    assert ask("POST", f"{rest}/later-texts", **once).json()["id"] == text["id"]
    assert told(ask("POST", f"{rest}/later-texts", params=query | {"kind": "text"}, content=b"x")) == (
        "expertise.unknown_file_kind"
    )
    assert told(ask("GET", f"{rest}/later-texts/{text['id']}/redline")) == "expertise.no_comparison"
    assert "data-analysis" in ask("GET", page).text and not ask("GET", f"{page}/progress").json()["ended"]
    assert work(office, examiner) == ["done"]

    found = ask("GET", f"{rest}/adoption").json()
    states = {each["number"]: each["proposal"]["state"] for each in found["recommendations"]}
    assert sorted(states.values()) == ["adopted", "adopted", "not_adopted"] and found["undecided"] == sorted(states)
    assert {each["factor"] for each in found["new_findings"]} == {"permissive_power", "broad_discretion"}
    assert all(each["proposal"]["evidence"]["ru"]["evidence"]["adopted"] for each in found["recommendations"])
    assert "<ins>приостанавливает</ins>" in ask("GET", f"{rest}/later-texts/{text['id']}/redline").json()["html"]
    assert 'class="redline"' in ask("GET", f"{page}/texts/{text['id']}").text

    shown = ask("GET", page).text
    assert shown.count("data-recommendation=") == 3 and "№ 125, 02.03.2026" in shown
    assert shown.count("data-new-finding") == 2 and "<del>вправе приостановить</del>" in shown
    two_at_once = create_service(narrower(office, page_of_recommendations=2), examiner.pack, Reach(plain_http=True))
    second = Browser(two_at_once).client.get(page, params={"offset": 2}, headers=keys(staff.coordinator)).text
    assert second.count("data-recommendation=") == 1 and "3–3 / 3" in second
    run = re.findall(r'name="run" value="([0-9a-f]{32})"', shown)[0]
    no = next(number for number, state in states.items() if state == "not_adopted")
    one, two = (number for number in states if number != no)
    refused = ask("POST", f"{page}/{no}", data={"run": run, "state": "not_adopted"})
    assert refused.status_code == 422 and "укажите, почему" in refused.text
    done = ask("POST", f"{page}/{one}", data={"run": run, "state": "adopted", "document": "№ 125"})
    assert done.status_code == 303 and done.headers["location"].endswith(f"#a-{one}")
    said = ask(
        "PUT", f"{rest}/adoption/{no}/decision", json={"state": "not_adopted", "reason": "по письму", "run": run}
    )
    assert said.json()["proposed"] == "not_adopted"
    stale = {"state": "adopted", "run": "0" * 32}
    assert told(ask("PUT", f"{rest}/adoption/{two}/decision", json=stale)) == "expertise.adoption_proposal_changed"
    assert told(ask("PUT", f"{rest}/adoption/99/decision", json={"state": "moot", "reason": "-"})) == (
        "expertise.no_recommendation"
    )
    assert told(ask("POST", f"{rest}/transitions", json={"transition": "adopt"})) == "expertise.adoption_incomplete"
    assert ask("DELETE", f"{rest}/adoption/{one}/decision").status_code == 204
    assert ask("GET", f"{rest}/adoption").json()["undecided"] == sorted((one, two))
    rest_of = {"state": "adopted", "reason": "по тексту акта"}
    assert ask("POST", f"{rest}/adoption/rest", json=rest_of).json() == {"decided": sorted((one, two))}

    opinion = ask("POST", f"{page}/{no}/comments", staff.first, data={"text": "Возражения те же."})
    assert opinion.status_code == 303 and "Возражения те же." in ask("GET", page).text
    for who, code in ((staff.first, 200), (staff.observer, 200), (staff.approver, 200), (staff.developer, 403)):
        assert ask("GET", f"{rest}/adoption", who).status_code == code
    for who in (staff.first, staff.observer, staff.developer):
        assert ask("PUT", f"{rest}/adoption/{no}/decision", who, json=rest_of).status_code == 403
        assert ask("POST", f"{rest}/later-texts", who, params=query, content=b"x").status_code == 403

    assert ask("POST", f"/cases/{case}/moves", data={"transition": "adopt"}).status_code == 303
    assert ask("GET", f"{rest}/adoption", staff.developer).status_code == 200
    assert ask("DELETE", f"{rest}/adoption/{no}/decision").status_code == 403
    mended = {"state": "in_part", "reason": "опечатка в решении"}
    assert ask("PUT", f"{rest}/adoption/{no}/decision", json=mended).json()["state"] == "in_part"
    assert "решено: учтена частично" in ask("GET", page, staff.developer).text
    assert '<a class="button" href="/indicators">' in ask("GET", page).text


def test_a_later_edition_is_not_called_adopted(
    office: Office, staff: Staff, in_review: Case, examiner: Examiner, keys: Keys
) -> None:
    conclude_and_send(office, staff, in_review)
    bring_act(office, staff, in_review, kind="later")
    assert work(office, examiner) == ["done"]
    client = Browser(create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)).client
    page = client.get(f"/cases/{in_review.id}/adoption", headers=keys(staff.coordinator)).text
    cards = "".join(re.findall(r'<article class="finding adoption.*?</article>', page, re.DOTALL))
    assert "есть в поздней редакции" in cards and "В поздней редакции: " in cards
    for words in ("принятой норме", "принятом акте", "Принято:"):
        assert words not in cards
