"""Recognised words: what is certainly a mistake of recognition is put right, and counted.

Reads: lines of recognised words in reading order. Writes: their texts, mended. The tables are in ``data/ocr.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp import language
from nlp.reading.data import load

_ROMAN = re.compile("[IVXLCM]+")
_LATIN = re.compile("[A-Za-z]{2,}")
_MARKS = '«»"().,;:!?'
_FIRST = re.compile(r"[«\"(]?(\S{1,2}[.)])")


@dataclass(frozen=True, slots=True)
class _Tables:
    figures: dict[str, str]
    number: re.Pattern[str]
    small_number: re.Pattern[str]
    label: re.Pattern[str]
    labels: dict[str, str]
    unit: re.Pattern[str]
    kazakh_unit: re.Pattern[str]
    number_sign: frozenset[str]
    hyphen: re.Pattern[str]
    quotes: dict[str, str]
    twins: dict[int, str]
    twin_letters: frozenset[str]
    letters: dict[str, str]
    roman: dict[int, str]
    law_number: re.Pattern[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    data = load("ocr.yaml")
    figures = "".join(map(re.escape, data["figures"]))
    labels = "".join(map(re.escape, data["labels"]))
    units = "|".join(re.escape(stem) for stems in data["units"].values() for stem in stems)
    kazakh = "|".join(map(re.escape, data["kazakh_units"]))
    twins = load("lookalikes.yaml")["both"]
    return _Tables(
        figures=data["figures"],
        number=re.compile(rf"[«(]?(?=[^\s]*\d)[\d{figures}]+(?:[.,/-][\d{figures}]+)*[).,;:%»]*"),
        small_number=re.compile(r"(?<=\d)[оз](?=\d)"),
        label=re.compile(rf"[«\"]?([{labels}])(?=(?:-\d+)?\))"),
        labels=data["labels"],
        unit=re.compile(rf"(?:{units})[а-яёәғқңөұүһі]*", re.IGNORECASE),
        kazakh_unit=re.compile(rf"[«\"(]?([{labels}])(?=-(?:(?:{kazakh})|\d+[-)]))", re.IGNORECASE),
        number_sign=frozenset(data["number_sign"]),
        hyphen=re.compile(rf"(?<=[^\W\d_])[{re.escape(data['hyphens'])}]$"),
        quotes=data["quotes"],
        twins=str.maketrans(twins),
        twin_letters=frozenset(twins),
        letters=data["letters"],
        roman=str.maketrans(data["roman"]),
        law_number=re.compile(rf"(\d{{1,4}}-)([IVX{''.join(map(re.escape, data['roman']))}]{{1,5}})([).,;:»]*)"),
    )


def mend_lines(lines: list[list[str]]) -> tuple[list[list[str]], int]:
    """The texts of all words of a page, line by line, mended; and how many words were changed."""
    firsts = {match[1] for line in lines if line and (match := _FIRST.match(line[0]))}
    mended = [_mended(line, firsts) for line in lines]
    words = [(one, other) for pair in zip(lines, mended, strict=True) for one, other in zip(*pair, strict=True)]
    return mended, sum(one != other for one, other in words)


def _mended(line: list[str], firsts: set[str]) -> list[str]:
    tables = _tables()
    words = [_word(word) for word in line]
    for position in range(len(words)):
        words[position] = _number(words[position], words[position - 1] if position else "")
    for position, word in enumerate(words):
        following = words[position + 1] if position + 1 < len(words) else ""
        if word in tables.number_sign and (following[:1].isdigit() or not word.isalpha()):
            words[position] = "№"
    if words:
        words[0] = _label(words[0], firsts)
        words[-1] = tables.hyphen.sub("-", words[-1])
    return words


def _word(word: str) -> str:
    """What the word itself tells."""
    tables = _tables()
    if word == "-":  # a hyphen between blanks is a dash
        return "–"
    for wrong, right in tables.quotes.items():
        word = word.replace(wrong, right)
    bare = word.strip(_MARKS)
    if any(letter in bare for letter in tables.letters):
        return _with_right_letters(word, bare)
    if not _LATIN.fullmatch(bare) or _ROMAN.fullmatch(bare) or not set(bare) <= tables.twin_letters:
        return word
    meant = bare.translate(tables.twins)
    return word.replace(bare, meant) if _known(meant) else word


def _with_right_letters(word: str, bare: str) -> str:
    """«обшие» → «общие»: the dictionaries know one of the two."""
    if not bare.isalpha() or _known(bare):
        return word
    for wrong, right in _tables().letters.items():
        if wrong in bare and _known(bare.replace(wrong, right)):
            return word.replace(wrong, right)
    return word


def _number(word: str, before: str) -> str:
    tables = _tables()
    if tables.number.fullmatch(word):
        for wrong, right in tables.figures.items():
            word = word.replace(wrong, right)
    word = tables.small_number.sub(lambda match: {"о": "0", "з": "3"}[match.group()], word)
    law = tables.law_number.fullmatch(word)
    if law and before == "№" and not law[2].isdigit():
        return law[1] + law[2].translate(tables.roman) + law[3]
    if word.rstrip(".,;:»)") == "З" and tables.unit.fullmatch(before.lstrip('«"(')):
        return word.replace("З", "3")
    match = tables.kazakh_unit.match(word)
    return word[: match.start(1)] + tables.labels[match[1]] + word[match.end(1) :] if match else word


def _label(word: str, firsts: set[str]) -> str:
    """The label of a unit; «З.» may be somebody's initial, so its neighbours must be there."""
    tables = _tables()
    match = tables.label.match(word)
    if match:
        return word[: match.start(1)] + tables.labels[match[1]] + word[match.end(1) :]
    if word == "З." and ({"2.", "4."} & firsts):
        return "3."
    return word


@lru_cache(maxsize=20_000)
def _known(word: str) -> bool:
    return any(language.of(code).known(word) for code in ("ru", "kk"))
