"""What each provision of an act shows of a public service; provisions by their article or chapter, in order.

Reads: the view of an act. Writes: ``Seen`` – matches of the criteria in one provision – in ``Neighbourhood`` of units
that may tell of one service: the points of an article, of a chapter of rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp import language as languages
from nlp.detection.act_view import ActView
from nlp.detection.detectors.services.words import ServiceWords
from nlp.language.token import Tokens
from nlp.matching.matcher import Match
from nlp.structure.act import Provision, UnitKind


@dataclass(frozen=True, slots=True)
class Seen:
    """``point`` counts the points of the neighbourhood; ``by_rule``: a rule has said the factor here.

    ``applies``: somebody applies; ``by_request``: an application is only named beside the decision.
    """

    provision: Provision
    tokens: Tokens
    point: int
    applies: tuple[Match, ...]
    by_request: tuple[Match, ...]
    results: tuple[Match, ...]
    refuses: tuple[Match, ...]
    linked: bool
    excluded: bool
    by_rule: bool


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Provisions that may tell of one service."""

    seen: tuple[Seen, ...]


def neighbourhoods(view: ActView, words: ServiceWords, factor: str) -> Iterator[Neighbourhood]:
    """Neighbourhoods of one language in document order; those that name the public service (C6) are left out."""
    if _names_service(view, words):
        return
    kept: list[Seen] = []
    key, point, count = "", "", 0
    named = False
    for provision in view.judged:
        if provision.language != words.language:
            continue
        here, its_point = _place(view, provision)
        if here != key:
            if kept and not named:
                yield Neighbourhood(tuple(kept))
            kept, named, key, count = [], False, here, 0
        count += its_point != point
        point = its_point
        if named:
            continue
        named = _is_named(view, provision, words)
        kept.append(_seen(view, provision, words, count, factor))
    if kept and not named:
        yield Neighbourhood(tuple(kept))


def _names_service(view: ActView, words: ServiceWords) -> bool:
    """Whether the act is of public services, or of a sphere where an application is no service, by its title."""
    requisites = view.act.requisites
    title = ". ".join((requisites.title, requisites.approved_title, *(p.act_title for p in view.judged[:1])))
    tokens = languages.of(words.language).analyse(title)
    return bool(words.titles.find(tokens))


def _place(view: ActView, provision: Provision) -> tuple[str, str]:
    """The article (else what holds the points) a provision stands in, and the unit right under it."""
    path = view.citations.paths.get(provision.address, ())
    kinds = [unit.kind for unit in path]
    if UnitKind.ARTICLE in kinds:
        at = len(kinds) - 1 - kinds[::-1].index(UnitKind.ARTICLE)
    elif UnitKind.POINT in kinds:
        at = len(kinds) - 2 - kinds[::-1].index(UnitKind.POINT)
    else:
        at = len(kinds) - 2
    if at < 0:
        return provision.id, provision.id
    return path[at].address, path[min(at + 1, len(path) - 1)].address


def _is_named(view: ActView, provision: Provision, words: ServiceWords) -> bool:
    analysis = view.analysis(provision)
    return any(words.named.find(tokens) for tokens in (analysis.text, analysis.lead, analysis.heading))


def _seen(view: ActView, provision: Provision, words: ServiceWords, point: int, factor: str) -> Seen:
    analysis = view.analysis(provision)
    said = view.said(provision)
    tokens = analysis.text
    excluded = any(words.excluded.find(each) for each in (tokens, analysis.lead, analysis.heading))
    return Seen(
        provision,
        tokens,
        point,
        tuple(words.applies.find(tokens)),
        tuple(words.by_request.find(tokens)),
        tuple(words.results.find(tokens)),
        tuple(words.refuses.find(tokens)),
        bool(words.linked.find(tokens)),
        excluded or bool(words.headings.find(analysis.heading)),
        said is not None and any(each.factor == factor for each in said.factors),
    )
