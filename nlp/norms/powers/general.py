"""General norms: sentences that settle an element (appeal, liability) for more powers than one.

An article that is headed so («Ответственность за нарушение законодательства …», «Обжалование решений …») holds for
every power of the act; one on bodies of control for their powers only; an item of any other list for those of its
chapter.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.token import Tokens
from nlp.norms.powers.index import ActIndex, Sentence

_CHAPTERS = ("chp", "subchp")


class GeneralNorms:
    """Which sentences are general, and for which powers each holds; read once for an act."""

    def __init__(self, index: ActIndex) -> None:
        self._index = index
        self._headed: dict[str, bool] = {}

    def is_headed(self, at: int) -> bool:
        """Whether a provision stands in an article whose heading is about appeal or liability."""
        provision = self._index.provisions[at]
        if provision.heading not in self._headed:
            tokens = self._index.analysis(provision).heading
            self._headed[provision.heading] = bool(tokens) and bool(self._index.words.general_headings.find(tokens))
        return self._headed[provision.heading]

    def holds(self, sentence: Sentence, core: Sequence[int]) -> bool:
        """Whether a general norm holds for the power with this core: an item of a list only where its article is on
        appeal, liability or rights, or stands in the chapter of the power."""
        index = self._index
        if index.articles[sentence.at] == index.articles[core[0]]:
            return True
        provision = index.provisions[sentence.at]
        if self._has_control(index.analysis(provision).heading) and not self._is_of_control(core):
            return False
        return not provision.lead or self.is_headed(sentence.at) or self._chapter(sentence.at) == self._chapter(core[0])

    def _has_control(self, tokens: Tokens) -> bool:
        return any(lemma in self._index.words.control for token in tokens for lemma in token.lemmas)

    def _is_of_control(self, core: Sequence[int]) -> bool:
        analyses = [self._index.analysis(self._index.provisions[n]) for n in core]
        return any(self._has_control((*each.text, *each.lead, *each.heading)) for each in analyses)

    def _chapter(self, at: int) -> str:
        path = self._index.provisions[at].path
        found = [address for address in path if address.split("__")[-1].split("_")[0] in _CHAPTERS]
        return found[-1] if found else self._index.articles[at]
