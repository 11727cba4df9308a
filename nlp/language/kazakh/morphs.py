"""Every reading of one word: stem, endings by name, features; for those who need more than a lemma."""

from __future__ import annotations

from typing import NamedTuple

from nlp.language.kazakh.analyser import is_known, lemmas_of, likely, read, tags_of
from nlp.language.kazakh.lexicon import lexicon
from nlp.language.normal import normal_form


class Morph(NamedTuple):
    """One reading of a word.

    ``lemma`` is written as by the analyser (verbs by their verbal noun), ``stem`` is what the endings stand on,
    ``endings`` are names of data/kk_suffixes.tsv from the stem outward, ``tags`` features as in ``Token``; ``known`` is
    False for a stem outside the lexicon.
    """

    lemma: str
    stem: str
    endings: tuple[str, ...]
    tags: frozenset[str]
    known: bool


def morphs(word: str) -> tuple[Morph, ...]:
    """Readings of ``word``, the likeliest first; never empty for a word that is not blank.

    Closed forms («оның»), numbers and abbreviations with endings («5-тармағы», «ЖШС-нің») and hyphenated words have one
    reading, whose endings are not named. Raises ``ValueError`` for a blank word.
    """
    if not word.strip():
        raise ValueError("no word to read")
    norm = normal_form(word.strip())
    words = lexicon()
    whole = read(norm, word.strip())
    ranked = likely(norm) if norm.isalpha() and norm not in words.forms else []
    if not ranked or lemmas_of(ranked[0], words, norm)[0] != whole.lemmas[0]:
        return (Morph(whole.lemmas[0], whole.lemmas[0], (), whole.tags, norm in words.forms),)
    return tuple(
        Morph(
            lemmas_of(item, words, norm)[0],
            item.stem,
            tuple(ending.name for ending in item.endings),
            tags_of(item, words),
            is_known(item),
        )
        for item in ranked
    )
