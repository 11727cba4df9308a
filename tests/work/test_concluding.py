"""Conclusions: only decisions that stand, every statement traced, refused while anything is open, the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader
from sqlalchemy import select

from expertise import audit
from expertise.case.conclusion import canonical, content_hash, schema
from expertise.case.decisions import Said, Verdict
from expertise.case.states import CaseError
from expertise.documents.fonts import FontsMissingError
from expertise.office import Office
from expertise.people import Actor, Seat
from expertise.policy import DeniedError
from expertise.store.audit_tables import Entry
from expertise.store.blobs import KeptFileError
from expertise.store.case_tables import Case, ConclusionRow, SeatRow
from expertise.store.cases import NotFoundError, open_case
from expertise.work.adjudicating import differences
from expertise.work.analysing import ask, run
from expertise.work.concluding import conclude, preview, preview_document
from expertise.work.issued import conclusion_file, conclusion_of, conclusions, sign, signatures
from expertise.work.moving import advance
from expertise.work.registering import change, files_of, keep_file, take_out_file
from expertise.work.reviewing import Reviewed, add_finding, decide, finish, read_chapter, reviewed
from expertise.work.seats import declare, give_seat, take_up_again
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.conftest import needs_fonts
from tests.work.conftest import DRAFT, Clock, Staff

pytestmark = needs_fonts

OWN = Said(
    factor="no_appeal",
    severity="low",
    explanation="Порядок обжалования решения не указан.",
    risk="Решение не проверить.",
    recommendation="Дополнить Правила пунктом 4.",
    wording={"ru": "4. Решение может быть обжаловано."},
    places=(("ru", 0, 14),),
)
NO = "не подтверждается"


def findings(office: Office, actor: Actor, case: Case, seat: Seat) -> tuple[Reviewed, ...]:
    with office.database.reading() as session:
        return reviewed(session, open_case(session, actor, case.id), seat)


def by_factor(office: Office, actor: Actor, case: Case, seat: Seat = Seat.FIRST) -> dict[str, str]:
    return {str(each.content["factor"]): each.row.id for each in findings(office, actor, case, seat)}


def decide_all(
    office: Office, actor: Actor, case: Case, seat: Seat = Seat.FIRST, verdict: Verdict = Verdict.CONFIRMED
) -> None:
    reason = NO if verdict is Verdict.DISMISSED else ""
    for each in findings(office, actor, case, seat):
        if each.decision is None:
            decide(office, actor, case.id, each.row.id, verdict, seat=seat, reason=reason)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(CaseError) as caught:
        act()
    return caught.value.code


def all_words(office: Office, row: ConclusionRow) -> str:
    """Everything that any file of the conclusion says."""
    import io
    import zipfile

    said = []
    for name, sha256 in row.files.items():
        data = office.files.get(sha256)
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                said += [archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml")]
        elif name.endswith(".pdf"):
            said += [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
        else:
            said.append(data.decode())
    return "\n".join(said)


@pytest.fixture
def reviewed_case(office: Office, staff: Staff, in_review: Case) -> Case:
    """Everything decided by the first expert: one dismissed, one in other words, one of their own."""
    ids = by_factor(office, staff.first, in_review)
    decide(office, staff.first, in_review.id, ids["broad_discretion"], Verdict.DISMISSED, reason=NO)
    edit = Said(
        explanation="Слово «иные» оставляет перечень открытым.", wording={"ru": "2. Заявитель представляет заявление."}
    )
    decide(office, staff.first, in_review.id, ids["excessive_requirement"], Verdict.EDITED, said=edit)
    add_finding(office, staff.first, in_review.id, OWN, "ru")
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    return in_review


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


# Two experts and an adjudicator.


@pytest.fixture
def differing(office: Office, staff: Staff, in_review: Case) -> Case:
    """The first confirms all; the blind second dismisses one, edits one severity and adds one; both have finished."""
    for seat, person in ((Seat.SECOND, staff.second), (Seat.ADJUDICATOR, staff.third)):
        give_seat(office, staff.coordinator, in_review.id, seat, person.id)
        declare(office, person, in_review.id)
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    ids = by_factor(office, staff.second, in_review, Seat.SECOND)
    decide(office, staff.second, in_review.id, ids["broad_discretion"], Verdict.DISMISSED, reason=NO)
    decide(office, staff.second, in_review.id, ids["excessive_requirement"], Verdict.EDITED, said=Said(severity="low"))
    add_finding(office, staff.second, in_review.id, OWN, "ru")
    decide_all(office, staff.second, in_review, Seat.SECOND)
    finish(office, staff.second, in_review.id)
    return in_review


def test_open_differences_are_refused_until_each_is_settled(office: Office, staff: Staff, differing: Case) -> None:
    assert refusal(lambda: conclude(office, staff.first, differing.id)) == "expertise.disagreements_open"
    with office.database.reading() as session:
        found = differences(session, office, open_case(session, staff.third, differing.id))
    by = {str(item.row.content["factor"]): item for item in found.items}
    assert set(by) == {"broad_discretion", "excessive_requirement", "no_appeal"} and found.open == 3
    assert by["no_appeal"].first is None and by["no_appeal"].second is not None
    for factor, verdict, said in (
        ("broad_discretion", Verdict.DISMISSED, Said()),
        ("excessive_requirement", Verdict.EDITED, Said(severity="low", risk="Риск по мнению арбитра.")),
        ("no_appeal", Verdict.CONFIRMED, Said()),
    ):
        reason = NO if verdict is Verdict.DISMISSED else ""
        decide(
            office,
            staff.third,
            differing.id,
            by[factor].row.id,
            verdict,
            seat=Seat.ADJUDICATOR,
            said=said,
            reason=reason,
        )
    row = conclude(office, staff.first, differing.id, ["ru"])
    factors = {each["factor"]: each for each in row.content["findings"]}
    assert "broad_discretion" not in factors
    assert factors["excessive_requirement"]["severity"] == "low"
    assert factors["excessive_requirement"]["risk"]["ru"]["text"] == "Риск по мнению арбитра."
    assert factors["no_appeal"]["reasoning"]["ru"]["text"] == OWN.explanation
    assert factors["no_appeal"]["reasoning"]["ru"]["by"] == "expert"
    assert factors["no_appeal"]["decisions"][0]["seat"] == "adjudicator"
    assert factors["permissive_power"]["decisions"][0]["seat"] == "first"
    assert [sat["seat"] for sat in row.content["experts"]] == ["first", "second", "adjudicator"]


def test_where_two_agree_nobody_need_adjudicate(office: Office, staff: Staff, in_review: Case) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    for person, seat in ((staff.first, Seat.FIRST), (staff.second, Seat.SECOND)):
        decide_all(office, person, in_review, seat)
        if seat is Seat.FIRST:
            finish(office, person, in_review.id)
            assert refusal(lambda: conclude(office, staff.first, in_review.id)) == "expertise.seat_unfinished"
    finish(office, staff.second, in_review.id)
    row = conclude(office, staff.first, in_review.id, ["kk"])
    assert set(row.files) >= {"kk.docx", "kk.pdf"} and "ru.pdf" not in row.files


def test_an_edit_that_repeats_the_machine_is_no_difference(office: Office, staff: Staff, in_review: Case) -> None:
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    for each in findings(office, staff.second, in_review, Seat.SECOND):
        said = Said(factor=each.content["factor"], severity=each.content["severity"], risk="Своими словами.")
        decide(office, staff.second, in_review.id, each.row.id, Verdict.EDITED, said=said)
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    finish(office, staff.second, in_review.id)
    with office.database.reading() as session:
        found = differences(session, office, open_case(session, staff.coordinator, in_review.id))
    assert found.items == () and found.agreement[0].kappa in (None, 1) and found.agreement[0].unitising == 1


def test_decisions_are_shown_to_whom_the_policy_shows_them(office: Office, staff: Staff, differing: Case) -> None:
    with office.database.reading() as session:
        of = differences(session, office, open_case(session, staff.coordinator, differing.id))
        assert len(of.items) == 3 and not of.shown
        assert all(item.first is None and item.second is None for item in of.items)
        of = differences(session, office, open_case(session, staff.third, differing.id))
        assert of.shown and all(item.second is not None for item in of.items)
        for actor in (staff.first, staff.second, staff.developer, staff.observer):
            with pytest.raises(DeniedError):
                differences(session, office, open_case(session, actor, differing.id))


def test_nothing_is_compared_before_both_have_finished(office: Office, staff: Staff, in_review: Case) -> None:
    def compared() -> object:
        with office.database.reading() as session:
            return differences(session, office, open_case(session, staff.coordinator, in_review.id))

    assert refusal(compared) == "expertise.no_second_expert"
    give_seat(office, staff.coordinator, in_review.id, Seat.SECOND, staff.second.id)
    declare(office, staff.second, in_review.id)
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    assert refusal(compared) == "expertise.experts_at_work"


def test_the_preview_does_not_tell_the_first_expert_what_the_second_decided(
    office: Office, staff: Staff, differing: Case
) -> None:
    drawn = preview(office, staff.first, differing.id)
    factors = {each["factor"]: each["severity"] for each in drawn.content["findings"]}
    mine = {str(each.content["factor"]): each for each in findings(office, staff.first, differing, Seat.FIRST)}
    assert "broad_discretion" in factors and "no_appeal" not in factors
    assert factors["excessive_requirement"] == mine["excessive_requirement"].content["severity"]
    assert [error.code for error in drawn.obstacles] == ["expertise.disagreements_open"]


def test_a_seat_is_taken_up_again(office: Office, staff: Staff, reviewed_case: Case) -> None:
    with pytest.raises(NotFoundError):
        take_up_again(office, staff.second, reviewed_case.id, Seat.FIRST)
    take_up_again(office, staff.first, reviewed_case.id, Seat.FIRST)
    assert (
        refusal(lambda: take_up_again(office, staff.first, reviewed_case.id, Seat.FIRST))
        == "expertise.seat_not_finished"
    )
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id)) == "expertise.seat_unfinished"


# Texts that change under the decisions.


def replace_draft(office: Office, staff: Staff, case: Case, examiner: Examiner, words: str) -> None:
    with office.database.reading() as session:
        (old,) = files_of(session, open_case(session, staff.coordinator, case.id))
    take_out_file(office, staff.coordinator, case.id, old.id)
    keep_file(office, staff.coordinator, case.id, "text", "second.txt", [words.encode()])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"


def test_words_marked_in_another_file_are_not_quoted(
    office: Office, staff: Staff, reviewed_case: Case, examiner: Examiner, clock: Clock
) -> None:
    clock.on(minutes=5)
    mended = DRAFT.replace("3. Решение принимается в разумный срок.", "3. Решение принимается за пять рабочих дней.")
    replace_draft(office, staff, reviewed_case, examiner, "\n" + mended.replace("Об утверждении", "По утверждению"))
    drawn = preview(office, staff.first, reviewed_case.id)
    codes = [error.code for error in drawn.obstacles]
    assert codes[-1] == "expertise.finding_of_old_text"
    assert "no_appeal" not in {each["factor"] for each in drawn.content["findings"]}
    text = mended.replace("Об утверждении", "По утверждению")
    for each in drawn.content["findings"]:
        assert all(place["quote"] in text for place in each["places"])


def test_a_finding_the_new_rules_no_longer_make_still_stands_on_the_same_text(
    office: Office, staff: Staff, reviewed_case: Case, examiner: Examiner, clock: Clock
) -> None:
    from nlp.pipeline import versions

    class Silent(Examiner):
        def examine(self, *given: Any, **more: Any) -> Any:
            made = super().examine(*given, **more)
            quiet = tuple(replace(report, findings=()) for report in made.reports)
            return replace(made, reports=quiet, versions=replace(versions(self.pack), pack_version="next"))

    before = {each["factor"] for each in preview(office, staff.first, reviewed_case.id).content["findings"]}
    clock.on(minutes=5)
    assert run(office, Silent(examiner.pack), Limits(), ask(office, staff.coordinator, reviewed_case.id).id) == "done"
    drawn = preview(office, staff.first, reviewed_case.id)
    assert {each["factor"] for each in drawn.content["findings"]} == before and drawn.obstacles == ()


def test_a_new_file_that_nobody_examined_is_refused(office: Office, staff: Staff, reviewed_case: Case) -> None:
    with office.database.reading() as session:
        (old,) = files_of(session, open_case(session, staff.coordinator, reviewed_case.id))
    take_out_file(office, staff.coordinator, reviewed_case.id, old.id)
    keep_file(office, staff.coordinator, reviewed_case.id, "text", "b.txt", [(DRAFT + "\n4. Ещё пункт.\n").encode()])
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id)) == "expertise.files_changed"
    codes = [error.code for error in preview(office, staff.first, reviewed_case.id).obstacles]
    assert codes == ["expertise.files_changed"]


def test_a_text_that_is_read_in_another_way_is_refused(
    office: Office, staff: Staff, reviewed_case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    import expertise.work.restoring as restoring
    from nlp.reading.reader import ReadDocument

    read = restoring.read_document

    def otherwise(*given: Any) -> ReadDocument:
        found = read(*given)
        return replace(found, source=replace(found.source, text=found.source.text.replace("устава", "Устава")))

    monkeypatch.setattr(restoring, "read_document", otherwise)
    assert refusal(lambda: conclude(office, staff.first, reviewed_case.id)) == "expertise.texts_changed"


# Two texts, requisites, reading, signatures.

KK = """Рұқсаттар беру қағидаларын бекіту туралы

