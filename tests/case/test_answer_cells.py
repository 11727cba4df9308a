"""Any table of answers: what is clear becomes an answer, every other filled row a question, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expertise.case.answer_cells import MOST_QUESTIONS, Read, read_cells
from expertise.case.answers import Given, Position, checked
from expertise.case.states import CaseError
from expertise.documents.answer_form import heads
from expertise.messages import LANGUAGES, say

NUMBERS, LEAST, MOST = frozenset({1, 2, 3, 5}), 20, 200
HEADS = {
    "ru": ["№", "Позиция разработчика", "Редакция разработчика (если принято частично)", "Обоснование позиции"],
    "kk": ["р/с №", "Әзірлеушінің ұстанымы", "Әзірлеушінің редакциясы (ішінара қабылданса)", "Ұстаным негіздемесі"],
}
CLEAR = {
    "принято": Position.ACCEPTED, " Принято. ": Position.ACCEPTED, "қабылданды": Position.ACCEPTED,
    "ПРИНЯТО\u00a0ЧАСТИЧНО": Position.IN_PART, "частично принято": Position.IN_PART,
    "ішінара қабылданды": Position.IN_PART, "не принято": Position.REJECTED, "Қабылданбады": Position.REJECTED,
}  # fmt: skip
WORDS = st.text(max_size=30) | st.sampled_from(["", "а" * 19, "а" * 20, "а" * 200, "а" * 201, *CLEAR])
CELLS = st.tuples(
    st.sampled_from(["1", "2.", "3", "5", "4", "", "0", "01", "1 и 2", "²"]) | st.text(max_size=5),
    st.sampled_from([*CLEAR, "", "нет", "не принято, так как", "принято не", "+"]) | st.text(max_size=20),
    WORDS,
    WORDS,
)
ROWS = st.lists(CELLS, max_size=12)


def table(rows: list[tuple[str, str, str, str]], language: str = "ru") -> list[dict[int, str]]:
    return [dict(enumerate(HEADS[language])), *(dict(enumerate(row)) for row in rows)]


def read(*tables: list[dict[int, str]]) -> Read:
    return read_cells(tables, heads(), NUMBERS, LEAST, MOST)


@given(ROWS, st.sampled_from(["ru", "kk"]))
def test_any_rows_are_answers_or_questions(rows: list[tuple[str, str, str, str]], language: str) -> None:
    found = read(table(rows, language))
    filled = [row for row in rows if any(cell.strip() for cell in row[1:])]
    assert len(found.answers) + len(found.questions) == len(filled)
    asked = {question.number for question in found.questions} - {0}
    assert set(found.answers) | asked <= NUMBERS and not set(found.answers) & asked
    for number, answer in found.answers.items():
        (row,) = [row for row in filled if row[0].strip() in (str(number), f"{number}.")]
        assert CLEAR[next(words for words in CLEAR if _same(words, row[1]))].value == answer.position
        assert checked(answer, LEAST, MOST) == answer
        assert (answer.wording, answer.reason) == (_plain(row[2]), _plain(row[3]))
    for question in found.questions:
        assert max(len(question.position), len(question.wording), len(question.reason)) <= MOST
        assert all("___" not in say(question.code, code, question.params) for code in LANGUAGES)


@given(st.lists(st.lists(st.dictionaries(st.integers(0, 6), st.text(max_size=12)), max_size=6), max_size=3))
def test_any_tables_are_refused_or_read(tables: list[list[dict[int, str]]]) -> None:
    try:
        found = read(*tables)
    except CaseError as error:
        assert error.code == "expertise.answer_table_missing"
    else:
        assert set(found.answers) <= NUMBERS


@given(st.permutations(range(4)), st.sampled_from(sorted(CLEAR)))
def test_columns_may_stand_in_any_order(order: list[int], words: str) -> None:
    row = ["2", words, "Иначе." if CLEAR[words] is Position.IN_PART else "", "а" * 20]
    mixed = [{to: cells[of] for to, of in enumerate(order)} for cells in (HEADS["ru"], row)]
    assert dict(read(mixed).answers) == {2: Given(CLEAR[words].value, row[2], row[3])}


@settings(max_examples=20)
@given(st.integers(1, 60))
def test_questions_are_bounded(more: int) -> None:
    found = read(table([("9", "принято", "", "")] * (MOST_QUESTIONS + more)))
    assert len(found.questions) == MOST_QUESTIONS + 1
    assert (found.questions[-1].code, found.questions[-1].params) == ("expertise.answer_more_unclear", {"count": more})


def test_a_number_that_stands_twice_is_asked_about() -> None:
    rows = [("1", "принято", "", ""), ("1", "не принято", "", "а" * 20), ("2", "принято", "", ""), ("2", "", "", "")]
    found = read(table(rows), table([("3", "принято", "", "")], "kk"))
    assert set(found.answers) == {2, 3}, "an empty row does not count, a second table does"
    assert [(each.number, each.code) for each in found.questions] == [(1, "expertise.answer_twice")] * 2


@pytest.mark.parametrize(
    "words", ["не принято, так как дорого", "принято?нет", "да", "принято / не принято", "частично"]
)
def test_words_that_are_no_position_are_never_one(words: str) -> None:
    found = read(table([("1", words, "Иначе.", "а" * 20)]))
    assert not found.answers and [each.code for each in found.questions] == ["expertise.answer_position_unclear"]


def test_the_head_may_stand_below_a_title_row() -> None:
    assert set(read([{0: "Ответ"}, *table([("1", "принято", "", "")])]).answers) == {1}


def _plain(words: str) -> str:
    return words.strip().replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _same(one: str, two: str) -> bool:
    marks = ' \t\n\u00a0.,;:!«»"\u201c\u201d()'
    bare = [" ".join(words.casefold().replace("ё", "е").split()).strip(marks) for words in (one, two)]
    return bare[0] == bare[1]
