"""Readings that the neighbouring words decide: of a word's known candidates another one than the likeliest is taken.

Two rules, both certain enough to change nothing else:

- «ала отырып», «сала алады»: before алу or отырып a word that can be a converb in -а is one, not a noun or adjective;
- «ол хат жазды.»: at the end of a sentence a word that can be a past verb is one; an object in -ды never stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from nlp.language.kazakh.analyser import Candidate, is_known, lemmas_of, likely, tags_of
from nlp.language.kazakh.lexicon import lexicon
from nlp.language.token import Token, TokenRow, Tokens

_AFTER_CONVERB: Final = frozenset({"отырып"})
_ABLE: Final = "алу"
_ENDS: Final = frozenset({".", "!", "?", "…"})


def settled(tokens: Sequence[Token]) -> Tokens:
    """``tokens`` with the readings that the words around them decide; offsets and norms stay."""
    result = list(tokens)
    for at, (token, following) in enumerate(pairwise(tokens)):
        if following.norm in _ENDS:
            if at and "acc" in token.tags:
                result[at] = _reread(token, "past3")
        elif "verb" not in token.tags and _wants_converb(following):
            result[at] = _reread(token, "converb_a")
    return TokenRow(result)


def _wants_converb(token: Token) -> bool:
    return token.norm in _AFTER_CONVERB or (token.lemma == _ABLE and bool(token.tags & {"finite", "participle"}))


def _reread(token: Token, ending: str) -> Token:
    """The token with its best known candidate whose last ending is ``ending``, or as it is where there is none."""
    chosen = next((item for item in _known(token.norm) if item.endings and item.endings[-1].name == ending), None)
    if chosen is None:
        return token
    words = lexicon()
    lemmas = dict.fromkeys((*lemmas_of(chosen, words, token.norm), *token.lemmas))
    return replace(token, lemmas=tuple(lemmas), tags=tags_of(chosen, words))


def _known(norm: str) -> list[Candidate]:
    if not norm.isalpha() or norm in lexicon().forms:
        return []
    return [item for item in likely(norm) if is_known(item) and item.root == "V"]
