"""What a frame lacks and takes: from the lead-in, from the words that close a list, from the heading."""

from __future__ import annotations

from dataclasses import replace

from nlp.norms.actors import mentions, to_actor
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Actor, ActorClass, Addressee, Field, Modality, NormFrame, Slot
from nlp.norms.kazakh import may_head, names_deeds
from nlp.norms.lexicon import NormLexicon
from nlp.norms.russian import STATUS, heading_is_of_actor


def inherit(frame: NormFrame, source: NormFrame | None, first: bool, announces: bool = False) -> NormFrame:
    """What an item of a list lacks and its lead-in gives.

    An item without a predicate takes everything; an item with an own predicate takes the actor as long as it has named
    none itself (``first``) and the lead-in has no predicate of its own («Уполномоченный орган: 1) рассматривает …») or
    only announces (``announces``: «Отдел руководствуется следующим: истребование справок не допускается»).
    """
    if source is None:
        return frame
    if frame.modality is Modality.NONE:
        return replace(
            frame,
            actor=_inherited(source.actor) if frame.actor.kind is ActorClass.NONE else frame.actor,
            modality=source.modality,
            modal_span=source.modal_span,
            action=replace(
                frame.action if frame.action.kind else source.action, sort=frame.action.sort or source.action.sort
            ),
            addressee=_own_or_given(frame.addressee, source.addressee),
            time_limit=_first(frame.time_limit, source.time_limit),
            grounds=_first(frame.grounds, source.grounds),
            documents=_first(frame.documents, source.documents),
            result=_first(frame.result, source.result),
            form=_first(frame.form, source.form),
            exception=_first(frame.exception, source.exception),
            sanction=_first(frame.sanction, source.sanction),
        )
    takes_actor = first and frame.actor.kind is ActorClass.NONE and frame.actor.span is None
    open_lead = source.modality is Modality.NONE
    if open_lead:  # «При наступлении паводка собственник сооружения: …» bounds every item
        frame = replace(
            frame,
            time_limit=_first(frame.time_limit, source.time_limit),
            grounds=_first(frame.grounds, source.grounds),
        )
    governs = announces or open_lead or (frame.modality is Modality.INDICATIVE and not _is_indicative(source))
    if takes_actor and governs:
        return replace(frame, actor=_inherited(source.actor))
    return frame


def _is_indicative(frame: NormFrame) -> bool:
    return frame.modality is Modality.INDICATIVE


def _first(own: Slot, given: Slot) -> Slot:
    return own if own.spans or not given.spans else replace(given, inherited=True)


def _own_or_given(own: Addressee, given: Addressee) -> Addressee:
    return own if own.span is not None or given.span is None else replace(given, inherited=True)


def _inherited(actor: Actor) -> Actor:
    return replace(actor, inherited=actor.kind is not ActorClass.NONE)


def heading_actor(analysis: ProvisionAnalysis, lexicon: NormLexicon) -> Actor:
    """The actor a heading names in any case («Права уполномоченного органа»)."""
    found = mentions(analysis.heading, lexicon)
    if lexicon.language == "kk":
        found = tuple(mention for mention in found if may_head(analysis.heading, mention))
    if not found or (lexicon.language == "ru" and not heading_is_of_actor(analysis.heading, found[0].first)):
        return Actor()
    return to_actor(analysis.heading, found[0], Field.HEADING, inherited=True)


def act_actor(analysis: ProvisionAnalysis, lexicon: NormLexicon) -> Actor:
    """The body a regulation is about («Положение об управлении образования»), without a place in the provision."""
    if not analysis.act or lexicon.language != "ru":
        return Actor()
    found = [mention for mention in mentions(analysis.act, lexicon) if mention.kind is ActorClass.PUBLIC]
    if not found:
        return Actor()
    return replace(to_actor(analysis.act, found[0], Field.HEADING, inherited=True), span=None)


def with_actor_of_act(frame: NormFrame, actor: Actor) -> NormFrame:
    """An active verb without a subject («осуществляет контроль») is what the body of the regulation does."""
    bare = frame.actor.kind is ActorClass.NONE and frame.actor.span is None
    active = (
        frame.modality is Modality.INDICATIVE and bool(frame.action.lemma) and not frame.action.lemma.endswith("ся")
    )
    return replace(frame, actor=actor) if bare and active and actor.kind is not ActorClass.NONE else frame


def heads_powers(analysis: ProvisionAnalysis, actor: Actor, lexicon: NormLexicon) -> bool:
    """Whether the heading is about the powers of a body: «Компетенция акимата», not «Управление правами»."""
    if lexicon.language == "kk":
        return actor.kind is not ActorClass.NONE and names_deeds(analysis.heading)
    held = actor.kind in {ActorClass.PUBLIC, ActorClass.COURT}
    return held and any(token.lemma in STATUS for token in analysis.heading)


def with_actor(frame: NormFrame, actor: Actor, of_powers: bool = False) -> NormFrame:
    """A frame without an actor takes the heading's.

    «Может быть установлен …», «допускается …» name nobody on purpose: they take a body whose powers the heading is
    about (``of_powers``, see ``heads_powers``).
    """
    bare = frame.actor.kind is ActorClass.NONE and frame.actor.span is None
    if frame.modality not in {Modality.NONE, Modality.INDICATIVE} and not of_powers:
        return frame
    if bare and actor.kind is not ActorClass.NONE:
        return replace(frame, actor=actor)
    return frame
