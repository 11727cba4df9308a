"""Quoted new wording among the lines of a text: where it begins and ends, and its lines without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from nlp.structure.act import UnitKind
from nlp.structure.amendments.grammar import grammar
from nlp.structure.amendments.reading import is_instruction, may_instruct, read_instructions
from nlp.structure.formulas import LANGUAGES, phrase
from nlp.structure.lines import Line, make_line
from nlp.structure.quotes import depth_after, opens_quote, quoted_lines
from nlp.structure.wording import CLOSING, OPENING

_MOST_UNCLOSED = 20  # quotations never closed: a file with more is not worth the search
_ONLY_MARKS = re.compile(r"^[«“„»”\"]+\s*[;.,]*$")
_HEADED = re.compile(
    r"[«“„\"]\s*(?:Статья|Глава|Раздел|Параграф|ГЛАВА|РАЗДЕЛ|[\dIVX]+(?:-\d+)?-(?:бап|тарау|бөлім|параграф))"
)
_HEADINGS = (UnitKind.ARTICLE, UnitKind.CHAPTER, UnitKind.SECTION)
_LONGEST_LINE = 4000  # characters of a line that is asked whether new wording follows


def find_quotes(lines: Sequence[Line]) -> tuple[dict[int, int], list[int]]:
    """Quoted new wording: first line → line after the last; and the lines whose quotation is never closed."""
    found: dict[int, int] = {}
    unclosed: list[int] = []
    place = 1
    while place < len(lines) and len(unclosed) < _MOST_UNCLOSED:
        stop = _block(lines, place, unclosed)
        if stop is not None:
            found[place] = stop
        place = stop or place + 1
    return found, unclosed


def _block(lines: Sequence[Line], place: int, unclosed: list[int]) -> int | None:
    line, before = lines[place], lines[place - 1]
    if not (opens_quote(line) or line.table) or before.table or not awaits_wording(before):
        return None
    if line.table and not opens_quote(line):
        return _table_end(lines, place)
    stop = quoted_lines(lines, place, len(lines), awaits_wording, instructs)
    if stop is None or (not instructs(before) and _swallows(lines, place, stop)):
        unclosed.append(place)
        return None
    while stop < len(lines) and _goes_on(lines, stop):
        further = quoted_lines(lines, stop, len(lines), awaits_wording, instructs)
        if further is None:
            break
        stop = further
    return stop


def _swallows(lines: Sequence[Line], place: int, stop: int) -> bool:
    """«… надпись следующего содержания: «Продажа запрещена.» without the closing mark: articles go on behind it.

    Wording that does not begin with a heading holds no articles, unless an instruction says that it is a whole act.
    """
    if _HEADED.match(lines[place].text):
        return False
    return any(line.label is not None and line.label.kind in _HEADINGS for line in lines[place + 1 : stop])


def _table_end(lines: Sequence[Line], place: int) -> int:
    """A row in new wording may stand in a table without quotation marks."""
    stop = place
    while stop < len(lines) and lines[stop].table == lines[place].table:
        stop += 1
    return stop + 1 if stop < len(lines) and _ONLY_MARKS.match(lines[stop].text) else stop


def _goes_on(lines: Sequence[Line], stop: int) -> bool:
    """Each paragraph of the wording may be quoted by itself; a Kazakh instruction may begin with a quotation, too."""
    line = lines[stop]
    if line.table or not opens_quote(line) or len(line.text) < 2:
        return False
    inside = line.text[1:].lstrip()
    labelled = re.match(r"(?:\d{1,4}(?:-\d+)?[.)]|\w\)|Статья\s|Глава\s|\d+(?:-\d+)?-(?:бап|тарау))", inside)
    return bool(labelled) and not may_instruct(line.folded) and not _is_frame(line)


def _is_frame(line: Line) -> bool:
    return line.mark == ":" and any(clause.places for clause in read_instructions(line.text).clauses)


def instructs(line: Line) -> bool:
    """Whether the words of a line are an instruction, word for word."""
    return may_instruct(line.folded) and is_instruction(line.words)


def awaits_wording(line: Line) -> bool:
    """Whether the line is an instruction whose new wording follows it."""
    folded = line.folded[-_LONGEST_LINE:]
    if _tail().search(folded):
        return True
    if not _wording().search(folded) or _annex().search(folded):
        return False
    return may_instruct(folded) or line.mark == ":"


@lru_cache(maxsize=1)
def _wording() -> re.Pattern[str]:
    return _any_of("wording")


@lru_cache(maxsize=1)
def _annex() -> re.Pattern[str]:
    """«согласно приложению 1 к настоящему приказу» – then no quotation follows."""
    found = [p.replace("(?P<n>", "(?:").replace("(?P<m>", "(?:") for code in LANGUAGES
             for p in grammar(code).data["marks"]["annex"]]  # fmt: skip
    return re.compile("|".join(f"(?:{phrase(p)})" for p in found))


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    """The last words of such an instruction, for lines that a reader has broken: «содержания:», «жазылсын:»."""
    found = [p for code in LANGUAGES for p in grammar(code).data["awaits"]]
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{phrase(p)})" for p in found) + r")\s*$")


def _any_of(mark: str) -> re.Pattern[str]:
    found = [p for code in LANGUAGES for p in grammar(code).data["marks"][mark]]
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{phrase(p)})" for p in found) + r")(?!\w)")


# --- lines without their marks ----------------------------------------------------------------------------------------


def unquoted_lines(clean: str, lines: Sequence[Line]) -> list[Line]:
    """The lines of one block without the marks that open and close it; lines of marks alone are left out.

    A mark that opens every paragraph of the wording is left out as well.
    """
    found: list[Line] = []
    last = len(lines) - 1
    for place, line in enumerate(lines):
        if _ONLY_MARKS.match(line.text):
            continue
        opens = place == 0 or _opens_paragraph(line) or _ONLY_MARKS.match(lines[place - 1].text) is not None
        closes = place == last or (place < last and _opens_paragraph(lines[place + 1]))
        found.append(unquoted(clean, line, opens, closes))
    return found


def _opens_paragraph(line: Line) -> bool:
    """A label behind an opening mark that is not closed before the end of the line, or at the very end of it."""
    if line.text[:1] not in OPENING or len(line.text) < 2:
        return False
    label = re.match(r"[«“„\"]\s*(?:\d{1,4}(?:-\d+)?[.)]|\w\)|Статья\s|Глава\s|\d+(?:-\d+)?-(?:бап|тарау))", line.text)
    return label is not None


def unquoted(clean: str, line: Line, first: bool, last: bool) -> Line:
    """The line without the quotation mark that opens (``first``) or closes (``last``) the wording."""
    start, end = line.start, line.end
    if first and clean[start] in OPENING:
        start += 1
    if last:
        bare = clean[start:end].rstrip(" ;.,")
        if bare and bare[-1] in CLOSING:  # closed once for two, the mark stays and only what follows it goes
            closed = depth_after(clean[start : start + len(bare)], 1 if first else 0) == 0
            end = start + len(bare) - closed
    while start < end and clean[start].isspace():
        start += 1
    while start < end and clean[end - 1].isspace():
        end -= 1
    if (start, end) == (line.start, line.end) or start >= end:
        return line
    if not line.table:
        return make_line(clean, start, end)
    cells = tuple((max(a, start), min(b, end)) for a, b in line.cells if max(a, start) < min(b, end))
    return replace(make_line(clean, start, end, None, line.table, line.row), cells=cells)
