"""Whom a Kazakh clause concerns: the dative («өтініш берушіге»), the object, «декларанттан», «алдында», the owner of
what is acted upon («асхана иесінің қызметін»).

The doer of a participle («ол сұратқан») and whoever stands after the predicate are not addressed.
"""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.clauses import Clause
from nlp.norms.frame import NOBODY, Actor, ActorClass, Addressee, FieldSpan
from nlp.norms.kazakh import closes_adverbial_clause, is_passive, may_be_kazakh_subject
from nlp.norms.lexicon import NormLexicon
from nlp.norms.mention import Mention
from nlp.norms.views import FieldView, Predicate

_DATIVE, _OBJECT, _SUBJECT, _OWNER, _PARTNER = range(5)
_CONDITION_REACH = 10  # tokens between whoever stands in a condition and its verb
_CASES = {"dat": _DATIVE, "acc": _OBJECT, "abl": _OBJECT, "gen": _OWNER, "ins": _PARTNER}


def kazakh_addressee(
    view: FieldView, piece: Clause, predicate: Predicate, actor: Actor, lexicon: NormLexicon
) -> Addressee:
    """The mention most plainly addressed, of equal ones the nearest to the predicate; ``NOBODY`` where none is."""
    tokens = view.tokens
    last = predicate.first if predicate.last > predicate.first else piece.last
    passive = predicate.last > predicate.first and is_passive(tokens, predicate.first, predicate.last, piece.first)
    best: tuple[int, int] | None = None
    chosen: Mention | None = None
    for mention in view.mentions:
        if not (piece.first <= mention.first and mention.last <= last) or mention.kind is ActorClass.COURT:
            continue
        if actor.span is not None and actor.span.start == tokens[mention.first].start:
            continue
        rank = _rank(tokens, mention, last, passive, lexicon)
        if rank is not None and (best is None or (rank, -mention.first) < best):
            best, chosen = (rank, -mention.first), mention
    if chosen is None:
        return NOBODY
    words = tokens[chosen.first : chosen.last]
    name = " ".join(token.lemma for token in words)
    return Addressee(chosen.kind, name, FieldSpan(view.field, words[0].start, words[-1].end))


def _rank(tokens: Tokens, mention: Mention, last: int, passive: bool, lexicon: NormLexicon) -> int | None:
    """How plainly the mention is addressed, 0 the plainest; None where it is not."""
    tags = tokens[mention.last - 1].tags
    after = tokens[mention.last] if mention.last < len(tokens) else None
    if after is not None and after.norm in {"алдында", "жөнінде", "қатысты"} and "gen" in tags | {"gen"}:
        return _OBJECT
    for case, rank in _CASES.items():
        if case in tags:
            aside = rank > _OBJECT and _is_in_condition(tokens, mention, last)
            return None if aside or (case == "gen" and mention.kind is not ActorClass.PRIVATE) else rank
    free = may_be_kazakh_subject(tokens, mention, lexicon.not_subject_before, lexicon.not_subject_after)
    return _SUBJECT if passive and free else None


def _is_in_condition(tokens: Tokens, mention: Mention, last: int) -> bool:
    for position in range(mention.last, min(mention.last + _CONDITION_REACH, last)):
        if tokens[position].text == ",":
            return False
        if closes_adverbial_clause(tokens, position):
            return True
    return False
