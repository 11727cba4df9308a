"""Judging changed norms (DESIGN 2; methodology 10.8): what the draft brings is charged to it, the rest is context.

Reads: changed norms of one amended act. Writes: findings on the draft, and sayings of unchanged text («было и раньше»).
A factor is charged when its words are new, or when the norm in force did not have it. Safeguards that are gone join the
finding of the same factor on the same norm, or make one of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nlp.changes.naming import texts
from nlp.changes.norms import ChangedNorm
from nlp.changes.restoring import kept_edits, kept_wording
from nlp.changes.safeguards import Removed, removed
from nlp.changes.showing import NormShowing
from nlp.changes.words import touches, touches_any
from nlp.detection.finding import Evidence, Finding, Kind, Recommendation
from nlp.detection.findings import JudgedProvision, basis_of, finding_id, findings
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Pack
from nlp.detection.severity import rate
from nlp.norms.frame import Field, FieldSpan
from nlp.structure.act import Act, Provision

Judge = Callable[[Provision], JudgedProvision]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What was said of words that the draft does not touch: context, not charged to it."""

    factor: str
    kind: Kind
    unit: str
    quote: str


@dataclass(frozen=True, slots=True)
class JudgedChanges:
    """Findings charged to the draft, context, how many norms were judged, rules that ran out of their budget."""

    findings: tuple[Finding, ...]
    unchanged: tuple[Unchanged, ...]
    judged: int


def judge_changes(
    draft: Act,
    norms: Sequence[ChangedNorm],
    showing: NormShowing,
    pack: Pack,
    judge: Judge,
    seen: dict[str, int],
) -> JudgedChanges:
    """Findings on the changed norms of one act, written in ``showing.language``."""
    charged: list[JudgedProvision] = []
    context: list[Unchanged] = []
    for norm in norms:
        if norm.after is None:
            continue
        made = judge(norm.after)
        mine, others = _split(norm, made, judge)
        charged.append(replace(made, factors=tuple(mine)))
        context += [_unchanged(norm, made, factor, showing) for factor in others]
    found = list(findings(draft, charged, pack, showing.language, showing, seen))
    for item in _grouped(removed(norms, pack)):
        _add(found, item, showing, pack, judge, seen)
    return JudgedChanges(tuple(found), tuple(dict.fromkeys(context)), len(charged))


# --- what is charged --------------------------------------------------------------------------------------------------


def _split(norm: ChangedNorm, made: JudgedProvision, judge: Judge) -> tuple[list[JudgedFactor], list[JudgedFactor]]:
    """Factors that the draft brings, and those that were there before."""
    if not made.factors:
        return [], []
    earlier = {factor.factor for factor in judge(norm.before).factors} if norm.before is not None else set()
    charged, context = [], []
    for factor in made.factors:
        narrowed = _narrowed(factor, norm)
        if narrowed is not None:
            charged.append(narrowed)
        elif factor.factor not in earlier and _is_own(factor, norm):
            charged.append(factor)
        else:
            context.append(factor)
    return charged, context


def _narrowed(factor: JudgedFactor, norm: ChangedNorm) -> JudgedFactor | None:
    """The factor with those of its words only that the draft brings; None when it brings none of them."""
    spans = tuple(span for span in factor.spans if _is_new(span, norm))
    evidence = tuple(item for item in factor.evidence if any(_is_new(span, norm) for span in item.spans))
    return replace(factor, spans=spans, evidence=evidence) if spans and evidence else None


def _is_new(span: FieldSpan, norm: ChangedNorm) -> bool:
    mine = [(other.start, other.end) for other in norm.new if other.field is span.field]
    return touches((span.start, span.end), mine)


def _is_own(factor: JudgedFactor, norm: ChangedNorm) -> bool:
    """Whether the norm itself, not an untouched lead-in that a new item comes under, has the factor."""
    if norm.before is None:
        return False
    in_text = any(span.field is Field.TEXT for span in factor.spans)
    return in_text or any(span.field is Field.LEAD for span in norm.new) or norm.before.lead != _lead(norm)


def _lead(norm: ChangedNorm) -> str:
    return norm.after.lead if norm.after is not None else ""


def _unchanged(norm: ChangedNorm, made: JudgedProvision, factor: JudgedFactor, showing: NormShowing) -> Unchanged:
    quote = " … ".join(made.analysis.string(span.field)[span.start : span.end] for span in factor.spans)
    return Unchanged(factor.factor, factor.kind, showing.unit(norm, showing.language), quote)


# --- safeguards -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gone:
    """A removed safeguard; of units struck out by one operation those with the same safeguard are one."""

    item: Removed
    quote: str


