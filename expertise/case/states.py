"""States of a case and the ways between them (states.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from nlp.errors import SaraptamaError


class CaseError(SaraptamaError):
    """What was asked does not fit the case as it stands; the message says what is missing."""


class State(StrEnum):
    """Where a case is."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    IN_REVIEW = "in_review"
    CONCLUDED = "concluded"
    APPROVED = "approved"
    SENT = "sent"
    ANSWERED = "answered"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


OPEN = (State.REGISTERED, State.ASSIGNED, State.IN_REVIEW, State.CONCLUDED, State.APPROVED, State.RETURNED)
"""States in which the expertise itself is not finished: a deadline still counts."""

ISSUED = (State.SENT, State.ANSWERED, State.ADOPTED, State.NOT_ADOPTED)
"""The conclusion has left the house."""

DRAWN = (State.CONCLUDED, State.APPROVED, *ISSUED)
"""There is a conclusion of this round."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One way: ``needs_reason`` – somebody must say why; ``new_round`` – a repeat expertise begins."""

    name: str
    sources: tuple[State, ...]
    target: State
    needs_reason: bool = False
    new_round: bool = False


@cache
def transitions() -> Mapping[str, Transition]:
    """All transitions by name."""
    raw = yaml.safe_load(files("expertise.case").joinpath("states.yaml").read_text(encoding="utf-8"))
    return {name: _transition(name, entry) for name, entry in raw.items()}


def _transition(name: str, entry: Mapping[str, object]) -> Transition:
    sources = entry["from"]
    if not isinstance(sources, list) or set(entry) - {"from", "to", "why", "round"}:
        raise ValueError(f"states.yaml: {name}")
    return Transition(
        name=name,
        sources=tuple(State(source) for source in sources),
        target=State(str(entry["to"])),
        needs_reason=bool(entry.get("why", False)),
        new_round=bool(entry.get("round", False)),
    )


def ways(state: State) -> tuple[Transition, ...]:
    """Transitions that begin in the state, in the order of the table."""
    return tuple(each for each in transitions().values() if state in each.sources)


def move(state: State, name: str, reason: str = "") -> Transition:
    """The transition ``name`` out of ``state``.

    Raises ``CaseError``: there is no such way from here, or its reason is missing. An unknown name is a ``KeyError``.
    """
    transition = transitions()[name]
    if state not in transition.sources:
        raise CaseError("expertise.no_way", state=state.value, transition=name)
    if transition.needs_reason and not reason.strip():
        raise CaseError("expertise.reason_missing", transition=name)
    return transition
