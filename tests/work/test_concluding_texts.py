"""Conclusions when texts change under the decisions; two texts, requisites, reading, signatures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader
from sqlalchemy import select

from expertise.case.conclusion import schema
from expertise.case.decisions import Verdict
from expertise.office import Office
from expertise.people import Seat
from expertise.policy import DeniedError
from expertise.store.blobs import KeptFileError
from expertise.store.case_tables import Case, ConclusionRow, SeatRow
from expertise.store.cases import NotFoundError, open_case
from expertise.work.analysing import ask, run
from expertise.work.concluding import conclude, preview, preview_document
from expertise.work.issued import conclusion_file, conclusion_of, sign, signatures
from expertise.work.moving import advance
from expertise.work.registering import change, files_of, keep_file, take_out_file
from expertise.work.reviewing import decide, finish, read_chapter
from expertise.work.seats import declare, give_seat
from nlp.limits import Limits
from nlp.pipeline import Examiner
from tests.conftest import needs_fonts
from tests.work.concluding_scenes import NO, all_words, decide_all, findings, refusal, reviewed_case
from tests.work.conftest import DRAFT, Clock, Staff

pytestmark = needs_fonts
_FIXTURES = (reviewed_case,)


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
Шешім тұлғаға жіберіледі және оған сотқа шағым жасалуы мүмкін.
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
    assert row.number == "15" and "№ 15 от 5 марта 2026 года" in all_words(office, row)
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
