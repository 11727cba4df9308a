"""Units that two texts cite, compared: «пункте 13» where the other text says «12-тармағында»."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nlp.parity.divergence import DivergenceKind
from nlp.parity.said import Both, Difference
from nlp.parity.side import Words
from nlp.structure.act import UnitKind
from nlp.structure.operations import Step

_COUNTED = frozenset({UnitKind.ARTICLE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.ANNEX})
_Key = tuple[str, str]


def cited(ours: Both, theirs: Both) -> Iterator[Difference]:
    """One number of a cited unit stands in the place of another, in the unit and in the norm around it; what one text
    cites beyond the other is left alone: translators name a unit again or do not."""
    (unit, norm), (unit2, norm2) = [tuple(_keys(words) for words in both) for both in (ours, theirs)]
    mine, other = unit - unit2, unit2 - unit
    if mine.total() != 1 or other.total() != 1 or (norm - norm2, norm2 - norm) != (mine, other):
        return
    one, two = next(iter(mine)), next(iter(other))
    if one[0] == two[0]:
        spans = _place(ours[0], one), _place(theirs[0], two)
        yield Difference(DivergenceKind.NUMBER, *spans, (("ru", " ".join(one)), ("kk", " ".join(two))))


def _keys(words: Words) -> Counter[_Key]:
    """How often each unit is cited by its number."""
    found = Counter[_Key]()
    for citation in words.citations:
        found.update({_key(step) for target in citation.targets for step in target.path if _is_counted(step)})
    return found


def _is_counted(step: Step) -> bool:
    return step.kind in _COUNTED and step.number[:1].isdecimal()


def _key(step: Step) -> _Key:
    return step.kind.value, step.number


def _place(words: Words, key: _Key) -> tuple[int, int]:
    return next(
        citation.span
        for citation in words.citations
        if any(_is_counted(step) and _key(step) == key for target in citation.targets for step in target.path)
    )
