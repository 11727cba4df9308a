"""A filled table of answers → answers and questions. Nothing is guessed: what is not clear becomes a question.

Reads: tables as rows of cells, the numbers that the conclusion has. Writes: answers by number, and for every other cell
with words in it what is not clear about it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from expertise.case.answers import Given, Position, checked
from expertise.case.states import CaseError

Row = Mapping[int, str]  # column → words
Table = Sequence[Row]
Labels = Mapping[str, Collection[str]]  # «number», «position», «wording», «reason» → heads of the column

MOST_QUESTIONS = 200
_HEAD_ROWS = 3  # of a table, among which its head is looked for
_NUMBER = re.compile(r"[1-9][0-9]{0,5}\.?")
_MARKS = ' \t\n\u00a0.,;:!«»"\u201c\u201d()'


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is not clear: ``code`` and ``params`` say what; the rest are the words of the cells.

    ``number`` is that of a recommendation, 0 where it belongs to none.
    """

    number: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    position: str = ""
    wording: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says. No number has both an answer and a question."""

    answers: Mapping[int, Given]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    position: str
    wording: str
    reason: str


def read_cells(tables: Sequence[Table], labels: Labels, numbers: Collection[int], least: int, most: int) -> Read:
    """Answers of all tables that have the heads. ``least``, ``most``: as of ``checked``.

    Raises ``CaseError`` when no table has them.
    """
    found = [lines for table in tables if (lines := _lines(table, labels)) is not None]
    if not found:
        raise CaseError("expertise.answer_table_missing")
    filled = [line for lines in found for line in lines if line.position or line.wording or line.reason]
    times = Counter(_number(line.number) for line in filled)
    answers: dict[int, Given] = {}
    questions: list[Question] = []
    for line in filled:
        number = _number(line.number)
        outcome = _answer(line, number, times[number], numbers, least, most)
        if isinstance(outcome, Given):
            answers[number] = outcome
        else:
            questions.append(outcome)
    return Read(answers, _bounded(questions))


def position_of(words: str) -> Position | None:
    """The position that a cell names; None for any other words."""
    return _known().get(_bare(words))


def _answer(line: _Line, number: int, times: int, numbers: Collection[int], least: int, most: int) -> Given | Question:
    if number not in numbers:
        return _question(0, CaseError("expertise.answer_number_unknown", number=line.number[:20] or "–"), line, most)
    if times > 1:
        return _question(number, CaseError("expertise.answer_twice", number=number), line, most)
    position = position_of(line.position)
    if line.position and position is None:
        words = line.position[:100]
        return _question(number, CaseError("expertise.answer_position_unclear", words=words), line, most)
    try:
        return checked(Given(position.value if position else "", line.wording, line.reason), least, most)
    except CaseError as error:
        return _question(number, error, line, most)


def _question(number: int, error: CaseError, line: _Line, most: int) -> Question:
    return Question(
        number, error.code, dict(error.params), line.position[:most], line.wording[:most], line.reason[:most]
    )


def _bounded(questions: list[Question]) -> tuple[Question, ...]:
    """Those about recommendations first: a person works through them."""
    ordered = sorted(questions, key=lambda each: (not each.number, each.number))
    left = len(ordered) - MOST_QUESTIONS
    if left <= 0:
        return tuple(ordered)
    return (*ordered[:MOST_QUESTIONS], Question(0, "expertise.answer_more_unclear", {"count": left}))


def _lines(table: Table, labels: Labels) -> list[_Line] | None:
    for index, row in enumerate(table[:_HEAD_ROWS]):
        columns = _columns(row, labels)
        if columns is not None:
            return list(_below(table[index + 1 :], columns))
    return None


def _columns(row: Row, labels: Labels) -> Mapping[str, int] | None:
    """Where each column stands; None unless number, position and reason each have exactly one head."""
    known = {name: {_bare(label) for label in heads} for name, heads in labels.items()}
    places = {name: [column for column, words in row.items() if _bare(words) in heads] for name, heads in known.items()}
    if any(len(places[name]) != 1 for name in ("number", "position", "reason")) or len(places["wording"]) > 1:
        return None
    return {name: columns[0] for name, columns in places.items() if columns}


def _below(rows: Sequence[Row], columns: Mapping[str, int]) -> Iterator[_Line]:
    for row in rows:
        given = {name: row.get(column, "").strip() for name, column in columns.items()}
        yield _Line(given["number"], given["position"], given.get("wording", ""), given["reason"])


def _number(words: str) -> int:
    """The number of a row; 0 for what is none."""
    return int(words.rstrip(".")) if _NUMBER.fullmatch(words) else 0


def _bare(words: str) -> str:
    return " ".join(words.casefold().replace("ё", "е").split()).strip(_MARKS)


@cache
def _known() -> Mapping[str, Position]:
    raw = yaml.safe_load(files("expertise.case").joinpath("positions.yaml").read_text(encoding="utf-8"))
    return {_bare(words): Position(name) for name, several in raw.items() for words in several}
