"""A recommendation in words, for norms of which no sound new wording can be made."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.detection.finding import Evidence, Finding, Recommendation
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Factor, Pack
from nlp.detection.rule import Rule
from nlp.norms.analysis import ProvisionAnalysis
from nlp.rewriting.quoting import plain, shown


def directed(
    analysis: ProvisionAnalysis, factor: JudgedFactor, pack: Pack, language: str, words: Mapping[str, str]
) -> Recommendation | None:
    """What the developer is to do, in ``language``: as the leading rule says it, else as its factor does. ``words``:
    how one word and how several are called («вместо слова «…»», «вместо слов «…»»). All marks to which the same
    applies, or nothing more special than what the factor says, are quoted, one after another.

    None where the pack gives neither (a factor of an overlay without ``direction``).
    """
    said = _said(factor.leading, factor.factor, pack, language)
    if not said:
        return None
    general = _said_of(pack.all_factors.get(factor.factor), language)
    alike = [item for item in factor.evidence if _said(item, factor.factor, pack, language) in (said, general)]
    quote = shown(analysis, [item.spans for item in alike])
    called = words["many" if " " in quote else "one"]
    return Recommendation(
        language=analysis.provision.language,
        action="supplement",
        instruction=said.replace("{words}", called).replace("{quote}", quote),
        wording="",
    )


def in_words(finding: Finding, pack: Pack, language: str, words: Mapping[str, str]) -> Recommendation | None:
    """The same for a finding that is made already; its marks are quoted as they are."""
    leading = finding.evidence[0] if finding.evidence else None
    said = _said(leading, finding.factor, pack, language) if leading else ""
    quote = "», «".join(dict.fromkeys(filter(None, (plain(mark.quote) for mark in finding.marks))))
    if not said or not quote:
        return None
    called = words["many" if " " in quote else "one"]
    told = said.replace("{words}", called).replace("{quote}", quote)
    return Recommendation(finding.language, "supplement", told, "")


def _said(item: Evidence, factor: str, pack: Pack, language: str) -> str:
    rule, known = pack.by_id.get(item.detector), pack.all_factors.get(factor)
    return _said_of(rule, language) or _said_of(known, language)


def _said_of(speaker: Rule | Factor | None, language: str) -> str:
    return speaker.direction.get(language, "") if speaker is not None else ""
