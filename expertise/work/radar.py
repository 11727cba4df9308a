"""Radar: the same defective wording across acts and regions, and what became of it in each place.

Reads: conclusions of the coordinator's own cases, answers of developers, decisions on adoption, fingerprints. Writes:
nothing. A wording is the same where it is so without names, numbers and dates, or nearly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.case.answers import Position
from expertise.case.states import DRAWN, State
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import permits, require
from expertise.store.answer_tables import Answer, AnswerSheet
from expertise.store.case_tables import Case, ConclusionRow
from expertise.store.cases import standing_of
from expertise.store.similar_tables import FamilyNorm, FingerprintRow
from expertise.work.adopted import decided
from expertise.work.families import body_of
from expertise.work.fingerprints import kept_print
from nlp.similarity import fingerprint
from nlp.similarity.fingerprint import UnitPrint
from nlp.similarity.parameters import parameters

_FOLLOWED = frozenset({Position.ACCEPTED.value, Position.IN_PART.value, "adopted"})
_REFUSED = frozenset({Position.REJECTED.value, "not_adopted"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A wording that a conclusion calls a defect. ``position``: of the developer, or what became of it in the adopted
    act where a person has decided that; "" – nothing is known yet."""

    case: Case
    body: str
    region: str
    number: int
    factor: str
    citation: Mapping[str, str]
    words: str
    position: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same norm in a case whose conclusion does not name it, or that has none yet."""

    case: Case
    body: str
    region: str
    unit: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording with all its places."""

    language: str
    spots: tuple[Spot, ...]
    elsewhere: tuple[Elsewhere, ...]

    @property
    def is_split(self) -> bool:
        """Whether one place followed what another refused."""
        positions = {spot.position for spot in self.spots}
        return bool(positions & _FOLLOWED) and bool(positions & _REFUSED)

    @property
    def factors(self) -> tuple[str, ...]:
        """Factors that were confirmed, each once."""
        return tuple(dict.fromkeys(spot.factor for spot in self.spots))


@dataclass(frozen=True, slots=True)
class Radar:
    """Wordings that stand in several acts: first those on which places differ, then those with most places.

    ``looked_at``: conclusions that were read, the last first; ``more``: there are older ones.
    """

    wordings: tuple[Wording, ...]
    total: int
    offset: int
    looked_at: int
    more: bool


def radar(session: Session, office: Office, actor: Actor, offset: int = 0, limit: int = 20) -> Radar:
    """Raises ``DeniedError`` for whoever coordinates nothing."""
    require(actor, "list_similar")
    most = office.settings.radar_conclusions
    rows = (
        select(ConclusionRow, Case)
        .join(Case, Case.id == ConclusionRow.case_id)
        .where(
            Case.coordinator_id == actor.id, ConclusionRow.round == Case.round, ConclusionRow.set_aside_at.is_(None),
            Case.state.in_([state.value for state in State if state in DRAWN]),
        )
        .order_by(ConclusionRow.made_at.desc(), ConclusionRow.id)
        .limit(most + 1)
    )  # fmt: skip
    found = [(row, case) for row, case in session.execute(rows)]
    groups = _Groups()
    for conclusion, case in found[:most]:
        if permits(actor, "see_conclusion", standing_of(session, case)):
            for unit, language, spot in _spots(session, conclusion, case):
                groups.add(unit, language, spot)
    several = sorted(groups.several(), key=lambda each: (not each[1].is_split, -len(each[1].spots)))
    shown = [
        Wording(wording.language, wording.spots, tuple(_elsewhere(session, office, actor, unit, wording)))
        for unit, wording in several[offset : offset + limit]
    ]
    return Radar(tuple(shown), len(several), offset, min(len(found), most), len(found) > most)


