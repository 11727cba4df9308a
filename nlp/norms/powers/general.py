"""General norms: sentences that settle an element (appeal, liability) for more powers than one.

An article that is headed so («Ответственность за нарушение законодательства …», «Обжалование решений …») holds for
every power of the act; one on bodies of control for their powers only; an item of any other list for those of its
chapter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from nlp.language.token import Tokens
from nlp.norms.powers.index import ActIndex, Cue

_CHAPTERS = ("chp", "subchp")
_AROUND = 4  # general norms looked at before a core and after it

Room = tuple[str, str, bool]
"""Where a general norm holds: in one article, in all or in one chapter; the last: for powers of control alone."""


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

    def rooms(self, at: int) -> Iterator[Room]:
        """Where a general norm of the provision holds: for the powers of its article; beyond it an item of a list only
        in its chapter, unless its article is on appeal, liability or rights."""
        index = self._index
        provision = index.provisions[at]
        of_control = self._has_control(index.analysis(provision).heading)
        yield "article", index.articles[at], False
        if not provision.lead or self.is_headed(at):
            yield "all", "", of_control
        else:
            yield "chapter", self._chapter(at), of_control

    def rooms_of(self, core: Sequence[int]) -> Iterator[Room]:
        """Whose norms hold for the power with this core."""
        chapter = self._chapter(core[0])
        yield "article", self._index.articles[core[0]], False
        for of_control in (False, True) if self._is_of_control(core) else (False,):
            yield "all", "", of_control
            yield "chapter", chapter, of_control

    def _has_control(self, tokens: Tokens) -> bool:
        control = self._index.words.control
        return any(not control.isdisjoint(token.lemmas) for token in tokens)

    def _is_of_control(self, core: Sequence[int]) -> bool:
        analyses = [self._index.analysis(self._index.provisions[n]) for n in core]
        return any(self._has_control((*each.text, *each.lead, *each.heading)) for each in analyses)

    def _chapter(self, at: int) -> str:
        path = self._index.provisions[at].path
        found = [address for address in path if address.split("__")[-1].split("_")[0] in _CHAPTERS]
        return found[-1] if found else self._index.articles[at]


class GeneralCues:
    """Words of general norms, found by the powers they hold for; added in document order."""

    def __init__(self, norms: GeneralNorms) -> None:
        self._norms = norms
        self._cues: dict[int, list[Cue]] = {}  # position of a provision → its words
        self._places: dict[Room, list[int]] = defaultdict(list)

    def add(self, cue: Cue) -> None:
        """Put down words of a provision for every place where it holds."""
        at = cue.sentence.at
        if at not in self._cues:
            self._cues[at] = []
            for room in self._norms.rooms(at):
                self._places[room].append(at)
        self._cues[at].append(cue)

    def nearest(self, core: Sequence[int], fits: Callable[[Cue], bool] = lambda _: True) -> Cue | None:
        """Of the words that hold for a power and fit it the nearest to its core, of two as near the first."""
        home = core[0]
        found: list[int] = []
        for room in self._norms.rooms_of(core):
            places = self._places.get(room, [])
            after = bisect_left(places, home)
            found += places[max(after - _AROUND, 0) : after + _AROUND]
        for at in sorted(set(found), key=lambda at: (abs(at - home), at)):
            cue = next((cue for cue in self._cues[at] if fits(cue)), None)
            if cue is not None:
                return cue
        return None
