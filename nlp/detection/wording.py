"""Reasons and risks in words, filled from this norm: its actor, its action, its marked words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.detection.agreement import agreeing
from nlp.detection.body_names import in_quoted_name, named_from
from nlp.detection.context import WORDS, in_context
from nlp.detection.finding import MODEL, Evidence
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Factor, Pack
from nlp.detection.phrases import whole
from nlp.detection.rule import Rule
from nlp.language.generate import inflect, kk_to_infinitive
from nlp.language.token import Token
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Actor, ActorClass, FieldSpan, NormFrame


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of a finding in the language of the report."""

    explanation: str
    risk: str


def explain(
    pack: Pack,
    factor: JudgedFactor,
    analysis: ProvisionAnalysis,
    frames: tuple[NormFrame, ...],
    quote: str,
    language: str,
    least: int = WORDS[0],
) -> Wording:
    """Texts of the leading rule and, where other rules mark other words of the norm, their reasons after it.

    The reason quotes the marked words with their neighbours, ``least`` words in all, so that reasons on two norms do
    not read the same. Words are quoted as far as their phrase goes: what a rule marks may end inside one.
    """
    spans = tuple(_phrase(analysis, span) for span in factor.spans)
    if spans != factor.spans:
        quote = quoted(analysis, factor.spans)
    names = {
        "actor": actor_name(pack, analysis, frame_of(factor, frames), language),
        "action": action_name(pack, analysis, frame_of(factor, frames), language),
    }
    spoken = _reasons(pack, factor, language)
    if len(spoken) > 1:  # each reason is of its own words
        quote = quoted(analysis, spoken[0][0])
    else:
        spoken = [(spans, said) for _, said in spoken]
    told = [(said, {**names, "quote": _wide(analysis, own, quote, spans, least)}) for own, said in spoken]
    by_model = factor.leading.detector == MODEL
    aside = pack.messages.get("seen_by_model", {}).get(language, "") if by_model else ""
    return Wording(
        explanation=f"{_join(told, 'explanation', language)} {aside}".strip(),
        risk=_join([(said, {**names, "quote": quote.strip(_EDGE)}) for _, said in spoken[:1]], "risk", language),
    )


_EDGE = " ,;:"


def _wide(
    analysis: ProvisionAnalysis, own: Sequence[FieldSpan], quote: str, spans: Sequence[FieldSpan], least: int
) -> str:
    """What one reason quotes: its own words with their neighbours; ``quote`` is that of all ``spans``."""
    if own is spans:
        return in_context(analysis, spans, quote.strip(_EDGE), least)
    phrases = tuple(_phrase(analysis, span) for span in own)
    return in_context(analysis, phrases, quoted(analysis, own), least)


def quoted(analysis: ProvisionAnalysis, spans: Sequence[FieldSpan]) -> str:
    """The words of ``spans``, each as far as its phrase goes, joined by «…»."""
    whole_spans = [_phrase(analysis, span) for span in spans]
    return " … ".join(analysis.string(span.field)[span.start : span.end].strip(_EDGE) for span in whole_spans)


_MORE = 60
"""Characters by which a quotation may outgrow the marked words; a longer phrase would hide what is meant."""


def _phrase(analysis: ProvisionAnalysis, span: FieldSpan) -> FieldSpan:
    found = whole(analysis.tokens(span.field), span, analysis.provision.language)
    return found if found.end - found.start <= span.end - span.start + _MORE else span


def _speaker(pack: Pack, evidence: Evidence) -> Rule | Factor | None:
    """Whose words are said: the rule's, or the factor's own where the trained model saw it."""
    if evidence.detector == MODEL:
        return pack.all_factors[evidence.factor]
    return pack.by_id.get(evidence.detector)


