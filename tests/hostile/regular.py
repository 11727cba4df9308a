"""Regular expressions that a hostile text could make slow: found in the parsed expression, with no text at all.

A repeat without a bound is *ambiguous* when one text can pass through its body in two ways and be back at the same
place: ``(a+)+``, ``(a|a)*``, ``(a?b?)*``. Then a text that does not match in the end is tried in 2ⁿ ways. The body is
turned into positions (Glushkov); it is ambiguous if one step leads to the same position by two ways, or if two
different ways over equal characters part from a position and meet in it again. Look-arounds are taken for empty, a
large bound for none: the finding may be too strict, never too mild for what it looks at.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

PARSER: Any = importlib.import_module("re._parser")
LARGE = 6  # from here on a bound is taken for none
POSITIONS = 500  # a longer body is told of instead of being looked through
COMMON = "aZя Қ0_\n\t-.,;:«»\"'()<>=&/\x00№"
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
LEAVES = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
CATEGORIES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}

Pattern = str | bytes
Step = Counter[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression: may it be empty, where it begins and ends."""

    empty: bool
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()


@dataclass(slots=True)
class Positions:
    """The characters of a body in order, each as the set of characters of ``alphabet`` it takes, and the steps."""

    alphabet: str
    fold: bool
    takes: list[frozenset[str]] = field(default_factory=list)
    steps: Step = field(default_factory=Counter)

    def join(self, lasts: tuple[int, ...], firsts: tuple[int, ...]) -> None:
        self.steps.update(product(lasts, firsts))

    def run(self, items: Any) -> Part:
        whole = Part(True)
        for op, value in items:
            part = self.one(op.name, value)
            self.join(whole.last, part.first)
            whole = Part(
                whole.empty and part.empty,
                whole.first + part.first if whole.empty else whole.first,
                part.last + whole.last if part.empty else part.last,
            )
        return whole

    def one(self, name: str, value: Any) -> Part:
        if name in LEAVES:
            self.takes.append(taken(name, value, self.alphabet, self.fold))
            at = (len(self.takes) - 1,)
            return Part(False, at, at)
        if name == "SUBPATTERN":
            return self.run(value[3])
        if name == "ATOMIC_GROUP":
            return self.run(value)
        if name == "BRANCH":
            ways = [self.run(way) for way in value[1]]
            return Part(
                any(way.empty for way in ways),
                tuple(at for way in ways for at in way.first),
                tuple(at for way in ways for at in way.last),
            )
        return self.repeat(*value) if name in REPEATS else Part(True)

    def repeat(self, least: int, most: int, body: Any) -> Part:
        part = self.run(body)
        if most > LARGE or (part.empty and most > 1):
            self.join(part.last, part.first)
            return Part(part.empty or least == 0, part.first, part.last)
        first, last = part.first, part.last if least <= 1 else ()
        for number in range(2, most + 1):  # one copy behind the other: a copy is left out only with all behind it
            before, part = part, self.run(body)
            self.join(before.last, part.first)
            last += part.last if number >= least else ()
        return Part(part.empty or least == 0, first, last)


def taken(name: str, value: Any, alphabet: str, fold: bool) -> frozenset[str]:
    """The characters of ``alphabet`` that one leaf of an expression takes."""
    return frozenset(
        char for char in alphabet
        if any(_takes(name, value, each) for each in ({char, char.lower(), char.upper()} if fold else {char}))
    )  # fmt: skip


def _takes(name: str, value: Any, char: str) -> bool:
    if name == "ANY" or len(char) != 1:
        return name == "ANY"
    if name in ("LITERAL", "NOT_LITERAL"):
        return (ord(char) == value) == (name == "LITERAL")
    if name == "RANGE":
        return bool(value[0] <= ord(char) <= value[1])
    if name == "CATEGORY":
        kind = value.name.removeprefix("CATEGORY_").removeprefix("UNI_")
        return bool(re.match(CATEGORIES[kind.removeprefix("NOT_")], char)) != kind.startswith("NOT_")
    turned = bool(value) and value[0][0].name == "NEGATE"
    return any(_takes(op.name, each, char) for op, each in value if op.name != "NEGATE") != turned


