"""Headers, footers and page numbers: rows at the edges of a page that neighbouring pages have too.

Reads: rows of a page and of the pages around it. Writes: which rows are set aside. Only the pages near by are
compared, so a document of any length is read with a few pages in memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nlp.reading.joining import starts_heading, starts_item
from nlp.reading.pdf_rows import Row

WINDOW = 4  # pages before and after
EDGE_ROWS = 4
_ZONE = 0.12  # of the height of the page
_LEAST_ZONE = 72.0  # points
_LEAST_LETTERS = 4
_NEAR = 6.0  # points between the base lines of the same header on two pages
_ROUGH_LENGTH = 8
_ALIKE = 0.8
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(
    r"[-–—]?\s?(?:(?:стр(?:аница|\.)?|бет)\s?)?(?P<n>\d{1,5})(?:\s?(?:из|/|от)\s?\d{1,5})?(?:\s?-?бет)?\s?[-–—]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One row at the top or the bottom of a page: its text with all figures alike, and its base line."""

    key: str
    base: float
    number: int = -1  # the page number that the row is, -1 when it is none
    rough: bool = False  # recognised from a scan: the same header never comes out twice alike
    exact: str = ""  # the whole text, where other figures make another text: «Приложение 1», «Приложение 2», «42.»


@dataclass(frozen=True, slots=True)
class Edges:
    """Rows at both edges, the outermost first."""

    top: tuple[Edge, ...]
    bottom: tuple[Edge, ...]


def edges_of(rows: Sequence[Row], low: float, high: float) -> Edges:
    """The outermost rows of a page that lie near its lower edge ``low`` and its upper edge ``high``."""
    zone = max(_ZONE * (high - low), _LEAST_ZONE)
    top = [row for row in rows[:EDGE_ROWS] if row.base > high - zone]
    bottom = [row for row in reversed(rows[-EDGE_ROWS:]) if row.base < low + zone]
    return Edges(tuple(map(_edge, top)), tuple(map(_edge, bottom)))


def _edge(row: Row) -> Edge:
    text = row.text.strip()
    match = _NUMBER.fullmatch(text)
    letters = sum(map(str.isalpha, text))
    exact = text if letters < _LEAST_LETTERS or starts_heading(text) or starts_item(text) else ""
    rough = row.words[0].page_box is not None
    return Edge(_FIGURES.sub("0", text).casefold(), row.base, int(match["n"]) if match else -1, rough, exact)


def marginal_counts(page: int, edges: dict[int, Edges], pages: int) -> tuple[int, int]:
    """How many rows at the top and at the bottom of ``page`` (from 0) are no part of its text.

    A row counts when two other pages near by (one, in a document of two pages) have it at the same place, figures
    aside; rows inside of one that does not count never do.
    """
    near = [edges[other] for other in range(page - WINDOW, page + WINDOW + 1) if other != page and other in edges]
    needed = min(2, pages - 1)
    own = edges[page]
    return (
        _count(own.top, [other.top for other in near], needed, page),
        _count(own.bottom, [other.bottom for other in near], needed, page),
    )


def _count(own: tuple[Edge, ...], near: list[tuple[Edge, ...]], needed: int, page: int) -> int:
    count = 0
    for edge in own:
        alike = sum(1 for other in near if any(_same(edge, row) for row in other))
        alone = edge.number == page + 1  # the page's own number needs no witness
        if not alone and (not needed or alike < needed):
            break
        count += 1
    return count


def _same(one: Edge, other: Edge) -> bool:
    if one.number >= 0 and other.number >= 0:
        return one.number != other.number and abs(one.base - other.base) <= _NEAR
    if abs(one.base - other.base) > _NEAR:
        return False
    if one.key == other.key:
        return one.exact == other.exact
    if not (one.rough and other.rough) or one.exact or other.exact or min(len(one.key), len(other.key)) < _ROUGH_LENGTH:
        return False
    return SequenceMatcher(None, one.key, other.key, autojunk=False).ratio() >= _ALIKE
