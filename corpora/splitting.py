"""Parts of a corpus that share no act: the texts of one base act stay together in both languages.

Reads: files of provisions or pairs. Writes: for each part the numbers of the lines of each file. Parts are made alike
in texts, languages, strata, factors and strengths as far as whole acts allow it. The same files, shares and seed give
the same parts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from corpora.lines import Record, records
from corpora.pairs import pair_of
from corpora.provisions import checked_provision
from corpora.reader import is_pair, is_provision
from corpora.records import AnnotatedProvision, Pair
from nlp.errors import CorpusError

PASSES = 20
EXCHANGED = 200  # groups of which every two are tried in each other's place
MAIN, MAIN_WEIGHT = {"texts", "ru", "kk", "labelled"}, 8  # what matters more than a single factor

Line = tuple[int, int]  # number of the file, number of the line


@dataclass(frozen=True, slots=True)
class Group:
    """What must stay together: a base act, or a pair. ``counts`` are what parts are made alike in."""

    name: str
    lines: tuple[Line, ...]
    counts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its groups and its lines by file."""

    name: str
    share: float
    groups: tuple[str, ...]
    lines: Mapping[int, tuple[int, ...]]
    counts: Mapping[str, float]


def equal_shares(folds: int) -> dict[str, float]:
    """``fold-1`` … ``fold-k``, all of one size; raises ``CorpusError`` for fewer than two."""
    if folds < 2:
        raise CorpusError("corpus_split_parts", value=folds)
    return {f"fold-{at + 1}": 1 / folds for at in range(folds)}


def split(paths: Sequence[Path], shares: Mapping[str, float], seed: int) -> tuple[Part, ...]:
    """Divide the lines of ``paths`` into parts of these shares (any positive numbers).

    Raises ``CorpusError`` for malformed lines, for fewer than two parts and for fewer acts than parts.
    """
    if len(shares) < 2 or any(not share > 0 for share in shares.values()):
        raise CorpusError("corpus_split_parts", value=len(shares))
    found = groups_of(paths)
    if len(found) < len(shares):
        raise CorpusError("corpus_split_groups", groups=len(found), parts=len(shares))
    whole = sum(shares.values())
    dealt = _Deal(found, [share / whole for share in shares.values()], seed)
    dealt.deal()
    dealt.improve()
    return tuple(
        _part(name, shares[name] / whole, [group for group in found if dealt.part[group.name] == at])
        for at, name in enumerate(shares)
    )


def groups_of(paths: Sequence[Path]) -> tuple[Group, ...]:
    """The groups of files, in order of name. Raises ``CorpusError`` for malformed lines and for drafts."""
    lines: dict[str, list[Line]] = {}
    counts: dict[str, Counter[str]] = {}
    for at, path in enumerate(paths):
        for name, number, features in _lines(Path(path)):
            lines.setdefault(name, []).append((at, number))
            counts.setdefault(name, Counter()).update(features)
    return tuple(Group(name, tuple(lines[name]), dict(counts[name])) for name in sorted(lines))


def _lines(path: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Group, number and features of every line."""
    seen: dict[str, AnnotatedProvision] = {}
    pairs: set[tuple[str, str]] = set()
    for record in records(path):
        if is_provision(record):
            provision = checked_provision(record, seen, pairs)
            yield f"act {provision.base_act}", record.line, _features(provision)
        elif is_pair(record):
            yield _pair(record)
        else:
            raise CorpusError("corpus_unknown_format", file=record.file, line=record.line)


def _features(provision: AnnotatedProvision) -> list[str]:
    language = provision.language
    said = [f"{language} {label.factor} {label.strength}" for label in provision.labels]
    return ["texts", language, f"{language} {provision.stratum}", *([f"{language} labelled"] if said else []), *said]


def _pair(record: Record) -> tuple[str, int, list[str]]:
    read = pair_of(record)
    said = [f"{read.language} pair {factor}" for factor in read.labels] if isinstance(read, Pair) else ["neutral"]
    return f"pair {read.id}", record.line, ["texts", read.language, *said]


def _part(name: str, share: float, groups: Sequence[Group]) -> Part:
    lines: dict[int, list[int]] = {}
    counts: Counter[str] = Counter()
    for group in groups:
        counts.update(group.counts)
        for file, number in group.lines:
            lines.setdefault(file, []).append(number)
    ordered = {file: tuple(sorted(lines[file])) for file in sorted(lines)}
    return Part(name, share, tuple(group.name for group in groups), ordered, dict(sorted(counts.items())))


class _Deal:
    """Groups dealt to parts so that every part has its share of everything that is counted."""

    def __init__(self, groups: Sequence[Group], shares: Sequence[float], seed: int) -> None:
        self.order = list(groups)
        random.Random(seed).shuffle(self.order)
        self.order.sort(key=lambda group: -group.counts["texts"])  # stable: the seed decides among equals
        self.whole: Counter[str] = Counter()
        for group in groups:
            self.whole.update(group.counts)
        self.shares = shares
        self.held: list[Counter[str]] = [Counter() for _ in shares]
        self.members = [0] * len(shares)
        self.part: dict[str, int] = {}

    def deal(self) -> None:
        """The largest groups first, each to the part that lacks most of what it holds."""
        for left, group in zip(range(len(self.order), 0, -1), self.order, strict=True):
            empty = [at for at, members in enumerate(self.members) if not members]
            choice = empty if len(empty) >= left else range(len(self.shares))  # no part stays empty
            self._put(group, min(choice, key=lambda at: (self._cost(group, at), at)))

    def improve(self) -> None:
        """Move single groups, and exchange two where there are few, while that makes the parts more alike."""
        for _ in range(PASSES):
            moved = [self._move(group) for group in self.order]
            if len(self.order) <= EXCHANGED:
                moved += [self._exchange(one, other) for one, other in combinations(self.order, 2)]
            if not any(moved):
                return

    def _move(self, group: Group) -> bool:
        here = self.part[group.name]
        if self.members[here] == 1:
            return False
        self._take(group)
        best = min(range(len(self.shares)), key=lambda at: (self._cost(group, at), at != here, at))
        self._put(group, best)
        return best != here

    def _exchange(self, one: Group, other: Group) -> bool:
        here, there = self.part[one.name], self.part[other.name]
        if here == there:
            return False
        self._take(one)
        self._take(other)
        kept = self._cost(one, here) + self._cost(other, there)
        better = self._cost(other, here) + self._cost(one, there) < kept - 1e-9
        self._put(one, there if better else here)
        self._put(other, here if better else there)
        return better

    def _cost(self, group: Group, part: int) -> float:
        """How much farther from its share the part gets by the group, each count relative to its sum."""
        held, share = self.held[part], self.shares[part]
        cost = 0.0
        for name, count in group.counts.items():
            total = self.whole[name]
            lacking = share * total - held[name]
            weight = MAIN_WEIGHT if name.rpartition(" ")[2] in MAIN else 1
            cost += weight * ((count - lacking) ** 2 - lacking**2) / (share * total)
        return cost

    def _put(self, group: Group, part: int) -> None:
        self.part[group.name] = part
        self.members[part] += 1
        self.held[part].update(group.counts)

    def _take(self, group: Group) -> None:
        part = self.part.pop(group.name)
        self.members[part] -= 1
        self.held[part].subtract(group.counts)
