"""Kazakh behind the common interface: words read one by one, then settled by their neighbours."""

from __future__ import annotations

from nlp.language.analysis import tokens_of
from nlp.language.kazakh.analyser import candidates, is_known, read
from nlp.language.kazakh.context import settled
from nlp.language.kazakh.lexicon import lexicon
from nlp.language.normal import normal_form
from nlp.language.token import SHARED_FEATURES, Tokens


class Kazakh:
    """``Language`` for Kazakh.

    Conventions: a verb's lemma is its verbal noun in -у («береді» → беру), passives give the active verb first, then
    the passive («бекітілсін» → бекіту, бекітілу); a noun's lemma is the bare singular («бабының» → бап); words derived
    by -лық, -лы, -сыз, -шы, -ушы keep the derived lemma first, then the base. «10-бабының» → бап.
    """

    code = "kk"
    features = SHARED_FEATURES | {"abl", "poss", "neg", "cond", "caus", "recip"}

    def analyse(self, text: str) -> Tokens:
        """Tokens of ``text`` in order; deterministic, cached per word."""
        return settled(tokens_of(text, read))

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Candidate dictionary forms of one word, the most likely first."""
        return read(normal_form(word), word).lemmas

    def known(self, word: str) -> bool:
        """Whether the dictionary has this form; guessed readings do not count."""
        norm = normal_form(word)
        parts = (norm, norm.rpartition("-")[2]) if "-" in norm else (norm,)
        return any(part in lexicon().forms or is_known(candidates(part)[0]) for part in parts if part)
