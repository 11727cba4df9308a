"""Words that an amendment quotes, found in the wording in force and put into its grammatical case.

Reads: the quoted words and a stretch of text. Writes: spans. Blanks, dashes, quotation marks, ё and е, Latin
look-alikes and a capital first letter may differ; «в соответствующих падежах» finds other forms of the same words.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp import language as languages
from nlp.language.generate import inflect
from nlp.language.normal import normal_form
from nlp.language.token import Token, Tokens
from nlp.structure.act import Span
from nlp.structure.wording import fold

_DASHES = frozenset("‐‑‒–—−-")
_QUOTES = frozenset('«»“”„"')
_SHARED = 3  # letters
_LATIN = str.maketrans("aceopxyhə", "асеорхуһә")
_CASES = ("nom", "gen", "dat", "acc", "loc", "abl", "ins")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place of the words; ``exact`` when they stand there as quoted."""

    span: Span
    exact: bool
    tokens: Tokens = ()


def occurrences(quoted: str, text: str, language: str, other_forms: bool) -> list[Occurrence]:
    """Places of the quoted words in ``text``, in order, without overlaps.

    ``other_forms``: also words whose dictionary forms agree one by one.
    """
    analyser = languages.of(language)
    wanted = analyser.analyse(quoted)
    if not wanted:
        return []
    rare = _prefix(max((token.norm for token in wanted), key=len))
    found: list[Occurrence] = []
    at = 0
    for line in text.split("\n"):
        if rare in _plain(line):  # only lines that can hold the words are analysed: acts are long
            found += _in_line(wanted, analyser.analyse(line), at, other_forms)
        at += len(line) + 1
    return found


def _prefix(word: str) -> str:
    """The beginning of a word that all its forms share."""
    return _plain(word)[: max(len(word) // 2, min(len(word), _SHARED))]


def _plain(words: str) -> str:
    """Small Cyrillic letters: Latin look-alikes hide nothing."""
    return fold(words).translate(_LATIN)


def _in_line(wanted: Tokens, tokens: Tokens, at: int, other_forms: bool) -> list[Occurrence]:
    found = []
    place = 0
    while place + len(wanted) <= len(tokens):
        window = tokens[place : place + len(wanted)]
        exact = all(_key(one) == _key(two) for one, two in zip(wanted, window, strict=True))
        if exact or (other_forms and all(_same_word(one, two) for one, two in zip(wanted, window, strict=True))):
            found.append(Occurrence((at + window[0].start, at + window[-1].end), exact, window))
            place += len(wanted)
        else:
            place += 1
    return found


def _key(token: Token) -> str:
    if token.text in _DASHES:
        return "-"
    if token.text in _QUOTES:
        return '"'
    return normal_form(token.text)


def _same_word(one: Token, two: Token) -> bool:
    if "punct" in one.tags or "num" in one.tags:
        return _key(one) == _key(two)
    return bool(set(one.lemmas) & set(two.lemmas))


def in_case_of(new: str, replaced: Tokens, language: str) -> str | None:
    """``new`` in the case and number of the words it replaces; None when that form cannot be made."""
    head = _head(replaced, language)
    if head is None:
        return None
    case = next((name for name in _CASES if name in head.tags), None)
    if case is None:
        return None
    wanted = {case} | (head.tags & {"plur"})
    return inflect(language, new, wanted)


def _head(tokens: Tokens, language: str) -> Token | None:
    """The noun that bears the case: the first in Russian, the last in Kazakh."""
    nouns = [token for token in tokens if "noun" in token.tags]
    if not nouns:
        return None
    return nouns[0] if language == "ru" else nouns[-1]