def _spots(session: Session, conclusion: ConclusionRow, case: Case) -> Iterator[tuple[UnitPrint, str, Spot]]:
    positions = _positions(session, conclusion)
    body = body_of(session, case)
    region = str(case.requisites.get("region", ""))
    for found in conclusion.content["findings"]:
        number = int(found["number"])
        for norm in found["norms"]:
            made = fingerprint([norm["text"]], norm["language"]).units
            if made:
                spot = Spot(
                    case, body, region, number, found["factor"], _citation(found, norm), norm["text"],
                    positions.get(number, ""),
                )  # fmt: skip
                yield made[0], norm["language"], spot


def _citation(found: Mapping[str, Any], norm: Mapping[str, Any]) -> Mapping[str, str]:
    fits = (place for place in found["places"] if (place["language"], place["address"]) == _place(norm))
    return dict(next(fits, {"citation": {"ru": "", "kk": ""}})["citation"])


def _place(norm: Mapping[str, Any]) -> tuple[str, str]:
    return norm["language"], norm["address"]


def _positions(session: Session, conclusion: ConclusionRow) -> Mapping[int, str]:
    """Number of a recommendation → what a person decided of its adoption, else the developer's last position."""
    sheets = select(AnswerSheet).where(
        AnswerSheet.conclusion_id == conclusion.id, AnswerSheet.number.is_not(None)
    )  # fmt: skip
    last = session.scalars(sheets.order_by(AnswerSheet.number.desc())).first()
    answers = session.scalars(select(Answer).where(Answer.sheet_id == last.id)) if last is not None else ()
    told = {answer.number: answer.position for answer in answers}
    return told | {number: each.state.value for number, each in decided(session, conclusion).items()}


class _Groups:
    """Norms put together by their words: the same without what is local, or near."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, int], int] = {}
        self._near: dict[tuple[str, int], list[int]] = {}
        self._made: list[tuple[UnitPrint, str, list[Spot]]] = []

    def add(self, unit: UnitPrint, language: str, spot: Spot) -> None:
        """Put a place where its wording is, or begin one."""
        at = self._of.get((language, unit.hash))
        if at is None:
            at = self._like(unit, language)
        if at is None:
            at = len(self._made)
            self._made.append((unit, language, []))
            for key in unit.keys:
                self._near.setdefault((language, key), []).append(at)
        self._of[language, unit.hash] = at
        spots = self._made[at][2]
        if not any(
            (each.case.id, each.number, each.words) == (spot.case.id, spot.number, spot.words) for each in spots
        ):
            spots.append(spot)

    def several(self) -> Iterator[tuple[UnitPrint, Wording]]:
        """Wordings that stand in more than one act."""
        for unit, language, spots in self._made:
            if len({spot.case.id for spot in spots}) > 1:
                yield unit, Wording(language, tuple(spots), ())

    def _like(self, unit: UnitPrint, language: str) -> int | None:
        met = {at for key in unit.keys for at in self._near.get((language, key), ())}
        scored = [(unit.near(self._made[at][0]), -at) for at in met]
        best = max(scored, default=(0.0, 0))
        return -best[1] if best[0] >= parameters().near else None


def _elsewhere(
    session: Session, office: Office, actor: Actor, unit: UnitPrint, wording: Wording
) -> Iterator[Elsewhere]:
    """Own cases that have the norm to the word and whose conclusion does not name it."""
    named = {spot.case.id for spot in wording.spots}
    rows = (
        select(FingerprintRow, Case)
        .join(Case, Case.id == FingerprintRow.case_id)
        .where(
            Case.coordinator_id == actor.id, FingerprintRow.language == wording.language,
            FingerprintRow.family_id.in_(select(FamilyNorm.family_id).where(FamilyNorm.hash == unit.hash)),
            Case.id.not_in(named),
        )
        .order_by(Case.number)
        .limit(office.settings.radar_places)
    )  # fmt: skip
    for row, case in session.execute(rows):
        places: Sequence[int] = [each.place for each in kept_print(row).units if each.hash == unit.hash]
        if places and places[0] < len(row.units):
            yield Elsewhere(case, body_of(session, case), str(case.requisites.get("region", "")), row.units[places[0]])
