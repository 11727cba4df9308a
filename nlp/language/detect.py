"""Which language a paragraph is in: ru, kk, mixed or other.

Share of the letters ә ғ қ ң ө ұ ү һ і decides for paragraphs; for short strings function words, endings and
words that only one of the languages has. Pure, no model.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from nlp.language.normal import KAZAKH_LETTERS, mend_lookalikes

KAZAKH_SHARE: Final = 0.06
MIXED_SHARE: Final = 0.025
LONG_WORDS: Final = 8  # from this many words on the letter share of a run is trusted alone
MIXED_RUN: Final = 4  # so many words of each language in a row make a paragraph mixed ...
MIXED_PART: Final = 0.15  # ... and so large a part of its words: a quoted name in the other language is not enough
KAZAKH_PART: Final = 0.35  # with few Kazakh letters: so large a part of the words must look Kazakh
_RUN_NOISE: Final = 0.2

_WORD = re.compile(r"[A-Za-zəƏ\u00ad\u0300\u0301\u0400-\u04ff]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_RUSSIAN_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ый|ий|ая|ое|ие|ые|ых|их|ость|остью|ение|ении|ения|ению|ением|ании|ание|ания|ться|тся|ется"
    r"|ются|ами|ями|овать|ируют|ирует|ать|ить|еть|ции|цией|щих|вших|енный|енных|ной|ным|ных|ному|ную|ском|ской|ских)$"
)
_KAZAKH_ENDING = re.compile(
    r"(?:лар|лер|дар|дер|тар|тер|ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|нда|нде|ында|інде|дан|ден|тан|тен|нан|нен|мен|бен"
    r"|пен|лық|лік|дық|дік|тық|тік|ды|ді|сы|сі|ған|ген|қан|кен|атын|етін|йтын|йтін|ады|еді|йды|йді|сын|сін|ушы|уші|лары|лері|дары|дері|тары|тері|сына|сіне|тағы|дағы)$"
)
_KAZAKH_LETTER = re.compile(f"[{''.join(sorted(KAZAKH_LETTERS))}]")
_ROMAN = re.compile(r"[IVXІХ]+")  # «№ 284-VІ»: numbers often typed with the Cyrillic І
_ROMAN_NUMBER, _FOREIGN = "roman", "foreign"  # beside votes: no word at all, a word without a Cyrillic letter


@lru_cache(maxsize=1)
def _function_words() -> dict[str, str]:
    """Function word -> language, from data/function_words.tsv."""
    table: dict[str, str] = {}
    path = Path(__file__).parent / "data" / "function_words.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, words = line.split("\t")
            table.update(dict.fromkeys(words.split(), language))
    return table


def _vote(word: str) -> str:
    """The language one word speaks for: ru, kk, or "" (either or none)."""
    plain = mend_lookalikes(word)
    if not _CYRILLIC.search(plain):
        return ""
    if any(letter in KAZAKH_LETTERS for letter in plain):
        return "kk"
    lower = plain.lower()
    known = _function_words().get(lower)
    if known is not None:
        return known
    if any(letter in "щёъэ" for letter in lower) or (len(lower) > 4 and _RUSSIAN_ENDING.search(lower)):
        return "ru"
    if len(lower) > 4 and _KAZAKH_ENDING.search(lower):
        return "kk"
    return ""


def _longest_run(votes: list[str], language: str) -> int:
    """Most words of ``language`` in a row; undecided words neither count nor break the run."""
    best = run = 0
    for vote in votes:
        if vote == language:
            run += 1
            best = max(best, run)
        elif vote:
            run = 0
    return best


def _of_votes(words: list[str], votes: list[str]) -> str:
    """The language of a short string; with equal votes only letters of Kazakh speak for Kazakh."""
    kazakh, russian = votes.count("kk"), votes.count("ru")
    if min(kazakh, russian) >= 2 and min(kazakh, russian) / (kazakh + russian) > _RUN_NOISE:
        return "mixed"
    if kazakh != russian:
        return "kk" if kazakh > russian else "ru"
    return "kk" if any(letter in KAZAKH_LETTERS for word in words for letter in word) else "ru"


def leaning(text: str) -> tuple[int, int]:
    """How many words speak for Russian and how many for Kazakh; words that either language may have speak for none."""
    votes = [_sort(word) for word in _WORD.findall(text)]
    return votes.count("ru"), votes.count("kk")


@lru_cache(maxsize=100_000)
def _sort(word: str) -> str:
    """The vote of a word, or what it is instead of a Cyrillic word."""
    if _ROMAN.fullmatch(word):
        return _ROMAN_NUMBER
    return _vote(word) if _CYRILLIC.search(word) else _FOREIGN


def _letter_share(words: list[str]) -> float:
    joined = mend_lookalikes("".join(words))
    return len(_KAZAKH_LETTER.findall(joined)) / len(joined)


def language_of(text: str) -> str:
    """``"ru"``, ``"kk"``, ``"mixed"`` or ``"other"`` for one paragraph (or a shorter string).

    "mixed" needs real stretches of both languages, not a name or a title; "other" means that fewer than a third of
    the words are Cyrillic (or that there are no words at all).
    """
    written = _WORD.findall(text)
    sorts = [_sort(word) for word in written]
    cyrillic = [word for word, sort in zip(written, sorts, strict=True) if sort not in (_ROMAN_NUMBER, _FOREIGN)]
    if not cyrillic or len(cyrillic) * 3 < len(written) - sorts.count(_ROMAN_NUMBER):
        return "other"
    votes = [sort for sort in sorts if sort not in (_ROMAN_NUMBER, _FOREIGN)]
    if len(cyrillic) < LONG_WORDS:
        return _of_votes(cyrillic, votes)
    kazakh, russian = votes.count("kk") / len(votes), votes.count("ru") / len(votes)
    runs = min(_longest_run(votes, "kk"), _longest_run(votes, "ru"))
    if runs >= MIXED_RUN and min(kazakh, russian) >= MIXED_PART:
        return "mixed"
    share = _letter_share(cyrillic)
    if share > KAZAKH_SHARE:
        return "kk"
    if share < MIXED_SHARE:
        return "ru" if russian >= kazakh else "kk"
    return "kk" if kazakh >= KAZAKH_PART else "ru"
