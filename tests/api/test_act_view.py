"""The act on the review page: nothing is lost, marks stand where they belong, counts are right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.act_view import MarkedSpan, contents, lines
from api.pages.diff import compare
from expertise.shown_text import ShownText, read_texts, texts_json
from nlp.detection.pack import load_pack
from nlp.dossier import dossier_of
from nlp.factors import kz_pack
from nlp.pipeline import Examiner, Options
from nlp.reading.reader import read_file
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module", params=["draft-ru.docx", "draft-kk.docx"])
def shown(request: pytest.FixtureRequest) -> tuple[ShownText, tuple[MarkedSpan, ...]]:
    path: Path = REPOSITORY / "examples" / request.param
    examination = Examiner(load_pack(kz_pack())).examine(dossier_of([read_file(path)]), Options(force=True))
    (text,) = read_texts(texts_json(examination))
    marks = tuple(
        MarkedSpan(mark.start, mark.end, finding.id, finding.severity.value)
        for finding in examination.findings()
        for mark in finding.marks
    )
    return text, marks


def test_every_word_of_the_act_is_shown_once(shown: tuple[ShownText, tuple[MarkedSpan, ...]]) -> None:
    text, marks = shown
    page = " ".join(
        line.label + " " + "".join(piece.text for piece in line.pieces) for line in lines(text, marks, "ru")
    )
    assert page.split() == text.text.split()


def test_marked_words_are_those_of_the_findings(shown: tuple[ShownText, tuple[MarkedSpan, ...]]) -> None:
    text, marks = shown
    assert marks
    pieces = [piece for line in lines(text, marks, "ru") for piece in line.pieces]
    for finding in {mark.finding for mark in marks}:
        words = "".join(piece.text for piece in pieces if finding in piece.findings)
        wanted = sorted((mark.start, mark.end) for mark in marks if mark.finding == finding)
        assert words == "".join(text.text[start:end] for start, end in dict.fromkeys(wanted))
        assert sum(finding in piece.first for piece in pieces) == 1


def test_contents_count_every_finding_once(shown: tuple[ShownText, tuple[MarkedSpan, ...]]) -> None:
    text, marks = shown
    entries = contents(text, marks, frozenset({"doc_1__chp_2"}))
    assert sum(entry.findings for entry in entries) == len({mark.finding for mark in marks})
    assert [entry.address for entry in entries if entry.read] == ["doc_1__chp_2"]
    assert all(entry.title for entry in entries)


def test_marks_that_overlap_are_all_there(shown: tuple[ShownText, tuple[MarkedSpan, ...]]) -> None:
    text, _ = shown
    unit = next(unit for unit in text.units if unit.own[1] - unit.own[0] > 60)
    at = unit.own[0]
    marks = [MarkedSpan(at, at + 30, "a", "low"), MarkedSpan(at + 10, at + 40, "b", "high")]
    pieces = [piece for line in lines(text, marks, "kk") for piece in line.pieces if piece.findings]
    assert [(piece.findings, piece.tone) for piece in pieces] == [
        (("a",), "low"),
        (("a", "b"), "high"),
        (("b",), "high"),
    ]


@given(st.text(alphabet="аб в.,\n", max_size=40), st.text(alphabet="аб в.,\n", max_size=40))
def test_both_texts_can_be_read_off_a_comparison(old: str, new: str) -> None:
    stretches = compare(old, new)
    assert "".join(each.text for each in stretches if each.what != "new") == old
    assert "".join(each.text for each in stretches if each.what != "gone") == new


def test_a_phrase_is_replaced_as_a_whole() -> None:
    stretches = compare("Орган вправе приостановить действие.", "Орган приостанавливает действие.")
    assert [(each.what, each.text) for each in stretches] == [
        ("same", "Орган "),
        ("gone", "вправе приостановить"),
        ("new", "приостанавливает"),
        ("same", " действие."),
    ]
