"""Power: one authority of a body over a person with everything the act says of it (DESIGN 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nlp.norms.frame import FieldSpan
from nlp.structure.act import Provision


class Element(StrEnum):
    """The ten elements of the template of methodology 7."""

    WHO = "who"
    GROUNDS = "grounds"
    DOCUMENTS = "documents"
    TIME_LIMIT = "time_limit"
    DECISIONS = "decisions"
    REFUSAL_GROUNDS = "refusal_grounds"
    NOTICE = "notice"
    PUBLICATION = "publication"
    APPEAL = "appeal"
    LIABILITY = "liability"


class State(StrEnum):
    """How far an element is settled; ``na``: it makes no sense for this kind of power."""

    PRESENT = "present"
    OPEN = "open"
    ABSENT = "absent"
    NA = "na"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a provision that settle or open an element."""

    provision: Provision
    span: FieldSpan


@dataclass(frozen=True, slots=True)
class PowerSlot:
    """One element of a power. ``by_reference``: settled by a named unit or act elsewhere; ``by_hint``: open
    only because the words name it without more (an application is spoken of, its documents are not). ``supposed``: no
    words were found, but acts nearly always speak of it for this kind of power; who looks for gaps takes it as absent.
    ``of_other_step``: absent, but words near by settle it for another step of the procedure; that is no gap to tell."""

    state: State = State.ABSENT
    words: Words | None = None
    by_reference: bool = False
    by_hint: bool = False
    supposed: bool = False
    of_other_step: bool = False


@dataclass(frozen=True, slots=True)
class Power:
    """``kind`` is one of the pack's kinds of powers; ``core`` the provision that gives the power, ``action`` the words
    in it that do; ``provisions`` all that order it, the core included, in document order.

    ``order``: the words that leave the whole procedure to a named act («в порядке, определенном Правилами …»)."""

    kind: str
    core: Provision
    action: FieldSpan | None
    provisions: tuple[Provision, ...]
    slots: Mapping[Element, PowerSlot]
    order: Words | None = None

    def state(self, element: Element) -> State:
        """State of one element."""
        return self.slots[element].state
