"""Units of an act looked up by kind and number, near ones first. Every unit is indexed at most once for each unit that
is asked about, so that work stays linear in the length of the act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from nlp.structure.act import Role, Unit, UnitKind
from nlp.structure.addresses import OWNERS
from nlp.structure.wording import number_key

_Key = tuple[UnitKind, tuple[int, ...]]
_PASSED = frozenset({Role.QUOTED, Role.CURRENT, Role.REASON})


class Tree:
    """``paths``: address → units from the root to it (``Citations.paths``)."""

    def __init__(self, paths: Mapping[str, tuple[Unit, ...]]) -> None:
        self.paths = paths
        self._below: dict[str, dict[_Key, list[tuple[int, Unit]]]] = {}
        self._kinds: dict[str, dict[UnitKind, list[Unit]]] = {}

    def find(self, unit: Unit, kind: UnitKind, number: str) -> list[Unit]:
        """Units of this kind and number inside ``unit``, only those nearest to it."""
        key = (kind, number_key(number))
        found = self._index(unit).get(key, [])
        if not found:
            return []
        depth = min(level for level, _ in found)
        return [each for level, each in found if level == depth]

    def all_of(self, unit: Unit, kind: UnitKind) -> Sequence[Unit]:
        """All units of a kind inside ``unit``, in document order."""
        self._index(unit)
        return self._kinds[unit.address].get(kind, ())

    def _index(self, unit: Unit) -> dict[_Key, list[tuple[int, Unit]]]:
        made = self._below.get(unit.address)
        if made is not None:
            return made
        made = defaultdict(list)
        kinds: dict[UnitKind, list[Unit]] = defaultdict(list)
        queue = [(1, child) for child in reversed(unit.children)]
        while queue:
            depth, here = queue.pop()
            if here.role in _PASSED:
                continue
            kinds[here.kind].append(here)
            if here.number:
                made[here.kind, number_key(here.number)].append((depth, here))
            if here.kind not in (UnitKind.DOCUMENT, UnitKind.ANNEX):
                queue.extend((depth + 1, child) for child in reversed(here.children))
        self._below[unit.address] = made
        self._kinds[unit.address] = kinds
        return made

    def owner(self, path: Sequence[Unit]) -> Unit:
        """The innermost text that a unit stands in: act, order part, approved document or annex."""
        return next(unit for unit in reversed(path) if unit.kind in OWNERS)
