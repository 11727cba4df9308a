"""Words that were not marked because the act itself closes them, with the line of the text where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.act_view import Line


@dataclass(frozen=True, slots=True)
class ClosedWords:
    """``told`` says where they are closed; ``at`` is the start of their line, -1 where their text is not shown."""

    factor: str
    citation: str
    told: str
    language: str
    at: int


def closed_words(
    entries: Sequence[Mapping[str, Any]], shown: Mapping[str, Sequence[Line]], language: str
) -> tuple[ClosedWords, ...]:
    """Those of the texts that are shown, ``shown``: language → lines, in the order of the texts; then the others."""
    made = [_one(each, shown, language) for each in entries]
    return tuple(sorted(made, key=lambda each: each.at < 0))


def _one(entry: Mapping[str, Any], shown: Mapping[str, Sequence[Line]], language: str) -> ClosedWords:
    mark, code = entry["mark"], str(entry["language"])
    lines = shown.get(code, ())
    before = bisect_right(lines, mark["start"], key=lambda line: line.at)
    line = lines[before - 1] if before else None
    citation = line.citation if line else str(mark["citation"])  # of a text that is shown in the reader's language
    return ClosedWords(str(entry["factor"]), citation, str(entry["text"][language]), code, line.at if line else -1)
