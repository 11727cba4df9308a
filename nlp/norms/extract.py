"""frames(): a provision → the NormFrames of its clauses (DESIGN 2, version 0).

Reads: tokens of text, lead-in and heading; the lexicon. Writes: one frame per predicate of every clause of the text and
the lead-in. Actor, modality and settled elements that an item lacks are taken from its lead-in (methodology 6.1), the
actor at last from the heading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlp.language.token import Tokens
from nlp.matching import Match
from nlp.norms.actors import agent, can_be_subject, mentions, subject, to_actor
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.clauses import Clause, clauses
from nlp.norms.frame import Action, Actor, ActorClass, Field, FieldSpan, Modality, NormFrame, Slot
from nlp.norms.kazakh import carrying_verb, is_passive, may_head, opens_rights, passive_doer
from nlp.norms.lexicon import NormLexicon
from nlp.norms.mention import Mention
from nlp.norms.russian import heading_is_of_actor, main_predicate
from nlp.norms.slots import SlotWord, fill, slot_words

_MODAL_PRECEDENCE = {Modality.NONE: 0, Modality.BAN: 1, Modality.OPTION: 2, Modality.DUTY: 3, Modality.INDICATIVE: 4}
_ACTION_REACH = 8  # tokens between a modal word and the verb it governs


@dataclass(frozen=True, slots=True)
class _Predicate:
    """The word that carries modality, at tokens [first, last)."""

    modality: Modality
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _FieldView:
    """Everything found in one field, made once."""

    field: Field
    tokens: Tokens
    mentions: tuple[Mention, ...]
    slots: tuple[SlotWord, ...]
    actions: tuple[Match, ...]
    modals: tuple[_Predicate, ...]


def frames(analysis: ProvisionAnalysis, lexicon: NormLexicon) -> tuple[NormFrame, ...]:
    """NormFrames of the lead-in and the text, in this order; at least one for a text that is not empty."""
    lead_frames: tuple[NormFrame, ...] = ()
    if analysis.lead:
        lead_frames = _field_frames(_view(analysis, Field.LEAD, lexicon), lexicon)
    heading_actor = _heading_actor(analysis, lexicon)
    lead_frames = tuple(_with_actor(frame, heading_actor) for frame in lead_frames)
    text_frames = _field_frames(_view(analysis, Field.TEXT, lexicon), lexicon)
    governing = _closed_by_tail(lead_frames[-1] if lead_frames else None, analysis, lexicon)
    inherited: list[NormFrame] = []
    for frame in text_frames:
        unnamed = all(earlier.actor.span is None or earlier.actor.inherited for earlier in inherited)
        inherited.append(_with_actor(_inherit(frame, governing, unnamed), heading_actor))
    return lead_frames + tuple(inherited)


def _closed_by_tail(governing: NormFrame | None, analysis: ProvisionAnalysis, lexicon: NormLexicon) -> NormFrame | None:
    """What governs an item whose predicate stands after the last item of the list (Kazakh, methodology 6.1).

    The actor is the lead-in's; modality and action are those of the closing words, which have no place in the item.
    """
    closing = _field_frames(_view_of(analysis.tail, Field.LEAD, lexicon), lexicon) if analysis.tail else ()
    if not closing:
        return governing
    last = closing[-1]
    last = replace(last, modal_span=None, action=replace(last.action, span=None), actor=replace(last.actor, span=None))
    if governing is None:
        return last
    actor = governing.actor if governing.actor.kind is not ActorClass.NONE else last.actor
    kept = governing.modality if last.modality is Modality.NONE else last.modality
    return replace(governing, actor=actor, modality=kept, modal_span=None, action=last.action)


def _view(analysis: ProvisionAnalysis, field: Field, lexicon: NormLexicon) -> _FieldView:
    return _view_of(analysis.tokens(field), field, lexicon)


def _view_of(tokens: Tokens, field: Field, lexicon: NormLexicon) -> _FieldView:
    return _FieldView(
        field,
        tokens,
        mentions(tokens, lexicon),
        slot_words(tokens, field, lexicon),
        tuple(lexicon.actions.patterns.find(tokens)),
        _modals(tokens, lexicon),
    )


def _modals(tokens: Tokens, lexicon: NormLexicon) -> tuple[_Predicate, ...]:
    """Modal words; of overlapping ones the longest wins, then ban before option before duty.

    Words listed under ``none`` only look modal («қажет болған жағдайда», «міндетті резервтер») and hide what they hold.
    """
    found = [
        _Predicate(Modality(lexicon.modality.labels[match.index]), match.mark_first, match.mark_last)
        for match in lexicon.modality.patterns.find(tokens)
    ]
    found.sort(key=lambda p: (p.first - p.last, _MODAL_PRECEDENCE[p.modality], p.first))
    kept: list[_Predicate] = []
    for predicate in found:
        if all(predicate.last <= other.first or predicate.first >= other.last for other in kept):
            kept.append(predicate)
    return tuple(sorted((p for p in kept if p.modality is not Modality.NONE), key=lambda p: p.first))


def _field_frames(view: _FieldView, lexicon: NormLexicon) -> tuple[NormFrame, ...]:
    result: list[NormFrame] = []
    for clause in clauses(view.tokens):
        made = _clause_frames(view, clause, lexicon)
        if clause.opened and result:
            made = [_inherit(frame, result[-1], True) for frame in made]
        result.extend(made)
    return tuple(result)


def _clause_frames(view: _FieldView, clause: Clause, lexicon: NormLexicon) -> list[NormFrame]:
    predicates = [p for p in view.modals if clause.first <= p.first and p.last <= clause.last]
    if not predicates:
        predicates = [_finite(view.tokens, clause, lexicon)]
    pieces = _split(clause, predicates, view.tokens, lexicon)
    return [_frame(view, clause, piece, predicate, lexicon) for piece, predicate in pieces]


def _split(
    clause: Clause, predicates: list[_Predicate], tokens: Tokens, lexicon: NormLexicon
) -> list[tuple[Clause, _Predicate]]:
    """Pieces of a clause that belong to each predicate.

    A Russian predicate governs what follows it, up to the next one's own beginning at a comma or conjunction; a Kazakh
    predicate closes its piece.
    """
    if len(predicates) == 1:
        return [(clause, predicates[0])]
    pieces = []
    first = clause.first
    for predicate, following in zip(predicates, [*predicates[1:], None], strict=True):
        if following is None:
            last = clause.last
        elif lexicon.language == "kk":
            last = predicate.last
        else:
            last = _russian_border(tokens, predicate.last, following.first)
        pieces.append((Clause(first, last, clause.opened), predicate))
        first = last
    return pieces


def _russian_border(tokens: Tokens, first: int, last: int) -> int:
    for position in range(last - 1, first - 1, -1):
        if tokens[position].text == ",":
            return position + 1
    return last


def _finite(tokens: Tokens, clause: Clause, lexicon: NormLexicon) -> _Predicate:
    """The first finite verb (Russian) or the last one (Kazakh); a clause without one has no modality."""
    positions = [p for p in range(clause.first, clause.last) if _is_finite(tokens[p].tags)]
    if not positions:
        return _Predicate(Modality.NONE, clause.last, clause.last)
    position = main_predicate(tokens, positions, clause.first) if lexicon.language == "ru" else positions[-1]
    if position is None:
        return _Predicate(Modality.NONE, clause.last, clause.last)
    return _Predicate(Modality.INDICATIVE, position, position + 1)


def _is_finite(tags: frozenset[str]) -> bool:
    return "verb" in tags and not tags & {"infinitive", "participle", "converb"}


def _frame(view: _FieldView, clause: Clause, piece: Clause, predicate: _Predicate, lexicon: NormLexicon) -> NormFrame:
    tokens = view.tokens
    words = [word for word in view.slots if piece.first <= word.first and word.last <= piece.last]
    modal = None
    if predicate.last > predicate.first:
        modal = FieldSpan(view.field, tokens[predicate.first].start, tokens[predicate.last - 1].end)
    modality = predicate.modality
    lead_of_kazakh = lexicon.language == "kk" and view.field is Field.LEAD and modality is Modality.NONE
    if lead_of_kazakh and opens_rights(tokens, view.mentions, piece.last):
        modality = Modality.OPTION
    return NormFrame(
        extent=FieldSpan(view.field, tokens[piece.first].start, tokens[piece.last - 1].end),
        actor=_actor(view, clause, piece, predicate, lexicon),
        modality=modality,
        modal_span=modal,
        action=_action(view, piece, predicate, lexicon),
        time_limit=fill("time_limit", words),
        grounds=fill("grounds", words),
        documents=fill("documents", words),
    )


def _actor(view: _FieldView, clause: Clause, piece: Clause, predicate: _Predicate, lexicon: NormLexicon) -> Actor:
    tokens = view.tokens
    if predicate.modality is Modality.NONE:
        # A piece without a predicate: «Уполномоченный орган:» as a lead-in, or a bare item.
        able = [
            m for m in view.mentions if clause.first <= m.first < clause.last and can_be_subject(tokens, m, lexicon)
        ]
        opening = [m for m in able if m.last < len(tokens) and tokens[m.last].text == ":"]
        for mention in opening or [m for m in able if m.first == clause.first]:
            return to_actor(tokens, mention, view.field, inherited=False)
        return Actor()
    if lexicon.language == "ru" and _may_be_passive(tokens, predicate, piece):
        doer = agent(tokens, view.mentions, piece.first, piece.last)
        if doer is not None:
            return to_actor(tokens, doer, view.field, inherited=False)
        if _is_participle(tokens, predicate, piece):
            return Actor()
    if lexicon.language == "kk" and is_passive(tokens, predicate.first, predicate.last, piece.first):
        # «лицензиат жауаптылыққа тартылуы мүмкін»: the nominative is what is acted upon.
        doer = passive_doer(tokens, view.mentions, clause.first, predicate.first)
        return to_actor(tokens, doer, view.field, inherited=False) if doer else Actor()
    found = subject(tokens, view.mentions, piece.first, predicate.first, piece.last, lexicon)
    if found is None and piece.first > clause.first:
        found = subject(tokens, view.mentions, clause.first, predicate.first, piece.last, lexicon)
    return to_actor(tokens, found, view.field, inherited=False) if found else Actor()


def _governed(tokens: Tokens, predicate: _Predicate, piece: Clause) -> Tokens:
    """The modal word and the two words after it: «может быть продлён», «устанавливается»."""
    return tokens[predicate.first : min(predicate.last + 2, piece.last)]


def _is_participle(tokens: Tokens, predicate: _Predicate, piece: Clause) -> bool:
    """«может быть продлён»: the grammatical subject is what is acted upon."""
    return any({"pass", "short"} <= token.tags for token in _governed(tokens, predicate, piece))


def _may_be_passive(tokens: Tokens, predicate: _Predicate, piece: Clause) -> bool:
    """A short participle or a verb in -ся, which is passive only beside a doer in the instrumental."""
    reflexive = any(t.lemma.endswith("ся") and "verb" in t.tags for t in _governed(tokens, predicate, piece))
    return reflexive or _is_participle(tokens, predicate, piece)


def _action(view: _FieldView, piece: Clause, predicate: _Predicate, lexicon: NormLexicon) -> Action:
    inside = [m for m in view.actions if piece.first <= m.mark_first and m.mark_last <= piece.last]
    if lexicon.language == "kk" and predicate.modality is not Modality.NONE:
        # The action is the verb right before the modal word: «тоқтату туралы сотқа жүгінуге құқылы» is going to court.
        finite = predicate.modality is Modality.INDICATIVE
        reach = carrying_verb(view.tokens, predicate.first if finite else max(predicate.first - 1, 0))
        inside = [m for m in inside if m.mark_last > reach and m.mark_first < predicate.last]
    if not inside:
        return _verb(view, piece, predicate, lexicon)
    if predicate.modality is Modality.NONE:
        # A bare item: its verb opens it in Russian and closes it in Kazakh.
        at_edge = min if lexicon.language == "ru" else max
        inside = [at_edge(inside, key=lambda match: match.mark_first)]

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


def _verb(view: _FieldView, piece: Clause, predicate: _Predicate, lexicon: NormLexicon) -> Action:
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


def _inherit(frame: NormFrame, source: NormFrame | None, first: bool) -> NormFrame:
    """What an item of a list lacks and its lead-in gives.

    An item without a predicate takes everything; an item with an own predicate takes the actor as long as it has named
    none itself (``first``) and the lead-in has no predicate of its own («Уполномоченный орган: 1) рассматривает …»).
    """
    if source is None:
        return frame
    if frame.modality is Modality.NONE:
        return replace(
            frame,
            actor=_inherited(source.actor) if frame.actor.kind is ActorClass.NONE else frame.actor,
            modality=source.modality,
            modal_span=source.modal_span,
            action=frame.action if frame.action.kind else source.action,
            time_limit=_first(frame.time_limit, source.time_limit),
            grounds=_first(frame.grounds, source.grounds),
            documents=_first(frame.documents, source.documents),
        )
    takes_actor = first and frame.actor.kind is ActorClass.NONE and frame.actor.span is None
    open_lead = source.modality is Modality.NONE
    if takes_actor and (open_lead or (frame.modality is Modality.INDICATIVE and not _is_indicative(source))):
        return replace(frame, actor=_inherited(source.actor))
    return frame


def _is_indicative(frame: NormFrame) -> bool:
    return frame.modality is Modality.INDICATIVE


def _first(own: Slot, inherited: Slot) -> Slot:
    return own if own.spans else inherited


def _inherited(actor: Actor) -> Actor:
    return replace(actor, inherited=actor.kind is not ActorClass.NONE)


def _heading_actor(analysis: ProvisionAnalysis, lexicon: NormLexicon) -> Actor:
    """The actor a heading names in any case («Права уполномоченного органа»)."""
    found = mentions(analysis.heading, lexicon)
    if lexicon.language == "kk":
        found = tuple(mention for mention in found if may_head(analysis.heading, mention))
    if not found or (lexicon.language == "ru" and not heading_is_of_actor(analysis.heading, found[0].first)):
        return Actor()
    return to_actor(analysis.heading, found[0], Field.HEADING, inherited=True)


def _with_actor(frame: NormFrame, actor: Actor) -> NormFrame:
    """A frame without an actor takes the heading's, unless it is a passive that names none on purpose."""
    bare = frame.actor.kind is ActorClass.NONE and frame.actor.span is None
    if bare and frame.modality in {Modality.NONE, Modality.INDICATIVE} and actor.kind is not ActorClass.NONE:
        return replace(frame, actor=actor)
    return frame
