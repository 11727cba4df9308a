"""An act as it stands on the review page: lines of text with the flagged words in them, and a table of contents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from markupsafe import Markup, escape

from expertise.shown_text import ShownText, ShownUnit

_CONTENTS = ("part", "section", "subsection", "task", "chapter", "paragraph", "article", "document", "annex", "order")
_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """Words a finding is about: offsets in the clean text, how they are shown."""

    start: int
    end: int
    finding: str
    tone: str  # severity, or «dismissed»


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line. ``findings`` are those whose words it holds, the gravest tone decides the colour.

    ``first``: findings whose words begin here (the anchor a link leads to).
    """

    text: str
    findings: tuple[str, ...] = ()
    tone: str = ""
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the act. ``style`` is its role or kind: title, heading, norm, stamp, row …"""

    address: str
    label: str
    style: str
    depth: int
    pieces: tuple[Piece, ...]
    citation: str
    at: int  # offset of its first word
    html: str = ""  # as it is shown, of a line without marks: most lines, the same for everybody


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents with the number of findings below it."""

    address: str
    label: str
    title: str
    depth: int
    findings: int
    read: bool
    start: int


_TONES = ("high", "medium", "low", "dismissed")


def lines(text: ShownText, marks: Iterable[MarkedSpan], language: str) -> tuple[Line, ...]:
    """All paragraphs of the act in order, with the marks in them."""
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    starts, furthest = [mark.start for mark in ordered], list(accumulate((mark.end for mark in ordered), max))
    started: set[str] = set()
    shown = []
    for line in _plain_lines(text, language):
        end = line.at + sum(len(piece.text) for piece in line.pieces)
        before = bisect_left(starts, end)  # marks that begin before the line ends; does one of them reach into it?
        if before and furthest[before - 1] > line.at:
            pieces = tuple(_pieces(text.text, line.at, end, ordered, started))
            line = replace(line, pieces=pieces, html="" if any(piece.findings for piece in pieces) else line.html)
        shown.append(line)
    return tuple(shown)


def _plain_lines(text: ShownText, language: str) -> tuple[Line, ...]:
    """The same without marks, worked out once for each text."""
    key = "lines", language
    kept: tuple[Line, ...] | None = text.worked_out.get(key)
    if kept is None:
        made = _with_labels(_paragraphs(text, language))
        kept = text.worked_out[key] = tuple(replace(line, html=_html(line, text.language)) for line in made)
    return kept


def _html(line: Line, language: str) -> str:
    """As the template of the review shows a line with marks (a test compares the two)."""
    label = f'<span class="label">{escape(line.label)}</span> ' if line.label else ""
    style = "row-line" if line.style == "row" else line.style
    words = escape("".join(piece.text for piece in line.pieces))
    return Markup(f'<p class="{style} d{min(line.depth, 5)}" id="u-{language}-{line.at}">{label}{words}</p>')


def _paragraphs(text: ShownText, language: str) -> list[Line]:
    found: list[Line] = []
    for unit in text.units:
        for (start, end), style in ((unit.heading, "heading"), (unit.own, _style(unit))):
            if end <= start:
                continue
            label = unit.label if (start, end) == unit.heading or unit.heading[1] <= unit.heading[0] else ""
            pieces = (Piece(text.text[start:end]),)
            found.append(Line(unit.address, label, style, unit.depth, pieces, unit.citation[language], start))
        if unit.heading[1] <= unit.heading[0] and unit.own[1] <= unit.own[0] and unit.label:
            found.append(Line(unit.address, unit.label, "label", unit.depth, (), unit.citation[language], unit.start))
    return found


def _with_labels(found: Sequence[Line]) -> tuple[Line, ...]:
    """A number alone on its line («4.» before the parts of point 4) is put before the words that follow."""
    result: list[Line] = []
    waiting = ""
    for line in found:
        if line.style == "label":
            waiting = f"{waiting} {line.label}".strip()
            continue
        label = f"{waiting} {line.label}".strip() if waiting else line.label
        result.append(replace(line, label=label))
        waiting = ""
    return tuple(result)


def _style(unit: ShownUnit) -> str:
    if unit.role in ("title", "stamp", "signature", "requisite", "enacting", "preamble", "heading"):
        return unit.role
    return "row" if unit.kind == "row" else "norm"


def _pieces(text: str, start: int, end: int, marks: Sequence[MarkedSpan], started: set[str]) -> Iterable[Piece]:
    """The stretch cut at every beginning and end of a mark, so that overlapping marks are all shown."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = sorted({start, end, *(max(m.start, start) for m in inside), *(min(m.end, end) for m in inside)})
    for left, right in pairwise(cuts):
        over = [mark for mark in inside if mark.start <= left and mark.end >= right]
        names = tuple(dict.fromkeys(mark.finding for mark in over))
        tone = min((mark.tone for mark in over), key=_TONES.index, default="")
        first = tuple(name for name in names if name not in started)
        started.update(first)
        yield Piece(text[left:right], names, tone, first)


def contents(text: ShownText, marks: Iterable[MarkedSpan], read: frozenset[str]) -> tuple[Entry, ...]:
    """Headings of the act; in an act without chapters and articles, its points.

    ``read``: addresses of chapters that were read. Findings are counted under the nearest entry above them.
    """
    chosen = [unit for unit in text.units if unit.kind in _CONTENTS and unit.end > unit.start]
    if not any(unit.kind in ("chapter", "article", "section") for unit in chosen):
        chosen = [unit for unit in text.units if unit.kind in (*_CONTENTS, "point") and unit.end > unit.start]
    counts = dict.fromkeys((unit.address for unit in chosen), 0)
    for finding, start in _begin(marks).items():
        del finding
        holding = [unit for unit in chosen if unit.start <= start < unit.end]
        if holding:
            counts[max(holding, key=lambda unit: unit.start).address] += 1
    return tuple(
        Entry(
            unit.address,
            unit.label,
            _title(text, unit),
            unit.depth,
            counts[unit.address],
            unit.address in read,
            unit.start,
        )
        for unit in chosen
    )


def _begin(marks: Iterable[MarkedSpan]) -> dict[str, int]:
    found: dict[str, int] = {}
    for mark in marks:
        found[mark.finding] = min(mark.start, found.get(mark.finding, mark.start))
    return found


def _whole(text: ShownText, unit: ShownUnit) -> str:
    """The title of a document or annex: the words of the unit below it that is its title."""
    inside = (each for each in text.units if each.role == "title" and unit.start <= each.start < unit.end)
    title = next(inside, None)
    return text.text[title.own[0] : title.own[1]] if title else ""


def _title(text: ShownText, unit: ShownUnit) -> str:
    start, end = unit.heading if unit.heading[1] > unit.heading[0] else unit.own
    if end <= start:
        start, end = min(unit.start + len(unit.label), unit.end), unit.end
    whole = _whole(text, unit) if unit.kind in ("document", "annex", "order") else ""
    words = " ".join((whole or text.text[start:end]).split())
    return words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
