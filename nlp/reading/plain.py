"""Text and Markdown files → SourceText.

Reads: bytes of a text file. Writes: blocks whose ``Segment.source`` is the offset of a character in the decoded file
(``nlp.reading.encoding.decode``, without the byte order mark), so that a clean span maps to a span of the file across
broken lines too. ``Place.paragraph`` is the index of the first line of the block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading import markdown
from nlp.reading.assembly import Assembly, Paragraph
from nlp.reading.encoding import decode
from nlp.reading.joining import Line, Profile, continues, profile_of, starts_heading
from nlp.reading.lines import split_lines
from nlp.reading.noise import opens_note, running_heads, shredded_stamps
from nlp.reading.source import BlockKind, BlockStyle, DropReason, Place, SourceText

_PAGE_NUMBER = re.compile(r"[-–—]\s?\d{1,4}\s?[-–—]|(?:стр(?:аница|\.)|бет)\s?\d{1,4}", re.IGNORECASE)
_TAB = re.compile(r"\t")
_CELL_PARAGRAPH = re.compile(r"</p>\s*<p>", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(\w+)-\s*$")
_WORD = re.compile(r"\w+")


def read_plain(data: bytes, name: str = "", limits: Limits | None = None) -> SourceText:
    """Read a text or Markdown file.

    Raises ``ReadingError``: ``reading.not_text``, ``reading.empty``, ``reading.too_long``, ``reading.table_too_large``.
    """
    limits = limits or Limits()
    text, _ = decode(data)
    if len(text) > limits.text_characters:
        raise ReadingError("reading.too_long", characters=len(text), limit=limits.text_characters)
    source = _Reader(text, limits).read(name)
    if not source.blocks:
        raise ReadingError("reading.empty")
    return source


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its line and the spans of its cells in the line."""

    line: Line
    cells: list[tuple[int, int]]


