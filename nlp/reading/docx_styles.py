"""Styles of a DOCX, resolved along ``basedOn``: what a paragraph and a run look like, and which list they belong to.

Reads: the styles part. Writes: ``ParagraphLook`` and ``RunLook``. ISO/IEC 29500-1, 17.7 (styles), 17.7.3 (toggles).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from nlp.reading.ooxml import NAMES, Element, child, name_of, number, switched, value

_HEADING = re.compile(r"(?:heading|заголовок|тақырып)\s*№?\s*(\d)?", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents|оглавление|мазмұны)\s*(?:\d|heading\b)", re.IGNORECASE)
_BODY_LEVEL = 9
_MOST_ANCESTORS = 50  # Word itself never goes so deep; a chain of thousands is a way to take time away


class RunLook(NamedTuple):
    """Properties of characters; None where nothing is said. ``raised`` and ``size`` are in half-points."""

    bold: bool | None = None
    hidden: bool | None = None
    vertical: str | None = None
    raised: int | None = None
    size: int | None = None
    style: str | None = None

    def over(self, base: RunLook) -> RunLook:
        """This look where it says something, else the base."""
        return RunLook(*map(_first, self, base))


_PLAIN_RUN = RunLook()


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Properties of a paragraph; None where nothing is said. ``indent`` (left) is in twentieths of a point."""

    justification: str | None = None
    outline: int | None = None
    indent: int | None = None
    num_id: int | None = None
    level: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style with all that it inherits. ``chain`` holds the ids from the style itself to its last ancestor."""

    id: str
    kind: str
    name: str
    chain: tuple[str, ...]
    look: ParagraphLook = field(default_factory=ParagraphLook)
    run: RunLook = _PLAIN_RUN
    numbered_by: str = ""  # the style of the chain that names the list

    @property
    def heading_level(self) -> int:
        """Outline level from 0 when this is a heading style, else -1."""
        if self.look.outline is not None:
            return self.look.outline if self.look.outline < _BODY_LEVEL else -1
        named = _HEADING.match(self.name)
        return max(int(named[1] or 1) - 1, 0) if named else -1

    @property
    def is_contents(self) -> bool:
        """Whether lines of a table of contents carry this style."""
        return _CONTENTS.match(self.name) is not None


_NO_STYLE = Style("", "paragraph", "", ())


class Styles:
    """The styles part; an absent part is a document without styles."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default = ""
        self._shown: dict[tuple[str, RunLook], RunLook] = {}
        self.defaults = RunLook()
        self.language = ""
        for element in root if root is not None else ():
            name = name_of(element)
            if name == "w:style":
                self._add(element)
            elif name == "w:docDefaults":
                properties = child(child(element, "w:rPrDefault"), "w:rPr")
                self.defaults = run_look(properties)
                self.language = value(child(properties, "w:lang")) or ""

    def paragraph(self, style_id: str | None) -> Style:
        """The paragraph style with this id; the default one for an unknown id (ISO 29500-1, 17.7.4.17)."""
        known = style_id if style_id in self._elements else self._default
        return self._resolve(known) if known else _NO_STYLE

    def named(self, style_id: str) -> Style | None:
        """The style with this id, of any kind."""
        return self._resolve(style_id) if style_id in self._elements else None

    def run(self, paragraph_style: Style, look: RunLook) -> RunLook:
        """What a run with direct properties ``look`` looks like in a paragraph of this style."""
        key = (paragraph_style.id, look)
        known = self._shown.get(key)
        if known is None:
            known = self._shown[key] = look.over(self._blend(paragraph_style, look.style))
        return known

    def _blend(self, paragraph_style: Style, character_style: str | None) -> RunLook:
        character = self.named(character_style) if character_style else None
        above = character.run if character else _PLAIN_RUN
        below = paragraph_style.run
        mixed = above.over(below).over(self.defaults)
        # Toggle properties of a paragraph and of a character style cancel each other (17.7.3).
        bold = bool(above.bold) != bool(below.bold) or bool(self.defaults.bold)
        hidden = bool(above.hidden) != bool(below.hidden) or bool(self.defaults.hidden)
        return RunLook(bold, hidden, mixed.vertical, mixed.raised, mixed.size, mixed.style)

    def _add(self, element: Element) -> None:
        style_id = value(element, "styleId")
        if not style_id or style_id in self._elements:
            return
        self._elements[style_id] = element
        default = (value(element, "default") or "").lower()
        if value(element, "type") == "paragraph" and default in ("1", "true", "on"):
            self._default = style_id

    def _resolve(self, style_id: str) -> Style:
        known = self._resolved.get(style_id)
        if known is None:
            known = self._resolved[style_id] = self._build(style_id)
        return known

    def _build(self, style_id: str) -> Style:
        chain = self._chain(style_id)
        element = self._elements[style_id]
        look, run, numbered_by = ParagraphLook(), RunLook(), ""
        for ancestor in chain:
            own = paragraph_look(child(self._elements[ancestor], "w:pPr"))
            if own.num_id is not None and look.num_id is None:
                numbered_by = ancestor
            look = _paragraph_over(look, own)
            run = run.over(run_look(child(self._elements[ancestor], "w:rPr")))
        name = value(child(element, "w:name")) or style_id
        return Style(style_id, value(element, "type") or "paragraph", name, chain, look, run, numbered_by)

    def _chain(self, style_id: str) -> tuple[str, ...]:
        chain: list[str] = []
        current: str | None = style_id
        while current in self._elements and current not in chain and len(chain) < _MOST_ANCESTORS:
            chain.append(current)
            current = value(child(self._elements[current], "w:basedOn"))
        return tuple(chain)


def paragraph_look(properties: Element | None) -> ParagraphLook:
    """Direct properties in a ``w:pPr``; the former ones in ``w:pPrChange`` are not looked at."""
    if properties is None:
        return ParagraphLook()
    found = {NAMES[below.tag]: below for below in properties}
    listed = found.get("w:numPr")
    indent = found.get("w:ind")
    left = number(indent, "left")
    return ParagraphLook(
        justification=value(found.get("w:jc")),
        outline=number(found.get("w:outlineLvl")),
        indent=left if left is not None else number(indent, "start"),
        num_id=number(child(listed, "w:numId")),
        level=number(child(listed, "w:ilvl"), high=8),
        style=value(found.get("w:pStyle")),
    )


def run_look(properties: Element | None) -> RunLook:
    """Direct properties in a ``w:rPr``; the former ones in ``w:rPrChange`` are not looked at."""
    if properties is None:
        return _PLAIN_RUN
    bold = hidden = vertical = raised = size = style = None
    for below in properties:
        name = NAMES[below.tag]
        if name == "w:b":
            bold = switched(below)
        elif name == "w:vanish":
            hidden = switched(below)
        elif name == "w:vertAlign":
            vertical = value(below)
        elif name == "w:position":
            raised = number(below, low=-1000, high=1000)
        elif name == "w:sz":
            size = number(below)
        elif name == "w:rStyle":
            style = value(below)
    return RunLook(bold, hidden, vertical, raised, size, style)


def _paragraph_over(look: ParagraphLook, base: ParagraphLook) -> ParagraphLook:
    return ParagraphLook(*(_first(getattr(look, each.name), getattr(base, each.name)) for each in fields(look)))


def _first(above: Any, below: Any) -> Any:
    return above if above is not None else below
