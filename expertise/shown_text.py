"""The texts of an examination as they are shown: clean text, tree of units, places on pages.

Reads: TextReport. Writes: plain JSON values, kept beside the result, so that no page has to read the file again.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nlp.examination import Examination, TextReport
from nlp.structure.act import Unit
from nlp.structure.citations import Citations

VERSION = 1


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """One unit as it is shown. Offsets are of the clean text; ``label`` is its number as printed."""

    address: str
    kind: str
    role: str
    citation: Mapping[str, str]
    label: str
    start: int
    end: int
    own: tuple[int, int]
    heading: tuple[int, int]
    depth: int


@dataclass(frozen=True, slots=True)
class ShownBox:
    """A word on a page of a PDF or scan, in points from the lower left corner."""

    start: int
    end: int
    page: int
    corners: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text: ``units`` in document order, ``boxes`` empty where the format has no pages."""

    language: str
    name: str
    sha256: str
    format: str
    title: str
    text: str
    units: tuple[ShownUnit, ...]
    boxes: tuple[ShownBox, ...]
    worked_out: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What pages made of the text alone, kept as long as the text is."""


def texts_json(examination: Examination) -> str:
    """All texts of the examination as JSON."""
    texts = [_text(report) for report in examination.reports]
    return json.dumps({"version": VERSION, "texts": texts}, ensure_ascii=False, separators=(",", ":"))


def read_texts(words: str) -> tuple[ShownText, ...]:
    """What ``texts_json`` wrote. Raises ``ValueError`` for another version."""
    raw = json.loads(words)
    if raw.get("version") != VERSION:
        raise ValueError(f"texts of version {raw.get('version')}")
    return tuple(_read(entry) for entry in raw["texts"])


def boxes_in(text: ShownText, start: int, end: int) -> tuple[ShownBox, ...]:
    """The boxes of all words that a span touches, in order."""
    first = bisect_right(text.boxes, start, key=lambda box: box.end)
    last = bisect_left(text.boxes, end, key=lambda box: box.start)
    return text.boxes[first:last]


def _text(report: TextReport) -> dict[str, Any]:
    act = report.act
    source = act.source
    boxes = [box for block in source.blocks for box in block.boxes]
    return {
        "language": report.language,
        "name": source.name,
        "sha256": source.sha256,
        "format": source.format,
        "title": act.requisites.title,
        "text": source.text,
        "units": list(_units(Citations(act), act.root, 0)),
        "boxes": [[b.start, b.end, b.page, *(round(x, 1) for x in (b.x0, b.y0, b.x1, b.y1))] for b in boxes],
    }


def _units(citations: Citations, unit: Unit, depth: int) -> Iterator[list[Any]]:
    act = citations.act
    for child in unit.children:
        cited = {language: citations.cite(child.address, language) for language in ("ru", "kk")}
        starts = [start for start, end in (child.own, child.heading) if end > start]
        words_at = min([*starts, *(below.span[0] for below in child.children)], default=child.span[1])
        label = act.source.text[child.span[0] : words_at].strip()
        yield [
            child.address, child.kind.value, child.role.value, cited, label, *child.span, list(child.own),
            list(child.heading), depth,
        ]  # fmt: skip
        yield from _units(citations, child, depth + 1)


def _read(raw: Mapping[str, Any]) -> ShownText:
    return ShownText(
        language=raw["language"],
        name=raw["name"],
        sha256=raw["sha256"],
        format=raw["format"],
        title=raw["title"],
        text=raw["text"],
        units=tuple(_unit(row) for row in raw["units"]),
        boxes=tuple(ShownBox(row[0], row[1], row[2], (row[3], row[4], row[5], row[6])) for row in raw["boxes"]),
    )


def _unit(row: list[Any]) -> ShownUnit:
    address, kind, role, cited, label, start, end, own, heading, depth = row
    return ShownUnit(
        address, kind, role, cited, label, start, end, (own[0], own[1]), (heading[0], heading[1]), depth
    )  # fmt: skip
