"""A DOCX → SourceText.

Reads: the bytes of a Word file. Writes: ``SourceText`` with the accepted view of tracked changes and automatic numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.cleaning import clean_line
from nlp.reading.docx_flow import Flow, Spot
from nlp.reading.docx_lines import Line, lines_of
from nlp.reading.docx_notes import set_aside
from nlp.reading.docx_package import Package
from nlp.reading.docx_paragraph import Paragraph, ParagraphReader
from nlp.reading.docx_pictures import Pictures, PictureText
from nlp.reading.docx_styles import ParagraphLook, Style, Styles, paragraph_look, run_look
from nlp.reading.noise import NoiseFilter
from nlp.reading.numbering import Counter, Label, Numbering
from nlp.reading.ocr_page import Recogniser
from nlp.reading.ooxml import Element, child
from nlp.reading.revisions import Token, body_paragraphs, count_revisions, paragraph_group, tokens_of
from nlp.reading.source import Block, BlockKind, BlockStyle, Dropped, DropReason, Notice, Place, Segment, SourceText

_RIGHT_HALF = 4_536  # twentieths of a point (8 cm): a stamp set in the right half of the page by its indent


def read_docx(data: bytes, name: str, limits: Limits, recogniser: Recogniser | None = None) -> SourceText:
    """Read a Word file (Transitional or Strict, of Word or LibreOffice); large pictures too, with a ``recogniser``.

    Judged is the accepted view of tracked changes; deleted text, notes, comments, headers, footers and tables of
    contents are in ``dropped``. Hidden text is dropped as markup with the notice ``reading.hidden_text``
    ``{characters}``. Further notices: ``reading.tracked_changes`` ``{inserted, deleted}`` and
    ``reading.embedded_parts`` ``{count}``.

    A block is a paragraph, or a line of it where the author broke it into lines that are units of their own.
    ``Place.paragraph`` is the index in ``nlp.reading.revisions.body_paragraphs`` of the paragraph whose accepted text
    (``nlp.reading.revisions.accepted_runs``) the segments count in; of paragraphs joined because a paragraph mark is
    deleted it is the first that gives text.

    Raises ``ReadingError``: the codes of ``nlp.reading.docx_package.Package``, ``reading.table_too_large``,
    ``reading.too_long``, ``reading.empty``.
    """
    package = Package(data, limits)
    root = package.document()
    body = child(root, "w:body")
    if body is None:
        raise ReadingError("reading.docx_damaged", part=package.main, detail="body")
    styles = Styles(next(iter(package.related("styles")), None))
    numbering = Numbering(next(iter(package.related("numbering")), None), styles)
    pictures = Pictures(package, recogniser, limits) if recogniser else None
    reading = _Reading(root, styles, numbering, limits, pictures)
    if not reading.run(body):
        # A field that is never closed would swallow the rest of the act.
        reading = _Reading(root, styles, numbering, limits, pictures, believe_fields=False)
        reading.run(body)
    reading.dropped.extend(set_aside(package, reading.notes))
    if not reading.blocks and not reading.dropped:
        raise (pictures.error() if pictures else None) or ReadingError("reading.empty")
    inserted, deleted = count_revisions(body)
    return SourceText(
        text=reading.text,
        blocks=tuple(reading.blocks),
        format="docx",
        dropped=tuple(reading.dropped),
        notices=(*_notices(inserted, deleted, reading), *(pictures.notices() if pictures else ())),
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        inserted_revisions=inserted,
        deleted_revisions=deleted,
    )


def _notices(inserted: int, deleted: int, reading: _Reading) -> Iterator[Notice]:
    if inserted or deleted:
        yield Notice("reading.tracked_changes", (("inserted", str(inserted)), ("deleted", str(deleted))))
    if reading.hidden:
        yield Notice("reading.hidden_text", (("characters", str(reading.hidden)),))
    if reading.foreign:
        yield Notice("reading.embedded_parts", (("count", str(reading.foreign)),))


@dataclass(slots=True)
class _Joined:
    """Paragraphs that are one after acceptance, taken apart. ``place`` is None when they gave no text to place."""

    tokens: list[Token] = field(default_factory=list)
    deleted: list[tuple[str, Place]] = field(default_factory=list)
    place: Place | None = None


class _Reading:
    """One pass over the body."""

    def __init__(
        self,
        root: Element,
        styles: Styles,
        numbering: Numbering,
        limits: Limits,
        pictures: Pictures | None,
        *,
        believe_fields: bool = True,
    ) -> None:
        self._pictures = pictures
        self._styles = styles
        self._numbering = numbering
        self._counter = Counter(numbering)
        self._reader = ParagraphReader(styles, believe_fields=believe_fields)
        self._noise = NoiseFilter()
        self._limits = limits
        self._index = {paragraph: index for index, paragraph in enumerate(body_paragraphs(root))}
        self._joined: set[Element] = set()
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self.notes: dict[tuple[str, str], Place] = {}
        self.hidden = 0
        self.foreign = 0

    @property
    def text(self) -> str:
        """The clean text so far."""
        return "\n".join(self._parts)

    def run(self, body: Element) -> bool:
        """Read everything; False when a field was left open that hides text."""
        flow = Flow(body, self._limits)
        for spot in flow.spots():
            if spot.paragraph not in self._joined:
                self._take(spot)
        self.foreign = flow.foreign
        return not self._reader.fields.unfinished

    def _take(self, spot: Spot) -> None:
        group = [spot.paragraph] if spot.deleted else paragraph_group(spot.paragraph)
        self._joined.update(group[1:])
        joined = self._join(group, spot)
        for text, place in joined.deleted:
            self._drop(DropReason.DELETED_REVISION, text, place)
        if spot.deleted:
            self._drop(DropReason.DELETED_REVISION, "".join(token.text for token in joined.tokens), joined.place)
            return
        properties = child(group[-1], "w:pPr")
        look = paragraph_look(properties)
        style = self._styles.paragraph(look.style)
        place = joined.place or self._place(group[-1], spot)
        paragraph = self._reader.read(joined.tokens, style, contents=spot.contents or style.is_contents)
        for note in paragraph.notes:
            self.notes.setdefault(note, place)
        self._drop(DropReason.TABLE_OF_CONTENTS, paragraph.contents, place)
        self._drop(DropReason.MARKUP, paragraph.hidden, place)
        self.hidden += len(paragraph.hidden.strip())
        if _is_invisible(paragraph, properties) or (paragraph.contents and not paragraph.pieces):
            return
        self._emit(paragraph, look, style, place, covered=spot.covered)
        if self._pictures is not None:
            for part in group:
                self._show(self._pictures.texts(part), place)

    def _show(self, texts: Iterator[PictureText], place: Place) -> None:
        """Text of the pictures of a paragraph, behind its own."""
        for shown in texts:
            kind = BlockKind.CELL if place.table >= 0 else shown.kind
            self._append(Line(shown.text, ()), None, kind, shown.style, place)

    def _join(self, group: list[Element], spot: Spot) -> _Joined:
        joined = _Joined()
        for part in group:
            tokens = tokens_of(part)
            place = self._place(part, spot)
            joined.deleted.extend((text, place) for text in tokens.deleted)
            joined.tokens.extend(tokens.accepted)
            if joined.place is None and any(token.text for token in tokens.accepted):
                joined.place = place
        return joined

    def _place(self, paragraph: Element, spot: Spot) -> Place:
        return Place(self._index.get(paragraph, 0), spot.table, spot.row, spot.column)

    def _drop(self, reason: DropReason, text: str, place: Place | None) -> None:
        if place is not None and text.strip():
            self.dropped.append(Dropped(reason, text.strip(), place))

    def _emit(self, paragraph: Paragraph, look: ParagraphLook, style: Style, place: Place, *, covered: bool) -> None:
        heading = style.heading_level >= 0
        lines = lines_of(paragraph.pieces, whole=heading)
        label = None if covered and not lines else self._label(look, style)
        if label is not None and not lines:
            lines = [Line("", ())]
        kind = BlockKind.CELL if place.table >= 0 else BlockKind.HEADING if heading else BlockKind.PARAGRAPH
        shown = _block_style(paragraph, look, style)
        for line in lines:
            self._append(line, label, kind, shown, place)
            label = None

    def _label(self, look: ParagraphLook, style: Style) -> Label | None:
        member = self._numbering.membership(look, style)
        return self._counter.label(*member) if member else None

    def _append(self, line: Line, label: Label | None, kind: BlockKind, shown: BlockStyle, place: Place) -> None:
        reason = None if kind is BlockKind.CELL else self._noise.reason(line.text)
        if reason is not None:
            self._drop(reason, line.text, place)
            return
        number = clean_line(label.text).text if label else ""
        prefix = number + _gap(label, number, line.text)
        start = self._length + (1 if self._parts else 0)
        moved = start + len(prefix)
        segments = tuple(Segment(each.start + moved, each.length, each.source) for each in line.segments)
        text = prefix + line.text
        end = start + len(text)
        if end > self._limits.text_characters:
            raise ReadingError("reading.too_long", characters=end, limit=self._limits.text_characters)
        self._parts.append(text)
        self._length = end
        self.blocks.append(Block(kind, start, end, place, segments, number, shown))


def _gap(label: Label | None, number: str, text: str) -> str:
    """One blank after a number, but none where Word puts none and the text goes on with the number: «7» + «-бап»."""
    if not number or not text:
        return ""
    if label is not None and label.joined and label.text == label.text.rstrip() and not text[0].isalnum():
        return ""
    return " "


def _is_invisible(paragraph: Paragraph, properties: Element | None) -> bool:
    """A paragraph hidden with its mark: Word neither shows nor counts it."""
    mark = run_look(child(properties, "w:rPr"))
    return bool(mark.hidden) and not paragraph.pieces


def _block_style(paragraph: Paragraph, look: ParagraphLook, style: Style) -> BlockStyle:
    justification = look.justification or style.look.justification or ""
    indent = look.indent if look.indent is not None else style.look.indent
    outline = look.outline if look.outline is not None else style.heading_level
    return BlockStyle(
        bold=paragraph.bold,
        centered=justification == "center",
        right=justification in ("right", "end") or (indent or 0) >= _RIGHT_HALF,
        outline_level=outline if 0 <= outline <= 8 else -1,
    )
