"""nlp.language: language of a paragraph; tokens, sentences, lemmas, features for ru and kk behind one interface."""

from __future__ import annotations

from functools import lru_cache

from nlp.language.detect import language_of
from nlp.language.token import Language, Token, Tokens

__all__ = ["Language", "Token", "Tokens", "language_of", "of"]


@lru_cache(maxsize=4)
def of(code: str) -> Language:
    """The analyser of ``"ru"`` or ``"kk"``; raises ``ValueError`` for another code. Dictionaries load at first use."""
    if code == "ru":
        from nlp.language.russian import Russian

        return Russian()
    if code == "kk":
        from nlp.language.kazakh import Kazakh

        return Kazakh()
    raise ValueError(f"no analyser for language {code!r}")
