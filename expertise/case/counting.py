"""How a conclusion is counted in reports (DESIGN 3.11): factors and recommendations, once for all who count.

Reads: the content of a conclusion. Writes: what is counted, each with the numbers of the findings it stands for. The
same rule in words for people: ``counting.rule`` of the texts of documents; an example of it: ``counting_example.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CountedFactor:
    """One factor at one norm or power. ``findings``: numbers of the findings of the conclusion that tell of it."""

    factor: str
    unit: str
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one conclusion counts. ``recommendations``: of each one, numbers of the findings it is proposed for."""

    factors: tuple[CountedFactor, ...]
    recommendations: tuple[tuple[int, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, as they are kept."""
        factors = [{"factor": each.factor, "unit": each.unit, "findings": list(each.findings)} for each in self.factors]
        return {"factors": factors, "recommendations": [list(each) for each in self.recommendations]}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Counted:
        """The inverse of ``as_json``."""
        factors = tuple(CountedFactor(each["factor"], each["unit"], tuple(each["findings"])) for each in raw["factors"])
        return cls(factors, tuple(tuple(each) for each in raw["recommendations"]))


def counted(content: Mapping[str, Any]) -> Counted:
    """A factor is a distinct (factor, norm or power); a recommendation is one proposed wording.

    Repeats of a factor at the same norm are one with its places; so is a norm that stands in the draft once more. A
    finding whose norm is not known is counted by itself.
    """
    found: Sequence[Found] = content["findings"]
    return Counted(_factors(found), recommendations(found))


def recommendations(found: Sequence[Found]) -> tuple[tuple[int, ...], ...]:
    """The recommendations, in document order.

    Wordings in two languages are one recommendation; the same wording of the same norm for several factors too. What is
    recommended in other words than a wording is one recommendation of its finding. Proposing nothing counts nothing.
    """
    groups: dict[object, list[int]] = {}
    for each in found:
        if each["proposals"] or each["recommendation"]:
            groups.setdefault(_wording(each), []).append(each["number"])
    return tuple(tuple(numbers) for numbers in groups.values())


def _factors(found: Sequence[Found]) -> tuple[CountedFactor, ...]:
    groups: dict[tuple[str, str, int], list[int]] = {}
    for each in found:
        alone = 0 if each["unit"] else each["number"]
        groups.setdefault((each["factor"], each["unit"], alone), []).append(each["number"])
    return tuple(CountedFactor(factor, unit, tuple(numbers)) for (factor, unit, _), numbers in groups.items())


def _wording(found: Found) -> object:
    said = sorted(
        (each["language"], each["action"], _plain(each["old"]), _plain(each["text"])) for each in found["proposals"]
    )
    return (found["unit"], tuple(said)) if said and found["unit"] else found["number"]


def _plain(words: str) -> str:
    return " ".join(words.split())
