"""The clean text laid out in elements, once and in order, with where each piece of it went.

Reads: clean text. Writes: text of mixed elements and the list of ``Run``. A line break between paragraphs becomes the
end of an element, or ``eol`` within one; every other character becomes one character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from expertise.documents.akoma.ids import NAMESPACE, OWN, Ids
from nlp.structure.act import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Run:
    """Clean text [start, end) stands in ``leaf`` (num, heading or p), without its line breaks."""

    start: int
    end: int
    leaf: _Element


@dataclass(frozen=True, slots=True)
class Target:
    """Characters [start, end) of the string value of the element ``eid``; ``text`` is the same in the clean text."""

    eid: str
    start: int
    end: int
    text: Span


class Tape:
    """Writes the text from its beginning; ``at`` is the first character that has no place yet.

    ``words`` are spans that become ``quotedText`` where they fall into a line of their own.
    """

    def __init__(self, text: str, words: Sequence[Span] = ()) -> None:
        self.text = _FORBIDDEN.sub(_REPLACEMENT, text)
        self.at = 0
        self.ids = Ids()
        self.runs: list[Run] = []
        self.quoted: dict[Span, str] = {}
        self._starts: dict[_Element, int] = {}
        self._words = _apart(words)

    def blank(self, end: int) -> bool:
        """Whether only blanks stand between here and ``end``."""
        return not self.text[self.at : end].strip()

    def skip(self, end: int) -> None:
        """Blanks up to ``end`` go where the last text went, so that none is lost; line breaks go nowhere."""
        blanks = self.text[self.at : max(end, self.at)]
        if self.runs and blanks.strip("\n"):
            leaf = self.runs[-1].leaf
            _append(leaf, blanks.replace("\n", ""))
            self.runs.append(Run(self.at, end, leaf))
            self.at = end
        elif not blanks.strip("\n"):
            self.at = max(end, self.at)

    def lines(self, parent: _Element, end: int, prefix: str, address: str = "") -> None:
        """Every line up to ``end`` as a ``p`` of ``parent``; ``prefix`` begins their eIds."""
        while self.at < end:
            line = self.text.find("\n", self.at, end)
            stop = end if line < 0 else line
            if self.runs and self.blank(stop):
                self.skip(stop)
            elif stop > self.at:
                self._line(parent, stop, prefix, address)
            self.at = max(self.at, min(stop + 1, end))

    def _line(self, parent: _Element, stop: int, prefix: str, address: str) -> None:
        paragraph = self.paragraph(parent, prefix, address)
        if self._within(self.at, stop):
            self.put(self.mod(paragraph), stop, paragraph)
        else:
            self.put(paragraph, stop)

    def paragraph(self, parent: _Element, prefix: str, address: str = "") -> _Element:
        """An empty ``p``."""
        made = element(parent, "p", self.ids.counted(prefix, "p"))
        if address:
            made.set(f"{{{OWN}}}address", address)
        return made

    def mod(self, paragraph: _Element) -> _Element:
        """A ``mod`` in a ``p``: the words of an amendment."""
        return element(paragraph, "mod", self.ids.counted(paragraph.get("eId", ""), "mod"))

    def put(self, mixed: _Element, end: int, leaf: _Element | None = None) -> None:
        """The text up to ``end`` into a mixed element; ``leaf`` is the one that holds it, if not ``mixed``.

        Within a ``mod`` the quoted words become ``quotedText``.
        """
        leaf = mixed if leaf is None else leaf
        for start, stop in self._within(self.at, end) if mixed is not leaf else ():
            self._plain(mixed, start, leaf)
            eid = self.ids.counted(mixed.get("eId", ""), "quotedText")
            self.quoted[start, stop] = eid
            self._plain(element(mixed, "quotedText", eid), stop, leaf)
        self._plain(mixed, end, leaf)

    def _plain(self, mixed: _Element, end: int, leaf: _Element) -> None:
        begun = any(run.leaf is leaf for run in self.runs[-1:])
        if end <= self.at:
            return
        for number, piece in enumerate(self.text[self.at : end].split("\n")):
            if not piece:
                continue
            if number and begun:
                element(mixed, "eol")
            _append(mixed, piece)
            begun = True
        self.runs.append(Run(self.at, end, leaf))
        self._starts.setdefault(leaf, self.at)
        self.at = end

    def _within(self, start: int, end: int) -> list[Span]:
        first = bisect_left(self._words, (start, -1))
        return [each for each in self._words[first : bisect_right(self._words, (end, end))] if each[1] <= end]

    def targets(self, start: int, end: int) -> list[Target]:
        """Where the clean span [start, end) stands; an empty span is where it would begin."""
        first = max(bisect_right(self.runs, start, key=lambda run: run.start) - 1, 0)
        found: list[tuple[_Element, int, int]] = []
        for position in range(first, len(self.runs)):
            run = self.runs[position]
            if run.start >= end and (run.start > start or found):
                break
            low, high = max(start, run.start), min(end, run.end)
            if high < low or (high == low and start != end):
                continue
            if found and found[-1][0] is run.leaf:
                found[-1] = (run.leaf, found[-1][1], high)
            else:
                found.append((run.leaf, low, high))
        if not found and self.runs:  # between two paragraphs: where the one before ends
            found = [(self.runs[first].leaf, self.runs[first].end, self.runs[first].end)]
        return [self._target(leaf, low, high) for leaf, low, high in found]

    def _target(self, leaf: _Element, low: int, high: int) -> Target:
        begin = self._starts[leaf]
        counted = [point - begin - self.text.count("\n", begin, point) for point in (low, high)]
        return Target(leaf.get("eId", ""), counted[0], counted[1], (low, high))


def element(parent: _Element, name: str, eid: str = "") -> _Element:
    """A new last child in the namespace of Akoma Ntoso."""
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if eid:
        made.set("eId", eid)
    return made


def _append(mixed: _Element, words: str) -> None:
    if len(mixed):
        mixed[-1].tail = (mixed[-1].tail or "") + words
    else:
        mixed.text = (mixed.text or "") + words


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, without those that run into the one before."""
    made: list[Span] = []
    for span in sorted(set(spans)):
        if span[0] < span[1] and (not made or span[0] >= made[-1][1]):
            made.append(span)
    return made
