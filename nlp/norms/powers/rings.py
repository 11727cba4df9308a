"""Rings: how near to a core norm a sentence of the act stands.

The core itself; its point; its article (chapter in acts of points); sentences elsewhere that share the object with it,
and of these the ones on the same action. Work per power is bounded: rare words first, the nearest sentences only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.norms.powers.index import ActIndex, Sentence
from nlp.norms.powers.words import Kind

CORE, POINT, ARTICLE, ELSEWHERE, GENERAL, ANYWHERE = range(6)
NEAREST_FIRST = (CORE, POINT, ARTICLE, ELSEWHERE)
_OBJECT_WORDS = 6  # the most telling words of a core by which its object is known
_POSTINGS = 400  # a word in more sentences than this tells nothing
_ELSEWHERE = 40  # sentences taken from elsewhere at most, those nearest to the core
_SHARE = 0.45  # part of the object's weight that a sentence elsewhere has to share


class Rings:
    """Rings of the cores of one text."""

    def __init__(self, index: ActIndex) -> None:
        self._index = index

    def of(self, core: Sequence[int], kind: Kind) -> Mapping[int, tuple[int, ...]]:
        """Ring → its sentences; those taken from elsewhere are the nearest to the core."""
        index = self._index
        leads = self._leads(core)
        own = [s for n in (*leads, *core) for s in index.of_provision[n]]
        taken = set(own)
        object_ = self.object_of(core, kind)
        point = index.points[core[0]]
        article = index.in_article[index.articles[core[0]]]
        is_item = bool(leads)
        near: list[int] = []
        further: list[int] = []
        for n in article:
            for s in index.of_provision[n]:
                if s in taken:
                    continue
                if index.points[n] == point and (not is_item or not index.provisions[n].lead):
                    near.append(s)
                elif (not is_item and len(article) <= _ELSEWHERE) or self._shares(index.sentences[s], object_, kind):
                    further.append(s)
        taken |= {*near, *further}
        anywhere = [s for s in self._sharing(object_, core) if s not in taken]
        elsewhere = [s for s in anywhere if index.sentences[s].lemmas & kind.family]
        return {
            CORE: tuple(own),
            POINT: tuple(near),
            ARTICLE: tuple(further),
            ELSEWHERE: self._nearest(elsewhere, core),
            ANYWHERE: self._nearest(anywhere, core),
        }

    def _nearest(self, sentences: Sequence[int], core: Sequence[int]) -> tuple[int, ...]:
        home = self._index.of_provision[core[0]].start
        return tuple(sorted(sorted(sentences, key=lambda s: (abs(s - home), s))[:_ELSEWHERE]))

    def _leads(self, core: Sequence[int]) -> list[int]:
        """The lead-in of a core that is an item of a list."""
        index = self._index
        leading = index.provisions[core[0]]
        if not leading.lead:
            return []
        found = [
            n
            for n in range(core[0] - 1, max(core[0] - 60, -1), -1)
            if index.provisions[n].text_at == leading.lead_at and index.provisions[n].opens_list
        ]
        return found[:1]

    def object_of(self, core: Sequence[int], kind: Kind) -> Mapping[str, float]:
        """The most telling nouns of the core with their weights: what the power is about."""
        index = self._index
        weights: dict[str, float] = {}
        for n in core[:1]:
            for s in index.of_provision[n]:
                for token in index.sentences[s].tokens:
                    lemma = token.lemma
                    if "noun" in token.tags and lemma not in index.words.stop and lemma not in kind.family:
                        weights.setdefault(lemma, index.weight(lemma))
        best = list(weights.items())[:_OBJECT_WORDS]
        return dict(best)

    def _shares(self, sentence: Sentence, object_: Mapping[str, float], kind: Kind) -> bool:
        return bool(sentence.lemmas & kind.family) or any(lemma in sentence.lemmas for lemma in object_)

    def _sharing(self, object_: Mapping[str, float], core: Sequence[int]) -> list[int]:
        """Sentences of the act that speak of the same object, in order."""
        index = self._index
        total = sum(object_.values())
        shared: dict[int, float] = {}
        for lemma, weight in object_.items():
            found = index.with_lemma(lemma)
            if len(found) <= _POSTINGS:
                for s in found:
                    shared[s] = shared.get(s, 0.0) + weight
        return sorted(s for s, weight in shared.items() if weight >= _SHARE * total)
