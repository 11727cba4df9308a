"""What of the act an expert has read: the chapters of the texts, and which of them nobody confirmed to have read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from expertise.shown_text import ShownText, ShownUnit

_CHAPTERS = ("chapter",)
_PARTS = ("order", "document", "annex")  # of an act without chapters


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter. ``key`` is what ``read_chapter`` is told; the chapter of both texts is one."""

    key: str
    address: str
    citation: Mapping[str, str]
    heading: Mapping[str, str]
    read: bool


def chapters(texts: Sequence[ShownText], read: Collection[str]) -> tuple[Chapter, ...]:
    """Chapters in document order, and parts of the act that hold none; articles or points where there is neither.

    ``read``: keys that were confirmed.
    """
    found: dict[str, Chapter] = {}
    for text in texts:
        for unit in _listed(text):
            key = f"chapter:{unit.address}"[:200]  # the length that the store keeps
            heading = {text.language: text.text[unit.heading[0] : unit.heading[1]].strip()}
            known = found.get(key)
            found[key] = Chapter(
                key, unit.address, unit.citation, {**(known.heading if known else {}), **heading}, key in read
            )
    return tuple(found.values())


def unread(listed: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Chapters that nobody has confirmed to have read."""
    return tuple(chapter for chapter in listed if not chapter.read)


def _listed(text: ShownText) -> list[ShownUnit]:
    """Chapters, and the parts that hold none; where there is neither, articles and points."""
    found = [
        unit
        for unit in text.units
        if unit.kind in _CHAPTERS or (unit.kind in _PARTS and not _holds(text, unit, (*_CHAPTERS, *_PARTS)))
    ]
    if found:
        return found
    return [unit for unit in text.units if unit.kind in ("section", "article")] or [
        unit for unit in text.units if unit.kind == "point"
    ]


def _holds(text: ShownText, outer: ShownUnit, kinds: tuple[str, ...]) -> bool:
    inside = (unit for unit in text.units if unit is not outer and outer.start <= unit.start and unit.end <= outer.end)
    return any(unit.kind in kinds for unit in inside)
