"""Lemmas as dictionaries of stems write them: a verb by its stem instead of its verbal noun."""

from __future__ import annotations

from typing import Final

from nlp.language.kazakh.analyser import read
from nlp.language.kazakh.inflection import stem_of
from nlp.language.normal import normal_form

# Forms of the defective verb е- (to be), which has no verbal noun.
_TO_BE: Final = frozenset({"еді", "екен", "екендік"})


def dictionary_lemmas(word: str) -> tuple[str, ...]:
    """Candidate lemmas of one word, the most likely first; a verb form gives stems («берді» → бер, not беру).

    Forms of the verb е- («еді», «екенін») give «е». Only the first reading's part of speech is known: other candidates
    of a verb form ending in -у are taken for verbs.
    """
    reading = read(normal_form(word), word)
    if reading.lemmas[0] in _TO_BE:
        return ("е", *reading.lemmas)
    if "verb" not in reading.tags:
        return reading.lemmas
    return tuple(dict.fromkeys(stem_of(lemma) if lemma[-1] in "ую" else lemma for lemma in reading.lemmas))
