"""Predicates of a Kazakh clause: a finite verb ends a piece where another subject or voice goes on after the comma.

«Инспектор нұсқама береді, меншік иесі оны орындауға міндетті» holds two norms; «орган тексереді, бағалайды және шешім
қабылдайды» is one.
"""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.clauses import Clause
from nlp.norms.frame import Modality
from nlp.norms.kazakh import is_passive, kazakh_subject
from nlp.norms.lexicon import NormLexicon
from nlp.norms.views import FieldView, Predicate


def kazakh_predicates(
    view: FieldView, clause: Clause, modals: list[Predicate], lexicon: NormLexicon
) -> list[Predicate]:
    """Modal words of a clause and the finite verbs that govern pieces of their own, in order; empty where none is."""
    tokens = view.tokens
    held = {position for modal in modals for position in range(modal.first, modal.last)}
    finite = [
        Predicate(Modality.INDICATIVE, position, position + 1)
        for position in range(clause.first, clause.last)
        if position not in held and is_finite(tokens, position)
    ]
    if not modals and len(finite) < 2:
        return finite
    every = sorted([*modals, *finite], key=lambda predicate: predicate.first)
    kept: list[Predicate] = []
    for predicate, following in zip(every, [*every[1:], None], strict=True):
        if predicate.modality is not Modality.INDICATIVE:
            kept.append(predicate)
        elif kept and not _goes_on_otherwise(view, kept[-1], predicate, lexicon):
            continue  # «құқылы болып табылады»; «түсіндірме бере алады, бірақ дауыс беруге қатыспайды»
        elif following is None or _goes_on_otherwise(view, predicate, following, lexicon):
            kept.append(predicate)
    return kept


def is_finite(tokens: Tokens, position: int) -> bool:
    """A verb that closes a norm: not a condition («анықталса»), not a participle."""
    tags = tokens[position].tags
    return "verb" in tags and not tags & {"infinitive", "participle", "converb", "cond"}


def _goes_on_otherwise(view: FieldView, predicate: Predicate, following: Predicate, lexicon: NormLexicon) -> bool:
    """Whether after the comma somebody else acts, or nobody («…, тұрақсыздық айыбы өндіріп алынады»)."""
    tokens = view.tokens
    if not _comma_follows(tokens, predicate.last):
        return False
    first = predicate.last + 1
    before = is_passive(tokens, predicate.first, predicate.last, max(predicate.first - 3, 0))
    if is_passive(tokens, following.first, following.last, first) != before:
        return True
    inside = tuple(m for m in view.mentions if first <= m.first and m.last <= following.first)
    other = kazakh_subject(
        tokens, inside, first, following.first, lexicon.not_subject_before, lexicon.not_subject_after
    )
    return other is not None


def _comma_follows(tokens: Tokens, position: int) -> bool:
    return position < len(tokens) and tokens[position].text == ","
