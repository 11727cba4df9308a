"""Gatherer: a core norm → everything the act says of its power, element by element.

Provisions are taken in rings: the core itself; its point; its article (chapter in acts of points); provisions elsewhere
that share action and object with it; provisions that hold for all powers of the act (appeal, liability). An element is
settled by the nearest ring that speaks of it (DESIGN 2; methodology 7). Work per power is bounded: rare words first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from nlp.language.token import Tokens
from nlp.matching import Match
from nlp.norms.frame import ActorClass, Field, FieldSpan, NormFrame
from nlp.norms.lexicon import NormLexicon
from nlp.norms.powers.bodies import who
from nlp.norms.powers.claims import speaks_of
from nlp.norms.powers.index import ActIndex, Cue
from nlp.norms.powers.model import Element, Power, PowerSlot, State, Words
from nlp.norms.powers.readings import Readings
from nlp.norms.powers.rings import ANYWHERE, ARTICLE, CORE, ELSEWHERE, GENERAL, NEAREST_FIRST, POINT, Rings
from nlp.norms.powers.settled import settled
from nlp.norms.powers.whole import WholeAct
from nlp.norms.powers.words import ElementWords, Kind
from nlp.structure.act import Provision

Frames = Callable[[Provision], tuple[NormFrame, ...]]

_NAMED = frozenset({Element.REFUSAL_GROUNDS, Element.PUBLICATION})
"""Elements whose words name them well enough to be looked for in the whole act."""
_OPENING = frozenset({"open", "vague", "hint"})
_ITSELF = frozenset({"настоящий", "осы"})


class Gatherer:
    """Gathers powers of one text; holds what is found in its sentences."""

    def __init__(self, index: ActIndex, lexicon: NormLexicon, frames: Frames) -> None:
        self.index = index
        self.frames = frames
        self._readings = Readings(index, lexicon)
        self._whole = WholeAct(self._readings)
        self._rings = Rings(index)

    def gather(self, core: Sequence[int], kind: Kind, action: FieldSpan | None = None) -> Power:
        """The power whose core are the provisions at these positions of the index (the first one leads)."""
        rings = self._rings.of(core, kind)
        slots: dict[Element, PowerSlot] = {}
        used = set(core)
        for element in Element:
            slot, cue = self._slot(element, kind, rings, core, action)
            slots[element] = slot
            if cue is not None:
                used.add(cue.sentence.at)
        order = self._order(rings, kind)
        leading = self.index.provisions[core[0]]
        gathered = tuple(self.index.provisions[n] for n in sorted(used))
        return Power(kind.id, leading, action, gathered, slots, order)

    def object_word(self, at: int, kind: Kind) -> str:
        """The first word that tells what a power is about."""
        return next(iter(self._rings.object_of([at], kind)), "")

    def _slot(
        self,
        element: Element,
        kind: Kind,
        rings: Mapping[int, tuple[int, ...]],
        core: Sequence[int],
        action: FieldSpan | None,
    ) -> tuple[PowerSlot, Cue | None]:
        if element is Element.WHO:
            return who(self._readings, rings), None
        words = self.index.words.elements[element]
        if element is Element.DOCUMENTS and self._is_own_initiative(core):
            return PowerSlot(State.NA), None
        reach = CORE if element in kind.own_only else ELSEWHERE if element in kind.everywhere else words.reach
        for ring in NEAREST_FIRST[: reach + 1]:
            # Words that name the element themselves need not name the action too: «реестр … размещается на портале».
            sentences = rings[ANYWHERE if ring == ELSEWHERE and element in _NAMED else ring]
            if element in kind.na or (element in kind.na_unless_near and ring > ARTICLE):
                break
            cue = self._best(sentences, element, words, kind, ring)
            if cue is not None:
                return settled(self.index, cue), cue
        if element in kind.na or element in kind.na_unless_near:
            return PowerSlot(State.NA), None
        if element in kind.na_unless_asked and not self._is_asked(rings):
            return PowerSlot(State.NA), None
        if element is Element.DECISIONS and action is not None:
            return PowerSlot(State.PRESENT, Words(self.index.provisions[core[0]], action)), None
        if words.reach >= GENERAL:
            cue = self._whole.general(element, words, core, kind)
            cue = cue or self._whole.anywhere(element, words, core, kind)
            if cue is not None:
                return settled(self.index, cue), cue
        is_supposed = element in kind.supposed
        state = State.OPEN if is_supposed else State.ABSENT
        return PowerSlot(
            state, supposed=is_supposed, of_other_step=self._is_of_other_step(element, kind, rings, core)
        ), None

    def _is_of_other_step(
        self, element: Element, kind: Kind, rings: Mapping[int, tuple[int, ...]], core: Sequence[int]
    ) -> bool:
        """Whether words near by settle an element for another step or decision."""
        words = self.index.words.elements[element]
        if element in kind.own_only or words.reaches:
            near = (s for ring in NEAREST_FIRST[1 : words.reach + 1] for s in rings[ring])
            cues = (cue for s in near for cue in self._readings.cues(s, element, words))
            return any(self._speaks_of(cue, element, words, kind, POINT) for cue in cues)
        return words.reach >= GENERAL and self._whole.general(element, words, core, None) is not None

    def _is_own_initiative(self, core: Sequence[int]) -> bool:
        return any(self._readings.told(n, self.index.words.own_initiative) for n in core)

    def _is_asked(self, rings: Mapping[int, tuple[int, ...]]) -> bool:
        """Whether somebody applies for what the power decides."""
        places = {self.index.sentences[s].at for ring in (CORE, POINT, ARTICLE) for s in rings[ring]}
        return any(self._readings.told(n, self.index.words.applications) for n in sorted(places))

    def _best(
        self, sentences: Sequence[int], element: Element, words: ElementWords, kind: Kind, ring: int
    ) -> Cue | None:
        """The cue that decides a ring, by the order of labels of the element."""
        found = [
            cue
            for s in sentences
            for cue in self._readings.cues(s, element, words)
            if self._speaks_of(cue, element, words, kind, ring)
        ]
        found = [cue for cue in found if not _is_settled_by(cue, found) and not self._is_in_closed_list(cue)]
        found = [cue for cue in found if ring <= words.reaches.get(cue.label, ring)]
        if element is Element.TIME_LIMIT:
            leads = {self.index.provisions[self.index.sentences[s].at].text_at for s in sentences}
            found = [cue for cue in found if not self._is_in_list(cue, leads)]
        for label in words.order:
            for cue in found:
                if cue.label == label:
                    return cue
        return None

    def _is_in_list(self, cue: Cue, leads: Collection[int]) -> bool:
        """Whether the words stand in an item of a list led in by one of these provisions: a ground, no limit."""
        provision = self.index.provisions[cue.sentence.at]
        return bool(provision.lead) and provision.lead_at in leads

    def _is_in_closed_list(self, cue: Cue) -> bool:
        """Vague words within an item of a list: the list itself is closed."""
        return cue.label == "vague" and bool(self.index.provisions[cue.sentence.at].lead)

    def _speaks_of(self, cue: Cue, element: Element, words: ElementWords, kind: Kind, ring: int) -> bool:
        """Whether the words are about this power: of the words that may claim them, its own stand nearest."""
        if words.of_body and ring > CORE and not _is_passive(cue) and self._is_private(cue):
            return False
        if ring > CORE and (
            self._readings.is_of_other(cue.sentence, element, kind) or self._readings.names_other(cue, element, kind)
        ):
            return False
        return speaks_of(cue.sentence.tokens, (cue.first, cue.last), words, kind, ring == CORE)

    def _is_private(self, cue: Cue) -> bool:
        """Whether a private person is to do what the words speak of."""
        provision = self.index.provisions[cue.sentence.at]
        span = cue.sentence.span(cue.first, cue.last)
        for frame in self.frames(provision):
            extent = frame.extent
            if extent.field is Field.TEXT and extent.start <= span.start and span.end <= extent.end:
                return frame.actor.kind is ActorClass.PRIVATE
        return False

    def _order(self, rings: Mapping[int, tuple[int, ...]], kind: Kind) -> Words | None:
        """The words that leave the procedure to a named act; beyond the core those of a sentence on the same action."""
        for ring in (CORE, POINT, ARTICLE):
            for s in rings[ring]:
                sentence = self.index.sentences[s]
                if ring > CORE and not sentence.lemmas & kind.family:
                    continue
                for match in self._readings.told(sentence.at, self.index.words.orders):
                    if _names_itself(self.index.analysis(self.index.provisions[sentence.at]).text, match):
                        continue
                    if sentence.first <= match.mark_first and match.mark_last <= sentence.first + len(sentence.tokens):
                        span = FieldSpan(Field.TEXT, match.start, match.end)
                        return Words(self.index.provisions[sentence.at], span)
        return None


def _is_settled_by(cue: Cue, others: Sequence[Cue]) -> bool:
    """Open words within a reference to a definite unit («документы, необходимые … в соответствии со статьей 21»)."""
    return cue.label in _OPENING and any(
        other.label == "reference"
        and other.sentence is cue.sentence
        and other.first <= cue.first
        and cue.last <= other.last
        for other in others
    )


def _names_itself(tokens: Tokens, match: Match) -> bool:
    """Whether words that leave a procedure to an act name the very act they stand in («настоящими Правилами»)."""
    named = tokens[max(match.mark_first - 1, 0) : match.mark_last]
    return any(token.lemma in _ITSELF for token in named)


def _is_passive(cue: Cue) -> bool:
    """«Заявитель уведомляется»: what is said is done to the private person, not by it."""
    return any(
        "pass" in token.tags or token.lemma.endswith("ся") for token in cue.sentence.tokens[cue.first : cue.last]
    )
