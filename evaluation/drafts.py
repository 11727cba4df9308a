"""Whole drafts: findings of an examination against the expected ones, unit by unit.

Reads: draft cases and what an examiner found. Writes: ``DraftScores``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpora.records import DraftCase, GoldFinding
from evaluation.judged import Counting
from evaluation.scores import ratio
from nlp.detection.finding import Kind

_WORD = re.compile(r"\w+")
_SHARED_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One finding of an examination, its place written as in the gold: ``unit`` "12", "o1", "a1" or "1/5)"; ``sub``
    "4)" or, in an amending order, the amended point. ``quote`` is the marked text, "" when unknown.
    """

    unit: str
    sub: str
    factor: str
    kind: Kind
    strength: int
    quote: str = ""


class DraftExaminer(Protocol):
    """Anything that examines a whole draft; the pipeline is adapted to this."""

    def __call__(self, case: DraftCase) -> Sequence[DraftFinding]:
        """Findings on the draft of ``case``; the gold in it is not to be looked at."""
        ...


@dataclass(frozen=True, slots=True)
class MissedGold:
    """An expected finding that was not made."""

    unit: str
    sub: str
    factor: str
    strength: int
    quote: str


@dataclass(frozen=True, slots=True)
class DraftScores:
    """One draft. Precision is over distinct findings (unit, sub, factor), recall over expected findings: ``found`` of
    ``expected``; ``right`` of ``made``.
    """

    case: str
    language: str
    counting: Counting
    expected: int
    found: int
    made: int
    right: int
    precision: float | None
    recall: float | None
    missed: tuple[MissedGold, ...]
    wrong: tuple[DraftFinding, ...]


def draft_scores(
    case: DraftCase, findings: Iterable[DraftFinding], factors: Collection[str] | None
) -> tuple[DraftScores, ...]:
    """Both countings for one case; gold and findings outside ``factors`` are left out (None keeps all)."""
    gold = [each for each in case.gold if factors is None or each.factor in factors]
    made = [each for each in findings if factors is None or each.factor in factors]
    return tuple(_scores(case, gold, made, counting) for counting in Counting)


def matches(gold: GoldFinding, finding: DraftFinding) -> bool:
    """Whether a finding is the expected one: same point, same factor, and the same sub-unit where both name one.

    Where only the gold names a sub-unit, or both stand somewhere in an annex, the quoted words must overlap too.
    """
    if (gold.unit, gold.factor) != (finding.unit, finding.factor):
        return False
    if gold.unit.startswith("a"):
        return not finding.quote or _overlap(gold.quote, finding.quote)
    if gold.sub and not finding.sub:
        return _overlap(gold.quote, finding.quote)
    return not gold.sub or gold.sub == finding.sub


def pooled(rows: Sequence[DraftScores]) -> tuple[float | None, float | None]:
    """Precision and recall over several drafts of one counting: counts are added up, not rates averaged."""
    right, made = sum(each.right for each in rows), sum(each.made for each in rows)
    found, expected = sum(each.found for each in rows), sum(each.expected for each in rows)
    return ratio(right, made), ratio(found, expected)


def _scores(
    case: DraftCase, gold: Sequence[GoldFinding], findings: Sequence[DraftFinding], counting: Counting
) -> DraftScores:
    made = _distinct(each for each in findings if counting is Counting.ALL or each.kind is Kind.REMARK)
    right = [each for each in made if any(matches(expected, finding) for expected in gold for finding in made[each])]
    counted = [finding for same in made.values() for finding in same]
    found = [expected for expected in gold if any(matches(expected, finding) for finding in counted)]
    return DraftScores(
        case=case.id,
        language=case.language,
        counting=counting,
        expected=len(gold),
        found=len(found),
        made=len(made),
        right=len(right),
        precision=ratio(len(right), len(made)),
        recall=ratio(len(found), len(gold)),
        missed=tuple(MissedGold(g.unit, g.sub, g.factor, g.strength, g.quote) for g in gold if g not in found),
        wrong=tuple(made[each][0] for each in made if each not in right),
    )


def _distinct(findings: Iterable[DraftFinding]) -> dict[tuple[str, str, str], list[DraftFinding]]:
    """Findings by place and factor: a factor twice in one norm is one finding (DESIGN 3.11)."""
    answer: dict[tuple[str, str, str], list[DraftFinding]] = {}
    for each in findings:
        answer.setdefault((each.unit, each.sub, each.factor), []).append(each)
    return answer


def _overlap(first: str, second: str) -> bool:
    one, other = (set(_WORD.findall(text.lower())) for text in (first, second))
    shorter = min(len(one), len(other))
    return bool(shorter) and len(one & other) >= _SHARED_WORDS * shorter
