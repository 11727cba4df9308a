"""Bodies: who holds a power, and whether a sentence is about bodies of power at all."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.norms.frame import ActorClass
from nlp.norms.powers.index import Sentence
from nlp.norms.powers.model import Element, PowerSlot, State, Words
from nlp.norms.powers.readings import Readings
from nlp.norms.powers.rings import NEAREST_FIRST
from nlp.norms.powers.settled import settled


def who(readings: Readings, rings: Mapping[int, tuple[int, ...]]) -> PowerSlot:
    """The first body named; open where it is named only by what it does («орган, осуществляющий функции …»)."""
    words = readings.index.words.elements[Element.WHO]
    for ring in NEAREST_FIRST:
        for s in rings[ring]:
            cues = readings.cues(s, Element.WHO, words)
            for cue in cues:
                if cue.label == "open":
                    return settled(readings.index, cue)
            found = _body(readings, s)
            if found is not None:
                return PowerSlot(State.PRESENT, found)
            for cue in cues:
                return settled(readings.index, cue)
    return PowerSlot()


def _body(readings: Readings, s: int) -> Words | None:
    sentence = readings.index.sentences[s]
    provision = readings.index.provisions[sentence.at]
    end = sentence.first + len(sentence.tokens)
    for mention in readings.mentions(sentence.at):
        inside = sentence.first <= mention.first and mention.last <= end
        if mention.kind is not ActorClass.PUBLIC or not inside:
            continue
        named = sentence.tokens[mention.first - sentence.first : mention.last - sentence.first]
        if not readings.index.words.not_bodies.find(named):
            return Words(provision, sentence.span(mention.first - sentence.first, mention.last - sentence.first))
    return None


def names_body(readings: Readings, sentence: Sentence) -> bool:
    """Whether a general norm is about bodies of power (or courts), not about private persons alone."""
    end = sentence.first + len(sentence.tokens)
    kinds = {m.kind for m in readings.mentions(sentence.at) if sentence.first <= m.first and m.last <= end}
    return not kinds or bool(kinds - {ActorClass.PRIVATE})
