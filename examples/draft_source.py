"""Readable sources of the example drafts: reading them, checking them, and the address of every paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

MARKUP = re.compile(r"\[-(?P<deleted>.*?)-\]|\{\+(?P<inserted>.*?)\+\}", re.DOTALL)


class SourceError(ValueError):
    """A source file says something the builder cannot honour; the message names the place."""


@dataclass(frozen=True, slots=True)
class Address:
    """Place of a paragraph, in the terms of the gold files.

    ``unit``: number of the point ("7"), of a point of the order ("o3"), of an annex ("a1"). ``sub``: subpoint ("4)")
    or "". ``part``: "" for the first part of a point, "2", "3" … for the further ones.
    """

    unit: str
    sub: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph with tracked changes; ``change`` is "", "ins" or "del"."""

    text: str
    change: str = ""


def load(path: Path) -> dict[str, Any]:
    """A draft or its tracked changes. Raises ``SourceError`` when points are not numbered 1, 2, 3 …"""
    source: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "document" in source:
        _check_numbers(source["order"], f"{path.name}: order")
        _check_numbers(document_points(source), f"{path.name}: document")
    return source


def document_points(source: dict[str, Any]) -> list[dict[str, Any]]:
    """Points of the approved document; they are numbered through all chapters."""
    return [point for chapter in source["document"]["chapters"] for point in chapter["points"]]


def paragraphs(point: dict[str, Any], prefix: str = "") -> Iterator[tuple[Address, str, str]]:
    """(address, style, text) of every paragraph of a point; style is "point", "subpoint" or "part"."""
    unit = f"{prefix}{point['point']}"
    yield Address(unit), "point", point["text"]
    for number, item in enumerate(point.get("items", ()), start=1):
        yield Address(unit, sub=f"{number})"), "subpoint", item
    for number, part in enumerate(point.get("more", ()), start=2):
        yield Address(unit, part=str(number)), "part", part


def pieces(text: str) -> list[Piece]:
    """Text with ``[-deleted-]`` and ``{+inserted+}`` marks, cut at the marks."""
    found: list[Piece] = []
    position = 0
    for match in MARKUP.finditer(text):
        found.append(Piece(text[position : match.start()]))
        deleted = match.group("deleted")
        found.append(Piece(match.group("inserted"), "ins") if deleted is None else Piece(deleted, "del"))
        position = match.end()
    found.append(Piece(text[position:]))
    return [piece for piece in found if piece.text]


def before(changed: list[Piece]) -> str:
    """The text as it was: without insertions."""
    return "".join(piece.text for piece in changed if piece.change != "ins")


def _check_numbers(points: list[dict[str, Any]], where: str) -> None:
    written = [point["point"] for point in points]
    if written != list(range(1, len(points) + 1)):
        raise SourceError(f"{where}: points are numbered {written}, Word would print 1 to {len(points)}")
