"""The meaning of patterns, without an index and without budgets: every pattern is tried at every token.

What ``nlp.matching`` finds faster must be exactly this.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from nlp.language.token import Token, Tokens
from nlp.matching import Match, Pattern
from nlp.matching.pattern import Element


def find(patterns: list[Pattern], tokens: Tokens) -> list[Match]:
    """Matches in the order of ``PatternSet.find``."""
    found: dict[tuple[int, int, int], Match] = {}
    for index, pattern in enumerate(patterns):
        for position, token in enumerate(tokens):
            if is_head(pattern.elements[pattern.anchor], token):
                match = _around(index, pattern, tokens, position)
                if match is not None:
                    found.setdefault((index, match.start, match.end), match)
    return sorted(found.values(), key=lambda match: (match.start, match.end, match.index))


def is_head(anchor: Element, token: Token) -> bool:
    """Whether the token is a word of the anchor or the longest plain word of one of its phrases."""
    heads = [anchor]
    for phrase in anchor.phrases:
        plain = [part for part in phrase if part.is_anchor]
        heads.append(max(plain, key=_shortest, default=phrase[0]))
    by_word = any(_is_word(head, token) for head in heads)
    return by_word or (anchor.is_feature and anchor.tags <= token.tags)


def _shortest(element: Element) -> int:
    return min(len(word) for word in (*element.words, *element.forms, *element.prefixes))


def _around(index: int, pattern: Pattern, tokens: Tokens, position: int) -> Match | None:
    elements, anchor = list(pattern.elements), pattern.anchor
    for first, last in _places(elements[anchor], tokens, position):
        after = next(_after(elements[anchor + 1 :], tokens, last), None)
        before = next(_before(elements[:anchor], tokens, first), None)
        if after is not None and before is not None:
            bounds = [*before, (first, last), *after]
            marked = [(a, b) for a, b in bounds[pattern.mark[0] : pattern.mark[1]] if b > a]
            whole = [(a, b) for a, b in bounds if b > a]
            if not marked:
                return None
            mark_first, mark_last = marked[0][0], marked[-1][1]
            start, end = tokens[mark_first].start, tokens[mark_last - 1].end
            return Match(index, whole[0][0], whole[-1][1], mark_first, mark_last, start, end)
    return None


def _places(element: Element, tokens: Tokens, position: int) -> Iterator[tuple[int, int]]:
    for phrase in element.phrases:
        if not any(not part.gap and (part.negated or _fits(part, tokens[position])) for part in phrase):
            continue  # only a gap of the phrase could take this word; its own words lead to it
        for first in range(position, max(position - _reach(phrase), -1), -1):
            over = [last for last in _phrase_ends(phrase, tokens, first) if position < last]
            if over:
                if _has_tags(element, tokens[over[0] - 1]):
                    yield first, over[0]
                break
    if _fits(element, tokens[position]):
        yield position, position + 1


_Bounds = list[tuple[int, int]]


def _after(elements: list[Element], tokens: Tokens, position: int) -> Iterator[_Bounds]:
    if not elements:
        yield []
        return
    for end in _ends(elements[0], tokens, position):
        if end == position or _together(tokens, position - 1, end):
            for rest in _after(elements[1:], tokens, end):
                yield [(position, end), *rest]


def _ends(element: Element, tokens: Tokens, position: int) -> Iterator[int]:
    if element.gap:
        yield from range(position, min(position + element.gap, len(tokens)) + 1)
        return
    for phrase in element.phrases:
        for last in _phrase_ends(phrase, tokens, position):
            if _has_tags(element, tokens[last - 1]):
                yield last
    if position < len(tokens) and _fits(element, tokens[position]):
        yield position + 1
    if element.optional:
        yield position


def _before(elements: list[Element], tokens: Tokens, position: int) -> Iterator[_Bounds]:
    if not elements:
        yield []
        return
    for start in _starts(elements[-1], tokens, position):
        if start == position or _together(tokens, start, position + 1):
            for rest in _before(elements[:-1], tokens, start):
                yield [*rest, (start, position)]


def _starts(element: Element, tokens: Tokens, position: int) -> Iterator[int]:
    if element.gap:
        yield from range(position, max(position - element.gap, 0) - 1, -1)
        return
    for phrase in element.phrases:
        for first in range(max(position - _reach(phrase), 0), position):
            if position in _phrase_ends(phrase, tokens, first) and _has_tags(element, tokens[position - 1]):
                yield first
    if position > 0 and _fits(element, tokens[position - 1]):
        yield position - 1
    if element.optional:
        yield position


def _reach(phrase: tuple[Element, ...]) -> int:
    return sum(element.gap or 1 for element in phrase)


def _phrase_ends(phrase: tuple[Element, ...], tokens: Tokens, first: int) -> list[int]:
    """Every way of filling the gaps, the first gap from the shortest on."""
    gaps = [element.gap for element in phrase if element.gap]
    ends = []
    for lengths in product(*(range(gap + 1) for gap in gaps)):
        left = list(lengths)
        position = first
        for element in phrase:
            if element.gap:
                position += left.pop(0)
            elif position < len(tokens) and _fits(element, tokens[position]):
                position += 1
            elif not element.optional:
                break
        else:
            if first < position <= len(tokens) and _together(tokens, first, position):
                ends.append(position)
    return ends


def _together(tokens: Tokens, first: int, last: int) -> bool:
    """One sentence."""
    inside = tokens[max(first, 0) : last]
    return not inside or inside[0].sentence == inside[-1].sentence


def _fits(element: Element, token: Token) -> bool:
    is_number = "num" in token.tags or token.norm[:1].isdigit()
    hit = element.anything or _is_word(element, token) or (element.number and is_number)
    return (hit and _has_tags(element, token)) != element.negated


def _is_word(element: Element, token: Token) -> bool:
    words = {token.norm, *token.lemmas}
    by_prefix = any(token.norm.startswith(prefix) for prefix in element.prefixes)
    return bool(words & element.words) or token.norm in element.forms or by_prefix


def _has_tags(element: Element, token: Token) -> bool:
    return element.tags <= token.tags and not element.without & token.tags