БҰЙЫРАМЫН:

1. Қоса беріліп отырған Рұқсаттар беру қағидалары бекітілсін.

Рұқсаттар беру қағидалары

1. Уәкілетті орган рұқсаттың қолданылуын тоқтата тұруға құқылы.
2. Өтініш беруші өтінішті, жарғының көшірмесін және өзге де құжаттарды ұсынады.
3. Шешім ақылға қонымды мерзімде қабылданады.
"""


def test_one_defect_in_both_texts_is_one_finding(
    office: Office, staff: Staff, in_review: Case, examiner: Examiner, clock: Clock
) -> None:
    clock.on(minutes=1)
    keep_file(office, staff.coordinator, in_review.id, "text", "draft-kk.txt", [KK.encode()])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, in_review.id).id) == "done"
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    row = conclude(office, staff.first, in_review.id)
    (found,) = [each for each in row.content["findings"] if each["factor"] == "permissive_power"]
    assert {place["language"] for place in found["places"]} == {"ru", "kk"}
    assert len({place["finding"] for place in found["places"]}) == 2 == len(found["decisions"])
    assert {each["language"] for each in found["proposals"]} == {"ru", "kk"}
    assert set(found["reasoning"]) == {"ru", "kk"}
    assert row.content["summary"]["findings"] == len(row.content["findings"])
    kazakh = "\n".join(page.extract_text() for page in _pdf(office, row, "kk.pdf").pages)
    assert "Уәкілетті" in kazakh and "құқылы" in kazakh


HIDDEN = "4. Отдел в течение {} рабочих дней со дня подачи заявления лицом выдаёт справку о праве на льготу.\n"
HIDDEN_KK = "4. Бөлім тұлға өтініш берген күннен бастап {} жұмыс күні ішінде жеңілдікке құқық туралы анықтама береді.\n"


def test_services_and_divergences_have_parts_of_their_own(
    office: Office, staff: Staff, case: Case, examiner: Examiner
) -> None:
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    declare(office, staff.first, case.id)
    advance(office, staff.first, case.id, "start")
    with office.database.reading() as session:
        (old,) = files_of(session, open_case(session, staff.coordinator, case.id))
    take_out_file(office, staff.coordinator, case.id, old.id)
    for name, words in (("ru.txt", DRAFT + HIDDEN.format(5)), ("kk.txt", KK + HIDDEN_KK.format(15))):
        keep_file(office, staff.coordinator, case.id, "text", name, [words.encode()])
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    nothing = preview(office, staff.first, case.id).content
    assert nothing["checks"] == {"services": {"looked_for": True, "register": ""}, "texts_compared": True}
    assert (nothing["summary"]["hidden_services"], nothing["summary"]["divergences"]) == ([], []), "nobody confirmed"
    decide_all(office, staff.first, case)
    drawn = preview(office, staff.first, case.id).content
    Draft202012Validator(schema()).validate(drawn)
    (divergence,) = drawn["summary"]["divergences"]
    found = next(each for each in drawn["findings"] if each["number"] == divergence)
    assert found["factor"] == "collision" and {place["language"] for place in found["places"]} == {"ru", "kk"}
    assert drawn["summary"]["hidden_services"]
    words = "\n".join(preview_document(office, staff.first, case.id, "ru").texts())
    assert "реестр не загружен" in words and "на казахском языке – " in words


def _pdf(office: Office, row: ConclusionRow, name: str) -> PdfReader:
    import io

    return PdfReader(io.BytesIO(office.files.get(row.files[name])))


def test_what_is_empty_is_listed_and_printed_as_a_blank(office: Office, staff: Staff, reviewed_case: Case) -> None:
    drawn = preview(office, staff.first, reviewed_case.id)
    assert {"number", "date", "letter_number", "subject"} <= set(drawn.content["empty"])
    assert not {"expert", "no_conflict", "materials"} & set(drawn.content["empty"])
    shown = "\n".join(preview_document(office, staff.first, reviewed_case.id, "ru").texts())
    assert "Не заполнено: номер заключения" in shown and "№ ___ от ___" in shown
    change(office, staff.coordinator, reviewed_case.id, requisites={"number": "15", "date": "2026-03-05"})
    row = conclude(office, staff.first, reviewed_case.id, ["ru"])
    assert row.number == "15" and "№ 15 от 05.03.2026" in all_words(office, row)
    assert "Не заполнено" not in all_words(office, row)


def test_the_reading_list_is_in_the_preview_and_not_in_the_conclusion(
    office: Office, staff: Staff, in_review: Case
) -> None:
    listed = preview(office, staff.first, in_review.id).chapters
    assert len(listed) == 2 and not any(chapter.read for chapter in listed)
    read_chapter(office, staff.first, in_review.id, listed[0].key)
    assert [chapter.read for chapter in preview(office, staff.first, in_review.id).chapters] == [True, False]
    for language, words in (("ru", "Не отмечены прочитанными"), ("kk", "Оқылды деп белгіленбеген")):
        assert words in "\n".join(preview_document(office, staff.first, in_review.id, language).texts())
    decide_all(office, staff.first, in_review)
    finish(office, staff.first, in_review.id)
    row = conclude(office, staff.first, in_review.id)
    assert "Не отмечены прочитанными" not in all_words(office, row)


def test_a_signature_is_kept_as_it_came(office: Office, staff: Staff, reviewed_case: Case) -> None:
    conclude(office, staff.first, reviewed_case.id, ["ru"])
    with pytest.raises(DeniedError):
        sign(office, staff.coordinator, reviewed_case.id, "ru.pdf", "a.p7s", [b"x"])
    advance(office, staff.approver, reviewed_case.id, "approve")
    kept = sign(office, staff.coordinator, reviewed_case.id, "ru.pdf", "C:\\подпись.p7s", [b"\x30\x82", b"rest"])
    assert (kept.name, kept.signs) == ("подпись.p7s", "ru.pdf") and office.files.get(kept.sha256) == b"\x30\x82rest"
    with pytest.raises(NotFoundError):
        sign(office, staff.coordinator, reviewed_case.id, "en.pdf", "a.p7s", [b"x"])
    assert (
        refusal(lambda: sign(office, staff.coordinator, reviewed_case.id, "ru.pdf", "a.p7s", []))
        == "expertise.file_empty"
    )
    with pytest.raises(DeniedError):
        sign(office, staff.developer, reviewed_case.id, "ru.pdf", "a.p7s", [b"x"])
    with office.database.reading() as session:
        row = conclusion_of(session, open_case(session, staff.coordinator, reviewed_case.id))
        assert [each.id for each in signatures(session, row)] == [kept.id]


def test_a_signature_over_the_limit_is_refused(office: Office, staff: Staff, reviewed_case: Case) -> None:
    conclude(office, staff.first, reviewed_case.id, ["ru"])
    advance(office, staff.approver, reviewed_case.id, "approve")
    small = replace(office, settings=replace(office.settings, signature_bytes=8))
    sign(small, staff.coordinator, reviewed_case.id, "ru.pdf", "a.p7s", [b"x" * 8])
    with pytest.raises(KeptFileError):
        sign(small, staff.coordinator, reviewed_case.id, "ru.pdf", "a.p7s", [b"x" * 9])


def test_files_are_given_to_whom_the_policy_shows_the_conclusion(
    office: Office, staff: Staff, reviewed_case: Case
) -> None:
    conclude(office, staff.first, reviewed_case.id, ["ru"])
    assert conclusion_file(office, staff.approver, reviewed_case.id, "ru.pdf").startswith(b"%PDF-")
    with pytest.raises(DeniedError):
        conclusion_file(office, staff.developer, reviewed_case.id, "ru.pdf")
    advance(office, staff.approver, reviewed_case.id, "approve")
    advance(office, staff.coordinator, reviewed_case.id, "send")
    assert conclusion_file(office, staff.developer, reviewed_case.id, "ru.docx").startswith(b"PK")
    with pytest.raises(NotFoundError):
        conclusion_file(office, staff.developer, reviewed_case.id, "../ru.docx")


def test_a_word_draft_gets_notes_of_the_conclusion(
    office: Office, staff: Staff, case: Case, examiner: Examiner
) -> None:
    import io
    import zipfile

    from tests.conftest import REPOSITORY

    with office.database.reading() as session:
        (old,) = files_of(session, open_case(session, staff.coordinator, case.id))
    take_out_file(office, staff.coordinator, case.id, old.id)
    draft = (REPOSITORY / "examples" / "draft-ru.docx").read_bytes()
    keep_file(office, staff.coordinator, case.id, "text", "draft-ru.docx", [draft])
    give_seat(office, staff.coordinator, case.id, Seat.FIRST, staff.first.id)
    advance(office, staff.coordinator, case.id, "assign")
    assert run(office, examiner, Limits(), ask(office, staff.coordinator, case.id).id) == "done"
    declare(office, staff.first, case.id)
    advance(office, staff.first, case.id, "start")
    all_found = findings(office, staff.first, case, Seat.FIRST)
    decide(office, staff.first, case.id, all_found[0].row.id, Verdict.DISMISSED, reason=NO)
    decide_all(office, staff.first, case)
    finish(office, staff.first, case.id)
    row = conclude(office, staff.first, case.id, ["ru"])
    with zipfile.ZipFile(io.BytesIO(office.files.get(row.files["draft-1.docx"]))) as archive:
        comments = archive.read("word/comments.xml").decode()
    assert "Заключение научной антикоррупционной экспертизы № ___ от ___, пункт 1." in comments
    assert "Предварительная проверка программой" not in comments
    assert all_found[0].content["explanation"] not in comments
    assert f"пункт {len(row.content['findings'])}." in comments


def test_seats_of_a_round_are_told_by_name(office: Office, staff: Staff, reviewed_case: Case) -> None:
    with office.database.reading() as session:
        declared = session.scalars(select(SeatRow.declared_at)).one()
    assert declared is not None
    (sat,) = preview(office, staff.first, reviewed_case.id).content["experts"]
    assert sat == {"seat": "first", "name": staff.first.name, "declared_on": declared.date().isoformat()}
