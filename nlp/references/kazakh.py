"""Citations in Kazakh: the owner first, then from the widest unit inwards («осы Заңның 7-бабы 2-тармағының …»)."""

from __future__ import annotations

from nlp.references.acts_kk import KazakhActs, KazakhOwner
from nlp.references.citation import THIS, Citation, CitationKind, CitedAct
from nlp.references.cursor import Cursor
from nlp.references.parts import Branch, Number, Part, inherited, targets
from nlp.references.tokens import T
from nlp.references.words import Named
from nlp.structure.act import UnitKind
from nlp.structure.labels import clean_number
from nlp.structure.operations import Piece

_ORDINAL_UNITS = (UnitKind.CLAUSE, UnitKind.INDENT, Piece.SENTENCE, UnitKind.SECTION, UnitKind.CHAPTER)
_LONGEST_LIST = 60
_SMALL = {UnitKind.CLAUSE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.INDENT}
_Found = tuple[Part, int, int]


class KazakhReader:
    """Reads one text."""

    def __init__(self, cursor: Cursor, acts: KazakhActs) -> None:
        self.cursor = cursor
        self.acts = acts

    def citations(self) -> list[Citation]:
        """All citations of units and acts in order, none overlapping."""
        found: list[Citation] = []
        place = 0
        while place < len(self.cursor.tokens):
            floor = found[-1].span[1] if found else 0
            made = self._chain(place, floor) or self.acts.blanket(place, floor)
            if made is None:
                place += 1
                continue
            citation, following = made
            found.append(citation)
            place = max(following, place + 1)
        return found

    def _chain(self, place: int, floor: int) -> tuple[Citation, int] | None:
        owner = self.acts.owner(place, floor)
        first = self._part(owner.following if owner else place, after_owner=owner is not None)
        if first is None:
            return _act(owner, self.cursor) if owner else None
        branches: list[Branch] = [(first[0],)]
        _, here, end = first
        while True:
            further = self._part(here)
            if further is not None and _nests(branches[-1][-1], further[0]):
                branches[-1] = (*branches[-1], further[0])
            else:
                separated = self.cursor.separator(here)
                further = self._part(separated) if separated != here else None
                if further is None or _is_this(further[0]) or _leaves(branches[-1][0], further[0]):
                    break
                branches.append(inherited(branches[-1], (further[0],)))
            _, here, end = further
        return self._made(owner, place, branches, (end, here))

    def _made(
        self, owner: KazakhOwner | None, place: int, branches: list[Branch], end: tuple[int, int]
    ) -> tuple[Citation, int] | None:
        act = owner.act if owner else self._elsewhere(place)
        kind = CitationKind.EXTERNAL if act is not None else CitationKind.INTERNAL
        start = owner.start if owner else self.cursor.at(place).start
        form = owner.form if owner else ""
        return Citation(kind, (start, end[0]), targets(branches), act, form), end[1]

    def _elsewhere(self, place: int) -> CitedAct | None:
        """«Шарттың 5-бабы»: units of something that is not a part of the act."""
        before = self.cursor.at(place - 1)
        paper = "elsewhere" in before.meaning.marks or (before.capital and not before.meaning.unit)
        genitive = before.kind is T.WORD and before.value.endswith(("ның", "нің", "дың", "дің", "тың", "тің"))
        return CitedAct(name=self.cursor.text[before.start : before.end]) if paper and genitive else None

    # --- one unit with its numbers -----------------------------------------------------------------------------------

    def _part(self, place: int, after_owner: bool = False) -> _Found | None:
        cursor, token = self.cursor, self.cursor.at(place)
        if cursor.has(place, "this"):
            unit = cursor.at(place + 1)
            if unit.meaning.unit is None or unit.kind is not T.WORD:
                return None
            return Part(unit.meaning.unit, (Number(THIS),)), place + 2, unit.end
        if token.kind is T.NUMBER:
            return self._figures(place)
        if token.kind is T.ORDINAL:
            return self._ordinals(place)
        if token.roman:
            kind, here = self._unit(place + 1)
            if kind in (UnitKind.SECTION, UnitKind.CHAPTER):
                return Part(kind, (Number(clean_number(token.value)),)), here, cursor.at(here - 1).end
            return None
        if token.meaning.unit is UnitKind.ANNEX and after_owner:
            return Part(UnitKind.ANNEX, (Number(""),)), place + 1, token.end
        return None

    def _figures(self, place: int) -> _Found | None:
        cursor = self.cursor
        numbers = [Number(cursor.at(place).value)]
        first = cursor.at(place)
        here = place + 1
        for _ in range(_LONGEST_LIST):
            unit, following = self._unit(here)
            if unit is not None:
                return Part(unit, tuple(numbers)), following, cursor.at(following - 1).end
            dash = cursor.dash(here)
            further = dash if dash != here else cursor.separator(here)
            token = cursor.at(further)
            if further == here or token.kind is not T.NUMBER or token.bracket != first.bracket:
                return None
            if dash != here:
                cursor.more(numbers, further, token)
            else:
                numbers.append(Number(token.value))
            here = further + 1
        return None

    def _unit(self, place: int) -> tuple[Named | None, int]:
        """The unit behind a number: «-бабының», « бабының»."""
        here = place + 1 if self.cursor.at(place).value in ("-", "–", "‑") else place
        token = self.cursor.at(here)
        return (token.meaning.unit, here + 1) if token.kind is T.WORD else (None, here)

    def _ordinals(self, place: int) -> _Found | None:
        numbers = [Number(self.cursor.at(place).value)]
        here = place + 1
        for _ in range(_LONGEST_LIST):
            token = self.cursor.at(here)
            if token.meaning.unit in _ORDINAL_UNITS and token.kind is T.WORD:
                return Part(token.meaning.unit, tuple(numbers)), here + 1, token.end
            further = self.cursor.separator(here)
            token = self.cursor.at(further)
            listed = token.kind is T.ORDINAL or (token.kind is T.NUMBER and not token.bracket)
            if further == here or not listed:
                return None
            numbers.append(Number(token.value))
            here = further + 1
            if token.kind is T.NUMBER and self.cursor.is_mark(here, "-"):
                here += 0 if self.cursor.at(here + 1).kind is T.WORD and self.cursor.at(here + 1).meaning.unit else 1
        return None


def _act(owner: KazakhOwner, cursor: Cursor) -> tuple[Citation, int] | None:
    """The act itself. A bare «Заң», «Кодекс» may begin a sentence and is no citation then."""
    if owner.act is not None and owner.act.short and not owner.act.is_named:
        return None  # «аталған Заң»
    if owner.act is not None:
        return Citation(CitationKind.EXTERNAL, (owner.start, owner.end), (), owner.act), owner.following
    before = cursor.at(owner.following - 2)
    pointed = cursor.has(owner.following - 2, "this") or cursor.has(owner.following - 2, "model")
    begins = before.start == -1 or before.value in (".", "")
    if not pointed and (begins or owner.form not in ("law", "code", "constitution")):
        return None
    return Citation(CitationKind.SELF, (owner.start, owner.end), owner=owner.form), owner.following


def _nests(outer: Part, inner: Part) -> bool:
    if outer.kind is inner.kind or _is_this(inner):
        return False
    return inner.width < outer.width or {outer.kind, inner.kind} <= _SMALL


def _leaves(first: Part, part: Part) -> bool:
    """«осы баптың 1-тармағы, 28-бап»: another article is no part of this one."""
    return _is_this(first) and part.width >= first.width


def _is_this(part: Part) -> bool:
    return any(number.value == THIS for number in part.numbers)
