"""A service found → the observation: which criteria hold and by which words, what the register says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.detection.detectors.services.criteria import Criteria
from nlp.detection.detectors.services.matching import Band, Likest
from nlp.detection.detectors.services.pairs import Found
from nlp.detection.detectors.services.seen import Seen
from nlp.detection.finding import Kind
from nlp.detection.observation import Observation, Place
from nlp.norms.frame import Field, FieldSpan

NAME = "services"
FACTOR = "hidden_service"
_LANGUAGES = ("ru", "kk")
_TEXTS = {Band.SAME: "registered", Band.SIMILAR: "similar", Band.OTHER: "absent"}
_CONFIDENCE = {"unchecked": 0.6, "similar": 0.5, "absent": 0.8, "registered": 0.0}


@dataclass(frozen=True, slots=True)
class Told:
    """A service with its criteria, its proposed name and what the register holds (None: not checked)."""

    found: Found
    criteria: Criteria
    name: str
    likest: Likest | None
    unit: Mapping[str, str]


def observation(told: Told, said: Mapping[str, Mapping[str, str]]) -> Observation:
    """The observation of one service. With all of C1–C7 shown it is a remark, else a mark for attention."""
    text = "unchecked" if told.likest is None else _TEXTS[told.likest.band]
    whole = text == "absent" and bool(told.criteria.body and told.criteria.person)
    beside = told.found.by_rule and text != "registered"
    return Observation(
        detector=NAME,
        text=f"{text}_beside" if beside else text,
        factor=FACTOR,
        places=_places(told.found),
        kind=Kind.REMARK if whole else Kind.ATTENTION,
        strength=2 if whole else 1,
        confidence=_CONFIDENCE[text],
        blanks=_blanks(told, said),
        reason=(*told.criteria.reason(), ("C7", _checked(told.likest))),
        settles=text == "registered",
    )


def _places(found: Found) -> tuple[Place, ...]:
    """Where the result is given leads: it is what the recommendation words anew."""
    given = _place(found.given, found.result.first, found.result.last)
    asked = _place(found.asked, found.application.first, found.application.last)
    refused = tuple(_place(seen, match.first, match.last) for seen, match in found.refused)
    return (given, asked, *refused)


def _place(seen: Seen, first: int, last: int) -> Place:
    return Place(seen.provision, FieldSpan(Field.TEXT, seen.tokens[first].start, seen.tokens[last - 1].end))


def _blanks(told: Told, said: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    found, criteria = told.found, told.criteria
    result = found.given.tokens[found.result.first].start, found.given.tokens[found.result.last - 1].end
    service = told.likest.service if told.likest else None
    return {
        "unit": dict(told.unit),
        "apply": _same(criteria.application),
        "result": _same(found.given.provision.text[slice(*result)]),
        "name": _same(told.name),
        "service": {code: service.name(code) if service else "" for code in _LANGUAGES},
        "code": _same(service.code if service else ""),
        "criteria": {code: _criteria(criteria, said, code) for code in _LANGUAGES},
        "missing": {code: _missing(criteria, said, code) for code in _LANGUAGES},
    }


def _criteria(criteria: Criteria, said: Mapping[str, Mapping[str, str]], code: str) -> str:
    shown = (
        ("person", criteria.person), ("request", criteria.application), ("body", criteria.body),
        ("individual", "–"), ("outcome", criteria.result),
    )  # fmt: skip
    return ", ".join(said[key][code].replace("{words}", words) for key, words in shown if words)


def _missing(criteria: Criteria, said: Mapping[str, Mapping[str, str]], code: str) -> str:
    unseen = (("no_body", criteria.body), ("no_person", criteria.person))
    return "".join(said[key][code] for key, words in unseen if not words)


def _checked(likest: Likest | None) -> str:
    if likest is None:
        return "not checked: no register"
    return f"{likest.band}: {likest.service.code if likest.service else '–'} ({likest.score})"


def _same(words: str) -> dict[str, str]:
    return dict.fromkeys(_LANGUAGES, words)
