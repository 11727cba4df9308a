"""Digital transformation (methodology F11, F12): paper only, personal visits, notarised copies, originals, stamps, and
documents whose data the state already holds.

Reads: provisions with lead-in and heading. Writes: one observation for an element of a list of documents with all its
places; always a mark for attention. What is demanded in elections, courts, of notaries or for biometry is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp import language as languages
from nlp.detection.act_view import ActView
from nlp.detection.observation import Detected, Detector, Observation, Place
from nlp.detection.pack import Pack, PackLanguage
from nlp.matching import PatternSet, parse_pattern
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision, Role

NAME = "digital"
_HOLDS = "state_holds"
_VISIT = "in_person"  # the one element that is demanded without a document
_CONFIDENCE = 0.6


@dataclass(frozen=True, slots=True)
class _Element:
    """``documents``: which document each pattern is of (only where the state holds the data)."""

    name: str
    factor: str
    patterns: PatternSet
    unless: PatternSet
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one language."""

    language: str
    asked: PatternSet
    demanded: PatternSet
    exceptions: PatternSet
    titles: PatternSet
    elements: tuple[_Element, ...]
    verified: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class _Hit:
    place: Place
    document: str = ""

    @property
    def words(self) -> str:
        """The words as written."""
        return self.place.provision.text[self.place.span.start : self.place.span.end]


def build(pack: Pack) -> Detector:
    """Compile the detector's words; raises ``PackError`` for a bad pattern."""
    data = pack.detectors[NAME]
    spoken = {code: _compiled(code, data.words[code], part) for code, part in pack.languages.items()}
    said = data.texts["words"]

    def detect(view: ActView) -> Detected:
        groups: dict[tuple[str, str], list[_Hit]] = {}
        factors = {}
        passed = {code: _is_passed_over(view, words) for code, words in spoken.items()}
        for provision in view.judged:
            words = spoken.get(provision.language)
            if words is None or passed[provision.language] or provision.role is Role.DEFINITION:
                continue
            for element, hit in _hits(view.analysis(provision), words):
                factors[element.name] = element.factor
                groups.setdefault((element.name, _list_of(provision)), []).append(hit)
        return Detected(
            tuple(_observation(view, name, factors[name], hits, spoken, said) for (name, _), hits in groups.items())
        )

    return detect


def _compiled(language: str, data: Mapping[str, Any], part: PackLanguage) -> _Words:
    lists = {**part.lists, **data["lists"]}

    def patterns(sources: Sequence[str]) -> PatternSet:
        return PatternSet([parse_pattern(source, lists) for source in sources])

    documents = [(name, source) for name, entry in data["documents"].items() for source in entry["any"]]
    return _Words(
        language,
        patterns(data["asked"]),
        patterns(data["demanded"]),
        patterns(data["exceptions"]),
        patterns(data["titles"]),
        tuple(
            _Element(
                name,
                entry["factor"],
                patterns([source for _, source in documents] if name == _HOLDS else entry["any"]),
                patterns(entry["unless"]),
                tuple(document for document, _ in documents) if name == _HOLDS else (),
            )
            for name, entry in data["elements"].items()
        ),
        {name: entry["verified"] for name, entry in data["documents"].items()},
    )


def _is_passed_over(view: ActView, words: _Words) -> bool:
    """Whether the act is of a sphere where presence and paper belong to the matter, by its title."""
    head = view.act.requisites
    title = ". ".join((head.title, head.approved_title, *(p.act_title for p in view.judged[:1])))
    return bool(words.titles.find(languages.of(words.language).analyse(title)))


def _list_of(provision: Provision) -> str:
    """Items of one list are told together."""
    return f"lead {provision.lead_at}" if provision.lead and provision.lead_at >= 0 else provision.id


def _hits(analysis: ProvisionAnalysis, words: _Words) -> Iterator[tuple[_Element, _Hit]]:
    found = [(element, element.patterns.find(analysis.text)) for element in words.elements]
    if not any(matches for _, matches in found):
        return
    fields = (analysis.text, analysis.lead, analysis.heading, analysis.tail)
    if any(words.exceptions.find(tokens) for tokens in fields):
        return
    if not any(words.asked.find(tokens) for tokens in fields):
        return
    demanded = any(words.demanded.find(tokens) for tokens in (analysis.text, analysis.lead, analysis.tail))
    for element, matches in found:
        if not matches or any(element.unless.find(tokens) for tokens in (analysis.text, analysis.lead)):
            continue
        if element.name != _VISIT and not demanded:
            continue
        end = -1
        for match in matches:
            if match.start >= end:
                end = match.end
                document = element.documents[match.index] if element.documents else ""
                span = FieldSpan(Field.TEXT, match.start, match.end)
                yield element, _Hit(Place(analysis.provision, span), document)


def _observation(
    view: ActView,
    name: str,
    factor: str,
    hits: Sequence[_Hit],
    spoken: Mapping[str, _Words],
    said: Mapping[str, Mapping[str, str]],
) -> Observation:
    words = "», «".join(dict.fromkeys(hit.words for hit in hits))
    provision = hits[0].place.provision
    verified = spoken[provision.language].verified
    return Observation(
        detector=NAME,
        text=name,
        factor=factor,
        places=tuple(hit.place for hit in hits),
        confidence=_CONFIDENCE,
        blanks={
            "words": dict.fromkeys(spoken, words),
            "unit": {code: view.citations.cite(provision.address, code) for code in spoken},
            "holders": {code: _holders(hits, verified, said, code) for code in spoken},
        },
        reason=(("element", name), *(("document", document) for document in _documents(hits))),
    )


def _holders(
    hits: Sequence[_Hit], verified: Mapping[str, bool], said: Mapping[str, Mapping[str, str]], code: str
) -> str:
    """Each document with who holds its data; what was not verified says so once."""
    documents = _documents(hits)
    shown = [
        said["held"][code]
        .replace("{holder}", said[f"holder_{document}"][code])
        .replace("{words}", next(hit.words for hit in hits if hit.document == document))
        for document in documents
    ]
    doubt = "" if all(verified[document] for document in documents) else said["unverified"][code]
    return "; ".join(shown) + doubt


def _documents(hits: Sequence[_Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.document for hit in hits if hit.document))
