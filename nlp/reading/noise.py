"""Editors' notes, stamps and tables of contents: text that stands in the file but is no part of the act.

Reads: clean text of paragraphs in document order. Writes: ``DropReason`` for those to be set aside. The formulas are in
``data/noise.yaml``. Both readers (text files and Word files) use ``NoiseFilter``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp.reading.data import load
from nlp.reading.source import DropReason

_BRACKETS = "([* "  # a note may stand in brackets or under a star
_SHRED, _SHREDS = 6, 12  # characters of a piece, pieces of a stamp
_FEWEST_PAGES, _LONGEST_HEAD = 3, 100
_ONE_NUMBER = re.compile(r"\d+(?:-\d+)*[.)]\s?\(?[^\W\d]{2}")
_NOTE_LIMIT = 8  # paragraphs that one opened note may take


@dataclass(frozen=True, slots=True)
class _Formulas:
    whole: re.Pattern[str]
    opening: re.Pattern[str]
    continuing: re.Pattern[str]
    list_items: re.Pattern[str]
    tails: re.Pattern[str]
    removed: re.Pattern[str]
    stamps: re.Pattern[str]
    contents: re.Pattern[str]


@lru_cache(maxsize=1)
def _formulas() -> _Formulas:
    data = load("noise.yaml")
    notes = data["editor_notes"]
    titles = [re.escape(title) for title in data["contents"]["ru"] + data["contents"]["kk"]]
    return _Formulas(
        whole=_either(notes["whole"]),
        opening=_either(notes["opening"]),
        continuing=_either(notes["continuing"]),
        list_items=_either(notes["list_items"]),
        tails=_either(notes["tails"]),
        removed=_either(notes["removed_units"]),
        stamps=_either(data["stamps"]),
        contents=re.compile(rf"(?:{'|'.join(titles)})\s?[.:]?$", re.IGNORECASE),
    )


def _either(by_language: dict[str, Any]) -> re.Pattern[str]:
    patterns = [pattern for patterns in by_language.values() for pattern in patterns]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.DOTALL)


def opens_note(text: str) -> bool:
    """Whether a line starts an editors' note, as far as its first line shows."""
    formulas = _formulas()
    return bool(formulas.opening.match(text) or re.match(r"(?:Сноска|Ескерту)\s?[.,]", text))


def is_contents_title(text: str) -> bool:
    """Whether a paragraph is the title of a table of contents."""
    return bool(_formulas().contents.match(text))


def shredded_stamps(lines: Sequence[str]) -> list[range]:
    """Runs of lines that are a stamp which a converter shredded into pieces of a few characters."""
    found: list[range] = []
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and len(lines[at]) <= _SHRED:
            continue
        if at - start >= _SHREDS:
            whole = re.sub(r"\s", "", "".join(lines[start:at])).lower()
            if any(words in whole for words in load("noise.yaml")["shredded"]):
                found.append(range(start, at))
        start = at + 1
    return found


def running_heads(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """First and last lines that come again on most pages of a file of three pages or more."""
    ends = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    often = max(_FEWEST_PAGES, len(pages) // 2 + 1)
    return frozenset(line for line, count in ends.items() if count >= often and len(line) <= _LONGEST_HEAD)


def is_numbered(text: str) -> bool:
    """«7) исключен …», «3-1. Алып тасталды …»: the place of one unit, which stays; a run «6) - 6-2) …» is a note."""
    return _ONE_NUMBER.match(text) is not None


class NoiseFilter:
    """Judges paragraphs one after another; a note may go on in the next ones («Примечание ИЗПИ!» and its text)."""

    def __init__(self) -> None:
        self._expects_text = False
        self._expects_items = 0
        self._after_note = False

    def reason(self, text: str) -> DropReason | None:
        """Why this paragraph (clean text, in document order) is set aside; None when it belongs to the act."""
        formulas = _formulas()
        goes_on = self._after_note and bool(formulas.tails.match(text))  # before brackets go: «(вводится в действие …)»
        text = text.lstrip(_BRACKETS)
        if formulas.stamps.match(text):
            return DropReason.STAMP
        if self._is_note(text, formulas) or goes_on:
            self._expects_items = _NOTE_LIMIT if text.rstrip().endswith(":") else max(self._expects_items - 1, 0)
            self._after_note = True
            return DropReason.EDITOR_NOTE
        self._after_note = bool(formulas.removed.match(text))  # the record of an exclusion may go on
        self._expects_text = False
        self._expects_items = 0
        return None

    def _is_note(self, text: str, formulas: _Formulas) -> bool:
        opening = formulas.opening.match(text)
        if opening:
            # «Примечание ИЗПИ!» alone on its line; with words after it, the note is complete.
            self._expects_text = len(text) - opening.end() < 3
            return True
        expected, self._expects_text = self._expects_text, False
        if formulas.whole.match(text):
            return True
        if formulas.removed.match(text):
            return not is_numbered(text)
        if self._after_note and formulas.tails.match(text):
            return True
        if expected and formulas.continuing.search(text):
            return True
        return self._expects_items > 0 and bool(formulas.list_items.match(text))
