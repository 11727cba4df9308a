"""Items: a judged text beside its gold labels, of whatever corpus it comes from.

Reads: corpus records and a ``Judge``. Writes: ``Item`` and ``JudgedPair``, on which every metric is computed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpora.conversion import flawed_provision, neutral_provision, sound_provision, to_provision
from corpora.quotes import find_quote
from corpora.records import AnnotatedProvision, NeutralNorm, Pair
from evaluation.errors import EvaluationError
from evaluation.judged import Counting, Judge, JudgedFinding, scores_of
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Provision


class Role(StrEnum):
    """What the text is in its corpus."""

    PROVISION = "provision"
    FLAWED = "flawed"
    SOUND = "sound"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """One expected factor; ``spans`` is empty when the quote stands nowhere in the text."""

    factor: str
    strength: int
    quote: str
    spans: tuple[FieldSpan, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One text, what was expected and what was found.

    ``group`` is what resampling keeps together (base act, pair). ``weight`` is 0 where the text does not count at
    natural prevalence. ``scores``: probability by factor where the judge gives it, whether found or not.
    """

    corpus: str
    role: Role
    group: str
    provision: Provision
    gold: tuple[GoldLabel, ...]
    weight: float
    findings: tuple[JudgedFinding, ...]
    scores: Mapping[str, float] | None = field(default=None, hash=False)

    def gold_strengths(self) -> dict[str, int]:
        """Strength by factor."""
        return {label.factor: label.strength for label in self.gold}

    def found_factors(self, counting: Counting) -> frozenset[str]:
        """Factors of the findings that count."""
        return frozenset(finding.factor for finding in self.findings if finding.counts(counting))


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Both sides of a pair, judged."""

    flawed: Item
    sound: Item

    def lengths(self) -> tuple[int, int]:
        """Characters of the flawed and of the sound wording."""
        return len(self.flawed.provision.text), len(self.sound.provision.text)

    @property
    def in_scope(self) -> bool:
        """Whether a label of the pair is among the factors evaluated; only such pairs are scored as pairs."""
        return bool(self.flawed.gold)


def judged_items(
    provisions: Iterable[AnnotatedProvision], judge: Judge, factors: Collection[str] | None, corpus: str
) -> tuple[Item, ...]:
    """Provisions judged; labels and findings outside ``factors`` are left out (None keeps all)."""
    return tuple(_annotated_item(each, judge, factors, corpus) for each in provisions)


def judged_pairs(
    pairs: Iterable[Pair], judge: Judge, factors: Collection[str] | None, corpus: str
) -> tuple[JudgedPair, ...]:
    """Pairs judged; the flawed side of a pair none of whose labels is in ``factors`` has no gold."""
    return tuple(
        JudgedPair(
            _item(flawed_provision(pair), _pair_gold(pair, factors), judge, factors, corpus, Role.FLAWED, pair.id),
            _item(sound_provision(pair), (), judge, factors, corpus, Role.SOUND, pair.id),
        )
        for pair in pairs
    )


def judged_neutrals(
    norms: Iterable[NeutralNorm], judge: Judge, factors: Collection[str] | None, corpus: str
) -> tuple[Item, ...]:
    """Neutral norms judged."""
    return tuple(_item(neutral_provision(norm), (), judge, factors, corpus, Role.NEUTRAL, norm.id) for norm in norms)


def _annotated_item(annotated: AnnotatedProvision, judge: Judge, factors: Collection[str] | None, corpus: str) -> Item:
    provision = to_provision(annotated)
    gold = tuple(
        GoldLabel(label.factor, label.strength, label.quote, find_quote(label.quote, provision))
        for label in annotated.labels
        if factors is None or label.factor in factors
    )
    weight = annotated.weight if annotated.is_natural else 0.0
    return _item(provision, gold, judge, factors, corpus, Role.PROVISION, annotated.base_act, weight)


def _pair_gold(pair: Pair, factors: Collection[str] | None) -> tuple[GoldLabel, ...]:
    provision = flawed_provision(pair)
    return tuple(
        GoldLabel(factor, 2, pair.quote_of(at), find_quote(pair.quote_of(at), provision))
        for at, factor in enumerate(pair.labels)
        if factors is None or factor in factors
    )


def _item(
    provision: Provision,
    gold: tuple[GoldLabel, ...],
    judge: Judge,
    factors: Collection[str] | None,
    corpus: str,
    role: Role,
    group: str,
    weight: float = 0.0,
) -> Item:
    findings = tuple(found for found in judge(provision) if factors is None or found.factor in factors)
    for finding in findings:
        _check_spans(finding, provision)
    scores = scores_of(judge, provision)
    if scores is not None and factors is not None:
        scores = {factor: score for factor, score in scores.items() if factor in factors}
    return Item(corpus, role, group, provision, gold, weight, findings, scores)


def _check_spans(finding: JudgedFinding, provision: Provision) -> None:
    lengths = {
        Field.TEXT: len(provision.text),
        Field.LEAD: len(provision.lead),
        Field.HEADING: len(provision.heading),
    }
    for span in finding.spans:
        if not 0 <= span.start < span.end <= lengths[span.field]:
            raise EvaluationError(
                "evaluation_span_outside",
                id=provision.id,
                field=span.field.value,
                start=span.start,
                end=span.end,
            )
