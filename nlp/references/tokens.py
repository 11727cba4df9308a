"""Text → tokens of citations: words with what they may mean, numbers, ordinals, quoted names, marks. Linear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from nlp.references.words import NOTHING, Meaning, Words
from nlp.structure.wording import fold

_QUOTED = (
    r"«(?:[^«»\n]|«[^«»\n]{0,200}»){1,500}»"
    r"|“[^“”\n]{1,400}”"
    r"|(?<![\w])\"(?=\S)[^\"\n]{1,400}(?<=\S)\"(?!\w)"
)
_TOKEN = re.compile(
    rf"(?P<quoted>{_QUOTED})"
    r"|(?P<number>(?<!\d)\d{1,4}(?:[-‑]\d{1,3})*[⁰¹²³⁴-⁹]*(?:\.\d{1,3})*(?!\d))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\w\s])"
)
_ROMAN = re.compile(r"[IVXLCІХС]{1,7}")


class T(StrEnum):
    """Kinds of tokens."""

    WORD = "word"
    NUMBER = "number"
    ORDINAL = "ordinal"
    QUOTED = "quoted"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """``value`` is the folded word, the number as data, the ordinal as a figure or the mark; ``bracket``: «3)»."""

    kind: T
    start: int
    end: int
    value: str
    meaning: Meaning = NOTHING
    bracket: bool = False
    capital: bool = False
    roman: bool = False


def tokens(text: str, words: Words) -> list[Token]:
    """Tokens in order; offsets are those of ``text``."""
    folded = fold(text)
    found: list[Token] = []
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "word":
            found.append(_word(text, match.group(), start, end, words))
        elif kind == "number":
            found.append(Token(T.NUMBER, start, end, match.group().replace("‑", "-").rstrip(".")))
        elif kind == "quoted":
            found.append(Token(T.QUOTED, start, end, ""))
        else:
            found.append(Token(T.MARK, start, end, "–" if match.group() in "–—−" else match.group()))
    return _joined(found, words)


def _word(text: str, word: str, start: int, end: int, words: Words) -> Token:
    value = words.ordinals.get(word)
    capital = text[start].isupper()
    if value is not None:
        return Token(T.ORDINAL, start, end, value, capital=capital)
    roman = _ROMAN.fullmatch(text[start:end]) is not None
    return Token(T.WORD, start, end, word, words.meaning(word), capital=capital, roman=roman)


def _joined(found: list[Token], words: Words) -> list[Token]:
    """Brackets join numbers («3 )»), full stops abbreviations («ст.»), tens their ordinals («двадцать первой»)."""
    made: list[Token] = []
    for token in found:
        last = made[-1] if made else None
        if last is not None and token.kind is T.MARK:
            if token.value == ")" and last.kind is T.NUMBER and token.start - last.end <= 1 and not last.bracket:
                made[-1] = Token(T.NUMBER, last.start, token.end, last.value, bracket=True)
                continue
            if token.value == "." and last.value in words.abbreviations and last.end == token.start:
                made[-1] = Token(last.kind, last.start, token.end, last.value, last.meaning, capital=last.capital)
                continue
        if last is not None and token.kind is T.ORDINAL and last.kind is T.WORD:
            both = words.ordinals.get(f"{last.value} {_spoken(token, words)}") if token.value.isdigit() else None
            if both is not None:
                made[-1] = Token(T.ORDINAL, last.start, token.end, both, capital=last.capital)
                continue
        made.append(token)
    return made


def _spoken(token: Token, words: Words) -> str:
    """One spelling of an ordinal token; compounds end in the ordinal of their units."""
    return _SPOKEN.setdefault((words.code, token.value), _first(words, token.value))


def _first(words: Words, value: str) -> str:
    return next((word for word, number in words.ordinals.items() if number == value), "")


_SPOKEN: dict[tuple[str, str], str] = {}
