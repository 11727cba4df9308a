"""Names of services compared: how much of what the norm's name says the Registry's name says too.

Words of both are taken as lemmas; words of the result («справка», «анықтама») weigh half of those of the object, so
that two certificates are not one service. A name without an object is like no other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from nlp import language as languages
from nlp.detection.detectors.services.words import ServiceWords
from nlp.register.services import Service, ServiceRegister

_CONTAINED, _ALIKE = 0.6, 0.4
_NO_CONTENT = frozenset({"prep", "conj", "punct", "part", "num", "pron"})


class Band(StrEnum):
    """What a score means."""

    SAME = "same"
    SIMILAR = "similar"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Likest:
    """The likest service of the register."""

    service: Service | None
    score: float
    band: Band


class NameIndex:
    """Names of a register in one language; those without a name in it are not compared."""

    def __init__(self, register: ServiceRegister, words: ServiceWords) -> None:
        self._words = words
        self._named: list[tuple[Service, frozenset[str]]] = []
        self._by_lemma: dict[str, list[int]] = defaultdict(list)
        for service in register.services:
            name = service.name_kk if words.language == "kk" else service.name_ru
            if name:
                lemmas = content(name, words)
                for lemma in lemmas - words.weak:
                    self._by_lemma[lemma].append(len(self._named))
                self._named.append((service, lemmas))

    def __bool__(self) -> bool:
        return bool(self._named)

    def likest(self, name: str) -> Likest:
        """The service whose name scores best; of equal ones that of the lowest code."""
        mine = content(name, self._words)
        places = sorted({place for lemma in mine - self._words.weak for place in self._by_lemma.get(lemma, ())})
        best: Service | None = None
        score = 0.0
        for place in places:
            service, lemmas = self._named[place]
            made = likeness(mine, lemmas, self._words)
            if made > score:
                best, score = service, made
        return Likest(best, round(score, 4), band_of(score, self._words))


def content(name: str, words: ServiceWords) -> frozenset[str]:
    """Lemmas of the words that tell one service from another."""
    tokens = languages.of(words.language).analyse(name)
    return frozenset(
        token.lemma for token in tokens if not token.tags & _NO_CONTENT and token.lemma not in words.common
    )


def likeness(mine: frozenset[str], other: frozenset[str], words: ServiceWords) -> float:
    """0–1: the share of the norm's words that the other name has, and the share both have of all."""
    shared = _weight(mine & other, words)
    if not shared or mine <= words.weak:
        return 0.0
    return _CONTAINED * shared / _weight(mine, words) + _ALIKE * shared / _weight(mine | other, words)


def band_of(score: float, words: ServiceWords) -> Band:
    """By the thresholds of the data."""
    if score >= words.thresholds.same:
        return Band.SAME
    return Band.SIMILAR if score >= words.thresholds.similar else Band.OTHER


def _weight(lemmas: frozenset[str], words: ServiceWords) -> float:
    return sum(0.5 if lemma in words.weak else 1.0 for lemma in lemmas)
