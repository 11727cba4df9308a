"""Lemmas as dictionaries of stems write them: a verb by its stem instead of its verbal noun."""

from __future__ import annotations

from nlp.language.kazakh.analyser import read
from nlp.language.kazakh.inflection import stem_of
from nlp.language.normal import normal_form


def dictionary_lemmas(word: str) -> tuple[str, ...]:
    """Candidate lemmas of one word, the most likely first; a verb form gives stems («берді» → бер, not беру).

    Only the first reading's part of speech is known: other candidates of a verb form ending in -у are taken for verbs.
    """
    reading = read(normal_form(word), word)
    if "verb" not in reading.tags:
        return reading.lemmas
    return tuple(dict.fromkeys(stem_of(lemma) if lemma[-1] in "ую" else lemma for lemma in reading.lemmas))
