"""Adoption of the recommendations of an issued conclusion: what may be decided of one, and which decision stands.

Reads: findings of a conclusion (JSON values), outcomes of ``nlp.adoption``, decisions. Writes: plain values. A proposal
never becomes a decision by itself, and a decision never yields to a later proposal (DESIGN 3.7).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from expertise.case.answers import LONGEST_LINE, plain
from expertise.case.states import CaseError
from nlp.adoption import Asked, wanted
from nlp.adoption import State as Found


class Adoption(StrEnum):
    """What became of a recommendation; ``UNDECIDED`` is only ever proposed."""

    ADOPTED = "adopted"
    IN_PART = "in_part"
    NOT_ADOPTED = "not_adopted"
    MOOT = "moot"  # the norm itself is gone
    UNDECIDED = "undecided"


DECIDABLE = (Adoption.ADOPTED, Adoption.IN_PART, Adoption.NOT_ADOPTED, Adoption.MOOT)
"""States that a person may give, in the order in which they are offered."""

_OF_FOUND = {
    Found.ADOPTED: Adoption.ADOPTED, Found.PARTLY: Adoption.IN_PART, Found.NOT_ADOPTED: Adoption.NOT_ADOPTED,
    Found.MOOT: Adoption.MOOT, Found.UNDECIDED: Adoption.UNDECIDED,
}  # fmt: skip
TEXTS_DIFFER = "texts_differ"
NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Proposed:
    """The machine's word on one recommendation; ``sureness`` of a hundred."""

    state: Adoption
    reason: str
    sureness: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's word on one recommendation, as it is kept."""

    number: int
    state: Adoption
    reason: str
    document: str
    proposed: str  # state that was proposed then, "" – none
    by: str
    at: datetime
    taken_back: bool = False
    run: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be decided, as somebody gave it."""

    state: str
    reason: str = ""
    document: str = ""


def checked(given: Verdict, proposed: str, most: int, *, correcting: bool = False) -> Verdict:
    """The verdict without blanks around its words. ``proposed``: the state that is proposed, "" – none; ``correcting``:
    the case is closed already.

    Raises ``CaseError``: no state or an unknown one, no reason where it is not adopted, where it is other than
    proposed, or where a closed case is corrected; words that are too long.
    """
    reason, document = plain(given.reason), " ".join(plain(given.document).split())
    if given.state not in DECIDABLE:
        raise CaseError("expertise.adoption_state_unknown")
    if len(reason) > most:
        raise CaseError("expertise.words_too_long", limit=most)
    if len(document) > LONGEST_LINE:
        raise CaseError("expertise.words_too_long", limit=LONGEST_LINE)
    if not reason and given.state == Adoption.NOT_ADOPTED:
        raise CaseError("expertise.adoption_reason_not_adopted")
    if not reason and given.state != proposed:
        raise CaseError("expertise.adoption_reason_other")
    if not reason and correcting:
        raise CaseError("expertise.adoption_reason_closed")
    return Verdict(given.state, reason, document)


def standing(decisions: Iterable[Decided]) -> dict[int, Decided]:
    """Number → the last decision that was not taken back; taking back uncovers the one before."""
    stacks: dict[int, list[Decided]] = {}
    for each in decisions:
        stack = stacks.setdefault(each.number, [])
        if not each.taken_back:
            stack.append(each)
        elif stack:
            stack.pop()
    return {number: stack[-1] for number, stack in stacks.items() if stack}


def require_decided(numbers: Sequence[int], decided: Collection[int]) -> None:
    """Raises ``CaseError`` with the numbers of recommendations that nobody decided on."""
    left = [number for number in numbers if number not in decided]
    if left:
        raise CaseError("expertise.adoption_incomplete", count=len(left), numbers=", ".join(map(str, left)))


def asked(found: Mapping[str, Any], language: str) -> Asked | None:
    """A finding of a conclusion as it is looked for in the text of one language; None where it stands in the other.

    Without a proposed wording in that language only the flagged words are looked at.
    """
    places = [place for place in found["places"] if place["language"] == language]
    if not places:
        return None
    own = [each for each in places if each["address"] == found["unit"]]  # the norm that is to be rewritten
    place = next((each for each in own or places if not each["repeats"]), places[0])
    proposal = next((each for each in found["proposals"] if each["language"] == language), None)
    said = found["recommendation"].get(language)
    words = str(said["text"]) if said else ""
    action, wording = (str(proposal["action"]), str(proposal["text"])) if proposal else ("", words)
    told = f"{words} {wording}".strip() if proposal else words
    # Words that are read as the recommendation itself are not told twice.
    beside = " ".join(str(each["text"]) for each in found["recommendation"].values()) if proposal or not words else ""
    return Asked(
        str(place["finding"]), str(found["factor"]), str(place["address"]), str(place["quote"]),
        wanted(wording, language, action, beside), told, str(place["address"]), int(place["start"]),
    )  # fmt: skip


def asks(found: Mapping[str, Any], language: str) -> bool:
    """Whether something is proposed in that language."""
    return language in found["recommendation"] or any(each["language"] == language for each in found["proposals"])


def joined(outcomes: Mapping[str, tuple[Found, str, float]]) -> Proposed:
    """One proposal of the outcomes (state, reason, confidence) in one or two texts.

    Both texts are authentic: where one says what the other does not, a person is asked. A text that tells nothing
    leaves the word to the other.
    """
    if not outcomes:
        return Proposed(Adoption.UNDECIDED, NOT_COMPARED, 0)
    told = [each for each in outcomes.values() if each[0] is not Found.UNDECIDED] or list(outcomes.values())
    if len({state for state, _, _ in told}) > 1:
        return Proposed(Adoption.UNDECIDED, TEXTS_DIFFER, 0)
    state, reason, confidence = min(told, key=lambda each: each[2])
    return Proposed(_OF_FOUND[state], reason, round(confidence * 100))
