"""What the preliminary check says, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from expertise.documents.model import Cell, Document, Emphasis, Run, Table
from expertise.documents.preliminary import preliminary
from expertise.documents.proposal import proposal
from expertise.documents.wording import WHOLE, wording
from nlp.detection.finding import Edit, Finding, Kind, Mark, Recommendation
from nlp.examination import Examination
from nlp.norms.frame import Field, FieldSpan
from nlp.reading.source import Notice

LANGUAGES = ("ru", "kk")
NAMES = samples.FACTOR_NAMES


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _finding_tables(document: Document) -> list[Table]:
    return [table for table in _tables(document) if len(table.widths) == 6]


def _rows(document: Document) -> list[tuple[Cell, ...]]:
    return [row for table in _finding_tables(document) for row in table.rows]


def _runs(cell: Cell) -> Iterator[Run]:
    for paragraph in cell.paragraphs:
        yield from paragraph.runs


def _emphasised(cell: Cell, emphasis: Emphasis) -> list[str]:
    return [run.text for run in _runs(cell) if run.emphasis is emphasis]


def _words(document: Document) -> str:
    return "\n".join(document.texts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_it_is_not_the_conclusion_on_the_page_and_in_the_text(language: str) -> None:
    document = preliminary(samples.examination(language), language, NAMES)
    page = {"ru": "Не является заключением научной антикоррупционной экспертизы", "kk": "қорытындысы болып табылмайды"}
    text = {
        "ru": "не является заключением научной антикоррупционной экспертизы",
        "kk": "сыбайлас жемқорлыққа қарсы ғылыми сараптаманың қорытындысы болып табылмайды",
    }
    assert page[language] in document.page_statement
    assert text[language] in _words(document)
    assert "{" not in document.page_statement


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_row_in_the_right_table(language: str) -> None:
    report = samples.report(language)
    document = preliminary(samples.examination(language), language, NAMES)
    remarks, attention = _finding_tables(document)
    assert len(remarks.rows) == sum(f.kind is Kind.REMARK for f in report.findings)
    assert len(attention.rows) == sum(f.kind is Kind.ATTENTION for f in report.findings)
    numbers = [row[0].text for row in _rows(document)]
    assert numbers == [str(number) for number in range(1, len(report.findings) + 1)]
    for table in (remarks, attention):
        assert table.head
        assert all(len(row) == len(table.widths) for row in table.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_flagged_words_are_shown_exactly(language: str) -> None:
    document = preliminary(samples.examination(language), language, NAMES)
    ordered = sorted(samples.report(language).findings, key=lambda f: f.kind is not Kind.REMARK)
    for row, finding in zip(_rows(document), ordered, strict=True):
        assert sorted(_emphasised(row[2], Emphasis.FLAGGED)) == sorted(mark.quote for mark in finding.marks)


def test_a_list_item_is_shown_with_its_lead_in() -> None:
    row = _rows(preliminary(samples.examination("kk"), "kk", NAMES))[1]
    lead, item, second = row[2].paragraphs
    assert lead.text == "7. Өтінішті қарау кезінде уәкілетті орган:"
    assert {run.emphasis for run in lead.runs} == {Emphasis.QUIET}
    assert item.text.startswith("1) өтініш берушіден")
    assert second.text.startswith("2)")


def test_proposal_is_a_readable_difference() -> None:
    row = _rows(preliminary(samples.examination("ru"), "ru", NAMES))[0]
    assert _emphasised(row[5], Emphasis.DELETED) == [
        "в разумный срок",
        "при наличии достаточных оснований принимает",
    ]
    assert _emphasised(row[5], Emphasis.INSERTED)[0] == "в течение ___ рабочих дней со дня его регистрации"
    assert "Пункт 6 Правил изложить" in row[5].text


def test_an_excluded_unit_is_struck_through() -> None:
    row = _rows(preliminary(samples.examination("ru"), "ru", NAMES))[2]
    assert _emphasised(row[5], Emphasis.DELETED) == [samples.RU_LINES[8].clean]
    assert not _emphasised(row[5], Emphasis.INSERTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_unverified_grounds_stay_out(language: str) -> None:
    words = _words(preliminary(samples.examination(language), language, NAMES))
    assert samples.VERIFIED[language].text in words
    assert samples.UNVERIFIED[language].text not in words
    assert "[B]" not in words


def test_empty_requisites_are_blanks_to_fill_in() -> None:
    about = _tables(preliminary(samples.examination("ru"), "ru", NAMES))[0]
    values = {row[0].text: row[1].text for row in about.rows}
    assert values["Номер и дата"] == "№ ___ от ___"
    assert values["Разработчик"] == "___"
    assert values["Дата проверки"] == "___"
    assert values["Вид акта"] == "приказ"
    assert samples.act("ru").source.sha256 in values["Проверенный файл"]


def test_a_date_is_printed_as_given() -> None:
    document = preliminary(samples.examination("ru"), "ru", NAMES, date="12 мая 2026 года")
    assert "12 мая 2026 года" in _words(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_is_said_in_the_words_of_the_methodology(language: str) -> None:
    document = preliminary(samples.empty(language), language, NAMES)
    said = {
        "ru": "По результатам предварительной проверки коррупциогенные факторы не выявлены.",
        "kk": "Алдын ала тексеру нәтижелері бойынша сыбайлас жемқорлық факторлары анықталмады.",
    }
    assert said[language] in document.texts()
    assert not _finding_tables(document)
    assert NAMES["elastic_sanction"][language] in _words(document)


def test_only_attention_says_that_there_are_no_remarks() -> None:
    report = samples.report("ru")
    only = tuple(f for f in report.findings if f.kind is Kind.ATTENTION)
    document = preliminary(Examination(samples.VERSIONS, (replace(report, findings=only),)), "ru", NAMES)
    assert "Замечаний нет." in document.texts()
    assert len(_finding_tables(document)) == 1
    assert "новые слова подчёркнуты" in _words(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tracked_changes_restriction_and_things_set_aside_are_told(language: str) -> None:
    document = preliminary(samples.noisy(language), language, NAMES)
    words = _words(document)
    changes = {"ru": "вставок – 4, исключений – 2", "kk": "қосылғаны – 4, алып тасталғаны – 2"}
    mark = {"ru": "Для служебного пользования", "kk": "Қызмет бабында пайдалану үшін"}
    assert changes[language] in words
    assert document.page_mark == mark[language]
    assert {"ru": "колонтитулы (1)", "kk": "колонтитулдар (1)"}[language] in words


def test_the_restriction_mark_follows_the_language_of_the_document_or_the_draft() -> None:
    assert preliminary(samples.noisy("kk"), "ru", NAMES).page_mark == "Для служебного пользования"
    report = samples.report("ru")
    requisites = replace(report.act.requisites, restricted="Секретно. Экз. № 2")
    changed = replace(report, act=replace(report.act, requisites=requisites))
    assert preliminary(Examination(samples.VERSIONS, (changed,)), "kk", NAMES).page_mark == "Секретно. Экз. № 2"
    assert preliminary(samples.examination("ru"), "ru", NAMES).page_mark == ""


def test_tracked_changes_are_not_told_twice() -> None:
    report = samples.noisy("ru").reports[0]
    told = Notice("reading.tracked_changes", (("inserted", "4"), ("deleted", "2")))
    source = replace(report.act.source, notices=(told,))
    changed = replace(report, act=replace(report.act, source=source))
    words = _words(preliminary(Examination(samples.VERSIONS, (changed,)), "ru", NAMES))
    assert "reading.tracked_changes" not in words
    assert words.count("рецензирования") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dossier_has_a_part_for_each_text(language: str) -> None:
    document = preliminary(samples.examination("ru", "kk"), language, NAMES)
    headings = {
        "ru": ("Текст проекта на русском языке", "Текст проекта на казахском языке"),
        "kk": ("Жобаның орыс тіліндегі мәтіні", "Жобаның қазақ тіліндегі мәтіні"),
    }
    texts = document.texts()
    first, second = (texts.index(heading) for heading in headings[language])
    assert first < second
    assert len(_rows(document)) == len(samples.report("ru").findings) + len(samples.report("kk").findings)
    assert document.page_foot == samples.act(language).requisites.title


def test_the_summary_counts_every_finding_once() -> None:
    summary = next(
        table for table in _tables(preliminary(samples.examination("ru"), "ru", NAMES)) if len(table.widths) == 8
    )
    numbers = [[0 if cell.text == "–" else int(cell.text) for cell in row[1:]] for row in summary.rows]
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    assert numbers[-1][-1] == len(samples.report("ru").findings)
    factors = [row[0].text for row in summary.rows[:-1]]
    assert factors == [names["ru"] for names in NAMES.values()]


def test_a_factor_without_a_name_is_still_counted() -> None:
    report = samples.report("ru")
    strange = replace(report.findings[0], factor="unknown_factor")
    document = preliminary(Examination(samples.VERSIONS, (replace(report, findings=(strange,)),)), "ru", NAMES)
    assert "unknown_factor" in _words(document)


def test_long_wordings_are_shortened_around_the_flagged_words() -> None:
    finding = next(f for f in samples.report("ru").findings if f.provision == "para_11")
    shown = "".join(run.text for run in wording(samples.act("ru"), finding)[0])
    assert shown.startswith("11. Комиссия по размещению")
    assert " … " in shown
    for mark in finding.marks:
        assert mark.quote in shown
    assert len(shown) < len(samples.RU_LINES[10].clean)


def test_a_word_is_never_cut_in_the_middle() -> None:
    finding = next(f for f in samples.report("ru").findings if f.provision == "para_11")
    whole = set(re.findall(r"\w+", samples.act("ru").source.text))
    shown = " ".join(run.text for runs in wording(samples.act("ru"), finding) for run in runs)
    assert set(re.findall(r"\w+", shown)) <= whole


def test_a_short_wording_is_shown_whole() -> None:
    finding = samples.report("ru").findings[0]
    shown = "".join(run.text for run in wording(samples.act("ru"), finding)[0])
    assert len(shown) < WHOLE
    assert shown == samples.RU_LINES[3].clean


def test_the_same_norm_elsewhere_is_named_but_not_repeated() -> None:
    report, act = samples.report("ru"), samples.act("ru")
    first = report.findings[0]
    start = act.source.text.index("Срок рассмотрения заявления")
    elsewhere = Mark("para_8", "пункт 8 Правил", start, start + 4, "Срок")
    joined = replace(first, marks=(*first.marks, elsewhere), also_at=("para_8",))
    document = preliminary(Examination(samples.VERSIONS, (replace(report, findings=(joined,)),)), "ru", NAMES)
    (row,) = _rows(document)
    assert "Такая же норма: пункт 8 Правил" in row[1].text
    assert "Срок рассмотрения" not in row[2].text


def test_further_places_without_a_mark_of_their_own_are_cited_from_the_act() -> None:
    report = samples.report("ru")
    joined = replace(report.findings[0], also_at=("para_8", "no_such_unit"))
    document = preliminary(Examination(samples.VERSIONS, (replace(report, findings=(joined,)),)), "ru", NAMES)
    (row,) = _rows(document)
    assert "Такая же норма: пункт 8" in row[1].text
    assert "no_such_unit" not in row[1].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_in_both_languages_is_named_so(language: str) -> None:
    report = replace(samples.report("kk"), language="mixed")
    mixed = replace(report, act=replace(report.act, language="mixed"))
    words = _words(preliminary(Examination(samples.VERSIONS, (mixed, mixed)), language, NAMES))
    assert {"ru": "на казахском и русском языках", "kk": "қазақ және орыс тілдеріндегі"}[language] in words


def test_a_mark_outside_every_unit_shows_its_paragraph() -> None:
    report, act = samples.report("ru"), samples.act("ru")
    lost = replace(act, root=replace(act.root, children=()))
    finding = replace(report.findings[0], recommendation=None)
    shown = wording(lost, finding)
    assert "".join(run.text for run in shown[0]) == samples.RU_LINES[3].clean


def test_a_proposal_for_the_lead_in_is_compared_with_the_lead_in() -> None:
    report = samples.report("ru")
    span = FieldSpan(Field.LEAD, 0, len("При рассмотрении"))
    wanted = "В ходе рассмотрения заявления уполномоченный орган вправе:"
    recommendation = Recommendation("ru", "replace", "", wanted, (Edit(span, "В ходе рассмотрения"),))
    finding = replace(report.findings[1], recommendation=recommendation)
    (row,) = _rows(preliminary(Examination(samples.VERSIONS, (replace(report, findings=(finding,)),)), "ru", NAMES))
    assert _emphasised(row[5], Emphasis.DELETED) == ["При рассмотрении"]
    assert row[5].text.startswith("7. При рассмотрении")


def test_words_are_compared_where_edits_do_not_give_the_wording() -> None:
    edits = (Edit(FieldSpan(Field.TEXT, 900, 901), "x"),)
    recommendation = Recommendation("ru", "replace", "", "Орган рассматривает заявление за пять дней.", edits)
    runs = proposal("Орган рассматривает заявление в разумный срок.", "", recommendation)
    kept = "".join(run.text for run in runs if run.emphasis is not Emphasis.DELETED)
    assert kept.replace("  ", " ") == recommendation.wording
    assert [run.text for run in runs if run.emphasis is Emphasis.DELETED] == ["в разумный срок"]


def test_a_supplement_strikes_nothing_out_and_words_alone_have_no_wording() -> None:
    added = proposal("Орган решает.", "5.", Recommendation("ru", "supplement", "", "Отказ обжалуется."))
    assert [(run.text, run.emphasis) for run in added] == [
        ("5. Орган решает. ", Emphasis.PLAIN), ("Отказ обжалуется.", Emphasis.INSERTED),
    ]  # fmt: skip
    assert proposal("Орган решает.", "5.", Recommendation("ru", "supplement", "Указать срок.", "")) == ()
    gone = proposal("Орган решает.", "5.", Recommendation("ru", "delete", "", ""))
    assert [(run.text, run.emphasis) for run in gone] == [("5. Орган решает.", Emphasis.DELETED)]


@settings(max_examples=60)
@given(st.text("абв где.,\n", max_size=80), st.text("абв где.,\n", min_size=1, max_size=80))
def test_a_difference_loses_no_word_of_either_side(old: str, new: str) -> None:
    runs = proposal(old, "", Recommendation("ru", "replace", "", new))
    before = "".join(run.text for run in runs if run.emphasis is not Emphasis.INSERTED)
    after = "".join(run.text for run in runs if run.emphasis is not Emphasis.DELETED)
    assert before.split() == old.split() or "".join(before.split()) == "".join(old.split())
    assert "".join(after.split()) == "".join(new.split())


def test_very_long_proposals_are_shortened_but_keep_every_inserted_word() -> None:
    old = "Первое предложение о порядке. " * 400 + "Орган вправе отказать. " + "Последнее предложение. " * 400
    new = old.replace("Орган вправе отказать", "Орган отказывает по основаниям пункта ___")
    runs = proposal(old, "5.", Recommendation("ru", "replace", "", new))
    assert sum(len(run.text) for run in runs) < 1500
    assert "отказывает по основаниям пункта ___" in "".join(r.text for r in runs if r.emphasis is Emphasis.INSERTED)


def test_very_different_long_texts_are_still_compared() -> None:
    old, new = ("старое слово " * 2_000), ("новое дело " * 2_000)
    runs = proposal(old, "", Recommendation("kk", "replace", "", new))
    assert runs


def test_a_finding_of_no_known_unit_is_shown_with_its_quote() -> None:
    report = samples.report("kk")
    start = report.findings[0].marks[0].start
    mark = Mark("nowhere", "белгісіз тармақ", start, start + 5, report.act.source.text[start : start + 5])
    lost: Finding = replace(report.findings[0], provision="nowhere", marks=(mark,), recommendation=None)
    (row,) = _rows(preliminary(Examination(samples.VERSIONS, (replace(report, findings=(lost,)),)), "kk", NAMES))
    assert mark.quote in _emphasised(row[2], Emphasis.FLAGGED)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en"):
        preliminary(samples.examination("ru"), "en", NAMES)
