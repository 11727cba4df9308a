"""Elements of a norm – time limit, grounds, documents – and how far each is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.language.token import Tokens
from nlp.norms.frame import Field, FieldSpan, Slot, SlotState
from nlp.norms.lexicon import NormLexicon

# An open word spoils a settled element («в течение пяти дней, а при необходимости – дольше»), and a reference settles
# what a bare condition leaves vague; so the order in which states win is fixed.
_PRECEDENCE = (SlotState.OPEN, SlotState.REFERENCE, SlotState.CLOSED)


@dataclass(frozen=True, slots=True)
class SlotWord:
    """A pattern that speaks of a slot, at tokens [first, last) of one field."""

    slot: str
    state: SlotState
    field: Field
    first: int
    last: int
    span: FieldSpan


def slot_words(tokens: Tokens, field: Field, lexicon: NormLexicon) -> tuple[SlotWord, ...]:
    """All words of a field that speak of slots, in order; a word inside a longer one of the same slot is dropped."""
    found = []
    for match in lexicon.slots.patterns.find(tokens):
        slot, state = lexicon.slots.labels[match.index].split("/")
        span = FieldSpan(field, match.start, match.end)
        found.append(SlotWord(slot, SlotState(state), field, match.mark_first, match.mark_last, span))
    inner = _inside_longer(found)
    return tuple(word for word in found if (word.slot, word.first, word.last) not in inner)


def _inside_longer(found: list[SlotWord]) -> set[tuple[str, int, int]]:
    """Places (slot, first, last) that lie in a longer place of the same slot: one sweep from left to right."""
    inner: set[tuple[str, int, int]] = set()
    reach: dict[str, int] = {}
    for slot, first, negative in sorted({(word.slot, word.first, -word.last) for word in found}):
        last = -negative
        if reach.get(slot, -1) >= last:
            inner.add((slot, first, last))
        reach[slot] = max(reach.get(slot, -1), last)
    return inner


def fill(slot: str, words: Iterable[SlotWord]) -> Slot:
    """The slot's state from the words of a clause: open beats reference beats closed; absent when nothing speaks."""
    mine = [word for word in words if word.slot == slot]
    for state in _PRECEDENCE:
        spans = tuple(word.span for word in mine if word.state is state)
        if spans:
            return Slot(state, spans)
    return Slot()
