"""compare(): two wordings of one norm, word by word (DESIGN 2, amendments and comparative tables).

Reads: two strings. Writes: which words of the later one are new, which of the earlier one are gone, and which stretches
are the same in both. A renumbered unit is no new wording: labels at the start of a line («3)» → «4)», «Статья 7.») are
equal whatever they count. Case, ё and е, Latin look-alikes, kinds of dashes, blanks and quotation marks, and
punctuation do not count either; a number inside a sentence does («пяти» → «десяти», «пункт 3» → «пункт 4»).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import ceil, sqrt

from nlp.language.normal import normal_form
from nlp.language.tokens import Piece, pieces
from nlp.structure.act import Span
from nlp.structure.labels import read_label

_DASHES = str.maketrans("‐‑‒–—−\u00a0\u202f", "------  ")
_IGNORED = re.compile(r"[.,;:!?…\"'’`«»“”„()\[\]{}*_|-]+")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")
_LABEL = "\0label"
_ISLAND_LETTERS = 3  # a lone «и», «в», «мен» between changed words belongs to them
_PAIRS = 400_000  # pairs of words compared at once; longer rewritten stretches are cut into parts (bounded work)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a wording. Spans are offsets in the two strings, sorted, without overlaps.

    ``new``: words of ``after`` that ``before`` does not have. ``gone``: words of ``before`` that ``after`` does not
    have. ``replaced``: pairs (gone, new) that stand at the same place, in order; of words only added or only struck out
    the other half is an empty span at that place.
    """

    new: tuple[Span, ...]
    gone: tuple[Span, ...]
    replaced: tuple[tuple[Span, Span], ...]

    @property
    def is_same(self) -> bool:
        """Whether the two wordings say the same words."""
        return not self.new and not self.gone


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    key: str
    line: int


def compare(before: str, after: str) -> Comparison:
    """The words of ``after`` that are new and the words of ``before`` that are gone.

    Neighbouring changed words are one span, with the blanks and marks between them. Deterministic; the work is bounded
    by the lengths: lines are compared first, then the words of lines that differ.
    """
    old, new = _words(before), _words(after)
    changed = [_spans(old, new, *block) for block in _absorbed(_blocks(old, new), old)]
    return Comparison(
        new=tuple(later for _, later in changed if later[0] < later[1]),
        gone=tuple(earlier for earlier, _ in changed if earlier[0] < earlier[1]),
        replaced=tuple(changed),
    )


def same_words(before: str, after: str) -> bool:
    """Whether two wordings differ in nothing but numbering, case and punctuation."""
    return [word.key for word in _words(before)] == [word.key for word in _words(after)]


