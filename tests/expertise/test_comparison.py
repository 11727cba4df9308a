"""The comparative table: its columns, whole norms with the words that change, positions, Word and PDF alike."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import conclusion_samples as samples
import docx
import pytest
from pypdf import PdfReader

from expertise.case.answers import Given
from expertise.case.conclusion import content, content_hash
from expertise.case.decisions import Said
from expertise.documents.comparison import comparison
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.docx_writer import write_docx
from expertise.documents.model import Cell, Document, Emphasis, Table
from expertise.documents.pdf_writer import write_pdf
from expertise.documents.words import words
from tests.conftest import needs_fonts

HASH = "c0ffee" * 10 + "c0ff"


def table_of(document: Document) -> Table:
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    return found


def heads(document: Document) -> list[str]:
    return [cell.text for cell in table_of(document).head[0]]


def emphasised(cell: Cell, emphasis: Emphasis) -> list[str]:
    return [run.text for line in cell.paragraphs for run in line.runs if run.emphasis is emphasis]


def one(sentence: str, quote: str, wording: str, **other: Any) -> dict[str, Any]:
    """The content with one finding in one Russian point, reworded by the machine."""
    text = samples.shown("ru", [sentence])
    found = samples.machine(text, 1, "permissive_power", quote, **other)
    found["recommendation"]["wording"] = wording
    return content(samples.material([text], [samples.decided("a", found)]))


def columns(language: str, *names: str) -> Sequence[str]:
    return [words(language).say(f"comparison.column_{name}") for name in names]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_columns_follow_what_there_is(language: str) -> None:
    made = samples.both()
    plain = comparison(made, language, HASH)
    assert heads(plain) == columns(language, "number", "unit", "draft", "recommended", "reasoning")
    answered = comparison(made, language, HASH, {1: Given("accepted")})
    assert heads(answered)[-1] == words(language).say("comparison.column_position")
    assert answered.wide and all(abs(sum(table_of(each).widths) - 262) < 0.5 for each in (plain, answered))
    assert [row[0].text for row in table_of(plain).rows] == ["1", "2", "3", "4"], "numbers are the conclusion's"
    assert words(language).say("conclusion.preview_statement") == comparison(made, language).page_statement
    other = "Уполномоченный" if language == "kk" else "Уәкілетті"
    assert other not in "".join(cell.text for row in table_of(plain).rows for cell in row)


def test_words_that_change_are_marked_on_both_sides() -> None:
    wording = "1. Орган по заявлению приостанавливает действие разрешения."
    made = one("Орган вправе приостановить действие разрешения.", "вправе", wording)
    _, _, draft, recommended, reasoning = table_of(comparison(made, "ru", HASH)).rows[0]
    assert draft.text == "1. Орган вправе приостановить действие разрешения."
    assert emphasised(draft, Emphasis.FLAGGED) == ["вправе приостановить"]
    assert recommended.text == wording and emphasised(recommended, Emphasis.DELETED) == []
    assert emphasised(recommended, Emphasis.INSERTED) == ["по заявлению приостанавливает"]
    assert "Степень риска – высокая." in reasoning.text and "АППК, статья 11" in reasoning.text
    assert "Пункт 1 изложить" not in recommended.text, "the machine's instruction is in the first column already"


def test_a_long_norm_stands_whole() -> None:
    draft = table_of(comparison(samples.long(), "ru", HASH)).rows[0][2]
    assert "…" not in draft.text and draft.text.endswith("вправе продлить срок рассмотрения.")


def test_an_amendment_has_the_wording_in_force() -> None:
    change = {
        "act": "Закон «О торговле»", "unit": "статья 5", "heading": "", "lead": "", "before": "орган отказывает лицу",
        "after": "орган вправе отказать лицу", "new": [{"start": 6, "end": 21}], "gone": [{"start": 6, "end": 16}],
        "marked": [{"start": 6, "end": 12}],
    }  # fmt: skip
    made = one("«отказывает» заменить словами «вправе отказать».", "вправе", "орган отказывает лицу", change=change)
    document = comparison(made, "ru", HASH)
    assert heads(document)[2:5] == columns("ru", "in_force", "draft", "recommended")
    _, _, before, draft, recommended, _ = table_of(document).rows[0]
    assert emphasised(before, Emphasis.DELETED) == ["отказывает"] and "Закон «О торговле»" in before.text
    assert emphasised(draft, Emphasis.FLAGGED) == ["вправе отказать"] and recommended.text == "орган отказывает лицу"
    added = {**change, "before": "", "new": [], "gone": []}
    row = table_of(comparison(one("Дополнить.", "Дополнить", "", change=added), "kk", HASH)).rows[0]
    assert row[2].text.endswith("Жоқ."), "the draft adds this norm"
    gone = {**change, "after": "", "new": [], "gone": [], "marked": []}
    row = table_of(comparison(one("Исключить.", "Исключить", "", change=gone), "ru", HASH)).rows[0]
    assert emphasised(row[2], Emphasis.DELETED) == ["орган отказывает лицу"] and row[3].text == "Исключить."


def test_what_an_expert_says_is_to_be_done_stands_before_the_wording() -> None:
    text = samples.shown("ru", samples.RU)
    found = samples.machine(text, 1, "permissive_power", "вправе")
    said = Said(recommendation="Назвать основания.", wording={"ru": "1. Орган приостанавливает.", "kk": "1. Орган."})
    made = content(samples.material([text], [samples.decided("a", found, 1, said)]))
    cell = table_of(comparison(made, "ru", HASH)).rows[0][3]
    assert cell.text == "Назвать основания.\n1. Орган приостанавливает."
    deleted = {**found, "recommendation": {**found["recommendation"], "action": "delete", "wording": ""}}
    made = content(samples.material([text], [samples.decided("a", deleted)]))
    _, _, draft, recommended, _ = table_of(comparison(made, "ru", HASH)).rows[0]
    assert emphasised(draft, Emphasis.FLAGGED) == [draft.text] and recommended.text.endswith("Исключить.")
    bare = {**found, "recommendation": None}
    made = content(samples.material([text], [samples.decided("a", bare)]))
    assert table_of(comparison(made, "kk", HASH)).rows[0][3].text == "___"


@needs_fonts
def test_word_and_pdf_say_the_same_and_the_head_is_repeated() -> None:
    made = samples.both(9)
    answers = {1: Given("in_part", "1. Своя редакция.", "Первое.\nВторое."), 2: Given("rejected", "", "Закон велит.")}
    document = comparison(made, "ru", content_hash(made), answers)
    rows = table_of(document).rows
    assert (
        rows[0][5].text == "Принято частично.\nРедакция разработчика: 1. Своя редакция.\nОбоснование: Первое.\nВторое."
    )
    assert rows[1][5].text == "Не принято.\nОбоснование: Закон велит." and rows[2][5].text == "___"
    word = docx.Document(io.BytesIO(write_docx(document)))
    section, table = word.sections[0], word.tables[0]
    assert section.page_width > section.page_height and "tblHeader" in table.rows[0]._tr.xml
    assert [cell.text for cell in table.rows[1].cells] == [cell.text for cell in rows[0]]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(document))).pages]
    assert len(pages) > 2 and all("Редакция проекта" in page for page in pages)


def test_nothing_found_is_said() -> None:
    document = comparison(samples.nothing(), "ru", HASH)
    assert words("ru").say("comparison.none") in document.texts()
    assert not [block for block in document.blocks if isinstance(block, Table)]


def test_a_supplement_follows_the_norm_and_words_alone_change_nothing() -> None:
    text = samples.shown("ru", samples.RU)
    found = samples.machine(text, 1, "permissive_power", "вправе")
    norm = table_of(comparison(content(samples.material([text], [samples.decided("a", found)])), "ru", HASH)).rows[0][2]
    added = "Отказ может быть обжалован в ___."
    given = {**found["recommendation"], "action": "supplement", "wording": added, "edits": []}
    made = content(samples.material([text], [samples.decided("a", {**found, "recommendation": given})]))
    _, _, draft, recommended, _ = table_of(comparison(made, "ru", HASH)).rows[0]
    assert emphasised(draft, Emphasis.FLAGGED) == ["вправе"]
    assert emphasised(recommended, Emphasis.INSERTED) == [added]
    assert recommended.text.endswith(f". {added}")
    cell = finding_cells(made["findings"][0], words("ru"))["proposal"]
    assert not emphasised(cell, Emphasis.DELETED) and emphasised(cell, Emphasis.INSERTED) == [added]

    mended = Said(wording={"ru": "Отказ обжалуется в суд."})
    own = content(samples.material([text], [samples.decided("a", {**found, "recommendation": given}, 1, mended)]))
    (proposed,) = own["findings"][0]["proposals"]
    assert (proposed["action"], proposed["text"]) == ("supplement", "Отказ обжалуется в суд.")
    whole = Said(wording={"ru": f"{proposed['old']} Отказ обжалуется в суд."})
    own = content(samples.material([text], [samples.decided("a", {**found, "recommendation": given}, 1, whole)]))
    assert own["findings"][0]["proposals"][0]["action"] == "replace"

    told = {**given, "wording": "", "instruction": "Указать основания."}
    made = content(samples.material([text], [samples.decided("a", {**found, "recommendation": told})]))
    _, _, draft, recommended, _ = table_of(comparison(made, "ru", HASH)).rows[0]
    assert draft.text == norm.text and recommended.text == "Указать основания."
    cell = finding_cells(made["findings"][0], words("ru"))["proposal"]
    assert cell.text == "Указать основания." and not emphasised(cell, Emphasis.DELETED)
