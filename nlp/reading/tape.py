"""A line under repair that remembers where each of its characters came from.

Reads: one original line. Writes: clean text with exact segments (``nlp.reading.source.Segment``).
"""

from __future__ import annotations

from collections.abc import Iterable

from nlp.reading.source import Segment

Edit = tuple[int, int, str]
"""(start, end, replacement) in the tape's present text."""

MADE = -1
"""Origin of a character that no original character stands for."""


class Tape:
    """Text with the original position of every character. Edits keep the positions exact."""

    __slots__ = ("_origin", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._origin: list[int] | None = None

    def overwrite(self, text: str) -> None:
        """Put ``text`` of the same length in place of the present text: positions stay as they are."""
        if len(text) != len(self.text):
            raise ValueError("overwrite must keep the length")
        self.text = text

    def apply(self, edits: Iterable[Edit]) -> None:
        """Apply edits that are in order and do not overlap.

        A replacement as long as what it replaces keeps positions one to one; of any other replacement the first
        character stands for the first replaced one and the rest counts as made.
        """
        pieces: list[str] = []
        origin: list[int] = []
        old = self._origin if self._origin is not None else list(range(len(self.text)))
        at = 0
        for start, end, replacement in edits:
            pieces.append(self.text[at:start])
            origin.extend(old[at:start])
            pieces.append(replacement)
            if len(replacement) == end - start:
                origin.extend(old[start:end])
            elif replacement:
                origin.append(old[start] if end > start else MADE)
                origin.extend([MADE] * (len(replacement) - 1))
            at = end
        pieces.append(self.text[at:])
        origin.extend(old[at:])
        self.text = "".join(pieces)
        self._origin = origin

    def segments(self) -> tuple[Segment, ...]:
        """Runs of characters that stood side by side in the original line; made characters are in none."""
        if self._origin is None:
            return (Segment(0, len(self.text), 0),) if self.text else ()
        found: list[Segment] = []
        start = 0
        origin = self._origin
        for index in range(1, len(origin) + 1):
            if index < len(origin) and origin[index] == origin[index - 1] + 1 and origin[index - 1] != MADE:
                continue
            if origin[start] != MADE:
                found.append(Segment(start, index - start, origin[start]))
            start = index
        return tuple(found)
