"""Annexes that a text cites: those of the file, and what can be said of one that is not there.

An upload often lacks its annexes altogether, so that the absence of all is no defect of a citation; a number that is
beside those at hand is one.
"""

from __future__ import annotations

import re
from enum import StrEnum

from nlp.references.tree import Tree
from nlp.structure.act import Act, Unit, UnitKind
from nlp.structure.addresses import OWNERS

_NUMBER = r"\d{1,4}(?:-\d{1,3})*"
_STAMP = re.compile(rf"^\W*приложение(?!\w)(?:\s*№?\s*({_NUMBER}))?|(?:({_NUMBER})\s*-\s*)?қосымша\W*$", re.I | re.M)


class Lack(StrEnum):
    """What is not there."""

    ONE = "one"  # this annex, while others of the same text are there
    ALL = "all"  # every annex of the text
    UNTOLD = "untold"  # a stamp that was not understood may be the one cited


class Annexes:
    """Annexes of one act."""

    def __init__(self, act: Act, tree: Tree) -> None:
        self._root = act.root
        self._every = [*tree.all_of(act.root, UnitKind.ANNEX), *tree.all_of(act.root, UnitKind.DOCUMENT)]
        for document in tree.all_of(act.root, UnitKind.DOCUMENT):
            self._every += tree.all_of(document, UnitKind.ANNEX)
        stamps = list(_STAMP.finditer(act.source.text))
        self._stamped = frozenset(found.group(1) or found.group(2) or "" for found in stamps)

    def find(self, owner: Unit, number: str) -> list[Unit]:
        """Annexes of this number, whosever they are: labels do not always say it. A document that an order approves is
        an annex of the order, never of itself or of another document."""
        of_act = owner.kind not in (UnitKind.DOCUMENT, UnitKind.ANNEX)
        every = [each for each in self._every if each is not owner and (of_act or each.kind is UnitKind.ANNEX)]
        if not number:
            return every[:1]
        same = [each for each in every if each.number == number]
        same = same or [each for each in self._every if each is not owner and each.number == number]
        return same or [each for each in every if not each.number and number == "1"]

    def lack(self, owner: Unit, number: str) -> Lack:
        """Why an annex of a text was not found."""
        beside = self._root if owner.kind in OWNERS[:2] else owner
        own = [each for each in beside.children if each.kind is UnitKind.ANNEX]
        if number in self._stamped or any(not each.number for each in own):
            return Lack.UNTOLD
        if own:
            return Lack.ONE
        known = {each.number for each in self._every}
        return Lack.ALL if self._stamped <= known else Lack.UNTOLD
