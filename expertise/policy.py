"""Who may do what: one table (policy.yaml), deny unless allowed.

Reads: an actor, an action, how the actor stands to a case. Writes: yes or no, or ``DeniedError``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from expertise.case.states import State
from expertise.people import MACHINE, Actor, Role, Seat
from nlp.errors import SaraptamaError


class DeniedError(SaraptamaError):
    """The actor may not do this here; ``params`` name the action only, never what was asked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one case: whose it is, who sits in it, and its state."""

    coordinator: str = ""
    developer: str = ""
    seats: Mapping[Seat, str] = field(default_factory=dict)
    state: State = State.REGISTERED

    def relations(self, actor: Actor) -> frozenset[str]:
        """What the actor is in this case."""
        if actor is MACHINE:
            return frozenset({"machine"})
        if not actor.id:
            return frozenset()
        found = {seat.value for seat, person in self.seats.items() if person == actor.id and actor.has(Role.EXPERT)}
        if actor.id == self.coordinator and (actor.has(Role.COORDINATOR) or actor.has(Role.CLIENT)):
            found.add("coordinator")  # another system runs the cases it registered itself
        if actor.id == self.developer and actor.has(Role.DEVELOPER):
            found.add("developer")
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Grant:
    relation: str
    role: Role | None
    states: frozenset[State] | None

    def holds(self, actor: Actor, relations: frozenset[str], state: State | None) -> bool:
        if self.states is not None and (state is None or state not in self.states):
            return False
        if self.role is not None:
            return bool(actor.id) and actor.has(self.role)
        return self.relation in relations


def permits(actor: Actor, action: str, standing: Standing | None = None) -> bool:
    """Whether the actor may do the action, in the case of ``standing`` if it is about one.

    Raises ``KeyError`` for an action the table does not know: a typing error must not become a silent denial.
    """
    relations = standing.relations(actor) if standing else frozenset({"machine"} if actor is MACHINE else ())
    state = standing.state if standing else None
    if _sees_blindly(actor, action, standing):
        return False
    return any(grant.holds(actor, relations, state) for grant in table()[action])


def require(actor: Actor, action: str, standing: Standing | None = None) -> None:
    """Raises ``DeniedError`` unless the action is permitted."""
    if not permits(actor, action, standing):
        raise DeniedError("expertise.denied", action=action)


def _sees_blindly(actor: Actor, action: str, standing: Standing | None) -> bool:
    """A blind second expert is kept from the first one's work whatever other role grants it, until it is issued."""
    if standing is None or action not in _FIRST_WORK or standing.state in _ISSUED:
        return False
    return bool(actor.id) and standing.seats.get(Seat.SECOND) == actor.id != standing.seats.get(Seat.ADJUDICATOR)


_FIRST_WORK = frozenset({"see_first", "see_final", "see_draft_conclusion", "see_history"})
_ISSUED = frozenset({State.SENT, State.ANSWERED, State.ADOPTED, State.NOT_ADOPTED})


@cache
def table() -> Mapping[str, tuple[_Grant, ...]]:
    """Action → grants. Raises ``ValueError`` for a role, relation or state that does not exist."""
    raw = yaml.safe_load(files("expertise").joinpath("policy.yaml").read_text(encoding="utf-8"))
    return {action: tuple(_grant(action, entry) for entry in entries) for action, entries in raw.items()}


_RELATIONS = frozenset({"coordinator", "developer", "machine", *Seat})


def _grant(action: str, entry: Mapping[str, object]) -> _Grant:
    unknown = set(entry) - {"as", "role", "when"}
    relation = str(entry.get("as", ""))
    if unknown or ("as" in entry) == ("role" in entry) or (relation and relation not in _RELATIONS):
        raise ValueError(f"policy.yaml: {action}: {dict(entry)}")
    states = entry.get("when")
    return _Grant(
        relation=relation,
        role=Role(str(entry["role"])) if "role" in entry else None,
        states=frozenset(State(name) for name in states) if isinstance(states, list) else None,
    )
