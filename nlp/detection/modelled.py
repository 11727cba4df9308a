"""What the trained classifier thinks, weighed with what the rules said of one provision (DESIGN 1, ``detection``).

The model alone says nothing of words that order, permit or forbid nothing (a member of a commission, a document in a
list): of those it was right in one of eleven on training acts, of others in one of three.

The model never makes a remark by itself: what it alone sees asks for the expert's attention. What a rule said keeps the
rule's words; its confidence becomes the calibrated probability of both, and what both together hold for unlikely is
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from nlp.classifier.classifier import Scores
from nlp.classifier.weighing import Heard, Standing, Standings, Weighing
from nlp.detection.finding import MODEL, Evidence, Kind
from nlp.detection.fusion import JudgedFactor, merge_spans
from nlp.detection.pack import Pack
from nlp.detection.phrases import whole
from nlp.detection.severity import rate
from nlp.detection.suppression import is_quiet
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import ActorClass, FieldSpan, Modality, NormFrame
from nlp.structure.act import Provision, Role

OF_DEFINITIONS: Final = frozenset({"vague_wording"})
"""What may be said of a definition (guideline, question 3)."""

OF_LOWER_ACTS: Final = frozenset({"ultra_vires", "gap_filling"})
"""What only an act below a law can do wrong."""
OF_CLOSING_WORDS: Final = frozenset({"permissive_power"})
"""What the closing «құқылы» of a Kazakh list says of all its items is said once, of the last one; a ground in the list
(«… себептері жойылмаған;») is no option."""
LAWS: Final = frozenset({"law", "code"})


def weighed(
    said: tuple[JudgedFactor, ...],
    chances: Mapping[str, float],
    scores: Scores,
    weighing: Weighing,
    version: str,
    analysis: ProvisionAnalysis,
    frames: Sequence[NormFrame],
    pack: Pack,
) -> tuple[JudgedFactor, ...]:
    """Factors in the pack's order: those of rules that are likely enough, and those that the model alone sees.
    ``chances``: what ``chances_of`` gives for the same ``said`` and ``scores``."""
    language = analysis.provision.language
    if not said and max(chances.values(), default=0.0) < weighing.say[language]:
        return ()
    kept = [_told(item, chances, scores, weighing, version, language) for item in said]
    of_rules = [item for item in kept if item is not None]
    added = _added(of_rules, said, chances, scores, weighing, version, analysis, frames, pack)
    order = {factor: at for at, factor in enumerate(pack.factors)}
    return tuple(sorted((*of_rules, *added), key=lambda item: order.get(item.factor, len(order))))


def may_add(frames: Iterable[NormFrame]) -> bool:
    """Whether the model may say something that no rule said: of words that order, permit or forbid something."""
    return any(frame.modality is not Modality.NONE for frame in frames)


def chances_of(said: tuple[JudgedFactor, ...], scores: Scores, weighing: Weighing, language: str) -> dict[str, float]:
    """The probability of every factor the classifier knows, rules and model together."""
    if not said:
        read = scores.network
        some = (scores.as_provision, scores.as_pair, 0.0 if read is None else read.some)
        return weighing.of_silence(language, some, scores.which, scores.shares, {} if read is None else read.which)
    placed = _placed(scores)
    return {
        factor: weighing.probability(language, factor, _heard(factor, said, scores, placed)) for factor in scores.which
    }


def _placed(scores: Scores) -> tuple[Standings, Standings | None]:
    """By the linear part, and by the network where there is one."""
    read = scores.network
    return Standings(scores.which.values()), None if read is None else Standings(read.which.values())


def _heard(
    factor: str, said: Iterable[JudgedFactor], scores: Scores, placed: tuple[Standings, Standings | None]
) -> Heard:
    mine = next((item for item in said if item.factor == factor), None)
    other = any(item.factor != factor for item in said)
    confidence, strength = (0.0, 0) if mine is None else (mine.confidence, mine.strength)
    which, share, read = scores.which[factor], scores.shares[factor], scores.network
    some, this = (0.0, 0.0) if read is None else (read.some, read.which[factor])
    own, network = placed
    by_network = Standing() if network is None else network.of(this)
    of_rules = (confidence, strength, other)
    return Heard(scores.as_provision, scores.as_pair, which, share, *of_rules, some, this, own.of(which), by_network)


def _told(
    item: JudgedFactor,
    chances: Mapping[str, float],
    scores: Scores,
    weighing: Weighing,
    version: str,
    language: str,
) -> JudgedFactor | None:
    chance = chances.get(item.factor)
    if chance is None:
        return item
    if chance < weighing.keep[language]:
        return None
    kind = item.kind if chance >= weighing.remark[language] else Kind.ATTENTION
    evidence = item.evidence
    unruled = weighing.probability(language, item.factor, _heard(item.factor, (), scores, _placed(scores)))
    if unruled >= weighing.say[language]:  # the model would have said so too; the rule's words stay
        evidence = (*evidence, _evidence(item.factor, item.leading.spans, chance, scores, version))
    return replace(item, confidence=chance, kind=kind, evidence=evidence)


def _added(
    kept: list[JudgedFactor],
    said: tuple[JudgedFactor, ...],
    chances: Mapping[str, float],
    scores: Scores,
    weighing: Weighing,
    version: str,
    analysis: ProvisionAnalysis,
    frames: Sequence[NormFrame],
    pack: Pack,
) -> list[JudgedFactor]:
    if not may_add(frames):
        return []
    provision = analysis.provision
    of_rules = {item.factor for item in said}
    likely = [
        factor
        for factor in sorted(chances, key=lambda name: (-chances[name], name))
        if chances[factor] >= weighing.say[provision.language]
        and factor not in of_rules
        and factor in pack.factors
        and (provision.role is not Role.DEFINITION or factor in OF_DEFINITIONS)
        and not (factor in OF_LOWER_ACTS and _is_law(provision))
        and not (factor in OF_CLOSING_WORDS and provision.tail)
    ]
    quiet = pack.languages[provision.language].quiet
    made: list[JudgedFactor] = []
    for factor in likely:
        if len(made) >= weighing.most:
            break
        spans = scores.words[factor]
        if (
            spans
            and not _forbids(spans[0], frames)
            and not is_quiet(quiet, factor, spans[0], analysis)
            and not any(_yields(factor, spans, other, pack) for other in (*kept, *made))
        ):
            shown = tuple(whole(analysis.tokens(span.field), span, provision.language) for span in spans)
            made.append(_alone(factor, shown, chances[factor], scores, version, analysis, pack))
    return made


def _forbids(span: FieldSpan, frames: Sequence[NormFrame]) -> bool:
    """Whether the words stand in a clause that forbids a public actor something: such clauses protect the applicant and
    are never labelled (guideline, question 3)."""
    return any(
        frame.modality is Modality.BAN
        and frame.actor.kind is not ActorClass.PRIVATE
        and frame.extent.field is span.field
        and frame.extent.start <= span.start < frame.extent.end
        for frame in frames
    )


def _is_law(provision: Provision) -> bool:
    """By the form of the act; a file without a head that has articles is one, too."""
    return provision.act_form in LAWS or (not provision.act_form and "art_" in provision.address)


def _yields(factor: str, spans: tuple[FieldSpan, ...], other: JudgedFactor, pack: Pack) -> bool:
    """Whether the same words are already marked by a factor that goes before this one, or the other way round: what a
    rule or the likelier factor has said stays."""
    related = (other.factor, factor) in pack.precedence or (factor, other.factor) in pack.precedence
    return related and any(
        one.field is two.field and one.start < two.end and two.start < one.end for one in spans for two in other.spans
    )


def _alone(
    factor: str,
    spans: tuple[FieldSpan, ...],
    chance: float,
    scores: Scores,
    version: str,
    analysis: ProvisionAnalysis,
    pack: Pack,
) -> JudgedFactor:
    evidence = _evidence(factor, spans, chance, scores, version)
    rating = rate(pack, factor, evidence, 0, analysis)
    return JudgedFactor(
        factor=factor,
        kind=Kind.ATTENTION,
        strength=1,
        confidence=chance,
        severity=rating.severity,
        probability=rating.probability,
        impact=rating.impact,
        spans=merge_spans(spans),
        evidence=(evidence,),
    )


def _evidence(factor: str, spans: tuple[FieldSpan, ...], chance: float, scores: Scores, version: str) -> Evidence:
    reason = (
        ("as_provision", f"{scores.as_provision:.3f}"),
        ("as_pair", f"{scores.as_pair:.3f}"),
        ("which", f"{scores.which[factor]:.3f}"),
    )
    return Evidence(MODEL, version, factor, spans, 1, chance, reason)
