"""How far raters agree: Cohen's κ, Krippendorff's α for names, Krippendorff's unitising α for marked words.

Pure functions of what was said; None stands where a coefficient is not defined (nobody ever said anything else, so
chance alone explains the agreement). Used for blind experts of a case and for annotators of a corpus. Sources:
J. Cohen, A coefficient of agreement for nominal scales, 1960; K. Krippendorff, Computing Krippendorff's
alpha-reliability, 2011; K. Krippendorff, On the reliability of unitizing continuous data, Sociological Methodology 25,
1995, with the correction of Content Analysis, 2nd edition, 2004, 11.6.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

Span = tuple[int, int]


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """κ = (p₀ − pₑ) / (1 − pₑ) of two raters over the same items; None without items or when pₑ is 1."""
    count = len(pairs)
    if not count:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    same = sum(one == two for one, two in pairs)
    chance = sum(first[name] * second[name] for name in first)
    if chance == count * count:
        return None
    return (same * count - chance) / (count * count - chance)


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Nominal α of any number of raters; None among the values of a unit: that rater said nothing of it.

    None when fewer than two values can be paired or all of them are one.
    """
    totals: Counter[Hashable] = Counter()
    disagreed = 0.0
    for unit in units:
        values = Counter(value for value in unit if value is not None)
        said = sum(values.values())
        if said < 2:
            continue
        totals.update(values)
        disagreed += sum(count * (said - count) for count in values.values()) / (said - 1)
    paired = sum(totals.values())
    expected = sum(count * (paired - count) for count in totals.values())
    return None if expected == 0 else 1 - disagreed * (paired - 1) / expected


def unitising_alpha(length: int, *raters: Iterable[Span]) -> float | None:
    """α of two or more raters who mark stretches of one text of ``length`` characters; spans outside of it are cut off.

    Two stretches that overlap differ by the squares of the distances of their beginnings and of their ends, a stretch
    inside an unmarked one by the square of its length. Overlapping and touching marks of one rater are one stretch.
    None with fewer than two raters, when nobody marked anything, or when no arrangement of the marks could disagree.
    """
    if len(raters) < 2 or length < 1:
        return None
    parts = [list(_parts(_merged(spans, length), length)) for spans in raters]
    differing = sum(_distance(*met) for one, two in combinations(parts, 2) for met in _meeting(one, two))
    observed = 2 * differing / (len(raters) * (len(raters) - 1) * length * length)
    expected = _expected(length, len(raters), [part for each in parts for part in each])
    return None if expected == 0 else 1 - observed / expected


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the text: marked, or what lies between marks."""

    start: int
    end: int
    marked: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def _merged(spans: Iterable[Span], length: int) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted((max(start, 0), min(end, length)) for start, end in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _parts(spans: Sequence[Span], length: int) -> Iterator[_Part]:
    at = 0
    for start, end in spans:
        if at < start:
            yield _Part(at, start, marked=False)
        yield _Part(start, end, marked=True)
        at = end
    if at < length:
        yield _Part(at, length, marked=False)


def _meeting(one: Sequence[_Part], two: Sequence[_Part]) -> Iterator[tuple[_Part, _Part]]:
    """All pairs of parts of the two raters that share characters."""
    i = k = 0
    while i < len(one) and k < len(two):
        yield one[i], two[k]
        if one[i].end <= two[k].end:
            k += one[i].end == two[k].end
            i += 1
        else:
            k += 1


def _distance(one: _Part, two: _Part) -> int:
    if one.marked and two.marked:
        return (one.start - two.start) ** 2 + (one.end - two.end) ** 2
    marked, gap = (one, two) if one.marked else (two, one)
    inside = marked.marked and not gap.marked and gap.start <= marked.start and marked.end <= gap.end
    return marked.length**2 if inside else 0


def _expected(length: int, raters: int, parts: Sequence[_Part]) -> float:
    """Disagreement of all arrangements of the parts of all raters (1995, formula 6; 2004, 11.6)."""
    units = [part.length for part in parts if part.marked]
    gaps = sorted(part.length for part in parts if not part.marked)
    room = [0, *accumulate(gaps)]
    among = (len(units) - 1) * sum(2 * size**3 - 3 * size**2 + size for size in units) / 3
    between = 0
    for size in units:
        small = bisect_left(gaps, size)  # gaps before it are too short to hold the stretch
        between += size**2 * (room[-1] - room[small] - (len(gaps) - small) * (size - 1))
    places = raters * length * (raters * length - 1) - sum(size * (size - 1) for size in units)
    return 2 * (among + between) / (length * places) if places else 0.0
