"""The words that name an act in a Russian instruction («приказ Министра … от … № 5 «…» (…)») become one token."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.structure.amendments.acts import approved
from nlp.structure.amendments.tokens import Token, TokenKind, is_named

_PART_OF_NAME = (TokenKind.OTHER, TokenKind.FORM, TokenKind.BRACKETS, TokenKind.QUOTE, TokenKind.FILLER)


def with_acts(tokens: list[Token]) -> list[Token]:
    """Tokens that name an act («приказ Министра … от … № 5 «…» (…)») become one."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].kind is not TokenKind.FORM:
            found.append(tokens[place])
            place += 1
            continue
        start = place
        while found and found[-1].kind in (TokenKind.OTHER, TokenKind.FILLER):  # «указанном», «Трудовой»
            found.pop()
            start -= 1
        stop = _act_end(tokens, place)
        cases = tokens[place].cases
        found.append(Token(TokenKind.ACT, tokens[start].start, tokens[stop - 1].end, tokens[place].value, cases=cases))
        place = stop
    return found


def _act_end(tokens: Sequence[Token], place: int) -> int:
    """The name goes on to the next verb, quoted words, unit or mark of the instruction."""
    end = at = place + 1
    while at < len(tokens):
        if _is_name(tokens, place, at):
            end = at + 1
        elif not _may_be_passed(tokens, at):
            break
        at += 1
    return end


def _is_name(tokens: Sequence[Token], place: int, at: int) -> bool:
    token = tokens[at]
    if token.kind is TokenKind.MARK:  # «изменений, которые вносятся в некоторые приказы», «Перечня …, утвержденного …»
        within = tokens[place].value == "changes" or _is_approved(tokens[at + 1 :])
        return within and token.value in ("enter", "changes")
    inner = token.kind is TokenKind.UNIT and not (is_named(token) and _starts_argument(tokens, at))
    return token.kind in _PART_OF_NAME or inner


def _may_be_passed(tokens: Sequence[Token], at: int) -> bool:
    """A preposition, comma or reference to an annex inside a name."""
    token = tokens[at]
    if token.kind is TokenKind.PREPOSITION:
        return not _opens_place(tokens, at)
    joint = token.kind is TokenKind.SEPARATOR and token.value not in (";", ":")
    return (joint or (token.kind is TokenKind.MARK and token.value == "annex")) and _goes_on(tokens, at + 1)


def _starts_argument(tokens: Sequence[Token], at: int) -> bool:
    """A unit inside a name («порядок ведения раздела») has no number, or stands in the genitive after a noun."""
    if _is_approved(tokens[at - 1 : at]):  # «утвержденных приложением 1 к указанному приказу»
        return False
    return not (tokens[at].cases <= {"gen"} and tokens[at - 1].kind is TokenKind.OTHER)


def _is_approved(tokens: Sequence[Token]) -> bool:
    """Whether one of the tokens, before the next part of the instruction, is «утвержденный»."""
    for token in tokens:
        if token.kind is TokenKind.OTHER and approved("ru").match(token.value):
            return True
        if token.kind in (TokenKind.VERB, TokenKind.WORDS) or token.value in (";", ":"):
            return False
    return False


def _opens_place(tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return True
    return is_named(following) or following.kind in (TokenKind.WORDS, TokenKind.MARK)


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name goes on after a comma: its next word is no part of the instruction."""
    following = tokens[at] if at < len(tokens) else None
    return following is not None and (
        following.kind in _PART_OF_NAME or (following.kind is TokenKind.PREPOSITION and not _opens_place(tokens, at))
    )
