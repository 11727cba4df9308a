"""Gatherer: a core norm → everything the act says of its power, element by element.

Provisions are taken in rings: the core itself; its point; its article (chapter in acts of points); provisions elsewhere
that share action and object with it; provisions that hold for all powers of the act (appeal, liability). An element is
settled by the nearest ring that speaks of it (DESIGN 2; methodology 7). Work per power is bounded: rare words first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from nlp.matching import Match, PatternSet
from nlp.norms.actors import mentions
from nlp.norms.frame import ActorClass, Field, FieldSpan, NormFrame
from nlp.norms.lexicon import NormLexicon
from nlp.norms.mention import Mention
from nlp.norms.powers.claims import speaks_of
from nlp.norms.powers.kinds import kind_in
from nlp.norms.powers.general import GeneralCues, GeneralNorms
from nlp.norms.powers.index import ActIndex, Cue, Sentence
from nlp.norms.powers.model import Element, Power, PowerSlot, State, Words
from nlp.norms.powers.rings import ANYWHERE, ARTICLE, CORE, ELSEWHERE, GENERAL, POINT, Rings
from nlp.norms.powers.words import STATES, ElementWords, Kind
from nlp.structure.act import Provision

Frames = Callable[[Provision], tuple[NormFrame, ...]]

_OWN = frozenset({Element.TIME_LIMIT, Element.NOTICE, Element.GROUNDS, Element.DOCUMENTS, Element.REFUSAL_GROUNDS})
"""Elements that a norm on another power settles for that power alone."""
_NOUNS = frozenset({"noun", "infinitive"})
_OF_DECISION = frozenset({Element.APPEAL, Element.PUBLICATION, Element.NOTICE, Element.TIME_LIMIT})
"""Elements whose words often name the decision they are about."""
_NAMED = frozenset({Element.REFUSAL_GROUNDS, Element.PUBLICATION})
"""Elements whose words name them well enough to be looked for in the whole act."""


_OPENING = frozenset({"open", "vague", "hint"})
_RINGS = (CORE, POINT, ARTICLE, ELSEWHERE)


class Gatherer:
    """Gathers powers of one text; holds what is found in its sentences."""

    def __init__(self, index: ActIndex, lexicon: NormLexicon, frames: Frames) -> None:
        self.index = index
        self.lexicon = lexicon
        self.frames = frames
        self._cues: dict[tuple[int, Element], tuple[Cue, ...]] = {}
        self._named: dict[int, Sequence[Mention]] = {}
        self._applications: dict[int, bool] = {}
        self._sorts: dict[tuple[int, int], frozenset[str]] = {}
        self._all: dict[Element, Sequence[Cue]] = {}
        self._orders: dict[int, Sequence[Match]] = {}
        self._general_norms = GeneralNorms(index)
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
            return self._who(rings), None
        words = self.index.words.elements[element]
        if element is Element.DOCUMENTS and self._is_own_initiative(core):
            return PowerSlot(State.NA), None
        reach = CORE if element in kind.own_only else ELSEWHERE if element in kind.everywhere else words.reach
        for ring in _RINGS[: reach + 1]:
            # Words that name the element themselves need not name the action too: «реестр … размещается на портале».
            sentences = rings[ANYWHERE if ring == ELSEWHERE and element in _NAMED else ring]
            if element in kind.na or (element in kind.na_unless_near and ring > ARTICLE):
                break
            cue = self._best(sentences, element, words, kind, ring)
            if cue is not None:
                return self._settled(cue), cue
        if element in kind.na or element in kind.na_unless_near:
            return PowerSlot(State.NA), None
        if words.lent and kind.lends:
            for ring in _RINGS[: reach + 1]:
                cue = self._best(rings[ring], element, words.without_claims, kind, ring)
                if cue is not None and self._is_lent(cue, kind):
                    return self._settled(cue), cue
        if element in kind.na_unless_asked and not self._is_asked(rings):
            return PowerSlot(State.NA), None
        if element is Element.DECISIONS and action is not None:
            return PowerSlot(State.PRESENT, Words(self.index.provisions[core[0]], action)), None
        if words.reach >= GENERAL:
            cue = self._general(element, words, core, kind) or self._anywhere(element, words, core, kind)
            if cue is not None:
                return self._settled(cue), cue
        return PowerSlot(), None

    def _is_lent(self, cue: Cue, kind: Kind) -> bool:
        """Whether a time limit of sending is one of deciding too: a decision on what was applied for is sent."""
        lemmas = cue.sentence.lemmas
        return bool(lemmas & self.index.words.decisions) or bool(lemmas & kind.family & self.index.words.refusals)

    def _is_own_initiative(self, core: Sequence[int]) -> bool:
        return any(self._found(n, self.index.words.own_initiative) for n in core)

    def _is_asked(self, rings: Mapping[int, tuple[int, ...]]) -> bool:
        """Whether somebody applies for what the power decides."""
        places = {self.index.sentences[s].at for ring in (CORE, POINT, ARTICLE) for s in rings[ring]}
        return any(self._applies(n) for n in sorted(places))

    def _applies(self, n: int) -> bool:
        """Whether a provision speaks of an application, looked for once for all powers."""
        if n not in self._applications:
            self._applications[n] = bool(self._found(n, self.index.words.applications))
        return self._applications[n]

    def _settled(self, cue: Cue) -> PowerSlot:
        span = cue.sentence.span(cue.first, cue.last)
        words = Words(self.index.provisions[cue.sentence.at], span)
        return PowerSlot(STATES[cue.label], words, cue.label == "reference", cue.label == "hint")

    def _best(
        self, sentences: Sequence[int], element: Element, words: ElementWords, kind: Kind, ring: int
    ) -> Cue | None:
        """The cue that decides a ring, by the order of labels of the element."""
        found = [
            cue
            for s in sentences
            for cue in self._of_sentence(s, element, words)
            if self._speaks_of(cue, element, words, kind, ring)
        ]
        found = [cue for cue in found if not _is_settled_by(cue, found) and not self._is_in_closed_list(cue)]
        found = [cue for cue in found if ring <= words.reaches.get(cue.label, ring)]
        if element is Element.TIME_LIMIT:
            found = [cue for cue in found if not self._is_in_list_of(cue, sentences)]
        for label in words.order:
            for cue in found:
                if cue.label == label:
                    return cue
        return None

    def _is_in_list_of(self, cue: Cue, sentences: Sequence[int]) -> bool:
        """Whether the words stand in an item of a list led in by another provision of the ring: a ground, no limit."""
        provision = self.index.provisions[cue.sentence.at]
        leads = {self.index.provisions[self.index.sentences[s].at].text_at for s in sentences}
        return bool(provision.lead) and provision.lead_at in leads

    def _is_in_closed_list(self, cue: Cue) -> bool:
        """Vague words within an item of a list: the list itself is closed."""
        return cue.label == "vague" and bool(self.index.provisions[cue.sentence.at].lead)

    def _of_sentence(self, s: int, element: Element, words: ElementWords) -> tuple[Cue, ...]:
        key = (s, element)
        if key not in self._cues:
            self._cues[key] = tuple(self._read(s, words))
        return self._cues[key]

    def _read(self, s: int, words: ElementWords) -> Iterator[Cue]:
        sentence = self.index.sentences[s]
        for match in self._found(sentence.at, words.patterns):
            if sentence.first <= match.mark_first and match.mark_last <= sentence.first + len(sentence.tokens):
                first, last = match.mark_first - sentence.first, match.mark_last - sentence.first
                yield Cue(CORE, words.labels[match.index], sentence, first, last)

    def _found(self, n: int, patterns: PatternSet) -> Sequence[Match]:
        return patterns.find(self.index.analysis(self.index.provisions[n]).text)

    def _speaks_of(self, cue: Cue, element: Element, words: ElementWords, kind: Kind, ring: int) -> bool:
        """Whether the words are about this power: of the words that may claim them, its own stand nearest."""
        if words.of_body and ring > CORE and not _is_passive(cue) and self._is_private(cue):
            return False
        if ring > CORE and (self._is_of_other(cue.sentence, element, kind) or self._names_other(cue, element, kind)):
            return False
        return speaks_of(cue.sentence.tokens, (cue.first, cue.last), words, kind, ring == CORE)

    def _is_of_other(self, sentence: Sentence, element: Element, kind: Kind) -> bool:
        """Whether the sentence gives a power of another sort of its own: what it settles, it settles for that one."""
        if element not in _OWN:
            return False
        met = kind_in(self.index, sentence.at)
        if met is None or met[0].sort == kind.sort or sentence.lemmas & kind.family:
            return False
        return sentence.first <= met[1].mark_first < sentence.first + len(sentence.tokens)

    def _names_other(self, cue: Cue, element: Element, kind: Kind) -> bool:
        """Whether words on appeal or publication name the decision they are about, and it is of another sort
        («обжалование решения о приостановлении» says nothing of the refusal)."""
        if element not in _OF_DECISION:
            return False
        sentence = cue.sentence
        if any(tags & _NOUNS and not kind.family.isdisjoint(lemmas) for lemmas, tags in _words_of(sentence)):
            return False
        sorts = self._sorts_named(sentence)
        return bool(sorts) and kind.sort not in sorts

    def _sorts_named(self, sentence: Sentence) -> frozenset[str]:
        """Sorts of the decisions that a sentence names."""
        key = (sentence.at, sentence.first)
        if key not in self._sorts:
            end = sentence.first + len(sentence.tokens)
            self._sorts[key] = frozenset(
                kind.sort
                for kind in self.index.words.kinds
                for match in (self._found(sentence.at, kind.names) if kind.names.patterns else ())
                if sentence.first <= match.mark_first < end
            )
        return self._sorts[key]

    def _is_private(self, cue: Cue) -> bool:
        """Whether a private person is to do what the words speak of."""
        provision = self.index.provisions[cue.sentence.at]
        span = cue.sentence.span(cue.first, cue.last)
        for frame in self.frames(provision):
            extent = frame.extent
            if extent.field is Field.TEXT and extent.start <= span.start and span.end <= extent.end:
                return frame.actor.kind is ActorClass.PRIVATE
        return False

    def _who(self, rings: Mapping[int, tuple[int, ...]]) -> PowerSlot:
        """The first body named; open where it is named only by what it does («орган, осуществляющий функции …»)."""
        words = self.index.words.elements[Element.WHO]
        for ring in _RINGS:
            for s in rings[ring]:
                cues = self._of_sentence(s, Element.WHO, words)
                for cue in cues:
                    if cue.label == "open":
                        return self._settled(cue)
                found = self._body(s)
                if found is not None:
                    return PowerSlot(State.PRESENT, found)
                for cue in cues:
                    return self._settled(cue)
        return PowerSlot()

    def _body(self, s: int) -> Words | None:
        sentence = self.index.sentences[s]
        provision = self.index.provisions[sentence.at]
        end = sentence.first + len(sentence.tokens)
        for mention in self._mentions(sentence.at):
            inside = sentence.first <= mention.first and mention.last <= end
            if mention.kind is not ActorClass.PUBLIC or not inside:
                continue
            named = sentence.tokens[mention.first - sentence.first : mention.last - sentence.first]
            if not self.index.words.not_bodies.find(named):
                return Words(provision, sentence.span(mention.first - sentence.first, mention.last - sentence.first))
        return None

    def _mentions(self, at: int) -> Sequence[Mention]:
        """Actors named in a provision, read once for all its sentences and powers."""
        if at not in self._named:
            self._named[at] = mentions(self.index.analysis(self.index.provisions[at]).text, self.lexicon)
        return self._named[at]

    @cached_property
    def _generals(self) -> Mapping[tuple[Element, str], GeneralCues]:
        """Element and label → words of the sentences that hold for more powers than one."""
        made: dict[tuple[Element, str], GeneralCues] = {}
        asked = [
            (element, words)
            for element, words in self.index.words.elements.items()
            if words.reach >= GENERAL and words.general.patterns
        ]
        # Sentence by sentence: what patterns need to know of its words is kept for the last ones read.
        for s, sentence in enumerate(self.index.sentences):
            for element, words in asked:
                cues = self._of_sentence(s, element, words)
                if cues and self._is_general(sentence, words):
                    for cue in cues:
                        key = (element, cue.label)
                        if key not in made:
                            made[key] = GeneralCues(self._general_norms)
                        made[key].add(cue)
        return made

    def _is_general(self, sentence: Sentence, words: ElementWords) -> bool:
        if words.general_of_body and not self._names_body(sentence):
            return False
        end = sentence.first + len(sentence.tokens)
        found = self._found(sentence.at, words.general)
        said = any(sentence.first <= match.mark_first < end for match in found)
        return said or (not words.general_of_body and self._general_norms.is_headed(sentence.at))

    def _names_body(self, sentence: Sentence) -> bool:
        """Whether a general norm is about bodies of power (or courts), not about private persons alone."""
        end = sentence.first + len(sentence.tokens)
        kinds = {m.kind for m in self._mentions(sentence.at) if sentence.first <= m.first and m.last <= end}
        return not kinds or bool(kinds - {ActorClass.PRIVATE})

    def _general(self, element: Element, words: ElementWords, core: Sequence[int], kind: Kind) -> Cue | None:
        for label in words.order:
            general = self._generals.get((element, label))
            cue = general.nearest(core, lambda cue: not self._names_other(cue, element, kind)) if general else None
            if cue is not None:
                return cue
        return None

    def _anywhere(self, element: Element, words: ElementWords, core: Sequence[int], kind: Kind) -> Cue | None:
        """Where a kind of power has the element in nearly every act: the nearest words that leave it open, whatever
        their unit."""
        if element not in kind.everywhere:
            return None
        if element not in self._all:
            cues = (cue for s in range(len(self.index.sentences)) for cue in self._of_sentence(s, element, words))
            self._all[element] = [cue for cue in cues if cue.label == "open"]
        fitting = (cue for cue in self._all[element] if not self._names_other(cue, element, kind))
        return min(fitting, key=lambda cue: abs(cue.sentence.at - core[0]), default=None)

    def _order(self, rings: Mapping[int, tuple[int, ...]], kind: Kind) -> Words | None:
        """The words that leave the procedure to a named act; beyond the core those of a sentence on the same action."""
        for ring in (CORE, POINT, ARTICLE):
            for s in rings[ring]:
                sentence = self.index.sentences[s]
                if ring > CORE and not sentence.lemmas & kind.family:
                    continue
                for match in self._orders_in(sentence.at):
                    if sentence.first <= match.mark_first and match.mark_last <= sentence.first + len(sentence.tokens):
                        span = FieldSpan(Field.TEXT, match.start, match.end)
                        return Words(self.index.provisions[sentence.at], span)
        return None

    def _orders_in(self, n: int) -> Sequence[Match]:
        """Words of a provision that leave a procedure to an act, looked for once for all powers."""
        if n not in self._orders:
            self._orders[n] = self._found(n, self.index.words.orders)
        return self._orders[n]


def _words_of(sentence: Sentence) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    return ((token.lemmas, token.tags) for token in sentence.tokens)


def _is_settled_by(cue: Cue, others: Sequence[Cue]) -> bool:
    """Open words within a reference to a definite unit («документы, необходимые … в соответствии со статьей 21»)."""
    return cue.label in _OPENING and any(
        other.label == "reference" and other.sentence is cue.sentence
        and other.first <= cue.first and cue.last <= other.last
        for other in others
    )


def _is_passive(cue: Cue) -> bool:
    """«Заявитель уведомляется»: what is said is done to the private person, not by it."""
    return any(
        "pass" in token.tags or token.lemma.endswith("ся") for token in cue.sentence.tokens[cue.first : cue.last]
    )
