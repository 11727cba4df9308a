"""Indicators as open data: sums only, and no cell that would tell of a single draft.

Reads: drafts that count. Writes: cells of tables, each with its counts. No text of a draft, no title, no conclusion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from expertise.case.certificate import Kind, totals
from expertise.case.indicators import Draft, Fate, grouped
from expertise.case.periods import quarter_of

JOINED = "joined"
"""The value of cells that were joined because they were too small."""

_FOUND = ("drafts", "factors", "mean", "recommendations", "clean")
_FATES = ("adopted_drafts", "refused_drafts", "pending_drafts")
_TAKEN = ("issued", "strict", "lenient")
_SCALES = {"mean": 100, "strict": 10, "lenient": 10}
_DIMENSIONS: Mapping[str, Callable[[Draft], str]] = {
    "quarter": lambda draft: quarter_of(draft.issued_on).name,
    "body": lambda draft: draft.body,
    "sphere": lambda draft: draft.sphere,
    "act_form": lambda draft: draft.act_form,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One line: a table, the value of its dimension, counts by field; None is not published."""

    table: str
    value: str
    counts: Mapping[str, int | float | None]


@cache
def passport() -> Mapping[str, Any]:
    """Titles, fields and the rule, in Russian, Kazakh and English (``open_data.yaml``)."""
    raw: Mapping[str, Any] = yaml.safe_load(
        files("expertise.case").joinpath("open_data.yaml").read_text(encoding="utf-8")
    )
    return raw


def cells(drafts: Sequence[Draft], least: int) -> tuple[Cell, ...]:
    """All tables. Drafts with a restriction mark are left out; ``least``: drafts behind every cell.

    Smaller cells of a table are joined, with the next larger one where they are too few together. What became of
    recommendations is told only where as many acts were adopted. Nothing is published of fewer drafts in all.
    """
    open_ones = tuple(draft for draft in drafts if not draft.restricted)
    if len(open_ones) < least:
        return ()
    made = [*_table("all", [("", open_ones)], least)]
    for name, key in _DIMENSIONS.items():
        made += _table(name, joined(grouped(open_ones, key), least), least)
    return (*made, *_factors(open_ones, least))


def joined(groups: Sequence[tuple[str, Sequence[Draft]]], least: int) -> list[tuple[str, tuple[Draft, ...]]]:
    """The groups, those under ``least`` drafts as one that is not."""
    kept = [(name, {draft.case: draft for draft in part}) for name, part in groups if len(part) >= least]
    small = {draft.case: draft for _, part in groups if len(part) < least for draft in part}
    kept.sort(key=lambda each: (-len(each[1]), each[0]))
    while small and len(small) < least and kept:
        small |= kept.pop()[1]
    made = [(name, tuple(part.values())) for name, part in kept]
    return [*made, (JOINED, tuple(small.values()))] if len(small) >= least else made


def _table(name: str, groups: Sequence[tuple[str, Sequence[Draft]]], least: int) -> Iterator[Cell]:
    hidden = _hidden(groups, least)
    for value, part in groups:
        found, share = totals(Kind.FACTORS, part), totals(Kind.ADOPTION, part)
        told = value not in hidden
        counts: dict[str, int | float | None] = {each: _scaled(each, found[each]) for each in _FOUND}
        counts |= {each: share[each] for each in _FATES}
        counts |= {each: _scaled(each, share[each]) if told else None for each in _TAKEN}
        counts |= {state: count if told else None for state, count in share["states"].items()}
        yield Cell(name, value, counts)


def _hidden(groups: Sequence[tuple[str, Sequence[Draft]]], least: int) -> set[str]:
    """Values whose recommendations are not told: too few acts were adopted, or else one could take the difference."""
    adopted = {value: sum(draft.fate is Fate.ADOPTED for draft in part) for value, part in groups}
    hidden = {value for value, count in adopted.items() if 0 < count < least}
    rest = sorted((value for value in adopted if adopted[value] >= least), key=lambda value: adopted[value])
    while hidden and sum(adopted[value] for value in hidden) < least and rest:
        hidden.add(rest.pop(0))
    return hidden


def _factors(drafts: Sequence[Draft], least: int) -> Iterator[Cell]:
    groups: dict[str, list[Draft]] = {}
    for draft in drafts:
        for factor in {each.factor for each in draft.counted.factors}:
            groups.setdefault(factor, []).append(draft)
    parts = joined(sorted(groups.items()), least)
    own = {value for value, _ in parts}
    for value, part in parts:
        found = sum(
            value == each.factor or (value == JOINED and each.factor not in own)
            for draft in part
            for each in draft.counted.factors
        )
        yield Cell("factor", value, {"drafts": len(part), "factors": found})


def _scaled(name: str, value: int | None) -> int | float | None:
    return value / _SCALES[name] if value is not None and name in _SCALES else value
