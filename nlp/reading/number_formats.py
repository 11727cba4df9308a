"""A count written in a number format of Word: 3 → «в», «iii», «03».

Reads: nothing. Writes: strings. ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

HIGHEST = 32_767  # Word counts no further

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# The alphabet of lists leaves out ё, й, ъ, ь and, unlike the alphabet itself, ы stays (17.18.59, russianLower).
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def written(count: int, number_format: str, language: str = "", width: int = 1) -> str:
    """``count`` (0 … 32767) in a format named as in ``w:numFmt``; unknown formats are written as decimal figures.

    ``language`` (a tag such as ``ru-RU``) matters to ordinals only; ``width`` is the least number of figures.
    """
    if number_format in ("none", "bullet"):
        return ""
    if number_format == "ordinal":
        return _ordinal(count, language)
    writer = _WRITERS.get(number_format)
    if writer is None or count < 1:
        return str(count).zfill(width)
    return writer(count)


def _letters(count: int, alphabet: str) -> str:
    """After the last letter each is doubled, then tripled: я, аа, бб."""
    turn, index = divmod(count - 1, len(alphabet))
    return alphabet[index] * (turn + 1)


def _roman(count: int) -> str:
    figures: list[str] = []
    for worth, figure in _ROMAN:
        times, count = divmod(count, worth)
        figures.append(figure * times)
    return "".join(figures)


def _ordinal(count: int, language: str) -> str:
    if language.startswith("ru"):
        return f"{count}-й"
    if not language.startswith("en"):
        return f"{count}."
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": lambda count: _letters(count, _LATIN),
    "upperLetter": lambda count: _letters(count, _LATIN).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "russianLower": lambda count: _letters(count, _RUSSIAN),
    "russianUpper": lambda count: _letters(count, _RUSSIAN).upper(),
    "numberInDash": lambda count: f"- {count} -",
    "hex": lambda count: f"{count:X}",
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
}
