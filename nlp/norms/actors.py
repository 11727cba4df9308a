"""Who acts in a clause (methodology 6.4): mentions of actors, and the one that is the subject."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.language.token import Token, Tokens
from nlp.norms.frame import Actor, ActorClass, Field, FieldSpan
from nlp.norms.lexicon import NormLexicon

_OBLIQUE_KK = frozenset({"dat", "acc", "loc", "abl", "ins"})


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named by tokens [first, last)."""

    first: int
    last: int
    kind: ActorClass


def mentions(tokens: Tokens, lexicon: NormLexicon) -> tuple[Mention, ...]:
    """All mentions in order; of overlapping ones the longest stays, of equal ones the first listed."""
    found = [
        Mention(match.mark_first, match.mark_last, ActorClass(lexicon.actors.labels[match.index]))
        for match in lexicon.actors.patterns.find(tokens)
    ]
    found.sort(key=lambda mention: (mention.first - mention.last, mention.first))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.last <= other.first or mention.first >= other.last for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.first))


def subject(
    tokens: Tokens, found: tuple[Mention, ...], first: int, predicate: int, last: int, lexicon: NormLexicon
) -> Mention | None:
    """The mention that governs the predicate at token ``predicate`` of the clause [first, last).

    Nearest possible subject to the left; in Russian else the nearest to the right («принимается комиссией» is an agent,
    see ``agent``).
    """
    left = [m for m in found if first <= m.first and m.last <= predicate and can_be_subject(tokens, m, lexicon)]
    if left:
        return left[-1]
    if lexicon.language == "ru":
        right = [m for m in found if predicate <= m.first and m.last <= last and can_be_subject(tokens, m, lexicon)]
        near = [m for m in right if m.first - predicate <= 4]
        if near:
            return near[0]
    return None


def agent(tokens: Tokens, found: tuple[Mention, ...], first: int, last: int) -> Mention | None:
    """The doer of a Russian passive: an actor in the instrumental case."""
    for mention in found:
        if first <= mention.first and mention.last <= last and "ins" in _head(tokens, mention).tags:
            return mention
    return None


def can_be_subject(tokens: Tokens, mention: Mention, lexicon: NormLexicon) -> bool:
    """Whether a mention may stand in the nominative here (or, in Kazakh, the genitive of «құқығы бар»)."""
    before = tokens[mention.first - 1] if mention.first > 0 else None
    after = tokens[mention.last] if mention.last < len(tokens) else None
    if before is not None and before.norm in lexicon.not_subject_before:
        return False
    if lexicon.language == "ru":
        head = _head(tokens, mention)
        return bool(head.tags & {"nom", "acc"}) or not head.tags & {"gen", "dat", "ins", "loc"}
    return _kazakh_subject(tokens[mention.last - 1], after, lexicon)


def _kazakh_subject(last: Token, after: Token | None, lexicon: NormLexicon) -> bool:
    if last.tags & _OBLIQUE_KK:
        return False
    if "gen" in last.tags:
        return after is None or after.norm in {":", ","} or after.norm.startswith(("құқығ", "міндет"))
    if after is None:
        return True
    if after.norm in lexicon.not_subject_after:
        return False
    return not _opens_relative_clause(after)


def _opens_relative_clause(token: Token) -> bool:
    """«уәкілетті орган белгілеген мерзім»: the actor belongs to the participle, not to the main verb."""
    return "participle" in token.tags


def _head(tokens: Tokens, mention: Mention) -> Token:
    """The noun that carries the case: the first noun of the mention."""
    for token in tokens[mention.first : mention.last]:
        if "noun" in token.tags:
            return token
    return tokens[mention.last - 1]


def to_actor(tokens: Tokens, mention: Mention, field: Field, inherited: bool) -> Actor:
    """Mention → Actor with its dictionary name and span."""
    words = tokens[mention.first : mention.last]
    name = " ".join(token.lemma for token in words)
    return Actor(mention.kind, name, FieldSpan(field, words[0].start, words[-1].end), inherited)