def _apart(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first evidence of every place: three reasons on the same words tire the reader and say no more than one."""
    chosen: list[Evidence] = []
    for item in evidence:
        spans = [span for other in chosen for span in other.spans]
        if not any(_meet(span, other) for span in item.spans for other in spans):
            chosen.append(item)
    return chosen


def _reasons(pack: Pack, factor: JudgedFactor, language: str) -> list[tuple[tuple[FieldSpan, ...], Rule | Factor]]:
    """Who speaks, the leading first, with all the words to which the same reason applies."""
    made: dict[str, tuple[tuple[FieldSpan, ...], Rule | Factor]] = {}
    for item in _apart(factor.evidence):
        speaker = _speaker(pack, item)
        if speaker is not None:
            reason = speaker.explanation.get(language, "")
            before = made[reason][0] if reason in made else ()
            made[reason] = (tuple(sorted((*before, *item.spans))), made[reason][1] if before else speaker)
    return list(made.values())


def _meet(span: FieldSpan, other: FieldSpan) -> bool:
    return span.field is other.field and span.start < other.end and other.start < span.end


def frame_of(factor: JudgedFactor, frames: tuple[NormFrame, ...]) -> NormFrame | None:
    """The frame in whose clause the leading evidence stands."""
    span = factor.leading.spans[0]
    holding = [f for f in frames if f.extent.field is span.field and f.extent.start <= span.start < f.extent.end]
    return holding[-1] if holding else None


def _join(told: Sequence[tuple[Rule | Factor, Mapping[str, str]]], part: str, language: str) -> str:
    """The texts of all speakers, each filled with its own blanks."""
    filled = (_fill(getattr(speaker, part).get(language, ""), blanks) for speaker, blanks in told)
    return " ".join(dict.fromkeys(text for text in filled if text))


_ASIDE = re.compile(r"\s*\([^()]*\{actor\}[^()]*\)")


def _fill(text: str, blanks: Mapping[str, str]) -> str:
    if "(" in blanks["actor"] or blanks["actor"].split()[-1:] in (["орган"], ["органдар"]):
        # «(в этой норме – {actor})» says nothing where the norm names no body, or just «уполномоченный орган».
        text = _ASIDE.sub("", text)
    text = agreeing(text, blanks["actor"])
    filled = re.sub(r"\{(\w+)\}", lambda m: blanks.get(m.group(1), m.group(0)), text)
    return filled[:1].upper() + filled[1:]


def actor_name(pack: Pack, analysis: ProvisionAnalysis, frame: NormFrame | None, language: str) -> str:
    """The body in this norm's own words, in the nominative; a general word where the norm names none.

    A private person of the norm is not the one who decides: the general word stands for the body then, too.
    In a report of the other language the general word is used: a Russian name inside a Kazakh sentence helps nobody.
    """
    general: str = pack.messages["actor_unknown"][language]
    if frame is None or frame.actor.span is None or analysis.provision.language != language:
        return general
    if frame.actor.kind is ActorClass.PRIVATE:
        return general
    return _nominative(analysis, frame.actor, language) or general


def _nominative(analysis: ProvisionAnalysis, actor: Actor, language: str) -> str | None:
    """The mention as it stands where it is in the nominative, else inflected; None when that cannot be done."""
    if actor.span is None:
        return None
    words, all_tokens = analysis.string(actor.span.field), analysis.tokens(actor.span.field)
    inside = [n for n, t in enumerate(all_tokens) if actor.span.start <= t.start and t.end <= actor.span.end]
    if not inside or in_quoted_name(all_tokens, inside[0], inside[-1]):
        return None
    first = named_from(all_tokens, inside[0], inside[-1]) if language == "kk" else inside[0]
    if first < 0:
        return None
    start, tokens = all_tokens[first].start, all_tokens[first : inside[-1] + 1]
    surface = words[start : actor.span.end]
    nouns = [t for t in tokens if "noun" in t.tags]
    if language == "ru" and len(tokens) == 1 and tokens[0].lemma in _PROPER:
        return tokens[0].lemma.capitalize()  # «актом Правительства»: the form may be read as a plural
    upright = bool(nouns) and ("nom" in nouns[0].tags if language == "ru" else not nouns[-1].tags & _OBLIQUE)
    named = surface if upright else inflect(language, surface, {"nom"})
    if named is None:
        return None
    begins = start == 0 or words[:start].rstrip()[-1:] in ".:;"
    return _lower_first(named) if begins and not _is_proper(tokens) else named


_OBLIQUE = frozenset({"gen", "dat", "acc", "loc", "abl", "ins"})
_PROPER = frozenset({"правительство", "парламент", "президент", "мажилис", "сенат", "үкімет", "мәжіліс"})


def _is_proper(tokens: Sequence[Token]) -> bool:
    """Names of the highest bodies keep their capital (written so in acts of Kazakhstan)."""
    return any(token.lemma in _PROPER for token in tokens)


def _lower_first(words: str) -> str:
    """«Уполномоченный орган» begins a sentence of the norm but not of the reason; abbreviations and names stay."""
    first = words.split(" ", 1)[0]
    if first.isupper() or (len(words.split()) > 1 and words.split()[1][:1].isupper()):
        return words
    return words[:1].lower() + words[1:]


def action_name(pack: Pack, analysis: ProvisionAnalysis, frame: NormFrame | None, language: str) -> str:
    """The verb of this norm in the dictionary form («отказать», «бас тарту»); general words where it has none."""
    general: str = pack.messages["action_unknown"][language]
    if frame is None or frame.action.span is None or analysis.provision.language != language:
        return general
    span = frame.action.span
    tokens = [t for t in analysis.tokens(span.field) if span.start <= t.start and t.end <= span.end]
    if language == "kk":
        words = analysis.string(span.field)[span.start : span.end]
        return kk_to_infinitive(words.lower()) or general
    verbs = [t for t in tokens if "verb" in t.tags]
    infinitive = next((lemma for t in verbs for lemma in t.lemmas if lemma.endswith(("ть", "ти", "чь", "ться"))), None)
    return infinitive or general
