"""Observations of detectors → findings; questions → what is shown in the reading list.

Where a rule has already said the same factor of the same norm, the detector's word joins that finding: one defect, one
finding, and its further places and reasons with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nlp.detection.agreement import agreeing
from nlp.detection.finding import Evidence, Finding, Mark, Recommendation
from nlp.detection.findings import basis_of, finding_id, in_order
from nlp.detection.joining import Told
from nlp.detection.observation import Observation, Place, Question
from nlp.detection.pack import Pack
from nlp.detection.severity import level
from nlp.norms.frame import Field
from nlp.structure.citations import Citations


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as people read it, with the unit it is about."""

    detector: str
    element: str
    mark: Mark
    text: Mapping[str, str]  # language → words


def with_observations(
    found: Sequence[Finding],
    observations: Sequence[Observation],
    citations: Citations,
    pack: Pack,
    language: str,
    seen: dict[str, int],
) -> tuple[Finding, ...]:
    """Findings of rules and detectors together, in document order."""
    made = Told(found)
    for observation in observations:
        marks = marks_of(observation.places, citations, language)
        same = made.same(observation, marks)
        if observation.settles:
            for number in same:
                made.take_away(number)
        elif same:
            made.change(same[0], _joined(made.of(same[0]), observation, marks, pack, language))
        else:
            made.add(_finding(observation, marks, pack, language, seen))
    return tuple(sorted(made.all(), key=in_order))


def asked(questions: Sequence[Question], citations: Citations, pack: Pack, language: str) -> tuple[AskedQuestion, ...]:
    """Questions in document order, each once."""
    made: dict[tuple[int, str, str], AskedQuestion] = {}
    for question in questions:
        mark = marks_of((question.place,), citations, language)[0]
        texts = pack.detectors[question.detector].texts["questions"][question.text]
        words = {code: fill(texts[code], question.blanks, code) for code in texts}
        key = (mark.start, question.element, question.text)
        made.setdefault(key, AskedQuestion(question.detector, question.element, mark, words))
    return tuple(made[key] for key in sorted(made))


def marks_of(places: Sequence[Place], citations: Citations, language: str) -> tuple[Mark, ...]:
    """Places of the act, each once, in the order given."""
    marks: dict[tuple[int, int], Mark] = {}
    for place in places:
        provision, span = place.provision, place.span
        start = _offset(place) + span.start
        end = start + span.end - span.start
        words = {Field.TEXT: provision.text, Field.LEAD: provision.lead, Field.HEADING: provision.heading}[span.field]
        citation = citations.cite(provision.address, language)
        mark = Mark(provision.address, citation, start, end, words[span.start : span.end])
        marks.setdefault((start, end), mark)
    return tuple(marks.values())


def fill(text: str, blanks: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Blanks «{name}» of a text filled, words that depend on {actor} agreed; the first letter is a capital."""
    text = agreeing(text, blanks["actor"][language]) if language == "ru" and "actor" in blanks else text
    filled = re.sub(r"\{(\w+)\}", lambda m: blanks[m.group(1)][language] if m.group(1) in blanks else m.group(0), text)
    return filled[:1].upper() + filled[1:]


def _offset(place: Place) -> int:
    provision = place.provision
    if place.span.field is Field.TEXT:
        return provision.text_at
    return provision.lead_at if place.span.field is Field.LEAD else provision.heading_at


def _joined(finding: Finding, observation: Observation, marks: Sequence[Mark], pack: Pack, language: str) -> Finding:
    # Words of the same unit are marked already, and better: by what is wrong with them.
    units = {mark.address for mark in finding.marks}
    further = [mark for mark in marks if mark.address not in units]
    reason = _text(observation, "explanation", pack, language)
    return replace(
        finding,
        strength=max(finding.strength, observation.strength),
        confidence=max(finding.confidence, observation.confidence),
        marks=tuple(sorted((*finding.marks, *further), key=lambda mark: (mark.start, mark.end))),
        explanation=f"{finding.explanation} {reason}".strip(),
        evidence=(*finding.evidence, _evidence(observation, pack)),
    )


def _finding(
    observation: Observation, marks: tuple[Mark, ...], pack: Pack, language: str, seen: dict[str, int]
) -> Finding:
    leading = observation.places[0].provision
    factor = pack.all_factors[observation.factor]
    probability = observation.probability or factor.probability
    impact = observation.impact or factor.impact
    anchor = f"{observation.text} {' … '.join(mark.quote for mark in marks)}"
    return Finding(
        id=finding_id(observation.factor, leading, anchor, seen),
        factor=observation.factor,
        kind=observation.kind,
        strength=observation.strength,
        confidence=round(observation.confidence, 4),
        severity=level(pack.severity, probability * impact),
        probability=probability,
        impact=impact,
        provision=leading.id,
        language=leading.language,
        marks=marks,
        explanation=_text(observation, "explanation", pack, language),
        risk=_text(observation, "risk", pack, language),
        recommendation=_recommendation(observation, pack, language),
        basis=basis_of(pack, observation.factor, language),
        evidence=(_evidence(observation, pack),),
        also_at=tuple(dict.fromkeys(mark.address for mark in marks if mark.address != leading.address)),
    )


def _recommendation(observation: Observation, pack: Pack, language: str) -> Recommendation | None:
    """The instruction is written in the language of the report, the wording in that of the norm."""
    instruction = _text(observation, "instruction", pack, language)
    if not instruction:
        return None
    provision = observation.places[0].provision
    words = _text(observation, "wording", pack, provision.language)
    action = "supplement"
    if observation.edits:
        action, words = "replace", _edited(observation)
    return Recommendation(provision.language, action, instruction, words, observation.edits)


def _edited(observation: Observation) -> str:
    words = observation.places[0].provision.text
    for edit in sorted(observation.edits, key=lambda each: -each.span.start):
        words = words[: edit.span.start] + edit.text + words[edit.span.end :]
    return words


def _text(observation: Observation, part: str, pack: Pack, language: str) -> str:
    entry = pack.detectors[observation.detector].texts["observations"][observation.text]
    return fill(entry[part][language], observation.blanks, language) if part in entry else ""


def _evidence(observation: Observation, pack: Pack) -> Evidence:
    leading = observation.places[0].provision
    spans = tuple(place.span for place in observation.places if place.provision.id == leading.id)
    return Evidence(
        detector=f"{observation.detector}.{observation.text}",
        version=pack.version,
        factor=observation.factor,
        spans=spans,
        strength=observation.strength,
        confidence=round(observation.confidence, 4),
        reason=observation.reason,
    )
