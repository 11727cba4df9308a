"""Small facts about a piece of text that structuring asks again and again: language, how it begins and ends."""

from __future__ import annotations

import re

from nlp.language.detect import language_of as detect_language

_FOLD = str.maketrans({"ё": "е", "i": "і", "\u00a0": " ", "‑": "-"})
_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_NAME_WITH_SMALL_LETTER = re.compile('[«“„"(]?[a-zа-яё]-?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]')
_TRAILING = " \t\n\u00a0*_»”\"'“)"
_TELLING = 60  # characters; a shorter text without Kazakh letters has the language of what is around it
CLOSING = '»”“"'
OPENING = '«“„"'


def fold(text: str) -> str:
    """Small letters, ё as е, Latin i as Cyrillic і; the length is kept, so offsets hold in both."""
    lowered = text.lower()
    if len(lowered) != len(text):  # «İ» grows by one character
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_FOLD)


def language_of(text: str, inherited: str = "") -> str:
    """Code "kk" or "ru"; ``inherited`` where the words do not tell (no Cyrillic, few words without a Kazakh letter)."""
    has_kazakh = _KAZAKH.search(text) is not None
    if inherited and not has_kazakh and len(text) <= _TELLING:
        return inherited
    found = detect_language(text)
    if found in ("ru", "kk"):
        return found
    return ("kk" if has_kazakh else "ru") if found == "mixed" else inherited


def last_mark(text: str) -> str:
    """The punctuation that closes a paragraph (``. ; : , ! ?``), seen through closing quotation marks; else ""."""
    bare = text.rstrip(_TRAILING)
    return bare[-1] if bare and bare[-1] in ".;:,!?…" else _mark_after_quote(text)


def _mark_after_quote(text: str) -> str:
    bare = text.rstrip(" \t\n\u00a0*_")
    return bare[-1] if bare and bare[-1] in ".;:,!?…" else ""


def starts_upper(text: str) -> bool:
    """Whether the first letter or figure of the text is a capital letter (quotation marks and brackets are skipped)."""
    first = next((char for char in text if char.isalnum()), "")
    return first.isupper()


def starts_lower(text: str) -> bool:
    """Whether the first letter or figure of the text is a small letter; names like «e-Лицензирование» begin anew."""
    if _NAME_WITH_SMALL_LETTER.match(text):
        return False
    first = next((char for char in text if char.isalnum()), "")
    return first.islower()


def is_capitals(text: str) -> bool:
    """Whether (nearly) all letters are capitals: «ОБЩИЕ ПОЛОЖЕНИЯ»."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 4 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)


def number_key(number: str) -> tuple[int, ...]:
    """ "14-2" → (14, 2), "37¹" → (37, 1), "1.2" → (1, 2); letters and Roman figures count by their place."""
    plain = number.translate(_SUPERSCRIPT)
    figures = tuple(int(part) for part in re.findall(r"\d{1,9}", plain))
    if figures:
        return figures
    return (roman_value(number) or sum(ord(char) for char in number),)


_SUPERSCRIPT = str.maketrans({mark: f" {digit}" for digit, mark in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")})
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "І": 1, "Х": 10, "С": 100}


def roman_value(number: str) -> int:
    """Value of a Roman figure, written with Latin letters or their Cyrillic doubles; 0 when it is not one."""
    values = [_ROMAN.get(char, 0) for char in number.upper()]
    if not values or 0 in values:
        return 0
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
