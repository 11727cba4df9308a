"""A word broken over two lines: does its hyphen belong to it?

Reads: the two halves and the words of the file. Writes: yes or no. «осу-/ществляют» is one word, «комплаенс-/контроль»
keeps its hyphen. The file itself is the first witness, the dictionaries of both languages the second; where both are
silent, it matters whether the file divides words at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlp import language

_VOWEL = re.compile("[аеёиоуыэюяәөұүіaeiouy]", re.IGNORECASE)

_DIVIDED_SHARE = 0.25
_ENDINGS = frozenset({"мен", "бен", "пен"})  # words by themselves, but written together as endings


def divides_words(breaks: Sequence[tuple[str, str]]) -> bool:
    """Whether a file divides words at line ends: many of its (left, right) halves make a word of a dictionary."""
    divided = sum(1 for left, right in breaks if _known(left.rpartition("-")[2] + right.partition("-")[0]))
    return divided > _DIVIDED_SHARE * len(breaks)


def keeps_hyphen(left: str, right: str, vocabulary: frozenset[str], divides: bool = True) -> bool:
    """Whether the hyphen between two halves of a broken word stays.

    ``left`` is the last word of the line (inner hyphens included), ``right`` the first of the next one;
    ``vocabulary`` holds the lower-case words that the file has inside its lines, compound ones with their hyphens;
    ``divides`` is what ``divides_words`` says of the file.
    """
    if not (left.replace("-", "").isalpha() and right.replace("-", "").isalpha()):
        return True
    if right[0].isupper() and not left.isupper():
        return True  # Нур-Султан
    if left.isupper() and right.islower():
        return True  # ЖШС-ның
    whole, compound = (left + right).lower(), f"{left}-{right}".lower()
    if (whole in vocabulary) != (compound in vocabulary):
        return compound in vocabulary
    if not (_VOWEL.search(left) and _VOWEL.search(right)):
        return False
    last, first = left.rpartition("-")[2], right.partition("-")[0]
    if not divides and len(first) > 3 and _known(first) and (last[-1] in "оО" or _known(last)):
        return True  # гражданско-правовым, although dictionaries know «гражданскоправовой» too
    if _known(last + first):
        return False
    if not divides:
        return True
    # A long syllable is hardly ever a word by itself: two words were joined by the author.
    if first.lower() in _ENDINGS or not _known(first):
        return False
    return len(first) > 3 or (len(first) == 3 and _known(last))


@lru_cache(maxsize=20_000)
def _known(word: str) -> bool:
    return any(language.of(code).known(word) for code in ("ru", "kk"))
