"""Citations in Russian: from the narrowest unit outwards, the owner last («подпунктом 3) пункта 2 статьи 7 Закона»)."""

from __future__ import annotations

from nlp.references.acts_ru import RussianActs
from nlp.references.citation import THIS, Citation, CitationKind
from nlp.references.cursor import Cursor
from nlp.references.parts import Branch, Number, Part, completed, number_end, targets
from nlp.references.tokens import T, Token
from nlp.references.words import NOTHING
from nlp.structure.act import UnitKind
from nlp.structure.labels import clean_number
from nlp.structure.operations import Piece

_ORDINAL_FIRST = (UnitKind.CLAUSE, UnitKind.INDENT, Piece.SENTENCE)
_Found = tuple[Part, int, int]  # the part, the next token, the offset where it ends


class RussianReader:
    """Reads one text; ``found`` are its citations in order, none overlapping."""

    def __init__(self, cursor: Cursor, acts: RussianActs) -> None:
        self.cursor = cursor
        self.acts = acts
        self._inside = False  # of brackets: they are read one deep

    def citations(self) -> list[Citation]:
        """All citations of units and acts."""
        found: list[Citation] = []
        place = 0
        total = len(self.cursor.tokens)
        while place < total:
            if _opens_nothing(self.cursor.tokens[place]):
                place += 1
                continue
            made = self._chain(place) or self.acts.at(place)
            if made is None:
                place += 1
                continue
            citation, following = made
            while found and found[-1].span[1] > citation.span[0]:
                found.pop()
            found.append(citation)
            place = max(following, place + 1)
        return found

    # --- chains of units ---------------------------------------------------------------------------------------------

    def _chain(self, place: int) -> tuple[Citation, int] | None:
        first = self._bare_numbers(place) or self._part(place)
        if first is None:
            return None
        branches: list[list[Part]] = [[first[0]]]  # each from the narrowest to the widest
        _, here, end = first
        anchored = _is_this(first[0])
        while not anchored:
            further = self._part(here)
            if further is not None and self._nests(branches[-1][-1], further[0]):
                branches[-1].append(further[0])
            else:
                further = self._after_separator(here)
                if further is None:
                    break
                branches.append([further[0]])
            part, here, end = further
            anchored = _is_this(part)
        return self._owned(place, branches, here, end, anchored)

    def _owned(
        self, place: int, branches: list[list[Part]], here: int, end: int, anchored: bool
    ) -> tuple[Citation, int] | None:
        whole: list[Branch] = completed([tuple(reversed(branch)) for branch in branches])
        start = self.cursor.at(self._start(place)).start
        named = self.acts.to_owner(here) if whole[-1][0].kind is UnitKind.ANNEX else None
        owner = named or (None if anchored else self.acts.owner(here))
        if owner is None:
            if any(not number.value for branch in whole for part in branch for number in part.numbers):
                return None  # «приложение» with neither number nor owner
            return Citation(CitationKind.INTERNAL, (start, end), targets(whole)), here
        kind = CitationKind.EXTERNAL if owner.act is not None else CitationKind.INTERNAL
        return Citation(kind, (start, owner.end), targets(whole), owner.act, owner.form), owner.following

    def _start(self, place: int) -> int:
        return place - 1 if self.cursor.has(place - 1, "pronouns") else place

    def _nests(self, inner: Part, outer: Part) -> bool:
        """A unit in the genitive behind another holds it; a wider one never hangs on a narrower."""
        if inner.kind is outer.kind:
            return False
        both = {inner.kind, outer.kind} <= {UnitKind.CLAUSE, UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.INDENT}
        return both or outer.width > inner.width

    def _after_separator(self, place: int) -> _Found | None:
        here = self.cursor.separator(place)
        if here == place:
            return None
        while self.cursor.has(here, "before_unit"):
            here += 1
        return self._part(here)

    # --- one unit with its numbers -----------------------------------------------------------------------------------

    def _part(self, place: int) -> _Found | None:
        cursor, token = self.cursor, self.cursor.at(place)
        if token.kind is T.WORD and (cursor.has(place, "this") or cursor.has(place, "this_unit")):
            unit = cursor.at(place + 1)
            if unit.meaning.unit is None or unit.meaning.unit is UnitKind.ANNEX:
                return None
            if self._numbers(place + 2, unit.meaning.unit) is not None:
                return None
            return Part(unit.meaning.unit, (Number(THIS),)), place + 2, unit.end
        if token.kind is T.ORDINAL:
            return self._ordinal_first(place)
        kind = token.meaning.unit
        if token.kind is not T.WORD or kind is None or self._in_journal(place):
            return None
        numbered = self._numbers(place + 1, kind)
        if numbered is not None:
            numbers, here, end = numbered
            return Part(kind, tuple(numbers)), here, end
        if kind is UnitKind.ANNEX and not token.capital:
            return Part(kind, (Number(""),)), place + 1, token.end
        return None

    def _in_journal(self, place: int) -> bool:
        """«Ведомости Парламента …, 2010 г., № 5, ст. 23»: where an act was published."""
        token = self.cursor.at(place)
        if token.value != "ст" or not self.cursor.is_mark(place - 1, ","):
            return False
        return any(self.cursor.is_mark(n, "№") for n in range(place - 8, place - 1))

    def _ordinal_first(self, place: int) -> _Found | None:
        """«второй части», «первого и второго абзацев»."""
        numbers = [Number(self.cursor.at(place).value)]
        here = place + 1
        while True:
            further = self.cursor.separator(here)
            if further == here or self.cursor.at(further).kind is not T.ORDINAL:
                break
            numbers.append(Number(self.cursor.at(further).value))
            here = further + 1
        unit = self.cursor.at(here)
        if unit.meaning.unit not in _ORDINAL_FIRST or self._numbers(here + 1, unit.meaning.unit) is not None:
            return None
        follows = self.cursor.at(here + 1)
        nested = follows.meaning.unit is not None or self.cursor.has(here + 1, "this")
        return (Part(unit.meaning.unit, tuple(numbers)), here + 1, unit.end) if nested else None

    def _numbers(self, place: int, kind: object) -> tuple[list[Number], int, int] | None:
        first = self.cursor.at(place)
        if self.cursor.is_mark(place, "№"):
            place += 1
            first = self.cursor.at(place)
        if not self._is_number(first, first, kind):
            return None
        numbers = [Number(clean_number(first.value) if first.roman else first.value)]
        end = number_end(first, kind)  # type: ignore[arg-type]
        here = place + 1
        while not _closes(self.cursor.at(here - 1), kind):
            below = self._brackets(here) if first.kind is T.NUMBER else None
            if below is not None:
                parts, here, end = below
                numbers[-1] = Number(numbers[-1].value, numbers[-1].inner, parts)
            dash = self.cursor.dash(here)
            further = dash if dash != here else self.cursor.separator(here)
            token = self.cursor.at(further)
            if further == here or not self._is_number(token, first, kind) or self._is_label(further):
                return numbers, here, end
            if dash != here and token.kind is T.NUMBER:
                self.cursor.more(numbers, further, token)
            else:
                numbers.append(Number(token.value))
            here, end = further + 1, number_end(token, kind)  # type: ignore[arg-type]
        return numbers, here, end

    def _is_number(self, token: Token, first: Token, kind: object) -> bool:
        if token.kind is T.NUMBER:
            listed = first.kind is T.NUMBER or kind is UnitKind.CLAUSE  # «части первая, 6-1, седьмая»
            return listed and (token is first or not first.bracket or token.bracket or kind is not UnitKind.SUBPOINT)
        if token.kind is T.ORDINAL:
            return first.kind is T.ORDINAL or kind is UnitKind.CLAUSE
        return token is first and token.roman and kind in (UnitKind.SECTION, UnitKind.CHAPTER)

    def _is_label(self, place: int) -> bool:
        """«статьи 5 и 2 процента»: a number that counts something else – a word of measure follows."""
        token, after = self.cursor.at(place), self.cursor.at(place + 1)
        counts = (
            token.kind is T.NUMBER
            and after.kind is T.WORD
            and self.cursor.words.measures.fullmatch(after.value) is not None
        )
        return counts or (token.kind is T.ORDINAL and after.meaning.unit in _ORDINAL_FIRST and self._nested(place))

    def _nested(self, place: int) -> bool:
        return self._ordinal_first(place) is not None

    def _brackets(self, place: int) -> tuple[tuple[Part, ...], int, int] | None:
        """«287 (частью первой)»: units of the unit before."""
        if self._inside or not self.cursor.is_mark(place, "("):
            return None
        self._inside = True
        try:
            return self._bracketed(place)
        finally:
            self._inside = False

    def _bracketed(self, place: int) -> tuple[tuple[Part, ...], int, int] | None:
        parts: list[Part] = []
        here = place + 1
        while True:
            found = self._part(here)
            if found is None:
                return None
            part, here, _ = found
            parts.append(part)
            if self.cursor.is_mark(here, ")"):
                return tuple(parts), here + 1, self.cursor.at(here).end
            further = self.cursor.separator(here)
            if further == here:
                return None
            here = further

    def _bare_numbers(self, place: int) -> _Found | None:
        """«предусмотренные 281 (часть третья), 282 (часть пятая) настоящего Кодекса»: articles without their noun."""
        token = self.cursor.at(place)
        if token.kind is not T.NUMBER or token.bracket or self._brackets(place + 1) is None:
            return None
        if self.cursor.at(place - 1).kind is not T.WORD:
            return None
        found = self._numbers(place, UnitKind.ARTICLE)
        if found is None or self.acts.owner(found[1]) is None:
            return None
        numbers, here, end = found
        return Part(UnitKind.ARTICLE, tuple(numbers)), here, end


def _closes(token: Token, kind: object) -> bool:
    """«(… статьи 109) и 114»: the bracket behind the number of an article closes words in brackets."""
    return token.bracket and kind not in (UnitKind.SUBPOINT, UnitKind.POINT)


def _is_this(part: Part) -> bool:
    return any(number.value == THIS for number in part.numbers)


def _opens_nothing(token: Token) -> bool:
    """A word in small letters that is neither a unit, nor an act, nor anything else that a citation begins with."""
    return token.kind is T.WORD and token.meaning is NOTHING and not token.capital
