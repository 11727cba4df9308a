"""The action of a piece of a clause: the verb the modal word governs, and its kind."""

from __future__ import annotations

from nlp.matching import Match
from nlp.norms.clauses import Clause
from nlp.norms.frame import Action, FieldSpan, Modality
from nlp.norms.kazakh import carrying_verb
from nlp.norms.lexicon import NormLexicon
from nlp.norms.views import FieldView, Predicate

_ACTION_REACH = 8  # tokens between a modal word and the verb it governs

_MODAL_VERBS = frozenset({"беріледі", "етіледі", "рұқсат", "жол"})


def action(view: FieldView, piece: Clause, predicate: Predicate, lexicon: NormLexicon) -> Action:
    """The nearest word of action inside ``piece``; a verb without a kind where the lexicon knows none."""
    inside = [m for m in view.actions if piece.first <= m.mark_first and m.mark_last <= piece.last]
    if lexicon.language == "kk" and predicate.modality is not Modality.NONE:
        # The action is the verb right before the modal word: «тоқтату туралы сотқа жүгінуге құқылы» is going to court.
        finite = predicate.modality is Modality.INDICATIVE
        reach = carrying_verb(view.tokens, predicate.first if finite else max(predicate.first - 1, 0))
        inside = [m for m in inside if m.mark_last > reach and m.mark_first < predicate.last]
        if not finite:  # «тоқтатуға жол беріледі» gives nothing: it stops
            inside = [m for m in inside if view.tokens[m.mark_first].norm not in _MODAL_VERBS]
    if not inside:
        return _verb(view, piece, predicate, lexicon)
    if predicate.modality is Modality.NONE:
        # A bare item: its verb opens it in Russian and closes it in Kazakh («кері қайтарып алуға» before «қайтару»).
        if lexicon.language == "ru":
            inside = [min(inside, key=lambda match: match.mark_first)]
        else:
            inside = [max(inside, key=lambda match: (match.mark_last, match.mark_last - match.mark_first))]

    def distance(match: Match) -> tuple[int, int, int]:
        length = match.mark_last - match.mark_first  # «направить запрос» says more than «направить»
        if lexicon.language == "ru":
            after = match.mark_first - predicate.first
            return (0 if after >= 0 else 1, abs(after), -length)
        return (0 if match.mark_first <= predicate.first else 1, abs(predicate.first - match.mark_last), -length)

    best = min(inside, key=distance)
    kind = lexicon.actions.labels[best.index]
    span = FieldSpan(view.field, best.start, best.end)
    return Action(view.tokens[best.mark_first].lemma, kind, span)


def _verb(view: FieldView, piece: Clause, predicate: Predicate, lexicon: NormLexicon) -> Action:
    """The verb next to the predicate when its kind is not in the lexicon."""
    tokens = view.tokens
    if lexicon.language == "ru":
        reach = range(predicate.first, min(predicate.last + _ACTION_REACH, piece.last))
    else:
        reach = range(min(predicate.last, piece.last) - 1, max(predicate.first - _ACTION_REACH, piece.first) - 1, -1)
    for position in reach:
        token = tokens[position]
        governed = "infinitive" in token.tags or (predicate.modality is Modality.INDICATIVE and "verb" in token.tags)
        if governed:
            return Action(token.lemma, "", FieldSpan(view.field, token.start, token.end))
    return Action()
