"""The order in which a page is read: its paragraphs as a browser would print them, each with its place and its look.

Reads: the tree of a page. Writes: ``Printed`` paragraphs and what is set aside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.html_frame import Frame
from nlp.reading.html_look import Hidden, align_of, bold_of, has_marker, raised_of, words
from nlp.reading.html_tables import Grid, cells_of, holds_data, is_bilingual
from nlp.reading.html_tree import Element, text_of
from nlp.reading.joining import ends_sentence, starts_heading, starts_item
from nlp.reading.noise import opens_note
from nlp.reading.number_formats import HIGHEST, written
from nlp.reading.source import Dropped, DropReason, Place

_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "td"}
    | {"th", "thead", "tbody", "tfoot", "blockquote", "pre", "section", "article", "main", "header", "footer", "aside"}
    | {
        "nav",
        "form",
        "fieldset",
        "legend",
        "address",
        "figure",
        "figcaption",
        "center",
        "body",
        "html",
        "hr",
        "details",
    }
    | {"summary", "xmp", "listing", "plaintext", "menu"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PREFORMATTED = frozenset({"pre", "xmp", "listing", "plaintext"})
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BREAKS = re.compile(r"\n[ \t\n]*")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LIST_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BULLET = "•"
_LONGEST_MARK = 12  # characters of a reference to a note


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as it is printed. ``label`` is the number or bullet that the page shows before it.

    ``heading`` is the level of an HTML heading, 0 for none; ``column`` as in ``BlockStyle``.
    """

    text: str
    place: Place
    label: str = ""
    heading: int = 0
    bold: bool = False
    align: str = ""
    column: int = 0


@dataclass(slots=True)
class _List:
    """An open list: what it counts in and the number of its next item."""

    kind: str
    next: int = 1
    step: int = 1
    marked: bool = True


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for the text inside an element."""

    heading: int = 0
    bold: bool = False
    align: str = ""
    raised: str = ""
    pre: bool = False
    listing: _List | None = None
    grid: Grid | None = None
    place: Place = Place(-1)  # noqa: RUF009 - frozen
    column: int = 0


@dataclass(slots=True)
class _Line:
    """The paragraph being printed."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    label: str = ""


