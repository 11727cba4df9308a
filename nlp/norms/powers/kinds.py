"""Kinds: which kind of power a norm gives, by its own words.

Reads: an ``ActIndex``. Writes: a ``Kind`` and, where words of an action show it, their match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.language.token import Token, Tokens
from nlp.matching import Match
from nlp.norms.powers.index import ActIndex
from nlp.norms.powers.words import Kind


def kind_in(index: ActIndex, n: int) -> tuple[Kind, Match] | None:
    """The kind whose words stand first in a provision (in Kazakh last: there the verb ends the sentence), the kinds in
    the order of the data where they tie."""
    if n not in index.kinds:
        index.kinds[n] = _kind_in(index, n)
    return index.kinds[n]


def _kind_in(index: ActIndex, n: int) -> tuple[Kind, Match] | None:
    tokens = index.analysis(index.provisions[n]).text
    last = index.words.language == "kk"
    found = [
        (-match.mark_last if last else match.mark_first, order, kind, match)
        for order, kind in enumerate(index.words.kinds)
        for match in kind.actions.find(tokens)
    ]
    if not found:
        return None
    best = min(found, key=lambda each: each[:2])
    return best[2], best[3]


def kind_of(index: ActIndex, core: Sequence[int]) -> Kind | None:
    """The kind of a norm known to be a core (its provisions in order): by what its list closes with («… бас тартады»),
    by its lead, at last by the other provisions. In each the words of an action go before the signs of a family, those
    of the predicate before nouns; Kazakh reads from the end of the sentence, where the predicate stands."""
    analyses = [index.analysis(index.provisions[n]) for n in core]
    if index.words.language == "kk":
        tails = [each.tail for each in analyses if each.tail][:1]
        closing = [*tails, analyses[-1].text] if tails else []
        texts = [*closing, analyses[0].text, *(each.text for each in reversed(analyses[1:]))]
        found = (_last_kind(index, tokens) for tokens in texts)
        return next((kind for kind in found if kind is not None), None)
    for each in analyses:
        for kind in index.words.kinds:
            if each.tail and kind.actions.find(each.tail):
                return kind
    lead = kind_in(index, core[0])
    if lead is not None:
        return lead[0]
    predicates = _of_sign(index, [t for t in analyses[0].text if _is_predicate(t)])
    if predicates is not None:
        return predicates
    met = next((met for n in core[1:] if (met := kind_in(index, n)) is not None), None)
    if met is not None:
        return met[0]
    return _of_sign(index, [token for each in analyses for token in (*each.text, *each.tail)])


def _of_sign(index: ActIndex, tokens: Sequence[Token]) -> Kind | None:
    """The kind of the first token that is a sign of one."""
    for token in tokens:
        for kind in index.words.kinds:
            if not kind.signs.isdisjoint(token.lemmas):
                return kind
    return None


def _is_predicate(token: Token) -> bool:
    return "verb" in token.tags and ("participle" not in token.tags or "short" in token.tags)


def _last_kind(index: ActIndex, tokens: Tokens) -> Kind | None:
    """The kind whose words stand last; words within a clause that describes a noun («алған күннен») only where there
    are no others, «шешім қабылдайды» not before what the decision is about."""
    places = sorted(_places(index, tokens), key=lambda each: (-each[0], each[1]))
    described = [kind for _, order, kind in places if order >= _DESCRIBED]
    said = [kind for _, order, kind in places if order < _DESCRIBED]
    return next(iter((*said, *described)), None)


_DESCRIBED = 1000
_SIGN = 100


def _places(index: ActIndex, tokens: Tokens) -> Iterator[tuple[int, int, Kind]]:
    """Where words of a kind end, their rank among words that end there, the kind."""
    for order, kind in enumerate(index.words.kinds):
        for match in kind.actions.find(tokens) if tokens else ():
            at = match.mark_last - 1
            yield at, order + (_DESCRIBED if "participle" in tokens[at].tags else 0), kind
        for at, token in enumerate(tokens):
            if token.lemma not in kind.signs or _is_of_decision(index, tokens, at):
                continue
            yield at, order + _SIGN + (_DESCRIBED if "participle" in token.tags else 0), kind


def _is_of_decision(index: ActIndex, tokens: Tokens, at: int) -> bool:
    """«Шешім қабылдайды» tells of no kind: what the decision is about does."""
    return at > 0 and not index.words.decisions.isdisjoint(tokens[at - 1].lemmas)
