"""Where sentences begin, given the raw tokens: enumeration labels, unit headings and abbreviations do not end one."""

from __future__ import annotations

from typing import Final

from nlp.language.tokens import Piece, can_end_sentence

_CLOSING: Final = frozenset("»”\"')]")
_OPENING: Final = frozenset("«“\"'([")
_STOPS: Final = frozenset({".", "!", "?", "…", "..."})
_GOES_ON: Final = frozenset({";", ":", ",", "–", "—", "-", "("})
_UNIT_WORDS: Final = frozenset(
    {"раздел", "подраздел", "глава", "параграф", "статья", "пункт", "подпункт", "часть", "приложение"}
    | {"бөлім", "тарау", "бап", "тармақ", "қосымша"}
)


def sentence_numbers(text: str, tokens: list[Piece]) -> list[int]:
    """For each token of ``text`` the number of its sentence, from 0; the list is as long as ``tokens``.

    A semicolon or a colon never ends a sentence, nor does a line break after one.
    """
    numbers: list[int] = []
    current = 0
    first = 0  # index of the first token of the current sentence
    for index in range(len(tokens)):
        if index > first and _breaks(text, tokens, first, index):
            current += 1
            first = index
        numbers.append(current)
    return numbers


def _breaks(text: str, tokens: list[Piece], first: int, index: int) -> bool:
    """Does a sentence that began at token ``first`` end before token ``index``?"""
    before = tokens[index - 1]
    token = tokens[index]
    gap = token.start - before.end
    if gap == 0:
        return False
    if "\n" in text[before.end : token.start]:
        return _line_break_ends(tokens, first, index)
    last = index - 1
    while last > first and tokens[last].text in _CLOSING:
        last -= 1
    stop = tokens[last]
    if stop.kind == "abbreviation":
        return can_end_sentence(stop.text) and _starts_sentence(tokens, index)
    if stop.text not in _STOPS or not _starts_sentence(tokens, index):
        return False
    return not (stop.text == "." and (_is_heading(tokens, first, last) or _is_enumerator(tokens, first, last)))


def _line_break_ends(tokens: list[Piece], first: int, index: int) -> bool:
    before, token = tokens[index - 1], tokens[index]
    if before.text in _GOES_ON or token.text[0].islower():
        return False
    return not (before.text == "." and _is_heading(tokens, first, index - 1))


def _starts_sentence(tokens: list[Piece], index: int) -> bool:
    while index < len(tokens) and tokens[index].text in _OPENING:
        index += 1
    if index == len(tokens):
        return False
    head = tokens[index].text[0]
    return head.isupper() or head.isdigit()


def _is_heading(tokens: list[Piece], first: int, stop: int) -> bool:
    """«1.», «5-бөлім.», «Глава 2.», «Статья 7-1.» before their text."""
    length = stop - first
    if length == 1:
        return tokens[first].text[0].isdigit() or _is_initial(tokens[first])
    if length == 2:
        return tokens[first].text.lower() in _UNIT_WORDS and not tokens[first + 1].text.islower()
    return _is_initial(tokens[stop - 1])


def _is_initial(token: Piece) -> bool:
    """«А.» of «А.Б. Ахметов»."""
    return len(token.text) == 1 and token.text.isupper()


def _is_enumerator(tokens: list[Piece], first: int, stop: int) -> bool:
    """«… ПРИКАЗЫВАЮ: 1. Утвердить»: a number after a colon or semicolon."""
    return stop - 2 >= first and tokens[stop - 1].text[0].isdigit() and tokens[stop - 2].text in (":", ";")
