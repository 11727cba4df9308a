"""Who acts: roles of the product, actors, and seats in one case."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody may be in the service as a whole (methodology 1.4); one person may have several."""

    DEVELOPER = "developer"
    EXPERT = "expert"
    COORDINATOR = "coordinator"
    APPROVER = "approver"
    METHODOLOGIST = "methodologist"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"
    CLIENT = "client"  # another system that calls the API


class Seat(StrEnum):
    """What an expert is in one case. A blind second expert never sees the first one's work."""

    FIRST = "first"
    SECOND = "second"
    ADJUDICATOR = "adjudicator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something. Nothing is read from or written to a store without one."""

    id: str
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    language: str = "ru"

    def has(self, role: Role) -> bool:
        """Whether the actor has the role."""
        return role in self.roles


ANONYMOUS = Actor("", "", frozenset())
"""Nobody has signed in: has no role, is permitted nothing."""

MACHINE = Actor("machine", "Saraptama", frozenset())
"""The service itself, for what a job writes down; the policy gives it the machine's own actions only."""

OPERATOR = Actor("operator", "saraptama", frozenset({Role.ADMINISTRATOR}))
"""Whoever has a shell on the machine of the service: the command line acts as this one, and the audit says so."""
