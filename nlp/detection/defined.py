"""Words that the act itself closes are not vague: they lose their mark, and the place that closes them is named.

Reads: what rules said of a provision, the closings of its text (``closings.py``). Writes: the provision without those
marks, and what was left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlp.detection.closings import FACTORS, Closing, Closings
from nlp.detection.findings import JudgedProvision
from nlp.norms.frame import FieldSpan
from nlp.structure.act import Provision, Role


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A mark that was not made: the factor, the words, what closes them."""

    factor: str
    provision: Provision
    span: FieldSpan
    closing: Closing


def without_defined(judged: JudgedProvision, closings: Closings) -> tuple[JudgedProvision, tuple[LeftOut, ...]]:
    """The provision without marks of evaluative words and open lists that the act closes, and those marks."""
    if judged.provision.role is Role.DEFINITION:
        return judged, ()
    kept = []
    left: list[LeftOut] = []
    for factor in judged.factors:
        if factor.factor not in FACTORS:
            kept.append(factor)
            continue
        spans = []
        for span in factor.spans:
            # A defined noun does not bound the power itself: «срок расследования может быть продлён».
            closing = _closing(judged, span, closings, strict=factor.factor == "broad_discretion")
            if closing is None:
                spans.append(span)
            else:
                left.append(LeftOut(factor.factor, judged.provision, span, closing))
        evidence = tuple(item for item in factor.evidence if any(_meets(span, spans) for span in item.spans))
        if spans and evidence:
            kept.append(replace(factor, spans=tuple(spans), evidence=evidence))
    return (replace(judged, factors=tuple(kept)), tuple(left)) if left else (judged, ())


def _meets(span: FieldSpan, spans: list[FieldSpan]) -> bool:
    return any(span.field is other.field and span.start < other.end and other.start < span.end for other in spans)


def _closing(judged: JudgedProvision, span: FieldSpan, closings: Closings, strict: bool) -> Closing | None:
    tokens = judged.analysis.tokens(span.field)
    inside = [n for n, token in enumerate(tokens) if token.start < span.end and token.end > span.start]
    if not inside:
        return None
    found = closings.find(tokens, inside[0], inside[-1] + 1, judged.provision, strict)
    return None if found is not None and found.address == judged.provision.address else found
