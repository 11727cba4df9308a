"""Marks of Markdown that converters of acts produce: headings, bold lines, rules, pipe tables, notes, properties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}$|(?:=[ \t]*){3,}$")
_FENCE = re.compile(r"(?:`{3,}|~{3,})[\w+-]*$")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,30}\]:[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[[^\W\d][\w -]{0,40}\]:[ \t]+\S*[:/#.]\S*")
_PROPERTY = re.compile(r"[A-Za-z][\w-]{0,40}:(?:\s|$)|\s+\S|#")
_MOST_PROPERTIES = 50
_NUMBER = re.compile(r"[ \t]*(\d{1,3})([.)])[ \t]+(?=\S)")
_PIPES = re.compile(r"\|.*\|\s*$")
_DIVIDER = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+\s*$")
_MARKS = re.compile(r"^#{1,6}\s|\*\*\S|\]\([^)\s]*\)", re.MULTILINE)
_BOLD = re.compile(r"\s*\*\*(?:(?!\*\*).)+\*\*\s*$", re.DOTALL)
_CELL = re.compile(r"\|((?:\\.|[^|\\])*)(?=\|)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: ``level`` 1–6 and the span of its words in the line."""

    level: int
    start: int
    end: int


def has_markdown(text: str) -> bool:
    """Whether a text holds marks of Markdown at all."""
    return bool(_MARKS.search(text))


def heading_of(raw: str) -> Heading | None:
    """The heading that a raw line is («## Раздел 1»), or None. Single stars around its words are left out."""
    match = _HEADING.match(raw)
    if not match:
        return None
    end = len(raw.rstrip())
    closing = _CLOSING.search(raw)
    if closing and closing.start() > match.end():
        end = closing.start()
    start = match.end()
    while end - start > 2 and raw[start] == raw[end - 1] and raw[start] in "*_":
        start, end = start + 1, end - 1
    return Heading(len(match.group(1)), start, end)


def is_rule(raw: str) -> bool:
    """A line of dashes, stars or equals signs that only draws a line, or the fence of a piece of code."""
    raw = raw.strip()
    return (bool(_RULE.match(raw)) and "_" not in raw) or bool(_FENCE.match(raw))


def note_of(raw: str) -> int | None:
    """Where the words of a note at the foot begin («[^1]: Слова»); None for another line."""
    match = _NOTE.match(raw)
    return match.end() if match else None


def is_reference(raw: str) -> bool:
    """The address of a link, given apart from its words («[закон]: http://…»)."""
    return bool(_REFERENCE.match(raw))


def properties(lines: Sequence[str]) -> int:
    """How many lines at the head of a file are its properties, between two lines of dashes."""
    if not lines or lines[0].strip() != "---":
        return 0
    for at, line in enumerate(lines[1 : _MOST_PROPERTIES + 1], start=1):
        if line.strip() == "---":
            return at + 1 if at > 1 else 0
        if not _PROPERTY.match(line):
            return 0
    return 0


def number_of(raw: str) -> tuple[int, str, int] | None:
    """Number of an item, its mark and where its words begin: «1. Слова» → (1, ".", 3)."""
    match = _NUMBER.match(raw)
    return (int(match.group(1)), match.group(2), match.end()) if match else None


def is_bold(raw: str) -> bool:
    """Whether a whole paragraph is one bold run."""
    return bool(_BOLD.match(raw))


def is_pipe_row(raw: str) -> bool:
    """A row of a pipe table (or the line of dashes under its head)."""
    return bool(_PIPES.match(raw.strip()))


def is_divider(raw: str) -> bool:
    """The line of dashes under the head of a pipe table."""
    return bool(_DIVIDER.match(raw.strip()))


def pipe_cells(raw: str) -> list[tuple[int, int]]:
    """Spans of the cells of a pipe row."""
    return [match.span(1) for match in _CELL.finditer(raw)]
