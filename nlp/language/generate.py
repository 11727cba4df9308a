"""Forms for proposed wording, both languages behind one door.

Russian: ``ru_inflect``, ``ru_present``, ``ru_imperfective``, ``ru_perfective``, ``ru_number_of``.
Kazakh: ``kk_inflect``, ``kk_verb_forms``, ``kk_to_infinitive``, ``kk_with_number``.
Every function is pure and returns None when the form cannot be made, never a guess that breaks the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from nlp.language.kazakh.inflection import VerbForms
from nlp.language.kazakh.inflection import inflect as kk_inflect
from nlp.language.kazakh.inflection import to_infinitive as kk_to_infinitive
from nlp.language.kazakh.inflection import verb_forms as kk_verb_forms
from nlp.language.kazakh.inflection import with_number as kk_with_number
from nlp.language.russian.inflection import imperfective as ru_imperfective
from nlp.language.russian.inflection import inflect as ru_inflect
from nlp.language.russian.inflection import number_of as ru_number_of
from nlp.language.russian.inflection import perfective as ru_perfective
from nlp.language.russian.inflection import present as ru_present

__all__ = [
    "VerbForms",
    "inflect",
    "kk_inflect",
    "kk_to_infinitive",
    "kk_verb_forms",
    "kk_with_number",
    "ru_imperfective",
    "ru_inflect",
    "ru_number_of",
    "ru_perfective",
    "ru_present",
]


def inflect(code: str, phrase: str, tags: Iterable[str]) -> str | None:
    """``phrase`` of language ``code`` in the form ``tags`` name, or None; raises ``ValueError`` for another code."""
    if code == "ru":
        return ru_inflect(phrase, tags)
    if code == "kk":
        return kk_inflect(phrase, tags)
    raise ValueError(f"no generator for language {code!r}")
