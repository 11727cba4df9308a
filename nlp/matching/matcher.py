"""Finds many patterns in the tokens of one string.

Every pattern is looked up through one of its words (its anchor); only then are its other elements tried, forwards and
backwards from there. Work is counted in steps, not in seconds, so that a result never depends on the machine's load;
a pattern that exceeds its budget is given up for this string and named in ``exhausted``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.language.token import Token, Tokens
from nlp.matching.pattern import Element, Pattern

DEFAULT_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Match:
    """Pattern ``index`` matched tokens [first, last); [mark_first, mark_last) is the marked part.

    ``start``/``end`` are character offsets of the marked part.
    """

    index: int
    first: int
    last: int
    mark_first: int
    mark_last: int
    start: int
    end: int


class PatternSet:
    """Compiled patterns with an index over their anchors. Immutable after construction; safe to share."""

    def __init__(self, patterns: Sequence[Pattern], steps: int = DEFAULT_STEPS) -> None:
        self.patterns = tuple(patterns)
        self._steps = steps
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_prefix: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._by_tag: dict[str, list[int]] = defaultdict(list)
        for index, pattern in enumerate(self.patterns):
            self._index(index, pattern.elements[pattern.anchor])

    def _index(self, index: int, element: Element) -> None:
        heads = [element, *(_phrase_anchor(phrase) for phrase in element.phrases)]
        for head in heads:
            for word in head.words:
                self._by_word[word].append(index)
            for form in head.forms:
                self._by_form[form].append(index)
            for prefix in head.prefixes:
                self._by_prefix[len(prefix)][prefix].append(index)
        if element.is_feature:
            self._by_tag[min(element.tags)].append(index)

    def candidates(self, token: Token) -> set[int]:
        """Patterns whose anchor this token may be (or belong to)."""
        found: set[int] = set()
        by_word = self._by_word
        for lemma in token.lemmas:
            if lemma in by_word:
                found.update(by_word[lemma])
        if token.norm in by_word:
            found.update(by_word[token.norm])
        if token.norm in self._by_form:
            found.update(self._by_form[token.norm])
        for length, table in self._by_prefix.items():
            prefix = token.norm[:length]
            if prefix in table:
                found.update(table[prefix])
        for tag in self._by_tag.keys() & token.tags:
            found.update(self._by_tag[tag])
        return found

    def find(self, tokens: Tokens, exhausted: list[int] | None = None) -> list[Match]:
        """All matches, sorted by place; for one pattern and one anchor the shortest one."""
        budgets: dict[int, int] = {}
        found: dict[tuple[int, int, int], Match] = {}
        for position, token in enumerate(tokens):
            for index in self.candidates(token):
                budget = _Budget(budgets.get(index, self._steps))
                match = self._match(index, tokens, position, budget)
                budgets[index] = budget.left
                if budget.left <= 0 and exhausted is not None and index not in exhausted:
                    exhausted.append(index)
                if match is not None:
                    found.setdefault((match.index, match.start, match.end), match)
        return sorted(found.values(), key=lambda match: (match.start, match.end, match.index))

    def _match(self, index: int, tokens: Tokens, position: int, budget: _Budget) -> Match | None:
        pattern = self.patterns[index]
        elements, anchor = pattern.elements, pattern.anchor
        for first, last in _anchor_spans(elements[anchor], tokens, position, budget):
            after = _forward(elements, anchor + 1, tokens, last, budget)
            if after is None:
                continue
            before = _backward(elements, anchor - 1, tokens, first, budget)
            if before is None:
                continue
            bounds = [*before, (first, last), *after]
            return _build(index, pattern, bounds, tokens)
        return None


class _Budget:
    """Steps left for one pattern in one string."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self) -> bool:
        self.left -= 1
        return self.left > 0


_Bounds = list[tuple[int, int]]


def _build(index: int, pattern: Pattern, bounds: _Bounds, tokens: Tokens) -> Match | None:
    begin, end = pattern.mark
    inside = [(a, b) for a, b in bounds[begin:end] if b > a]
    if not inside:
        return None
    mark_first, mark_last = inside[0][0], inside[-1][1]
    whole = [(a, b) for a, b in bounds if b > a]
    return Match(
        index,
        whole[0][0],
        whole[-1][1],
        mark_first,
        mark_last,
        tokens[mark_first].start,
        tokens[mark_last - 1].end,
    )


def _phrase_anchor(phrase: Sequence[Element]) -> Element:
    """Index a phrase by its longest literal."""
    best = max(
        (element for element in phrase if element.is_anchor),
        key=lambda element: min(len(word) for word in (*element.words, *element.forms, *element.prefixes)),
        default=phrase[0],
    )
    return best


