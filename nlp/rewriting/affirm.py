"""A denied verb said: «қаралмайды» → «қаралады», «көрсетілмей» → «көрсетіліп», «не выдаётся» → «выдаётся»."""

from __future__ import annotations

import re

from nlp.language.generate import kk_to_infinitive, kk_verb_forms
from nlp.language.token import Token

_DENIED = re.compile(r"[мбп][ае]у$")


def affirmed(language: str, verb: Token, before: Token | None) -> str | None:
    """The verb without its denial, in the form it stands in; None where it is not denied or cannot be formed.

    In Russian the word before must be «не», and it is to be taken out with the verb.
    """
    if language == "ru":
        denied = before is not None and before.norm == "не" and "verb" in verb.tags
        return verb.text.lower() if denied else None
    if not {"verb", "neg"} <= verb.tags:
        return None
    return _kazakh(verb)


def _kazakh(verb: Token) -> str | None:
    infinitive = kk_to_infinitive(verb.norm)
    if infinitive is None or not _DENIED.search(infinitive):
        return None
    stem = infinitive[:-3]
    forms = kk_verb_forms(_verbal_noun(stem))
    if forms is None or forms.stem != stem:
        return None
    if "converb" in verb.tags:
        return forms.converb
    if "participle" in verb.tags:
        return forms.past_participle if "past" in verb.tags else forms.habitual_participle
    return forms.present if {"finite", "pres"} <= verb.tags else None


def _verbal_noun(stem: str) -> str:
    """«қарал» → «қаралу», «оқы» → «оқу», «бер» → «беру»."""
    return (stem[:-1] if stem[-1:] in "ыі" else stem) + "у"
