"""Units that one text has and the other lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.alignment import AlignedUnits, Alignment, Change, RussianKazakh
from nlp.alignment.alignment import Node
from nlp.parity.divergence import Divergence, DivergenceKind, Spot
from nlp.parity.side import Side
from nlp.structure.act import Role, Unit, UnitKind

_ITEMS = frozenset({UnitKind.SUBPOINT, UnitKind.INDENT, UnitKind.ROW})
_UNITS = frozenset({UnitKind.ARTICLE, UnitKind.POINT, UnitKind.CLAUSE})
_THE_SAME = 0.75  # as like as the words of one norm in two languages are
_BEGINS = re.compile(r"\s*[\"«“(]?\w")  # words torn off by a link in the source begin with a mark: «", О статусе…»
_TOLD = frozenset({
    Role.NORM, Role.DEFINITION, Role.AIM, Role.PRINCIPLE, Role.CONTROL, Role.ENTRY_INTO_FORCE, Role.REPEAL, Role.QUOTED,
})  # fmt: skip


def missing(russian: Side, kazakh: Side, alignment: Alignment) -> Iterator[Divergence]:
    """List items and units without a partner; what stands below a missing unit is not told again."""
    for pair in alignment.pairs:
        if pair.change is Change.DELETED:
            yield from _missing(russian, kazakh, pair.left[0], alignment, True)
        elif pair.change is Change.INSERTED:
            yield from _missing(kazakh, russian, pair.right[0], alignment, False)


def _missing(side: Side, other: Side, address: str, alignment: Alignment, is_left: bool) -> Iterator[Divergence]:
    unit = side.units[address]
    kind = DivergenceKind.LIST_ITEM if unit.kind in _ITEMS else DivergenceKind.UNIT
    parent = side.above.get(address)
    if parent is None or unit.kind not in _ITEMS | _UNITS or unit.role not in _TOLD:
        return
    held = _entry(alignment, parent.address, is_left)
    partner = (held.right if is_left else held.left) if held else ()
    words = unit.own if side.act.text(unit.own).strip() else unit.span
    if not partner or not _BEGINS.match(side.act.text(words)):
        return
    if _stands_there(side, other, address, partner[0], alignment, is_left):
        return
    here = Spot(address, *words, side.act.text(words))
    there = _place(other, partner[0])
    yield Divergence(kind, here if is_left else there, there if is_left else here, 0.0)


def _stands_there(side: Side, other: Side, address: str, partner: str, alignment: Alignment, is_left: bool) -> bool:
    """The other text has the very words in the same norm, under another number or as a paragraph of another list, or as
    two paragraphs; a unit that is more like its own partner is another norm."""
    alone = [_node(side, side.units[address])]
    there = [_node(other, unit) for unit in _near(other, other.around(partner))]
    own = [_entry(alignment, node.address, not is_left) for node in there]
    like = RussianKazakh(alone, there) if is_left else RussianKazakh(there, alone)

    def score(*places: int) -> float:
        return like.score((0,), places) if is_left else like.score(places, (0,))

    for at in range(len(there)):
        pair = own[at]
        taken = pair.score if pair is not None and pair.left and pair.right else 0.0
        if score(at) >= max(_THE_SAME, taken) or (at and score(at - 1, at) >= max(_THE_SAME, taken)):
            return True
    return False


def _near(side: Side, norm: Unit) -> Iterator[Unit]:
    """A norm and what follows it: a note under the list, the next point."""
    yield from norm.walk()
    parent = side.above.get(norm.address)
    beside = parent.children if parent is not None else ()
    at = next((n for n, each in enumerate(beside) if each is norm), len(beside))
    for following in beside[at + 1 : at + 2]:
        yield from following.walk()


def _node(side: Side, unit: Unit) -> Node:
    return Node(unit.address, unit.kind, unit.number, side.act.text(side.opening(unit).own), -1)


def _entry(alignment: Alignment, address: str, is_left: bool) -> AlignedUnits | None:
    return alignment.of_left(address) if is_left else alignment.of_right(address)


def _place(side: Side, address: str) -> Spot:
    """The words of the unit below which the missing one would stand: its own, its heading, those of its first child."""
    unit = side.units[address]
    for span in (unit.own, unit.heading, *(child.own for child in unit.children)):
        if side.act.text(span).strip():
            return Spot(address, *span, side.act.text(span), True)
    return Spot(address, unit.span[0], unit.span[0], "", True)
