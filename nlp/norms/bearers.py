"""The bearer of a piece of a clause: who may, must or does."""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.actors import agent, can_be_subject, experiencer, subject, to_actor
from nlp.norms.clauses import Clause
from nlp.norms.frame import Actor, ActorClass, Field, Modality
from nlp.norms.kazakh import is_passive, opening_grantees, passive_doer
from nlp.norms.lexicon import NormLexicon
from nlp.norms.russian import is_nominative
from nlp.norms.views import FieldView, Predicate


def bearer(view: FieldView, clause: Clause, piece: Clause, predicate: Predicate, lexicon: NormLexicon) -> Actor:
    """The actor of ``piece`` (of ``clause`` where the piece names none); an empty Actor for an agentless passive."""
    tokens = view.tokens
    if predicate.modality is Modality.NONE:
        # A piece without a predicate: «Уполномоченный орган:» as a lead-in, or a bare item.
        able = [
            m for m in view.mentions if clause.first <= m.first < clause.last and can_be_subject(tokens, m, lexicon)
        ]
        opening = [m for m in able if m.last < len(tokens) and tokens[m.last].text == ":"]
        if lexicon.language == "kk":
            opening += opening_grantees(tokens, view.mentions, clause.last)
        if view.field is Field.LEAD and tokens[clause.last - 1].text == ":":
            opening = opening or able[-1:]  # «собственник гидротехнического сооружения:»
        for mention in opening or [m for m in able if m.first == clause.first]:
            return to_actor(tokens, mention, view.field, inherited=False)
        return Actor()
    if lexicon.language == "ru" and _may_be_passive(tokens, predicate, piece):
        doer = agent(tokens, view.mentions, piece.first, piece.last)
        if doer is not None:
            return to_actor(tokens, doer, view.field, inherited=False)
        if _is_participle(tokens, predicate, piece) or _is_passive_of_person(tokens, predicate, lexicon):
            return _acting_before(view, clause, piece)
    if lexicon.language == "ru" and _is_impersonal(tokens, predicate, lexicon):
        who = experiencer(tokens, view.mentions, piece.first, predicate.first, piece.last)
        if who is not None:
            return to_actor(tokens, who, view.field, inherited=False)
    if lexicon.language == "kk" and is_passive(tokens, predicate.first, predicate.last, piece.first):
        # «лицензиат жауаптылыққа тартылуы мүмкін»: the nominative is what is acted upon.
        doer = passive_doer(tokens, view.mentions, clause.first, predicate.first)
        return to_actor(tokens, doer, view.field, inherited=False) if doer else Actor()
    found = subject(tokens, view.mentions, piece.first, predicate.first, piece.last, lexicon)
    if found is None and piece.first > clause.first:
        found = subject(tokens, view.mentions, clause.first, predicate.first, piece.last, lexicon)
    return to_actor(tokens, found, view.field, inherited=False) if found else Actor()


def _is_passive_of_person(tokens: Tokens, predicate: Predicate, lexicon: NormLexicon) -> bool:
    """«поставщик исключается из реестра», «заявитель извещается»: the subject is acted upon."""
    word = tokens[predicate.first]
    finite = predicate.modality is Modality.INDICATIVE and word.norm.endswith(("тся", "лся", "лась", "лось", "лись"))
    return finite and not set(word.lemmas) & lexicon.reflexive


def _is_impersonal(tokens: Tokens, predicate: Predicate, lexicon: NormLexicon) -> bool:
    return any(set(token.lemmas) & lexicon.impersonal for token in tokens[predicate.first : predicate.last])


def _acting_before(view: FieldView, clause: Clause, piece: Clause) -> Actor:
    """«Акимат принимает решение, и собственник извещается»: who acted in the same sentence goes on acting."""
    if piece.first == clause.first:
        return Actor()
    for mention in view.mentions:
        before = clause.first <= mention.first and mention.last <= piece.first
        if before and mention.kind is ActorClass.PUBLIC and is_nominative(view.tokens, mention.first, mention.last):
            return to_actor(view.tokens, mention, view.field, inherited=False)
    return Actor()


def _governed(tokens: Tokens, predicate: Predicate, piece: Clause) -> Tokens:
    """The modal word and the two words after it: «может быть продлён», «устанавливается»."""
    return tokens[predicate.first : min(predicate.last + 2, piece.last)]


def _is_participle(tokens: Tokens, predicate: Predicate, piece: Clause) -> bool:
    """«может быть продлён»: the grammatical subject is what is acted upon."""
    return any({"pass", "short"} <= token.tags for token in _governed(tokens, predicate, piece))


def _may_be_passive(tokens: Tokens, predicate: Predicate, piece: Clause) -> bool:
    """A short participle or a verb in -ся, which is passive only beside a doer in the instrumental."""
    reflexive = any(t.lemma.endswith("ся") and "verb" in t.tags for t in _governed(tokens, predicate, piece))
    return reflexive or _is_participle(tokens, predicate, piece)
