"""One paragraph of a DOCX: which of its accepted text is read, how it looks, what is set aside.

Reads: the tokens of a paragraph, styles, open fields. Writes: ``Paragraph``. ISO/IEC 29500-1, 17.3 and 17.16 (fields).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nlp.reading.docx_styles import RunLook, Style, Styles, run_look
from nlp.reading.ooxml import NAMES, Element, child, value
from nlp.reading.revisions import Token
from nlp.reading.symbols import without_private_characters

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = 4  # half-points; less is an adjustment of the line, not an index
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote", "w:commentReference": "comment"}
_CONTENTS_FIELD = re.compile(r"\s*TOC\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_PRIVATE = re.compile("[\uf020-\uf0ff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Read text and where it begins in the accepted text of the paragraph."""

    text: str
    source: int
    bold: bool


@dataclass(slots=True)
class Paragraph:
    """What one paragraph gives. ``notes``: kinds and ids of the notes and comments anchored in it."""

    pieces: list[Piece] = field(default_factory=list)
    contents: str = ""
    hidden: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        """Whether all that can be seen is bold."""
        seen = [piece.bold for piece in self.pieces if not piece.text.isspace()]
        return bool(seen) and all(seen)


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False


class Fields:
    """Complex fields that are open; they may go on over many paragraphs (17.16.18)."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def feed(self, node: Element) -> None:
        """Take a field character or a piece of an instruction."""
        if NAMES[node.tag] == "w:instrText":
            if self._open and not self._open[-1].in_result and len(self._open[-1].code) < 200:
                self._open[-1].code += node.text or ""
            return
        kind = value(node, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    @property
    def in_instruction(self) -> bool:
        """Text here is part of an instruction, which is not shown."""
        return bool(self._open) and any(not each.in_result for each in self._open)

    @property
    def in_contents(self) -> bool:
        """Text here is the result of a table of contents."""
        return bool(self._open) and any(_CONTENTS_FIELD.match(each.code) for each in self._open)

    @property
    def unfinished(self) -> bool:
        """Whether a field that takes text away was never closed: the file is faulty and its fields are not believed."""
        return self.in_instruction or self.in_contents


class ParagraphReader:
    """Reads paragraphs of one document in order."""

    def __init__(self, styles: Styles, *, believe_fields: bool = True) -> None:
        self._styles = styles
        self._believe_fields = believe_fields
        self.fields = Fields()

    def read(self, tokens: list[Token], style: Style, *, contents: bool) -> Paragraph:
        """``contents``: the whole paragraph is known to be a line of a table of contents."""
        paragraph = Paragraph()
        looks = self._looks(tokens, style)
        level = _common_height(tokens, looks)
        position = 0
        noted: Element | None = None  # a mark that the author typed for a note stands in the run of its reference
        for token, look in zip(tokens, looks, strict=True):
            start, position = position, position + len(token.text)
            if not token.text:
                if self._signal(token.node, paragraph):
                    noted = token.run
            elif look.hidden:
                paragraph.hidden += token.text
            elif token.run is noted or (self._believe_fields and self.fields.in_instruction):
                continue
            elif contents or self._in_contents(token):
                paragraph.contents += token.text
            else:
                text = _shown(token, look, level)
                paragraph.pieces.append(Piece(text, start, bool(look.bold)))
        return paragraph

    def _signal(self, node: Element, paragraph: Paragraph) -> bool:
        """Take a piece without text; whether it refers to a foot- or endnote (17.11.14)."""
        kind = _NOTES.get(NAMES[node.tag])
        if kind:
            paragraph.notes.append((kind, value(node, "id") or ""))
        else:
            self.fields.feed(node)
        return kind in ("footnote", "endnote")

    def _in_contents(self, token: Token) -> bool:
        if token.field and _CONTENTS_FIELD.match(token.field):
            return True
        return self._believe_fields and self.fields.in_contents

    def _looks(self, tokens: list[Token], style: Style) -> list[RunLook]:
        looks: list[RunLook] = []
        before: Element | None = None
        for token in tokens:
            if token.run is not before:
                before = token.run
                look = self._styles.run(style, run_look(child(before, "w:rPr")))
            looks.append(look)
        return looks


def _common_height(tokens: list[Token], looks: list[RunLook]) -> int:
    """The height on which the text of the paragraph stands: a paragraph raised as a whole holds no indexes."""
    heights = {look.raised or 0 for token, look in zip(tokens, looks, strict=True) if token.text.strip()}
    return heights.pop() if len(heights) == 1 else 0


def _shown(token: Token, look: RunLook, level: int) -> str:
    """Text as it is printed, of the same length: figures set as indexes become characters of that kind."""
    text = token.text
    if _PRIVATE.search(text):
        text = without_private_characters(text, _font(token.run))
    if not _FIGURE.search(text):
        return text
    height = (look.raised or 0) - level
    if look.vertical == "superscript" or (look.vertical is None and height >= _RAISED):
        return text.translate(_SUPERSCRIPTS)
    if look.vertical == "subscript" or (look.vertical is None and height <= -_RAISED):
        return text.translate(_SUBSCRIPTS)
    return text


def _font(run: Element) -> str:
    fonts = child(child(run, "w:rPr"), "w:rFonts")
    return value(fonts, "ascii") or value(fonts, "hAnsi") or ""
