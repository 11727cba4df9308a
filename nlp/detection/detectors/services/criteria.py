"""Criteria C1–C7 of methodology 3.3 for one service: each with the words that show it, or that it was not seen."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.detection.act_view import ActView
from nlp.detection.detectors.services.pairs import Found
from nlp.detection.detectors.services.seen import Seen
from nlp.detection.detectors.services.words import ServiceWords
from nlp.matching import PatternSet
from nlp.norms.frame import ActorClass, Field


@dataclass(frozen=True, slots=True)
class Criteria:
    """Words of each criterion, "" where it was not seen; C6 and E1 hold or there is no service at all."""

    body: str
    person: str
    application: str
    result: str

    @property
    def held(self) -> int:
        """How many of C1–C6 hold by words: C4 follows from an application and a result, C6 was looked for."""
        return bool(self.body) + bool(self.person) + 2 + bool(self.application) + bool(self.result)

    def reason(self) -> tuple[tuple[str, str], ...]:
        """The evidence as it is kept with the finding; C7 is added by who asks the register."""
        return (
            ("C1", self.body or "not seen"),
            ("C2", self.person or "not seen"),
            ("C3", self.application),
            ("C4", "application and result of one person"),
            ("C5", self.result),
            ("C6", "no service, rules or code named"),
        )


def criteria_of(view: ActView, found: Found, words: ServiceWords) -> Criteria | None:
    """None where a body of power applies (relations between bodies, E1)."""
    person = _actor(view, found.asked, ActorClass.PRIVATE) or _word(found.asked, words.persons)
    if not person and _body_applies(view, found, words):
        return None
    body = _actor(view, found.given, ActorClass.PUBLIC) or _word(found.given, words.bodies)
    body = body or _word(found.asked, words.bodies)
    given = found.given.tokens
    return Criteria(
        body=body,
        person=person or _actor(view, found.given, ActorClass.PRIVATE) or _word(found.given, words.persons),
        application=quote(found.asked, found.application.first, found.application.last),
        result=" ".join(token.text for token in given[found.result.mark_first : found.result.mark_last]),
    )


def quote(seen: Seen, first: int, last: int) -> str:
    """Words of the text between two tokens, as written."""
    return seen.provision.text[seen.tokens[first].start : seen.tokens[last - 1].end]


def _actor(view: ActView, seen: Seen, kind: ActorClass) -> str:
    """Words of the first actor of a class in the text."""
    for frame in view.frames(seen.provision):
        for who in (frame.actor, frame.addressee):
            if who.kind is kind and who.span is not None and who.span.field is Field.TEXT:
                return seen.provision.text[who.span.start : who.span.end]
    return ""


def _body_applies(view: ActView, found: Found, words: ServiceWords) -> bool:
    """Whether the application is that of a body: «по заявке министерства», «акимат вносит заявку»."""
    tokens, at = found.asked.tokens, found.application
    if not found.asked.applies:
        beside = tokens[max(at.first - 2, 0) : at.first] if words.language == "kk" else tokens[at.last : at.last + 2]
        return any(token.lemma in words.body_lemmas and "gen" in token.tags for token in beside)
    return _applicant(view, found) is ActorClass.PUBLIC


def _applicant(view: ActView, found: Found) -> ActorClass:
    """Class of the actor of the clause that the application stands in."""
    start = found.asked.tokens[found.application.first].start
    end = found.asked.tokens[found.application.last - 1].end
    for frame in view.frames(found.asked.provision):
        extent = frame.extent
        if extent.field is Field.TEXT and extent.start < end and start < extent.end:
            return frame.actor.kind
    return ActorClass.NONE


def _word(seen: Seen, patterns: PatternSet) -> str:
    matches = patterns.find(seen.tokens)
    named = (match for match in matches if "nom" in seen.tokens[match.mark_last - 1].tags)
    match = next(named, next(iter(matches), None))
    return seen.provision.text[match.start : match.end] if match else ""
