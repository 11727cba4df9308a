"""Templates by which an act closes its own words («под {term} понимается {means}»), compiled from the pack's data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_BLANKS = {
    "{term}": r"(?P<term>[^.;:–—]{3,100}?)",
    "{means}": r"(?P<means>[^;]{3,400})",
    "{place}": r"(?P<place>[^.;]{3,200})",
}
_LAZY = {"{means}": r"(?P<means>[^;]{3,400}?)", "{place}": r"(?P<place>[^.;]{3,200}?)"}
_SENTENCE = r"(?:^|(?<=[.;:!?] ))"


@dataclass(frozen=True, slots=True)
class ClosingWords:
    """Templates of one language; empty where a pack has none."""

    meanings: tuple[re.Pattern[str], ...] = ()
    places: tuple[re.Pattern[str], ...] = ()
    titles: tuple[re.Pattern[str], ...] = ()
    anaphors: frozenset[str] = frozenset()
    local: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    vague: frozenset[str] = frozenset()

    def is_local(self, words: str) -> bool:
        """Whether words hold for one article or chapter only."""
        folded = _folded(words)
        return any(each in folded for each in self.local)

    def is_open(self, words: str) -> bool:
        """Whether words leave themselves open."""
        folded = _folded(words)
        return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", folded) for each in self.open if each in folded)


def build_closing_words(data: Mapping[str, Any]) -> ClosingWords:
    """From ``closings.<language>.yaml``."""
    if not data:
        return ClosingWords()
    return ClosingWords(
        meanings=tuple(_template(each) for each in data["meanings"]),
        places=tuple(_template(each) for each in data["places"]),
        titles=tuple(re.compile(_template(each).pattern + r"\s*$", re.IGNORECASE) for each in data["titles"]),
        anaphors=frozenset(data["anaphors"]),
        local=tuple(data["local"]),
        open=tuple(data["open"]),
        vague=frozenset(data["vague"]),
    )


def matches(patterns: Sequence[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    """All places where a template fits."""
    for pattern in patterns:
        yield from pattern.finditer(text)


def _template(source: str) -> re.Pattern[str]:
    parts = source.split()
    made = [_part(part, last=n == len(parts) - 1) for n, part in enumerate(parts)]
    opening = _SENTENCE if parts[0].startswith("{") else r"(?<!\w)"
    return re.compile(opening + r"[,:]?\s+".join(made), re.IGNORECASE)


def _part(part: str, *, last: bool) -> str:
    if part in _BLANKS:
        return _BLANKS[part] if last else _LAZY.get(part, _BLANKS[part])
    return "(?:" + "|".join(re.escape(word) for word in part.split("|")) + r")(?!\w)"


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("ё", "е").split())
