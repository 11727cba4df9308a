"""The few marks of Markdown that converters of acts produce: headings, bold lines, rules, pipe tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}$|(?:=[ \t]*){3,}$")
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
    """A line of dashes, stars or equals signs that only draws a line."""
    return bool(_RULE.match(raw.strip())) and "_" not in raw


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
