"""The normal form of a surface word: lower case, ё→е, Latin look-alikes mended, invisible marks dropped."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOOKALIKES = str.maketrans("aceopxyiəABCEHIKMOPTXYƏ", "асеорхуіәАВСЕНІКМОРТХУӘ")
_LATIN = re.compile(r"[A-Za-zəƏ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Soft hyphens, zero-width marks and stress accents carry no meaning in acts.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\u0300\u0301]")
_HYPHENS = str.maketrans("‐‑", "--")
_ONLY_LOOKALIKE_LATIN = frozenset("aceopxyiəABCEHIKMOPTXYƏ")

KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def mend_lookalikes(word: str) -> str:
    """``word`` with Latin look-alikes turned into Cyrillic, when it is a Cyrillic word with a few of them inside.

    Parts of a hyphenated word are looked at one by one («IT-компания» stays); a part that holds a Latin letter without
    a Cyrillic twin is left as it is.
    """
    latin = _LATIN.findall(word)
    if not latin or not _CYRILLIC.search(word):
        return word
    if "-" in word:
        return "-".join(mend_lookalikes(part) for part in word.split("-"))
    if any(letter not in _ONLY_LOOKALIKE_LATIN for letter in latin):
        return word
    return word.translate(_LOOKALIKES)


@lru_cache(maxsize=200_000)
def normal_form(word: str) -> str:
    """Lower-case surface with ё→е, look-alikes mended and invisible marks dropped; never empty for a non-empty word."""
    plain = word
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
        plain = _INVISIBLE.sub("", plain).translate(_HYPHENS)
        plain = mend_lookalikes(plain)
    plain = plain.lower().replace("ё", "е")
    return plain or word
