"""Safeguard: what protects a person in a norm in force and is missed when a draft takes it out (DESIGN 2).

Reads: entries of ``safeguards.<language>.yaml``. Writes: compiled ``Safeguard``s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nlp.detection.rule import strip_marks
from nlp.matching import Pattern, PatternSet, parse_pattern
from nlp.matching.pattern import Lists


class Look(StrEnum):
    """How a safeguard shows."""

    WORDS = "words"  # its words stood there and are gone
    TIME_LIMIT = "time_limit"  # a closed time limit is gone or open now
    GROUNDS = "grounds"  # closed grounds are open now
    DOCUMENTS = "documents"  # a closed list of documents is open now
    DUTY = "duty"  # a duty of a body has become its option
    OPENED = "opened"  # words that open a list have come in


SLOTS = frozenset({Look.TIME_LIMIT, Look.GROUNDS, Look.DOCUMENTS})


@dataclass(frozen=True, slots=True)
class SafeguardTest:
    """Two wordings; ``marked`` are the [[…]] spans: words of ``before`` that are gone (of ``after`` for ``OPENED`` and
    ``DUTY``). ``gone`` is False where nothing may be said."""

    before: str
    after: str
    marked: tuple[tuple[int, int], ...]
    gone: bool


@dataclass(frozen=True, slots=True)
class Safeguard:
    """One safeguard of one language.

    ``words`` find it, ``instead`` are words that keep it in another way. ``actors`` are classes of the bearer for
    whom it is a safeguard (empty: any). ``with_unit``: it is also missed when the whole unit is struck out.
    """

    id: str
    factor: str
    language: str
    look: Look
    name: Mapping[str, str]
    patterns: tuple[Pattern, ...]
    words: PatternSet
    instead: PatternSet
    actors: frozenset[str]
    with_unit: bool
    confidence: float
    explanation: Mapping[str, str]
    risk: Mapping[str, str]
    tests: tuple[SafeguardTest, ...]


def build_safeguard(entry: Mapping[str, Any], language: str, lists: Lists) -> Safeguard:
    """Compile one entry that the JSON Schema has accepted; raises ``PackError`` for bad patterns."""
    look = Look(entry.get("look", "words"))
    patterns = tuple(parse_pattern(source, lists) for source in entry.get("any", ()))
    return Safeguard(
        id=entry["id"],
        factor=entry["factor"],
        language=language,
        look=look,
        name=entry["name"],
        patterns=patterns,
        words=PatternSet(patterns),
        instead=PatternSet([parse_pattern(source, lists) for source in entry.get("instead", ())]),
        actors=frozenset(entry.get("actors", ())),
        with_unit=entry.get("with_unit", look is Look.WORDS),
        confidence=entry.get("confidence", 0.5),
        explanation=entry["explanation"],
        risk=entry["risk"],
        tests=(*_tests(entry["tests"].get("gone", ()), True), *_tests(entry["tests"].get("kept", ()), False)),
    )


def _tests(entries: Sequence[Mapping[str, str]], gone: bool) -> list[SafeguardTest]:
    made = []
    for entry in entries:
        before, in_before = strip_marks(entry["before"])
        after, in_after = strip_marks(entry["after"])
        made.append(SafeguardTest(before, after, in_before or in_after, gone))
    return made
