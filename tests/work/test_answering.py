"""The developer answers every recommendation: drafts, submissions that stay, papers, forms, terms."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from sqlalchemy import func, select

from expertise import audit
from expertise.case.answers import Given, Signatory, recommended
from expertise.case.states import CaseError
from expertise.documents.answer_form import answer_form
from expertise.documents.docx_writer import write_docx
from expertise.office import Office
from expertise.people import Actor, Role, Seat
from expertise.policy import DeniedError
from expertise.store.answer_tables import AnswerSheet
from expertise.store.audit_tables import Entry
from expertise.store.case_tables import Case, ConclusionRow
from expertise.store.cases import NotFoundError, Wanted, list_cases, open_case
from expertise.store.references import named_files
from expertise.work.answer_sheets import Sheet, draft, positions, sheet_file, submissions
from expertise.work.answering import comment, read_answers, save_answers, submit
from expertise.work.issued import conclusion_file, conclusion_of
from expertise.work.moving import advance
from expertise.work.reviewing import reviewed
from nlp.errors import ReadingError, SaraptamaError
from tests.conftest import needs_fonts
from tests.work.answer_scenes import WHY, conclude_and_send, filled, saved, table_file
from tests.work.conftest import Clock, Hire, Staff

pytestmark = needs_fonts

WHO = Signatory("Ахметова А. Б.", "директор департамента", "12-3/77", date(2026, 3, 4))
YES, NO = Given("accepted"), Given("rejected", reason=WHY)


@pytest.fixture
def sent(office: Office, staff: Staff, in_review: Case) -> Case:
    conclude_and_send(office, staff, in_review)
    return in_review


def conclusion(office: Office, actor: Actor, case: Case) -> ConclusionRow:
    with office.database.reading() as session:
        return conclusion_of(session, open_case(session, actor, case.id))


def numbers(office: Office, staff: Staff, case: Case) -> list[int]:
    return [each["number"] for each in recommended(conclusion(office, staff.coordinator, case).content)]


def code_of(act: Callable[[], object], kind: type[SaraptamaError] = CaseError) -> str:
    with pytest.raises(kind) as caught:
        act()
    return caught.value.code


def state(office: Office, actor: Actor, case: Case) -> str:
    with office.database.reading() as session:
        return open_case(session, actor, case.id).case.state


def seen(office: Office, actor: Actor, case: Case) -> tuple[Sheet, ...]:
    with office.database.reading() as session:
        return submissions(session, open_case(session, actor, case.id, "see_answers"))


def own_draft(office: Office, actor: Actor, case: Case) -> Sheet | None:
    with office.database.reading() as session:
        return draft(session, open_case(session, actor, case.id, "answer"))


def answer_all(office: Office, staff: Staff, case: Case) -> None:
    save_answers(office, staff.developer, case.id, dict.fromkeys(numbers(office, staff, case), YES))


def test_every_recommendation_is_asked_and_nothing_else(office: Office, staff: Staff, sent: Case) -> None:
    content = conclusion(office, staff.coordinator, sent).content
    asked = numbers(office, staff, sent)
    assert len(asked) == content["summary"]["recommendations"] == len(content["findings"]) - 1 >= 3


def test_a_draft_is_saved_one_by_one_and_changed(office: Office, staff: Staff, sent: Case) -> None:
    one, two, *_ = numbers(office, staff, sent)
    assert own_draft(office, staff.developer, sent) is None
    save_answers(office, staff.developer, sent.id, {one: YES})
    save_answers(office, staff.developer, sent.id, {two: Given("in_part", " 2. Иначе.\r\n", "")})
    save_answers(office, staff.developer, sent.id, {one: NO})
    kept = own_draft(office, staff.developer, sent)
    assert kept is not None and dict(kept.given) == {one: NO, two: Given("in_part", "2. Иначе.", "")}
    assert state(office, staff.developer, sent) == "sent" and seen(office, staff.coordinator, sent) == ()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given("", "", "слова"), "expertise.answer_position_missing"),
        (Given("maybe"), "expertise.answer_position_unknown"),
        (Given("in_part", " ", WHY), "expertise.answer_wording_missing"),
        (Given("accepted", "1. Иначе."), "expertise.answer_wording_unasked"),
        (Given("rejected", "1. Иначе.", WHY), "expertise.answer_wording_unasked"),
        (Given("rejected", "", " \n "), "expertise.answer_reason_missing"),
        (Given("rejected", "", "а" * 19), "expertise.answer_reason_short"),
        (Given("rejected", "", "а" * 20_001), "expertise.words_too_long"),
        (Given("in_part", "а" * 20_001), "expertise.words_too_long"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_kept(
    office: Office, staff: Staff, sent: Case, given: Given, code: str
) -> None:
    one, two, *_ = numbers(office, staff, sent)
    told = save_answers(office, staff.developer, sent.id, {one: given, two: YES})
    assert {number: error.code for number, error in told.refused.items()} == {one: code}
    assert dict(told.sheet.given) == {two: YES}
    assert code_of(lambda: submit(office, staff.developer, sent.id, WHO, {one: given})) == code


def test_the_bounds_themselves_pass(office: Office, staff: Staff, sent: Case) -> None:
    one, two, *_ = numbers(office, staff, sent)
    fine = {one: Given("rejected", "", "а" * 20), two: Given("in_part", "а" * 20_000, "б" * 20_000)}
    assert not save_answers(office, staff.developer, sent.id, fine).refused
    wide = replace(office, settings=replace(office.settings, answer_reason_characters=21))
    assert set(save_answers(wide, staff.developer, sent.id, fine).refused) == {one}


def test_no_number_that_is_no_recommendation_is_answered(office: Office, staff: Staff, sent: Case) -> None:
    for number in (0, -1, len(conclusion(office, staff.coordinator, sent).content["findings"]), 999):
        if number not in numbers(office, staff, sent):
            act = lambda number=number: save_answers(office, staff.developer, sent.id, {number: YES})  # noqa: E731
            assert code_of(act, NotFoundError) == "expertise.no_answer"


def test_nothing_is_submitted_while_an_answer_is_missing(office: Office, staff: Staff, sent: Case) -> None:
    one, *left = numbers(office, staff, sent)
    save_answers(office, staff.developer, sent.id, {one: YES})
    with pytest.raises(CaseError) as caught:
        submit(office, staff.developer, sent.id, WHO)
    assert caught.value.code == "expertise.answers_incomplete"
    assert caught.value.params == {"count": len(left), "numbers": ", ".join(map(str, left))}
    answer_all(office, staff, sent)
    assert code_of(lambda: submit(office, staff.developer, sent.id)) == "expertise.answer_signatory_missing"
    nameless = Signatory("А", " ")
    assert code_of(lambda: submit(office, staff.developer, sent.id, nameless)) == "expertise.answer_signatory_missing"
    longest = Signatory("а" * 501, "б")
    assert code_of(lambda: submit(office, staff.developer, sent.id, longest)) == "expertise.words_too_long"
    assert state(office, staff.developer, sent) == "sent"


def test_a_submission_moves_the_case_and_is_audited(office: Office, staff: Staff, sent: Case) -> None:
    answer_all(office, staff, sent)
    made = submit(office, staff.developer, sent.id, WHO)
    assert state(office, staff.developer, sent) == "answered"
    assert (made.row.number, made.row.on_behalf, made.signatory) == (1, False, WHO)
    with office.database.reading() as session:
        actions = list(session.scalars(select(Entry.action).order_by(Entry.id)))
        assert list(audit.verify(session)) == []
    assert actions[-3:] == ["save_answers", "to_answer", "submit_answers"]
    for who in (staff.developer, staff.coordinator, staff.first, staff.approver, staff.observer):
        assert [sheet.row.id for sheet in seen(office, who, sent)] == [made.row.id]


def test_the_case_is_not_answered_without_answers(office: Office, staff: Staff, sent: Case) -> None:
    for who in (staff.developer, staff.coordinator):
        assert code_of(lambda who=who: advance(office, who, sent.id, "answer")) == "expertise.answers_missing"  # type: ignore[misc]


def test_a_later_change_is_a_new_submission(office: Office, staff: Staff, sent: Case, clock: Clock) -> None:
    one, *_ = numbers(office, staff, sent)
    answer_all(office, staff, sent)
    submit(office, staff.developer, sent.id, WHO)
    clock.on(days=2)
    save_answers(office, staff.developer, sent.id, {one: NO})
    assert [dict(sheet.given)[one] for sheet in seen(office, staff.coordinator, sent)] == [YES]
    submit(office, staff.developer, sent.id, replace(WHO, letter_number="12-3/99"))
    later, earlier = seen(office, staff.coordinator, sent)
    assert (later.row.number, earlier.row.number) == (2, 1)
    assert (later.given[one], earlier.given[one]) == (NO, YES)
    assert set(later.given) == set(earlier.given), "what was not changed goes over"
    assert (later.row.letter_number, earlier.row.letter_number) == ("12-3/99", "12-3/77")
    assert state(office, staff.coordinator, sent) == "answered"


def test_a_button_that_is_pressed_twice_submits_once(office: Office, staff: Staff, sent: Case) -> None:
    answer_all(office, staff, sent)
    submit(office, staff.developer, sent.id, WHO)
    assert code_of(lambda: submit(office, staff.developer, sent.id, WHO)) == "expertise.answer_unchanged"
    assert len(seen(office, staff.developer, sent)) == 1
    assert submit(office, staff.developer, sent.id, replace(WHO, letter_number="12-3/78")).row.number == 2


def test_positions_stand_beside_the_findings(office: Office, staff: Staff, sent: Case) -> None:
    one, *_ = asked = numbers(office, staff, sent)
    submit(office, staff.developer, sent.id, WHO, {**dict.fromkeys(asked, YES), one: NO})
    with office.database.reading() as session:
        opened = open_case(session, staff.first, sent.id)
        told = positions(session, opened)
        ids = {each.row.id for each in reviewed(session, opened, Seat.FIRST)}
    assert set(told) < ids and sorted(told.values()) == [(one, "rejected"), *((each, "accepted") for each in asked[1:])]
    advance(office, staff.coordinator, sent.id, "repeat", "заново")
    with office.database.reading() as session:
        assert positions(session, open_case(session, staff.coordinator, sent.id)) == {}


def test_answers_of_an_earlier_round_stay_readable(office: Office, staff: Staff, sent: Case) -> None:
    answer_all(office, staff, sent)
    submit(office, staff.developer, sent.id, WHO)
    advance(office, staff.coordinator, sent.id, "repeat", "проект изменён")
    (old,) = seen(office, staff.developer, sent)
    assert (old.row.round, len(old.answers)) == (1, len(recommended(old.conclusion.content)))
    with pytest.raises(DeniedError):
        save_answers(office, staff.developer, sent.id, {1: YES})


def test_a_repeat_expertise_has_a_number_and_a_letter_of_its_own(office: Office, staff: Staff, sent: Case) -> None:
    given = {"number": "15", "date": "2026-03-02", "letter_number": "7", "pages": "12", "developer": "Министерство"}
    with office.database.transaction() as session:
        open_case(session, staff.coordinator, sent.id).case.requisites = given
    advance(office, staff.coordinator, sent.id, "repeat", "проект изменён")
    with office.database.reading() as session:
        case = open_case(session, staff.coordinator, sent.id).case
        told = session.scalars(select(Entry).where(Entry.action == "edit_requisites")).all()
    assert case.requisites == {"developer": "Министерство"}
    assert len(told) == 1


def test_paper_is_entered_by_the_coordinator_with_its_letter(office: Office, staff: Staff, sent: Case) -> None:
    given = dict.fromkeys(numbers(office, staff, sent), NO)
    bare = Signatory(WHO.name, WHO.post)
    assert code_of(lambda: submit(office, staff.coordinator, sent.id, bare, given)) == "expertise.answer_letter_missing"
    made = submit(office, staff.coordinator, sent.id, WHO, given)
    assert made.row.on_behalf and made.row.by == staff.coordinator.id
    assert state(office, staff.coordinator, sent) == "answered"


def test_drafts_are_seen_by_who_writes_them(office: Office, staff: Staff, sent: Case) -> None:
    one, *_ = numbers(office, staff, sent)
    save_answers(office, staff.developer, sent.id, {one: NO})
    assert own_draft(office, staff.coordinator, sent) is None
    for who in (staff.coordinator, staff.first, staff.observer):
        assert seen(office, who, sent) == ()


def test_other_people_neither_answer_nor_read(office: Office, staff: Staff, sent: Case, hire: Hire) -> None:
    stranger = hire("stranger", Role.DEVELOPER)
    for act in (
        lambda: save_answers(office, stranger, sent.id, {1: YES}),
        lambda: submit(office, stranger, sent.id, WHO),
        lambda: read_answers(office, stranger, sent.id, [b"PK"]),
        lambda: seen(office, stranger, sent),
        lambda: own_draft(office, stranger, sent),
        lambda: comment(office, stranger, sent.id, "0" * 32, 1, "нет"),
    ):
        assert code_of(act, NotFoundError) == "expertise.no_case"  # type: ignore[arg-type]
    for who in (staff.first, staff.approver, staff.observer):
        with pytest.raises(DeniedError):
            save_answers(office, who, sent.id, {1: YES})
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AnswerSheet)) == 0


def test_nothing_is_answered_before_the_conclusion_is_sent(office: Office, staff: Staff, in_review: Case) -> None:
    for who in (staff.developer, staff.coordinator):
        with pytest.raises(DeniedError):
            save_answers(office, who, in_review.id, {1: YES})


def test_a_conclusion_without_recommendations_is_answered_too(office: Office, staff: Staff, in_review: Case) -> None:
    conclude_and_send(office, staff, in_review, nothing=True)
    assert submit(office, staff.developer, in_review.id, WHO).row.number == 1
    assert state(office, staff.developer, in_review) == "answered"


def test_an_expert_comments_what_was_not_accepted(office: Office, staff: Staff, sent: Case) -> None:
    one, *others = numbers(office, staff, sent)
    made = submit(office, staff.developer, sent.id, WHO, {one: NO, **dict.fromkeys(others, YES)})

    def say(number: int, words: str, who: Actor = staff.first, sheet: str = made.row.id) -> object:
        return comment(office, who, sent.id, sheet, number, words)

    say(one, " Закон такого порядка не содержит. ")
    assert [each.text for each in seen(office, staff.developer, sent)[0].comments[one]] == [
        "Закон такого порядка не содержит."
    ]
    assert code_of(lambda: say(others[0], "нет")) == "expertise.answer_accepted"
    assert code_of(lambda: say(one, "  ")) == "expertise.answer_comment_empty"
    assert code_of(lambda: say(one, "а" * 20_001)) == "expertise.words_too_long"
    assert code_of(lambda: say(999, "нет"), NotFoundError) == "expertise.no_answer"
    assert code_of(lambda: say(one, "нет", sheet="0" * 32), NotFoundError) == "expertise.no_answer"
    for who in (staff.developer, staff.coordinator, staff.observer):
        with pytest.raises(DeniedError):
            say(one, "нет", who)


def test_the_term_of_the_answer_runs_from_sending(office: Office, staff: Staff, sent: Case, clock: Clock) -> None:
    def late(day: date) -> int:
        with office.database.reading() as session:
            return list_cases(session, staff.coordinator, Wanted(late_on=day)).total

    with office.database.reading() as session:
        due = open_case(session, staff.coordinator, sent.id).case.answer_due
    assert due == date(2026, 3, 23), "15 working days after Monday, 2 March"
    assert (late(date(2026, 3, 23)), late(date(2026, 3, 24))) == (0, 1)
    answer_all(office, staff, sent)
    submit(office, staff.developer, sent.id, WHO)
    assert late(date(2026, 3, 24)) == 0
    advance(office, staff.coordinator, sent.id, "repeat", "заново")
    with office.database.reading() as session:
        assert open_case(session, staff.coordinator, sent.id).case.answer_due is None


def form(office: Office, staff: Staff, case: Case, language: str = "ru") -> bytes:
    row = conclusion(office, staff.coordinator, case)
    return write_docx(answer_form(row.content, language, row.content_hash, 20))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Принято.", "принято  частично", "«НЕ ПРИНЯТО»", "не знаю")),
        ("kk", ("қабылданды", "Ішінара қабылданды", "Қабылданбады!", "білмеймін")),
    ],
)
def test_a_filled_form_becomes_a_draft(
    office: Office, staff: Staff, sent: Case, language: str, words: tuple[str, ...]
) -> None:
    one, two, three, *_ = numbers(office, staff, sent)
    given = {(1, 3): words[0], (2, 3): words[1], (2, 4): "2. Иначе.\nИ ещё.", (2, 5): "Так яснее.", (3, 3): words[2],
             (3, 5): WHY}  # fmt: skip
    made = read_answers(office, staff.developer, sent.id, [filled(form(office, staff, sent, language), given)])
    assert dict(made.given) == {one: YES, two: Given("in_part", "2. Иначе.\nИ ещё.", "Так яснее."), three: NO}
    assert made.questions == () and state(office, staff.developer, sent) == "sent"
    unclear = filled(form(office, staff, sent, language), {(1, 3): words[3], (3, 3): words[2], (3, 5): "нет"})
    again = read_answers(office, staff.developer, sent.id, [unclear])
    assert again.given == made.given, "what is not clear changes nothing"
    asked = again.questions
    assert [(each.number, each.code) for each in asked] == [
        (one, "expertise.answer_position_unclear"),
        (three, "expertise.answer_reason_short"),
    ]
    assert (asked[0].position, asked[1].reason) == (words[3], "нет")
    settled = save_answers(office, staff.developer, sent.id, {one: YES}).sheet
    assert [each.number for each in settled.questions] == [three]


def test_an_answer_that_a_file_puts_in_doubt_is_not_submitted(office: Office, staff: Staff, sent: Case) -> None:
    one, *_ = numbers(office, staff, sent)
    answer_all(office, staff, sent)
    read_answers(office, staff.developer, sent.id, [filled(form(office, staff, sent), {(1, 3): "возможно"})])
    with pytest.raises(CaseError) as caught:
        submit(office, staff.developer, sent.id, WHO)
    assert (caught.value.code, caught.value.params["numbers"]) == ("expertise.answers_incomplete", str(one))
    assert submit(office, staff.developer, sent.id, WHO, {one: YES}).row.number == 1


def test_filled_forms_are_kept_with_the_answer(office: Office, staff: Staff, sent: Case, hire: Hire) -> None:
    blank = form(office, staff, sent)
    one, two = (filled(blank, {(1, 3): words}) for words in ("принято", "не принято"))
    answer_all(office, staff, sent)
    for content, name in ((one, "C:\\бланк.docx"), (two, "второй.docx"), (one, "снова.docx")):
        sheet = read_answers(office, staff.developer, sent.id, [content], name)
    assert [each["name"] for each in sheet.row.files] == ["второй.docx", "снова.docx"], "equal bytes are one file"
    get = lambda who, number=1: sheet_file(office, who, sent.id, sheet.row.id, number)  # noqa: E731
    assert get(staff.developer) == ("второй.docx", two) and get(staff.developer, 2) == ("снова.docx", one)
    stranger = hire("stranger", Role.DEVELOPER)
    others = [(each, 1) for each in (staff.coordinator, staff.first, stranger)]
    for who, number in [*others, (staff.developer, 0), (staff.developer, 3)]:
        assert code_of(lambda who=who, number=number: get(who, number), NotFoundError)  # type: ignore[misc]
    few = replace(office, settings=replace(office.settings, answer_files=2))
    third = filled(blank, {(1, 3): "принято частично", (1, 4): "1. Иначе."})
    act = lambda: read_answers(few, staff.developer, sent.id, [third])  # noqa: E731
    assert code_of(act) == "expertise.too_many_answer_files"
    assert hashlib.sha256(third).hexdigest() not in set(office.files.names()), "what was refused is not kept"
    assert len(read_answers(few, staff.developer, sent.id, [one], "последний.docx").row.files) == 2
    submit(office, staff.developer, sent.id, WHO)
    assert get(staff.coordinator, 2) == get(staff.first, 2) == ("последний.docx", one)
    read_answers(office, staff.developer, sent.id, [one], "подписанный.docx")
    again = submit(office, staff.developer, sent.id, WHO)
    assert (again.row.number, len(again.row.files)) == (2, 1), "a file alone is something new"
    assert code_of(lambda: submit(office, staff.developer, sent.id, WHO)) == "expertise.answer_unchanged"
    with office.database.reading() as session:
        kept = [each["sha256"] for each in again.row.files]
        assert kept[0] in set(named_files(session)), "a backup takes it along"
        assert list(audit.verify(session)) == []


def test_the_table_of_the_conclusion_itself_is_read_too(office: Office, staff: Staff, sent: Case) -> None:
    issued = conclusion_file(office, staff.developer, sent.id, "ru.docx")
    document = docx.Document(io.BytesIO(issued))
    at = next(i for i, table in enumerate(document.tables) if len(table.columns) == 9)
    one, two, *_ = numbers(office, staff, sent)
    given = {(one, 7): "принято", (two, 7): "принято частично", (two, 8): WHY}
    made = read_answers(office, staff.developer, sent.id, [filled(issued, given, at)])
    assert dict(made.given) == {one: YES}
    assert [(each.number, each.code) for each in made.questions] == [(two, "expertise.answer_wording_missing")]


def test_files_that_are_no_form_are_refused(office: Office, staff: Staff, sent: Case) -> None:
    head = ["№", "Позиция разработчика", "Обоснование позиции"]
    mine = conclusion(office, staff.coordinator, sent).content_hash
    cases: list[tuple[bytes, str]] = [
        (b"", "expertise.answer_not_docx"),
        (b"%PDF-1.7", "expertise.answer_not_docx"),
        ("№ 1 принято".encode(), "expertise.answer_not_docx"),
        (table_file([head, ["1", "принято", ""]], "ab" * 32), "expertise.answer_form_other"),
        (table_file([head, ["1", "принято", ""]], "без суммы"), "expertise.answer_form_other"),
        (table_file([["№", "Слова"], ["1", "принято"]], mine), "expertise.answer_table_missing"),
        (table_file([[*head, "№"], ["1", "принято", "", "1"]], mine), "expertise.answer_table_missing"),
    ]
    for content, code in cases:
        assert code_of(lambda content=content: read_answers(office, staff.developer, sent.id, [content])) == code  # type: ignore[misc]
    assert own_draft(office, staff.developer, sent) is None
    broken = form(office, staff, sent)[:3000]
    with pytest.raises(ReadingError):
        read_answers(office, staff.developer, sent.id, [broken])


def test_a_file_may_be_as_large_as_the_setting_and_no_larger(office: Office, staff: Staff, sent: Case) -> None:
    whole = filled(form(office, staff, sent), {(1, 3): "принято"})
    exact = replace(office, settings=replace(office.settings, answer_file_bytes=len(whole)))
    assert read_answers(exact, staff.developer, sent.id, [whole]).answers
    less = replace(office, settings=replace(office.settings, answer_file_bytes=len(whole) - 1))
    act = lambda: read_answers(less, staff.developer, sent.id, [whole])  # noqa: E731
    assert code_of(act) == "expertise.answer_file_too_large"


def test_tracked_changes_are_read_as_accepted_and_hidden_words_are_not(
    office: Office, staff: Staff, sent: Case
) -> None:
    document = docx.Document(io.BytesIO(filled(form(office, staff, sent), {(1, 3): "принято", (2, 5): WHY})))
    document.tables[0].cell(1, 3).paragraphs[0].add_run(" частично").font.hidden = True
    place = document.tables[0].cell(2, 3).paragraphs[0]._p
    for tag, words in (("del", "принято"), ("ins", "не принято")):
        change = OxmlElement(f"w:{tag}")
        change.set(qn("w:id"), "1")
        run = OxmlElement("w:r")
        text = OxmlElement("w:delText" if tag == "del" else "w:t")
        text.text = words
        run.append(text)
        change.append(run)
        place.append(change)
    made = read_answers(office, staff.developer, sent.id, [saved(document)])
    assert list(made.given.values()) == [YES, NO] and made.questions == ()
