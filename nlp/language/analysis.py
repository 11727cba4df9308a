"""What both languages share: readings of one word, and tokens made of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from nlp.language.normal import normal_form
from nlp.language.sentences import sentence_numbers
from nlp.language.token import Token, TokenRow, Tokens
from nlp.language.tokens import pieces


class Reading(NamedTuple):
    """Candidate lemmas of one word, the most likely first, and the features of the first."""

    lemmas: tuple[str, ...]
    tags: frozenset[str]


NUMBER = frozenset({"num"})
LABEL = frozenset({"num", "label"})
_ROMAN = re.compile(r"(?=.*[IVXІХ])[IVXLCDMІХСМ]+")
PUNCT = frozenset({"punct"})


def tokens_of(text: str, read: Callable[[str, str], Reading]) -> Tokens:
    """Tokens of ``text``; ``read(norm, surface)`` gives the reading of a word, a number or an abbreviation."""
    raw = pieces(text)
    result: list[Token] = []
    for piece, sentence in zip(raw, sentence_numbers(text, raw), strict=True):
        surface = piece.text
        if piece.kind == "mark":
            result.append(Token(surface, piece.start, piece.end, surface, (surface,), PUNCT, sentence))
            continue
        norm = normal_form(surface)
        if piece.kind == "label":
            reading = Reading((norm,), LABEL)
        elif norm[-1].isdigit() or norm[-1] == "%" or (surface[0] in "IVXLCDMІХСМ" and _ROMAN.fullmatch(surface)):
            reading = Reading((norm,), NUMBER)
        else:
            reading = read(norm, surface)
        result.append(Token(surface, piece.start, piece.end, norm, reading.lemmas, reading.tags, sentence))
    return TokenRow(result)
