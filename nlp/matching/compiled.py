"""Patterns made ready for searching: every element a number of the vocabulary, and what a match cannot do without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.language.token import Token
from nlp.matching.pattern import Element, Pattern
from nlp.matching.vocabulary import VOCABULARY, Fits, has_tags


class Phrases:
    """The phrases of an element, longest first, looked up by a word that stands in them.

    ``parts`` chooses the elements of a phrase that the word may be.
    """

    __slots__ = ("_always", "_at", "_numbers", "_phrases")

    def __init__(self, phrases: Sequence[Phrase], parts: Callable[[Phrase], Sequence[Step]]) -> None:
        self._phrases = phrases
        at: dict[int, set[int]] = defaultdict(set)
        always: set[int] = set()
        for order, phrase in enumerate(phrases):
            for part in parts(phrase):
                if part.negated or part.gap:
                    always.add(order)
                else:
                    at[part.number].add(order)
        self._always = always
        self._at = dict(at)
        self._numbers = frozenset(at)

    def holding(self, fits: Fits) -> Sequence[Phrase]:
        """Phrases in whose chosen elements a word that fits these numbers may stand."""
        known = self._numbers & fits
        if not known and not self._always:
            return ()
        orders = self._always.union(*(self._at[number] for number in known))
        return [self._phrases[order] for order in sorted(orders)]


class Step:
    """One element. ``key`` is a number that every string with a match of the element holds, -1 where there is none;
    ``single``: it has no phrases."""

    __slots__ = (
        "_tagged",
        "around",
        "gap",
        "key",
        "negated",
        "number",
        "optional",
        "phrases_after",
        "phrases_before",
        "single",
    )

    def __init__(self, element: Element) -> None:
        self.number = -1 if element.gap else VOCABULARY.number(element)
        self.negated = element.negated
        self._tagged = element if element.tags or element.without else None
        self.optional = element.optional
        self.gap = element.gap
        self.key = _key(element)
        self.single = not element.phrases
        phrases = [Phrase(tuple(_step(part) for part in phrase)) for phrase in element.phrases]
        # A word in a gap does not lead to the phrase: its own words do.
        self.around = Phrases(phrases, lambda phrase: [part for part in phrase.steps if not part.gap])
        self.phrases_after = Phrases(phrases, lambda phrase: _openings(phrase.steps))
        self.phrases_before = Phrases(phrases, lambda phrase: _openings(phrase.steps[::-1]))

    def fits(self, fits: Fits) -> bool:
        """Whether one word that fits these numbers is taken by the element; phrases do not enter."""
        return (self.number in fits) != self.negated

    def may_end(self, token: Token) -> bool:
        """Whether a phrase of the element may end in this word: its last word bears the features."""
        return self._tagged is None or has_tags(self._tagged, token.tags)


class Phrase:
    """The steps of an entry of several words. ``reach``: how many words it takes at most; ``loose``: it has a gap."""

    __slots__ = ("loose", "reach", "steps")

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        self.loose = any(step.gap for step in steps)
        self.reach = sum(step.gap or 1 for step in steps)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern: ``key`` is held by every token its anchor is looked up at; ``needed``, the key first, are held by some
    token of every string it is in."""

    steps: tuple[Step, ...]
    anchor: int
    mark: tuple[int, int]
    key: int
    needed: tuple[int, ...]


def compiled(pattern: Pattern) -> Compiled:
    """Pattern → its steps; equal elements share one."""
    steps = tuple(_step(element) for element in pattern.elements)
    anchor = pattern.elements[pattern.anchor]
    key = VOCABULARY.number(_heads(anchor)) if anchor.phrases else VOCABULARY.number(anchor)
    others = {step.key for step in steps if step.key >= 0} - {key}
    return Compiled(steps, pattern.anchor, pattern.mark, key, (key, *sorted(others, reverse=True)))


def _openings(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The elements a phrase may begin with: its first, and those after it while they may be left out."""
    for position, step in enumerate(steps):
        if not (step.optional or step.gap):
            return steps[: position + 1]
    return steps


@lru_cache(maxsize=16_384)
def _step(element: Element) -> Step:
    return Step(element)


def _key(element: Element) -> int:
    """The element itself or, for one with phrases, its words and one word of each phrase."""
    if element.gap or element.optional or element.negated:
        return -1
    if not element.phrases:
        return VOCABULARY.number(element)
    if not all(_phrase_anchor(phrase).is_anchor for phrase in element.phrases):
        return -1
    return VOCABULARY.number(_heads(element))


def _heads(element: Element) -> Element:
    """Any word by which ``element`` is looked up: its own literals and one of each phrase, whatever their features."""
    heads = [element, *(_phrase_anchor(phrase) for phrase in element.phrases)]
    return Element(
        words=frozenset(word for head in heads for word in head.words),
        forms=frozenset(form for head in heads for form in head.forms),
        prefixes=tuple(sorted({prefix for head in heads for prefix in head.prefixes})),
        number=element.number,
    )


def _phrase_anchor(phrase: Sequence[Element]) -> Element:
    """A phrase is looked up by its longest literal."""
    return max(
        (element for element in phrase if element.is_anchor),
        key=lambda element: min(len(word) for word in (*element.words, *element.forms, *element.prefixes)),
        default=phrase[0],
    )
