"""Hidden public services (methodology 3.3, F21): a person applies, a body decides about that person, and neither the
service nor its rules are named.

Reads: provisions with their frames, neighbouring ones together; the register of services when there is one. Writes:
one observation for a service with all its places; a service that the register has is no finding.
"""

from __future__ import annotations

from collections.abc import Mapping

from nlp.detection.act_view import ActView
from nlp.detection.detectors.services.criteria import criteria_of
from nlp.detection.detectors.services.matching import NameIndex
from nlp.detection.detectors.services.naming import service_name
from nlp.detection.detectors.services.pairs import Found, services_in
from nlp.detection.detectors.services.saying import FACTOR, NAME, Told, observation
from nlp.detection.detectors.services.seen import neighbourhoods
from nlp.detection.detectors.services.words import ServiceWords, compile_words
from nlp.detection.observation import Detected, Detector, Observation
from nlp.detection.pack import Pack
from nlp.reading.source import Notice

__all__ = ["NAME", "build"]


def build(pack: Pack) -> Detector:
    """Compile the detector's words; raises ``PackError`` for a bad pattern."""
    data = pack.detectors[NAME]
    spoken = {code: compile_words(code, data.words[code], part) for code, part in pack.languages.items()}
    indices = _Indices(spoken)

    def detect(view: ActView) -> Detected:
        made = [each for words in spoken.values() for each in _observations(view, words, indices, data.texts["words"])]
        return Detected(tuple(made), notices=tuple(_notice(view, each) for each in made if each.settles))

    return detect


class _Indices:
    """Names of the register last asked, made once for all acts of an examiner."""

    def __init__(self, spoken: Mapping[str, ServiceWords]) -> None:
        self._spoken = spoken
        self._made: dict[tuple[str, str], NameIndex] = {}

    def of(self, view: ActView, language: str) -> NameIndex | None:
        """None without a register, or with one that has no names in the language."""
        register = view.registers.services
        if register is None:
            return None
        key = (register.sha256, language)
        if key not in self._made:
            self._made = {kept: index for kept, index in self._made.items() if kept[0] == register.sha256}
            self._made[key] = NameIndex(register, self._spoken[language])
        return self._made[key] or None


def _observations(
    view: ActView, words: ServiceWords, indices: _Indices, said: Mapping[str, Mapping[str, str]]
) -> list[Observation]:
    made = []
    for neighbourhood in neighbourhoods(view, words, FACTOR):
        for found in services_in(neighbourhood, words):
            criteria = criteria_of(view, found, words)
            if criteria is None or criteria.held < words.thresholds.needed:
                continue
            name = service_name(found.given.tokens, found.result, words)
            index = indices.of(view, words.language)
            likest = index.likest(name) if index is not None else None
            made.append(observation(Told(found, criteria, name, likest, _unit(view, found)), said))
    return made


def _unit(view: ActView, found: Found) -> dict[str, str]:
    return {code: view.citations.cite(found.given.provision.address, code) for code in ("ru", "kk")}


def _notice(view: ActView, settled: Observation) -> Notice:
    """What was not said because the register has the service."""
    place = settled.places[0].provision
    language = place.language
    return Notice(
        "examine.service_registered",
        (
            ("unit", view.citations.cite(place.address, language)),
            ("service", settled.blanks["service"][language]),
            ("code", settled.blanks["code"][language]),
        ),
    )
