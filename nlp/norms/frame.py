"""NormFrame: who may or must do what, on which grounds, by when. Version 0 of DESIGN 2."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """Which string of a provision a span points into."""

    TEXT = "text"
    LEAD = "lead"
    HEADING = "heading"


@dataclass(frozen=True, slots=True, order=True)
class FieldSpan:
    """Half-open character span [start, end) in one field of a provision."""

    field: Field
    start: int
    end: int


class ActorClass(StrEnum):
    """Actor class decides more than any keyword (methodology 6.4)."""

    PUBLIC = "public"
    PRIVATE = "private"
    COURT = "court"  # courts, prosecutors, Parliament, President, Government as a constitutional actor
    NONE = "none"  # agentless: passive or impersonal


class Modality(StrEnum):
    """Deontic force of a clause."""

    OPTION = "option"  # вправе, может / құқылы, мүмкін
    DUTY = "duty"  # обязан, подлежит / міндетті, тиіс
    BAN = "ban"  # не вправе, запрещается / жол берілмейді
    INDICATIVE = "indicative"  # рассматривает, выдаёт / қарайды: a duty by drafting convention
    NONE = "none"  # no predicate (list items, titles, definitions)


class SlotState(StrEnum):
    """How far an element of the norm is settled."""

    CLOSED = "closed"
    OPEN = "open"
    REFERENCE = "reference"  # settled by a named unit or act
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Slot:
    """State of one element and the words that say so."""

    state: SlotState = SlotState.ABSENT
    spans: tuple[FieldSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """The bearer of the clause; ``name`` is its lemma form («уполномоченный орган»)."""

    kind: ActorClass = ActorClass.NONE
    name: str = ""
    span: FieldSpan | None = None
    inherited: bool = False  # taken from lead-in or heading


@dataclass(frozen=True, slots=True)
class Action:
    """The main verb: lemma, its kind (decide, refuse, suspend, demand, pay, cooperate …), span."""

    lemma: str = ""
    kind: str = ""
    span: FieldSpan | None = None


@dataclass(frozen=True, slots=True)
class NormFrame:
    """One clause of a provision. ``extent`` is the clause; a marker found inside it belongs to this frame."""

    extent: FieldSpan
    actor: Actor
    modality: Modality
    modal_span: FieldSpan | None
    action: Action
    time_limit: Slot
    grounds: Slot
    documents: Slot
