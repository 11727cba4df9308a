"""The rows behind a number: drafts, factors or recommendations that it counts.

Reads: the drafts that count; of the conclusions only those on the page asked for. Writes: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from expertise.case.adoption import Adoption
from expertise.case.certificate import factor_row, recommendation_row
from expertise.case.indicators import REFUSED, Draft, Fate
from expertise.office import Office
from expertise.people import Actor
from expertise.work.indicating import Selection, contents, drafts


class Show(StrEnum):
    """What a row is."""

    DRAFTS = "drafts"
    FACTORS = "factors"
    RECOMMENDATIONS = "recommendations"


FATES: Mapping[str, tuple[Fate, ...]] = {"adopted": (Fate.ADOPTED,), "refused": REFUSED, "pending": (Fate.PENDING,)}
STATES: Mapping[str, tuple[Adoption, ...]] = {
    **{state.value: (state,) for state in Adoption}, "taken": (Adoption.ADOPTED, Adoption.IN_PART),
}  # fmt: skip
ONLY = ("clean", "most")


@dataclass(frozen=True, slots=True)
class Behind:
    """Which rows: ``fate`` of ``FATES``, ``state`` of ``STATES`` (of recommendations on adopted acts), a factor;
    ``only``: drafts without a factor, or those with the most. "" – all."""

    show: Show
    fate: str = ""
    state: str = ""
    factor: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``told``: what the conclusion says of the factor or recommendation; None of a draft."""

    draft: Draft
    title: Mapping[str, str]
    number: str
    dated: str
    told: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Part of the rows; ``total`` of all of them."""

    rows: tuple[Row, ...]
    total: int


_Tell = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def rows_behind(
    session: Session, office: Office, actor: Actor, wanted: Selection, behind: Behind, offset: int = 0, limit: int = 50
) -> Rows:
    """The rows in the order their conclusions were issued. Raises ``DeniedError``."""
    found = list(_pairs(office, _narrowed(drafts(session, actor, wanted), behind), behind))
    shown = found[offset : offset + limit]
    conclusions = contents(session, tuple({draft.conclusion: draft for draft, _ in shown}.values()))
    made = []
    for draft, tell in shown:
        row = conclusions[draft.conclusion]
        content = row.content
        told = tell(content) if tell else None
        made.append(Row(draft, content["act"]["title"], row.number, str(content["requisites"]["date"]), told))
    return Rows(tuple(made), len(found))


def _narrowed(found: Sequence[Draft], behind: Behind) -> list[Draft]:
    fates = FATES.get(behind.fate)
    kept = [draft for draft in found if fates is None or draft.fate in fates]
    if behind.factor:
        kept = [draft for draft in kept if any(each.factor == behind.factor for each in draft.counted.factors)]
    if behind.only in ONLY:
        most = max((len(draft.counted.factors) for draft in kept), default=0) if behind.only == "most" else 0
        kept = [draft for draft in kept if len(draft.counted.factors) == most]
    return kept


def _pairs(office: Office, kept: Sequence[Draft], behind: Behind) -> Iterator[tuple[Draft, _Tell | None]]:
    for draft in kept:
        if behind.show is Show.DRAFTS:
            yield draft, None
        elif behind.show is Show.FACTORS:
            for factor in draft.counted.factors:
                if behind.factor in ("", factor.factor):
                    yield draft, partial(factor_row, draft, counted=factor, factors=office.factors)
        else:
            for numbers in draft.counted.recommendations:
                if behind.state not in STATES or draft.outcome(numbers) in STATES[behind.state]:
                    yield draft, partial(recommendation_row, draft, numbers=numbers, factors=office.factors)