def touches(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span shares a character with any of ``spans`` (an empty span: whether it stands inside one)."""
    return any(span[0] < end and start < span[1] for start, end in spans)


def touches_any(mine: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Whether any of ``mine`` shares a character with any of ``spans``."""
    return any(touches(span, spans) for span in mine)


# --- words ------------------------------------------------------------------------------------------------------------


def _words(text: str) -> list[_Word]:
    """Words of a text that count in a comparison, each with the number of its line."""
    found: list[_Word] = []
    offset = 0
    for number, line in enumerate(text.split("\n")):
        found.extend(_line_words(line, offset, number))
        offset += len(line) + 1
    return found


def _line_words(line: str, offset: int, number: int) -> list[_Word]:
    plain = line.translate(_DASHES)
    indent = len(plain) - len(plain.lstrip(' "«“„\t'))
    label = read_label(plain[indent:])
    body = indent + (label.length if label else 0)
    found = []
    if label and label.style != "bullet":
        found.append(_Word(offset + indent, offset + indent + len(plain[indent:body].rstrip()), _LABEL, number))
    for piece in pieces(plain[body:]):
        key = _key(piece)
        if key:
            found.append(_Word(offset + body + piece.start, offset + body + piece.end, key, number))
    return found


def _key(piece: Piece) -> str:
    """What a word is compared by; "" for marks that do not count."""
    if _IGNORED.fullmatch(piece.text):
        return ""
    if _GROUPED.fullmatch(piece.text):
        return piece.text.replace(" ", "")
    return normal_form(piece.text)


# --- alignment --------------------------------------------------------------------------------------------------------

_Block = tuple[int, int, int, int]


def _blocks(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Block]:
    """Ranges [a, b) of the old words that became [c, d) of the new ones, in order: lines first, then words."""
    old_lines, new_lines = _lines(old), _lines(new)
    keys_old = [tuple(word.key for word in old[a:b]) for a, b in old_lines]
    keys_new = [tuple(word.key for word in new[a:b]) for a, b in new_lines]
    found: list[_Block] = []
    for first, last, start, stop in _opcodes(keys_old, keys_new, len(keys_old) * len(keys_new) > _PAIRS):
        a, b = _extent(old_lines, first, last, len(old))
        c, d = _extent(new_lines, start, stop, len(new))
        bulky = (b - a) * (d - c) > _PAIRS
        for part in _parts(a, b, c, d):
            found.extend(_word_blocks(old, new, *part, bulky))
    return found


def _parts(a: int, b: int, c: int, d: int) -> list[_Block]:
    """A stretch too long to be compared at once, cut in proportion."""
    count = max(1, ceil(sqrt((b - a) * (d - c) / _PAIRS)))
    olds = [a + (b - a) * n // count for n in range(count + 1)]
    news = [c + (d - c) * n // count for n in range(count + 1)]
    return [(*one, *two) for one, two in zip(pairwise(olds), pairwise(news), strict=True)]


def _word_blocks(
    old: Sequence[_Word], new: Sequence[_Word], a: int, b: int, c: int, d: int, bulky: bool
) -> list[_Block]:
    inner = _opcodes([word.key for word in old[a:b]], [word.key for word in new[c:d]], bulky)
    return [(a + i, a + j, c + k, c + m) for i, j, k, m in inner]


def _lines(words: Sequence[_Word]) -> list[tuple[int, int]]:
    """Ranges of words that stand in one line."""
    cuts = [0, *(n + 1 for n, (one, two) in enumerate(pairwise(words)) if one.line != two.line), len(words)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def _extent(lines: Sequence[tuple[int, int]], first: int, last: int, end: int) -> tuple[int, int]:
    """Words of lines [first, last); an empty range stands where the line ``first`` begins."""
    start = lines[first][0] if first < len(lines) else end
    return (start, lines[last - 1][1]) if last > first else (start, start)


def _opcodes(old: Sequence[Hashable], new: Sequence[Hashable], bulky: bool) -> list[_Block]:
    """Ranges that differ. In a bulky comparison, what repeats all over the text is no anchor (bounded work)."""
    head = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=bulky)
    return [(head + a, head + b, head + c, head + d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _common(one: Sequence[Hashable], two: Sequence[Hashable]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _absorbed(blocks: Sequence[_Block], old: Sequence[_Word]) -> list[_Block]:
    """Blocks parted by one short word only are one: «или» kept by chance between new words is no old wording."""
    joined: list[_Block] = []
    for block in blocks:
        previous = joined[-1] if joined else None
        if previous and _is_island(old[previous[1] : block[0]]):
            joined[-1] = (previous[0], block[1], previous[2], block[3])
        else:
            joined.append(block)
    return joined


def _is_island(between: Sequence[_Word]) -> bool:
    return not between or (len(between) == 1 and between[0].key.isalpha() and len(between[0].key) <= _ISLAND_LETTERS)


def _spans(old: Sequence[_Word], new: Sequence[_Word], a: int, b: int, c: int, d: int) -> tuple[Span, Span]:
    return _span(old, a, b), _span(new, c, d)


def _span(words: Sequence[_Word], first: int, last: int) -> Span:
    """Characters of words [first, last); an empty span after the word before when there are none."""
    if first < last:
        return words[first].start, words[last - 1].end
    place = words[first - 1].end if first else 0
    return place, place
