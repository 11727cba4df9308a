"""Disagreements to read: every wrong finding and every missed label, with the text and the words in question.

Reads: items. Writes: ``Disagreement``, in order of factor, language, kind, id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evaluation.items import Item, Role
from nlp.norms.frame import FieldSpan


class DisagreementKind(StrEnum):
    """Found but not labelled, or labelled but not found."""

    FALSE_POSITIVE = "false_positive"
    FALSE_NEGATIVE = "false_negative"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One factor on one text. ``strength`` and ``spans`` are of the finding (false positive) or of the label (false
    negative); ``finding_kind`` and ``detectors`` only of a finding. ``labels`` and ``found`` show the whole picture:
    which factors the text carries and which were found in it.
    """

    kind: DisagreementKind
    factor: str
    corpus: str
    role: Role
    id: str
    language: str
    strength: int
    finding_kind: str
    detectors: tuple[str, ...]
    spans: tuple[FieldSpan, ...]
    quote: str
    labels: tuple[str, ...]
    found: tuple[str, ...]
    heading: str
    lead: str
    text: str


def disagreements(items: Iterable[Item]) -> tuple[Disagreement, ...]:
    """All disagreements, remarks and attention alike."""
    found = [each for item in items for each in (*_wrong(item), *_missed(item))]
    return tuple(sorted(found, key=lambda each: (each.factor, each.language, each.kind, each.corpus, each.id)))


def _wrong(item: Item) -> list[Disagreement]:
    labelled = item.gold_strengths()
    answer = []
    for factor in sorted({finding.factor for finding in item.findings} - set(labelled)):
        same = [finding for finding in item.findings if finding.factor == factor]
        strongest = min(same, key=lambda finding: (finding.kind != "remark", -finding.strength))
        spans = tuple(sorted({span for finding in same for span in finding.spans}))
        detectors = tuple(dict.fromkeys(name for finding in same for name in finding.detectors))
        answer.append(
            _disagreement(
                item, DisagreementKind.FALSE_POSITIVE, factor, strongest.strength, spans, strongest.kind, detectors
            )
        )
    return answer


def _missed(item: Item) -> list[Disagreement]:
    found = {finding.factor for finding in item.findings}
    missed, kind = [label for label in item.gold if label.factor not in found], DisagreementKind.FALSE_NEGATIVE
    return [_disagreement(item, kind, label.factor, label.strength, label.spans, quote=label.quote) for label in missed]


def _disagreement(
    item: Item,
    kind: DisagreementKind,
    factor: str,
    strength: int,
    spans: tuple[FieldSpan, ...],
    finding_kind: str = "",
    detectors: tuple[str, ...] = (),
    quote: str = "",
) -> Disagreement:
    provision = item.provision
    return Disagreement(
        kind=kind,
        factor=factor,
        corpus=item.corpus,
        role=item.role,
        id=provision.id,
        language=provision.language,
        strength=strength,
        finding_kind=str(finding_kind),
        detectors=detectors,
        spans=spans,
        quote=quote,
        labels=tuple(sorted(item.gold_strengths())),
        found=tuple(sorted({finding.factor for finding in item.findings})),
        heading=provision.heading,
        lead=provision.lead,
        text=provision.text,
    )
