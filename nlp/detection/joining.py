"""Told: the findings of one text, found by factor with the unit or the words that they mark.

A draft with thousands of findings and observations must not compare each with all: a finding is asked only where it has
the factor of the observation and its unit, or marks words near by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from nlp.detection.finding import Finding, Mark
from nlp.detection.observation import Observation

_STRETCH = 256  # characters; marks are kept by the stretches of the text that they touch


class Told:
    """Findings in the order in which they were told; one that is taken away leaves its number empty."""

    def __init__(self, found: Sequence[Finding]) -> None:
        self._made: list[Finding | None] = []
        self._of_unit: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._near: dict[tuple[str, int], dict[int, None]] = defaultdict(dict)
        for finding in found:
            self.add(finding)

    def add(self, finding: Finding) -> None:
        """One more finding."""
        number = len(self._made)
        self._made.append(finding)
        if finding.change is None:  # what an amendment makes of another act is never the same defect
            self._of_unit[finding.factor, finding.provision].append(number)
            self._mark(number, finding)

    def change(self, number: int, finding: Finding) -> None:
        """The finding under a number, with further marks; factor and provision are as before."""
        self._made[number] = finding
        self._mark(number, finding)

    def take_away(self, number: int) -> None:
        """The finding under a number is none."""
        self._made[number] = None

    def of(self, number: int) -> Finding:
        """The finding under a number that ``same`` gave; raises ``KeyError`` for one that was taken away."""
        finding = self._made[number]
        if finding is None:
            raise KeyError(number)
        return finding

    def all(self) -> Iterator[Finding]:
        """The findings that are left, in order."""
        return (finding for finding in self._made if finding is not None)

    def same(self, observation: Observation, marks: Sequence[Mark]) -> list[int]:
        """Numbers of the findings that say the observation's factor of its unit or of words that it marks."""
        if observation.apart:
            return []
        factor = observation.factor
        met = dict.fromkeys(self._of_unit.get((factor, observation.places[0].provision.id), ()))
        for mark in marks:
            for stretch in _stretches(mark):
                for number in self._near.get((factor, stretch), ()):
                    if number not in met and self._overlaps(number, mark, stretch):
                        met[number] = None
        return sorted(number for number in met if self._made[number] is not None)

    def _overlaps(self, number: int, mark: Mark, stretch: int) -> bool:
        finding = self._made[number]
        if finding is None:
            return False
        return any(mark.start < other.end and other.start < mark.end for other in finding.marks)

    def _mark(self, number: int, finding: Finding) -> None:
        for mark in finding.marks:
            for stretch in _stretches(mark):
                self._near[finding.factor, stretch][number] = None


def _stretches(mark: Mark) -> range:
    return range(mark.start // _STRETCH, max(mark.end - 1, mark.start) // _STRETCH + 1)
