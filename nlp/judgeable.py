"""Which provisions are judged at all: bounds on the length of one and on the work for a whole text.

Reads: provisions, limits. Writes: those to be judged, and a notice on the others; and which of all provisions no
detector of the act reads word by word, by the same bounds. What one provision costs grows faster than its length, and a
lead-in is read again with every item of its list: without bounds a file of a few pages could keep the program busy for
hours.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nlp.errors import ReadingError
from nlp.limits import Limits
from nlp.reading.source import Notice
from nlp.structure import Citations
from nlp.structure.act import Act, Provision


def size(provision: Provision) -> int:
    """Characters that are read to judge a provision: its own and those that frame it."""
    return len(provision.text) + len(provision.lead) + len(provision.heading) + len(provision.tail)


def require_judgeable(provision: Provision, limits: Limits) -> None:
    """Raises ``ReadingError`` ``judge.too_long`` for a provision by itself of which nothing would be said."""
    characters = size(provision)
    if characters > limits.provision_characters:
        raise ReadingError("judge.too_long", characters=characters, limit=limits.provision_characters)


def within(act: Act, wanted: Sequence[Provision], limits: Limits) -> tuple[list[Provision], list[Notice]]:
    """Provisions in order as far as they keep ``provision_characters`` and, all together, ``judged_characters``.

    The notice ``examine.not_judged`` {count, unit_ru, unit_kk} tells how many are left out and names the first.
    """
    kept, left = _parted(wanted, limits)
    if not left:
        return kept, []
    citations = Citations(act)
    units = [(f"unit_{code}", citations.cite(left[0].address, code)) for code in ("ru", "kk")]
    return kept, [Notice("examine.not_judged", (("count", str(len(left))), *units))]


def changes_beyond(too_long: Collection[Provision]) -> list[Notice]:
    """The notice ``examine.change_not_judged`` {count} on norms that a draft would make of an act in force."""
    return [Notice("examine.change_not_judged", (("count", str(len(too_long))),))] if too_long else []


def unread(everything: Sequence[Provision], judged: Sequence[Provision], limits: Limits) -> frozenset[str]:
    """Ids of provisions beyond the bounds, whatever their role; those that are judged are read anyhow."""
    _, left = _parted(everything, limits)
    return frozenset(provision.id for provision in left) - {provision.id for provision in judged}


def _parted(wanted: Sequence[Provision], limits: Limits) -> tuple[list[Provision], list[Provision]]:
    kept: list[Provision] = []
    left: list[Provision] = []
    room = limits.judged_characters
    for provision in wanted:
        characters = size(provision)
        if characters > min(limits.provision_characters, room):
            left.append(provision)
            continue
        room -= characters
        kept.append(provision)
    return kept, left
