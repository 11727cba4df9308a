"""Everything found in one field of a provision, made once: mentions, slot words, actions, modal words."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.language.token import Tokens
from nlp.matching import Match
from nlp.norms.actors import mentions
from nlp.norms.frame import Field, Modality
from nlp.norms.lexicon import NormLexicon
from nlp.norms.mention import Mention
from nlp.norms.slot_word import SlotWord
from nlp.norms.slots import slot_words

_MODAL_PRECEDENCE = {Modality.NONE: 0, Modality.BAN: 1, Modality.OPTION: 2, Modality.DUTY: 3, Modality.INDICATIVE: 4}


@dataclass(frozen=True, slots=True)
class Predicate:
    """The word that carries modality, at tokens [first, last)."""

    modality: Modality
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """Everything found in one field, made once."""

    field: Field
    tokens: Tokens
    mentions: tuple[Mention, ...]
    slots: tuple[SlotWord, ...]
    actions: tuple[Match, ...]
    modals: tuple[Predicate, ...]


def view_of(tokens: Tokens, field: Field, lexicon: NormLexicon) -> FieldView:
    """Tokens of a field → what speaks in them."""
    return FieldView(
        field,
        tokens,
        mentions(tokens, lexicon),
        slot_words(tokens, field, lexicon),
        tuple(lexicon.actions.patterns.find(tokens)),
        _modals(tokens, lexicon),
    )


def _modals(tokens: Tokens, lexicon: NormLexicon) -> tuple[Predicate, ...]:
    """Modal words; of overlapping ones the longest wins, then ban before option before duty.

    Words listed under ``none`` only look modal («қажет болған жағдайда», «міндетті резервтер») and hide what they hold.
    """
    found = [
        Predicate(Modality(lexicon.modality.labels[match.index]), match.mark_first, match.mark_last)
        for match in lexicon.modality.patterns.find(tokens)
    ]
    found.sort(key=lambda p: (p.first - p.last, _MODAL_PRECEDENCE[p.modality], p.first))
    kept: list[Predicate] = []
    taken = bytearray(len(tokens))
    for predicate in found:
        if not any(taken[predicate.first : predicate.last]):
            kept.append(predicate)
            taken[predicate.first : predicate.last] = b"\1" * (predicate.last - predicate.first)
    return tuple(sorted((p for p in kept if p.modality is not Modality.NONE), key=lambda p: p.first))
