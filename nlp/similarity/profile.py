"""Profile of a family: which norms its members have, and how many of them. Likeness of a draft to it.

A draft is compared with the family as a whole and with its first member, never with the nearest member alone: so that a
row of drafts, each a little unlike the one before, does not become a family.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from nlp.similarity.fingerprint import Fingerprint, UnitPrint
from nlp.similarity.parameters import parameters

_EVERY_TIME = 16  # members up to which the core is worked out anew after each
_SOMETIMES = 8  # … and later after so many
_CLOSELY = 3  # candidates that are compared by near norms too


class Spread:
    """In how many families a norm stands: a clause of all of them tells little."""

    def __init__(self, families: int = 0, counts: Mapping[int, int] | None = None) -> None:
        self.families = families
        self.counts: dict[int, int] = dict(counts or {})
        self._weights: dict[int, float] = {}

    def weight(self, hash_: int) -> float:
        """1 for a norm of one family, less the more have it."""
        among = self.counts.get(hash_, 1)
        found = self._weights.get(among)
        if found is None:
            families = max(self.families, 1)
            found = math.log(1 + families / min(max(among, 1), families)) / math.log(1 + families)
            self._weights[among] = found
        return found

    def more(self, families: int = 1) -> None:
        """So many families more (or fewer)."""
        self.families += families
        self._weights.clear()

    def note(self, hash_: int, step: int = 1) -> None:
        """One more family has it, or one fewer."""
        self.counts[hash_] = self.counts.get(hash_, 0) + step


@dataclass(slots=True)
class _Norm:
    unit: UnitPrint
    members: int


class Profile:
    """A family as comparison sees it."""

    def __init__(self, members: Iterable[Fingerprint] = ()) -> None:
        self.size = 0
        self._norms: dict[int, _Norm] = {}
        self._keys: dict[int, int] = {}
        self._core: dict[int, float] = {}
        self._core_size = 0
        self._founder: Fingerprint | None = None
        for member in members:
            self.take(member)

    def take(self, member: Fingerprint) -> list[int]:
        """One more member; hashes of norms that the family did not have."""
        self.size += 1
        self._founder = self._founder or member
        fresh: list[int] = []
        seen: set[int] = set()
        for unit in member.units:
            known = self.same(unit)
            hash_ = unit.hash if known is None else known
            if hash_ in seen:
                continue
            seen.add(hash_)
            if known is None:
                self._norms[hash_] = _Norm(unit, 1)
                for key in unit.keys:
                    self._keys.setdefault(key, hash_)
                fresh.append(hash_)
            else:
                self._norms[hash_].members += 1
        return fresh

    def same(self, unit: UnitPrint) -> int | None:
        """Hash of the norm of the family that this one is: to the word, or near."""
        if unit.hash in self._norms:
            return unit.hash
        best, found = parameters().near, None
        for hash_ in {self._keys[key] for key in unit.keys if key in self._keys}:
            score = unit.near(self._norms[hash_].unit)
            if score >= best:
                best, found = score, hash_
        return found

    def core(self) -> Mapping[int, float]:
        """Norms that a good part of the members have → this part, times what the norm tells."""
        if self._core_size and self.size > _EVERY_TIME and self.size - self._core_size < _SOMETIMES:
            return self._core
        if self._core_size != self.size:
            least = parameters().core * self.size
            self._core = {
                hash_: norm.unit.weight * norm.members / self.size
                for hash_, norm in self._norms.items()
                if norm.members >= least
            }
            self._core_size = self.size
        return self._core

    @cached_property
    def founder(self) -> Profile:
        """The first member by itself."""
        return Profile([self._founder] if self._founder is not None else [])

    def hashes(self) -> Iterable[int]:
        """All norms."""
        return self._norms

    def unit(self, hash_: int) -> UnitPrint:
        """One of them."""
        return self._norms[hash_].unit


class Compared:
    """One draft that is compared with several families."""

    def __init__(self, one: Fingerprint, spread: Spread) -> None:
        self._units = {unit.hash: unit for unit in one.units}
        self._spread = spread
        self._weights = {hash_: unit.weight * spread.weight(hash_) for hash_, unit in self._units.items()}
        self._total = sum(self._weights.values())

    def with_family(self, family: Profile, *, near: bool = True) -> float:
        """0…1: the weight of norms that both have in the weight of the norms of both; without ``near`` only norms that
        are the same to the word count."""
        core, weight = family.core(), self._spread.weight
        total = self._total + sum(part * weight(hash_) for hash_, part in core.items())
        if not total:
            return 0.0
        met = 0.0
        there: set[int] = set()
        for hash_, unit in self._units.items():
            same = hash_ if hash_ in core else family.same(unit) if near else None
            if same is not None and same in core:
                met += self._weights[hash_]
                there.add(same)
        return (met + sum(core[hash_] * weight(hash_) for hash_ in there)) / total


def likeness(one: Fingerprint, family: Profile, spread: Spread) -> float:
    """How like a draft is to a family, 0…1 (``Compared``)."""
    return Compared(one, spread).with_family(family)


def most_like(one: Fingerprint, families: Iterable[tuple[int, Profile]], spread: Spread) -> tuple[int, float] | None:
    """The family among candidates, best first, that a draft belongs to; None where none is like enough.

    Norms that are only near are looked for in the few families that have most to the word.
    """
    compared = Compared(one, spread)
    by_words = [(compared.with_family(profile, near=False), -n, name, profile)
                for n, (name, profile) in enumerate(families)]  # fmt: skip
    closely = heapq.nlargest(_CLOSELY, by_words, key=lambda each: each[:2])
    scored = [(compared.with_family(profile), n, name, profile) for _, n, name, profile in closely]
    for score, _, name, profile in sorted(scored, key=lambda each: each[:2], reverse=True):
        if score >= parameters().member and compared.with_family(profile.founder) >= parameters().founder:
            return name, score
    return None
