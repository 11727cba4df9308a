"""Words found in a sentence → the state of the element they are about."""

from __future__ import annotations

from nlp.norms.powers.index import ActIndex, Cue
from nlp.norms.powers.model import PowerSlot, Words
from nlp.norms.powers.words import STATES


def settled(index: ActIndex, cue: Cue) -> PowerSlot:
    """The element as these words leave it."""
    words = Words(index.provisions[cue.sentence.at], cue.sentence.span(cue.first, cue.last))
    return PowerSlot(STATES[cue.label], words, cue.label == "reference", cue.label == "hint")
