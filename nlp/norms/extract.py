"""frames(): a provision → the NormFrames of its clauses (DESIGN 2).

Reads: tokens of text, lead-in and heading; the lexicon. Writes: one frame per predicate of every clause of the text and
the lead-in. Actor, modality and settled elements that an item lacks are taken from its lead-in (methodology 6.1), the
actor at last from the heading or from the title of a regulation.
"""

from __future__ import annotations

from dataclasses import replace

from nlp.norms.actions import action
from nlp.norms.addressees import addressee
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.bearers import bearer
from nlp.norms.clauses import Clause, clauses
from nlp.norms.frame import ABSENT, Action, Actor, ActorClass, Field, FieldSpan, Modality, NormFrame
from nlp.norms.inheritance import act_actor, heading_actor, heads_powers, inherit, with_actor, with_actor_of_act
from nlp.norms.kazakh import closes_as_ability, governs_condition_only, opens_rights
from nlp.norms.lexicon import NormLexicon
from nlp.norms.predicates import pieces
from nlp.norms.slots import fill
from nlp.norms.sorts import sort_of
from nlp.norms.views import FieldView, Predicate, view_of


def frames(analysis: ProvisionAnalysis, lexicon: NormLexicon) -> tuple[NormFrame, ...]:
    """NormFrames of the lead-in and the text, in this order; at least one for a text that is not empty."""
    lead_frames: tuple[NormFrame, ...] = ()
    if analysis.lead:
        lead_frames = _field_frames(_view(analysis, Field.LEAD, lexicon), lexicon)
    from_heading = heading_actor(analysis, lexicon)
    of_powers = heads_powers(analysis, from_heading, lexicon)
    lead_frames = tuple(with_actor(frame, from_heading, of_powers) for frame in lead_frames)
    text_frames = _field_frames(_view(analysis, Field.TEXT, lexicon), lexicon)
    governing = _closed_by_tail(lead_frames[-1] if lead_frames else None, analysis, lexicon)
    announces = lexicon.language == "ru" and analysis.provision.lead.rstrip().endswith(":")
    inherited: list[NormFrame] = []
    if lexicon.language == "kk" and governing is not None and governing.actor.kind is not ActorClass.NONE:
        text_frames = tuple(_without_subject_of_condition(frame, governing, analysis) for frame in text_frames)
    for frame in text_frames:
        unnamed = all(earlier.actor.span is None or earlier.actor.inherited for earlier in inherited)
        inherited.append(with_actor(inherit(frame, governing, unnamed, announces), from_heading, of_powers))
    of_act = act_actor(analysis, lexicon)
    return lead_frames + tuple(with_actor_of_act(frame, of_act) for frame in inherited)


def _closed_by_tail(governing: NormFrame | None, analysis: ProvisionAnalysis, lexicon: NormLexicon) -> NormFrame | None:
    """What governs an item whose predicate stands after the last item of the list (Kazakh, methodology 6.1).

    The actor is the lead-in's; modality and action are those of the closing words, which have no place in the item.
    """
    closing = _field_frames(view_of(analysis.tail, Field.LEAD, lexicon), lexicon) if analysis.tail else ()
    if not closing:
        return governing
    last = closing[-1]
    if lexicon.language == "kk" and closes_as_ability(analysis.text, analysis.tail):
        last = replace(last, modality=Modality.OPTION, action=Action())
    last = replace(last, modal_span=None, action=replace(last.action, span=None), actor=replace(last.actor, span=None))
    if governing is None:
        return last
    actor = governing.actor if governing.actor.kind is not ActorClass.NONE else last.actor
    kept = governing.modality if last.modality is Modality.NONE else last.modality
    return replace(governing, actor=actor, modality=kept, modal_span=None, action=last.action)


def _without_subject_of_condition(frame: NormFrame, governing: NormFrame, analysis: ProvisionAnalysis) -> NormFrame:
    """An item of a lead-in that only names its bearer: who stands in the item's condition is not the bearer."""
    own, modal = frame.actor.span, frame.modal_span
    if governing.modality is not Modality.NONE or own is None or modal is None:
        return frame
    aside = governs_condition_only(analysis.text, own.end, modal.start)
    return replace(frame, actor=Actor()) if aside else frame


def _view(analysis: ProvisionAnalysis, field: Field, lexicon: NormLexicon) -> FieldView:
    return view_of(analysis.tokens(field), field, lexicon)


def _field_frames(view: FieldView, lexicon: NormLexicon) -> tuple[NormFrame, ...]:
    result: list[NormFrame] = []
    for clause in clauses(view.tokens):
        made = _clause_frames(view, clause, lexicon)
        if clause.opened and result:
            made = [inherit(frame, result[-1], True) for frame in made]
        result.extend(made)
    return tuple(result)


def _clause_frames(view: FieldView, clause: Clause, lexicon: NormLexicon) -> list[NormFrame]:
    return [_frame(view, clause, piece, predicate, lexicon) for piece, predicate in pieces(view, clause, lexicon)]


def _frame(view: FieldView, clause: Clause, piece: Clause, predicate: Predicate, lexicon: NormLexicon) -> NormFrame:
    tokens = view.tokens
    words = [word for word in view.slots if piece.first <= word.first and word.last <= piece.last]
    slots = fill(words)
    modal = None
    if predicate.last > predicate.first:
        modal = FieldSpan(view.field, tokens[predicate.first].start, tokens[predicate.last - 1].end)
    modality = predicate.modality
    lead_of_kazakh = lexicon.language == "kk" and view.field is Field.LEAD and modality is Modality.NONE
    if lead_of_kazakh and opens_rights(tokens, view.mentions, piece.last):
        modality = Modality.OPTION
    actor = bearer(view, clause, piece, predicate, lexicon)
    done = action(view, piece, predicate, lexicon)
    return NormFrame(
        extent=FieldSpan(view.field, tokens[piece.first].start, tokens[piece.last - 1].end),
        actor=actor,
        modality=modality,
        modal_span=modal,
        action=replace(done, sort=sort_of(view, piece, predicate, done, lexicon)),
        addressee=addressee(view, piece, predicate, actor, lexicon),
        time_limit=slots.get("time_limit", ABSENT),
        grounds=slots.get("grounds", ABSENT),
        documents=slots.get("documents", ABSENT),
        result=slots.get("result", ABSENT),
        form=slots.get("form", ABSENT),
        exception=slots.get("exception", ABSENT),
        sanction=slots.get("sanction", ABSENT),
    )
