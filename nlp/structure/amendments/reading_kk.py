"""Kazakh tokens → clauses. The verb ends the clause; endings tell what a unit or a quotation is to it."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.structure.act import UnitKind
from nlp.structure.amendments.clauses import Clause
from nlp.structure.amendments.paths import Path, products, widened, width
from nlp.structure.amendments.tokens import Token, TokenKind
from nlp.structure.operations import Piece

_PLACE = {"loc", "attr", "dat", "gen"}
_FLAGS = {"everywhere", "inflected", "wording", "annex"}
_NAME = (TokenKind.OTHER, TokenKind.FORM, TokenKind.BRACKETS, TokenKind.QUOTE, TokenKind.FILLER, TokenKind.SEPARATOR)
_PEERS = (UnitKind.POINT, UnitKind.CLAUSE)


class KazakhReader:
    """Clauses of one segment of text."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = _with_acts(list(tokens))

    def clauses(self) -> list[Clause]:
        """One clause per verb, in order; one frame when there is no verb."""
        found: list[Clause] = []
        for part in self._parts():
            clause = self._clause(part)
            if found:
                clause.carry(found[-1])
            found.append(clause)
        return found

    def _parts(self) -> list[list[Token]]:
        parts: list[list[Token]] = [[]]
        for token in self.tokens:
            if parts[-1] and parts[-1][-1].kind is TokenKind.VERB and not self._trails(token):
                parts.append([])
            parts[-1].append(token)
        last = parts[-1]
        displaced = not any(token.kind is TokenKind.VERB for token in last)  # «… жазылсын: 5-тармақ»
        if len(parts) > 1 and (displaced or not any(_says(token) for token in last)):
            parts.pop()
            parts[-1] += last
        return parts

    @staticmethod
    def _trails(token: Token) -> bool:
        return token.kind is TokenKind.SEPARATOR and token.value == ":"

    def _clause(self, part: Sequence[Token]) -> Clause:
        clause = Clause(start=part[0].start if part else 0, end=part[-1].end if part else 0)
        clause.verb = next((token.value for token in part if token.kind is TokenKind.VERB), "")
        place = 0
        while place < len(part):
            token = part[place]
            place += 1
            following = part[place] if place < len(part) else None
            relation = following.value if following and following.kind is TokenKind.PREPOSITION else ""
            if token.kind is TokenKind.UNIT:
                paths, place, last = self._paths(part, place - 1)
                relation = part[place].value if place < len(part) and _is_relation(part[place]) else ""
                self._unit(clause, last, paths, relation)
            elif token.kind is TokenKind.WORDS:
                self._words(clause, token, relation)
            elif token.kind is TokenKind.ACT:
                clause.add_act(self.text, token, "kk")
                clause.act_place = True
                clause.act_object = clause.act_object or "nom" in token.cases or clause.verb == "repeal"
            elif token.kind is TokenKind.QUOTE:
                if clause.wording and clause.inline == (0, 0):
                    clause.inline = token.quotes[0]
                else:
                    clause.unknown.append(token)
            elif token.kind is TokenKind.MARK:
                _mark(clause, token)
            elif token.kind in (TokenKind.OTHER, TokenKind.FORM):
                clause.unknown.append(token)
        return clause

    def _unit(self, clause: Clause, last: Token, paths: list[Path], relation: str) -> None:
        case = next(iter(last.cases), "nom")
        if relation == "after":
            clause.after += paths
        elif case == "ins" and clause.verb == "insert":
            clause.added += paths
        elif case in _PLACE and not (clause.verb == "repeal" and case == "gen"):
            clause.places += paths
        elif case in ("nom", "acc", "gen"):
            clause.objects += paths
        else:
            clause.unknown.append(last)

    @staticmethod
    def _words(clause: Clause, token: Token, relation: str) -> None:
        if relation in ("after", "before"):
            clause.anchors += token.quotes
            clause.before = clause.before or relation == "before"
        elif token.value == "ins" or (token.value == "dat" and clause.verb == "substitute"):
            clause.new += token.quotes
        elif token.value in ("nom", "acc"):
            clause.old += token.quotes
        else:
            clause.unknown.append(token)

    # --- chains of units ----------------------------------------------------------------------------------------------

    def _paths(self, part: Sequence[Token], place: int) -> tuple[list[Path], int, Token]:
        """All paths of a coordinated list, the index after it and the last token, whose ending governs all."""
        groups: list[list[Path]] = []
        waiting: list[
            list[Token]
        ] = []  # genitives that share the unit after the next: «3-тараудың және 29-баптың тақырыбы»
        while True:
            chain, place = self._chain(part, place)
            if self._shares_next(part, place, chain):
                waiting.append(chain)
                place = next(n for n in range(place, len(part)) if part[n].kind is TokenKind.UNIT)
                continue
            headed = [path for tokens in waiting for path in products([*tokens, chain[-1]], self.text)]
            groups.append([*headed, *products(chain, self.text)])
            waiting = []
            at = place
            while at < len(part) and part[at].kind is TokenKind.SEPARATOR and part[at].value in (",", "and"):
                at += 1
            if at == place or at >= len(part) or part[at].kind is not TokenKind.UNIT:
                break
            if not self._same_list(part, at, chain[-1]):
                break
            place = at
        first = groups[0][0]
        paths = groups[0] + [widened(path, first) for group in groups[1:] for path in group]
        return paths, place, chain[-1]

    def _shares_next(self, part: Sequence[Token], place: int, chain: Sequence[Token]) -> bool:
        at = place
        while at < len(part) and part[at].kind is TokenKind.SEPARATOR and part[at].value in (",", "and"):
            at += 1
        if at == place or at >= len(part) or part[at].kind is not TokenKind.UNIT or "gen" not in chain[-1].cases:
            return False
        following, _ = self._chain(part, at)
        return following[-1].unit is Piece.HEADING and len(following) > 1

    def _same_list(self, part: Sequence[Token], at: int, last: Token) -> bool:
        chain, _ = self._chain(part, at)
        case, other = next(iter(last.cases), "nom"), next(iter(chain[-1].cases), "nom")
        return case == other or {case, other} <= {"loc", "attr"} or (case == "nom" and other == "acc")

    @staticmethod
    def _chain(part: Sequence[Token], place: int) -> tuple[list[Token], int]:
        """«5-баптың 2-тармағының 3) тармақшасы»: from the widest inwards."""
        chain = [part[place]]
        place += 1
        while place < len(part) and part[place].kind is TokenKind.UNIT and _holds(chain[-1], part[place]):
            chain.append(part[place])
            place += 1
        return chain, place


