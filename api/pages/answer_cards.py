"""A recommendation as it stands on the page of answers: what the conclusion says, what the developer answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.document_html import Text, texts
from api.problems import Problem
from expertise.case.answer_cells import Question, position_of
from expertise.case.answers import Given, Position
from expertise.documents.conclusion_table import finding_cells
from expertise.documents.words import words
from expertise.store.answer_tables import Answer, AnswerComment
from expertise.work.answer_sheets import Sheet


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One recommendation. ``parts``: what the conclusion says, by the names of its columns."""

    number: int
    severity: str
    parts: Mapping[str, tuple[Text, ...]]
    position: str
    wording: str
    reason: str
    question: Question | None
    problem: Problem | None
    comments: tuple[AnswerComment, ...]
    saved: bool

    @property
    def may_be_commented(self) -> bool:
        """Whether an expert may say something to it."""
        return self.position in (Position.IN_PART, Position.REJECTED)


def cards(
    found: Sequence[Mapping[str, Any]],
    sheet: Sheet | None,
    language: str,
    tried: Mapping[int, Given],
    problems: Mapping[int, Problem],
) -> tuple[AnswerCard, ...]:
    """Cards of recommendations. ``tried``: what was just written and did not go through stands in the fields."""
    said, known = words(language), sheet.answers if sheet else {}
    asked = {question.number: question for question in sheet.questions} if sheet else {}
    comments = sheet.comments if sheet else {}
    made = []
    for each in found:
        number = each["number"]
        given = tried.get(number) or _given(known.get(number), asked.get(number))
        parts = {name: texts(cell) for name, cell in finding_cells(each, said).items()}
        made.append(
            AnswerCard(
                number, each["severity"], parts, given.position, given.wording, given.reason,
                asked.get(number), problems.get(number), comments.get(number, ()), number in known,
            )
        )  # fmt: skip
    return tuple(made)


def counted(answers: Iterable[Answer]) -> Mapping[str, int]:
    """How many answers of each position."""
    counts = Counter(answer.position for answer in answers)
    return {position.value: counts[position.value] for position in Position}


def _given(answer: Answer | None, question: Question | None) -> Given:
    """The answer as it is kept; where there is none, the cells of the file that were not clear."""
    if answer is not None:
        return Given(answer.position, answer.wording, answer.reason)
    if question is None:
        return Given("")
    position = position_of(question.position)
    return Given(position.value if position else "", question.wording, question.reason)
