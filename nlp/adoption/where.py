"""Where a finding stands in a text: by its address, by the flagged words, by the number of the unit.

Reads: an act, ``Asked``. Writes: the address of the unit and the place of the flagged words. The words of the act are
indexed once; finding a quotation is then a look-up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.adoption.asked import Asked
from nlp.structure.act import Act, Role, Unit, UnitKind

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:-\d+)?")
_JOINT = "__"
_WIDE = re.compile(r"(?:para|art)_(\d+(?:-\d+)?)")
_BEGINNING = 2  # words by which places of a quotation are looked up
_APART = frozenset({Role.STAMP, Role.SIGNATURE, Role.CURRENT, Role.REASON, Role.REQUISITE, Role.TITLE, Role.PREAMBLE})


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit and the flagged words in the clean text; ``end`` 0 where they were not found."""

    address: str
    start: int = 0
    end: int = 0


class Finder:
    """Places of one act."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.chains: dict[str, tuple[Unit, ...]] = {}
        self._walk(act.root, ())
        text = act.source.text
        self._words = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
        self._starts = [start for _, start, _ in self._words]
        self._index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at in range(len(self._words)):
            self._index[tuple(word for word, _, _ in self._words[at : at + _BEGINNING])].append(at)
        leaves = sorted((u.own[0], u.own[1], u.address) for u in act.root.walk() if u.own[1] > u.own[0])
        self._leaves = leaves
        self._leaf_starts = [start for start, _, _ in leaves]

    def _walk(self, unit: Unit, above: tuple[Unit, ...]) -> None:
        self.chains[unit.address] = (*above, unit)
        for child in unit.children:
            self._walk(child, (*above, unit))

    def find(self, asked: Asked) -> Spot | None:
        """The place of a finding; None where neither words nor unit are in the act, or it cannot be told which."""
        if asked.address in self.chains:
            own = self.act.source.text[asked.start : asked.start + len(asked.quote)]
            if asked.start >= 0 and asked.quote and own == asked.quote:
                return Spot(asked.address, asked.start, asked.start + len(asked.quote))
        places = self.places(asked.quote)
        if asked.address in self.chains:
            span = self.chains[asked.address][-1].span
            inside = [place for place in places if span[0] <= place[0] < span[1]]
            return Spot(asked.address, *inside[0]) if inside else Spot(asked.address)
        spots = [Spot(self.unit_at(start), start, end) for start, end in places]
        spots = [spot for spot in spots if self.chains[spot.address][-1].role not in _APART] or spots
        named = self._named(asked.unit, asked.sub)
        if named:
            within = [spot for spot in spots if any(unit.address in named for unit in self.chains[spot.address])]
            spots = within or ([Spot(named[0])] if len(named) == 1 and not spots else spots)
        return spots[0] if spots and (len(spots) == 1 or named) else None

    def places(self, quote: str) -> list[tuple[int, int]]:
        """Where the words of a quotation stand one after the other, whatever marks are between them."""
        words = [word.lower() for word in _WORD.findall(quote)]
        found = []
        for at in self._index.get(tuple(words[:_BEGINNING]), ()) if words else ():
            if [word for word, _, _ in self._words[at : at + len(words)]] == words:
                found.append((self._words[at][1], self._words[at + len(words) - 1][2]))
        return found

    def unit_at(self, offset: int) -> str:
        """The narrowest unit with its own words at an offset."""
        at = bisect_right(self._leaf_starts, offset) - 1
        return self._leaves[at][2] if at >= 0 else self.act.root.address

    def _named(self, unit: str, sub: str) -> Sequence[str]:
        """Addresses that may be meant by «12», «o1», «a2», «пункт 12», «подпункт 4) пункта 8», «1/5)»."""
        if _JOINT in unit:
            return self._of_address(unit)
        numbers = _NUMBER.findall(unit)
        if not numbers:
            return ()
        wide = numbers[-1] if re.search(r"подпункт|под-пункт", unit, re.IGNORECASE) else numbers[0]
        in_order, in_annex = unit.startswith("o"), unit.startswith("a")
        found = []
        for address, chain in self.chains.items():
            last = chain[-1]
            kinds = {each.kind for each in chain}
            if last.number != wide or last.kind not in {UnitKind.POINT, UnitKind.ARTICLE, UnitKind.ROW}:
                continue
            if in_annex == (UnitKind.ANNEX in kinds) and in_order == (UnitKind.ORDER in kinds):
                found.append(address)
        return found

    def _of_address(self, unit: str) -> Sequence[str]:
        """Points and articles of the number that an address of another edition has, in the same part of the text."""
        part, *steps = unit.split(_JOINT)
        numbers = [found[1] for step in steps if (found := _WIDE.fullmatch(step))]
        return [
            address
            for address, chain in self.chains.items()
            if numbers
            and chain[-1].number == numbers[-1]
            and chain[-1].kind in {UnitKind.POINT, UnitKind.ARTICLE}
            and address.partition(_JOINT)[0] == part
        ]
