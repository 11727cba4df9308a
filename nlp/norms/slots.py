"""Elements of a norm – time limit, grounds, documents – and how far each is settled."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.language.token import Tokens
from nlp.norms.frame import Field, FieldSpan, Slot, SlotState
from nlp.norms.kazakh_slots import kazakh_main_words
from nlp.norms.lexicon import LOOKALIKE, NormLexicon
from nlp.norms.russian_slots import main_clause_words
from nlp.norms.slot_word import SlotWord

# An open word spoils a settled element («в течение пяти дней, а при необходимости – дольше»), and a reference settles
# what a bare condition leaves vague; so the order in which states win is fixed.
_PRECEDENCE = (SlotState.OPEN, SlotState.REFERENCE, SlotState.CLOSED)


def slot_words(tokens: Tokens, field: Field, lexicon: NormLexicon) -> tuple[SlotWord, ...]:
    """All words of a field that speak of slots, in order; a word inside a longer one of the same slot is dropped, and
    so is one that a lookalike («на срок до трех лет», «при этом») begins with or holds."""
    found: list[tuple[SlotWord, bool]] = []
    for match in lexicon.slots.patterns.find(tokens):
        slot, state = lexicon.slots.labels[match.index].split("/")
        lookalike = state == LOOKALIKE
        span = FieldSpan(field, match.start, match.end)
        kind = SlotState.ABSENT if lookalike else SlotState(state)
        found.append((SlotWord(slot, kind, field, match.mark_first, match.mark_last, span), lookalike))
    if not found:
        return ()
    inner = _inside_longer([word for word, _ in found])
    hidden = {(word.slot, word.first) for word, lookalike in found if lookalike}
    kept = tuple(
        dict.fromkeys(
            word
            for word, lookalike in found
            if not lookalike
            and (word.slot, word.first, word.last) not in inner
            and (word.slot, word.first) not in hidden
        )
    )
    return main_clause_words(tokens, kept) if lexicon.language == "ru" else kazakh_main_words(tokens, kept)


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


def fill(words: Iterable[SlotWord]) -> dict[str, Slot]:
    """Slots by name from the words of a clause: open beats reference beats closed; a slot nothing speaks of is absent
    from the answer."""
    spans: dict[str, dict[SlotState, list[FieldSpan]]] = {}
    for word in words:
        spans.setdefault(word.slot, {}).setdefault(word.state, []).append(word.span)
    filled: dict[str, Slot] = {}
    for slot, by_state in spans.items():
        state = next(state for state in _PRECEDENCE if state in by_state)
        filled[slot] = Slot(state, tuple(by_state[state]))
    return filled
