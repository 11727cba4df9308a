"""Words of the detector in one language, compiled: what shows each criterion of a public service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.detection.pack import PackLanguage
from nlp.matching import PatternSet, parse_pattern


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``needed`` criteria of C1–C6 by words; ``reach`` in points; scores of names: ``same`` and ``similar``."""

    needed: int
    reach: int
    same: float
    similar: float


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """Pattern sets of one language; ``excluded`` holds E1, the sphere of each pattern in ``spheres``."""

    language: str
    persons: PatternSet
    bodies: PatternSet
    applies: PatternSet
    by_request: PatternSet
    linked: PatternSet
    results: PatternSet
    refuses: PatternSet
    named: PatternSet
    excluded: PatternSet
    spheres: tuple[str, ...]
    headings: PatternSet
    titles: PatternSet
    papers: Mapping[str, str]
    body_lemmas: frozenset[str]
    named_by: Mapping[str, str]
    opens: frozenset[str]
    never: frozenset[tuple[str, ...]]
    longest: int
    thresholds: Thresholds
    common: frozenset[str]
    weak: frozenset[str]


def compile_words(language: str, data: Mapping[str, Any], part: PackLanguage) -> ServiceWords:
    """Data of ``detectors/services/<language>.yaml`` → pattern sets. Raises ``PackError`` for a bad pattern."""
    lists = {**part.lists, **data["lists"], "paper": list(data["paper"])}

    def patterns(sources: Sequence[str]) -> PatternSet:
        return PatternSet([parse_pattern(source, lists) for source in sources])

    spheres = [(sphere, source) for sphere, sources in data["excluded"].items() for source in sources]
    return ServiceWords(
        language=language,
        persons=patterns(data["persons"]),
        bodies=patterns(["@body"]),
        applies=patterns(data["applies"]),
        by_request=patterns(data["by_request"]),
        linked=patterns(data["linked"]),
        results=patterns(data["results"]),
        refuses=patterns(data["refuses"]),
        named=patterns(data["named"]),
        excluded=patterns([source for _, source in spheres]),
        spheres=tuple(sphere for sphere, _ in spheres),
        headings=patterns(data["headings"]),
        titles=patterns(data["titles"]),
        papers=data["paper"],
        body_lemmas=frozenset(data["lists"]["body"]),
        named_by=data["named_by"],
        opens=frozenset(data["object"]["opens"]),
        never=frozenset(tuple(entry.split()) for entry in data["object"]["never"]),
        longest=data["object"]["longest"],
        thresholds=Thresholds(**data["thresholds"]),
        common=frozenset(data["common"]),
        weak=frozenset([*data["paper"], *data["weak"]]),
    )