class _Reader:
    """One pass over the lines of one file."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.lines, self.pages = split_lines(text)
        self.profile: Profile = profile_of(self.lines)
        self.assembly = Assembly(text, limits)
        self.table = -1
        self._words: frozenset[str] | None = None
        self._stamped = frozenset(at for run in shredded_stamps([line.text for line in self.lines]) for at in run)
        self._running = running_heads(self._by_page())
        self._properties = markdown.properties([self._raw(line) for line in self.lines])
        self._is_markdown = markdown.has_markdown(text)
        self._item: tuple[int, int, str, int] | None = None  # line, number as typed, mark, number as shown

    def _by_page(self) -> list[list[str]]:
        pages: dict[int, list[str]] = {}
        for line, page in zip(self.lines, self.pages, strict=True):
            pages.setdefault(page, []).append(line.text)
        return list(pages.values())

    def read(self, name: str) -> SourceText:
        """All paragraphs, headings and cells, in order."""
        at = 0
        while at < len(self.lines):
            at = self._next(at)
        form = "md" if self._is_markdown else "txt"
        return self.assembly.source(form, name)

    def _raw(self, line: Line) -> str:
        return self.text[line.start : line.end]

    def _place(self, at: int) -> Place:
        return Place(paragraph=self.lines[at].index, page=self.pages[at])

    def _next(self, at: int) -> int:
        """Read what begins at line ``at``; returns the line after it."""
        line = self.lines[at]
        raw = self._raw(line)
        if markdown.is_rule(raw) or markdown.is_reference(raw) or at < self._properties:
            self.assembly.drop(DropReason.MARKUP, line.start, line.end, self._place(at))
            return at + 1
        note = markdown.note_of(raw)
        if note is not None:
            self.assembly.drop(DropReason.FOOTNOTE, line.start + note, line.end, self._place(at))
            return at + 1
        if at in self._stamped:
            self.assembly.drop(DropReason.STAMP, line.start, line.end, self._place(at))
            return at + 1
        if self._is_page_number(at):
            self.assembly.drop(DropReason.HEADER_FOOTER, line.start, line.end, self._place(at))
            return at + 1
        if heading := markdown.heading_of(raw):
            style = BlockStyle(bold=True, outline_level=heading.level - 1)
            span = (line.start + heading.start, line.start + heading.end)
            self.assembly.add(Paragraph([span], [], self._place(at), BlockKind.HEADING, style))
            return at + 1
        if rows := self._table_rows(at):
            self._add_table(rows, at)
            return at + len(rows)
        return self._paragraph(at)

    def _is_page_number(self, at: int) -> bool:
        line = self.lines[at]
        if _PAGE_NUMBER.fullmatch(line.text) or line.text in self._running:
            return True
        if not (line.text.isdigit() and len(line.text) <= 4 and self.pages[at]):
            return False
        last = at + 1 >= len(self.lines) or self.pages[at + 1] != self.pages[at]
        first = at == 0 or self.pages[at - 1] != self.pages[at]
        return first or last

    # Paragraphs

    def _paragraph(self, at: int) -> int:
        last = at
        note = opens_note(self.lines[at].text)
        while last + 1 < len(self.lines) and self._joins(last, last + 1, note):
            last += 1
        self._add_paragraph(at, last)
        return last + 1

    def _joins(self, last: int, following: int, note: bool) -> bool:
        line = self.lines[following]
        raw = self._raw(line)
        if markdown.heading_of(raw) or markdown.is_rule(raw) or markdown.is_pipe_row(raw):
            return False
        if markdown.note_of(raw) is not None or markdown.is_reference(raw) or raw.strip().startswith(("- ", "+ ")):
            return False
        if following in self._stamped or self._is_page_number(following) or self._tabbed(following):
            return False
        return continues(self.lines[last], line, self.profile, note)

    def _add_paragraph(self, first: int, last: int) -> None:
        spans: list[tuple[int, int]] = []
        joints: list[str] = []
        label, skipped = self._renumbered(first, last)
        start = self.lines[first].start + skipped
        for at in range(first, last):
            hyphen = self._hyphen(self.lines[at], self.lines[at + 1])
            if hyphen is None:
                continue
            spans.append((start, hyphen))
            joints.append("")
            start = self.lines[at + 1].start
        spans.append((start, self.lines[last].end))
        raw = self.text[self.lines[first].start : self.lines[last].end]
        bold = markdown.is_bold(raw)
        heading = bold or starts_heading(self.lines[first].text)
        kind = BlockKind.HEADING if heading and not _is_sentence(raw) else BlockKind.PARAGRAPH
        self.assembly.add(Paragraph(spans, joints, self._place(first), kind, BlockStyle(bold=bold), label))

    def _renumbered(self, first: int, last: int) -> tuple[str, int]:
        """Markdown counts by itself the items of a list that are all typed «1.»: the number shown, what it replaces."""
        before, self._item = self._item, None
        number = markdown.number_of(self._raw(self.lines[first])) if self._is_markdown else None
        if number is None:
            return "", 0
        typed, mark, start = number
        shown = typed
        if before is not None and before[:3] == (first - 1, typed, mark) and not self.lines[first].after_blank:
            shown = before[3] + 1
        self._item = (last, typed, mark, shown)
        return (f"{shown}{mark}", start) if shown != typed else ("", 0)

    def _hyphen(self, line: Line, following: Line) -> int | None:
        """Where to cut a line whose last word is broken by a hyphen; None when it ends with a whole word.

        Word processors hardly ever divide words in acts, so the hyphen is taken for one of a compound word
        («организационно-управленческой», «іс-шаралар») unless the file has the word without it elsewhere.
        """
        match = _BROKEN_WORD.search(line.text)
        if not match or not following.text[0].islower():
            return None
        end = line.start + self._raw(line).rindex("-")
        tail = _WORD.match(following.text)
        whole = (match.group(1) + (tail.group() if tail else "")).lower()
        return end if whole in self._vocabulary() else end + 1

    def _vocabulary(self) -> frozenset[str]:
        if self._words is None:
            self._words = frozenset(word.lower() for word in _WORD.findall(self.text))
        return self._words

    # Tables

    def _tabbed(self, at: int) -> bool:
        """Rows of a table written with tabs: two or more lines in a row with a tab between words."""
        if not self._has_tab(at):
            return False
        before = at > 0 and self._has_tab(at - 1) and not self.lines[at].after_blank
        after = at + 1 < len(self.lines) and self._has_tab(at + 1) and not self.lines[at + 1].after_blank
        return before or after

    def _has_tab(self, at: int) -> bool:
        return "\t" in self._raw(self.lines[at]).strip()

    def _table_rows(self, at: int) -> list[_Row]:
        pipes = markdown.is_pipe_row(self._raw(self.lines[at]))
        rows: list[_Row] = []
        for position in range(at, len(self.lines)):
            line = self.lines[position]
            raw = self._raw(line)
            if rows and line.after_blank:
                break
            if pipes and markdown.is_pipe_row(raw):
                rows.append(_Row(line, [] if markdown.is_divider(raw) else markdown.pipe_cells(raw)))
            elif not pipes and self._tabbed(position):
                rows.append(_Row(line, _tab_cells(raw)))
            else:
                break
        return rows

    def _add_table(self, rows: list[_Row], at: int) -> None:
        self.table += 1
        number = 0
        for offset, row in enumerate(rows):
            if not row.cells:
                self.assembly.drop(DropReason.MARKUP, row.line.start, row.line.end, self._place(at + offset))
                continue
            for column, (start, end) in enumerate(row.cells):
                place = Place(row.line.index, self.table, number, column, self.pages[at + offset])
                for left, right in _cell_paragraphs(self.text, row.line.start + start, row.line.start + end):
                    self.assembly.add(Paragraph([(left, right)], [], place, BlockKind.CELL, BlockStyle()))
            number += 1


def _tab_cells(raw: str) -> list[tuple[int, int]]:
    cells: list[tuple[int, int]] = []
    start = 0
    for tab in _TAB.finditer(raw):
        cells.append((start, tab.start()))
        start = tab.end()
    cells.append((start, len(raw)))
    return cells


def _cell_paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A cell that holds several HTML paragraphs gives several blocks at one place."""
    spans: list[tuple[int, int]] = []
    at = start
    for match in _CELL_PARAGRAPH.finditer(text, start, end):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, end))
    return spans


def _is_sentence(raw: str) -> bool:
    return len(raw) > 400 or bool(re.search(r"[;:.][*\s]*$", raw))
