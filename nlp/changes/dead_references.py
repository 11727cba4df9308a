"""References that new wording of an act makes and the act as amended does not resolve (methodology 5.4).

Reads: an act rebuilt with the draft, its changed norms. Writes: findings of ``defective_reference`` on the draft. Only
citations in words that the draft brings; none where but a part of the act is at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.changes.norms import ChangedNorm
from nlp.changes.rebuild import Rebuilt
from nlp.changes.showing import NormShowing
from nlp.changes.words import touches
from nlp.detection.detectors.references import dead_in
from nlp.detection.finding import Finding, Kind
from nlp.detection.observation import Observation
from nlp.detection.observed import with_observations
from nlp.detection.pack import Pack
from nlp.norms.frame import Field
from nlp.structure import provisions
from nlp.structure.act import Span, UnitKind
from nlp.structure.citations import Citations

_WIDE = frozenset({UnitKind.ARTICLE.value, UnitKind.CHAPTER.value, UnitKind.SECTION.value, UnitKind.PARAGRAPH.value})


def dead_references(
    rebuilt: Rebuilt, norms: Sequence[ChangedNorm], showing: NormShowing, pack: Pack, seen: dict[str, int]
) -> list[Finding]:
    """Findings on citations of the new wording, in the order of the amended act."""
    changed = {norm.after.id: norm for norm in norms if norm.after is not None}
    if rebuilt.base.partial or not changed:
        return []
    everything = provisions(rebuilt.after)
    wanted = [provision for provision in everything if provision.id in changed]
    said = [
        _careful(each)
        for each in dead_in(pack, rebuilt.after, everything, wanted)
        if _is_new(each, changed[each.places[0].provision.id])
    ]
    cited = showing.after or Citations(rebuilt.after)
    found = with_observations((), said, cited, pack, showing.language, seen)
    return [_in_draft(finding, changed[finding.provision], showing) for finding in found]


def _is_new(observation: Observation, norm: ChangedNorm) -> bool:
    span = observation.places[0].span
    return touches((span.start, span.end), [(new.start, new.end) for new in norm.new if new.field is Field.TEXT])


def _careful(observation: Observation) -> Observation:
    """A whole article may be missing because the act was given in extracts: that is for attention."""
    if dict(observation.reason).get("missing") in _WIDE:
        return replace(observation, kind=Kind.ATTENTION, strength=1, confidence=0.5)
    return observation


def _in_draft(finding: Finding, norm: ChangedNorm, showing: NormShowing) -> Finding:
    """The finding at the words of the draft that bring the citation."""
    assert norm.after is not None
    spans = [span for evidence in finding.evidence for span in evidence.spans]
    marked: tuple[Span, ...] = tuple((span.start, span.end) for span in spans)
    return replace(
        finding,
        provision=showing.address(norm.after),
        marks=showing.marks_of(norm, spans),
        change=showing.changed(norm, marked),
        also_at=(),
    )
