"""Russian syntax that frames rest on: nominative mentions, subordinate parts of a sentence, decisions that speak.

Tokens carry the features of their likeliest reading only, so that «лица», «управления» and «участки» are settled here
by the words beside them (methodology 6.4: the actor class decides, so the subject must be the right one).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.language.token import Token, Tokens

_SUBORDINATORS = frozenset({"если", "когда", "который", "чей", "что", "чтобы", "поскольку", "пока", "где", "куда"})
_DECISIONS = frozenset({"решение", "постановление", "приказ", "акт", "распоряжение", "предписание", "протокол"})
STATUS = frozenset(
    {
        "право",
        "обязанность",
        "полномочие",
        "компетенция",
        "функция",
        "задача",
        "ответственность",
        "деятельность",
        "статус",
    }
)
_OBLIQUE = frozenset({"gen", "dat", "ins", "loc"})
_LONGEST_PART = 400  # tokens; a part of a sentence that goes on longer without a comma is none
_PARTICIPLE_REACH = 8
_PARTICIPLE_STEMS = ("нн", "ющ", "ящ", "вш", "щ", "ем")
_CASES = ("ый", "ая", "ое", "ые", "ого", "ой", "ому", "ую", "ым", "ых", "ом", "ыми")
_SOFT_CASES = ("ий", "ее", "ие", "его", "ей", "ему", "им", "их", "ими", "ем")
_PARTICIPLE_ENDINGS = tuple(stem + case for stem in _PARTICIPLE_STEMS for case in (*_CASES, *_SOFT_CASES))
_REACH = 3  # «по истечении которого», «лица, в отношении которых»


def is_nominative(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the mention at tokens [first, last) may stand in the nominative.

    An adjective of the mention decides over its noun («должностные лица» against «должностного лица»); a bare noun that
    reads as a genitive («лица», «учреждения») is a nominative only where it opens the sentence.
    """
    head = head_noun(tokens, first, last)
    adjectives = [t for t in tokens[max(first - 1, 0) : last] if "adj" in t.tags and t is not head]
    before_head = [t for t in adjectives if t.start < head.start]
    if before_head and before_head[-1].tags & (_OBLIQUE | {"nom"}) and not _disagree(before_head[-1], head):
        return "nom" in before_head[-1].tags
    if _is_feminine_accusative(head):
        return False
    if head.tags & {"nom", "acc"} or not head.tags & _OBLIQUE:
        return True
    return _opens_sentence(tokens, first) and {"gen", "sing", "neut"} <= head.tags


def _disagree(adjective: Token, head: Token) -> bool:
    """«лесной инспектор»: the likeliest reading of the adjective is that of another word."""
    return "fem" in adjective.tags and "masc" in head.tags


def in_participial_part(tokens: Tokens, position: int, first: int) -> bool:
    """Whether the token hangs on a full participle before it: «в сроки, установленные уполномоченным органом»."""
    for back in range(position - 1, max(first, position - _PARTICIPLE_REACH) - 1, -1):
        token = tokens[back]
        if token.text in {",", ";", ":"} or token.tags & {"finite", "infinitive", "short"}:
            return False
        if is_full_participle(token):
            return True
    return False


def is_full_participle(token: Token) -> bool:
    """«выданный», «получившего»; «установленный» reads as an adjective first."""
    if "participle" in token.tags:
        return "short" not in token.tags
    return "adj" in token.tags and token.norm.endswith(_PARTICIPLE_ENDINGS)


def head_noun(tokens: Tokens, first: int, last: int) -> Token:
    """The noun that carries the case: the first noun of the mention."""
    for token in tokens[first:last]:
        if "noun" in token.tags:
            return token
    return tokens[last - 1]


def _opens_sentence(tokens: Tokens, first: int) -> bool:
    return first == 0 or tokens[first - 1].sentence != tokens[first].sentence or tokens[first - 1].text == ";"


def _is_feminine_accusative(head: Token) -> bool:
    """«комиссию» can only be an object; «орган» may be either."""
    return {"acc", "fem", "sing"} <= head.tags and head.norm.endswith(("у", "ю"))


def speaks_through_decision(tokens: Tokens, first: int) -> bool:
    """«решением местного исполнительного органа», «по решению комиссии»: the owner of the decision acts."""
    if first == 0 or tokens[first - 1].lemma not in _DECISIONS:
        return False
    noun = tokens[first - 1]
    by = tokens[first - 2].norm if first > 1 else ""
    return "ins" in noun.tags or by in {"по", "мотивированным", "протокольным", "совместным"}


def is_subordinate(tokens: Tokens, position: int, first: int) -> bool:
    """Whether the token stands in a part of the clause that «если», «который», «когда» … opens.

    Such a part begins at the clause's first token or at a comma and ends at the next comma.
    """
    start = position
    first = max(first, position - _LONGEST_PART)
    while start > first and tokens[start - 1].text not in {",", "(", "–", ":"}:
        start -= 1
    opening = _opening(tokens, start, position)
    about = any(one.norm == "о" and other.norm == "чем" for one, other in pairwise(opening))
    return about or any(token.lemma in _SUBORDINATORS for token in opening)


def _opening(tokens: Tokens, start: int, position: int) -> Sequence[Token]:
    """The first words of a part, up to its subordinator's usual place."""
    return tokens[start : min(start + _REACH, position)]


def main_predicate(tokens: Tokens, positions: Sequence[int], first: int) -> int | None:
    """Of the finite verbs of a clause the first that no subordinator governs.

    Where all are governed the first, or None for an item of a list that is an infinitive itself («приостанавливать
    строительство, если отсутствует разрешение»): its lead-in holds the predicate.
    """
    for position in positions:
        if not is_subordinate(tokens, position, first):
            return position
    is_item = any("infinitive" in token.tags for token in tokens[first : min(first + _REACH, positions[0])])
    return None if is_item else positions[0]


def heading_is_of_actor(heading: Tokens, first: int) -> bool:
    """Whether the title of an article is about what the actor at token ``first`` may or must do.

    «Права и обязанности землепользователя», «Уполномоченный орган» – but not «Консервация банка», where the actor is
    what is acted upon.
    """
    before = [token for token in heading[:first] if "noun" in token.tags or "verb" in token.tags]
    return not before or any(token.lemma in STATUS for token in before)
