"""Risks of issued conclusions: what each is worth, and where they gather.

A risk is a confirmed finding of a conclusion that was issued. Its probability and consequences (1–3) are the expert's
where one has set them, else the machine's where they still give the severity that the conclusion states; else the risk
stands in no cell: a place that nobody has named is not made up. Reads: nothing. Writes: counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from expertise.case.states import CaseError

LEVELS = ("high", "medium", "low")
EXPERT, MACHINE = "expert", "machine"


@dataclass(frozen=True, slots=True)
class Rating:
    """Probability and consequences, both from 1 to 3. ``by``: who named them."""

    probability: int
    impact: int
    by: str = MACHINE

    @property
    def level(self) -> str:
        """By the thresholds of the scale."""
        return level(self.probability * self.impact)


@dataclass(frozen=True, slots=True)
class Risk:
    """One confirmed finding of an issued conclusion. ``rating``: None where it stands in no cell."""

    case: str
    case_number: str
    number: int
    factor: str
    severity: str
    citation: Mapping[str, str]
    issued_on: date
    body: str = ""
    sphere: str = ""
    act_form: str = ""
    kind: str = "draft"
    rating: Rating | None = None

    @property
    def level(self) -> str:
        """Of the rating, else as the conclusion states it."""
        return self.rating.level if self.rating else self.severity


@dataclass(frozen=True, slots=True)
class Group:
    """Risks with something in common, by level."""

    name: str
    levels: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.levels.values())


@dataclass(frozen=True, slots=True)
class Grid:
    """A cartogram: how many risks of each column (factor) are in each row; rows and columns with most first.

    ``rest``: rows that did not fit are summed up in the last one.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    values: Mapping[tuple[str, str], int]
    rest: int = 0
    most: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "most", max(self.values.values(), default=0))

    def step(self, row: str, column: str, steps: int = 4) -> int:
        """Shade of a cell: 0 – none, then evenly up to ``steps`` for the most."""
        value = self.values.get((row, column), 0)
        return -(-value * steps // self.most) if value and self.most else 0


REST = "*"
"""Name of the row that sums up those that did not fit."""


@cache
def _data() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(files("expertise.case").joinpath("risks.yaml").read_text("utf-8"))
    return loaded


def scale() -> tuple[int, ...]:
    """Values of both scales, upwards."""
    return tuple(_data()["scale"])


def thresholds() -> Mapping[str, int]:
    """Least products of a medium and of a high risk."""
    return dict(_data()["levels"])


def level(points: int) -> str:
    """Points (probability × consequences) → low, medium, high."""
    bounds = thresholds()
    return "high" if points >= bounds["high"] else "medium" if points >= bounds["medium"] else "low"


def checked(probability: int, impact: int) -> Rating:
    """An expert's rating. Raises ``CaseError`` for a value that is not on the scale."""
    if probability not in scale() or impact not in scale():
        raise CaseError("expertise.risk_off_scale", least=scale()[0], most=scale()[-1])
    return Rating(probability, impact, EXPERT)


def rated(severity: str, machine: Iterable[tuple[int, int]], expert: Rating | None) -> Rating | None:
    """The rating that counts. ``machine``: of the finding in each text, the gravest that fits the severity counts."""
    if expert is not None:
        return expert
    fitting = [Rating(*pair) for pair in machine if level(pair[0] * pair[1]) == severity]
    return max(fitting, key=lambda each: (each.probability * each.impact, each.impact), default=None)


def matrix(risks: Iterable[Risk]) -> Mapping[tuple[int, int], int]:
    """(probability, consequences) → how many risks."""
    return Counter((risk.rating.probability, risk.rating.impact) for risk in risks if risk.rating)


def grouped(risks: Iterable[Risk], of: Callable[[Risk], str]) -> tuple[Group, ...]:
    """Groups by a property, those with most high risks first."""
    found: dict[str, Counter[str]] = {}
    for risk in risks:
        found.setdefault(of(risk), Counter())[risk.level] += 1
    groups = [Group(name, {each: counts[each] for each in LEVELS}) for name, counts in found.items()]
    return tuple(sorted(groups, key=lambda each: (*(-each.levels[name] for name in LEVELS), each.name)))


def cartogram(risks: Sequence[Risk], of: Callable[[Risk], str], most_rows: int = 20) -> Grid:
    """Rows by a property, columns by factor."""
    rows, columns = Counter(of(risk) for risk in risks), Counter(risk.factor for risk in risks)
    ordered = [name for name, _ in sorted(rows.items(), key=lambda each: (-each[1], each[0]))]
    shown = ordered if len(ordered) <= most_rows else ordered[: most_rows - 1]
    rest = len(ordered) - len(shown)
    values: Counter[tuple[str, str]] = Counter()
    for risk in risks:
        values[of(risk) if of(risk) in shown else REST, risk.factor] += 1
    heads = [name for name, _ in sorted(columns.items(), key=lambda each: (-each[1], each[0]))]
    return Grid((*shown, REST) if rest else tuple(shown), heads, dict(values), rest)
