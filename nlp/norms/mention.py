"""Mention: an actor found in the tokens of a field."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.norms.frame import ActorClass


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named by tokens [first, last)."""

    first: int
    last: int
    kind: ActorClass
