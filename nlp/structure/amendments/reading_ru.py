"""Russian tokens → clauses. Prepositions and cases tell what a unit or a quotation is to the verb."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.structure.act import UnitKind
from nlp.structure.amendments.clauses import Clause
from nlp.structure.amendments.names_ru import with_acts
from nlp.structure.amendments.paths import Path, products, widened, width
from nlp.structure.amendments.tokens import Token, TokenKind, is_named
from nlp.structure.operations import Piece, Step

_OBJECT = frozenset(("nom", "acc"))
_PEERS = (UnitKind.POINT, UnitKind.CLAUSE)
_FLAGS = {"everywhere", "inflected", "wording", "annex"}


class RussianReader:
    """Clauses of one segment of text."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = with_acts(list(tokens))

    def clauses(self) -> list[Clause]:
        """One clause per verb, in order; one frame when there is no verb."""
        parts = self._parts()
        found: list[Clause] = []
        for part in parts:
            clause = self._clause(part)
            if found:
                clause.carry(found[-1])
            found.append(clause)
        return found

    # --- where one clause ends and the next begins ------------------------------------------------------------------

    def _parts(self) -> list[list[Token]]:
        verbs = [n for n, token in enumerate(self.tokens) if token.kind is TokenKind.VERB]
        parts, start = [], 0
        for verb, following in pairwise(verbs):
            stop = self._boundary(start, verb, following)
            parts.append(self.tokens[start:stop])
            start = stop
        return [*parts, self.tokens[start:]]

    def _boundary(self, start: int, verb: int, following: int) -> int:
        before = self.tokens[start:verb]
        verb_first = not any(_is_object(token) for token in before)
        separators = [n for n in range(verb + 1, following) if self.tokens[n].kind is TokenKind.SEPARATOR]
        for n in separators:
            after = self._next(n + 1)
            if after is None or after.kind is TokenKind.VERB:
                return n
            if not _is_argument(after) and not (verb_first and n != separators[-1]):
                return n
        return separators[-1] if separators else following

    def _next(self, at: int) -> Token | None:
        skipped = (TokenKind.FILLER, TokenKind.SEPARATOR, TokenKind.BRACKETS)
        return next((token for token in self.tokens[at:] if token.kind not in skipped), None)

    # --- one clause ---------------------------------------------------------------------------------------------------

    def _clause(self, part: Sequence[Token]) -> Clause:
        clause = Clause(start=part[0].start if part else 0, end=part[-1].end if part else 0)
        clause.verb = next((token.value for token in part if token.kind is TokenKind.VERB), "")
        preposition, former, place = "", "", 0
        while place < len(part):
            token = part[place]
            place += 1
            if token.kind is TokenKind.PREPOSITION:
                preposition = token.value
                continue
            if token.kind is TokenKind.UNIT and (is_named(token) or token.cases <= {"ins"}):
                paths, place = self._paths(part, place - 1)
                former = self._unit(clause, token, paths, preposition)
            elif token.kind is TokenKind.WORDS:
                former = self._words(clause, token, preposition, former)
            elif token.kind is TokenKind.ACT:
                clause.add_act(self.text, token, "ru")
                clause.act_object = clause.act_object or self._is_act_object(clause, token, preposition, part, place)
                clause.act_place = True
            elif token.kind is TokenKind.QUOTE:
                self._quote(clause, token, preposition)
            elif token.kind is TokenKind.MARK:
                if token.value == "annex" and _is_place(part, place):  # «согласно приложению 1 к указанным Правилам»
                    clause.places += [(Step(UnitKind.ANNEX, number),) for number in token.numbers or ("",)]
                    continue
                _mark(clause, token)
                preposition = "in" if token.value == "everywhere" and _of_next(part, place) else preposition
                continue
            elif token.kind in (TokenKind.OTHER, TokenKind.FORM, TokenKind.UNIT):
                clause.unknown.append(token)
            preposition = "" if token.kind is not TokenKind.SEPARATOR else preposition
        return clause

    def _is_act_object(self, clause: Clause, token: Token, preposition: str, part: Sequence[Token], place: int) -> bool:
        """The act itself is what the verb speaks of, not only the place of a unit."""
        if preposition or clause.objects or clause.places:
            return False
        return bool(token.cases & _OBJECT) or not token.cases

    def _unit(self, clause: Clause, token: Token, paths: list[Path], preposition: str) -> str:
        cases = token.cases
        if preposition == "after":
            clause.after += paths
            return "after"
        if preposition in ("in", "by") or (not preposition and cases <= {"loc", "dat"}):
            clause.places += paths
            return "in"
        if not preposition and (cases <= {"ins"} or ("ins" in cases and not cases & _OBJECT)):
            clause.added += paths
            return "ins"
        if not preposition and cases & _OBJECT:
            clause.objects += paths
            return "object"
        clause.unknown.append(token)
        return ""

    @staticmethod
    def _words(clause: Clause, token: Token, preposition: str, former: str) -> str:
        cases = token.value.split("/")
        if preposition in ("after", "before") or (former == "anchor" and "object" not in cases and "gen" in cases):
            clause.anchors += token.quotes
            clause.before = clause.before or preposition == "before"
            return "anchor"
        if preposition == "by" or "ins" in cases:
            clause.new += token.quotes
            clause.waits_for_words = not token.quotes
            return "new"
        if "object" in cases and not preposition:
            clause.old += token.quotes
            return "old"
        clause.unknown.append(token)
        return ""

    @staticmethod
    def _quote(clause: Clause, token: Token, preposition: str) -> None:
        if clause.wording and clause.inline == (0, 0):
            clause.inline = token.quotes[0]
        elif preposition == "by" and clause.old:
            clause.new += token.quotes
        else:
            clause.unknown.append(token)

    # --- chains of units ----------------------------------------------------------------------------------------------

    def _paths(self, part: Sequence[Token], place: int) -> tuple[list[Path], int]:
        """All paths of a coordinated list of chains that begins at ``place``, and the index after it."""
        groups: list[list[Path]] = []
        first = part[place]
        while True:
            chain, place = self._chain(part, place)
            groups.append(products(chain[::-1], self.text))
            while (more := self._also_headed(part, place, chain)) is not None:  # «заголовки главы 9 и статьи 64»
                tail, place = self._chain(part, more)
                groups.append(products([*tail[::-1], chain[0]], self.text))
            following = self._coordinated(part, place, first)
            if following is None:
                break
            place = following
        last = groups[-1][0]
        paths = [path for group in groups[:-1] for path in (widened(path, last) for path in group)]
        return [*paths, *groups[-1]], place

    @staticmethod
    def _chain(part: Sequence[Token], place: int) -> tuple[list[Token], int]:
        """«подпункт 2) пункта 3 статьи 5»: from the narrowest outwards."""
        chain = [part[place]]
        place += 1
        while place < len(part):
            of_note = chain[-1].unit is Piece.NOTE and part[place].value == "to" and place + 1 < len(part)
            at = place + 1 if of_note else place  # «примечание к статье 14»
            if not (is_named(part[at]) and _belongs(part[at], chain[-1])):
                break
            chain.append(part[at])
            place = at + 1
        return chain, place

    @staticmethod
    def _also_headed(part: Sequence[Token], place: int, chain: Sequence[Token]) -> int | None:
        """Index of a further unit whose heading is meant, too."""
        at = place
        while at < len(part) and part[at].kind is TokenKind.SEPARATOR and part[at].value in (",", "and"):
            at += 1
        headed = chain[0].unit is Piece.HEADING and len(chain) > 1 and place < at < len(part)
        return at if headed and is_named(part[at]) and "gen" in part[at].cases else None

    @staticmethod
    def _coordinated(part: Sequence[Token], place: int, first: Token) -> int | None:
        """Index of a unit that goes on the list: after a comma or «и», in the same case."""
        at = place
        while at < len(part) and part[at].kind in (TokenKind.SEPARATOR, TokenKind.FILLER):
            if part[at].value in (";", ":", "."):
                return None
            at += 1
        if at == place or at >= len(part):
            return None
        if part[at].kind is TokenKind.PREPOSITION and part[at].value == "in" and "loc" in first.cases:
            at += 1
        if at < len(part) and is_named(part[at]) and _same_case(part[at], first):
            return at
        return None


