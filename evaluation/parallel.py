"""Pairs of articles of one law in both languages: read from outside of the repository, structured, drawn by act.

Reads: ``parallel/parallel_articles_ru_kk.jsonl.xz`` of the shared corpora. Writes: ``ParallelArticle``s. Acts are split
by a seed: what is learned from the pairs is learned from 80 % of the acts and measured on the others.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import ReadingError
from nlp.reading.plain import read_plain
from nlp.structure import structure
from nlp.structure.act import Act

DRAWN_BEFORE = Path(__file__).parent / "samples" / "parity_drawn.jsonl"
FILE = Path("corpora") / "parallel" / "parallel_articles_ru_kk.jsonl.xz"
SEED = 6
_HELD_OUT = 0.2
_HALVING = 61


@dataclass(frozen=True, slots=True)
class ParallelArticle:
    """One article in both languages, as published."""

    law: str
    number: str
    ru: str
    kk: str

    def acts(self) -> tuple[Act, Act] | None:
        """Both texts structured; None where one has no words of its own (an article that was struck out)."""
        try:
            texts = [read_plain(text.encode(), code) for code, text in (("ru", self.ru), ("kk", self.kk))]
        except ReadingError:
            return None
        return structure(texts[0]), structure(texts[1])


def read_parallel(shared: Path) -> tuple[ParallelArticle, ...]:
    """Plausible pairs in the order of the file; raises ``OSError`` where the file is absent."""
    with lzma.open(shared / FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return tuple(ParallelArticle(r["law"], r["article"], r["ru"], r["kk"]) for r in rows if r["plausible"])


def held_out(pairs: Sequence[ParallelArticle], seed: int = SEED) -> frozenset[str]:
    """The acts from which nothing is learned: a fifth, drawn by the seed."""
    laws = sorted({pair.law for pair in pairs})
    return frozenset(random.Random(seed).sample(laws, round(_HELD_OUT * len(laws))))


def drawn(pairs: Sequence[ParallelArticle], count: int, seed: int = SEED) -> tuple[ParallelArticle, ...]:
    """``count`` pairs of the acts held out, in the order of the file."""
    apart = held_out(pairs)
    mine = [pair for pair in pairs if pair.law in apart and pair.acts() is not None]
    chosen = set(random.Random(seed).sample(range(len(mine)), min(count, len(mine))))
    return tuple(pair for at, pair in enumerate(mine) if at in chosen)


def fresh(pairs: Sequence[ParallelArticle], half: int, path: Path = DRAWN_BEFORE) -> tuple[ParallelArticle, ...]:
    """One half (0, 1), by lot, of the articles of all acts that were not drawn while parity was written."""
    before = {(row["law"], row["article"]) for row in map(json.loads, path.read_text("utf-8").splitlines())}
    mine = [pair for pair in pairs if (pair.law, pair.number) not in before and pair.acts() is not None]
    first = set(random.Random(_HALVING).sample(range(len(mine)), len(mine) // 2))
    return tuple(pair for at, pair in enumerate(mine) if (at in first) is (half == 0))


def drawn_of(pairs: Sequence[ParallelArticle], count: int, apart: frozenset[str], seed: int) -> list[ParallelArticle]:
    """``count`` articles: all of the acts ``apart``, filled up with drawn ones of the others; in the given order."""
    unknown = [at for at, pair in enumerate(pairs) if pair.law in apart]
    others = [at for at, pair in enumerate(pairs) if pair.law not in apart]
    chosen = {*unknown[:count], *random.Random(seed).sample(others, max(count - len(unknown), 0))}
    return [pair for at, pair in enumerate(pairs) if at in chosen]


@dataclass(frozen=True, slots=True)
class Draw:
    """Articles for one measurement: those in which divergences are seeded, those that are read as they are."""

    seeding: tuple[ParallelArticle, ...]
    untouched: tuple[ParallelArticle, ...]
    apart: frozenset[str]
    seed: int


def draw(everything: Sequence[ParallelArticle], number: int, count: int) -> Draw:
    """Draw 1 is that on which parity was written; 2 and 3 have articles that no earlier draw had."""
    apart = held_out(everything)
    if number == 1:
        seeding = tuple(pair for pair in everything if pair.law in apart)
        return Draw(seeding, drawn(everything, count), apart, SEED)
    seed = SEED * 10 + number
    mine = fresh(everything, number - 2)
    return Draw(mine, tuple(drawn_of(mine, count, apart, seed)), apart, seed)


def structured(pairs: Sequence[ParallelArticle]) -> Iterator[tuple[ParallelArticle, Act, Act]]:
    """Pairs with their acts, those without words left out."""
    for pair in pairs:
        acts = pair.acts()
        if acts is not None:
            yield pair, *acts
