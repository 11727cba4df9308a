"""Paragraphs of a text file → blocks of a SourceText: cleaning, setting noise aside, offsets."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.cleaning import CleanLine, clean_line
from nlp.reading.noise import NoiseFilter, is_contents_title
from nlp.reading.source import Block, BlockKind, BlockStyle, Dropped, DropReason, Notice, Place, Segment, SourceText


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans of the decoded file that make one block; ``joints`` stand between them in the clean text.

    ``label`` is an automatic number or bullet that the file shows before it.
    """

    spans: list[tuple[int, int]]
    joints: list[str]
    place: Place
    kind: BlockKind
    style: BlockStyle
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Cleaned:
    paragraph: Paragraph
    line: CleanLine  # segments in offsets of the file


class Assembly:
    """Collects the paragraphs of one file in order and builds its SourceText."""

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._noise = NoiseFilter()
        self._kept: list[_Cleaned] = []
        self._dropped: list[Dropped] = []
        self._cells = 0

    def drop(self, reason: DropReason, start: int, end: int, place: Place) -> None:
        """Set a span of the file aside."""
        self._dropped.append(Dropped(reason, self._text[start:end].strip(), place))

    def set_aside(self, item: Dropped) -> None:
        """Keep a text aside that is none of the spans."""
        self._dropped.append(item)

    def add(self, paragraph: Paragraph) -> None:
        """Clean one paragraph and keep it, or set it aside when it is noise; blank ones are passed over."""
        if paragraph.kind is BlockKind.CELL:
            self._count_cell()
        line = self._clean(paragraph)
        if not line.text:
            return
        reason = None if paragraph.kind is BlockKind.CELL else self._noise.reason(line.text)
        if reason is None:
            self._kept.append(_Cleaned(paragraph, line))
        else:
            self._dropped.append(Dropped(reason, line.text, paragraph.place))

    def source(
        self, form: str, name: str, notices: tuple[Notice, ...] = (), inserted: int = 0, deleted: int = 0
    ) -> SourceText:
        """The finished text; ``inserted`` and ``deleted`` count its tracked changes."""
        kept = self._without_contents()
        pieces: list[str] = []
        blocks: list[Block] = []
        at = 0
        for item in kept:
            paragraph = item.paragraph
            prefix = f"{paragraph.label} " if paragraph.label else ""
            text = prefix + item.line.text
            moved = at + len(prefix)
            segments = tuple(Segment(s.start + moved, s.length, s.source) for s in item.line.segments)
            end = at + len(text)
            blocks.append(
                Block(paragraph.kind, at, end, paragraph.place, segments, paragraph.label, style=paragraph.style)
            )
            pieces.append(text)
            at += len(text) + 1
        dropped = sorted(self._dropped, key=lambda item: (item.place.paragraph, item.place.column))
        return SourceText(
            "\n".join(pieces),
            tuple(blocks),
            form,
            tuple(dropped),
            notices,
            name,
            inserted_revisions=inserted,
            deleted_revisions=deleted,
        )

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > self._limits.table_cells:
            raise ReadingError("reading.table_too_large", limit=self._limits.table_cells)

    def _clean(self, paragraph: Paragraph) -> CleanLine:
        """Clean text of all spans with segments in offsets of the file."""
        text = ""
        segments: list[Segment] = []
        for number, (start, end) in enumerate(paragraph.spans):
            line = clean_line(self._text[start:end])
            if number and text and line.text:
                text += paragraph.joints[number - 1]
            segments.extend(Segment(s.start + len(text), s.length, s.source + start) for s in line.segments)
            text += line.text
        return CleanLine(text, tuple(segments))

    def _without_contents(self) -> list[_Cleaned]:
        """A table of contents (its title and the lines that come again below as headings) is set aside."""
        last = {_entry(item.line.text): position for position, item in enumerate(self._kept)}
        kept: list[_Cleaned] = []
        inside = False
        for position, item in enumerate(self._kept):
            text = item.line.text
            inside = is_contents_title(text) or (inside and last[_entry(text)] > position)
            if inside:
                self._dropped.append(Dropped(DropReason.TABLE_OF_CONTENTS, text, item.paragraph.place))
            else:
                kept.append(item)
        return kept


def _entry(text: str) -> str:
    """A line without the leader («…… 5») or the page number at its end, to be compared with headings."""
    bare = text.rstrip("0123456789")
    stem = bare.rstrip(" .")
    if bare.count(".", len(stem)) >= 2:
        return stem.casefold()
    if 0 < len(text) - len(bare) <= 4 and bare.endswith(" "):
        return bare.rstrip().casefold()
    return text.casefold()