class Flow:
    """Reads one page once; then ``printed``, ``dropped``, ``hidden`` (characters), ``inserted``, ``deleted``."""

    def __init__(self, root: Element, limits: Limits) -> None:
        self.printed: list[Printed] = []
        self.dropped: list[Dropped] = []
        self.hidden = 0
        self.inserted = 0
        self.deleted = 0
        self._limits = limits
        self._is_hidden = Hidden(root)
        etree.strip_elements(root, "script", "style", "template", "noscript", with_tail=False)
        self._frame = Frame(root)
        self._line = _Line()
        self._contexts = [_Context()]
        self._in_main = self._frame.main is None
        self._tables = 0
        self._cells = 0
        self._walk(root)
        self._flush()

    def _walk(self, root: Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: Element | None = None
        for event, element in walker:
            if event == "start":
                if self._is_passed_over(element):
                    skipped = element
                    walker.skip_subtree()
                else:
                    self._open(element)
                    self._text(element.text)
                continue
            if element is skipped:
                skipped = None
            else:
                self._close(element)
            self._text(element.tail)

    # What is set aside

    def _is_passed_over(self, element: Element) -> bool:
        if element.tag in words().ignored:
            return True
        if element is self._frame.main:
            self._in_main = True
        reason = self._frame.reason(element)
        if reason is None and not self._in_main and self._frame.is_outside(element):
            reason = DropReason.HEADER_FOOTER
        if reason is None and self._is_hidden(element):
            self.hidden += len(_shown(element))
            reason = DropReason.MARKUP
        reason = reason or _note_reason(element)
        if reason is None and element.tag == "del":
            self.deleted += bool(_shown(element))
            reason = DropReason.DELETED_REVISION
        if reason is None:
            return _is_note_reference(element)
        if _shown(element):
            self.dropped.append(Dropped(reason, _shown(element), self._place()))
        return True

    def _place(self) -> Place:
        return replace(self._contexts[-1].place, paragraph=len(self.printed))

    # Elements

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
        above = self._contexts[-1]
        here = replace(
            above,
            bold=bold_of(element, above.bold),
            align=align_of(element, above.align),
            raised=raised_of(element, above.raised),
            pre=above.pre or tag in _PREFORMATTED,
            heading=_HEADINGS.get(tag, above.heading),
        )
        if tag == "br":
            self._line.pieces.append("\n")
        elif tag == "ins":
            self.inserted += bool(_shown(element))
        elif tag in ("ul", "ol", "menu"):
            here = replace(here, listing=_list_of(element))
        elif tag == "li":
            self._line.label = _label(element, here.listing)
        elif tag in ("table", "tr", "td", "th"):
            here = self._open_table_part(element, here)
        self._contexts.append(here)

    def _open_table_part(self, element: Element, here: _Context) -> _Context:
        if element.tag == "table":
            if not holds_data(element):
                return replace(here, grid=None, align="", bold=False)
            self._tables += 1
            return replace(here, grid=Grid(self._tables - 1), heading=0, align="", bold=False, column=0)
        if here.grid is None:
            return self._open_layout_cell(element, here)
        if element.tag == "tr":
            here.grid.next_row()
            return here
        self._cells += 1
        if self._cells > self._limits.table_cells:
            raise ReadingError("reading.table_too_large", limit=self._limits.table_cells)
        column = here.grid.next_cell(element)
        return replace(here, place=Place(-1, here.grid.index, max(here.grid.row, 0), column))

    def _open_layout_cell(self, element: Element, here: _Context) -> _Context:
        row = element.getparent()
        if element.tag == "tr" or row is None or row.tag != "tr":
            return here
        cells = cells_of(row)
        if here.place.table < 0 and is_bilingual(row):
            full = [cell for cell in cells if _shown(cell)]
            return replace(here, column=1 if element is full[0] else 2)
        # A stamp of approval set to the right by an empty cell before it.
        if not here.align and cells and element is cells[-1] and len(cells) > 1 and not any(map(_shown, cells[:-1])):
            return replace(here, align="right")
        return here

    def _close(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag == "li":
            self._line.label = ""
        if element is self._frame.main:
            self._in_main = False
        self._contexts.pop()

    # Text

    def _text(self, text: str | None) -> None:
        if not text:
            return
        here = self._contexts[-1]
        text = text.replace("\r\n", "\n").replace("\r", "\n") if here.pre else _BLANKS.sub(" ", text)
        if here.raised:
            text = text.translate(_SUPERSCRIPTS if here.raised == "super" else _SUBSCRIPTS)
        line = self._line
        line.pieces.append(text)
        length = len(text.strip())
        line.letters += length
        line.bold += length if here.bold else 0

    def _flush(self) -> None:
        line, self._line = self._line, _Line()
        text = "".join(line.pieces)
        if not text.strip(" \xa0\n\t"):
            self._line.label = line.label  # the item's text comes in a block of its own
            return
        here = self._contexts[-1]
        bold = line.bold == line.letters > 0
        label = line.label
        for part in _parts(text, whole=bool(here.heading)):
            if label and (starts_item(part.strip()) or starts_heading(part.strip())):
                label = ""  # the author typed the number as well
            self.printed.append(Printed(part, self._place(), label, here.heading, bold, here.align, here.column))
            label = ""


def _parts(text: str, *, whole: bool) -> list[str]:
    """The paragraphs that breaks (``br``) make of one.

    A break is the wrap of a line when the line before it ends no sentence and the next one begins no unit; two breaks
    in a row always part paragraphs. ``whole``: a heading, in which every break is a wrap.
    """
    parts: list[str] = []
    start = at = 0
    for match in _BREAKS.finditer(text):
        before, after = (
            text[at : match.start()].strip(),
            text[match.end() : match.end() + 200].partition("\n")[0].strip(),
        )
        at = match.end()
        if whole or not before or not after:
            continue
        note = opens_note(text[start : match.start()].lstrip())
        if match.group().count("\n") > 1 or _parts_paragraphs(before, after, note):
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return [part for part in parts if part.strip(" \xa0\n\t")]


def _parts_paragraphs(before: str, after: str, note: bool) -> bool:
    """``note``: the paragraph is an editors' note, which goes on in lines that begin no sentence."""
    if starts_item(after) or starts_heading(after) or opens_note(after):
        return True
    return ends_sentence(before) and not (note and not after[0].isupper())


def _shown(element: Element) -> str:
    """The text of an element on one line."""
    return " ".join(text_of(element).split())


def _is_note_reference(element: Element) -> bool:
    if element.tag != "a" or len(_shown(element)) > _LONGEST_MARK:
        return False
    _, mark, anchor = element.get("href", "").rpartition("#")
    return bool(mark and words().note_reference.match(anchor))


def _note_reason(element: Element) -> DropReason | None:
    if element.tag in ("div", "li", "p", "aside") and words().note_body.match(element.get("id", "")):
        return DropReason.FOOTNOTE
    return None


# Lists


def _list_of(element: Element) -> _List:
    if element.tag != "ol":
        return _List("bullet", marked=has_marker(element))
    items = sum(1 for below in element if below.tag == "li")
    backwards = element.get("reversed") is not None
    start = _number(element.get("start"), items if backwards else 1)
    return _List(
        _LIST_TYPES.get(element.get("type", "1"), "decimal"), start, -1 if backwards else 1, has_marker(element)
    )


def _label(item: Element, listing: _List | None) -> str:
    if listing is None:
        return ""
    if listing.kind == "bullet":
        return _BULLET if listing.marked and has_marker(item) else ""
    number = _number(item.get("value"), listing.next)
    listing.next = number + listing.step
    if not (listing.marked and has_marker(item)) or not 0 <= number <= HIGHEST:
        return ""
    return written(number, listing.kind) + "."


def _number(given: str | None, otherwise: int) -> int:
    given = (given or "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 8 else otherwise
