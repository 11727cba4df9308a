"""Latin look-alikes inside Cyrillic words → the Cyrillic letters meant; the length of the text never changes.

Official Kazakh acts mix Latin letters into about 3.6 % of their words (mostly ``i`` for ``і``), and lexicons miss such
words silently. What is left alone: words without Cyrillic letters, Roman numerals, addresses of the net, and words with
a Latin letter that looks like no Cyrillic one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from nlp.reading.data import load

LATIN = "A-Za-zËëƏəƟɵ"
CYRILLIC = "Ѐ-ӿ"
SMALL, CAPITALS = "а-яёәғқңөұүһі", "А-ЯЁӘҒҚҢӨҰҮҺІ"
GREEK = "\u0370-\u03ff"
FOREIGN_CYRILLIC = "ЌќЏџЎўЈјЅѕ"
"""Letters of the neighbours of Windows-1251 that stand where its Kazakh variant has Kazakh ones."""
_MIXED = re.compile(rf"(?<![^\W\d_])[^\W\d_]*(?:[{LATIN}][{CYRILLIC}]|[{CYRILLIC}][{LATIN}])[^\W\d_]*")
_SINGLE = re.compile(rf"(?<![^\s(«\"])[acoky](?= (?:[{CYRILLIC}]{{2}}|\d))")
# Each begins only where its run of characters begins: a long run is looked at once, not from every place in it.
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<![\w-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/\S*)?"
)
_KAZAKH = re.compile("[ӘәҒғҚқҢңӨөҰұҮүҺһІіƏə]")
_LATIN_LETTER = re.compile(f"[{LATIN}]")
_FOREIGN = re.compile(f"[{FOREIGN_CYRILLIC}]")
_GREEK = re.compile(f"[{GREEK}]")
_AMONG_CYRILLIC = re.compile(rf"[^\W\d_]*[{CYRILLIC}][^\W\d_]*")
_ROMAN = re.compile("[IVXІХ]+")
_TO_ROMAN = str.maketrans("ІХ", "IX")
_FRONT_VOWELS = frozenset("әөүіеi")
_VOWELS = frozenset("аәеёиоөуұүыіэюяiy")
_LONGEST_WORD = 100  # longer runs of letters are no words


@dataclass(frozen=True, slots=True)
class _Twins:
    both: dict[str, str]
    kazakh: dict[str, str]
    always: dict[str, str]
    single_words: frozenset[str]
    keep: frozenset[str]
    code_page: dict[int, str]
    greek: dict[int, str]
    russian_words: re.Pattern[str]
    ambiguous: frozenset[str]  # Cyrillic letters that look Latin: they prove nothing about the word


@lru_cache(maxsize=1)
def _twins() -> _Twins:
    data = load("lookalikes.yaml")
    both, kazakh, always = data["both"], data["kazakh"], data["always"]
    return _Twins(
        both=both,
        kazakh=kazakh,
        always=always,
        single_words=frozenset(data["single_words"]),
        keep=frozenset(data["keep"]),
        code_page=str.maketrans(data["code_page"]),
        greek=str.maketrans(data["greek"]),
        russian_words=re.compile(rf"(?<!\w)(?:{'|'.join(data['russian_words'])})(?!\w)", re.IGNORECASE),
        ambiguous=frozenset(both.values()) | frozenset(kazakh.values()) | frozenset("УуҮү"),
    )


def mend_lookalikes(text: str) -> str:
    """``text`` with Latin letters inside Cyrillic words replaced; same length, every other character untouched.

    Decisions: ``i`` and ``h`` become Kazakh letters unless the line is plainly Russian (a Russian word has no such
    letter, so nothing is known of what was meant); Greek look-alikes inside Cyrillic words, and Kazakh letters that
    went through Windows-1251 («Ќазаќстан»), become what was meant; ``Y`` becomes ``Ү`` where Kazakh vowel harmony asks
    for it, else ``У``; a Roman numeral with a Cyrillic ``І`` or ``Х`` in it becomes Latin as a whole.
    """
    if _FOREIGN.search(text):
        text = text.translate(_twins().code_page)
    if _GREEK.search(text):
        text = _AMONG_CYRILLIC.sub(lambda match: match.group().translate(_twins().greek), text)
    if not _LATIN_LETTER.search(text):
        return text
    addresses = [match.span() for match in ADDRESS.finditer(text) if _LATIN_LETTER.search(match.group())]
    ends = [end for _, end in addresses]
    kazakh = _is_kazakh(text)

    def mended(match: re.Match[str]) -> str:
        after = bisect_right(ends, match.start())
        if after < len(addresses) and addresses[after][0] < match.end():
            return match.group()
        return _mend_word(match.group(), kazakh)

    text = _MIXED.sub(mended, text)
    return _mend_single_words(text)


def _is_kazakh(text: str) -> bool:
    """Kazakh letters decide; a line without any counts as Kazakh unless it holds a Russian function word."""
    return bool(_KAZAKH.search(text)) or not _twins().russian_words.search(text)


def _mend_word(word: str, kazakh: bool) -> str:
    twins = _twins()
    if word in twins.keep or len(word) > _LONGEST_WORD:
        return word
    if _ROMAN.fullmatch(word) and len(word) > 1 and (len(word) > 2 or set(word) & set("VXХ")):
        return word.translate(_TO_ROMAN)
    letters = [letter for letter in word if _LATIN_LETTER.match(letter)]
    if not all(_target(letter, word, kazakh) for letter in set(letters)):
        return word
    native = len(word) - len(letters)
    proven = any(letter not in twins.ambiguous for letter in word if not _LATIN_LETTER.match(letter))
    proven = proven or any(letter in twins.always for letter in letters)
    if not proven and native < len(letters) and len(word) < 4 and word.isupper():  # an abbreviation, of which tongue?
        return word
    return "".join(_replaced(letter, index, word, kazakh) for index, letter in enumerate(word))


def _target(letter: str, word: str, kazakh: bool) -> bool:
    twins = _twins()
    return letter in twins.both or letter in twins.always or letter in "Yy" or (kazakh and letter in twins.kazakh)


def _replaced(letter: str, index: int, word: str, kazakh: bool) -> str:
    twins = _twins()
    if letter in "Yy":
        front = kazakh and _is_front_u(index, word)
        return {"Y": "Ү" if front else "У", "y": "ү" if front else "у"}[letter]
    return twins.both.get(letter) or twins.always.get(letter) or twins.kazakh.get(letter, letter)


def _is_front_u(index: int, word: str) -> bool:
    """``ү`` stands between consonants (or before one, at the head) in a word of front vowels; else it is ``у``."""
    lower = word.lower()
    before = lower[index - 1] if index else ""
    after = lower[index + 1] if index + 1 < len(lower) else ""
    neighbours_free = before not in _VOWELS and after not in _VOWELS and bool(after)
    return neighbours_free and any(letter in _FRONT_VOWELS for letter in lower.replace("y", ""))


def _mend_single_words(text: str) -> str:
    """«c 1 января», «o порядке»: a lone Latin letter that is a Russian word, in a line that is otherwise Russian."""
    if not _SINGLE.search(text) or _KAZAKH.search(text) or not re.search(f"[{CYRILLIC}]{{3}}", text):
        return text
    both = {**_twins().both, "y": "у"}
    allowed = _twins().single_words
    return _SINGLE.sub(lambda match: both[match.group()] if match.group() in allowed else match.group(), text)
