"""Cores: the provisions of an act that give a body a power over a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nlp.language.token import Tokens
from nlp.matching import Match, PatternSet
from nlp.norms.frame import ActorClass, Field, FieldSpan, Modality, NormFrame
from nlp.norms.powers.index import ActIndex
from nlp.norms.powers.kinds import kind_in
from nlp.norms.powers.words import Kind
from nlp.structure.act import Provision

_AFTER_ACTION = 3  # «… туралы шешім қабылдайды», «… құқығы бар»
_LONG_LIST = 8  # items of a list of competences
_BARE_NAME = 7  # words that name a body: «Уполномоченный орган в области лесного хозяйства:»
_OVERHANG = 40  # characters: the object of the action may stand in the next clause
_CASES = frozenset({"dat", "acc", "abl", "loc", "ins", "gen"})
_DENIALS = frozenset({"refuse"})  # «өтініш қабылданбайды»
_FORCE = frozenset({Modality.OPTION, Modality.DUTY, Modality.INDICATIVE})


@dataclass(frozen=True, slots=True)
class Core:
    """Provision at position ``at`` of the index gives a power of ``kind`` by the words ``span`` in ``frame``."""

    at: int
    kind: Kind
    span: FieldSpan
    frame: NormFrame


def cores(index: ActIndex, frames: Callable[[Provision], tuple[NormFrame, ...]]) -> Iterator[Core]:
    """Cores in document order, at most one of a provision: a public actor (or a passive that names none) does to a
    person what the words of a kind say; no list of competence, no principle, no private actor, no court."""
    for n, provision in enumerate(index.provisions):
        met = kind_in(index, n)
        if met is None or not _is_norm(index, provision):
            continue
        kind, match = met
        span = FieldSpan(Field.TEXT, match.start, match.end)
        frame = _frame(frames(provision), span)
        if frame is None or not _is_predicate(index, provision, match, frame, kind):
            continue
        if _is_body(index, provision, frame):
            yield Core(n, kind, span, frame)


def _is_norm(index: ActIndex, provision: Provision) -> bool:
    words = index.words
    analysis = index.analysis(provision)
    return not _is_competence(index, provision) and not (
        _any(words.not_cores, analysis.text) or _any(words.not_headings, analysis.heading)
    )


def _is_competence(index: ActIndex, provision: Provision) -> bool:
    """A long list that a bare name leads in («Уполномоченный орган:») names competences; how each is used stands
    elsewhere."""
    if not provision.lead or index.items[provision.lead_at] < _LONG_LIST:
        return False
    lead = [t for t in index.analysis(provision).lead if t.text.isalpha()]
    return len(lead) <= _BARE_NAME and not any("verb" in t.tags for t in lead)


def _is_predicate(index: ActIndex, provision: Provision, match: Match, frame: NormFrame, kind: Kind) -> bool:
    """Kazakh: the words of the action close their clause; «өтінішті қарау кезінде», «берілетін рұқсаттар» and «іріктеу
    тәртібі» are not what the norm says, nor is «есепке алынбайды»."""
    if index.words.language != "kk":
        return True
    tokens = index.analysis(provision).text
    last = tokens[match.mark_last - 1]
    following = tokens[match.mark_last] if match.mark_last < len(tokens) else None
    if "participle" in last.tags or ("neg" in last.tags and kind.id not in _DENIALS):
        return False
    if following is not None and "infinitive" in last.tags:
        modal = bool(set(following.lemmas) & index.words.modals)
        if not modal and ("poss" in last.tags or ("noun" in following.tags and not last.tags & _CASES)):
            return False
    elif following is None and {"infinitive", "poss"} <= last.tags:
        return False
    rest = [t for t in tokens[match.mark_last :] if t.end <= frame.extent.end and t.text.isalpha()]
    return len(rest) <= _AFTER_ACTION


def _is_body(index: ActIndex, provision: Provision, frame: NormFrame) -> bool:
    """Whether the actor is a body indeed: a customer is one in purchases only, a housing fund never is."""
    span = frame.actor.span
    if span is None:
        return True
    analysis = index.analysis(provision)
    named = tuple(t for t in analysis.tokens(span.field) if span.start <= t.start and t.end <= span.end)
    if not _any(index.words.not_bodies, named):
        return True
    around = (*analysis.text, *analysis.lead, *analysis.heading)
    return any(lemma in index.words.purchases for token in around for lemma in token.lemmas)


def _any(patterns: PatternSet, tokens: Tokens) -> bool:
    return bool(tokens) and bool(patterns.find(tokens))


def _frame(made: tuple[NormFrame, ...], span: FieldSpan) -> NormFrame | None:
    """The frame of the clause in which the words stand, if it gives a power."""
    for frame in made:
        extent = frame.extent
        holds = extent.field is Field.TEXT and extent.start <= span.start and span.end <= extent.end + _OVERHANG
        if holds and frame.actor.kind is ActorClass.PUBLIC and frame.modality in _FORCE:
            return frame
    return None
