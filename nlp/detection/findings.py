"""findings(): what was said of the provisions of one act → the Findings of its text.

Reads: the act, judged provisions, the pack. Writes: Findings in document order. The same words of one lead-in and the
same norm in several units are one finding with several places (suppression 6 of methodology 10).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from nlp.detection.context import WORDS
from nlp.detection.finding import Basis, ChangedWording, Finding, Mark, Recommendation
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Pack
from nlp.detection.wording import Wording, explain
from nlp.norms.analysis import ProvisionAnalysis
from nlp.norms.frame import Field, FieldSpan, NormFrame
from nlp.rewriting import propose
from nlp.structure.act import Act, Provision
from nlp.structure.citations import Citations


@dataclass(frozen=True, slots=True)
class JudgedProvision:
    """A provision, its analysis, its frames and what was said of it. ``chances``: the probability of every factor that
    the classifier knows, said or not; empty without a classifier. ``unlikely``: factors that a rule said and that were
    left out, because rules and classifier together hold them for unlikely."""

    analysis: ProvisionAnalysis
    frames: tuple[NormFrame, ...]
    factors: tuple[JudgedFactor, ...]
    chances: Mapping[str, float] = field(default_factory=dict, hash=False)
    unlikely: tuple[str, ...] = ()

    @property
    def provision(self) -> Provision:
        """The provision itself."""
        return self.analysis.provision


class Showing(Protocol):
    """How sayings of norms that do not stand in the draft itself are shown in it."""

    def marks(self, provision: Provision, span: FieldSpan, quote: str) -> Sequence[Mark]:
        """Places in the draft of the marked words, or of the instruction that makes the norm."""
        ...

    def address(self, provision: Provision) -> str:
        """The unit of the draft that brings the norm."""
        ...

    def cite(self, address: str, language: str, case: str) -> str:
        """Citation of the norm's unit for the recommendation."""
        ...

    def change(self, provision: Provision, spans: Sequence[FieldSpan]) -> ChangedWording | None:
        """The norm before and after."""
        ...


@dataclass(frozen=True, slots=True)
class _Said:
    """One factor said of one provision, before places are joined."""

    judged: JudgedProvision
    factor: JudgedFactor


def findings(
    act: Act,
    judged: Sequence[JudgedProvision],
    pack: Pack,
    language: str,
    showing: Showing | None = None,
    seen: dict[str, int] | None = None,
) -> tuple[Finding, ...]:
    """Findings in document order, with reasons, risks and instructions written in ``language`` (ru or kk).

    ``showing`` places sayings of norms that are not units of ``act`` itself; ``seen`` counts equal norms over several
    calls for one text, so that ids stay unique.
    """
    groups: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for item in judged:
        for factor in item.factors:
            groups[_same(item, factor)].append(_Said(item, factor))
    counted = defaultdict(int) if seen is None else seen
    citations = Citations(act)
    made = [_finding(citations, said, pack, language, counted, showing) for said in groups.values()]
    told = _told_apart(list(zip(made, groups.values(), strict=True)), pack, language)
    return tuple(sorted(told, key=in_order))


def _told_apart(made: list[tuple[Finding, list[_Said]]], pack: Pack, language: str) -> list[Finding]:
    """Findings whose reason and risk read like those of another norm quote more of their own norm."""
    for least in WORDS[1:]:
        read = Counter((finding.explanation, finding.risk) for finding, _ in made)
        for at, (finding, said) in enumerate(made):
            if read[finding.explanation, finding.risk] > 1:
                words = _words(said[0], pack, language, least)
                made[at] = (replace(finding, explanation=words.explanation), said)
    return [finding for finding, _ in made]


def _words(said: _Said, pack: Pack, language: str, least: int = WORDS[0]) -> Wording:
    return explain(pack, said.factor, said.judged.analysis, said.judged.frames, _anchor(said), language, least)


