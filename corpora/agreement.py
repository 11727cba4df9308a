"""How far annotators of one corpus agree: on factors (κ, α), on strengths, on the words marked (unitising α).

Reads: annotations by annotator. Writes: ``CorpusAgreement``. An annotator who did not see a provision says nothing of
it: α takes such gaps, κ and F1 are over the provisions that both saw, unitising α over those that all saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpora.provisions import same_text
from corpora.quotes import quote_spans
from corpora.records import AnnotatedProvision
from nlp.agreement import Span, cohen_kappa, krippendorff_alpha, unitising_alpha
from nlp.errors import CorpusError
from nlp.norms.frame import Field

ANY = ""  # is there anything to say about the provision

Annotations = Mapping[str, AnnotatedProvision]


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two annotators on one factor (``ANY``: on any). ``both`` labelled, only one of them did, neither.

    ``f1`` takes one of them as the truth; it does not matter which. None where a figure is not defined.
    """

    first: str
    second: str
    factor: str
    both: int
    only_first: int
    only_second: int
    neither: int
    kappa: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class FactorAgreement:
    """All annotators on one factor: ``labelled`` annotations of ``annotations``, α, unitising α of the words."""

    factor: str
    annotations: int
    labelled: int
    alpha: float | None
    unitising: float | None


@dataclass(frozen=True, slots=True)
class CorpusAgreement:
    """``shared``: provisions that at least two saw; ``common``: that all saw. ``unlocated`` quotes stand nowhere in
    their provision and count as not marked. ``strength_alpha`` is over labels that at least two gave."""

    annotators: tuple[str, ...]
    shared: int
    common: int
    unlocated: int
    strength_alpha: float | None
    factors: tuple[FactorAgreement, ...]
    pairs: tuple[PairAgreement, ...]


def corpus_agreement(annotators: Mapping[str, Annotations]) -> CorpusAgreement:
    """Agreement of two or more annotators, each with their provisions by id.

    Raises ``CorpusError`` for fewer than two, for nothing in common, and for an id that stands for different texts.
    """
    names = tuple(annotators)
    if len(names) < 2:
        raise CorpusError("corpus_agreement_one", count=len(names))
    ids = list(dict.fromkeys(name for made in annotators.values() for name in made))
    units = {name: [made.get(name) for made in annotators.values()] for name in ids}
    for name, unit in units.items():
        seen = [each for each in unit if each is not None]
        if not all(same_text(seen[0], each) for each in seen):
            raise CorpusError("corpus_agreement_text", value=name)
    shared = {name: unit for name, unit in units.items() if sum(each is not None for each in unit) > 1}
    if not shared:
        raise CorpusError("corpus_agreement_nothing", names=", ".join(names))
    common = [[each for each in unit if each is not None] for unit in shared.values() if None not in unit]
    factors = sorted({label.factor for unit in shared.values() for each in unit if each for label in each.labels})
    words = _Words(common, len(names))
    return CorpusAgreement(
        annotators=names,
        shared=len(shared),
        common=len(common),
        unlocated=words.unlocated,
        strength_alpha=_strength_alpha(list(shared.values()), factors),
        factors=tuple(_factor(factor, list(shared.values()), words) for factor in (ANY, *factors)),
        pairs=tuple(
            _pair(names[i], names[k], factor, [(unit[i], unit[k]) for unit in shared.values()])
            for i, k in combinations(range(len(names)), 2)
            for factor in (ANY, *factors)
        ),
    )


def _said(provision: AnnotatedProvision, factor: str) -> bool:
    return bool(provision.labels) if factor == ANY else provision.strength_of(factor) > 0


def _factor(factor: str, units: Sequence[Sequence[AnnotatedProvision | None]], words: _Words) -> FactorAgreement:
    values = [[None if each is None else _said(each, factor) for each in unit] for unit in units]
    said = [value for unit in values for value in unit if value is not None]
    return FactorAgreement(factor, len(said), sum(said), krippendorff_alpha(values), words.alpha(factor))


def _pair(
    first: str, second: str, factor: str, units: Sequence[tuple[AnnotatedProvision | None, AnnotatedProvision | None]]
) -> PairAgreement:
    said = [(_said(one, factor), _said(two, factor)) for one, two in units if one is not None and two is not None]
    both, only_first, only_second = (said.count(pair) for pair in ((True, True), (True, False), (False, True)))
    either = 2 * both + only_first + only_second
    return PairAgreement(
        first, second, factor, both, only_first, only_second, len(said) - both - only_first - only_second,
        cohen_kappa(said), 2 * both / either if either else None,
    )  # fmt: skip


def _strength_alpha(units: Sequence[Sequence[AnnotatedProvision | None]], factors: Sequence[str]) -> float | None:
    return krippendorff_alpha(
        [(each.strength_of(factor) or None) if each else None for each in unit] for unit in units for factor in factors
    )


class _Words:
    """All provisions that all annotators saw, as one text with everybody's marks by factor."""

    def __init__(self, units: Sequence[Sequence[AnnotatedProvision]], annotators: int) -> None:
        self.unlocated = 0
        self._length = 0
        self._marks: list[dict[str, list[Span]]] = [{} for _ in range(annotators)]
        for unit in units:
            starts = self._starts(unit[0])
            for marks, provision in zip(self._marks, unit, strict=True):
                self._add(marks, provision, starts)

    def alpha(self, factor: str) -> float | None:
        return unitising_alpha(self._length, *(marks.get(factor, ()) for marks in self._marks))

    def _starts(self, provision: AnnotatedProvision) -> dict[Field, int]:
        starts = {}
        for field, text in (
            (Field.HEADING, provision.heading), (Field.LEAD, provision.lead), (Field.TEXT, provision.text)
        ):  # fmt: skip
            starts[field] = self._length
            self._length += len(text) + 1  # a gap, so that marks of neighbours never touch
        return starts

    def _add(self, marks: dict[str, list[Span]], provision: AnnotatedProvision, starts: Mapping[Field, int]) -> None:
        for label in provision.labels:
            spans = quote_spans(label, provision)
            self.unlocated += not spans
            for span in spans:
                place = (starts[span.field] + span.start, starts[span.field] + span.end)
                for factor in (ANY, label.factor):
                    marks.setdefault(factor, []).append(place)
