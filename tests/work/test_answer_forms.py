"""Forms of answers in Word: written and read back whatever stands in the cells; hostile files are refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expertise.case.answer_cells import Read
from expertise.case.answers import Given, checked, recommended
from expertise.case.conclusion import content_hash
from expertise.case.states import CaseError
from expertise.documents.answer_form import answer_form
from expertise.documents.docx_writer import write_docx
from expertise.messages import LANGUAGES, say
from expertise.office import Settings
from expertise.work import answer_files
from expertise.work.answer_files import read_form
from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.child import read_here
from nlp.reading.source import SourceText
from tests.expertise.conclusion_samples import both, nothing
from tests.hostile.corpus import QUICK
from tests.work.answer_scenes import table_file

CONTENT = both()
HASH = content_hash(CONTENT)
ROW: Any = SimpleNamespace(content=CONTENT, content_hash=HASH)
SETTINGS = Settings()
LINE = st.text("абвгқңө 12.,()«»-–", min_size=1, max_size=40).map(str.strip).filter(lambda line: line[:1].isalpha())
LINES = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
ANSWERS = st.one_of(
    st.just(Given("accepted")),
    st.builds(Given, st.just("in_part"), LINES, st.just("") | LINES),
    st.builds(Given, st.just("rejected"), st.just(""), LINES.map(lambda words: words + " поэтому не принимаем")),
)
CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
IN_PROCESS = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same reader without its child: hundreds of files are read here."""

    def read(content: bytes, limits: Limits) -> SourceText:
        return read_here(content, "", limits)

    monkeypatch.setattr(answer_files, "_read", read)


def bare(words: str) -> str:
    """Words without what the reader mends (blanks, quotes, dashes)."""
    return "".join(sign for sign in words if sign.isalnum())


@IN_PROCESS
@given(answers=st.dictionaries(st.integers(1, 4), ANSWERS), language=st.sampled_from(["ru", "kk"]))
def test_a_form_reads_back_as_it_was_filled(in_process: None, answers: dict[int, Given], language: str) -> None:
    made = write_docx(answer_form(CONTENT, language, HASH, 20, answers))
    found = read_form(made, ROW, SETTINGS)
    assert found.questions == () and set(found.answers) == set(answers)
    for number, given_ in answers.items():
        back = found.answers[number]
        assert back.position == given_.position
        assert [bare(back.wording), bare(back.reason)] == [bare(given_.wording), bare(given_.reason)]


@IN_PROCESS
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5))
def test_any_cells_are_read_or_asked_about(in_process: None, rows: list[list[str]]) -> None:
    head = ["№", "Позиция разработчика", "Обоснование позиции"]
    try:
        found = read_form(table_file([head, *rows], HASH), ROW, SETTINGS)
    except (CaseError, ReadingError) as error:
        assert error.code not in ("expertise.answer_table_missing", "expertise.answer_form_other")
    else:
        assert set(found.answers) <= {each["number"] for each in recommended(CONTENT)}
        assert all(checked(each, 20, 20_000) == each for each in found.answers.values())


def test_a_form_without_recommendations_has_no_table() -> None:
    content = nothing()
    row: Any = SimpleNamespace(content=content, content_hash=content_hash(content))
    made = write_docx(answer_form(content, "kk", row.content_hash, 20))
    with pytest.raises(CaseError, match="answer_table_missing"):
        read_form(made, row, SETTINGS)


WORD_FILES = [case for case in QUICK if case.name.endswith(".docx")]


def test_hostile_word_files_are_refused_in_words() -> None:
    """Through the confined child, as they come: never a form, never another exception."""
    read: list[tuple[str, Read]] = []
    for case in WORD_FILES[:: max(len(WORD_FILES) // 24, 1)]:
        try:
            read.append((case.name, read_form(case.bytes(), ROW, SETTINGS, Limits(parse_seconds=20))))
        except (CaseError, ReadingError) as error:
            for language in LANGUAGES:
                assert "___" not in say(error.code, language, error.params) and say(error.code, language) != error.code
    assert read == []