def _same_case(token: Token, first: Token) -> bool:
    return bool(token.cases & first.cases)


def _belongs(token: Token, narrower: Token) -> bool:
    """Whether a unit right after another is the one it lies in: «пункта 3» after «подпункт 2)»."""
    if "gen" not in token.cases or token.unit is None or narrower.unit is None:
        return narrower.unit is Piece.NOTE and "dat" in token.cases
    if token.cases <= {"gen"}:
        return True
    peers = token.unit in _PEERS and narrower.unit in _PEERS and token.unit is not narrower.unit
    return peers or width(token.unit) < width(narrower.unit)


def _is_object(token: Token) -> bool:
    if token.kind is TokenKind.WORDS:
        return "object" in token.value
    return token.kind in (TokenKind.UNIT, TokenKind.ACT) and bool(token.cases & _OBJECT)


def _is_argument(token: Token) -> bool:
    """What may still belong to the verb before it: words and units in the instrumental, marks."""
    if token.kind is TokenKind.WORDS:
        return "ins" in token.value
    if token.kind is TokenKind.UNIT:
        return token.cases <= {"ins"}
    return token.kind in (TokenKind.MARK, TokenKind.QUOTE)


def _is_place(part: Sequence[Token], place: int) -> bool:
    """Whether the annex is one of the amended act: «… к указанным Правилам»."""
    named = part[place : place + 2]
    return len(named) == 2 and named[0].value == "to" and named[1].kind is TokenKind.ACT


def _of_next(part: Sequence[Token], place: int) -> bool:
    """«по всему тексту пункта 5», «по всему тексту Правил»."""
    following = part[place] if place < len(part) else None
    return following is not None and following.kind in (TokenKind.UNIT, TokenKind.ACT) and "gen" in following.cases


def _mark(clause: Clause, token: Token) -> None:
    if token.value in _FLAGS:
        setattr(clause, token.value, True)
    elif token.value in ("enter", "changes"):
        clause.enters = True
        clause.announces = clause.announces or token.value == "enter"
    if token.value == "annex":
        clause.annexes = clause.annexes + (token.numbers or ("",))
