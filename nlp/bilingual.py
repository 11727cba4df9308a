"""One file with both authentic texts → two texts: side by side, one after the other, or in turns.

Reads: a ``SourceText``. Writes: a ``SourceText`` per language, each with its own blocks, whose places are still those
of the one file, so that comments and boxes of both land in it. Columns (of a page, of a table) decide first; what
stands in no column is read in order, and a change of language that pays for itself parts the texts there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from nlp.language.detect import leaning
from nlp.reading.excerpt import excerpt
from nlp.reading.source import Block, BlockKind, Notice, SourceText
from nlp.structure.comparative_layout import recognise
from nlp.structure.forms import form_of_title
from nlp.structure.formulas import LANGUAGES, formulas, phrase
from nlp.structure.wording import fold

Votes = tuple[int, int]  # words that speak for Russian, for Kazakh

_BOTH = "both"
_SHARE = 0.1  # of the words that tell: the smaller language must have so much to be a text
_LEAST_WORDS = 12  # that tell, of each language
_COLUMN_WORDS = 3  # a column with fewer words that tell belongs to both texts
_PURE = 0.8  # of the words of a column, or of a text, must be of its language
_SWITCH = 10  # votes that a change of language must win
_MOST_VOTES = 30  # of one paragraph: a single long one does not outweigh all around it
_IN_TURNS = 0.5  # share of changes of language between neighbouring paragraphs
_FEW_PARAGRAPHS = 6
_SWITCH_AT_HEAD = 4  # … where an act, an approved document or an annex begins
_HEAD_GROUPS = (("head", "draft_mark"), ("head", "restricted"), ("head", "title"))
_STAMP_GROUPS = (("stamps", "approval"), ("stamps", "annex"))
_LONGEST_HEAD_LINE = 300


@dataclass(frozen=True, slots=True)
class Halves:
    """Both texts of one file, and what is to be said of the way in which they were parted."""

    ru: SourceText
    kk: SourceText
    notices: tuple[Notice, ...] = ()


def halves(source: SourceText) -> Halves | None:
    """Both texts of a file; None when it holds one text only, or two that cannot be told apart."""
    votes = [leaning(source.text[block.start : block.end]) for block in source.blocks]
    if not is_bilingual(votes):
        return None
    parting = _Parting(source, votes)
    parting.run()
    texts = {code: excerpt(source, parting.blocks(code)) for code in LANGUAGES}
    if not all(_is_pure(texts[code], code) for code in LANGUAGES):
        return None
    notices = (Notice("dossier.in_turns", (("file", source.name),)),) if parting.in_turns else ()
    return Halves(texts["ru"], texts["kk"], notices)


def is_bilingual(votes: Iterable[Votes]) -> bool:
    """Whether each language has words enough in paragraphs of its own."""
    size = _sizes(votes)
    least = min(size.values())
    return least >= _LEAST_WORDS and least >= _SHARE * sum(size.values())


def _sizes(votes: Iterable[Votes]) -> dict[str, int]:
    size = {"ru": 0, "kk": 0}
    for russian, kazakh in votes:
        if russian != kazakh:
            size["kk" if kazakh > russian else "ru"] += russian + kazakh
    return size


def _is_pure(text: SourceText, code: str) -> bool:
    size = _sizes(leaning(text.text[block.start : block.end]) for block in text.blocks)
    return size[code] >= _LEAST_WORDS and size[code] >= _PURE * sum(size.values())


def _own(votes: Votes) -> str:
    """The language of one paragraph; "" when its words do not tell."""
    russian, kazakh = votes
    return "" if russian == kazakh else "kk" if kazakh > russian else "ru"


class _Parting:
    """Gives every block of a bilingual file its language."""

    def __init__(self, source: SourceText, votes: Sequence[Votes]) -> None:
        self.source = source
        self.votes = votes
        self.languages = [""] * len(votes)
        self.layout: set[int] = set()  # tables that only set two texts side by side
        self.in_turns = False

    def run(self) -> None:
        """Columns first, then what stands in none."""
        self._page_columns()
        for table, places in self._tables():
            self._table(table, places)
        free = [place for place, language in enumerate(self.languages) if not language]
        own = [_own(self.votes[place]) for place in free]
        told = [language for language in own if language]
        changes = sum(one != other for one, other in pairwise(told))
        self.in_turns = len(told) >= _FEW_PARAGRAPHS and changes >= _IN_TURNS * (len(told) - 1)
        found = _inherited(own) if self.in_turns else self._runs(free)
        for place, language in zip(free, found, strict=True):
            self.languages[place] = language

    def blocks(self, code: str) -> list[Block]:
        """The blocks of one language; cells of a table that only sets the texts side by side are paragraphs."""
        return [
            replace(block, kind=BlockKind.PARAGRAPH) if self._is_laid_out(block) else block
            for block, language in zip(self.source.blocks, self.languages, strict=True)
            if language in (code, _BOTH)
        ]

    def _is_laid_out(self, block: Block) -> bool:
        return block.kind is BlockKind.CELL and block.place.table in self.layout

    # --- columns ------------------------------------------------------------------------------------------------------

    def _page_columns(self) -> None:
        sides: dict[int, list[int]] = {1: [], 2: []}
        for place, block in enumerate(self.source.blocks):
            if block.style.column in sides:
                sides[block.style.column].append(place)
        found = {side: self._column_language(places) for side, places in sides.items()}
        if {found[1], found[2]} != set(LANGUAGES):
            return
        for side, places in sides.items():
            for place in places:
                self.languages[place] = found[side]

    def _tables(self) -> list[tuple[int, list[int]]]:
        tables: dict[int, list[int]] = {}
        for place, block in enumerate(self.source.blocks):
            if block.kind is BlockKind.CELL and block.place.table >= 0:
                tables.setdefault(block.place.table, []).append(place)
        return list(tables.items())

    def _table(self, table: int, places: list[int]) -> None:
        columns: dict[int, list[int]] = {}
        for place in places:
            columns.setdefault(self.source.blocks[place].place.column, []).append(place)
        found = {column: self._column_language(inside) for column, inside in columns.items()}
        if not set(LANGUAGES) <= set(found.values()) or "mixed" in found.values():
            return
        alone = self._single_cells(places)
        for column, inside in columns.items():
            for place in inside:
                own = _own(self.votes[place]) if place in alone else ""
                self.languages[place] = own or found[column] or _BOTH
        if len(columns) == len(LANGUAGES) and recognise(self._rows(places)) is None:
            self.layout.add(table)

    def _single_cells(self, places: list[int]) -> set[int]:
        """Blocks of rows of one cell: merged over both languages."""
        rows: dict[int, list[int]] = {}
        for place in places:
            rows.setdefault(self.source.blocks[place].place.row, []).append(place)
        columns = {row: {self.source.blocks[p].place.column for p in inside} for row, inside in rows.items()}
        return {place for row, inside in rows.items() if len(columns[row]) == 1 for place in inside}

    def _rows(self, places: list[int]) -> list[dict[int, str]]:
        rows: list[dict[int, str]] = []
        for _, group in groupby(places, key=lambda place: self.source.blocks[place].place.row):
            cells: dict[int, str] = {}
            for place in group:
                block = self.source.blocks[place]
                words = self.source.text[block.start : block.end]
                cells[block.place.column] = f"{cells.get(block.place.column, '')} {words}".strip()
            rows.append(cells)
        return rows

    def _column_language(self, places: list[int]) -> str:
        """ "ru", "kk", "" for a column of numbers or the like, "mixed"."""
        size = Counter[str]()
        for place in places:
            size["ru"] += self.votes[place][0]
            size["kk"] += self.votes[place][1]
        total = size.total()
        if total < _COLUMN_WORDS:
            return ""
        best = max(LANGUAGES, key=lambda code: size[code])
        return best if size[best] >= _PURE * total else "mixed"

    # --- in order -----------------------------------------------------------------------------------------------------

    def _runs(self, free: list[int]) -> list[str]:
        """The languages of paragraphs in order that contradict the fewest words, a change of language costing some."""
        costs = {"ru": 0, "kk": 0}
        ways: list[dict[str, str]] = []
        for place in free:
            russian, kazakh = (min(votes, _MOST_VOTES) for votes in self.votes[place])
            against = {"ru": kazakh, "kk": russian}
            way: dict[str, str] = {}
            after: dict[str, int] = {}
            for code, other in (LANGUAGES, LANGUAGES[::-1]):
                turned = costs[other] + (_SWITCH_AT_HEAD if self._is_head(place, code) else _SWITCH)
                way[code] = code if costs[code] <= turned else other
                after[code] = min(costs[code], turned) + against[code]
            ways.append(way)
            costs = after
        at = min(LANGUAGES, key=lambda code: costs[code])
        found: list[str] = []
        for way in reversed(ways):
            found.append(at)
            at = way[at]
        found.reverse()
        return self._with_heads(free, found)

    def _with_heads(self, free: list[int], found: list[str]) -> list[str]:
        """Lines between two texts that do not tell: from the first that only the head of the lower text can hold
        («Проект», «ЖОБА») they are its own, those above close the upper text (a signature, a number)."""
        told = [at for at, place in enumerate(free) if _own(self.votes[place]) == found[at]]
        for upper, lower in pairwise(told):
            if found[upper] == found[lower]:
                continue
            head = next((at for at in range(upper + 1, lower) if self._is_head(free[at], found[lower])), lower)
            for at in range(upper + 1, lower):
                found[at] = found[lower] if at >= head else found[upper]
        return found

    def _is_head(self, place: int, code: str) -> bool:
        block = self.source.blocks[place]
        return is_head_line(self.source.text[block.start : block.end], code)


def _inherited(own: Sequence[str]) -> list[str]:
    """Paragraphs in turns: one that does not tell, between two of a language, is the turn of the other.

    Others go with the one before (the first ones with the first that tells).
    """
    found: list[str] = []
    last = next((language for language in own if language), "ru")
    for at, language in enumerate(own):
        following = own[at + 1] if at + 1 < len(own) else ""
        if not language and at and found[-1] == following:
            language = "kk" if following == "ru" else "ru"
        last = language or last
        found.append(last)
    return found


def is_head_line(text: str, code: str) -> bool:
    """Whether a line begins a text in this language: draft mark, form, title of an act, stamp of an annex."""
    words = text.strip("*_# \t\n")
    if not words or len(words) > _LONGEST_HEAD_LINE:
        return False
    form = form_of_title(words)
    return (form is not None and form.language == code) or _head(code).search(fold(words)) is not None


@lru_cache(maxsize=2)
def _head(code: str) -> re.Pattern[str]:
    data = formulas().data[code]
    phrases = [words for room, group in (*_HEAD_GROUPS, *_STAMP_GROUPS) for words in data[room][group]]
    return re.compile("|".join(f"(?:{phrase(words)})" for words in phrases))
