"""Links: the units of the adopted act that a norm of the draft has become, by the passes of DESIGN 3.7.

Reads: both acts, their alignment. Writes: ``Link`` with the pass that made it. A later pass is tried only where the
earlier ones are silent; where two units are as good, the link is a tie and nobody decides but a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlp.adoption.where import Finder
from nlp.adoption.words import Signs, like, signs, stem
from nlp.alignment import Alignment, Change
from nlp.alignment.alignment import AlignedUnits
from nlp.structure.act import Act, Role, Unit, UnitKind

_ANCHOR = 0.6  # share of the words of a recommendation that a unit elsewhere must have
_ANCHOR_ANYWHERE = 0.75  # … where alignment has given it to another norm
_ANCHOR_OF_NORM = 0.6  # … or of the flagged words
_TIE = 0.1
_SOMEWHAT = 0.2  # likeness to a norm that is gone
_FEWEST = 3  # signs that are enough to look for
_MANY = 6  # … in every unit of the act
_NAMED = frozenset({UnitKind.POINT, UnitKind.ARTICLE, UnitKind.SUBPOINT, UnitKind.ROW})
_APART = frozenset({Role.STAMP, Role.SIGNATURE, Role.CURRENT, Role.REASON, Role.REQUISITE, Role.TITLE, Role.PREAMBLE})


class LinkPass(StrEnum):
    """What made a link, from the surest to the least sure."""

    FINDING = "finding"  # the adopted text has the very finding
    ALIGNED = "aligned"  # the unit in its place
    RENUMBERED = "renumbered"  # by words: under another number or elsewhere
    PARTS = "parts"  # split or merged
    ANCHOR = "anchor"  # only by the flagged or the recommended words
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Link:
    """``units``: addresses in the adopted act, none where the norm is gone; ``rivals``: units as good, of a tie."""

    made_by: LinkPass
    units: tuple[str, ...] = ()
    score: float = 0.0
    change: Change = Change.DELETED
    rivals: tuple[str, ...] = ()


class _Index:
    """Units by their signs, so that looking for words does not read every unit."""

    def __init__(self, units: Sequence[tuple[str, Signs]]) -> None:
        self.units = units
        self._with: dict[str, set[int]] = defaultdict(set)
        for at, (_, there) in enumerate(units):
            for sign in there:
                self._with[sign].add(at)
                if sign[0] == "w":
                    self._with[f"stem:{stem(sign)}"].add(at)

    def best(self, words: Signs) -> list[tuple[float, str]]:
        """The two units that have the largest share of the words (a word also by its stem): (-share, address)."""
        hits: Counter[int] = Counter()
        for sign in words:
            hits.update(self._with.get(f"stem:{stem(sign)}" if sign[0] == "w" else sign, ()))
        return sorted((-count / len(words), self.units[at][0]) for at, count in hits.items())[:2]

    def most_like(self, words: Signs) -> tuple[float, str]:
        """The unit that is most like a norm; (0, "") where none shares a word."""
        near = set().union(*(self._with.get(sign, set()) for sign in words))
        return max(((like(words, self.units[at][1]), self.units[at][0]) for at in near), default=(0.0, ""))


class Links:
    """Links between two given texts."""

    def __init__(self, draft: Finder, adopted: Finder, alignment: Alignment) -> None:
        self.draft, self.adopted, self.alignment = draft, adopted, alignment
        language = adopted.act.language if adopted.act.language in {"ru", "kk"} else "ru"
        self._language = language
        come = {address for pair in alignment.pairs if not pair.left for address in pair.right}
        units = [unit for unit in adopted.act.root.walk() if _is_norm(adopted, unit)]
        self._all = _Index([(unit.address, signs(text_of(adopted.act, unit), language)) for unit in units])
        self._new = _Index([(address, there) for address, there in self._all.units if address in come])

    def of(self, address: str) -> Link:
        """The link that alignment makes of a unit of the draft."""
        pair = self._entry(address)
        if pair is None or not pair.right:
            return Link(LinkPass.NONE)
        return Link(_made_by(pair), pair.right, pair.score, pair.change)

    def anchored(self, wanted: Signs, flagged: Signs, old: Signs) -> Link:
        """A unit that alignment gave to no norm: by the words of the recommendation that the old norm has not, else by
        the flagged words; last any unit that has nearly all that the recommendation brings."""
        for words, least, units, fewest in (
            (wanted - old, _ANCHOR, self._new, _FEWEST), (flagged, _ANCHOR_OF_NORM, self._new, _FEWEST + 1),
            (wanted - old, _ANCHOR_ANYWHERE, self._all, _MANY),
        ):  # fmt: skip
            if len(words) < fewest:
                continue
            best = units.best(words)
            if best and -best[0][0] >= least:
                tie = len(best) > 1 and best[1][0] <= best[0][0] + _TIE and not self._inside(best[0][1], best[1][1])
                rivals = (best[1][1],) if tie else ()
                return Link(LinkPass.ANCHOR, (best[0][1],), round(-best[0][0], 4), Change.MOVED, rivals)
        return Link(LinkPass.NONE)

    def closest(self, old: Signs) -> str:
        """The new unit that is most like a norm that is gone; "" where none is like it at all."""
        best = self._new.most_like(old)
        return best[1] if best[0] >= _SOMEWHAT else ""

    def verbatim(self, quote: str) -> Link:
        """Units that have the very flagged words, one after the other; several are a tie. A norm that had the same
        words in the draft («десяти рабочих дней») has them still and is not where they went."""
        told = self.adopted.places(quote) if len(quote.split()) >= _FEWEST else []
        units = tuple(dict.fromkeys(self.adopted.unit_at(start) for start, _ in told))
        had = {self.draft.unit_at(start) for start, _ in self.draft.places(quote)} if units else set()
        units = tuple(unit for unit in units if not had.intersection(self._came_from(unit)))
        if not units:
            return Link(LinkPass.NONE)
        return Link(LinkPass.ANCHOR, units[:1], 1.0, Change.MOVED, units[1:])

    def _came_from(self, address: str) -> tuple[str, ...]:
        """Units of the draft that alignment takes for a unit of the adopted act."""
        for unit in reversed(self.adopted.chains[address]):
            pair = self.alignment.of_right(unit.address)
            if pair is not None:
                return pair.left
        return ()

    def parent(self, address: str) -> str:
        """The nearest named unit above; "" at the top."""
        chain = self.draft.chains[address]
        return next((unit.address for unit in reversed(chain[:-1]) if unit.kind in _NAMED), "")

    def _entry(self, address: str) -> AlignedUnits | None:
        """The entry of a unit; a first paragraph stands for its unit."""
        for unit in reversed(self.draft.chains[address]):
            pair = self.alignment.of_left(unit.address)
            if pair is not None:
                return pair
        return None

    def _inside(self, one: str, two: str) -> bool:
        chains = self.adopted.chains
        return any(unit.address == two for unit in chains[one]) or any(unit.address == one for unit in chains[two])


def text_of(act: Act, unit: Unit) -> str:
    """Heading and words of a unit and all below it, without numbers, stamps and words in force."""
    return " ".join(" ".join(piece.split()) for piece in _pieces(act, unit) if piece.strip())


def _pieces(act: Act, unit: Unit) -> Iterator[str]:
    if unit.role in _APART:
        return
    if unit.heading != (0, 0):
        yield act.text(unit.heading)
    yield act.text(unit.own)
    for child in unit.children:
        yield from _pieces(act, child)


def texts_of(finder: Finder, addresses: Sequence[str]) -> str:
    """Words of several units; a unit below another of them is not told twice."""
    kept = [a for a in addresses if not any(u.address in addresses for u in finder.chains[a][:-1])]
    return " ".join(text_of(finder.act, finder.chains[a][-1]) for a in kept)


def _is_norm(finder: Finder, unit: Unit) -> bool:
    named = unit.kind in _NAMED or unit.kind is UnitKind.CLAUSE
    return named and not any(each.role in _APART for each in finder.chains[unit.address])


def _made_by(pair: AlignedUnits) -> LinkPass:
    if pair.change in {Change.SPLIT, Change.MERGED}:
        return LinkPass.PARTS
    return LinkPass.RENUMBERED if pair.change in {Change.MOVED, Change.RENUMBERED} else LinkPass.ALIGNED
