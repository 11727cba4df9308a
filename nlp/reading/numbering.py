"""Automatic numbers as Word prints them; they stand nowhere in the text of the file.

Reads: the numbering part and styles. Writes: labels («3-тарау.», «2.1», «б)»). ISO/IEC 29500-1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nlp.reading.docx_styles import ParagraphLook, Style, Styles, run_look
from nlp.reading.number_formats import HIGHEST, written
from nlp.reading.ooxml import NAMES, Element, child, name_of, number, switched, value
from nlp.reading.symbols import without_private_characters

LEVELS = 9
_BLANK_OF_LEVEL = re.compile(r"%([1-9])")
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    ``restart``: None – after any higher level, 0 – never, n – after level n (counted from 1) or higher (17.9.10).
    """

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str = ""
    hidden: bool = False
    width: int = 1


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number. ``joined``: nothing stands between it and the text (``w:suff`` is ``nothing``)."""

    text: str
    joined: bool = False


@dataclass(slots=True)
class _List:
    """A ``w:num``: the list whose count it shares, its levels, and where its own count begins."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Definitions of lists; which list and level a paragraph belongs to."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.language = styles.language
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._lists: dict[int, Element] = {}
        self._built: dict[int, _List | None] = {}
        for element in root if root is not None else ():
            name = name_of(element)
            if name == "w:abstractNum":
                self._abstract.setdefault(value(element, "abstractNumId") or "", element)
            elif name == "w:num":
                num_id = number(element, "numId")
                if num_id:
                    self._lists.setdefault(num_id, element)

    def membership(self, look: ParagraphLook, style: Style) -> tuple[int, int] | None:
        """(numId, level) of a paragraph with these direct properties and this style; None when it has no number.

        Direct properties go first; ``numId`` 0 takes the paragraph out of the list of its style (17.9.18). A level that
        names a style belongs to the paragraphs of that style, whatever level the style itself gives (17.9.23).
        """
        num_id = look.num_id if look.num_id is not None else style.look.num_id
        if not num_id or self.list(num_id) is None:
            return None
        if look.level is not None:
            return num_id, look.level
        linked = self._linked_level(num_id, style)
        if linked is not None:
            return num_id, linked
        return num_id, (style.look.level or 0) if look.num_id is None else 0

    def list(self, num_id: int) -> _List | None:
        """The list with this ``numId``."""
        if num_id not in self._built:
            element = self._lists.get(num_id)
            self._built[num_id] = None if element is None else self._build(element)
        return self._built[num_id]

    def _linked_level(self, num_id: int, style: Style) -> int | None:
        found = self.list(num_id)
        if found is None:
            return None
        linked = {level.style: index for index, level in found.levels.items() if level.style}
        for style_id in style.chain:
            if style_id in linked:
                return linked[style_id]
            if style_id == style.numbered_by:
                break
        return None

    def _build(self, element: Element) -> _List | None:
        abstract_id = self._followed(value(child(element, "w:abstractNumId")) or "")
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return None
        built = _List(abstract_id, _levels(abstract))
        for override in element:
            index = number(override, "ilvl", high=LEVELS - 1)
            if NAMES[override.tag] != "w:lvlOverride" or index is None:
                continue
            level = child(override, "w:lvl")
            if level is not None:
                built.levels[index] = _level(level)
            start = number(child(override, "w:startOverride"), high=HIGHEST)
            if start is not None:
                built.starts[index] = start
        return built

    def _followed(self, abstract_id: str) -> str:
        """A definition that only names a numbering style stands for the definition of that style (17.9.21)."""
        seen: set[str] = set()
        while abstract_id not in seen:
            seen.add(abstract_id)
            link = value(child(self._abstract.get(abstract_id), "w:numStyleLink"))
            style = self._styles.named(link) if link else None
            target = self._lists.get(style.look.num_id or 0) if style else None
            following = value(child(target, "w:abstractNumId"))
            if following is None:
                break
            abstract_id = following
        return abstract_id