def _holds(wider: Token, token: Token) -> bool:
    """Whether a unit belongs to the one right before it: by the genitive, or in the short form «7-бабы 2-тармағы»."""
    case = next(iter(wider.cases), "nom")
    if wider.unit is None or token.unit is None:
        return False
    if case in ("gen", "attr"):
        return True
    peers = wider.unit in _PEERS and token.unit in _PEERS
    return (
        case == "nom"
        and wider.possessive
        and (width(wider.unit) < width(token.unit) or (peers and wider.unit is not token.unit))
    )


def _is_relation(token: Token) -> bool:
    return token.kind is TokenKind.PREPOSITION


def _says(token: Token) -> bool:
    return token.kind in (TokenKind.UNIT, TokenKind.WORDS, TokenKind.ACT, TokenKind.OTHER, TokenKind.QUOTE)


def _mark(clause: Clause, token: Token) -> None:
    if token.value in _FLAGS:
        setattr(clause, token.value, True)
    elif token.value in ("enter", "changes"):
        clause.enters = True
        clause.announces = clause.announces or token.value == "enter"
    if token.value == "annex":
        clause.annexes = clause.annexes + (token.numbers or ("",))


def _with_acts(tokens: list[Token]) -> list[Token]:
    """The words up to the last form of act before a unit, quoted words or verb name an act."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].kind not in _NAME or tokens[place].kind is TokenKind.SEPARATOR:
            found.append(tokens[place])
            place += 1
            continue
        stop = place
        last = -1
        while stop < len(tokens) and (tokens[stop].kind in _NAME or _inside_name(tokens, stop)):
            if tokens[stop].kind is TokenKind.SEPARATOR and tokens[stop].value in (":", ";"):
                break
            if tokens[stop].kind is TokenKind.FORM:
                last = stop
            stop += 1
        if last < 0:
            found += tokens[place:stop]
        else:
            form = tokens[last]
            end = last + 1
            while end < stop and tokens[end].kind is TokenKind.BRACKETS:
                end += 1
            found.append(Token(TokenKind.ACT, tokens[place].start, form.end, form.value, cases=form.cases))
            found += tokens[end:stop]
        place = max(stop, place + 1)
    return found


def _inside_name(tokens: Sequence[Token], at: int) -> bool:
    """«… тізбесінің ескертпесі …», «өзгерістер енгізілетін бұйрықтар»: a name goes on with further words and a form."""
    if tokens[at].kind is TokenKind.MARK:
        return tokens[at].value in ("enter", "changes")
    if tokens[at].kind is not TokenKind.UNIT or tokens[at].numbers:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and following.kind is TokenKind.OTHER
