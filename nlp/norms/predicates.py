"""Predicates of a clause and the piece of it that each governs."""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.clauses import Clause
from nlp.norms.frame import Modality
from nlp.norms.kazakh_pieces import kazakh_predicates
from nlp.norms.lexicon import NormLexicon
from nlp.norms.russian import main_predicate
from nlp.norms.views import FieldView, Predicate


def pieces(view: FieldView, clause: Clause, lexicon: NormLexicon) -> list[tuple[Clause, Predicate]]:
    """Pieces of a clause with their predicates, at least one; a clause that only names has one without modality."""
    predicates = [p for p in view.modals if clause.first <= p.first and p.last <= clause.last]
    if lexicon.language == "kk":
        predicates = kazakh_predicates(view, clause, predicates, lexicon)
    if not predicates:
        predicates = [_finite(view.tokens, clause, lexicon)]
    return _split(clause, predicates, view.tokens, lexicon)


def _split(
    clause: Clause, predicates: list[Predicate], tokens: Tokens, lexicon: NormLexicon
) -> list[tuple[Clause, Predicate]]:
    """Pieces of a clause that belong to each predicate.

    A Russian predicate governs what follows it, up to the next one's own beginning at a comma or conjunction; a Kazakh
    predicate closes its piece.
    """
    if len(predicates) == 1:
        return [(clause, predicates[0])]
    parts = []
    first = clause.first
    for predicate, following in zip(predicates, [*predicates[1:], None], strict=True):
        if following is None:
            last = clause.last
        elif lexicon.language == "kk":
            last = predicate.last
        else:
            last = _russian_border(tokens, predicate.last, following.first)
        parts.append((Clause(first, last, clause.opened), predicate))
        first = last
    return parts


def _russian_border(tokens: Tokens, first: int, last: int) -> int:
    for position in range(last - 1, first - 1, -1):
        if tokens[position].text == ",":
            return position + 1
    return last


def _finite(tokens: Tokens, clause: Clause, lexicon: NormLexicon) -> Predicate:
    """The first finite verb (Russian); a clause without one has no modality. Kazakh: see ``kazakh_predicates``."""
    if lexicon.language == "kk":
        return Predicate(Modality.NONE, clause.last, clause.last)
    positions = [p for p in range(clause.first, clause.last) if _is_finite(tokens[p].tags)]
    if not positions:
        return Predicate(Modality.NONE, clause.last, clause.last)
    position = main_predicate(tokens, positions, clause.first)
    if position is None:
        return Predicate(Modality.NONE, clause.last, clause.last)
    return Predicate(Modality.INDICATIVE, position, position + 1)


def _is_finite(tags: frozenset[str]) -> bool:
    return "verb" in tags and not tags & {"infinitive", "participle", "converb"}
