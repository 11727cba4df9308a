"""Readings: the words of elements found in the sentences of an act, each looked for once, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.matching import Match, PatternSet
from nlp.norms.actors import mentions
from nlp.norms.lexicon import NormLexicon
from nlp.norms.mention import Mention
from nlp.norms.powers.index import ActIndex, Cue, Sentence
from nlp.norms.powers.kinds import kind_in
from nlp.norms.powers.model import Element
from nlp.norms.powers.rings import CORE
from nlp.norms.powers.words import ElementWords, Kind

_OWN = frozenset({Element.TIME_LIMIT, Element.NOTICE, Element.GROUNDS, Element.DOCUMENTS, Element.REFUSAL_GROUNDS})
"""Elements that a norm on another power settles for that power alone."""
_NOUNS = frozenset({"noun", "infinitive"})
_OF_DECISION = frozenset({Element.APPEAL, Element.PUBLICATION, Element.NOTICE, Element.TIME_LIMIT})
"""Elements whose words often name the decision they are about."""


class Readings:
    """What is found in the sentences of one text, kept for all its powers."""

    def __init__(self, index: ActIndex, lexicon: NormLexicon) -> None:
        self.index = index
        self._lexicon = lexicon
        self._cues: dict[tuple[int, Element], tuple[Cue, ...]] = {}
        self._sorts: dict[tuple[int, int], frozenset[str]] = {}
        self._named: dict[int, Sequence[Mention]] = {}
        self._told: dict[tuple[int, int], Sequence[Match]] = {}

    def cues(self, s: int, element: Element, words: ElementWords) -> tuple[Cue, ...]:
        """Words of an element in a sentence."""
        key = (s, element)
        if key not in self._cues:
            self._cues[key] = tuple(self._read(s, words))
        return self._cues[key]

    def _read(self, s: int, words: ElementWords) -> Iterator[Cue]:
        sentence = self.index.sentences[s]
        for match in self.found(sentence.at, words.patterns):
            if sentence.first <= match.mark_first and match.mark_last <= sentence.first + len(sentence.tokens):
                first, last = match.mark_first - sentence.first, match.mark_last - sentence.first
                yield Cue(CORE, words.labels[match.index], sentence, first, last)

    def found(self, n: int, patterns: PatternSet) -> Sequence[Match]:
        """Matches in the text of the provision at a position of the index."""
        return patterns.find(self.index.analysis(self.index.provisions[n]).text)

    def is_of_other(self, sentence: Sentence, element: Element, kind: Kind) -> bool:
        """Whether the sentence gives a power of another sort of its own: what it settles, it settles for that one."""
        if element not in _OWN:
            return False
        met = kind_in(self.index, sentence.at)
        if met is None or met[0].sort == kind.sort or sentence.lemmas & kind.family:
            return False
        return sentence.first <= met[1].mark_first < sentence.first + len(sentence.tokens)

    def told(self, n: int, patterns: PatternSet) -> Sequence[Match]:
        """The same for patterns that many powers ask about: looked for once."""
        key = (n, id(patterns))
        if key not in self._told:
            self._told[key] = self.found(n, patterns)
        return self._told[key]

    def mentions(self, at: int) -> Sequence[Mention]:
        """Actors named in a provision."""
        if at not in self._named:
            self._named[at] = mentions(self.index.analysis(self.index.provisions[at]).text, self._lexicon)
        return self._named[at]

    def names_other(self, cue: Cue, element: Element, kind: Kind | None) -> bool:
        """Whether words on appeal or publication name the decision they are about, and it is of another sort
        («обжалование решения о приостановлении» says nothing of the refusal)."""
        if kind is None or element not in _OF_DECISION:
            return False
        sentence = cue.sentence
        if any(token.tags & _NOUNS and not kind.family.isdisjoint(token.lemmas) for token in sentence.tokens):
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
                for match in (self.found(sentence.at, kind.names) if kind.names.patterns else ())
                if sentence.first <= match.mark_first < end
            )
        return self._sorts[key]
