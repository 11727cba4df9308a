"""Who acts in a clause (methodology 6.4): mentions of actors, and the one that is the subject."""

from __future__ import annotations

from nlp.language.token import Tokens
from nlp.norms.frame import Actor, ActorClass, Field, FieldSpan
from nlp.norms.kazakh import kazakh_subject, may_be_kazakh_subject
from nlp.norms.lexicon import NormLexicon
from nlp.norms.mention import Mention
from nlp.norms.russian import (
    head_noun,
    in_participial_part,
    is_nominative,
    is_subordinate,
    speaks_through_decision,
)

_JOINERS = frozenset({"и", "или", "либо"})
_EXPERIENCER_REACH = 3
_COORDINATION_REACH = 4  # «Национальный Банк [Республики Казахстан или] уполномоченный банк»


def mentions(tokens: Tokens, lexicon: NormLexicon) -> tuple[Mention, ...]:
    """All mentions in order; of overlapping ones the longest stays, of equal ones the first listed.

    Words listed under ``none`` only look like an actor («әкімшілік жаза») and hide what they hold.
    """
    found = [
        Mention(match.mark_first, match.mark_last, ActorClass(lexicon.actors.labels[match.index]))
        for match in lexicon.actors.patterns.find(tokens)
    ]
    found.sort(key=lambda mention: (mention.first - mention.last, mention.first, mention.kind is not ActorClass.NONE))
    kept: list[Mention] = []
    taken = bytearray(len(tokens))
    for mention in found:
        if not any(taken[mention.first : mention.last]):
            kept.append(mention)
            taken[mention.first : mention.last] = b"\1" * (mention.last - mention.first)
    return tuple(sorted((m for m in kept if m.kind is not ActorClass.NONE), key=lambda mention: mention.first))


def subject(
    tokens: Tokens, found: tuple[Mention, ...], first: int, predicate: int, last: int, lexicon: NormLexicon
) -> Mention | None:
    """The mention that governs the predicate at token ``predicate`` of the clause [first, last).

    Kazakh: see ``kazakh_subject``. Russian: the nearest possible subject to the left, else the nearest to the right
    («принимается комиссией» is an agent, see ``agent``).
    """
    if lexicon.language == "kk":
        return kazakh_subject(tokens, found, first, predicate, lexicon.not_subject_before, lexicon.not_subject_after)
    left = [m for m in found if first <= m.first and m.last <= predicate and can_be_subject(tokens, m, lexicon)]
    if not is_subordinate(tokens, predicate, first):
        left = [m for m in left if not is_subordinate(tokens, m.first + 1, first)] or left
    if left:
        return _coordinated(tokens, left)
    right = [m for m in found if predicate <= m.first and m.last <= last and can_be_subject(tokens, m, lexicon)]
    near = [m for m in right if m.first - predicate <= 4]
    return near[0] if near else None


def _coordinated(tokens: Tokens, left: list[Mention]) -> Mention:
    """The last subject, or the body of power joined to it: «Национальный Банк или уполномоченный банк вправе»."""
    last = left[-1]
    for mention in reversed(left[:-1]):
        between = tokens[mention.last : last.first]
        joined = any(token.norm in _JOINERS for token in between) and not any("verb" in token.tags for token in between)
        if not joined or len(between) > _COORDINATION_REACH:
            break
        if mention.kind is ActorClass.PUBLIC and last.kind is ActorClass.PRIVATE:
            return mention
    return last


def agent(tokens: Tokens, found: tuple[Mention, ...], first: int, last: int) -> Mention | None:
    """The doer of a Russian passive: «принимается комиссией», «может быть изъят решением акимата»."""
    for mention in found:
        if not (first <= mention.first and mention.last <= last):
            continue
        before = tokens[mention.first - 1].norm if mention.first > 0 else ""
        # «рабочим органом»: the adjective may be read as a noun of another case, so any noun of the mention decides.
        nouns = [token for token in tokens[mention.first : mention.last] if "noun" in token.tags]
        instrumental = any("ins" in token.tags for token in nouns) and before not in {"с", "со"}
        if in_participial_part(tokens, mention.first, first):
            continue
        if instrumental or speaks_through_decision(tokens, mention.first):
            return mention
    return None


def experiencer(tokens: Tokens, found: tuple[Mention, ...], first: int, predicate: int, last: int) -> Mention | None:
    """«Туроператору необходимо …», «Запрещается водителям …»: the nearest dative, before the word or right after it."""
    dative = [m for m in found if first <= m.first and m.last <= last and _is_dative(tokens, m)]
    left = [m for m in dative if m.last <= predicate]
    if left:
        return left[-1]
    right = [m for m in dative if m.first - predicate <= _EXPERIENCER_REACH]
    return right[0] if right else None


def _is_dative(tokens: Tokens, mention: Mention) -> bool:
    """A dative that no preposition governs; «организации» reads as a genitive and is one only after a noun."""
    before = tokens[mention.first - 1] if mention.first else None
    if before is not None and "prep" in before.tags:
        return False
    head = head_noun(tokens, mention.first, mention.last)
    if "dat" in head.tags:
        return True
    opens = before is None or before.text in {",", ";", "."}
    return opens and {"gen", "fem", "sing"} <= head.tags


def can_be_subject(tokens: Tokens, mention: Mention, lexicon: NormLexicon) -> bool:
    """Whether a mention may stand in the nominative here (or, in Kazakh, the genitive of «құқығы бар»)."""
    if lexicon.language == "kk":
        return may_be_kazakh_subject(tokens, mention, lexicon.not_subject_before, lexicon.not_subject_after)
    before = tokens[mention.first - 1] if mention.first > 0 else None
    if before is not None and before.norm in lexicon.not_subject_before:
        return False
    return is_nominative(tokens, mention.first, mention.last)


def to_actor(tokens: Tokens, mention: Mention, field: Field, inherited: bool) -> Actor:
    """Mention → Actor with its dictionary name and span."""
    words = tokens[mention.first : mention.last]
    name = " ".join(token.lemma for token in words)
    return Actor(mention.kind, name, FieldSpan(field, words[0].start, words[-1].end), inherited)
