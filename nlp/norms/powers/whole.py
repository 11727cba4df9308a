"""WholeAct: what norms beyond the rings of a power say of an element: general norms, and any norm of the act."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

from nlp.norms.powers.bodies import names_body
from nlp.norms.powers.general import GeneralCues, GeneralNorms
from nlp.norms.powers.index import Cue, Sentence
from nlp.norms.powers.model import Element
from nlp.norms.powers.readings import Readings
from nlp.norms.powers.rings import GENERAL
from nlp.norms.powers.words import ElementWords, Kind

_AROUND = 12  # words looked at before a core and after it


class WholeAct:
    """Norms of one text that hold for more powers than one."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._index = readings.index
        self._general_norms = GeneralNorms(readings.index)
        self._all: dict[Element, list[Cue]] = {}

    @cached_property
    def _generals(self) -> Mapping[tuple[Element, str], GeneralCues]:
        """Element and label → words of the sentences that hold for more powers than one."""
        made: dict[tuple[Element, str], GeneralCues] = {}
        asked = [
            (element, words)
            for element, words in self._index.words.elements.items()
            if words.reach >= GENERAL and words.general.patterns
        ]
        # Sentence by sentence: what patterns need to know of its words is kept for the last ones read.
        for s, sentence in enumerate(self._index.sentences):
            for element, words in asked:
                cues = self._readings.cues(s, element, words)
                if cues and self._is_general(sentence, words):
                    for cue in cues:
                        key = (element, cue.label)
                        if key not in made:
                            made[key] = GeneralCues(self._general_norms)
                        made[key].add(cue)
        return made

    def _is_general(self, sentence: Sentence, words: ElementWords) -> bool:
        if words.general_of_body and not names_body(self._readings, sentence):
            return False
        end = sentence.first + len(sentence.tokens)
        found = self._readings.found(sentence.at, words.general)
        said = any(sentence.first <= match.mark_first < end for match in found)
        return said or (not words.general_of_body and self._general_norms.is_headed(sentence.at))

    def general(self, element: Element, words: ElementWords, core: Sequence[int], kind: Kind | None) -> Cue | None:
        """The nearest general norm on an element that holds for a power, of any decision where no kind is given."""
        for label in words.order:
            general = self._generals.get((element, label))
            cue = (
                general.nearest(core, lambda cue: not self._readings.names_other(cue, element, kind))
                if general
                else None
            )
            if cue is not None:
                return cue
        return None

    def anywhere(self, element: Element, words: ElementWords, core: Sequence[int], kind: Kind) -> Cue | None:
        """Where a kind of power has the element in nearly every act: the nearest words that leave it open, whatever
        their unit."""
        if element not in kind.everywhere:
            return None
        if element not in self._all:
            cues = (cue for s in range(len(self._index.sentences)) for cue in self._readings.cues(s, element, words))
            self._all[element] = [cue for cue in cues if cue.label == "open"]
        cues_of = self._all[element]
        after = bisect_left(cues_of, core[0], key=lambda cue: cue.sentence.at)
        around = cues_of[max(after - _AROUND, 0) : after + _AROUND]
        fitting = (cue for cue in around if not self._readings.names_other(cue, element, kind))
        return min(fitting, key=lambda cue: abs(cue.sentence.at - core[0]), default=None)
