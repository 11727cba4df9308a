"""Conclusions: only decisions that stand, every statement traced, refused while anything is open, the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from expertise import audit
from expertise.case.conclusion import canonical, content_hash, schema
from expertise.case.decisions import Verdict
from expertise.documents.fonts import FontsMissingError
from expertise.office import Office
from expertise.people import Seat
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry
from expertise.store.case_tables import Case, ConclusionRow
from expertise.store.cases import NotFoundError, open_case
from expertise.work.concluding import conclude, preview
from expertise.work.issued import conclusion_of, conclusions
from expertise.work.moving import advance
from expertise.work.registering import change
from expertise.work.reviewing import decide, finish
from expertise.work.seats import give_seat
from nlp.limits import Limits
from tests.conftest import needs_fonts
from tests.work.concluding_scenes import NO, all_words, by_factor, decide_all, findings, refusal, reviewed_case
from tests.work.conftest import Clock, Staff

pytestmark = needs_fonts
_FIXTURES = (reviewed_case,)


def test_content_has_what_stands_and_nothing_else(office: Office, staff: Staff, reviewed_case: Case) -> None:
    ids = by_factor(office, staff.first, reviewed_case)
    row = conclude(office, staff.first, reviewed_case.id, ["ru"])
    Draft202012Validator(schema()).validate(json.loads(office.files.get(row.files["conclusion.json"])))
    found = {each["factor"]: each for each in row.content["findings"]}
    assert set(found) == set(ids) - {"broad_discretion"}
    assert ids["broad_discretion"] not in canonical(row.content).decode()
    dismissed = next(
        each
        for each in findings(office, staff.first, reviewed_case, Seat.FIRST)
        if each.row.id == ids["broad_discretion"]
    )
    assert dismissed.content["explanation"] not in all_words(office, row)
    assert NO not in all_words(office, row)


def test_an_edit_takes_the_place_of_the_words_of_the_machine(office: Office, staff: Staff, reviewed_case: Case) -> None:
    before = next(
        each.content
        for each in findings(office, staff.first, reviewed_case, Seat.FIRST)
        if each.content["factor"] == "excessive_requirement"
    )
    row = conclude(office, staff.first, reviewed_case.id, ["ru"])
    (found,) = [each for each in row.content["findings"] if each["factor"] == "excessive_requirement"]
    assert found["reasoning"]["ru"]["text"] == "Слово «иные» оставляет перечень открытым."
    assert found["reasoning"]["ru"]["by"] == "expert" and found["risk"]["ru"]["by"] == "machine"
    assert found["risk"]["ru"]["text"] == before["risk"]
    (proposal,) = found["proposals"]
    assert (proposal["text"], proposal["by"]) == ("2. Заявитель представляет заявление.", "expert")
    assert proposal["label"] == "2." and proposal["old"].startswith("Заявитель представляет заявление, копию")
    words = all_words(office, row)
    assert "оставляет перечень открытым" in words
    assert before["explanation"] not in words and before["recommendation"]["wording"] not in words


def statements(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        if "text" in value and "by" in value:
            yield value
        for each in value.values():
            yield from statements(each)
    elif isinstance(value, list):
        for each in value:
            yield from statements(each)


def test_every_statement_names_its_finding_and_decision(office: Office, staff: Staff, reviewed_case: Case) -> None:
    row = conclude(office, staff.first, reviewed_case.id, ["ru"])
    decided = {
        each.row.id: each.decision.number
        for each in findings(office, staff.first, reviewed_case, Seat.FIRST)
        if each.decision is not None
    }
    for found in row.content["findings"]:
        told = list(statements(found))
        assert len(told) >= 3
        for statement in told:
            assert statement["decision"] == decided[statement["finding"]] > 0
        assert [each["decision"] for each in found["decisions"]] == [decided[found["decisions"][0]["finding"]]]


def test_conclusion_is_frozen_and_the_case_moves(office: Office, staff: Staff, reviewed_case: Case) -> None:
    with office.database.reading() as session:
        head = audit.head(session)
    row = conclude(office, staff.first, reviewed_case.id)
    assert set(row.files) == {
        "ru.docx", "ru.pdf", "kk.docx", "kk.pdf", "conclusion.json", "findings.sarif",
    }  # fmt: skip
    assert row.content_hash == content_hash(row.content) == row.files["conclusion.json"]
    assert hashlib.sha256(office.files.get(row.files["conclusion.json"])).hexdigest() == row.content_hash
    assert row.audit_head == row.content["audit_head"] == head
    with office.database.reading() as session:
        case = open_case(session, staff.first, reviewed_case.id).case
        assert case.state == "concluded"
        assert list(audit.verify(session, row.audit_head)) == []
        actions = [entry.action for entry in session.scalars(select(Entry).order_by(Entry.id))]
    assert actions[-2:] == ["to_conclude", "conclude"]
    words = all_words(office, row)
    assert row.content_hash in words and head in words and staff.first.name in words


def test_sarif_is_of_what_stands(office: Office, staff: Staff, reviewed_case: Case) -> None:
    row = conclude(office, staff.first, reviewed_case.id, ["ru"])
    log = json.loads(office.files.get(row.files["findings.sarif"]))["runs"][0]
    assert {result["ruleId"] for result in log["results"]} == {each["factor"] for each in row.content["findings"]}
    assert log["properties"]["contentSha256"] == row.content_hash
    helps = {rule["help"]["text"].split(":")[0] for rule in log["tool"]["driver"]["rules"]}
    assert helps == {"Нормы, в которых эксперт подтвердил фактор"}


def test_equal_content_gives_equal_bytes(office: Office, staff: Staff, reviewed_case: Case, clock: Clock) -> None:
    one = conclude(office, staff.first, reviewed_case.id)
    clock.on(days=3)
    advance(office, staff.approver, reviewed_case.id, "send_back", "Уточнить реквизиты")
    finish(office, staff.first, reviewed_case.id)
    two = conclude(office, staff.first, reviewed_case.id)
    assert one.audit_head != two.audit_head  # that much has happened; all else is the same
    again = {**two.content, "audit_head": one.audit_head}
    assert canonical(again) == canonical(one.content)
    from expertise.work.drawing_up import files_of_conclusion
    from expertise.work.examined import examined
    from expertise.work.restoring import restored

    with office.database.reading() as session:
        seen = examined(session, office, open_case(session, staff.first, reviewed_case.id))
    given = [(each["kind"], each["name"], each["sha256"]) for each in again["files"]]
    drafts = restored(office, Limits(), given, seen.texts, again["findings"])
    made = files_of_conclusion(office, again, drafts, ["ru", "kk"])
    assert {name: hashlib.sha256(data).hexdigest() for name, data in made.items()} == one.files


def test_what_was_sent_back_is_set_aside_and_can_be_changed(office: Office, staff: Staff, reviewed_case: Case) -> None:
    first = conclude(office, staff.first, reviewed_case.id, ["ru"])
    advance(office, staff.approver, reviewed_case.id, "send_back", "Фактор не обоснован")
    own = by_factor(office, staff.first, reviewed_case)["no_appeal"]
    decide(office, staff.first, reviewed_case.id, own, Verdict.DISMISSED, reason=NO)
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id)) == "expertise.seat_unfinished"
    finish(office, staff.first, reviewed_case.id)
    second = conclude(office, staff.first, reviewed_case.id, ["ru"])
    assert "no_appeal" in {each["factor"] for each in first.content["findings"]}
    assert "no_appeal" not in {each["factor"] for each in second.content["findings"]}
    with office.database.reading() as session:
        opened = open_case(session, staff.coordinator, reviewed_case.id)
        assert conclusion_of(session, opened).id == second.id
        assert {row.id: row.set_aside_at is None for row in conclusions(session, opened)} == {
            first.id: False, second.id: True,
        }  # fmt: skip


def test_nothing_found_is_said_in_both_languages(office: Office, staff: Staff, in_review: Case) -> None:
    decide_all(office, staff.first, in_review, verdict=Verdict.DISMISSED)
    finish(office, staff.first, in_review.id)
    row = conclude(office, staff.first, in_review.id)
    words = all_words(office, row)
    assert "коррупциогенные факторы не выявлены" in words
    assert "сыбайлас жемқорлық факторлары анықталмады" in words
    assert (
        row.content["findings"] == []
        and json.loads(office.files.get(row.files["findings.sarif"]))["runs"][0]["results"] == []
    )


def test_an_unfinished_seat_is_refused(office: Office, staff: Staff, in_review: Case) -> None:
    decide_all(office, staff.first, in_review)
    assert refusal(lambda: conclude(office, staff.first, in_review.id)) == "expertise.seat_unfinished"
    with office.database.reading() as session:
        assert list(session.scalars(select(ConclusionRow))) == []


def test_an_undeclared_conflict_of_interest_is_refused(office: Office, staff: Staff, reviewed_case: Case) -> None:
    give_seat(office, staff.coordinator, reviewed_case.id, Seat.SECOND, staff.second.id)
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id)) == "expertise.seat_undeclared"


def test_who_may_not_conclude(office: Office, staff: Staff, reviewed_case: Case) -> None:
    for actor in (staff.coordinator, staff.developer, staff.observer):
        with pytest.raises(DeniedError):
            conclude(office, actor, reviewed_case.id)
    for actor in (staff.second, staff.administrator, staff.approver):
        with pytest.raises(NotFoundError):
            conclude(office, actor, reviewed_case.id)
    for actor in (staff.developer, staff.observer):
        with pytest.raises(DeniedError):
            preview(office, actor, reviewed_case.id)


def test_a_case_that_changed_meanwhile_is_refused(
    office: Office, staff: Staff, reviewed_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    import expertise.work.concluding as concluding

    made = concluding.files_of_conclusion

    def slowly(*given: Any) -> dict[str, bytes]:
        change(office, staff.coordinator, reviewed_case.id, requisites={"number": "7"})
        return made(*given)

    monkeypatch.setattr(concluding, "files_of_conclusion", slowly)
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id, ["ru"])) == "expertise.case_changed"
    with office.database.reading() as session:
        assert list(session.scalars(select(ConclusionRow))) == []
        assert open_case(session, staff.first, reviewed_case.id).case.state == "in_review"


def test_two_who_conclude_at_once_leave_one_conclusion(
    office: Office, staff: Staff, reviewed_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    import expertise.work.concluding as concluding

    made = concluding.files_of_conclusion

    def other_was_faster(*given: Any) -> dict[str, bytes]:
        monkeypatch.setattr(concluding, "files_of_conclusion", made)
        conclude(office, staff.first, reviewed_case.id, ["ru"])
        return made(*given)

    monkeypatch.setattr(concluding, "files_of_conclusion", other_was_faster)
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id, ["ru"])) == "expertise.no_way"
    with office.database.reading() as session:
        assert len(list(session.scalars(select(ConclusionRow)))) == 1


def test_missing_fonts_are_told_and_nothing_is_kept(
    office: Office, staff: Staff, reviewed_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SARAPTAMA_FONTS", "/nowhere")
    with pytest.raises(FontsMissingError) as caught:
        conclude(office, staff.first, reviewed_case.id, ["ru"])
    assert caught.value.params["package"] == "fonts-paratype"
    with office.database.reading() as session:
        assert list(session.scalars(select(ConclusionRow))) == []


@pytest.mark.parametrize("languages", [[], ["en"], ["ru", "en"]])
def test_a_language_without_words_is_refused(
    office: Office, staff: Staff, reviewed_case: Case, languages: list[str]
) -> None:
    code = refusal(lambda: conclude(office, staff.first, reviewed_case.id, languages))
    assert code == "expertise.no_document_language"