def _anchor_spans(element: Element, tokens: Tokens, position: int, budget: _Budget) -> Iterator[tuple[int, int]]:
    """Places [first, last) that the anchor element may take so that ``position`` lies inside; phrases first."""
    for phrase in element.phrases:
        span = _phrase_around(phrase, tokens, position, budget)
        if span is not None and _has_tags(element, tokens[span[1] - 1]):
            yield span
    if _fits_word(element, tokens[position]):
        yield position, position + 1


def _phrase_around(phrase: Sequence[Element], tokens: Tokens, position: int, budget: _Budget) -> tuple[int, int] | None:
    for first in range(position, max(position - len(phrase), -1), -1):
        if not budget.spend():
            return None
        last = _phrase_end(phrase, tokens, first)
        if last is not None and position < last:
            return first, last
    return None


def _phrase_end(phrase: Sequence[Element], tokens: Tokens, first: int) -> int | None:
    position = first
    for element in phrase:
        if position < len(tokens) and _fits_word(element, tokens[position]):
            position += 1
        elif not element.optional:
            return None
    if position == first or tokens[first].sentence != tokens[position - 1].sentence:
        return None
    return position


def _takes(element: Element, tokens: Tokens, position: int) -> Iterator[int]:
    """Ends after ``element`` taken at ``position`` going forward; phrases, longest first, before the single word."""
    for phrase in element.phrases:
        last = _phrase_end(phrase, tokens, position)
        if last is not None and _has_tags(element, tokens[last - 1]):
            yield last
    if position < len(tokens) and _fits_word(element, tokens[position]):
        yield position + 1


def _takes_back(element: Element, tokens: Tokens, position: int) -> Iterator[int]:
    """Starts before ``element`` taken so that it ends at ``position`` (exclusive); phrases, longest first."""
    for phrase in element.phrases:
        for length in range(len(phrase), 0, -1):
            first = position - length
            fits = first >= 0 and _phrase_end(phrase, tokens, first) == position
            if fits and _has_tags(element, tokens[position - 1]):
                yield first
    if position > 0 and _fits_word(element, tokens[position - 1]):
        yield position - 1


def _forward(elements: Sequence[Element], at: int, tokens: Tokens, position: int, budget: _Budget) -> _Bounds | None:
    if at >= len(elements):
        return []
    element = elements[at]
    if element.gap:
        for skip in range(element.gap + 1):
            end = position + skip
            if end > len(tokens) or not budget.spend() or not _same_sentence(tokens, position - 1, end):
                return None
            rest = _forward(elements, at + 1, tokens, end, budget)
            if rest is not None:
                return [(position, end), *rest]
        return None
    for end in _takes(element, tokens, position):
        if not budget.spend():
            return None
        if tokens[position].sentence != tokens[position - 1].sentence:
            break
        rest = _forward(elements, at + 1, tokens, end, budget)
        if rest is not None:
            return [(position, end), *rest]
    if element.optional:
        rest = _forward(elements, at + 1, tokens, position, budget)
        if rest is not None:
            return [(position, position), *rest]
    return None


def _backward(elements: Sequence[Element], at: int, tokens: Tokens, position: int, budget: _Budget) -> _Bounds | None:
    if at < 0:
        return []
    element = elements[at]
    if element.gap:
        for skip in range(element.gap + 1):
            start = position - skip
            if start < 0 or not budget.spend() or not _same_sentence(tokens, start, position + 1):
                return None
            rest = _backward(elements, at - 1, tokens, start, budget)
            if rest is not None:
                return [*rest, (start, position)]
        return None
    for start in _takes_back(element, tokens, position):
        if not budget.spend():
            return None
        if tokens[start].sentence != tokens[position].sentence:
            break
        rest = _backward(elements, at - 1, tokens, start, budget)
        if rest is not None:
            return [*rest, (start, position)]
    if element.optional:
        rest = _backward(elements, at - 1, tokens, position, budget)
        if rest is not None:
            return [*rest, (position, position)]
    return None


def _same_sentence(tokens: Tokens, first: int, last: int) -> bool:
    """Whether tokens [first, last) lie in one sentence (an end past the string counts as the same)."""
    low, high = max(first, 0), min(last, len(tokens)) - 1
    return high < low or tokens[low].sentence == tokens[high].sentence


def _fits_word(element: Element, token: Token) -> bool:
    if element.anything:
        hit = True
    else:
        hit = (
            token.norm in element.words
            or token.norm in element.forms
            or any(lemma in element.words for lemma in token.lemmas)
            or (bool(element.prefixes) and token.norm.startswith(element.prefixes))
            or (element.number and _is_number(token))
        )
    if hit and not _has_tags(element, token):
        hit = False
    return hit != element.negated


def _has_tags(element: Element, token: Token) -> bool:
    return element.tags <= token.tags and not (element.without & token.tags)


def _is_number(token: Token) -> bool:
    return "num" in token.tags or token.norm[:1].isdigit()
