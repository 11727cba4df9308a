"""SlotWord: words that speak of an element of a norm."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.norms.frame import Field, FieldSpan, SlotState


@dataclass(frozen=True, slots=True)
class SlotWord:
    """A pattern that speaks of a slot, at tokens [first, last) of one field."""

    slot: str
    state: SlotState
    field: Field
    first: int
    last: int
    span: FieldSpan
