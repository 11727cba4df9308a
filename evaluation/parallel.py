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

FILE = Path("corpora") / "parallel" / "parallel_articles_ru_kk.jsonl.xz"
SEED = 6
_HELD_OUT = 0.2


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


def structured(pairs: Sequence[ParallelArticle]) -> Iterator[tuple[ParallelArticle, Act, Act]]:
    """Pairs with their acts, those without words left out."""
    for pair in pairs:
        acts = pair.acts()
        if acts is not None:
            yield pair, *acts
