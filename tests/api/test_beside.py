"""Several findings on one norm are told of each other: an expert changes the norm once."""

from __future__ import annotations

import html
import re

import pytest

from api.service import Reach
from api.serving import create_service
from expertise.case.decisions import Verdict
from expertise.office import Office
from expertise.people import Seat
from expertise.store.case_tables import Case
from expertise.work.analysing import ask, run
from expertise.work.moving import advance
from expertise.work.registering import keep_file, register
from expertise.work.reviewing import decide
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys
from tests.work.concluding_scenes import findings
from tests.work.conftest import DRAFT, Staff

TWO = DRAFT.replace("вправе приостановить", "вправе по своему усмотрению в разумный срок приостановить")


@pytest.fixture
def case(office: Office, staff: Staff, examiner: Examiner) -> Case:
    made = register(office, staff.coordinator, "Две поправки")
    keep_file(office, staff.coordinator, made.id, "text", "draft.txt", [TWO.encode()])
    give_seat(office, staff.coordinator, made.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, made.id, "assign")
    declare(office, staff.first, made.id)
    advance(office, staff.first, made.id, "start")
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, made.id, force=True).id) == "done"
    return made


def told(page: str) -> dict[str, list[str]]:
    """Finding → the ids that its card names as being on its norm."""
    cards = re.split(r'<article class="finding', page)[1:]
    lines = {each: re.search(r"data-beside>(.*?)</p>", each) for each in cards}
    names = {each: re.search(r'id="f-(\w+)"', each) for each in cards}
    return {
        name.group(1): re.findall(r'href="#f-(\w+)"', line.group(1)) if line else []
        for each, line in lines.items()
        if (name := names[each])
    }


def test_cards_name_the_others_of_their_norm(
    office: Office, staff: Staff, examiner: Examiner, keys: Keys, case: Case
) -> None:
    browser = Browser(create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP))

    def page() -> str:
        return html.unescape(browser.client.get(f"/cases/{case.id}/review", headers=keys(staff.first)).text)

    found = findings(office, staff.first, case, Seat.FIRST)
    norms = {each.row.id: each.content["provision"] for each in found}
    first = [name for name, norm in norms.items() if norm == norms[found[0].row.id]]
    assert len(first) > 1 and len(set(norms.values())) > 1
    for name, others in told(page()).items():
        assert sorted(others) == sorted(one for one in norms if norms[one] == norms[name] and one != name)
    decide(office, staff.first, case.id, first[0], Verdict.DISMISSED, reason="Не согласен.")
    assert all(first[0] not in others for others in told(page()).values())
    assert told(page())[first[0]] == []
