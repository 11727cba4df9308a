"""NormFrame: who may or must do what to whom, on which grounds, by when, with what result (DESIGN 2)."""

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
    """State of one element and the words that say so; ``inherited``: they stand in the lead-in, not in the item."""

    state: SlotState = SlotState.ABSENT
    spans: tuple[FieldSpan, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """The bearer of the clause; ``name`` is its lemma form («уполномоченный орган»)."""

    kind: ActorClass = ActorClass.NONE
    name: str = ""
    span: FieldSpan | None = None
    inherited: bool = False  # taken from lead-in, heading or the title of the act (then without a span)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the action concerns: who applies, is refused, asked, checked, paid or told. Never a court."""

    kind: ActorClass = ActorClass.NONE
    name: str = ""
    span: FieldSpan | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """The main verb: lemma, its kind (refuse, sanction, demand, check, grant, decide, cooperate), span.

    ``sort`` is finer and about the deed, not its burden: suspend, revoke, issue, pay, inform, publish, keep, appoint …
    """

    lemma: str = ""
    kind: str = ""
    span: FieldSpan | None = None
    sort: str = ""


SLOTS = ("time_limit", "grounds", "documents", "result", "form", "exception", "sanction")
"""Elements that are closed, open, settled elsewhere or absent."""

ABSENT = Slot()
NOBODY = Addressee()


@dataclass(frozen=True, slots=True)
class NormFrame:
    """One clause of a provision. ``extent`` is the clause; a marker found inside it belongs to this frame."""

    extent: FieldSpan
    actor: Actor
    modality: Modality
    modal_span: FieldSpan | None
    action: Action
    time_limit: Slot = ABSENT
    grounds: Slot = ABSENT
    documents: Slot = ABSENT  # what is submitted or considered
    result: Slot = ABSENT  # the act or document that comes out
    form: Slot = ABSENT  # written, electronic, a form in an annex
    exception: Slot = ABSENT
    sanction: Slot = ABSENT  # consequence for breach
    addressee: Addressee = NOBODY

    def slots(self) -> dict[str, Slot]:
        """Name → slot, in the order of ``SLOTS``."""
        return {name: getattr(self, name) for name in SLOTS}

    def values(self) -> dict[str, str]:
        """What rules ask of a frame (``frame:``): slot name → value; a verb of no kind is «other»."""
        return {
            "actor": str(self.actor.kind),
            "modality": str(self.modality),
            "action": self.action.kind or "other",
            "addressee": str(self.addressee.kind),
            **{name: str(slot.state) for name, slot in self.slots().items()},
        }
