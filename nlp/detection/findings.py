"""findings(): what was said of the provisions of one act → the Findings of its text.

Reads: the act, judged provisions, the pack. Writes: Findings in document order. The same words of one lead-in and the
same norm in several units are one finding with several places (suppression 6 of methodology 10).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.detection.finding import Basis, Finding, Mark, Recommendation
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Pack
from nlp.detection.wording import Wording, explain
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.rewriting import propose
from nlp.structure.act import Act, Provision
from nlp.structure.citations import cite


@dataclass(frozen=True, slots=True)
class JudgedProvision:
    """A provision, its analysis, its frames and what was said of it."""

    analysis: ProvisionAnalysis
    frames: tuple[NormFrame, ...]
    factors: tuple[JudgedFactor, ...]

    @property
    def provision(self) -> Provision:
        """The provision itself."""
        return self.analysis.provision


@dataclass(frozen=True, slots=True)
class _Said:
    """One factor said of one provision, before places are joined."""

    judged: JudgedProvision
    factor: JudgedFactor


def findings(act: Act, judged: Sequence[JudgedProvision], pack: Pack, language: str) -> tuple[Finding, ...]:
    """Findings in document order, with reasons, risks and instructions written in ``language`` (ru or kk)."""
    groups: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for item in judged:
        for factor in item.factors:
            groups[_same(item, factor)].append(_Said(item, factor))
    seen: dict[str, int] = defaultdict(int)
    made = [_finding(act, said, pack, language, seen) for said in groups.values()]
    return tuple(sorted(made, key=_in_order))


def _in_order(finding: Finding) -> tuple[int, str, str]:
    first = min((mark.start for mark in finding.marks), default=0)
    return (first, finding.factor, finding.id)


def _same(item: JudgedProvision, factor: JudgedFactor) -> tuple[str, ...]:
    """What makes two sayings one finding: the very words of a lead-in, or the same words of the same norm."""
    provision = item.provision
    lead_only = all(span.field is Field.LEAD for span in factor.spans)
    if provision.text_at >= 0 and (lead_only or provision.opens_list):
        # A lead-in is a provision of its own and the lead of each of its items: the same words, one finding.
        places = ";".join(str(_offset(provision, span.field) + span.start) for span in factor.spans)
        return (factor.factor, "lead", places)
    spans = ";".join(f"{span.field}:{span.start}-{span.end}" for span in factor.spans)
    return (factor.factor, "norm", fold(item.provision.lead), fold(item.provision.text), spans)


def fold(words: str) -> str:
    """Words without case, digits of labels and marks, so that equal norms compare equal."""
    return re.sub(r"[\W_]+", " ", words.lower()).strip()


def _finding(act: Act, said: Sequence[_Said], pack: Pack, language: str, seen: dict[str, int]) -> Finding:
    first = said[0]
    factor, provision = first.factor, first.judged.provision
    anchor = " … ".join(_quote(first.judged, span) for span in factor.spans)
    key = "|".join((factor.factor, fold(provision.lead), fold(provision.text), fold(anchor)))
    order = seen[key]
    seen[key] += 1
    words = explain(pack, factor, first.judged.analysis, first.judged.frames, anchor, language)
    return Finding(
        id=hashlib.sha256(f"{key}|{order}".encode()).hexdigest()[:16],
        factor=factor.factor,
        kind=factor.kind,
        strength=factor.strength,
        confidence=factor.confidence,
        severity=factor.severity,
        probability=factor.probability,
        impact=factor.impact,
        provision=provision.id,
        language=provision.language,
        marks=_marks(act, said, language),
        explanation=words.explanation,
        risk=words.risk,
        recommendation=_recommendation(act, first, pack, language),
        basis=_basis(pack, factor.factor, language),
        evidence=factor.evidence,
        also_at=tuple(dict.fromkeys(item.judged.provision.address for item in said[1:])),
    )


def _recommendation(act: Act, said: _Said, pack: Pack, language: str) -> Recommendation | None:
    return propose(
        said.judged.analysis,
        said.judged.frames,
        said.factor,
        pack,
        cite=lambda address, code, case: cite(act, address, code, case),
        report_language=language,
    )


def _marks(act: Act, said: Sequence[_Said], language: str) -> tuple[Mark, ...]:
    """Places of all joined sayings; words of a shared lead-in stand once."""
    marks: dict[tuple[int, int], Mark] = {}
    for item in said:
        provision = item.judged.provision
        for span in item.factor.spans:
            start = _offset(provision, span.field) + span.start
            end = start + span.end - span.start
            quote = _quote(item.judged, span)
            mark = Mark(provision.address, cite(act, provision.address, language), start, end, quote)
            marks.setdefault((start, end), mark)
    return tuple(marks[key] for key in sorted(marks))


def _offset(provision: Provision, field: Field) -> int:
    if field is Field.TEXT:
        return provision.text_at
    return provision.lead_at if field is Field.LEAD else provision.heading_at


def _quote(judged: JudgedProvision, span: FieldSpan) -> str:
    return judged.analysis.string(span.field)[span.start : span.end]


def _basis(pack: Pack, factor: str, language: str) -> tuple[Basis, ...]:
    return tuple(
        Basis(text=entry[language], mark=entry["mark"], verified=entry.get("verified", ""))
        for entry in pack.all_factors[factor].basis
    )


__all__ = ["JudgedProvision", "Wording", "findings", "fold"]
