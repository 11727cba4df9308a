"""Change: a norm before and after the draft; only what the draft brings is charged to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.structure.act import Span
from nlp.structure.operations import Operation


@dataclass(frozen=True, slots=True)
class Piece:
    """``length`` characters of ``Change.after`` from ``start`` equal those of the draft's clean text from ``source``.

    Characters of ``after`` under no piece stand only in the wording in force.
    """

    start: int
    length: int
    source: int


@dataclass(frozen=True, slots=True)
class Change:
    """One norm before and after.

    ``address`` is the unit of the draft that brings the change (an amending unit, a unit in the proposed column of a
    table), ``span`` where the draft does so (offsets in its clean text). ``before`` is "" for a new norm, ``after`` is
    "" for one that is struck out. ``heading`` and ``lead`` are those of the resulting norm, as plain text.
    ``changed`` are spans of ``after`` that are not in ``before``.
    """

    address: str
    span: Span
    language: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()
    heading: str = ""
    lead: str = ""
    changed: tuple[Span, ...] = ()


class State(StrEnum):
    """What became of an operation of the draft."""

    REBUILT = "rebuilt"  # applied to the wording in force: the resulting norm was judged
    JUDGED_AS_QUOTED = "judged_as_quoted"  # the quoted new wording was judged by itself
    NEEDS_WORDING = "needs_wording_in_force"  # nothing can be judged without the wording in force
    NOT_APPLIED = "not_applied"  # the wording in force was given, but the operation does not fit it


@dataclass(frozen=True, slots=True)
class Outcome:
    """An operation and what became of it. ``code`` is the message that says why it was not rebuilt ("": it was),
    ``params`` fill its blanks; ``base`` counts the acts given as wording in force (-1: none was used)."""

    operation: Operation
    state: State
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()
    base: int = -1
