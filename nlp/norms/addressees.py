"""Whom the action of a clause concerns (Russian): the dative, «у заявителя», «с исполнителя», the subject of a passive.

The owner of a decision («по ходатайству органа опеки»), the doer of a participle and whoever stands in a condition are
not addressed.
"""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.clauses import Clause
from nlp.norms.frame import NOBODY, Actor, ActorClass, Addressee, FieldSpan
from nlp.norms.kazakh_addressee import kazakh_addressee
from nlp.norms.lexicon import NormLexicon
from nlp.norms.mention import Mention
from nlp.norms.russian import head_noun, in_participial_part, is_subordinate
from nlp.norms.views import FieldView, Predicate

_TOWARDS = frozenset({"у", "от", "с", "со", "к", "отношении", "для", "перед", "в"})
_OPENING = 12  # tokens of an item in which its infinitive stands
_DECISIONS = frozenset(
    {"решение", "приказ", "представление", "заключение", "ходатайство", "законодательство", "поручение", "согласие"}
)


def addressee(view: FieldView, piece: Clause, predicate: Predicate, actor: Actor, lexicon: NormLexicon) -> Addressee:
    """The addressee of a piece, ``NOBODY`` where none is named. Kazakh: see ``kazakh_addressee``."""
    if lexicon.language == "kk":
        return kazakh_addressee(view, piece, predicate, actor, lexicon)
    if predicate.last == predicate.first:  # an item of its own verb («истребовать у заявителя …»), or none
        opening = view.tokens[piece.first : min(piece.first + _OPENING, piece.last)]
        if not any("infinitive" in token.tags for token in opening):
            return NOBODY
        predicate = Predicate(predicate.modality, piece.first, piece.first + 1)
    best: tuple[int, int] | None = None
    chosen: Mention | None = None
    for mention in view.mentions:
        if not (piece.first <= mention.first and mention.last <= piece.last) or mention.kind is ActorClass.COURT:
            continue
        if actor.span is not None and actor.span.start == view.tokens[mention.first].start:
            continue
        rank = _rank(view.tokens, mention, piece, predicate)
        if rank is None:
            continue
        key = (rank, 0 if mention.first >= predicate.first else 1)
        if best is None or key < best:
            best, chosen = key, mention
    if chosen is None:
        return NOBODY
    words = view.tokens[chosen.first : chosen.last]
    name = " ".join(token.lemma for token in words)
    return Addressee(chosen.kind, name, FieldSpan(view.field, words[0].start, words[-1].end))


def _rank(tokens: Tokens, mention: Mention, piece: Clause, predicate: Predicate) -> int | None:
    """How plainly the mention is addressed, 0 the plainest; None where it is not."""
    if in_participial_part(tokens, mention.first, piece.first) or is_subordinate(
        tokens, mention.first + 1, piece.first
    ):
        return None
    before = tokens[mention.first - 1] if mention.first > piece.first else None
    tags = head_noun(tokens, mention.first, mention.last).tags
    if before is not None and before.lemma in _DECISIONS:
        return None
    if before is not None and "prep" in before.tags:
        return 1 if before.norm in _TOWARDS else None
    if before is not None and before.norm in _TOWARDS:
        return 1
    if "dat" in tags:
        return 0
    if "nom" in tags and mention.first < predicate.first and "pass" in tokens[predicate.first].tags:
        return 1
    if "acc" in tags and mention.first > predicate.first:
        return 2
    return 3 if "gen" in tags and mention.first > predicate.first else None
