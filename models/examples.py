"""What the classifier learns from: judged norms of every corpus in one shape.

Reads: annotated provisions and pairs (``corpora``). Writes: ``Example`` objects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpora.conversion import flawed_provision, neutral_provision, sound_provision, to_provision
from corpora.quotes import find_quote
from corpora.reader import read_corpus
from corpora.records import AnnotatedProvision, Corpus, Pair
from nlp.norms.frame import FieldSpan
from nlp.structure.act import Provision


class Role(StrEnum):
    """What the text is in its corpus."""

    PROVISION = "provision"
    FLAWED = "flawed"
    SOUND = "sound"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Mark:
    """One factor in an example: its strength (1 or 2) and the words it rests on, as far as they were found."""

    factor: str
    strength: int
    spans: tuple[FieldSpan, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One norm with what was said of it. ``group`` is never parted between folds: the base act, or the pair."""

    provision: Provision
    marks: tuple[Mark, ...]
    role: Role
    group: str
    source: str

    @property
    def factors(self) -> frozenset[str]:
        return frozenset(mark.factor for mark in self.marks)


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """Examples of corpus files in order; raises ``CorpusError`` for a file that is not one."""
    return [example for path in paths for example in examples_of(read_corpus(path))]


def examples_of(corpus: Corpus) -> Iterable[Example]:
    """Provisions, both sides of pairs and neutral norms of one corpus."""
    for annotated in corpus.provisions:
        yield _annotated(annotated, corpus.name)
    for pair in corpus.pairs:
        yield _flawed(pair, corpus.name)
        yield Example(sound_provision(pair), (), Role.SOUND, pair.id, corpus.name)
    for norm in corpus.neutrals:
        yield Example(neutral_provision(norm), (), Role.NEUTRAL, norm.id, corpus.name)


def _annotated(annotated: AnnotatedProvision, source: str) -> Example:
    provision = to_provision(annotated)
    marks = tuple(Mark(label.factor, label.strength, find_quote(label.quote, provision)) for label in annotated.labels)
    return Example(provision, marks, Role.PROVISION, annotated.base_act, source)


def _flawed(pair: Pair, source: str) -> Example:
    provision = flawed_provision(pair)
    marks = tuple(Mark(factor, 2, find_quote(pair.quote_of(at), provision)) for at, factor in enumerate(pair.labels))
    return Example(provision, marks, Role.FLAWED, pair.id, source)


def _drawn(name: str) -> int:
    """A number of 32 bits by the name alone: new groups never move old ones."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)


def folds_of(examples: Sequence[Example], folds: int, parting: int = 0) -> list[int]:
    """The fold of every example. Acts differ in size by a hundred times, so they are dealt out by size, largest first,
    each to the fold with least so far; pairs go by their name. ``parting``: each number parts otherwise; then acts are
    dealt out as if their sizes were up to two fifths more or less."""
    mark = f"{parting}:" if parting else ""
    sizes: dict[str, int] = {}
    for example in examples:
        if example.role is Role.PROVISION:
            sizes[example.group] = sizes.get(example.group, 0) + 1
    held = [0] * folds
    where: dict[str, int] = {}
    taken = {
        name: size * (0.6 + 0.8 * _drawn(mark + name) / 2**32) if parting else size for name, size in sizes.items()
    }
    for group in sorted(sizes, key=lambda name: (-taken[name], name)):
        where[group] = held.index(min(held))
        held[where[group]] += sizes[group]
    return [where[e.group] if e.group in where else _drawn(mark + e.group) % folds for e in examples]


def digest(examples: Sequence[Example]) -> str:
    """SHA-256 of all that is learned from, for the card: norms, marks, groups."""
    total = hashlib.sha256()
    for example in examples:
        p = example.provision
        marks = sorted((mark.factor, mark.strength) for mark in example.marks)
        total.update(repr((p.id, p.language, p.text, p.lead, p.heading, marks, example.group)).encode())
    return total.hexdigest()
