"""Whether marked words may simply be replaced by others: «в разумный срок», and not «организации, чьи установки».

What cannot be replaced as it stands is said anew with the norm: torn from its phrase, holding a verb, a subject or an
object, or followed by what depends on it, the words leave a rest that no drafter could read.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.language.token import Token
from nlp.norms.frame import FieldSpan

_LONGEST = 6
"""Words beyond which a quotation holds more than one thing."""
ASKING = frozenset({"который", "какой", "каков", "чей", "кто", "что", "сколько", "где", "куда", "когда", "как", "чем"})
"""Words that begin what they mean: «на ту долю, какую» says nothing without «назовет»."""
_NOMINAL = frozenset({"noun", "adj", "num", "pron"})
_BEGINS_RU = frozenset({"prep", "adv", "adj", "pron"})
_ADVERBIAL_KK = frozenset({"loc", "ins", "abl", "dat"})
_VERBAL = frozenset({"verb", "finite", "short", "participle", "converb", "pred"})


def is_replaceable(tokens: Sequence[Token], span: FieldSpan, language: str) -> bool:
    """Whether other words could stand for ``span`` of a string with these ``tokens``, and the sentence still read."""
    inside = [at for at, token in enumerate(tokens) if token.start < span.end and token.end > span.start]
    words = [tokens[at] for at in inside if tokens[at].text[:1].isalnum()]
    if not words or len(words) > _LONGEST or any(tokens[at].text in ",;:–" for at in inside[:-1]):
        return False
    if any(token.lemma in ASKING for token in words):
        return False
    before = tokens[inside[0] - 1] if inside[0] else None
    after = tokens[inside[-1] + 1] if inside[-1] + 1 < len(tokens) else None
    if before is not None and before.sentence == words[0].sentence and before.tags & {"conj", "prep"}:
        return False
    if after is not None and after.sentence != words[-1].sentence:
        after = None
    return _stands_ru(words, after, tokens) if language == "ru" else _stands_kk(words, after)


def _stands_ru(words: Sequence[Token], after: Token | None, tokens: Sequence[Token]) -> bool:
    if any(token.tags & _VERBAL and not token.tags & {"noun", "participle"} for token in words):
        return False
    if not words[0].tags & _BEGINS_RU:
        return False
    if after is None:
        return True
    if after.text == ",":
        at = tokens.index(after)
        return not any(token.lemma in ASKING or token.tags & {"participle", "adj"} for token in tokens[at + 1 : at + 3])
    return not (after.tags & {"conj", "prep"} and words[-1].tags & _NOMINAL)


def _stands_kk(words: Sequence[Token], after: Token | None) -> bool:
    """A Kazakh phrase ends with its head: what comes after an attribute belongs to it."""
    if any(token.tags & {"finite", "converb"} for token in words):
        return False
    head = words[-1].tags
    if head & _ADVERBIAL_KK:
        return True
    ends = after is None or not after.text[:1].isalnum()
    return bool(head & {"adj", "adv"}) and not ends