def alphabet_of(items: Any) -> str:
    """Characters that tell the leaves of an expression apart: those it names, their neighbours, and common ones."""
    named = set(COMMON)
    for op, value in walk(items):
        if op in ("LITERAL", "NOT_LITERAL"):
            named.add(chr(value))
        elif op == "IN":
            for inner, each in value:
                if inner.name == "LITERAL":
                    named.add(chr(each))
                elif inner.name == "RANGE":
                    named |= {chr(each[0]), chr(each[1])}
    return "".join(sorted(named))


def walk(items: Any) -> Iterator[tuple[str, Any]]:
    """All parts of a parsed expression, outer before inner, look-arounds too."""
    for op, value in items:
        yield op.name, value
        for body in bodies(op.name, value):
            yield from walk(body)


def bodies(name: str, value: Any) -> list[Any]:
    """What is inside a part."""
    if name in REPEATS:
        return [value[2]]
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "BRANCH":
        return list(value[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    if name == "GROUPREF_EXISTS":
        return [each for each in value[1:] if each]
    return [value] if name == "ATOMIC_GROUP" else []


def parsed(pattern: Pattern, flags: int) -> Any:
    """The parsed expression; one of bytes is read as Latin-1 text."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    return PARSER.parse(text, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)


def folds(tree: Any) -> bool:
    """Whether small and capital letters are one anywhere in it."""
    inside = (value[1] for name, value in walk(tree) if name == "SUBPATTERN")
    return bool((tree.state.flags | next(filter(lambda flags: flags & re.IGNORECASE, inside), 0)) & re.IGNORECASE)


def ambiguous(pattern: Pattern, flags: int = 0) -> str | None:
    """What is ambiguous in a repeat of ``pattern``, in words; ``None`` where nothing is."""
    tree = parsed(pattern, flags)
    alphabet, fold = alphabet_of(tree), folds(tree)
    for name, value in walk(tree):
        if name in REPEATS and value[1] > LARGE:
            positions = Positions(alphabet, fold)
            positions.one(name, value)
            if said := _ambiguous(positions):
                return said
    return None


def _ambiguous(positions: Positions) -> str | None:
    if len(positions.takes) > POSITIONS:
        return f"too long to be looked through: {len(positions.takes)} positions"
    for (one, other), ways in positions.steps.items():
        if ways > 1 and positions.takes[other] and _leads(positions.steps, other, one):
            return f"a repeat in a repeat over {_shown(positions.takes[other])}"
    after: dict[int, list[int]] = {}
    for one, other in positions.steps:
        after.setdefault(one, []).append(other)
    for at in after:
        if parted := _meets_again(positions.takes, after, at):
            return f"two ways over {_shown(positions.takes[parted[0]] & positions.takes[parted[1]])}"
    return None


def _leads(steps: Step, start: int, end: int) -> bool:
    seen, todo = {start}, [start]
    while todo:
        at = todo.pop()
        if at == end:
            return True
        new = {other for one, other in steps if one == at} - seen
        seen |= new
        todo += new
    return False


def _meets_again(takes: list[frozenset[str]], after: dict[int, list[int]], at: int) -> tuple[int, int] | None:
    """Two ways that part at ``at``, go over equal characters, and meet where it leads back to ``at``."""
    back = _before(after, at)
    parting = [pair for pair in _pairs(takes, after, (at, at)) if pair[0] < pair[1]]
    for parted in parting:
        seen, todo = {parted}, [parted]
        while todo:
            for pair in _pairs(takes, after, todo.pop()):
                if pair[0] == pair[1] and pair[0] in back:
                    return parted
                if pair not in seen and pair[0] != pair[1]:
                    seen.add(pair)
                    todo.append(pair)
    return None


def _before(after: dict[int, list[int]], at: int) -> set[int]:
    """From where it leads to ``at``."""
    found = {at}
    while new := {one for one, others in after.items() if one not in found and not found.isdisjoint(others)}:
        found |= new
    return found


def _pairs(takes: list[frozenset[str]], after: dict[int, list[int]], pair: tuple[int, int]) -> list[tuple[int, int]]:
    ways = product(after.get(pair[0], ()), after.get(pair[1], ()))
    return [(one, other) for one, other in ways if takes[one] & takes[other]]


def _shown(chars: frozenset[str]) -> str:
    return repr("".join(sorted(chars))[:8])
