"""A recommendation in words, for norms of which no sound new wording can be made.

Reads: marks of one factor, what their rules or the factor tell the developer to do (``direction``), the forms of
``texts.yaml``. Writes: one or two sentences that quote the marked words. Words that can be replaced as they stand are
told to be replaced; for others the norm is to be said anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlp.detection.finding import Evidence, Finding, Recommendation
from nlp.detection.fusion import JudgedFactor
from nlp.detection.pack import Factor, Pack
from nlp.detection.rule import Rule
from nlp.norms.analysis import ProvisionAnalysis
from nlp.rewriting.quoting import Quoted, plain, quoted

Texts = Mapping[str, Any]


def directed(
    analysis: ProvisionAnalysis, factor: JudgedFactor, pack: Pack, language: str, texts: Texts
) -> Recommendation | None:
    """What the developer is to do, in ``language``: as the leading rule says it, else as its factor does. ``texts``:
    the part of ``texts.yaml`` for ``language``. All marks to which the same applies, or nothing more special than what
    the factor says, are quoted, one after another; the first of other marks whose rule says something else has a
    sentence of its own.

    None where the pack gives neither (a factor of an overlay without ``direction``).
    """
    said = _said(factor.leading, factor.factor, pack, language)
    if not said:
        return None
    general = _said_of(pack.all_factors.get(factor.factor), language)
    alike = [item for item in factor.evidence if _said(item, factor.factor, pack, language) in (said, general)]
    first = quoted(analysis, [item.spans for item in alike])
    told = [_told(said, first, texts), *_more(analysis, factor, pack, language, texts, {said, general}, first)]
    return Recommendation(analysis.provision.language, "supplement", " ".join(told), "")


def _more(
    analysis: ProvisionAnalysis,
    factor: JudgedFactor,
    pack: Pack,
    language: str,
    texts: Texts,
    done: set[str],
    first: Quoted,
) -> Iterator[str]:
    for item in factor.evidence:
        said = _said(item, factor.factor, pack, language)
        if said in done:
            continue
        second = quoted(analysis, [item.spans])
        if not first.meets(span for mark in second.spans for span in mark) and "{quote}" in said:
            yield _told(said, second, texts)
            return


def _told(said: str, quote: Quoted, texts: Texts) -> str:
    form = texts["restated"]
    called = texts["words"]
    if not quote.replaceable and said.startswith(form["of"]):
        rest = said.removeprefix(form["of"]).lstrip()
        said, called = f"{form['with']} {rest[:1].upper()}{rest[1:]}", form
    return said.replace("{words}", called["many" if " " in quote.words else "one"]).replace("{quote}", quote.words)


def in_words(finding: Finding, pack: Pack, language: str, texts: Texts) -> Recommendation | None:
    """The same for a finding that is made already; its marks are quoted as they are."""
    leading = finding.evidence[0] if finding.evidence else None
    said = _said(leading, finding.factor, pack, language) if leading else ""
    quote = _marked([mark.quote for mark in finding.marks])
    if not said or not quote:
        return None
    return Recommendation(finding.language, "supplement", _told(said, Quoted(quote, (), True), texts), "")


def _marked(quotes: Sequence[str]) -> str:
    return "», «".join(dict.fromkeys(filter(None, map(plain, quotes))))


def _said(item: Evidence, factor: str, pack: Pack, language: str) -> str:
    rule, known = pack.by_id.get(item.detector), pack.all_factors.get(factor)
    return _said_of(rule, language) or _said_of(known, language)


def _said_of(speaker: Rule | Factor | None, language: str) -> str:
    return speaker.direction.get(language, "") if speaker is not None else ""
