"""examine(): the whole way on texts of our own – identity of findings, places, languages, silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.detection.pack import load_pack
from nlp.errors import NotAnActError, ReadingError
from nlp.examination import Dossier, TextReport
from nlp.factors import kz_pack
from nlp.limits import Limits
from nlp.pipeline import Examiner, Options
from nlp.reading.plain import read_plain
from nlp.reading.reader import read_file
from nlp.reading.source import SourceText
from nlp.result import to_json
from tests.conftest import REPOSITORY

HEAD = """Проект

МИНИСТЕРСТВО ЭНЕРГЕТИКИ РЕСПУБЛИКИ КАЗАХСТАН

ПРИКАЗ

от «___» ________ 2026 года № ___

Об утверждении Правил допуска поставщиков угля

В соответствии с пунктом 3 статьи 12 Закона Республики Казахстан «О теплоэнергетике» ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила допуска поставщиков угля.

2. Контроль за исполнением настоящего приказа возложить на курирующего вице-министра.

3. Настоящий приказ вводится в действие по истечении десяти календарных дней после дня его первого официального
опубликования.

Утверждены
приказом Министра энергетики
от «___» ________ 2026 года № ___

Правила допуска поставщиков угля

Глава 1. Порядок допуска

"""


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(load_pack(kz_pack()))


def source(*points: str, head: str = HEAD) -> SourceText:
    numbered = "\n\n".join(f"{number}. {text}" for number, text in enumerate(points, start=1))
    return read_plain((head + numbered + "\n").encode(), "draft.txt", Limits())


def report(examiner: Examiner, *points: str, options: Options = Options()) -> TextReport:  # noqa: B008
    return examiner.examine(Dossier(ru=source(*points)), options).reports[0]


REASONABLE = "Комиссия рассматривает заявление поставщика в разумный срок и сообщает ему о решении."
CLOSED = "Комиссия рассматривает заявление поставщика в течение пяти рабочих дней со дня его регистрации."


def test_a_flawed_norm_is_found_and_its_sound_wording_is_not(examiner: Examiner) -> None:
    findings = report(examiner, CLOSED, REASONABLE).findings
    assert [(finding.factor, finding.marks[0].citation) for finding in findings] == [
        ("broad_discretion", findings[0].marks[0].citation)
    ]
    assert "пункт 2 Правил" in findings[0].marks[0].citation


def test_marks_point_at_the_words_in_the_clean_text(examiner: Examiner) -> None:
    made = report(examiner, CLOSED, REASONABLE)
    for finding in made.findings:
        for mark in finding.marks:
            assert made.act.source.text[mark.start : mark.end] == mark.quote
    assert "разумный срок" in made.findings[0].marks[0].quote


def test_template_clauses_of_the_order_are_never_findings(examiner: Examiner) -> None:
    assert report(examiner, CLOSED).findings == ()


def test_identity_survives_renumbering_and_new_neighbours(examiner: Examiner) -> None:
    before = report(examiner, REASONABLE).findings[0]
    after = report(examiner, CLOSED, CLOSED.replace("поставщика", "перевозчика"), REASONABLE).findings[0]
    assert before.id == after.id
    assert before.marks[0].address != after.marks[0].address


def test_identity_changes_with_the_words(examiner: Examiner) -> None:
    before = report(examiner, REASONABLE).findings[0]
    after = report(examiner, REASONABLE.replace("поставщика", "заявителя")).findings[0]
    assert before.id != after.id


def test_the_same_norm_twice_is_one_finding_with_two_places(examiner: Examiner) -> None:
    findings = report(examiner, REASONABLE, CLOSED, REASONABLE).findings
    assert len(findings) == 1
    assert len({mark.address for mark in findings[0].marks}) == 2
    assert len(findings[0].also_at) == 1


def test_ids_are_unique(examiner: Examiner) -> None:
    for code in ("ru", "kk"):
        from nlp.reading.reader import read_file

        text = read_file(REPOSITORY / "examples" / f"draft-{code}.docx")
        dossier = Dossier(kk=text) if code == "kk" else Dossier(ru=text)
        findings = examiner.examine(dossier).findings()
        assert findings
        assert len({finding.id for finding in findings}) == len(findings)


def test_proposed_wording_is_this_norm(examiner: Examiner) -> None:
    recommendation = report(examiner, REASONABLE).findings[0].recommendation
    assert recommendation is not None
    assert "заявление поставщика" in recommendation.wording
    assert "___" in recommendation.wording
    assert "разумный" not in recommendation.wording
    assert recommendation.instruction == "Пункт 1 Правил изложить в следующей редакции:"


def test_reasons_in_the_language_asked_for(examiner: Examiner) -> None:
    kazakh = report(examiner, REASONABLE, options=Options(report_language="kk")).findings[0]
    russian = report(examiner, REASONABLE, options=Options(report_language="ru")).findings[0]
    assert kazakh.id == russian.id
    assert set(kazakh.explanation) & set("әіңғүұқөһ")
    assert not set(russian.explanation) & set("әіңғүұқөһ")
    assert kazakh.recommendation is not None
    assert russian.recommendation is not None
    assert kazakh.recommendation.wording == russian.recommendation.wording


def test_findings_are_told_in_both_languages_where_that_is_asked_for(examiner: Examiner) -> None:
    ru, kk = (read_file(Path(__file__).parents[2] / "examples" / f"draft-{code}.docx") for code in ("ru", "kk"))
    dossier = Dossier(ru=ru, kk=kk)
    once, both = examiner.examine(dossier), examiner.examine(dossier, Options(in_both=True))
    assert to_json(once) == to_json(both)
    for report, kazakh in zip(both.reports, (True, False), strict=True):
        assert report.findings
        assert [each.id for each in report.otherwise] == [each.id for each in report.findings]
        assert [each.counterpart for each in report.otherwise] == [each.counterpart for each in report.findings]
        told = " ".join(each.explanation.split("«")[0] + each.risk.split("«")[0] for each in report.otherwise)
        assert bool(set(told) & set("әіңғүұқөһ")) is kazakh
    assert not any(report.otherwise for report in once.reports)


def test_equal_input_gives_equal_bytes(examiner: Examiner) -> None:
    again = Examiner(load_pack(kz_pack()))
    text = Dossier(ru=source(REASONABLE, CLOSED))
    assert to_json(examiner.examine(text)) == to_json(again.examine(text))


def test_a_letter_is_refused_and_examined_when_forced(examiner: Examiner) -> None:
    letter = read_plain("Дорогая бабушка! У нас всё хорошо.\n\nЦелую, твой внук.".encode(), "a.txt", Limits())
    with pytest.raises(NotAnActError):
        examiner.examine(Dossier(ru=letter))
    assert examiner.examine(Dossier(ru=letter), Options(force=True)).findings() == ()


def test_progress_reaches_the_end(examiner: Examiner) -> None:
    seen: list[tuple[int, int]] = []
    examiner.examine(Dossier(ru=source(CLOSED, REASONABLE)), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == len(seen)


PARTS = st.sampled_from(
    [REASONABLE, CLOSED, "1)", "иные документы;", "«", "Глава 2.", "\n", "Жоба", "5-бап.", "…", "123", ";"]
)


@settings(max_examples=60)
@given(st.lists(PARTS | st.text(max_size=20), max_size=25))
def test_no_text_breaks_the_pipeline(parts: list[str]) -> None:
    examiner = Examiner(PACK)
    try:
        text = read_plain((HEAD + "\n".join(parts)).encode("utf-8", "ignore"), "fuzz.txt", Limits())
    except ReadingError:
        return  # zero bytes make a file binary
    examination = examiner.examine(Dossier(ru=text), Options(force=True))
    for made in examination.reports:
        for finding in made.findings:
            for mark in finding.marks:
                assert made.act.source.text[mark.start : mark.end] == mark.quote


PACK = load_pack(kz_pack())


def test_all_shared_acts_are_examined(examiner: Examiner, shared: Path) -> None:
    """Drafts and seeds go through without an exception and with every mark in its place."""
    from nlp.reading.reader import read_file

    files = sorted(shared.glob("seeds/*.txt")) + sorted(shared.glob("corpora/drafts/*/draft.txt"))
    assert files
    for path in files:
        text = read_file(path)
        made = examiner.examine(Dossier(ru=text), Options(force=True)).reports[0]
        for finding in made.findings:
            for mark in finding.marks:
                assert made.act.source.text[mark.start : mark.end] == mark.quote
