"""Families of similar drafts as a coordinator sees them: of their own cases only, whoever else has similar ones.

Reads: fingerprints, cases, conclusions. Writes: which case is the base of a family. To nobody else is anything told:
not that a draft has like ones, nor how many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from expertise import audit
from expertise.case.states import DRAWN, CaseError, State
from expertise.office import Office
from expertise.people import Actor
from expertise.policy import require
from expertise.store.case_tables import Case, ConclusionRow
from expertise.store.cases import NotFoundError, Opened, open_case
from expertise.store.people_tables import Person
from expertise.store.similar_tables import FamilyBase, FingerprintRow
from expertise.work.registering import subject


@dataclass(frozen=True, slots=True)
class Member:
    """A case of a family. ``body``: whose draft it is; ``drawn``: it has a conclusion, so that it may be the base."""

    case: Case
    body: str
    region: str
    drawn: bool
    is_base: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Cases of one coordinator that are made of one text. ``chosen``: the coordinator named the base."""

    id: str
    members: tuple[Member, ...]
    base: Case | None
    chosen: bool

    @property
    def title(self) -> str:
        """That of the base, else of the first."""
        return self.base.title if self.base is not None else self.members[0].case.title


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Part of the list of families, the largest first."""

    families: tuple[Family, ...]
    total: int
    offset: int


def list_families(session: Session, actor: Actor, offset: int = 0, limit: int = 50) -> FamilyPage:
    """Families of which the actor coordinates at least two cases. Raises ``DeniedError``."""
    require(actor, "list_similar")
    count = func.count(Case.id.distinct())
    grouped = (
        select(FingerprintRow.family_id)
        .join(Case, Case.id == FingerprintRow.case_id)
        .where(Case.coordinator_id == actor.id)
        .group_by(FingerprintRow.family_id)
        .having(count > 1)
    )
    total = session.scalar(select(func.count()).select_from(grouped.subquery())) or 0
    ordered = grouped.order_by(count.desc(), FingerprintRow.family_id).offset(offset).limit(limit)
    names = list(session.scalars(ordered))
    return FamilyPage(_families(session, actor, names), total, offset)


def family_of(session: Session, opened: Opened) -> Family | None:
    """The family of a case, None where the actor coordinates no other case of it. Raises ``DeniedError``."""
    require(opened.actor, "see_similar", opened.standing)
    name = session.scalars(
        select(FingerprintRow.family_id).where(FingerprintRow.case_id == opened.case.id).limit(1)
    ).first()
    found = _families(session, opened.actor, [name]) if name else ()
    return found[0] if found and len(found[0].members) > 1 else None


def base_of(session: Session, opened: Opened) -> Case:
    """The base of the case's family. Raises ``NotFoundError`` where there is no family, ``CaseError`` where it has no
    concluded expertise or the case is the base itself."""
    family = family_of(session, opened)
    if family is None:
        raise NotFoundError("expertise.no_family")
    if family.base is None:
        raise CaseError("expertise.no_base")
    if family.base.id == opened.case.id:
        raise CaseError("expertise.is_base")
    return family.base


def choose_base(office: Office, actor: Actor, case_id: str) -> None:
    """Make the case the base of its family. Raises ``DeniedError``, ``NotFoundError`` (no family)."""
    now = office.clock()
    with office.database.transaction() as session:
        opened = open_case(session, actor, case_id, "choose_base", lock=True)
        family = family_of(session, opened)
        if family is None:
            raise NotFoundError("expertise.no_family")
        row = session.get(FamilyBase, (family.id, actor.id))
        if row is None:
            row = FamilyBase(family_id=family.id, coordinator_id=actor.id, case_id=case_id, at=now)
            session.add(row)
        row.case_id, row.at = case_id, now
        before = {"base": family.base.id} if family.base is not None else None
        audit.write(session, actor, now, "choose_base", subject(case_id), before, {"family": family.id})


def _families(session: Session, actor: Actor, names: Sequence[str]) -> tuple[Family, ...]:
    rows = (
        select(FingerprintRow.family_id, FingerprintRow.case_id)
        .join(Case, Case.id == FingerprintRow.case_id)
        .where(FingerprintRow.family_id.in_(names), Case.coordinator_id == actor.id)
    )
    of = {str(case_id): str(name) for name, case_id in session.execute(rows)}
    cases: dict[str, list[Case]] = defaultdict(list)
    for case in session.scalars(select(Case).where(Case.id.in_(of)).order_by(Case.number)):
        cases[of[case.id]].append(case)
    every = [case for found in cases.values() for case in found]
    drawn = _drawn(session, every)
    bodies = _bodies(session, every)
    chosen = {
        row.family_id: row.case_id
        for row in session.scalars(
            select(FamilyBase).where(FamilyBase.family_id.in_(names), FamilyBase.coordinator_id == actor.id)
        )
    }
    return tuple(_family(name, cases[name], drawn, bodies, chosen.get(name, "")) for name in names if cases[name])


def _family(
    name: str, cases: Sequence[Case], drawn: dict[str, datetime], bodies: dict[str, str], chosen: str
) -> Family:  # fmt: skip
    may = [case for case in cases if case.id in drawn]
    named = next((case for case in may if case.id == chosen), None)
    base = named or min(may, key=lambda case: (drawn[case.id], case.number), default=None)
    members = tuple(
        Member(
            case, bodies.get(case.id, ""), str(case.requisites.get("region", "")), case.id in drawn,
            base is not None and case.id == base.id,
        )
        for case in cases
    )  # fmt: skip
    return Family(name, members, base, named is not None)


def _drawn(session: Session, cases: Sequence[Case]) -> dict[str, datetime]:
    """Case → when the conclusion of its present round was drawn up."""
    rows = (
        select(ConclusionRow.case_id, func.min(ConclusionRow.made_at))
        .join(Case, Case.id == ConclusionRow.case_id)
        .where(
            ConclusionRow.case_id.in_([case.id for case in cases]), ConclusionRow.set_aside_at.is_(None),
            ConclusionRow.round == Case.round, Case.state.in_([state.value for state in State if state in DRAWN]),
        )
        .group_by(ConclusionRow.case_id)
    )  # fmt: skip
    return {str(case_id): at for case_id, at in session.execute(rows)}


def _bodies(session: Session, cases: Sequence[Case]) -> dict[str, str]:
    """Case → the developer as the requisites name it, else the organisation of the developer's account."""
    ids = {case.developer_id for case in cases if case.developer_id}
    people = {row.id: row.organisation or row.name for row in session.scalars(select(Person).where(Person.id.in_(ids)))}
    return {
        case.id: str(case.requisites.get("developer", "")) or people.get(case.developer_id or "", "") for case in cases
    }


def body_of(session: Session, case: Case) -> str:
    """Whose draft a case is."""
    return _bodies(session, [case])[case.id]
