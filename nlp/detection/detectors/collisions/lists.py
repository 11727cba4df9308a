"""Two lists for the same thing: documents of one application, grounds of one refusal.

Reads: lead-ins and the items that follow them. Writes: sayings whose value are the items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nlp.detection.detectors.collisions.sayings import Saying, Sentence, actor_words, deed_of, signature
from nlp.detection.detectors.collisions.words import Words

_LEAST_ITEMS = 2
_LEAST = 2


def lists(openings: Mapping[str, Sentence], items: Mapping[str, Sequence[Sentence]], words: Words) -> Iterator[Saying]:
    """``openings``: lead-ins by the address of their unit; ``items``: what stands beneath, by the same address."""
    for address, opening in openings.items():
        beneath = items.get(address, ())
        deed = deed_of(opening.tokens, words)
        if deed is None or deed[0] not in words.sets["list_deeds"] or len(beneath) < _LEAST_ITEMS:
            continue
        actor, places = actor_words(opening.tokens, words)
        about = signature(opening, words, places | {deed[1]})
        if len([word for word in about if word not in words.sets["telling"]]) < _LEAST:
            continue
        value = frozenset(_item(each, words) for each in beneath)
        key = ("list", deed[0], about, actor, opening.scope)
        span = opening.span(0, len(opening.tokens))
        yield Saying("list", key, value, actor, opening.provision, span, span)


def _item(sentence: Sentence, words: Words) -> frozenset[str]:
    return frozenset(token.lemma for token in sentence.tokens if any(c.isalnum() for c in token.text))
