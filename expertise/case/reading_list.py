"""What of the act an expert has read and looked up: the chapters of the texts, which of them nobody confirmed to have
read, and what the machine could not decide and asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the machine. ``key`` is what ``read_chapter`` is told; it stays the same while the norm and what is
    asked of it do, so that an answer outlives a new analysis. ``checked``: somebody has looked it up; ``answer`` is
    what they noted."""

    key: str
    language: str
    element: str
    address: str
    citation: str
    start: int
    quote: str
    text: Mapping[str, str]
    checked: bool
    answer: str


def questions(told: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> tuple[Asked, ...]:
    """Questions of the last analysis in the order of the texts.

    ``told``: as ``summary_of`` keeps them; ``answers``: keys that were confirmed → what was noted.
    """
    seen: Counter[str] = Counter()
    made = []
    for each in told:
        mark = each["mark"]
        words = "\n".join((each["language"], each["detector"], each["element"], mark["quote"], each["text"]["ru"]))
        seen[words] += 1  # equal norms are told apart by their order
        digest = sha256(f"{words}\n{seen[words]}".encode()).hexdigest()
        key = f"question:{digest[:32]}"
        made.append(
            Asked(
                key, each["language"], each["element"], mark["address"], mark["citation"], mark["start"],
                mark["quote"], each["text"], key in answers, answers.get(key, ""),
            )
        )  # fmt: skip
    return tuple(made)


def most_useful(told: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    """The questions of one text that are put to the reader, in its order: one of every norm before a second of any, so
    that what is left out is asked of norms that the reader looks at anyway."""
    asked_of: Counter[str] = Counter()
    ranks = []
    for position, each in enumerate(told):
        address = each["mark"]["address"]
        ranks.append((asked_of[address], position))
        asked_of[address] += 1
    return [told[position] for position in sorted(position for _, position in sorted(ranks)[:most])]


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
