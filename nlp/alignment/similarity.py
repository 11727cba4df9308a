"""How alike units are: by the words they share, or by words that stand for each other in two languages.

Every unit is a bag of signs: lemmas, numbers with what they count, words in Latin letters. A sign weighs the less, the
more units of its text have it; the score is the weighed share of signs that have their counterpart (as Dice's measure).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache

from nlp.alignment.alignment import Node
from nlp.alignment.lexicon import content_lemmas, ru_kk
from nlp.quantities import quantities

Signs = frozenset[str]
Finder = Callable[[str], Set[str]]

_LATIN = re.compile(r"[A-Za-z]{2,}")
_LONGEST = 4_000  # characters of a unit that are looked at
_FEWEST = 2  # signs of a unit for its score to mean something
_STEM = 5
_LETTERS = str.maketrans("әғқңөұүһіыё", "агкноууxиие")


def signs(words: str, language: str) -> Signs:
    """The signs of a text."""
    words = words[:_LONGEST]
    found = {f"w:{lemma}" for lemma in content_lemmas(words, language)}
    found.update(f"n:{quantity.value:g}" for quantity in quantities(words, language))
    found.update(f"l:{latin.lower()}" for latin in _LATIN.findall(words))
    return frozenset(found)


class _Bags:
    """Score of bags of signs; ``there`` and ``back`` give the signs that a sign may have as its counterpart."""

    same = 0.0

    def __init__(self, left: Sequence[Signs], right: Sequence[Signs], there: Finder, back: Finder) -> None:
        self._bags = (left, right)
        self._reach = tuple(
            [bag | {_stem(sign) for sign in bag if sign[0] == "w"} for bag in bags] for bags in self._bags
        )
        self._find = (there, back)
        self._weights = tuple(_weights(bags) for bags in self._bags)

    def score(self, left: Sequence[int], right: Sequence[int]) -> float:
        """Weighed share of signs with a counterpart."""
        one, two = (frozenset[str]().union(*(self._bags[s][n] for n in ns)) for s, ns in ((0, left), (1, right)))
        reach = [frozenset[str]().union(*(self._reach[s][n] for n in ns)) for s, ns in ((0, left), (1, right))]
        if not one or not two:
            return 0.0
        met = total = 0.0
        for side, mine, other in ((0, one, reach[1]), (1, two, reach[0])):
            weights, find = self._weights[side], self._find[side]
            for sign in sorted(mine):
                total += weights[sign]
                met += weights[sign] if not other.isdisjoint(find(sign)) else 0.0
        return met / total

    def tells(self, left: int, right: int) -> bool:
        """Whether both have signs enough."""
        return min(len(self._bags[0][left]), len(self._bags[1][right])) >= _FEWEST


def _weights(bags: Sequence[Signs]) -> Mapping[str, float]:
    counts = Counter(sign for bag in bags for sign in bag)
    return {sign: count**-0.5 for sign, count in counts.items()}


class SameLanguage(_Bags):
    """Units of two texts in one language: versions, a draft and the adopted act."""

    same = 1.0

    def __init__(self, left: Sequence[Node], right: Sequence[Node], language: str) -> None:
        bags = [[signs(node.words, language) for node in nodes] for nodes in (left, right)]
        super().__init__(bags[0], bags[1], lambda sign: {sign}, lambda sign: {sign})


class RussianKazakh(_Bags):
    """Units of a Russian (left) and a Kazakh text: counted word pairs, cognates, numbers, Latin words."""

    def __init__(self, left: Sequence[Node], right: Sequence[Node]) -> None:
        russian = [signs(node.words, "ru") for node in left]
        kazakh = [signs(node.words, "kk") for node in right]
        super().__init__(russian, kazakh, _there, _back)


def _stem(sign: str) -> str:
    """What a word and its cognate have in common: «клиринговый» and «клирингтік»."""
    return f"c:{sign[2:].translate(_LETTERS)[:_STEM]}"


@lru_cache(maxsize=50_000)
def _there(sign: str) -> Signs:
    return _counterparts(sign, ru_kk())


@lru_cache(maxsize=50_000)
def _back(sign: str) -> Signs:
    return _counterparts(sign, _kk_ru())


def _counterparts(sign: str, pairs: Mapping[str, Set[str]]) -> Signs:
    if not sign.startswith("w:"):
        return frozenset({sign})
    return frozenset({_stem(sign), *(f"w:{word}" for word in pairs.get(sign[2:], ()))})


@lru_cache(maxsize=1)
def _kk_ru() -> Mapping[str, Set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for ru, words in ru_kk().items():
        for word in words:
            found[word].add(ru)
    return found
