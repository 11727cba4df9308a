"""The sort of a deed (issue, revoke, pay, inform …): by its verb, or by the noun that a light verb carries."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.norms.clauses import Clause
from nlp.norms.frame import Action, Modality
from nlp.norms.lexicon import NormLexicon
from nlp.norms.views import FieldView, Predicate

_AUXILIARY = frozenset({"быть", "должный", "обязанный", "вправе", "мочь"})
_NAMING = {"ru": frozenset({"noun"}), "kk": frozenset({"noun", "adj"})}  # «хабардар етеді»
_GOVERNED = 15  # tokens between a modal word and what it governs
_REACH = 7  # tokens between a verb and the noun it carries


def sort_of(view: FieldView, piece: Clause, predicate: Predicate, done: Action, lexicon: NormLexicon) -> str:
    """The sort of the action ``done`` of a piece; "" where the lexicon knows none."""
    if not lexicon.sorts:
        return ""
    verb = _verb(view, piece, predicate, done, lexicon.language)
    if verb is None:
        return ""
    for position in _order(verb, piece, lexicon.language):
        token = view.tokens[position]
        if any(lemma in lexicon.light for lemma in token.lemmas):
            continue
        if position != verb and not token.tags & _NAMING[lexicon.language]:
            continue
        sort = next((lexicon.sorts[lemma] for lemma in token.lemmas if lemma in lexicon.sorts), "")
        if sort or position == verb:
            return sort  # beside a verb of no sort stands its object
    return ""


def _verb(view: FieldView, piece: Clause, predicate: Predicate, done: Action, language: str) -> int | None:
    """The verb that tells the deed: the finite one, else what the modal word governs; an item's own infinitive."""
    tokens = view.tokens
    if language != "ru":
        own = done.span is not None and done.span.field is view.field
        found = [at for at in range(piece.first, piece.last) if own and tokens[at].start == done.span.start]  # type: ignore[union-attr]
        return found[0] if found else (predicate.first if predicate.last > predicate.first else None)
    if predicate.modality is Modality.INDICATIVE:
        return predicate.first
    bare = predicate.modality is Modality.NONE
    first = piece.first if bare else predicate.first
    for at in range(first, min(first + _GOVERNED, piece.last)):
        tags = tokens[at].tags
        if ("infinitive" in tags or (not bare and "short" in tags)) and tokens[at].lemma not in _AUXILIARY:
            return at
    return None if bare else predicate.last - 1


def _order(verb: int, piece: Clause, language: str) -> Iterable[int]:
    """The verb, what follows it, then the subject of a passive; in Kazakh the words before it, nearest first."""
    before = range(piece.first, verb)
    if language != "ru":
        return [verb, *reversed(before[-_REACH:])]
    return [verb, *range(verb + 1, min(verb + _REACH, piece.last)), *before]
