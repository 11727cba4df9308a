"""Words of norms as adoption compares them: signs of content, without what a mere renumbering changes.

Reads: words, a language, the renumbering of units. Writes: ``Signs`` and how many of some are in others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from nlp import language as languages
from nlp.adoption.wanted import patterns
from nlp.quantities import quantities

_STEM = 5
_LONGEST = 8_000  # characters of a norm that are compared
_IDLE = frozenset({"punct", "conj", "prep", "part", "pron"})
_FIGURES = re.compile(r"\d+(?:-\d+)?")
Signs = frozenset[str]


def renumbered(words: str, language: str, numbers: Mapping[str, str]) -> str:
    """Words with the numbers of cited units as they are in the adopted text."""
    if not numbers:
        return words
    return patterns(language)["cites"].sub(
        lambda m: m["before"] + numbers.get(m["number"], m["number"]) + (m["after"] or ""), words
    )


@lru_cache(maxsize=20_000)
def signs(words: str, language: str) -> Signs:
    """Lemmas that carry sense (with the negation of a verb), numbers with what they count, cited numbers."""
    found = set()
    words = words[:_LONGEST]
    negated = False
    for token in languages.of(language).analyse(words):
        if token.norm in {"не", "нет"}:
            negated = True
            continue
        if token.tags & _IDLE or "num" in token.tags or not token.lemma[0].isalpha() or len(token.lemma) < 2:
            continue
        found.add(f"w:{'не-' if negated or 'neg' in token.tags else ''}{token.lemma}")
        negated = False
    counted = quantities(words, language)
    found.update(f"n:{each.value:g}" for each in counted)
    found.update(f"f:{figures}" for figures in _FIGURES.findall(words))
    return frozenset(found)


def share(wanted: Iterable[str], there: Signs, known: Signs = frozenset()) -> float:
    """Share of signs that are there; a word also by its stem, unless ``known`` words have that stem. -1 of none."""
    wanted = tuple(wanted)
    if not wanted:
        return -1.0
    stems = {stem(sign) for sign in there if sign[0] == "w"} - {stem(sign) for sign in known if sign[0] == "w"}
    return sum(sign in there or (sign[0] == "w" and stem(sign) in stems) for sign in wanted) / len(wanted)


def stem(sign: str) -> str:
    """The beginning of a word, by which derived words are one."""
    return sign[: 2 + _STEM]


def like(one: Signs, two: Signs) -> float:
    """Likeness of two norms: the share of their signs that both have."""
    return round(2 * len(one & two) / (len(one) + len(two)), 4) if one or two else 0.0