def _grouped(items: Sequence[Removed]) -> list[_Gone]:
    groups: dict[tuple[str, ...], list[Removed]] = {}
    for item in items:
        whole = item.norm.after is None
        place = item.norm.address if whole else (item.norm.after.id if item.norm.after else "")
        groups.setdefault((item.safeguard.id, str(whole), place, str(item.norm.operations)), []).append(item)
    joint = str(texts()["ru"]["quotes"])
    return [
        _Gone(group[0], joint.join(dict.fromkeys(q for one in group for q in _quotes(one))))
        for group in groups.values()
    ]


def _quotes(item: Removed) -> list[str]:
    before = item.norm.before
    return [before.text[start:end] for start, end in item.stood] if before is not None else []


def _came(item: Removed) -> list[str]:
    after = item.norm.after
    return [after.text[start:end] for start, end in item.came] if after is not None else []


def _add(
    found: list[Finding], gone: _Gone, showing: NormShowing, pack: Pack, judge: Judge, seen: dict[str, int]
) -> None:
    """Join the safeguard with the finding of its factor on the same norm, or add a finding of its own."""
    item = gone.item
    evidence = _evidence(gone, pack, judge)
    for place, other in enumerate(found):
        if other.factor == item.safeguard.factor and _is_on(other, item, showing):
            stood = touches_any(item.stood, item.norm.comparison.gone)
            also = str(texts()[showing.language]["also_gone"]).format(quote=gone.quote) if stood else ""
            found[place] = replace(
                other,
                explanation=" ".join(filter(None, (other.explanation, also))),
                evidence=(*other.evidence, evidence),
            )
            return
    found.append(_finding(gone, evidence, showing, pack, judge, seen))


def _is_on(finding: Finding, item: Removed, showing: NormShowing) -> bool:
    norm, change = item.norm, finding.change
    if change is None or norm.after is None or norm.before is None:
        return False
    return (change.before, change.after) == (norm.before.text, norm.after.text)


def _finding(
    gone: _Gone, evidence: Evidence, showing: NormShowing, pack: Pack, judge: Judge, seen: dict[str, int]
) -> Finding:
    item, language = gone.item, showing.language
    norm, safeguard = item.norm, gone.item.safeguard
    before = norm.before
    assert before is not None
    came = [FieldSpan(Field.TEXT, *span) for span in item.came]
    rating = rate(pack, safeguard.factor, evidence, 1, judge(before).analysis)
    return Finding(
        id=finding_id(safeguard.factor, norm.after or before, f"{safeguard.id} {gone.quote}", seen),
        factor=safeguard.factor,
        kind=Kind.ATTENTION,
        strength=1,
        confidence=safeguard.confidence,
        severity=rating.severity,
        probability=rating.probability,
        impact=rating.impact,
        provision=showing.address(norm.after) if norm.after is not None else norm.address,
        language=norm.language,
        marks=showing.marks_of(norm, came),
        explanation=_explained(gone, language),
        risk=safeguard.risk[language],
        recommendation=_recommendation(item, showing),
        basis=basis_of(pack, safeguard.factor, language),
        evidence=(evidence,),
        change=showing.changed(norm, item.came),
    )


def _explained(gone: _Gone, language: str) -> str:
    came = " … ".join(_came(gone.item))
    instead = str(texts()[language]["instead"]).format(came=came) if came and gone.item.stood else ""
    text = gone.item.safeguard.explanation[language]
    return text.replace("{quote}", gone.quote).replace("{came}", came).replace("{instead}", instead)


def _evidence(gone: _Gone, pack: Pack, judge: Judge) -> Evidence:
    safeguard = gone.item.safeguard
    return Evidence(
        detector=safeguard.id,
        version=pack.version,
        factor=safeguard.factor,
        spans=tuple(FieldSpan(Field.TEXT, *span) for span in gone.item.came),
        strength=1,
        confidence=safeguard.confidence,
        reason=(("look", safeguard.look.value), ("stood", gone.quote), ("came", " … ".join(_came(gone.item)))),
    )


def _recommendation(item: Removed, showing: NormShowing) -> Recommendation:
    norm, language = item.norm, showing.language
    words = texts()[language]
    before = norm.before.text if norm.before else ""
    after = norm.after.text if norm.after else ""
    wording = kept_wording(before, after, item.stood, item.came)
    key = "restore_unit" if norm.after is None else "restore_words" if item.stood else "close_list"
    address = norm.after.address if norm.after is not None else ""
    case = str(words["case"])
    cited = showing.cite(address, language, case) if norm.after is not None else showing.unit(norm, language, case)
    instruction = str(words[key]).format(citation=cited)
    return Recommendation(
        language=norm.language,
        action="replace",
        instruction=instruction[:1].upper() + instruction[1:],
        wording=wording,
        edits=kept_edits(after, wording),
    )