class Counter:
    """Counts the paragraphs of one document, in order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, num_id: int, index: int) -> Label | None:
        """Count one more paragraph of this list at this level; its label, or None when nothing is printed.

        Lists of one definition share their count (17.9.15), except that a list with a start of its own begins there
        at its first paragraph (17.9.26).
        """
        found = self._numbering.list(num_id)
        if found is None:
            return None
        counts = self._counts.setdefault(found.shared, [None] * LEVELS)
        self._advance(found, counts, num_id, index)
        level = found.levels.get(index, _NO_LEVEL)
        if level.hidden or not level.text:
            return None
        return Label(self._text(level, found, counts), level.suffix == "nothing")

    def _advance(self, found: _List, counts: list[int | None], num_id: int, index: int) -> None:
        own = found.starts.get(index)
        current = counts[index]
        if own is not None and (num_id, index) not in self._begun:
            counts[index] = own
        elif current is None:
            counts[index] = _start(found, index)
        else:
            counts[index] = min(current + 1, HIGHEST)
        self._begun.add((num_id, index))
        # A level that was passed over counts as begun: «1.1» without a «1.» before it is followed by «2.».
        for passed in range(index):
            if counts[passed] is None:
                counts[passed] = _start(found, passed)
        for deeper in range(index + 1, LEVELS):
            restart = found.levels.get(deeper, _NO_LEVEL).restart
            if restart is None or index < restart:
                counts[deeper] = None

    def _text(self, level: Level, found: _List, counts: list[int | None]) -> str:
        if level.format == "bullet":
            return level.text

        def figure(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            named = found.levels.get(index, _NO_LEVEL)
            count = counts[index]
            if count is None:  # a level below the paragraph's own
                return ""
            plain = level.legal and named.format not in ("none", "bullet")
            return written(count, "decimal" if plain else named.format, self._numbering.language, named.width)

        return _BLANK_OF_LEVEL.sub(figure, level.text)


def _start(found: _List, index: int) -> int:
    return found.starts.get(index, found.levels.get(index, _NO_LEVEL).start)


def _levels(abstract: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in abstract:
        index = number(element, "ilvl", high=LEVELS - 1)
        if NAMES[element.tag] == "w:lvl" and index is not None:
            levels[index] = _level(element)
    return levels


def _level(element: Element) -> Level:
    found = {NAMES[below.tag]: below for below in element}
    number_format, width = _format(element)
    text = value(found.get("w:lvlText")) or ""
    if "w:lvlPicBulletId" in found:
        number_format, text = "bullet", _BULLET
    elif number_format == "bullet":
        text = _bullet(text, child(found.get("w:rPr"), "w:rFonts"))
    start = number(found.get("w:start"), high=HIGHEST)
    return Level(
        start=start if start is not None else 0,
        format=number_format,
        text=text,
        restart=number(found.get("w:lvlRestart"), high=LEVELS),
        legal=bool(switched(found.get("w:isLgl"))),
        suffix=value(found.get("w:suff")) or "tab",
        style=value(found.get("w:pStyle")) or "",
        hidden=bool(run_look(found.get("w:rPr")).hidden),
        width=width,
    )


def _format(level: Element) -> tuple[str, int]:
    """Number format and least width. Word 2010 keeps «001, 002, …» as a custom format with a fallback for others."""
    for below in level.iter():
        if NAMES[below.tag] != "w:numFmt":
            continue
        if value(below) != "custom":
            return value(below) or "decimal", 1
        sample = (value(below, "format") or "").partition(",")[0].strip()
        if sample.isdecimal() and len(sample) <= LEVELS:
            return "decimal", len(sample)
    return "decimal", 1


def _bullet(text: str, fonts: Element | None) -> str:
    """Bullets of symbol fonts are private characters or letters of another font; dashes stay dashes."""
    shown = without_private_characters(text.strip(), value(fonts, "ascii") or value(fonts, "hAnsi") or "Symbol")
    return _BULLET if not shown or shown[0].isalpha() else shown


_NO_LEVEL = Level()
