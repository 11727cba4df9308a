"""Which factor is taken for which: labels against findings, text by text.

Reads: items. Writes: ``Confusion``. A text may carry several labels, so a cell counts texts: on the diagonal the label
was found; off it a missed label stands against every wrong finding of the same text. A missed label beside no wrong
finding stands against nothing, a wrong finding beside no missed label likewise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.items import Item
from evaluation.judged import Counting
from evaluation.slices import languages_of, of_language

NOTHING = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many texts; ``gold`` or ``found`` is empty where nothing stands against the other."""

    gold: str
    found: str
    texts: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """Cells of one language that are not empty, in order of label and finding; remarks and attention alike."""

    language: str
    cells: tuple[Cell, ...]

    def count(self, gold: str, found: str) -> int:
        """Texts of one cell."""
        return next((cell.texts for cell in self.cells if (cell.gold, cell.found) == (gold, found)), 0)


def confusions(items: Sequence[Item]) -> tuple[Confusion, ...]:
    """Every language."""
    return tuple(_confusion(language, of_language(items, language)) for language in languages_of(items))


def _confusion(language: str, items: Sequence[Item]) -> Confusion:
    counts: Counter[tuple[str, str]] = Counter()
    for item in items:
        gold, found = set(item.gold_strengths()), set(item.found_factors(Counting.ALL))
        counts.update((factor, factor) for factor in gold & found)
        missed, wrong = gold - found, found - gold
        if missed or wrong:
            counts.update((one, other) for one in missed or {NOTHING} for other in wrong or {NOTHING})
    return Confusion(language, tuple(Cell(gold, found, counts[gold, found]) for gold, found in sorted(counts)))
