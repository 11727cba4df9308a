"""Words of one text that stand for words of the other: pairs of a Russian and a Kazakh lemma.

Reads: ``data/ru_kk.tsv``, counted by ``evaluation/lexicon.py`` in official texts of the same articles
(``docs/data.md``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from nlp import language as languages
from nlp.language.token import Token

_CONTENT = frozenset({"noun", "verb", "adj", "adv", "abbr"})
_IDLE = frozenset({"punct", "conj", "prep", "part", "pron", "num"})
_SHORTEST = 3


@lru_cache(maxsize=1)
def ru_kk() -> Mapping[str, frozenset[str]]:
    """Russian lemma → Kazakh lemmas that stand for it."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in (files(__package__) / "data" / "ru_kk.tsv").read_text("utf-8").splitlines():
        ru, kk, _ = row.split("\t")
        found[ru].add(kk)
    return {ru: frozenset(kk) for ru, kk in found.items()}


def content_lemmas(text: str, language: str) -> tuple[str, ...]:
    """Lemmas of the words of a text that carry its sense, in order; ``language`` is ru or kk."""
    return tuple(token.lemma for token in languages.of(language).analyse(text) if _tells(token))


def _tells(token: Token) -> bool:
    if len(token.lemma) < _SHORTEST or not token.lemma[0].isalpha():
        return False
    return bool(token.tags & _CONTENT) or not token.tags & _IDLE
