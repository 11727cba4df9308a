"""Which findings of two results of one draft are the same, by links of units (DESIGN 3.7).

Reads: findings and units of both. Writes: pairs with the pass that made them, what is left on either side, and ties –
findings that may be each other's in more ways than one: nobody decides them but a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp.alignment import Alignment, SameLanguage, align
from nlp.alignment.alignment import Node

Units = Mapping[str, Sequence[Node]]
Key = Callable[[int], Hashable | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as it is compared: the canonical JSON of it and the language of its text."""

    language: str
    content: Mapping[str, Any]

    @property
    def units(self) -> tuple[str, ...]:
        """Addresses of its places, the first the one it is shown at."""
        return tuple(dict.fromkeys([mark["address"] for mark in self.content["marks"]]))

    @property
    def words(self) -> str:
        """The flagged words."""
        return " ".join(str(self.content["marks"][0]["quote"]).split()).lower()


@dataclass(frozen=True, slots=True)
class Pair:
    """``made_by``: ``same`` (the very finding), ``words`` (same words in the linked unit), ``unit`` (the only ones of
    the factor there), ``elsewhere`` (same words, the only ones of the factor in both texts)."""

    before: Seen
    after: Seen
    made_by: str


@dataclass
class Linked:
    """``unsure``: findings of both sides that stand for each other, which is which cannot be told."""

    kept: list[Pair] = field(default_factory=list)
    appeared: list[Seen] = field(default_factory=list)
    vanished: list[Seen] = field(default_factory=list)
    unsure: list[tuple[list[Seen], list[Seen]]] = field(default_factory=list)


def findings_of(result: Mapping[str, Any]) -> list[Seen]:
    """All findings of a canonical result in order."""
    return [Seen(text["language"], finding) for text in result["texts"] for finding in text["findings"]]


def link(before: Sequence[Seen], after: Sequence[Seen], old: Units, new: Units) -> Linked:
    """Pair findings, from the surest pass to the least sure; a later pass sees only what the earlier ones left."""
    return _Linker(before, after, _Places(old, new)).run()


class _Places:
    """The unit of the later text that an address of the earlier one has become."""

    def __init__(self, old: Units, new: Units) -> None:
        self._alignments: dict[str, Alignment | None] = {}
        for language in old.keys() & new.keys():
            same = tuple(old[language]) == tuple(new[language])
            self._alignments[language] = None if same else _aligned(old[language], new[language], language)

    def later(self, language: str, address: str) -> str:
        """ "" where the unit is gone."""
        if language not in self._alignments:
            return ""
        alignment = self._alignments[language]
        if alignment is None:
            return address
        inside = address
        while inside:
            pair = alignment.of_left(inside)
            if pair is not None:
                return pair.right[0] if pair.right else ""
            inside = inside.rpartition("__")[0]
        return ""

    def canonical(self, language: str, address: str) -> str:
        """The unit of the later text that an address of it stands for: a first paragraph is its unit."""
        alignment = self._alignments.get(language)
        inside = address
        while alignment is not None and inside:
            pair = alignment.of_right(inside)
            if pair is not None:
                return pair.right[0]
            inside = inside.rpartition("__")[0]
        return address


def _aligned(old: Sequence[Node], new: Sequence[Node], language: str) -> Alignment:
    return align(old, new, SameLanguage(old, new, language if language in {"ru", "kk"} else "ru"))


class _Linker:
    def __init__(self, before: Sequence[Seen], after: Sequence[Seen], places: _Places) -> None:
        self._before, self._after = dict(enumerate(before)), dict(enumerate(after))
        self._later = {n: places.later(seen.language, seen.units[0]) for n, seen in self._before.items()}
        self._there = {n: places.canonical(seen.language, seen.units[0]) for n, seen in self._after.items()}
        self._linked = Linked()

    def run(self) -> Linked:
        old, new = self._before, self._after
        here, there = dict(self._later), dict(self._there)
        self._pass("same", lambda n: (_kind(old[n]), old[n].content["id"]),
                   lambda n: (_kind(new[n]), new[n].content["id"]))  # fmt: skip
        self._pass("words", lambda n: (_kind(old[n]), here[n], old[n].words) if here[n] else None,
                   lambda n: (_kind(new[n]), there[n], new[n].words))  # fmt: skip
        self._pass("unit", lambda n: (_kind(old[n]), here[n]) if here[n] else None,
                   lambda n: (_kind(new[n]), there[n]), ties=True)  # fmt: skip
        self._pass("elsewhere", lambda n: (_kind(old[n]), old[n].words), lambda n: (_kind(new[n]), new[n].words),
                   ties=True)  # fmt: skip
        self._linked.vanished = list(self._before.values())
        self._linked.appeared = list(self._after.values())
        return self._linked

    def _pass(self, made_by: str, left: Key, right: Key, ties: bool = False) -> None:
        """Pair what has the same key, where it is the only one on both sides."""
        ours, theirs = _by_key(self._before, left), _by_key(self._after, right)
        for key in [key for key in ours if key in theirs]:
            one, two = ours[key], theirs[key]
            if len(one) == len(two) == 1:
                self._linked.kept.append(Pair(self._before.pop(one[0]), self._after.pop(two[0]), made_by))
            elif ties:
                self._linked.unsure.append(
                    ([self._before.pop(n) for n in one], [self._after.pop(n) for n in two])
                )  # fmt: skip


def _by_key(numbers: Iterable[int], key: Key) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        made = key(number)
        if made is not None:
            found[made].append(number)
    return found


def _kind(seen: Seen) -> tuple[str, str]:
    return seen.language, str(seen.content["factor"])