def _anchor(said: _Said) -> str:
    return " … ".join(_quote(said.judged, span) for span in said.factor.spans)


def in_order(finding: Finding) -> tuple[int, str, str]:
    """Key by which findings of one text are sorted: document order, then factor and id."""
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


def finding_id(factor: str, provision: Provision, anchor: str, seen: dict[str, int]) -> str:
    """hash(factor, unit fingerprint, anchor words, k-th equal), DESIGN 3.7."""
    key = "|".join((factor, fold(provision.lead), fold(provision.text), fold(anchor)))
    order = seen.get(key, 0)
    seen[key] = order + 1
    return hashlib.sha256(f"{key}|{order}".encode()).hexdigest()[:16]


def _finding(
    citations: Citations,
    said: Sequence[_Said],
    pack: Pack,
    language: str,
    seen: dict[str, int],
    showing: Showing | None,
) -> Finding:
    first = said[0]
    factor, provision = first.factor, first.judged.provision
    words = _words(first, pack, language)
    return Finding(
        id=finding_id(factor.factor, provision, _anchor(first), seen),
        factor=factor.factor,
        kind=factor.kind,
        strength=factor.strength,
        confidence=factor.confidence,
        severity=factor.severity,
        probability=factor.probability,
        impact=factor.impact,
        provision=showing.address(provision) if showing else provision.id,
        language=provision.language,
        marks=_marks(citations, said, language, showing),
        explanation=words.explanation,
        risk=words.risk,
        recommendation=_recommendation(citations, first, pack, language, showing),
        basis=basis_of(pack, factor.factor, language),
        evidence=factor.evidence,
        also_at=_further(said, showing),
        change=showing.change(provision, factor.spans) if showing else None,
    )


def _further(said: Sequence[_Said], showing: Showing | None) -> tuple[str, ...]:
    provisions = [item.judged.provision for item in said]
    addresses = [showing.address(p) if showing else p.address for p in provisions]
    return tuple(dict.fromkeys(address for address in addresses[1:] if showing is None or address != addresses[0]))


def _recommendation(
    citations: Citations, said: _Said, pack: Pack, language: str, showing: Showing | None
) -> Recommendation | None:
    return propose(
        said.judged.analysis,
        said.judged.frames,
        said.factor,
        pack,
        cite=showing.cite if showing else citations.cite,
        report_language=language,
    )


def _marks(citations: Citations, said: Sequence[_Said], language: str, showing: Showing | None) -> tuple[Mark, ...]:
    """Places of all joined sayings; words of a shared lead-in stand once."""
    marks: dict[tuple[int, int], Mark] = {}
    for item in said:
        provision = item.judged.provision
        for span in item.factor.spans:
            if showing is not None:
                for mark in showing.marks(provision, span, _quote(item.judged, span)):
                    marks.setdefault((mark.start, mark.end), mark)
                continue
            start = _offset(provision, span.field) + span.start
            end = start + span.end - span.start
            quote = _quote(item.judged, span)
            mark = Mark(provision.address, citations.cite(provision.address, language), start, end, quote)
            marks.setdefault((start, end), mark)
    return tuple(marks[key] for key in sorted(marks))


def _offset(provision: Provision, field: Field) -> int:
    if field is Field.TEXT:
        return provision.text_at
    return provision.lead_at if field is Field.LEAD else provision.heading_at


def _quote(judged: JudgedProvision, span: FieldSpan) -> str:
    return judged.analysis.string(span.field)[span.start : span.end]


def basis_of(pack: Pack, factor: str, language: str) -> tuple[Basis, ...]:
    """Legal grounds of a factor in one language."""
    return tuple(
        Basis(text=entry[language], mark=entry["mark"], verified=entry.get("verified", ""))
        for entry in pack.all_factors[factor].basis
    )


__all__ = ["JudgedProvision", "Showing", "Wording", "basis_of", "finding_id", "findings", "fold", "in_order"]
