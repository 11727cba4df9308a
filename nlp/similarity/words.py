"""A norm without what is local: names of places and bodies, numbers, dates; its words by their first letters.

«маслихат Аксуского района», «Аксуский районный маслихат» and «маслихат города Сарань» are one word here. A word with
a capital letter inside a sentence is a name; what stands in capitals as a whole loses only the words around «района».
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nlp.similarity.parameters import parameters

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[\s.,]\d+)*[.)]?|[.!?:]")
_ENDS = frozenset(".!?:")
_FOLD = str.maketrans("ё", "е")
_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class _Local:
    stems: tuple[str, ...]
    words: frozenset[str]
    places: frozenset[str]
    place_stems: tuple[str, ...]
    names_after: tuple[str, ...]
    names_end: tuple[str, ...]
    general: tuple[Words, ...]


class Plain:
    """Normalises norms of one language; what a word becomes is kept."""

    def __init__(self, language: str) -> None:
        self._local = _local(language)
        self._known: dict[str, str] = {}
        self._stem = parameters().stem

    def words(self, text: str) -> Words:
        """The words of a norm that are not local, cut."""
        found = _WORD.findall(text)
        if text.isupper():
            return self._of_capitals([word.lower() for word in found])
        made: list[str] = []
        begins, first = True, -1  # first: where the word lies that began the sentence just now
        for word in found:
            if not word[0].isalpha():
                begins, first = begins or word in _ENDS, -1
                continue
            stem = self._stem_of(word.lower() if begins else word)
            if stem == _PLACE and first >= 0 and self._is_name_before(word):
                made.pop()  # «Аксуский районный …»: the name stands before the word that tells it
            first = -1
            if stem and stem not in (_PLACE, _NAME):
                first = len(made) if begins and word.endswith(self._local.names_end) else -1
                made.append(stem)
            begins = False
        return tuple(made)

    def is_general(self, words: Words) -> bool:
        """Whether a norm has a phrase of clauses that all acts have."""
        return any(_holds(words, phrase) for phrase in self._local.general)

    def _of_capitals(self, found: Sequence[str]) -> Words:
        words = [word for word in found if word[0].isalpha()]
        stems = [self._stem_of(word) for word in words]
        near = {n - 1 if self._is_name_before(words[n]) else n + 1 for n, stem in enumerate(stems) if stem == _PLACE}
        return tuple(stem for n, stem in enumerate(stems) if stem not in ("", _PLACE, _NAME) and n not in near)

    def _is_name_before(self, word: str) -> bool:
        """«Аксуского района», but «города Сарань»."""
        return not word.lower().translate(_FOLD).startswith(self._local.names_after)

    def _stem_of(self, word: str) -> str:
        stem = self._known.get(word)
        if stem is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            self._known[word] = stem = self._learn(word)
        return stem

    def _learn(self, word: str) -> str:
        plain = word.lower().translate(_FOLD)
        local = self._local
        if plain in local.places or plain.startswith(local.place_stems):
            return _PLACE
        if plain in local.words or plain.startswith(local.stems):
            return ""
        return _NAME if word[0].isupper() else plain[: self._stem]


_PLACE, _NAME = "\0place", "\0name"


@cache
def plain(language: str) -> Plain:
    """The normaliser of a language (ru where it is unknown)."""
    return Plain(language if language in _data() else "ru")


@cache
def _data() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return loaded


@cache
def _local(language: str) -> _Local:
    data = {name: [str(each).translate(_FOLD) for each in found] for name, found in _data()[language].items()}
    cut = parameters().stem
    general = tuple(tuple(word[:cut] for word in re.findall(r"[^\W\d_]+", phrase)) for phrase in data["general"])
    return _Local(
        stems=tuple(data["number_stems"]),
        words=frozenset(data["number_words"]) | frozenset(data["date_words"]),
        places=frozenset(data["place_words"]),
        place_stems=tuple(data["place_stems"]),
        names_after=tuple(data["names_after"]),
        names_end=tuple(data["names_end"]),
        general=general,
    )


def _holds(words: Words, phrase: Words) -> bool:
    size = len(phrase)
    return any(words[n : n + size] == phrase for n, word in enumerate(words) if word == phrase[0])
