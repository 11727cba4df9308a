"""versions(): two texts of one act → what happened to every unit and to its words, and which findings are new.

Reads: two acts in one language, findings of both where they were examined. Writes: ``Versions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.alignment import AlignedUnits, Alignment, Change
from nlp.alignment.alignment import opening
from nlp.detection.finding import Finding
from nlp.structure.act import Act, Unit
from nlp.versions.fresh import fresh
from nlp.versions.redline import Edit, edits
from nlp.versions.texts import aligned, language_of_both


@dataclass(frozen=True, slots=True)
class Version:
    """One norm in both texts. ``left``, ``right``: addresses of its units; ``old``, ``new``: their own words, units
    below have entries of their own; ``edits`` make ``new`` of ``old``."""

    change: Change
    left: tuple[str, ...]
    right: tuple[str, ...]
    old: str
    new: str
    edits: tuple[Edit, ...]
    score: float
    made_by: str


@dataclass(frozen=True, slots=True)
class Versions:
    """Norms in the order of the later text; what is gone stands where it stood. ``new_findings``: of the later text."""

    language: str
    old: Act
    new: Act
    entries: tuple[Version, ...]
    new_findings: tuple[Finding, ...] = ()
    examined: bool = False


def versions(
    old: Act,
    new: Act,
    before: Sequence[Finding] = (),
    found: Sequence[Finding] | None = None,
    unlikely: Sequence[tuple[str, str]] = (),
) -> Versions:
    """``before``, ``found``: findings of the earlier and of the later text; ``found`` None: they were not examined.
    ``unlikely``: what was left out of the earlier text's findings (``TextReport.unlikely``).

    Raises ``DossierError`` (``versions.other_language``) for texts in two languages.
    """
    language = language_of_both(old, new)
    alignment = aligned(old, new, language)
    entries = tuple(_entries(old, new, alignment))
    new_findings = tuple(fresh(alignment, old, new, before, found or (), unlikely))
    return Versions(language, old, new, entries, new_findings, found is not None)


def _entries(old: Act, new: Act, alignment: Alignment) -> Iterator[Version]:
    earlier, later = _words(old), _words(new)
    for pair in _ordered(old, new, alignment):
        one = "\n".join(earlier[address] for address in pair.left)
        two = "\n".join(later[address] for address in pair.right)
        change = pair.change
        if change is Change.SAME and one != two:
            change = Change.CHANGED
        elif change is Change.CHANGED and one == two:
            change = Change.SAME
        yield Version(change, pair.left, pair.right, one, two, edits(one, two), pair.score, pair.made_by.value)


def _words(act: Act) -> dict[str, str]:
    """Heading and own words of every unit; those of a first paragraph are its unit's."""
    found = {}
    for unit in act.root.walk():
        found[unit.address] = _own(act, unit)
    return found


def _own(act: Act, unit: Unit) -> str:
    heading = act.text(unit.heading).strip() if unit.heading != (0, 0) else ""
    first = opening(act, unit)
    return "\n".join(words for words in (heading, act.text(first.own).strip()) if words)


def _ordered(old: Act, new: Act, alignment: Alignment) -> list[AlignedUnits]:
    """In the order of the later text; a unit that is gone follows the one that it followed."""
    place = {unit.address: n for n, unit in enumerate(new.root.walk())}
    order = {unit.address: n for n, unit in enumerate(old.root.walk())}
    keyed: list[tuple[tuple[int, int, int], AlignedUnits]] = []
    after = -1
    for pair in sorted(alignment.pairs, key=lambda each: order.get(each.left[0], -1) if each.left else len(order)):
        if pair.right:
            here = min(place[address] for address in pair.right)
            if pair.left and pair.change is not Change.MOVED:
                after = here
            keyed.append(((here, 0, 0), pair))
        else:
            keyed.append(((after, 1, order[pair.left[0]]), pair))
    return [pair for _, pair in sorted(keyed, key=lambda item: item[0])]
