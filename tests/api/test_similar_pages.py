"""The coordinator's way through similar drafts in a browser's words, in both languages; the same over REST."""

from __future__ import annotations

import re

from sqlalchemy import select

from api.service import Reach
from api.serving import create_service
from expertise.case.answers import Given, Signatory, recommended
from expertise.case.decisions import Verdict
from expertise.office import Office
from expertise.store.case_tables import Case, DecisionRow, FindingRow
from expertise.store.cases import open_case
from expertise.work.answering import submit
from expertise.work.concluding import conclude
from expertise.work.issued import conclusion_of
from expertise.work.moving import advance
from expertise.work.radar import radar
from expertise.work.reviewing import decide, finish
from nlp.pipeline import Examiner
from tests.api.conftest import CHEAP, Browser, Keys, narrower
from tests.work.answer_scenes import WHY, conclude_and_send
from tests.work.conftest import Staff
from tests.work.test_similar import OTHER, _findings, another, give_expert


def test_the_whole_way(office: Office, staff: Staff, in_review: Case, examiner: Examiner, keys: Keys) -> None:
    member = another(office, examiner, staff.coordinator, OTHER, "Аксу")
    client = Browser(create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)).client
    boss, expert = keys(staff.coordinator), keys(staff.third)
    assert "базовой экспертизы ещё нет" in client.get("/similar", headers=boss).text
    conclude_and_send(office, staff, in_review)
    listed = client.get("/similar", headers=boss).text
    assert member.number in listed and in_review.number in listed and "Орган Аксу" in listed
    shown = client.get(f"/cases/{member.id}/similar", headers=boss).text
    assert "<ins> комиссией</ins>" in shown and "есть только в этом проекте" in shown
    give_expert(office, staff, member)
    answer = client.post(f"/cases/{member.id}/similar/proposals", headers=boss, follow_redirects=False)
    assert answer.status_code == 303
    assert "передано эксперту" in client.get(f"/cases/{member.id}/similar", headers=boss).text

    review = client.get(f"/cases/{member.id}/review", headers=expert).text
    assert "Предложение базовой экспертизы: " in review and in_review.number not in review
    finding = re.search(r"data-taken.*", review)
    assert finding
    added = re.search(r'data-to-add>.*?<form method="post" action="[^"]*">(.*?)</form>', review, re.S)
    if added:  # what the base expert added by hand
        form = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', added.group(1)))
        assert client.post(f"/cases/{member.id}/findings", headers=expert, data=form,
                           follow_redirects=False).status_code == 303  # fmt: skip
        assert "data-to-add" not in client.get(f"/cases/{member.id}/review", headers=expert).text
    for headers in (keys(staff.first), keys(staff.developer), keys(staff.observer), expert):
        assert client.get("/similar", headers=headers).status_code in (403, 404)
        assert client.get(f"/cases/{member.id}/similar", headers=headers).status_code in (403, 404)

    told = client.get(f"/api/v1/cases/{member.id}/similar", headers=boss).json()
    assert told["family"]["base_case_id"] == in_review.id and told["texts"][0]["deviations"]
    mine = client.get(f"/api/v1/cases/{member.id}/proposals", headers=expert).json()
    assert mine and in_review.id not in str(mine)
    assert client.get("/api/v1/similar", headers=boss).json()["total"] == 1
    again = client.post(f"/api/v1/cases/{member.id}/similar/proposals", headers=boss, json={})
    assert again.json() == {"proposals": 0}
    assert client.put(f"/api/v1/cases/{in_review.id}/similar/base", headers=boss).status_code == 204
    with office.database.transaction() as session:
        person = session.scalars(select(DecisionRow).where(DecisionRow.case_id == member.id)).all()
        assert {row.by for row in person} <= {staff.third.id}


def test_the_same_wording_accepted_here_and_rejected_there(
    office: Office, staff: Staff, in_review: Case, examiner: Examiner, keys: Keys
) -> None:
    member = another(office, examiner, staff.coordinator, OTHER, "Аксу")
    third = another(office, examiner, staff.coordinator, OTHER, "Сарань")
    conclude_and_send(office, staff, in_review)
    give_expert(office, staff, member)
    for finding in _findings(office, staff.third, member):
        decide(office, staff.third, member.id, finding, Verdict.CONFIRMED)
    finish(office, staff.third, member.id)
    conclude(office, staff.third, member.id, ["ru"])
    advance(office, staff.approver, member.id, "approve")
    advance(office, staff.coordinator, member.id, "send")
    who = Signatory("А. Б.", "руководитель", "1-2", office.clock().date())
    for case, position, reason in ((in_review, "accepted", ""), (member, "rejected", WHY)):
        with office.database.reading() as session:
            content = conclusion_of(session, open_case(session, staff.coordinator, case.id)).content
        given = {int(each["number"]): Given(position, "", reason) for each in recommended(content)}
        submit(office, staff.coordinator, case.id, who, given)
    with office.database.reading() as session:
        found = radar(session, office, staff.coordinator)
        assert found.total >= 1 and found.wordings[0].is_split and found.looked_at == 2 and not found.more
        assert {spot.position for spot in found.wordings[0].spots} == {"accepted", "rejected"}
        assert any(each.case.id == third.id for wording in found.wordings for each in wording.elsewhere)
        few = radar(session, narrower(office, radar_conclusions=1), staff.coordinator)
        assert few.more and few.total == 0 and few.looked_at == 1
        another(office, examiner, staff.coordinator, OTHER, "Абай")
    with office.database.reading() as session:
        one = radar(session, narrower(office, radar_places=1), staff.coordinator)
        assert max(len(each.elsewhere) for each in one.wordings) == 1
        assert session.scalars(select(FindingRow).where(FindingRow.case_id == third.id)).first() is not None
    client = Browser(create_service(office, examiner.pack, Reach(plain_http=True), passwords=CHEAP)).client
    page = client.get("/similar/radar", headers=keys(staff.coordinator)).text
    assert "data-split" in page and "принято" in page.lower()
    told = client.get("/api/v1/similar/wordings", headers=keys(staff.coordinator)).json()
    assert told["items"][0]["split"] and told["conclusions"] == 2
