"""Kazakh: the project's own slot grammar over its own list of stems (docs/kazakh.md)."""

from nlp.language.kazakh.language import Kazakh
from nlp.language.kazakh.lemma import dictionary_lemmas
from nlp.language.kazakh.morphs import Morph, morphs
from nlp.language.kazakh.predicates import Modality, VerbGroup, verb_groups

__all__ = ["Kazakh", "Modality", "Morph", "VerbGroup", "dictionary_lemmas", "morphs", "verb_groups"]
