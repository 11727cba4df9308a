"""How well a clustering meets the families: adjusted Rand index, and what is parted or mixed.

Reads: two labels of every draft. Writes: ``Score``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """``rand``: adjusted Rand index (1 – the same partition, 0 – chance); ``mixed``: clusters that hold members of
    several families; ``parted``: families that stand in several clusters."""

    rand: float
    clusters: int
    mixed: int
    parted: int


def score(families: Sequence[Hashable], clusters: Sequence[Hashable]) -> Score:
    """Compare; both sequences name the same drafts in the same order. Raises ``ValueError`` for unequal lengths."""
    cells = Counter(zip(families, clusters, strict=True))
    by_cluster, by_family = Counter(c for _, c in cells), Counter(f for f, _ in cells)
    return Score(
        rand=adjusted_rand(families, clusters),
        clusters=len(by_cluster),
        mixed=sum(count > 1 for count in by_cluster.values()),
        parted=sum(count > 1 for count in by_family.values()),
    )


def adjusted_rand(one: Sequence[Hashable], two: Sequence[Hashable]) -> float:
    """Adjusted Rand index of two partitions (Hubert and Arabie, 1985)."""
    cells = Counter(zip(one, two, strict=True))
    together = sum(_pairs(count) for count in cells.values())
    first, second = (sum(_pairs(count) for count in Counter(labels).values()) for labels in (one, two))
    expected = first * second / max(_pairs(len(one)), 1)
    most = (first + second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
