"""The developer's position on each recommendation of a conclusion that was sent: what it may be, what is still missing.

A recommendation is a finding of the conclusion for which something is proposed; its name is the number it has there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from expertise.case.states import CaseError

LONGEST_LINE = 500  # characters of a name, a post, the number of a letter


class Position(StrEnum):
    """What becomes of a recommendation."""

    ACCEPTED = "accepted"
    IN_PART = "in_part"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Given:
    """A position with the developer's own wording (accepted in part) and the reason (rejected; else as they like)."""

    position: str
    wording: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said."""
        return not (self.position or self.wording.strip() or self.reason.strip())


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who answers, with the letter the answers came with."""

    name: str = ""
    post: str = ""
    letter_number: str = ""
    letter_date: date | None = None


def recommended(content: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The findings of a conclusion that propose something, counted as the conclusion itself counts them."""
    return tuple(each for each in content["findings"] if each["proposals"] or each["recommendation"])


def finding_of(found: Mapping[str, Any]) -> str:
    """Id of the finding (of the first text, where one defect stands in both)."""
    return str(found["decisions"][0]["finding"]) if found["decisions"] else ""


def checked(given: Given, least: int, most: int) -> Given:
    """The answer without blanks around its words.

    ``least``: characters of the reason of a rejection; ``most``: of any text. Raises ``CaseError``: no position, an
    unknown one, no own wording where it is accepted in part, one where it is not, no reason for a rejection, or one
    that is too short, words that are too long.
    """
    wording, reason = plain(given.wording), plain(given.reason)
    if not given.position:
        raise CaseError("expertise.answer_position_missing")
    if given.position not in set(Position):
        raise CaseError("expertise.answer_position_unknown")
    position = Position(given.position)
    if max(len(wording), len(reason)) > most:
        raise CaseError("expertise.words_too_long", limit=most)
    if position is Position.IN_PART and not wording:
        raise CaseError("expertise.answer_wording_missing")
    if position is not Position.IN_PART and wording:
        raise CaseError("expertise.answer_wording_unasked")
    if position is Position.REJECTED and not reason:
        raise CaseError("expertise.answer_reason_missing")
    if position is Position.REJECTED and len(reason) < least:
        raise CaseError("expertise.answer_reason_short", least=least)
    return Given(position.value, wording, reason)


def signed(given: Signatory) -> Signatory:
    """Name, post and letter, in one line each. Raises ``CaseError`` for a line that is too long."""
    made = Signatory(_line(given.name), _line(given.post), _line(given.letter_number), given.letter_date)
    if max(len(made.name), len(made.post), len(made.letter_number)) > LONGEST_LINE:
        raise CaseError("expertise.words_too_long", limit=LONGEST_LINE)
    return made


def require_signed(given: Signatory, on_behalf: bool) -> None:
    """Raises ``CaseError`` unless it is said who answers; of what came on paper the letter must be known too."""
    if not (given.name and given.post):
        raise CaseError("expertise.answer_signatory_missing")
    if on_behalf and not (given.letter_number and given.letter_date):
        raise CaseError("expertise.answer_letter_missing")


def require_all(found: Sequence[Mapping[str, Any]], answered: Collection[int]) -> None:
    """Raises ``CaseError`` with the numbers that have no answer."""
    left = unanswered(found, answered)
    if left:
        raise CaseError("expertise.answers_incomplete", count=len(left), numbers=", ".join(map(str, left)))


def unanswered(found: Sequence[Mapping[str, Any]], answered: Collection[int]) -> tuple[int, ...]:
    """Numbers of recommendations without an answer, in order."""
    return tuple(each["number"] for each in found if each["number"] not in answered)


def plain(words: str) -> str:
    """Words as they are kept: no blanks around them, ends of lines of one kind, no NUL."""
    return words.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _line(words: str) -> str:
    return " ".join(plain(words).split())
