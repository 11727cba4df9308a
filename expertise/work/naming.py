"""Names of people for pages and documents of a case; whoever may open the case may know who works on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertise.people import MACHINE, Role
from expertise.store.people_tables import Person


def names_of(session: Session, ids: Iterable[str]) -> Mapping[str, str]:
    """Id → name; ids of nobody are left out."""
    wanted = {each for each in ids if each}
    found = {person.id: person.name for person in session.scalars(select(Person).where(Person.id.in_(wanted)))}
    return found | ({MACHINE.id: MACHINE.name} if MACHINE.id in wanted else {})


def people_with(session: Session, role: Role) -> tuple[Person, ...]:
    """Open accounts with the role, by name."""
    rows = select(Person).where(Person.closed.is_(False)).order_by(Person.name)
    return tuple(person for person in session.scalars(rows) if role.value in person.roles)
